import JSONText

/// Turns schema documents into ``SchemaNode`` graphs; always used under the registry's lock.
///
/// Subschemas are compiled from a work list, not by recursion: a chain of a million references
/// costs memory, not stack.
final class SchemaCompiler {
  let options: SchemaOptions
  let retrieve: SchemaRegistry.Retrieve?
  var documents: [String: JSONDocument]
  var resources: [String: SchemaResource] = [:]
  /// Where each subschema found so far belongs.
  var places: [NodeKey: SchemaPlace] = [:]
  var nodes: [NodeKey: SchemaNode] = [:]
  /// Nodes whose keywords are to be compiled, from ``next`` on.
  var pending: [SchemaNode] = []
  var next = 0
  /// Nodes that refer to a document that wasn't there yet; another may bring its name along.
  var postponed: [(node: SchemaNode, error: SchemaError)] = []
  /// Resources inside documents that name a meta-schema of their own.
  var embedded: [ObjectIdentifier: [SchemaResource]] = [:]
  var members = MemberIndex()
  /// Documents that the present call uses and that have not been checked yet.
  var unchecked: [SchemaResource] = []
  var unverified: Set<ObjectIdentifier> = []
  /// Resources that do not fit their meta-schema, and why.
  var refused: [ObjectIdentifier: SchemaError] = [:]
  /// What the present call has added, taken back if it fails: nobody else has seen it yet.
  var added: [NodeKey] = []
  var asked: [SchemaResource] = []

  init(
    documents: [String: JSONDocument], retrieve: SchemaRegistry.Retrieve?,
    options: SchemaOptions
  ) {
    self.documents = documents
    self.retrieve = retrieve
    self.options = options
  }

  /// Lets go of the nodes, which refer to each other in circles.
  func breakCycles() {
    for node in nodes.values { node.rules = [] }
    for place in places.values {
      place.resource.dynamicTargets = [:]
      place.resource.anchors = [:]
      place.resource.dynamicAnchors = [:]
    }
    nodes = [:]
    places = [:]
    resources = [:]
  }

  func schema(uri: String) throws(SchemaError) -> SchemaNode {
    do throws(SchemaError) {
      let reference = URIReference(uri)
      let origin = SchemaError(message: "", location: uri)
      let found = try target(of: reference, origin: origin)
      let node = node(at: found.place)
      try finish()
      added = []
      asked = []
      return node
    } catch {
      for key in added {
        nodes[key]?.rules = []
        nodes[key] = nil
      }
      for resource in asked {
        resource.dynamicTargetsAreAsked = false
        resource.dynamicTargets = [:]
      }
      added = []
      asked = []
      pending = []
      next = 0
      postponed = []
      unchecked = []
      throw error
    }
  }

  /// Compiles what is pending, then checks the documents against their meta-schemas.
  func finish() throws(SchemaError) {
    while true {
      try compilePending()
      guard let resource = unchecked.popLast() else { return }
      do throws(SchemaError) {
        try check(resource)
        for inner in embedded[ObjectIdentifier(resource.root.document)] ?? []
        where resource.root.index == 0 {
          try check(inner)
        }
      } catch {
        refused[ObjectIdentifier(resource)] = error
        throw error
      }
      unverified.remove(ObjectIdentifier(resource))
    }
  }

  func compilePending() throws(SchemaError) {
    while true {
      while next < pending.count {
        let node = pending[next]
        next += 1
        do throws(SchemaError) {
          try fill(node)
        } catch {
          guard error.isReference else { throw error }
          postponed.append((node, error))
        }
      }
      (pending, next) = ([], 0)
      guard let first = postponed.first else { return }
      let again = postponed
      postponed = []
      for (node, _) in again {
        do throws(SchemaError) {
          try fill(node)
        } catch {
          guard error.isReference else { throw error }
          postponed.append((node, error))
        }
      }
      if pending.isEmpty, postponed.count == again.count { throw first.error }
    }
  }

  // MARK: Nodes

  /// The compiled node of a place; its keywords are compiled later.
  func node(at place: SchemaPlace) -> SchemaNode {
    let key = NodeKey(place.node)
    if let node = nodes[key] { return node }
    let node = SchemaNode(place: place)
    nodes[key] = node
    added.append(key)
    pending.append(node)
    return node
  }

  /// The node of a subschema directly inside `place`.
  func subschema(_ node: JSONNode, in place: SchemaPlace, _ tokens: [String]) -> SchemaNode {
    self.node(
      at: places[NodeKey(node)]
        ?? SchemaPlace(
          resource: place.resource, node: node, tokens: place.tokens + tokens))
  }

  func fill(_ node: SchemaNode) throws(SchemaError) {
    let place = node.place
    switch place.node.kind {
    case .bool: node.constant = place.node.bool
    case .object:
      try KeywordCompiler(compiler: self, node: node).compile()
      let resource = place.resource
      if !resource.dynamicAnchors.isEmpty, !resource.dynamicTargetsAreAsked {
        resource.dynamicTargetsAreAsked = true
        asked.append(resource)
        for (name, anchored) in resource.dynamicAnchors {
          resource.dynamicTargets[name] = self.node(at: anchored)
        }
      }
    default:
      let hint =
        place.node.isArray && place.tokens.last == "items"
        ? "; since 2020-12 prefixItems takes a list of schemas, one for each place" : ""
      throw place.error(
        "a schema is an object, true or false; this is \(place.node.kind.words)\(hint)")
    }
  }
}

extension JSONKind {
  /// As in "a string is expected".
  var words: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
