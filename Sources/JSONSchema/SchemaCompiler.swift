import JSONText

/// Turns schema documents into ``SchemaNode`` graphs; always used under the registry's lock.
///
/// Subschemas are compiled from a work list, not by recursion: a chain of a million references
/// costs memory, not stack.
final class SchemaCompiler {
  let options: SchemaOptions
  private let retrieve: SchemaRegistry.Retrieve?
  private var documents: [String: JSONDocument]
  private var resources: [String: SchemaResource] = [:]
  /// Where each subschema found so far belongs.
  private var places: [NodeKey: SchemaPlace] = [:]
  private var nodes: [NodeKey: SchemaNode] = [:]
  private var pending: [SchemaNode] = []
  /// Documents that the present call uses and that have not been checked yet.
  private var unchecked: [SchemaResource] = []
  private var unverified: Set<ObjectIdentifier> = []
  /// Resources that do not fit their meta-schema, and why.
  private var refused: [ObjectIdentifier: SchemaError] = [:]
  /// What the present call has added, taken back if it fails: nobody else has seen it yet.
  private var added: [NodeKey] = []
  private var asked: [SchemaResource] = []

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
      unchecked = []
      throw error
    }
  }

  /// Compiles what is pending, then checks the documents against their meta-schemas.
  private func finish() throws(SchemaError) {
    while true {
      while let node = pending.popLast() { try fill(node) }
      guard let resource = unchecked.popLast() else { return }
      do throws(SchemaError) {
        try check(resource)
      } catch {
        refused[ObjectIdentifier(resource)] = error
        throw error
      }
      unverified.remove(ObjectIdentifier(resource))
    }
  }

  private func check(_ resource: SchemaResource) throws(SchemaError) {
    let uri = resource.root["$schema"]?.string ?? Dialect.standardURI
    let meta = try target(
      of: URIReference(uri), origin: SchemaError(message: "", location: resource.uri))
    let node = node(at: meta.place)
    while let pendingNode = pending.popLast() { try fill(pendingNode) }
    var evaluator = Evaluator(options: SchemaOptions(), collecting: false)
    if evaluator.isValid(node, resource.root) { return }
    evaluator = Evaluator(options: SchemaOptions(), collecting: true)
    guard let first = evaluator.violations(node, resource.root).first else { return }
    throw SchemaError(
      message: "the schema does not fit its meta-schema: \(first.innermost.message)",
      location: resource.uri + "#" + first.innermost.pointer.uriFragment,
      range: first.innermost.range)
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

  private func fill(_ node: SchemaNode) throws(SchemaError) {
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
      throw place.error("a schema is an object, true or false; this is \(place.node.kind.words)")
    }
  }

  // MARK: References

  /// What a reference from `place` leads to.
  func resolve(
    _ text: String, from place: SchemaPlace, at node: JSONNode, keyword: String
  ) throws(SchemaError) -> (place: SchemaPlace, anchor: String?) {
    let reference = URIReference(text).resolved(against: URIReference(place.resource.uri))
    return try target(of: reference, origin: place.error("", at: node, keyword))
  }

  private func target(
    of reference: URIReference, origin: SchemaError
  ) throws(SchemaError) -> (place: SchemaPlace, anchor: String?) {
    let uri = reference.base
    guard let resource = try resource(uri) else {
      throw SchemaError(
        message: "no schema is known as \(uri.isEmpty ? "(empty URI)" : uri)",
        location: origin.location, range: origin.range)
    }
    let root = SchemaPlace(resource: resource, node: resource.root, tokens: [])
    guard let encoded = reference.fragment, !encoded.utf8.isEmpty else { return (root, nil) }
    let fragment = URIReference.percentDecoded(encoded)
    guard let fragment else {
      throw SchemaError(
        message: "#\(encoded) is not a valid fragment", location: origin.location,
        range: origin.range)
    }
    if fragment.utf8.first == UInt8(ascii: "/") {
      guard let pointer = try? JSONPointer(parsing: fragment),
        let place = try self.place(at: pointer, from: root)
      else {
        throw SchemaError(
          message: "\(uri) has nothing at \(fragment)", location: origin.location,
          range: origin.range)
      }
      return (place, nil)
    }
    guard let place = resource.anchors[fragment] else {
      throw SchemaError(
        message: "\(uri) has no anchor \(fragment)", location: origin.location,
        range: origin.range)
    }
    return (place, resource.dynamicAnchors[fragment] == nil ? nil : fragment)
  }

  /// Follows a pointer, which may cross into embedded resources and unknown keywords.
  private func place(
    at pointer: JSONPointer, from root: SchemaPlace
  ) throws(SchemaError) -> SchemaPlace? {
    var place = root
    for token in pointer.tokens {
      guard let next = place.node.node(at: JSONPointer(tokens: [token])) else { return nil }
      place = places[NodeKey(next)] ?? place.child(next, token)
    }
    // A place that no keyword leads to is first read as a schema now.
    if places[NodeKey(place.node)] == nil {
      try index(place.node, in: place.resource, place.tokens)
      place = places[NodeKey(place.node)] ?? place
    }
    return place
  }

  // MARK: Resources

  /// The resource of an absolute URI without fragment.
  private func resource(_ uri: String) throws(SchemaError) -> SchemaResource? {
    if let known = resources[uri] {
      if let error = refused[ObjectIdentifier(known)] { throw error }
      if unverified.contains(ObjectIdentifier(known)),
        !unchecked.contains(where: { $0 === known })
      {
        unchecked.append(known)
      }
      return known
    }
    if let document = documents[uri] {
      return try load(document, uri: uri, trusted: false)
    }
    if let document = MetaSchemas.document(uri) {
      return try load(document, uri: uri, trusted: true)
    }
    // An $id inside a document that nobody has asked for yet.
    for (other, document) in documents where resources[other] == nil {
      if document.root["$id"]?.string.map({
        URIReference($0).resolved(against: URIReference(other)).base == uri
      }) ?? false {
        return try load(document, uri: other, trusted: false)
      }
    }
    if let document = try retrieve?(uri) {
      return try load(document, uri: uri, trusted: false)
    }
    return nil
  }

  private func load(
    _ document: JSONDocument, uri: String, trusted: Bool
  ) throws(SchemaError) -> SchemaResource {
    let own = document.root["$id"]?.string.map {
      URIReference($0).resolved(against: URIReference(uri)).base
    }
    let resource = try register(document.root, uri: own ?? uri, within: nil)
    resources[uri] = resource
    try index(document.root, in: resource, [])
    if options.checkSchemas, !trusted {
      unchecked.append(resource)
      unverified.insert(ObjectIdentifier(resource))
    }
    return resource
  }

  private func register(
    _ root: JSONNode, uri: String, within outer: SchemaResource?
  ) throws(SchemaError) -> SchemaResource {
    let dialect: Dialect
    if let schema = root["$schema"] {
      dialect = try self.dialect(schema, of: uri)
    } else {
      dialect = outer?.dialect ?? .standard
    }
    let resource = SchemaResource(uri: uri, root: root, dialect: dialect)
    if resources[uri] == nil { resources[uri] = resource }
    return resource
  }

  /// Notes the places, resources and anchors in `schema`.
  private func index(
    _ schema: JSONNode, in outer: SchemaResource, _ tokens: [String]
  ) throws(SchemaError) {
    var resource = outer
    var tokens = tokens
    guard schema.isObject else {
      places[NodeKey(schema)] = SchemaPlace(resource: resource, node: schema, tokens: tokens)
      return
    }
    if schema.index != outer.root.index, let id = schema["$id"]?.string {
      let uri = URIReference(id).resolved(against: URIReference(outer.uri)).base
      resource = try register(schema, uri: uri, within: outer)
      tokens = []
    }
    let place = SchemaPlace(resource: resource, node: schema, tokens: tokens)
    places[NodeKey(schema)] = place
    if let name = schema["$anchor"]?.string, resource.anchors[name] == nil {
      resource.anchors[name] = place
    }
    if let name = schema["$dynamicAnchor"]?.string {
      if resource.anchors[name] == nil { resource.anchors[name] = place }
      if resource.dynamicAnchors[name] == nil { resource.dynamicAnchors[name] = place }
    }
    try Subschemas.forEach(schema) { (subschema, path) throws(SchemaError) in
      try index(subschema, in: resource, tokens + path)
    }
  }

  /// The vocabularies that the meta-schema named by `$schema` turns on.
  private func dialect(_ schema: JSONNode, of uri: String) throws(SchemaError) -> Dialect {
    let location = uri + "#/$schema"
    guard let name = schema.string else {
      throw SchemaError(
        message: "$schema is \(schema.kind.words); a URI is expected", location: location,
        range: schema.range)
    }
    let reference = URIReference(name)
    if reference.base == Dialect.standardURI { return .standard }
    if documents[reference.base] == nil, Dialect.isOtherDraft(reference.base),
      MetaSchemas.document(reference.base) == nil
    {
      throw SchemaError(
        message: "$schema names \(name); only draft 2020-12 (\(Dialect.standardURI)) is supported",
        location: location, range: schema.range)
    }
    guard let meta = reference.base == uri ? nil : try resource(reference.base) else {
      if reference.base == uri { return try vocabularies(schema, of: uri, at: location) }
      throw SchemaError(
        message: "the meta-schema \(name) is not known", location: location, range: schema.range)
    }
    return try vocabularies(meta.root, of: meta.uri, at: location)
  }

  private func vocabularies(
    _ meta: JSONNode, of uri: String, at location: String
  ) throws(SchemaError) -> Dialect {
    guard let list = meta["$vocabulary"], list.isObject else { return .standard }
    var dialect: Dialect = .core
    for (key, required) in list.members {
      guard let name = key.string else { continue }
      if let known = Dialect.vocabulary(name) {
        dialect.insert(known)
      } else if required.bool ?? false {
        throw SchemaError(
          message: "the meta-schema \(uri) requires the vocabulary \(name), which is not known",
          location: location, range: nil)
      }
    }
    return dialect
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
