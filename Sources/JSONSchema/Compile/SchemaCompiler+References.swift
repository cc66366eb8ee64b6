import JSONText

/// Resolves references (core §8.2.3).
extension SchemaCompiler {
  /// Returns the target of a reference from `place`.
  func resolve(
    _ text: String, from place: SchemaPlace, at node: JSONNode, keyword: String
  ) throws(SchemaError) -> (place: SchemaPlace, anchor: String?) {
    let reference = URIReference(text).resolved(against: URIReference(place.resource.uri))
    return try target(of: reference, origin: place.error("", at: node, keyword))
  }

  func target(
    of reference: URIReference, origin: @autoclosure () -> SchemaError
  ) throws(SchemaError) -> (place: SchemaPlace, anchor: String?) {
    let uri = reference.base
    guard let resource = try resource(uri) else {
      var error = origin()
      error.message = "no schema is known as \(uri.isEmpty ? "(empty URI)" : uri)"
      error.missing = uri
      throw error
    }
    let root = SchemaPlace(resource: resource, node: resource.root, tokens: [])
    guard let encoded = reference.fragment, !encoded.utf8.isEmpty else { return (root, nil) }
    let fragment = URIReference.percentDecoded(encoded)
    guard let fragment else {
      var error = origin()
      error.message = "#\(encoded) is not a valid fragment"
      throw error
    }
    if fragment.utf8.first == UInt8(ascii: "/") {
      guard let pointer = try? JSONPointer(parsing: fragment),
        let place = try self.place(at: pointer, from: root)
      else {
        var error = origin()
        error.message =
          "\(uri) has nothing at \(fragment)" + Self.meant(fragment, in: resource.root)
        throw error
      }
      return (place, nil)
    }
    guard let place = resource.anchors[fragment] else {
      var error = origin()
      let nearest = NearestSpelling.of(fragment, among: resource.anchors.keys.sorted())
      error.message =
        "\(uri) has no anchor \(fragment)" + (nearest.map { "; did you mean #\($0)?" } ?? "")
      throw error
    }
    return (place, resource.dynamicAnchors[fragment] == nil ? nil : fragment)
  }

  /// Returns a hint at the probable target of a pointer with one wrong token, or an empty string.
  static func meant(_ text: String, in root: JSONNode) -> String {
    guard var pointer = try? JSONPointer(parsing: text) else { return "" }
    var node = root
    for (place, token) in pointer.tokens.enumerated() {
      if let next = node.node(at: JSONPointer(tokens: [token])) {
        node = next
        continue
      }
      let names = node.members.prefix(1000).compactMap(\.key.string)
      guard let nearest = NearestSpelling.of(token, among: names) else { return "" }
      pointer.tokens[place] = nearest
      return root.node(at: pointer) == nil ? "" : "; did you mean #\(pointer.uriFragment)?"
    }
    return ""
  }

  /// Follows a pointer, which may pass through embedded resources and unknown keywords.
  func place(
    at pointer: JSONPointer, from root: SchemaPlace
  ) throws(SchemaError) -> SchemaPlace? {
    var place = root
    for token in pointer.tokens {
      guard let next = members.node(token, in: place.node) else { return nil }
      place = places[NodeKey(next)] ?? place.child(next, token)
    }
    // No keyword leads to this place, so it has not been read as a schema before.
    if places[NodeKey(place.node)] == nil {
      try index(place.node, in: place.resource, place.tokens)
      place = places[NodeKey(place.node)] ?? place
    }
    return place
  }
}
