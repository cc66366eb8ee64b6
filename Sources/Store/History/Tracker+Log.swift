import Files
package import Git
import JSONText
package import Records

extension Tracker {
  /// Returns history as people read it: with the records of a collection where they are asked for,
  /// and with migrations told as such.
  ///
  /// A record that was an item of a list begins with the item: the changes of the item are told as
  /// changes of the record, unless the record that held the list is among those selected, since then
  /// they are told as its own.
  ///
  /// - Parameters:
  ///   - known: what ``history(to:_:field:orKinds:)`` answers for the selection, if it was read
  ///     already; only without ids.
  ///   - others: as there.
  package func log(
    to tip: ObjectID, _ selection: HistoryWalk.Selection = .init(), field: String? = nil,
    orKinds prefixes: Set<String> = [], known: [LogEntry]? = nil
  ) throws(StoreError) -> [LogEntry] {
    var wanted = selection
    if !selection.ids.isEmpty {
      // What came before a date may say what a change after it was.
      (wanted.since, wanted.until) = (nil, nil)
    }
    if selection.isOwn { wanted.members = nil }
    var entries =
      if let known { known } else {
        try history(to: tip, wanted, field: field, orKinds: prefixes)
      }
    if selection.isOwn, entries.contains(where: { $0.changes.contains(where: losesItems) }) {
      wanted.members = selection.members
      entries = try history(to: tip, wanted)
    }
    var items = MigratedItems(of: entries, catalog)
    var past: [LogEntry]?
    if selection.ids.isEmpty {
      let unknown = Set(entries.flatMap(items.unexplained).map(\.origin.record))
      if !unknown.isEmpty {
        var selection = HistoryWalk.Selection()
        selection.ids = unknown
        past = try history(to: tip, selection)
      }
    } else if !items.owners.isSubset(of: selection.ids) {
      wanted.ids.formUnion(items.owners)
      entries = try history(to: tip, wanted)
      items = MigratedItems(of: entries, catalog)
    }
    var telling = MigrationTelling(self, items, selection)
    do throws(GitError) {
      telling.note(past ?? entries)
      entries = try telling.tell(entries)
      if let members = selection.members, !selection.isOwn {
        entries = try selected(entries, members, selection.ids, at: tip)
      }
    } catch {
      throw .git(error)
    }
    return entries.filter { entry in
      !entry.changes.isEmpty && selection.since.map { entry.broughtAt >= $0 } ?? true
        && selection.until.map { entry.broughtAt <= $0 } ?? true
    }
  }

  /// Whether a change takes items out of a retired list: they may be records now.
  private func losesItems(_ change: RecordChange) -> Bool {
    catalog.kind(of: change.id)?.retiredLists.contains { list in
      change.fields.contains {
        $0.pointer.tokens.first == list.name && $0.pointer.tokens.count < 3 && $0.after == nil
      }
    } ?? false
  }

  /// Leaves out changes of records from a time when they weren't in the collection and that aren't in
  /// it at `tip` either.
  private func selected(
    _ entries: [LogEntry], _ members: CollectionMembers, _ ids: Set<RecordID>, at tip: ObjectID
  ) throws(GitError) -> [LogEntry] {
    let tree = try repository.commit(tip).tree
    var paths: [RecordID: Set<RepositoryPath>] = [:]
    for change in entries.lazy.flatMap(\.changes) where !ids.contains(change.id) {
      paths[change.id, default: []].insert(change.path)
    }
    var isMember: [RecordID: Bool] = [:]
    func isNow(_ id: RecordID) throws(GitError) -> Bool {
      if let known = isMember[id] { return known }
      var found = false
      for path in paths[id] ?? [] where !found {
        guard let entry = try repository.entry(at: path, inTree: tree),
          entry.mode == .regular || entry.mode == .executable,
          let value = JSONValue.record(parsing: try repository.blob(entry.id))
        else { continue }
        found = RecordID(value["id"]?.string ?? "") == id && members.has(id, value)
      }
      isMember[id] = found
      return found
    }
    return try entries.map { (entry) throws(GitError) in
      var changes: [RecordChange] = []
      for change in entry.changes {
        if ids.contains(change.id) || members.has(change) {
          changes.append(change)
        } else if try isNow(change.id) {
          changes.append(change)
        }
      }
      return LogEntry(commit: entry.commit, changes: changes, broughtAt: entry.broughtAt)
    }
  }
}

extension MigratedItems {
  /// Returns the records that a commit added as migrated, of which the commit doesn't show the item.
  fileprivate func unexplained(_ entry: LogEntry) -> [MigratedItem] {
    entry.changes.compactMap { change in
      guard change.type == .added, let item = byRecord[change.id] else { return nil }
      let isShown = entry.changes.contains { other in
        other.id == item.origin.record && other.before.flatMap(item.origin.item(in:)) != nil
      }
      return isShown ? nil : item
    }
  }
}

/// Tells migrations as what they are: neither did an item go, nor did its record begin.
private struct MigrationTelling {
  private let tracker: Tracker
  private let items: MigratedItems
  private let selection: HistoryWalk.Selection
  /// Where files of migrated records ever were.
  private var paths: [RecordID: Set<RepositoryPath>] = [:]
  /// The newest known version of each item, with the file that held it.
  private var versions: [MigrationOrigin: (item: JSONValue, path: RepositoryPath)] = [:]

  init(_ tracker: Tracker, _ items: MigratedItems, _ selection: HistoryWalk.Selection) {
    (self.tracker, self.items, self.selection) = (tracker, items, selection)
  }

  /// Takes note of the versions of items in the commits given, newest first.
  mutating func note(_ entries: [LogEntry]) {
    for change in entries.lazy.flatMap(\.changes) {
      for item in items.byOwner[change.id] ?? [] where versions[item.origin] == nil {
        for version in [change.after, change.before] {
          if let value = version.flatMap(item.origin.item(in:)) {
            versions[item.origin] = (value, change.path)
            break
          }
        }
      }
    }
  }

  mutating func tell(_ entries: [LogEntry]) throws(GitError) -> [LogEntry] {
    guard !items.byRecord.isEmpty || selection.isOwn else { return entries }
    for change in entries.lazy.flatMap(\.changes) where items.byRecord[change.id] != nil {
      paths[change.id, default: []].insert(change.path)
    }
    return try entries.map { (entry) throws(GitError) in
      let here = Dictionary(
        entry.changes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      var changes: [RecordChange] = []
      for change in entry.changes {
        let isOwner = items.byOwner[change.id] != nil
        if isOwner {
          changes += try self.changes(by: change, in: entry, here)
        } else if isSelected(change.id) {
          changes.append(migration(change, here) ?? change)
        }
      }
      return LogEntry(commit: entry.commit, changes: changes, broughtAt: entry.broughtAt)
    }
  }

  private func isSelected(_ id: RecordID) -> Bool {
    selection.ids.isEmpty || selection.ids.contains(id)
      || !selection.isOwn && selection.members?.mayHave(id) == true
  }

  /// Returns a change that added a record as its migration, if the item is known: in a shallow clone
  /// it may not be, and nothing is guessed.
  private func migration(_ change: RecordChange, _ here: [RecordID: RecordChange])
    -> RecordChange?
  {
    guard change.type == .added, let item = items.byRecord[change.id],
      change.after.flatMap({ MigrationOrigin($0) }) == item.origin
    else { return nil }
    var known = versions[item.origin]
    if let owner = here[item.origin.record],
      let value = ([owner.before] + owner.others).lazy.compactMap({
        $0.flatMap(item.origin.item(in:))
      }).first
    {
      known = (value, owner.from ?? owner.path)
    }
    return known.map {
      item.migration(change, of: $0.item, at: $0.path, keys: items.keys(of: item))
    }
  }

  /// Returns the change of a record that had items which are records now, and what it did to those.
  private func changes(
    by change: RecordChange, in entry: LogEntry, _ here: [RecordID: RecordChange]
  ) throws(GitError) -> [RecordChange] {
    var gone: [MigratedItem] = []
    var told: [RecordChange] = []
    for (item, part) in items.changes(by: change) {
      let isThere =
        part.type == .deleted && here[item.record] == nil ? try isThere(item.record, entry) : true
      if part.type == .deleted, isThere {
        gone.append(item)
      } else if !selection.ids.isEmpty, !selection.ids.contains(change.id),
        isSelected(item.record), here[item.record] == nil
      {
        told.append(part)
      }
    }
    guard isSelected(change.id) else { return told }
    let own = migration(change, here) ?? change
    return [own.lettingGo(of: gone)] + told
  }

  /// Whether a record has a file at a commit.
  private func isThere(_ id: RecordID, _ entry: LogEntry) throws(GitError) -> Bool {
    guard let commit = ObjectID(hex: entry.commit.id) else { return false }
    let tree = try tracker.repository.commit(commit).tree
    for path in paths[id] ?? [] {
      if try tracker.repository.entry(at: path, inTree: tree) != nil { return true }
    }
    return false
  }
}
