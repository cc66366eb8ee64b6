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
    let remedy = { (record: RecordFile) -> RecordCheck.Remedy in
      changed.contains(record.path) ? .file : .edit
    }
    var findings = ground.thoroughFindings(judgesSchemas: judgesSchemas)
    findings += state.unreadable.map(\.finding)
    var judges: [String: KindJudge] = [:]
    var graph = LinkGraph()
    var byKind: [String: [RecordFile]] = [:]
    var places: [RecordID: [RecordFile]] = [:]
    for record in state.records { places[record.id, default: []].append(record) }
    for record in state.records {
      guard let kind = ground.catalog.kind(of: record.id) else {
        findings.append(RecordChangesJudge.unknownKind(record, ground: ground))
        continue
      }
      graph.add(record, kind: kind)
      byKind[kind.name, default: []].append(record)
      // A schema that doesn't compile is one finding of the ground's, not one of each record.
      if judges[kind.name] == nil { judges[kind.name] = try? ground.catalog.judge(for: kind) }
      guard let judge = judges[kind.name] else { continue }
      findings += RecordCheck(
        judge: judge, folder: ground.config.folder, remedy: remedy(record)
      ).findings(
        in: record, judgesForm: changed.contains(record.path), roster: ground.roster)
      if let other = places[record.id]?.first(where: { $0.path != record.path }) {
        findings.append(LinkCheck.duplicate(record, other: other.path))
      }
      for relation in kind.links {
        for link in relation.links(in: record.root) {
          if let finding = LinkCheck.finding(
            link, relation: relation, of: record, exists: places[link.target] != nil,
            catalog: ground.catalog)
          {
            findings.append(finding)
          }
        }
      }
    }
    findings += cycles(in: graph, places: places)
    let view = StateView(
      catalog: ground.catalog, config: ground.config, roster: ground.roster,
      configRoot: ground.configRoot, now: now,
      whole: StateView.Whole(byKind: byKind, graph: graph), history: history
    ) { places[$0]?.first }
    if history?.isTruncated == true { findings.append(Self.shallow) }
    let run = CheckRun(view, remedy: remedy)
    for kind in ground.catalog.kinds {
      // A kind without records has its say too: nothing may be what a rule is about.
      guard let judge = judges[kind.name] ?? (try? ground.catalog.judge(for: kind)) else {
        continue
      }
      findings += run.findings(on: byKind[kind.name] ?? [], judge: judge)
    }
    return CheckResult(
      findings: findings.compactMap { ground.config.judged($0, on: day) }.sorted(),
      checked: state.records.count + state.unreadable.count)
  }

  private static let shallow = RuleBook.finding(
    "history.shallow", path: TrackerConfig.path, pointer: "/serviceLevels",
    "this clone is shallow: whether service levels were kept isn't known here",
    hint: "git fetch --unshallow")

  private func cycles(in graph: LinkGraph, places: [RecordID: [RecordFile]]) -> [Finding] {
    var findings: [Finding] = []
    var told: Set<RecordID> = []
    for id in graph.from.keys.sorted() where !told.contains(id) {
      guard let kind = ground.catalog.kind(of: id), let record = places[id]?.first else { continue }
      for relation in kind.links where relation.isAcyclic {
        guard let way = graph.cycle(from: id, along: relation.name),
          let link = relation.links(in: record.root).first
        else { continue }
        told.formUnion(way)
        findings.append(LinkCheck.cycle(way, relation: relation, of: record, at: link))
      }
    }
    return findings
  }
}

extension Tracker {
  /// Checks the records of a commit by that commit's own ground.
  package func check(at commit: ObjectID) throws(StoreError) -> CheckResult {
    let ground = try ground(at: commit)
    let state = try records(at: commit, folder: ground.config.folder)
    return StateCheck(ground: ground, now: now, history: try history(for: ground, to: commit))
      .run(state)
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
    let state = workingRecords(folder: ground.config.folder)
    let base = try git { () throws(GitError) in try baseItems(folder: ground.config.folder) }
    var changed: Set<String> = []
    var steps: [Finding] = []
    var judges: [String: KindJudge] = [:]
    for record in state.records {
      let item = base[record.id]
      if let item, item.path == record.path,
        item.item.id == repository.hash(blob: record.document.bytes)
      {
        continue
      }
      changed.insert(record.path)
      guard let kind = ground.catalog.kind(of: record.id) else { continue }
      if judges[kind.name] == nil { judges[kind.name] = try? ground.catalog.judge(for: kind) }
      guard let judge = judges[kind.name] else { continue }
      var before: RecordFile?
      if let item, let bytes = try? repository.blob(item.item.id) {
        before = try? RecordFile.read(bytes, path: item.path, folder: ground.config.folder).get()
      }
      steps += ChangeCheck.findings(from: before, to: record, judge: judge)
        .compactMap { ground.config.judged($0, on: today) }
    }
    let committed = Set(base.values.map(\.path))
    let history = try history(for: ground, to: headCommit())
    var result = StateCheck(ground: ground, now: now, history: history).run(
      state, judgingFormOf: changed)
    result.findings = (result.findings + steps)
      .map { changed.contains($0.path) ? $0.mendedByHand(isNew: !committed.contains($0.path)) : $0 }
      .sorted()
    if !paths.isEmpty {
      let covers = { (path: String) in
        paths.contains { $0 == "" || path == $0 || path.hasPrefix($0 + "/") }
      }
      result.findings = result.findings.filter { covers($0.path) }
      result.checked = (state.records.map(\.path) + state.unreadable.map(\.path)).count(
        where: covers)
    }
    return result
  }

  private func baseItems(folder: String) throws(GitError) -> [RecordID: (
    path: String, item: TreeItem
  )] {
    guard let tree = try Self.headTree(of: repository) else { return [:] }
    var items: [RecordID: (path: String, item: TreeItem)] = [:]
    for entry in try index(ofTree: tree, folder: folder) {
      items[entry.id] = (entry.path, entry.item)
    }
    return items
  }
}
