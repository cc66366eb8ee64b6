import JSONText

/// A schema with a URI of its own: a document's root, or a subschema with `$id` (core §4.3.5).
///
/// Confined to the compiler's lock while it is filled in; read-only as soon as a schema that
/// reaches it is handed out. That is why `@unchecked Sendable` holds.
final class SchemaResource: @unchecked Sendable {
  /// Absolute, without fragment.
  let uri: String
  /// What its document was asked for by.
  let source: String
  let root: JSONNode
  let dialect: Dialect
  /// Subschemas by `$anchor` or `$dynamicAnchor`.
  var anchors: [String: SchemaPlace] = [:]
  var dynamicAnchors: [String: SchemaPlace] = [:]
  /// The compiled subschemas of ``dynamicAnchors``.
  var dynamicTargets: [String: SchemaNode] = [:]
  var dynamicTargetsAreAsked = false

  init(uri: String, source: String, root: JSONNode, dialect: Dialect) {
    self.uri = uri
    self.source = source
    self.root = root
    self.dialect = dialect
  }
}

/// A subschema inside its resource.
struct SchemaPlace {
  let resource: SchemaResource
  let node: JSONNode
  /// From the resource's root.
  let tokens: [String]

  var location: String {
    resource.uri + "#" + JSONPointer(tokens: tokens).uriFragment
  }

  var fragment: String { "#" + JSONPointer(tokens: tokens).uriFragment }

  /// Of a keyword inside.
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

/// Identifies a value of a document.
struct NodeKey: Hashable {
  let document: ObjectIdentifier
  let index: Int

  init(_ node: JSONNode) {
    document = ObjectIdentifier(node.document)
    index = node.index
  }
}
