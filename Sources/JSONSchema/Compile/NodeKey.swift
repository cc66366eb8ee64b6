import JSONText

/// Identifies a value of a document.
struct NodeKey: Hashable {
  let document: ObjectIdentifier
  let index: Int

  init(_ node: JSONNode) {
    document = ObjectIdentifier(node.document)
    index = node.index
  }
}
