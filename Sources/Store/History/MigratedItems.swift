import Records

/// The records among some changes that were items of lists before a migration.
struct MigratedItems {
  /// By the record that they became.
  private(set) var byRecord: [RecordID: MigratedItem] = [:]
  /// By the record whose list they were in.
  private(set) var byOwner: [RecordID: [MigratedItem]] = [:]
  private var keys: [RecordID: [String: ItemKeys]] = [:]
  private let catalog: KindCatalog

  /// - Parameter entries: newest first; what a newer version says counts.
  init(of entries: [LogEntry], _ catalog: KindCatalog) {
    self.catalog = catalog
    guard catalog.hasMigratedRecords else { return }
    for change in entries.lazy.flatMap(\.changes) where byRecord[change.id] == nil {
      guard let item = MigratedItem(change) else { continue }
      byRecord[change.id] = item
      byOwner[item.origin.record, default: []].append(item)
      keys[item.origin.record, default: [:]][item.origin.list] =
        keys(of: item)
    }
  }

  var owners: Set<RecordID> { Set(byOwner.keys) }

  func keys(of item: MigratedItem) -> ItemKeys {
    keys[item.origin.record]?[item.origin.list]
      ?? ItemKeys(of: item.origin.list, in: catalog.kind(of: item.origin.record))
  }

  /// Returns what a change did to items of the record's lists, as changes of the records that they
  /// became.
  func changes(by change: RecordChange) -> [(item: MigratedItem, change: RecordChange)] {
    (byOwner[change.id] ?? []).compactMap { item in
      item.change(by: change, keys: keys(of: item), kind: catalog.kind(of: item.record)).map {
        (item, $0)
      }
    }
  }
}
