package import Git
import JSONSchema
import JSONText
package import Records

/// The check of a whole state: every record, its rules, and the links among them.
package struct StateCheck {
  private let ground: Ground
  private let now: Int64
  private let history: RecordHistory?
  private let judgesSchemas: Bool
  private var day: CivilDate { CivilDate(secondsSinceEpoch: now) }

  /// - Parameters:
  ///   - now: seconds since the epoch, by which what is due is judged.
  ///   - history: for rules that look into it; without it they aren't judged.
  ///   - judgesSchemas: whether the schemas themselves are judged, and not only the records.
  package init(
    ground: Ground, now: Int64, history: RecordHistory? = nil, judgesSchemas: Bool = true
  ) {
    self.ground = ground
    self.judgesSchemas = judgesSchemas
    self.now = now
    self.history = history
  }

  /// - Parameters:
  ///   - changed: paths whose form is judged; a state's other files are left as they are.
  package func run(_ state: RecordState, judgingFormOf changed: Set<String> = []) -> CheckResult {
    run(HeldRecords(state, changed: changed), KindJudges(ground)).result
  }

  /// Reads and judges the records on all processors, then what only the whole can tell.
  ///
  /// Of a record that is read here only its text is kept, and parsed anew for the few that somebody
  /// asks about.
  func run(_ source: some StateSource, _ judges: KindJudges)
    -> (result: CheckResult, changed: [StoredRecord])
  {
    let order = source.order
    let parts = Parallel.map(order.count) {
      (reader: source.makeReader(), worker: RecordWorker(judges, ground: ground))
    } _: { thread, range in
      var part = JudgedPart()
      source.read(order[range], with: thread.reader) { place, result, isChanged in
        thread.worker.judge(
          result, at: place, isChanged: isChanged, isHeld: source.isHeld, into: &part)
      }
      return part
    }
    var findings = ground.thoroughFindings(judgesSchemas: judgesSchemas)
    for part in parts { findings += part.findings }
    var judged = parts.flatMap(\.records)
    if judged.indices.dropFirst().contains(where: { judged[$0 - 1].place > judged[$0].place }) {
      judged.sort { $0.place < $1.place }
    }
    let whole = JudgedState(judged, judges: judges)
    findings += whole.findings(ground)
    let changed = whole.records.filter(\.isChanged).map(\.record)
    let changedPaths = Set(changed.map(\.path))
    let remedy = { (record: RecordFile) -> RecordCheck.Remedy in
      changedPaths.contains(record.path) ? .file : .edit
    }
    let view = StateView(
      catalog: ground.catalog, config: ground.config, roster: ground.roster,
      configRoot: ground.configRoot, now: now,
      whole: StateView.Whole(
        byKind: whole.byKind.mapValues { $0.map(\.record) }, graph: whole.graph),
      history: history
    ) { whole.record($0)?.file }
    if history?.isTruncated == true { findings.append(Self.shallow) }
    let run = CheckRun(view, remedy: remedy)
    for kind in ground.catalog.kinds {
      // A kind without records has its say too: nothing may be what a rule is about.
      guard let judge = judges.byName[kind.name]?.judge else { continue }
      findings += run.findings(on: whole.byKind[kind.name] ?? [], judge: judge)
    }
    let result = CheckResult(
      findings: findings.compactMap { ground.config.judged($0, on: day) }.sorted(),
      checked: source.paths.count)
    return (result, changed)
  }

  private static let shallow = RuleBook.finding(
    "history.shallow", path: TrackerConfig.path, pointer: "/serviceLevels",
    "this clone is shallow: whether service levels were kept isn't known here",
    hint: "git fetch --unshallow")
}

extension Tracker {
  /// Checks the records of a commit by that commit's own ground.
  package func check(at commit: ObjectID) throws(StoreError) -> CheckResult {
    let ground = try ground(at: commit)
    let folder = ground.config.folder
    let tree = try tree(of: commit)
    let items = try git { () throws(GitError) in try recordItems(inTree: tree, folder: folder) }
    return StateCheck(ground: ground, now: now, history: try history(for: ground, to: commit))
      .run(CommittedRecords(items, folder: folder, in: repository), KindJudges(ground)).result
  }

  /// Checks what lies in the working tree; files that differ from HEAD also as a change to it.
  package func checkWorkingTree(paths: [String] = []) throws(StoreError) -> CheckResult {
    guard let root = repository.workingDirectory else {
      guard let head = try git({ () throws(GitError) in try repository.head().commit }) else {
        return CheckResult(findings: [], checked: 0)
      }
      return try check(at: head)
    }
    let ground = try git { () throws(GitError) in try Ground(workingTree: root) }
    let source = try git { () throws(GitError) in
      try WorkingRecords(self, root: root, folder: ground.config.folder)
    }
    let history = try history(for: ground, to: headCommit())
    let judges = KindJudges(ground)
    var (result, changed) = StateCheck(ground: ground, now: now, history: history)
      .run(source, judges)
    if !changed.isEmpty {
      try judgeChanges(changed.map(\.file), ground: ground, judges, into: &result)
    }
    if !paths.isEmpty {
      let covers = { (path: String) in
        paths.contains { $0 == "" || path == $0 || path.hasPrefix($0 + "/") }
      }
      result.findings = result.findings.filter { covers($0.path) }
      result.checked = source.paths.count(where: covers)
    }
    return result
  }

  /// Judges what differs from HEAD as a change to it, too.
  private func judgeChanges(
    _ records: [RecordFile], ground: Ground, _ judges: KindJudges, into result: inout CheckResult
  ) throws(StoreError) {
    let base = try git { () throws(GitError) in try baseItems(folder: ground.config.folder) }
    var steps: [Finding] = []
    for record in records {
      guard let judge = judges.byPrefix[record.id.prefixCode]?.judge else { continue }
      var before: RecordFile?
      if let item = base[record.id], let bytes = try? repository.blob(item.item.id) {
        before = try? RecordFile.read(bytes, path: item.path, folder: ground.config.folder).get()
      }
      steps += ChangeCheck.findings(from: before, to: record, judge: judge)
        .compactMap { ground.config.judged($0, on: today) }
    }
    let changed = Set(records.map(\.path))
    let committed = Set(base.values.map(\.path))
    result.findings = (result.findings + steps)
      .map { changed.contains($0.path) ? $0.mendedByHand(isNew: !committed.contains($0.path)) : $0 }
      .sorted()
  }

  typealias BaseItem = (path: String, item: TreeItem)

  /// HEAD's records by id.
  func baseItems(folder: String) throws(GitError) -> [RecordID: BaseItem] {
    guard let tree = try Self.headTree(of: repository) else { return [:] }
    var items: [RecordID: BaseItem] = [:]
    for entry in try index(ofTree: tree, folder: folder) {
      items[entry.id] = (entry.path, entry.item)
    }
    return items
  }
}
