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
