import JSONText

/// The position of a subschema in its resource.
struct SchemaPlace {
  let resource: SchemaResource
  let node: JSONNode
  /// The path from the resource's root.
  let tokens: [String]

  var location: String {
    resource.uri + "#" + JSONPointer(tokens: tokens).uriFragment
  }

  var fragment: String { "#" + JSONPointer(tokens: tokens).uriFragment }

  /// Returns the location of a keyword inside the schema.
  func location(of tokens: [String]) -> String {
    resource.uri + "#" + JSONPointer(tokens: self.tokens + tokens).uriFragment
  }

  func child(_ node: JSONNode, _ tokens: String...) -> SchemaPlace {
    SchemaPlace(resource: resource, node: node, tokens: self.tokens + tokens)
  }

  func error(_ message: String, at node: JSONNode? = nil, _ tokens: String...) -> SchemaError {
    let node = node ?? self.node
    return SchemaError(
      message: message, location: location(of: tokens), range: node.range,
      source: resource.source, position: node.position)
  }
}
