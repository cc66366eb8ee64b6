package import Files
package import Git
import JSONSchema
import JSONText
package import Records

/// The check of a whole state: every record, its rules, and the links among them.
package struct StateCheck {
  private let definition: TrackerDefinition
  private let now: Int64
  private let history: RecordHistory?
  private let checksSchemas: Bool
  private var day: CivilDate { CivilDate(secondsSinceEpoch: now) }

  /// - Parameters:
  ///   - now: seconds since the epoch; decides what is due.
  ///   - history: for rules that need it; without it they aren't checked.
  ///   - checksSchemas: whether to check the schemas too, not only the records.
  package init(
    definition: TrackerDefinition, now: Int64, history: RecordHistory? = nil,
    checksSchemas: Bool = true
  ) {
    self.definition = definition
    self.checksSchemas = checksSchemas
    self.now = now
    self.history = history
  }

  /// - Parameters:
  ///   - changed: paths whose formatting is checked; that of a state's other files isn't.
  package func run(_ state: RecordState, checkingFormOf changed: Set<RepositoryPath> = [])
    -> CheckResult
  {
    run(HeldRecords(state, changed: changed), CompiledKinds(definition)).result
  }

  /// Reads and checks the records on all processors, then runs the checks that need the whole
  /// state.
  ///
  /// Only the text of a record read here is kept; it is parsed again for the few records that need
  /// it.
  func run(_ source: some StateSource, _ compiledKinds: CompiledKinds)
    -> (result: CheckResult, changed: [StoredRecord])
  {
    let order = source.order
    let parts = Parallel.map(order.count) {
      (reader: source.makeReader(), worker: RecordWorker(compiledKinds, definition: definition))
    } _: { thread, range in
      var part = ValidatedPart()
      source.read(order[range], with: thread.reader) { place, result, isChanged in
        thread.worker.validate(
          result, at: place, isChanged: isChanged, isHeld: source.isHeld, into: &part)
      }
      return part
    }
    var findings = definition.thoroughFindings(checksSchemas: checksSchemas)
    for part in parts { findings += part.findings }
    var validated = parts.flatMap(\.records)
    if validated.indices.dropFirst().contains(where: {
      validated[$0 - 1].place > validated[$0].place
    }) {
      validated.sort { $0.place < $1.place }
    }
    let whole = ValidatedState(
      validated, unreadable: Set(parts.flatMap(\.unreadable)), compiledKinds: compiledKinds)
    findings += whole.findings(definition)
    let changed = whole.records.filter(\.isChanged).map(\.record)
    let changedPaths = Set(changed.map(\.path))
    let remedy = { (record: RecordFile) -> RecordCheck.Remedy in
      changedPaths.contains(record.path) ? .file : .edit
    }
    let view = StateView(
      catalog: definition.catalog, config: definition.config, roster: definition.roster,
      configRoot: definition.configRoot, now: now,
      whole: StateView.Whole(
        byKind: whole.byKind.mapValues { $0.map(\.record) }, graph: whole.graph),
      history: history
    ) { whole.record($0)?.file }
    if history?.isTruncated == true { findings.append(Self.shallow) }
    let run = CheckRun(view, remedy: remedy)
    for kind in definition.catalog.kinds {
      // Also kinds without records: a rule may ask for at least one.
      guard let compiled = compiledKinds.byName[kind.name]?.compiled else { continue }
      findings += run.findings(on: whole.byKind[kind.name] ?? [], compiled: compiled)
    }
    let result = CheckResult(
      findings: findings.compactMap { definition.config.weighted($0, on: day) }.sorted(),
      checked: source.paths.count)
    return (result, changed)
  }

  private static let shallow = RuleBook.finding(
    "history.shallow", path: TrackerConfig.path, pointer: "/serviceLevels",
    "this clone is shallow: whether service levels were kept isn't known here",
    hint: "git fetch --unshallow")
}

extension Tracker {
  /// Checks the records of a commit against that commit's own definition.
  package func check(at commit: ObjectID) throws(StoreError) -> CheckResult {
    let definition = try definition(at: commit)
    let folder = definition.config.folder
    let tree = try tree(of: commit)
    let items = try git { () throws(GitError) in try recordItems(inTree: tree, folder: folder) }
    return StateCheck(
      definition: definition, now: now, history: try history(for: definition, to: commit)
    )
    .run(CommittedRecords(items, folder: folder, in: repository), CompiledKinds(definition)).result
  }

  /// Removes temporary files of writers that died: whoever writes holds the lock.
  private func sweep(_ temporaries: [RepositoryPath], in root: String) {
    if temporaries.isEmpty { return }
    // Where it can't be locked they stay; they are in nobody's way.
    guard let lock = try? TrackerLock(repository, timeout: .zero) else { return }
    for path in temporaries { FileSystem.remove(path.systemPath(below: root)) }
    _ = consume lock
  }

  /// Checks the working tree; files that differ from HEAD are also checked as a change to it.
  package func checkWorkingTree(paths: [RepositoryPath] = []) throws(StoreError) -> CheckResult {
    guard let root = repository.workingDirectory else {
      guard let head = try git({ () throws(GitError) in try repository.head().commit }) else {
        return CheckResult(findings: [], checked: 0)
      }
      return try check(at: head)
    }
    let definition = try git { () throws(GitError) in
      try TrackerDefinition(workingTreeOf: repository)
    }
    let source = try git { () throws(GitError) in
      try WorkingRecords(self, root: root, folder: definition.config.folder)
    }
    sweep(source.temporaries, in: root)
    let history = try history(for: definition, to: headCommit())
    let compiledKinds = CompiledKinds(definition)
    var (result, changed) = StateCheck(definition: definition, now: now, history: history)
      .run(source, compiledKinds)
    if !changed.isEmpty {
      try checkChanges(changed.map(\.file), definition: definition, compiledKinds, into: &result)
    }
    let unmerged = try git { () throws(GitError) in
      let index = try repository.readIndex()
      return index.conflictedPaths(under: definition.config.folder).isEmpty
        ? [] : try UnmergedRecords(repository, index).findings
    }
    let inConflict = Set(unmerged.map(\.path))
    result.findings.removeAll { inConflict.contains($0.path) }
    result.findings = (result.findings + unmerged).sorted()
    if !paths.isEmpty {
      let covers = { (path: RepositoryPath) in
        paths.contains { $0.isRoot || path.isAtOrBelow($0) }
      }
      result.findings = result.findings.filter { covers($0.path) }
      result.checked = source.paths.count(where: covers)
    }
    return result
  }

  /// Checks what differs from HEAD as a change to it, too.
  private func checkChanges(
    _ records: [RecordFile], definition: TrackerDefinition, _ compiledKinds: CompiledKinds,
    into result: inout CheckResult
  ) throws(StoreError) {
    let base = try git { () throws(GitError) in try baseItems(folder: definition.config.folder) }
    var steps: [Finding] = []
    for record in records {
      guard let compiled = compiledKinds.byPrefix[record.id.prefixCode]?.compiled else { continue }
      var before: RecordFile?
      if let item = base[record.id], let bytes = try? repository.blob(item.item.id) {
        before = try? RecordFile.read(bytes, path: item.path, folder: definition.config.folder)
          .get()
      }
      let moved = try before.flatMap { (before) throws(StoreError) in
        try movedItems(from: before, to: record, compiled, definition, in: records)
      }
      steps += ChangeCheck.findings(from: before, to: record, compiled: compiled, moved: moved)
        .compactMap { definition.config.weighted($0, on: today) }
    }
    let changed = Set(records.map(\.path))
    let committed = Set(base.values.map(\.path))
    result.findings = (result.findings + steps)
      .map { changed.contains($0.path) ? $0.hintedByHand(isNew: !committed.contains($0.path)) : $0 }
      .sorted()
  }

  /// Returns the items that a record has lost to other records of the working tree.
  private func movedItems(
    from before: RecordFile, to after: RecordFile, _ compiled: CompiledKind,
    _ definition: TrackerDefinition, in changed: [RecordFile]
  ) throws(StoreError) -> MovedItems? {
    guard !compiled.frozen.isEmpty,
      MovedItems.isPossible(from: before, to: after, kind: compiled.kind)
    else { return nil }
    let files = Dictionary(
      changed.map { ($0.path, $0.document.bytes) }, uniquingKeysWith: { first, _ in first })
    return try git { () throws(GitError) in
      let side = ChangeSide.draft(
        over: .tree(try Self.headTree(of: repository), repository), files: files)
      return try side.movedItems(
        from: before, to: after, compiled.kind, definition,
        RecordPaths(side, folder: definition.config.folder))
    }
  }

  typealias BaseItem = (path: RepositoryPath, item: TreeItem)

  /// HEAD's records by id.
  func baseItems(folder: RepositoryPath) throws(GitError) -> [RecordID: BaseItem] {
    guard let tree = try Self.headTree(of: repository) else { return [:] }
    var items: [RecordID: BaseItem] = [:]
    for entry in try index(ofTree: tree, folder: folder) {
      items[entry.id] = (entry.path, entry.item)
    }
    return items
  }
}
