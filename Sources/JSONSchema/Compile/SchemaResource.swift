import JSONText

/// A schema with its own URI: a document's root, or a subschema with `$id` (core §4.3.5).
///
/// `@unchecked Sendable`: confined to the compiler's lock while it is filled in, and read-only once
/// a schema that reaches it is handed out.
final class SchemaResource: @unchecked Sendable {
  /// The absolute URI, without fragment.
  let uri: String
  /// The URI its document was requested by.
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
