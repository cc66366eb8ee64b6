import Git
import JSONSchema
import JSONText
package import Records

/// Checks history for frozen parts that changed, by a migration or without one.
///
/// A commit's trailer only declares a migration; whether a frozen value had to change is checked
/// again here, by the schemas before and after that commit.
package struct MigrationTrail {
  private let tracker: Tracker
  private var catalogs: PastCatalogs
  /// By the schema folder's tree.
  private var compiledKinds: [ObjectID: [String: CompiledKind]] = [:]

  package init(_ tracker: Tracker) {
    self.tracker = tracker
    catalogs = PastCatalogs(tracker)
  }

  /// Returns one finding for each migration, and one for each record whose frozen parts a commit
  /// changed.
  package mutating func findings(among entries: [LogEntry]) throws(StoreError) -> [Finding] {
    do throws(GitError) {
      var findings: [Finding] = []
      for entry in entries { findings += try self.findings(of: entry) }
      return findings
    } catch {
      throw .git(error)
    }
  }

  private mutating func findings(of entry: LogEntry) throws(GitError) -> [Finding] {
    let changed = entry.changes.filter { $0.before != nil && $0.after != nil }
    guard !changed.isEmpty, let id = ObjectID(hex: entry.commit.id) else { return [] }
    let repository = tracker.repository
    let commit = try repository.commit(id)
    var findings: [Finding] = []
    let steps = Self.steps(in: commit.message)
    if !steps.isEmpty {
      var finding = RuleBook.finding(
        "schema.migrated", path: TrackerDefinition.schemaFolder,
        "\(entry.commit.authorName) migrated \(entry.changes.count) record\(entry.changes.count == 1 ? "" : "s"): \(steps.joined(separator: "; "))"
      )
      finding.commit = entry.commit.id
      findings.append(finding)
    }
    guard let parent = commit.parents.first,
      let old = try catalogs.schemaFolder(ofTree: repository.commit(parent).tree),
      let new = try catalogs.schemaFolder(ofTree: commit.tree)
    else { return findings }
    for change in changed {
      guard let compiled = try self.compiledKind(of: change.id, in: old), !compiled.frozen.isEmpty,
        let before = Self.record(change.before, change),
        let after = Self.record(change.after, change)
      else { continue }
      let changed = old == new ? nil : try self.compiledKind(of: change.id, in: new)
      let need = changed.map { MigrationNeed(of: before, from: compiled, to: $0) }
      let found = ChangeCheck.findings(
        from: before, to: after, compiled: compiled, need: need,
        moved: try moved(from: before, to: after, in: commit.tree, new))
      for rule in ["record.migrated", "record.frozen"] {
        let keys = found.filter { $0.rule == rule }.compactMap(\.pointer)
        guard !keys.isEmpty else { continue }
        let state = compiled.kind.state(of: before.root) ?? "closed"
        let places = keys.map { $0.split(separator: "/").joined(separator: ".") }
        var finding = RuleBook.finding(
          rule, path: change.path, pointer: keys[0],
          "\(change.id) was \(state), and \(places.joined(separator: ", ")) changed"
            + (rule == "record.migrated" ? " with the schema" : " all the same"),
          hint: "git show \(entry.commit.shortID) -- \(ShellWord.quoted(change.path))")
        finding.commit = entry.commit.id
        findings.append(finding)
      }
    }
    return findings
  }

  /// Returns the items that the record has lost to records of their own.
  private mutating func moved(
    from before: RecordFile, to after: RecordFile, in tree: ObjectID, _ folder: ObjectID
  ) throws(GitError) -> MovedItems? {
    guard let kind = try catalogs.catalog(inFolder: folder).kind(of: after.id),
      MovedItems.isPossible(from: before, to: after, kind: kind)
    else { return nil }
    let side = ChangeSide.tree(tree, tracker.repository)
    let definition = try side.definition(isWhole: false)
    return try side.movedItems(
      from: before, to: after, kind, definition,
      RecordPaths(side, folder: definition.config.folder))
  }

  private static func steps(in message: String) -> [String] {
    let mark = Migration.trailer + ": "
    return message.split(separator: "\n").filter { $0.hasPrefix(mark) }
      .map { String($0.dropFirst(mark.utf8.count)) }
  }

  private static func record(_ value: JSONValue?, _ change: RecordChange) -> RecordFile? {
    value.flatMap { try? JSONDocument(parsing: JSONPrinter.compact($0)) }
      .map { RecordFile(path: change.path, id: change.id, document: $0) }
  }

  private mutating func compiledKind(of id: RecordID, in folder: ObjectID) throws(GitError)
    -> CompiledKind?
  {
    let catalog = try catalogs.catalog(inFolder: folder)
    guard let kind = catalog.kind(of: id) else { return nil }
    if let known = compiledKinds[folder]?[kind.name] { return known }
    let compiled = try? catalog.compiledKind(for: kind)
    compiledKinds[folder, default: [:]][kind.name] = compiled
    return compiled
  }
}
