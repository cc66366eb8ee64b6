import JSONText

/// Compiles schema documents into ``SchemaNode`` graphs. Always used under the registry's lock.
///
/// Subschemas are compiled from a work list, not by recursion: a chain of a million references
/// costs memory, not stack.
final class SchemaCompiler {
  let options: SchemaOptions
  let retrieve: SchemaRegistry.Retrieve?
  var documents: [String: JSONDocument]
  var resources: [String: SchemaResource] = [:]
  /// The place of each subschema found so far.
  var places: [NodeKey: SchemaPlace] = [:]
  var nodes: [NodeKey: SchemaNode] = [:]
  /// Nodes whose keywords are to be compiled, from index ``next`` on.
  var pending: [SchemaNode] = []
  var next = 0
  /// Nodes that refer to an unknown document; loading another document may define its URI.
  var postponed: [(node: SchemaNode, error: SchemaError)] = []
  /// Embedded resources that name their own meta-schema.
  var embedded: [ObjectIdentifier: [SchemaResource]] = [:]
  var members = MemberIndex()
  /// Documents that the current call uses and that are not checked yet.
  var unchecked: [SchemaResource] = []
  var unverified: Set<ObjectIdentifier> = []
  /// Resources that are invalid against their meta-schema, with the error.
  var refused: [ObjectIdentifier: SchemaError] = [:]
  /// Nodes the current call has added. Removed if it fails, as nothing else has seen them yet.
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

  /// Releases the nodes, which refer to each other in cycles.
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

  /// Compiles pending nodes, then checks the documents against their meta-schemas.
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

  /// Returns the node of a place; its keywords are compiled later.
  func node(at place: SchemaPlace) -> SchemaNode {
    let key = NodeKey(place.node)
    if let node = nodes[key] { return node }
    let node = SchemaNode(place: place)
    nodes[key] = node
    added.append(key)
    pending.append(node)
    return node
  }

  /// Returns the node of a subschema directly inside `place`.
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
  /// The name used in messages, as in "a string is expected".
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

/// Finds members and elements by a pointer's token. Large objects and arrays are read once, so that
/// many references into one take linear time.
struct MemberIndex {
  private var members: [NodeKey: [JSONName: JSONNode]] = [:]
  private var elements: [NodeKey: [JSONNode]] = [:]

  mutating func node(_ token: String, in node: JSONNode) -> JSONNode? {
    guard node.count > 32 else { return node.node(at: JSONPointer(tokens: [token])) }
    let key = NodeKey(node)
    if node.isArray {
      guard let index = JSONPointer.index(token), index < node.count else { return nil }
      if elements[key] == nil { elements[key] = Array(node.elements) }
      return elements[key]?[index]
    }
    if members[key] == nil {
      members[key] = Dictionary(
        node.members.map { (JSONName($0.key.string ?? ""), $0.value) },
        uniquingKeysWith: { first, _ in first })
    }
    return members[key]?[JSONName(token)]
  }
}
