package import Files
import Git
import JSONText
package import Records

/// What resolves the files of a merge in which one side still has items in a retired list.
package struct MergeMigration: Sendable {
  package struct Resolved: Sendable {
    package let path: RepositoryPath
    let bytes: [UInt8]
    let stages: [Int: TreeItem]
  }

  /// A file that stays in conflict, and the command that prepares it, if there is one.
  package struct Unresolved: Sendable {
    package let path: RepositoryPath
    package let command: String?
  }

  package fileprivate(set) var resolved: [Resolved] = []
  /// New and changed records.
  fileprivate(set) var records: [PlannedFile] = []
  package fileprivate(set) var moved:
    [(owner: RecordID, list: String, item: String, id: RecordID, isNew: Bool)] = []
  package fileprivate(set) var unresolved: [Unresolved] = []
  package fileprivate(set) var findings: [Finding] = []
  /// The command that concludes the merge.
  package fileprivate(set) var conclusion = "git commit"

  package var isRefused: Bool { findings.contains { $0.severity == .error } }
}

extension Tracker {
  /// Returns what resolves the record files in conflict over a retired list; `nil` if there are none.
  ///
  /// Works from the three versions in the index. The file in the working tree has to be one of them,
  /// so that no resolution by hand is overwritten.
  package func mergeMigration(preferring preferred: FieldMerge.Side?) throws(StoreError)
    -> MergeMigration?
  {
    guard let root = repository.workingDirectory else { return nil }
    let index = try git { () throws(GitError) in try repository.readIndex() }
    guard index.hasConflicts else { return nil }
    let unmerged = try git { () throws(GitError) in try UnmergedRecords(repository, index) }
    if let path = unmerged.others.first(where: { $0.isBelow(TrackerDefinition.folder) }) {
      throw .refused(
        "\(path) is in conflict, and says what records are",
        hint:
          "keep what both sides say, and take out the lines <<<<<<<, ======= and >>>>>>>; then git add \(ShellWord.quoted(path))"
      )
    }
    guard !unmerged.files.isEmpty else { return nil }
    if let fault = unmerged.definition.findings.first { throw .findings([fault]) }
    var ready: [UnmergedRecords.File] = []
    for file in unmerged.files where try isVersion(file, root) { ready.append(file) }
    guard !ready.isEmpty else {
      throw .refused(
        "\(unmerged.files[0].path)\(unmerged.files.count > 1 ? " and \(unmerged.files.count - 1) more" : "") has to be one of the merged versions first, so that nothing you wrote is lost",
        hint: UnmergedRecords.command(for: unmerged.files))
    }
    var plan = MergeMigration()
    plan.unresolved = unmerged.files.filter { file in !ready.contains { $0.path == file.path } }
      .map { MergeMigration.Unresolved(path: $0.path, command: UnmergedRecords.command(for: [$0])) }
    plan.unresolved += unmerged.others.map { MergeMigration.Unresolved(path: $0, command: nil) }
    if let operation = try git({ () throws(GitError) in try repository.operationInProgress }) {
      plan.conclusion = operation.conclusion
    }
    try resolve(ready, of: unmerged.definition, index, preferred, into: &plan)
    plan.findings = try findings(on: plan, index, unmerged.definition)
    return plan
  }

  /// Whether the working tree has one of the versions of a file in conflict.
  private func isVersion(_ file: UnmergedRecords.File, _ root: String) throws(StoreError) -> Bool {
    let bytes = try git { () throws(GitError) in
      try WorkingTree(repository, root: root).read(file.path)
    }
    guard let bytes else { return false }
    let id = repository.hash(blob: bytes)
    return file.stages.values.contains { $0.id == id }
  }

  private func resolve(
    _ files: [UnmergedRecords.File], of definition: TrackerDefinition, _ index: IndexSnapshot,
    _ preferred: FieldMerge.Side?, into plan: inout MergeMigration
  ) throws(StoreError) {
    let folder = definition.config.folder
    let side = ChangeSide.index(index, repository)
    let paths = RecordPaths(side, folder: folder)
    let conflicted = Set(
      index.conflictedPaths(under: folder).compactMap { try? RecordPath($0, inFolder: folder).id })
    var items = ItemRecords(
      definition, preferring: preferred,
      existing: { (id) throws(StoreError) in
        guard !conflicted.contains(id) else {
          throw .refused(
            "\(id), which an item of a list became, is in conflict itself",
            hint: "resolve that first, and git add it; then docket migrate")
        }
        return try git { () throws(GitError) -> RecordFile? in
          guard let path = try paths.of(id).first, let bytes = try side.bytes(at: path) else {
            return nil
          }
          return try? RecordFile.read(bytes, path: path, folder: folder).get()
        }
      }, earlier: { _ in nil })
    try git { () throws(GitError) in try paths.find(Self.derivedIDs(of: files)) }
    for file in files {
      let merge = OwnerMerge(file, preferring: preferred)
      let value = try merge.run(&items) { (made) throws(StoreError) in
        try git { () throws(GitError) in try !paths.of(made).isEmpty }
      }
      plan.resolved.append(
        MergeMigration.Resolved(
          path: file.path, bytes: JSONPrinter.canonical(value, order: file.kind.view),
          stages: file.stages))
    }
    plan.records = items.made.map { PlannedFile(path: $0.path, bytes: $0.bytes, base: nil) }
    plan.records += items.changed.map { file, kind, value in
      PlannedFile(
        path: file.path, bytes: JSONPrinter.canonical(value, order: kind.view),
        base: index.entry(at: file.path)?.item)
    }
    plan.moved = items.moved.map { ($0.owner, $0.list, $0.item, $0.id, $0.isNew) }
  }

  private static func derivedIDs(of files: [UnmergedRecords.File]) -> Set<RecordID> {
    var ids: Set<RecordID> = []
    for file in files {
      for migration in file.migrations {
        guard let key = migration.itemKey else { continue }
        for version in [file.base, file.ours, file.theirs] {
          for item in version?[migration.list]?.array ?? [] {
            guard let name = item[key]?.string else { continue }
            ids.insert(
              MigrationOrigin(record: file.id, list: migration.list, item: name)
                .derivedID(prefix: migration.target.prefix))
          }
        }
      }
    }
    return ids
  }

  /// Returns what the hook would say of the files.
  private func findings(
    on plan: MergeMigration, _ index: IndexSnapshot, _ definition: TrackerDefinition
  ) throws(StoreError) -> [Finding] {
    try git { () throws(GitError) in
      let tree = try Self.headTree(of: repository)
      let base = ChangeSide.tree(tree, repository)
      var texts: [RepositoryPath: [UInt8]] = [:]
      for file in plan.resolved { texts[file.path] = file.bytes }
      for file in plan.records { texts[file.path] = file.bytes }
      var changes: [TreeChange] = []
      for (path, bytes) in texts.sorted(by: { $0.key < $1.key }) {
        var old: TreeItem?
        if let tree {
          old = try repository.entry(at: path, inTree: tree).map {
            TreeItem(mode: $0.mode, id: $0.id)
          }
        }
        changes.append(
          TreeChange(
            path: path, old: old, new: TreeItem(mode: .regular, id: repository.hash(blob: bytes))))
      }
      return try RecordChangesValidator(
        base: base, proposed: .draft(over: .index(index, repository), files: texts),
        baseDefinition: try base.definition(), definition: definition, remedy: .values, day: today
      ).findings(changes).filter { $0.severity == .error }.sorted()
    }
  }
}

/// A merge of one owner, whose retired lists go.
private struct OwnerMerge {
  private let file: UnmergedRecords.File
  private let preferred: FieldMerge.Side?

  init(_ file: UnmergedRecords.File, preferring preferred: FieldMerge.Side?) {
    (self.file, self.preferred) = (file, preferred)
  }

  /// - Parameter isRecord: whether there is a record of an id.
  func run(
    _ items: inout ItemRecords, isRecord: (RecordID) throws(StoreError) -> Bool
  ) throws(StoreError) -> JSONValue {
    var (base, ours, theirs) = (file.base, file.ours, file.theirs)
    for migration in file.migrations {
      try merge(migration, &items, isRecord)
      base?[migration.list] = nil
      ours[migration.list] = nil
      theirs[migration.list] = nil
    }
    let merge = FieldMerge.merge(
      base: base, ours: ours, theirs: theirs, view: file.kind.view, preferring: preferred)
    if let clash = merge.clashes.first { throw refusal(clash) }
    return merge.value
  }

  private func merge(
    _ migration: ItemMigration, _ items: inout ItemRecords,
    _ isRecord: (RecordID) throws(StoreError) -> Bool
  ) throws(StoreError) {
    guard let key = migration.itemKey else { return }
    func list(_ version: JSONValue?) -> [JSONValue] { version?[migration.list]?.array ?? [] }
    func named(_ version: JSONValue?) -> [String: JSONValue] {
      Dictionary(
        list(version).compactMap { item in item[key]?.string.map { ($0, item) } },
        uniquingKeysWith: { first, _ in first })
    }
    let owner = (id: file.id, path: file.path)
    let (old, mine, other) = (named(file.base), named(file.ours), named(file.theirs))
    for side in FieldMerge.Side.allCases {
      for item in list(side == .ours ? file.ours : file.theirs) {
        guard let name = item[key]?.string else {
          // Says that the item has no id.
          _ = try items.record(of: item, migration, of: owner)
          continue
        }
        switch (mine[name], other[name]) {
        case (let mine?, let other?):
          guard side == .ours else { continue }
          let merge = FieldMerge.merge(
            base: old[name], ours: mine, theirs: other,
            view: migration.owner.view.property(migration.list)?.items, preferring: preferred)
          if let clash = merge.clashes.first {
            throw refusal(clash, in: "\(migration.list).\(name)")
          }
          try items.take(merge.value, base: old[name], migration, of: owner, on: side)
        default:
          let id = try items.record(of: item, migration, of: owner).id
          // Gone from the other side without having become a record: deleted there.
          if let old = old[name], try !isRecord(id) {
            if old == item { continue }
            guard let preferred else {
              throw .refused(
                "\(file.path): \(migration.list).\(name) was changed on one side (\(side.rawValue)), and deleted on the other",
                hint: choice)
            }
            guard preferred == side else { continue }
          }
          try items.take(item, base: old[name], migration, of: owner, on: side)
        }
      }
    }
  }

  private func refusal(_ clash: FieldMerge.Clash, in place: String = "") -> StoreError {
    func words(_ value: JSONValue?) -> String {
      value.map { ChangeWords.shortened($0.plainText, to: 40) } ?? "nothing"
    }
    let key = [place, clash.key].filter { !$0.isEmpty }.joined(separator: ".")
    return .refused(
      "\(file.path): \(key) was changed on both sides: ours is \(words(clash.ours)), theirs \(words(clash.theirs))",
      hint: choice)
  }

  private var choice: String {
    "docket migrate --prefer ours, or --prefer theirs; docket edit \(file.id) changes it afterwards"
  }
}
