package import JSONText

/// A stored link.
package struct Link: Sendable {
  package let relation: String
  package let target: RecordID
  package let pointer: JSONPointer
  package let node: JSONNode
}
