import JSONText

/// Loads documents and the resources inside them (core §4.3.5, §9).
extension SchemaCompiler {
  /// Returns the resource with an absolute URI without fragment, or `nil` if there is none.
  func resource(_ uri: String) throws(SchemaError) -> SchemaResource? {
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
    // The root `$id` of a document that has not been loaded yet.
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

  func load(
    _ document: JSONDocument, uri: String, trusted: Bool
  ) throws(SchemaError) -> SchemaResource {
    let own = document.root["$id"]?.string.map {
      URIReference($0).resolved(against: URIReference(uri)).base
    }
    let resource = try register(document.root, uri: own ?? uri, source: uri, within: nil)
    resources[uri] = resource
    try index(document.root, in: resource, [])
    if options.checkSchemas, !trusted {
      unchecked.append(resource)
      unverified.insert(ObjectIdentifier(resource))
    }
    return resource
  }

  func register(
    _ root: JSONNode, uri: String, source: String, within outer: SchemaResource?
  ) throws(SchemaError) -> SchemaResource {
    let dialect: Dialect
    if let schema = root["$schema"] {
      dialect = try self.dialect(schema, of: uri, from: source)
    } else {
      dialect = outer?.dialect ?? .standard
    }
    let resource = SchemaResource(uri: uri, source: source, root: root, dialect: dialect)
    if outer != nil, root["$schema"] != nil {
      embedded[ObjectIdentifier(root.document), default: []].append(resource)
    }
    if resources[uri] == nil { resources[uri] = resource }
    return resource
  }

  /// Records the places, resources and anchors in `schema`.
  func index(
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
      resource = try register(schema, uri: uri, source: outer.source, within: outer)
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

  /// Returns the vocabularies that the meta-schema named by `$schema` enables.
  func dialect(
    _ schema: JSONNode, of uri: String, from source: String
  ) throws(SchemaError) -> Dialect {
    let location = uri + "#/$schema"
    func error(_ message: String) -> SchemaError {
      SchemaError(
        message: message, location: location, range: schema.range, source: source,
        position: schema.position)
    }
    guard let name = schema.string else {
      throw error("$schema is \(schema.kind.words); a URI is expected")
    }
    let reference = URIReference(name)
    if reference.base == Dialect.standardURI { return .standard }
    if documents[reference.base] == nil, Dialect.isOtherDraft(reference.base),
      MetaSchemas.document(reference.base) == nil
    {
      throw error(
        "$schema names \(name); only draft 2020-12 (\(Dialect.standardURI)) is supported")
    }
    guard let meta = reference.base == uri ? nil : try resource(reference.base) else {
      if reference.base == uri { return try vocabularies(schema, of: uri, at: location) }
      var unknown = error("the meta-schema \(name) is not known")
      unknown.missing = reference.base
      throw unknown
    }
    return try vocabularies(meta.root, of: meta.uri, at: location)
  }

  func vocabularies(
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
