package import Files
package import Git
package import JSONText
package import Records

/// What ends conflicts in record files: their merged text, and the records that items of retired lists
/// become.
package struct MergeResolution: Sendable {
  package struct Resolved: Sendable {
    package let path: RepositoryPath
    package let id: RecordID
    /// `nil` if the record is deleted.
    let bytes: [UInt8]?
    let stages: [Int: TreeItem]
    /// The contents that the file in the working tree may have: nobody's own words.
    let replaceable: Set<ObjectID>
    /// What was in conflict, and the value that it has now.
    package let settled: [(conflict: RecordMerge.Conflict, value: JSONValue?)]
  }

  /// A file that stays in conflict.
  package struct Unresolved: Sendable {
    package let path: RepositoryPath
    package let id: RecordID?
    package let kind: Kind?
    /// What nothing was said about.
    package let conflicts: [RecordMerge.Conflict]

    /// The command that resolves it, if it is a record.
    package var command: String? { id.map { "docket resolve \($0)" } }
  }

  package fileprivate(set) var resolved: [Resolved] = []
  /// New and changed records.
  fileprivate(set) var records: [PlannedFile] = []
  package fileprivate(set) var moved:
    [(owner: RecordID, list: String, item: String, id: RecordID, isNew: Bool)] = []
  package fileprivate(set) var unresolved: [Unresolved] = []
  package fileprivate(set) var findings: [Finding] = []
  package let sides: MergeSides
  /// The command that concludes the merge; `nil` if there is nothing to conclude, as after git stash.
  package fileprivate(set) var conclusion: String?

  fileprivate init(sides: MergeSides) { self.sides = sides }

  package var isRefused: Bool { findings.contains { $0.severity == .error } }
}

extension Tracker {
  /// The record files in conflict; `nil` if the index has no conflicts.
  ///
  /// - Parameter inMergeOnly: whether to look only where a merge, a rebase or a stash may have left some,
  ///   which costs nothing in a repository of many files.
  package func unmergedRecords(inMergeOnly: Bool = false) throws(StoreError) -> UnmergedRecords? {
    if inMergeOnly {
      let isPossible = try git { () throws(GitError) in
        if try repository.operationInProgress != nil { return true }
        return try repository.reference("refs/stash") != nil
      }
      guard repository.workingDirectory != nil, isPossible else { return nil }
    }
    let index = try git { () throws(GitError) in try repository.readIndex() }
    guard index.hasConflicts else { return nil }
    return try git { () throws(GitError) in try UnmergedRecords(repository, index) }
  }

  /// Returns what resolves record files in conflict; `nil` if there are none.
  ///
  /// Works from the three versions in the index. A file in the working tree in which somebody has written
  /// anything else is left alone.
  package func resolution(_ request: ResolutionRequest) throws(StoreError) -> MergeResolution? {
    guard let root = repository.workingDirectory else { return nil }
    let index = try git { () throws(GitError) in try repository.readIndex() }
    guard index.hasConflicts else { return nil }
    let unmerged = try git { () throws(GitError) in try UnmergedRecords(repository, index) }
    let files = unmerged.files.filter { file in
      (request.ids?.contains(file.id) ?? true) && (!request.takesRetired || file.hasRetiredItems)
    }
    guard !files.isEmpty else { return nil }
    if let path = unmerged.others.first(where: { $0.isBelow(TrackerDefinition.folder) }) {
      throw .refused(
        "\(path) is in conflict, and says what records are",
        hint:
          "keep what both sides say, and take out the lines <<<<<<<, ======= and >>>>>>>; then git add \(ShellWord.quoted(path))"
      )
    }
    if let fault = unmerged.definition.findings.first { throw .findings([fault]) }
    var plan = MergeResolution(sides: unmerged.sides)
    plan.unresolved = unmerged.files.filter { file in !files.contains { $0.path == file.path } }
      .map { MergeResolution.Unresolved(path: $0.path, id: $0.id, kind: $0.kind, conflicts: []) }
    plan.unresolved += unmerged.others.map {
      MergeResolution.Unresolved(path: $0, id: nil, kind: nil, conflicts: [])
    }
    plan.conclusion = try git { () throws(GitError) in
      try repository.operationInProgress?.conclusion
    }
    try resolve(files, of: unmerged, index, request, root, into: &plan)
    if !plan.resolved.isEmpty {
      plan.findings = try findings(on: plan, index, unmerged.definition)
    }
    return plan
  }

  /// Returns what the working tree's file may be replaced over: its content, if it has no line that no
  /// version has.
  private func replaceable(
    _ file: UnmergedRecords.File, _ merged: MergedRecord?, _ root: String
  ) throws(StoreError) -> Set<ObjectID> {
    let versions = Set(file.stages.values.map(\.id))
    let bytes = try git { () throws(GitError) in
      try WorkingTree(repository, root: root).read(file.path)
    }
    guard let bytes else { return versions }
    let id = repository.hash(blob: bytes)
    if versions.contains(id) { return versions }
    var known: Set<[UInt8]> = []
    for version in versions {
      known.formUnion(
        ConflictText.words(try git { () throws(GitError) in try repository.blob(version) }))
    }
    if let text = merged?.text(file.kind.view) {
      known.formUnion(ConflictText.words(text.ours) + ConflictText.words(text.theirs))
    }
    if let line = ConflictText.words(bytes).first(where: { !known.contains($0) }) {
      throw .refused(
        "\(file.path) has words of your own: \(ChangeWords.shortened(String(decoding: line, as: UTF8.self)))",
        hint: """
          git add \(ShellWord.quoted(file.path)) takes them as the resolution
          git checkout --merge -- \(ShellWord.quoted(file.path)) drops them, and \(file.command) resolves the conflict
          """)
    }
    return versions.union([id])
  }

  private func resolve(
    _ files: [UnmergedRecords.File], of unmerged: UnmergedRecords, _ index: IndexSnapshot,
    _ request: ResolutionRequest, _ root: String, into plan: inout MergeResolution
  ) throws(StoreError) {
    let definition = unmerged.definition
    let side = ChangeSide.index(index, repository)
    let paths = RecordPaths(side, folder: definition.config.folder)
    var items = itemRecords(
      definition, index, side, paths, unmerged.sides, choosing: request.choose)
    try git { () throws(GitError) in try paths.find(Self.derivedIDs(of: files)) }
    for file in files {
      let judge = RecordVersionJudge(file.kind, definition, path: file.path, id: file.id)
      let merge = try UnmergedFileMerge(file, request: request, judge: judge).run(&items) {
        (made) throws(StoreError) in
        try git { () throws(GitError) in try !paths.of(made).isEmpty }
      }
      guard merge.conflicts.isEmpty else {
        plan.unresolved.append(
          MergeResolution.Unresolved(
            path: file.path, id: file.id, kind: file.kind, conflicts: merge.conflicts))
        continue
      }
      plan.resolved.append(
        MergeResolution.Resolved(
          path: file.path, id: file.id,
          bytes: merge.value.map { JSONPrinter.canonical($0, order: file.kind.view) },
          stages: file.stages, replaceable: try replaceable(file, merge.automatic, root),
          settled: merge.settled))
    }
    plan.records = items.made.map { PlannedFile(path: $0.path, bytes: $0.bytes, base: nil) }
    plan.records += items.changed.map { file, kind, value in
      PlannedFile(
        path: file.path, bytes: JSONPrinter.canonical(value, order: kind.view),
        base: index.entry(at: file.path)?.item)
    }
    plan.moved = items.moved.map { ($0.owner, $0.list, $0.item, $0.id, $0.isNew) }
  }

  private func itemRecords(
    _ definition: TrackerDefinition, _ index: IndexSnapshot, _ side: ChangeSide,
    _ paths: RecordPaths, _ sides: MergeSides,
    choosing choose: @escaping (RecordMerge.Conflict) -> RecordMerge.Choice?
  ) -> ItemRecords {
    let folder = definition.config.folder
    let conflicted = Set(
      index.conflictedPaths(under: folder).compactMap { try? RecordPath($0, inFolder: folder).id })
    return ItemRecords(
      definition, choosing: choose,
      remedy: { owner, side in
        let isOwn = (side == .theirs) == sides.isSwapped
        return "docket resolve \(owner) --\(isOwn ? "ours" : "theirs")"
      },
      existing: { (id) throws(StoreError) in
        guard !conflicted.contains(id) else {
          throw .refused(
            "\(id), which an item of a list became, is in conflict itself",
            hint: "docket resolve \(id)")
        }
        return try git { () throws(GitError) -> RecordFile? in
          guard let path = try paths.of(id).first, let bytes = try side.bytes(at: path) else {
            return nil
          }
          return try? RecordFile.read(bytes, path: path, folder: folder).get()
        }
      }, earlier: { _ in nil })
  }

  private static func derivedIDs(of files: [UnmergedRecords.File]) -> Set<RecordID> {
    var ids: Set<RecordID> = []
    for file in files {
      for migration in file.migrations {
        guard let key = migration.itemKey else { continue }
        for version in [file.base, file.ours.value, file.theirs.value] {
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
    on plan: MergeResolution, _ index: IndexSnapshot, _ definition: TrackerDefinition
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
