package import Files
import JSONText

/// The items that a change takes out of a record's retired lists and that are records of their own
/// after it, which is the one thing that it may take out of a frozen list.
package struct MovedItems: Sendable {
  /// By list, the items of the record before the change that are records now.
  private let moved: [String: Set<JSONValue>]

  /// Whether the record has lost items of a retired list, so that it is worth looking for records.
  package static func isPossible(from before: RecordFile, to after: RecordFile, kind: Kind) -> Bool
  {
    kind.retiredLists.contains {
      before.root[$0.name]?.count ?? -1 > after.root[$0.name]?.count ?? -1
    }
  }

  /// - Parameters:
  ///   - kind: the record's kind after the change, and `catalog` the kinds then.
  ///   - find: returns a record as it is after the change.
  package init<Failure: Error>(
    from before: RecordFile, to after: RecordFile, kind: Kind, _ catalog: KindCatalog,
    folder: RepositoryPath, find: (RecordID) throws(Failure) -> RecordFile?
  ) throws(Failure) {
    var moved: [String: Set<JSONValue>] = [:]
    for migration in catalog.itemMigrations(of: kind) {
      guard let items = before.root[migration.list]?.value.array else { continue }
      let kept = Set(after.root[migration.list]?.value.array ?? [])
      // An empty list may go, too.
      var found: Set<JSONValue> = []
      for item in items where !kept.contains(item) {
        guard
          let made = try? migration.record(
            of: item, in: before.id, at: before.path, folder: folder, catalog),
          let record = try find(made.id), migration.keeps(made, in: record)
        else { continue }
        found.insert(item)
      }
      moved[migration.list] = found
    }
    self.moved = moved
  }

  /// Whether a change of a frozen value only takes such items away.
  func excuses(_ change: JSONChange) -> Bool {
    let tokens = change.pointer.tokens
    guard change.after == nil, let before = change.before, let list = tokens.first,
      let items = moved[list]
    else { return false }
    if tokens.count == 1 { return before.array?.allSatisfy(items.contains) == true }
    return tokens.count == 2 && items.contains(before)
  }
}
