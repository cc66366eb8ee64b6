import JSONText

/// Finds what a change adds to lists that are no longer written.
package enum RetiredItems {
  /// - Parameter before: `nil` for a new record.
  package static func findings(from before: RecordFile?, to after: RecordFile, kind: Kind)
    -> [Finding]
  {
    kind.retiredLists.compactMap { list in
      guard let node = after.root[list.name], node.count > 0 else { return nil }
      func ids(_ list: JSONNode?) -> Set<String> {
        Set(list?.elements.compactMap { $0["id"]?.string } ?? [])
      }
      let known = ids(before?.root[list.name])
      let added = node.elements.filter { !known.contains($0["id"]?.string ?? "") }
      guard let first = added.first else { return nil }
      let count = added.count
      return RuleBook.finding(
        "record.retired-items", path: after.path, line: first.position.line,
        column: first.position.column, pointer: "/\(list.name)",
        "\(list.name) has \(count == 1 ? "a new item" : "\(count) new items"), and is no longer written: they belong in records of their own",
        hint: "docket migrate")
    }
  }
}
