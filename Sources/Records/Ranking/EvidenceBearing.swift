package import JSONText

/// One of a kind's `x-docket.bears`: evidence that its records hold on others, for `evidence/2`.
package struct EvidenceBearing: Sendable {
  /// The items; `nil` if the record itself is the item.
  package let items: PointerPattern?
  /// The key, in the item, of the ids of what it is evidence for.
  package let about: String
  /// Places in the item, or in the record where the item has none there.
  package let who: JSONPointer?
  package let team: JSONPointer?
  package let date: JSONPointer?
  package let isObserved: Bool
  /// The pointer of `where` in the schema's file; `nil`: all records count.
  package let condition: JSONPointer?

  init?(_ node: JSONNode, at pointer: JSONPointer) {
    guard let about = node["about"]?.string else { return nil }
    self.about = about
    items = node["at"]?.string.flatMap(PointerPattern.init)
    func place(_ name: String) -> JSONPointer? {
      node[name]?.string.flatMap { try? JSONPointer(parsing: $0) }
    }
    who = place("who")
    team = place("team")
    date = place("date")
    isObserved = node["observed"]?.bool ?? false
    condition = node["where"].map { _ in pointer.appending("where") }
  }
}
