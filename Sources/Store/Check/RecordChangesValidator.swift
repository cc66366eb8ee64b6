import Files
import Git
import JSONSchema
import JSONText
import Records

/// Validates the record files of a change, each by itself and against the rest of the state.
struct RecordChangesValidator {
  let base: ChangeSide
  let proposed: ChangeSide
  let baseDefinition: TrackerDefinition
  let definition: TrackerDefinition
  let remedy: RecordCheck.Remedy
  /// The day that decides whether a rule already fails according to config.
  let day: CivilDate

  /// Returns the findings on the change, weighted by config.
  ///
  /// A warning that the base's version of a record already had is left out; `docket check` keeps
  /// reporting it.
  func findings(_ changes: [TreeChange]) throws(GitError) -> [Finding] {
    guard !changes.isEmpty else { return [] }
    let folder = definition.config.folder
    var findings: [Finding] = []
    var known = KnownFindings()
    var removed: [RecordID: TreeChange] = [:]
    for change in changes where change.new == nil {
      if let place = try? RecordPath(change.path, inFolder: folder) { removed[place.id] = change }
    }
    var compiledKinds: [String: CompiledKind] = [:]
    var baseKinds: [String: CompiledKind] = [:]
    var records: [(record: RecordFile, kind: Kind)] = []
    var earlier: [RecordFile] = []
    var ids: Set<RecordID> = []
    var touched: Set<RecordID> = []
    for change in changes {
      guard let new = change.new else { continue }
      if let problem = Tracker.problem(ofMode: new.mode, path: change.path) {
        findings.append(problem.finding)
        continue
      }
      let read = RecordFile.read(
        try proposed.bytes(at: change.path) ?? [], path: change.path, folder: folder)
      guard case .success(let record) = read else {
        if case .failure(let problem) = read { findings.append(problem.finding) }
        if let place = try? RecordPath(change.path, inFolder: folder) { touched.insert(place.id) }
        continue
      }
      touched.insert(record.id)
      guard let kind = definition.catalog.kind(of: record.id) else {
        findings.append(Self.unknownKind(record, definition: definition))
        continue
      }
      let compiled: CompiledKind
      if let known = compiledKinds[kind.name] {
        compiled = known
      } else {
        do throws(SchemaError) {
          compiled = try definition.catalog.compiledKind(for: kind)
        } catch {
          findings.append(
            RuleBook.finding(
              "config.invalid", path: "\(TrackerDefinition.schemaFolder)/\(kind.fileName)",
              "\(error.message) (\(error.location))",
              hint: TrackerDefinition.fixing("\(TrackerDefinition.schemaFolder)/\(kind.fileName)")))
          continue
        }
        compiledKinds[kind.name] = compiled
      }
      let check = RecordCheck(compiled: compiled, folder: folder, remedy: remedy)
      let before = try before(change, record: record, removed: removed)
      if let before {
        earlier.append(before)
        known.add(
          check.findings(in: before, checksForm: false, roster: definition.roster), of: before)
      }
      findings += check.findings(in: record, checksForm: true, roster: definition.roster)
      if baseKinds[kind.name] == nil { baseKinds[kind.name] = baseKind(for: kind) ?? compiled }
      let baseKind = baseKinds[kind.name] ?? compiled
      let need =
        isDescribedAnew(kind)
        ? before.map { MigrationNeed(of: $0, from: baseKind, to: compiled) } : nil
      findings += ChangeCheck.findings(
        from: before, to: record, compiled: baseKind, need: need, remedy: remedy)
      records.append((record, kind))
      ids.insert(record.id)
    }
    let gone = Set(removed.keys).subtracting(touched)
    // One of two files with the same id may go: that fixes a duplicate.
    let kept = gone.isEmpty ? [:] : try proposed.paths(of: gone, folder: folder)
    for (id, change) in removed where gone.contains(id) && kept[id] == nil {
      findings.append(Self.deletion(of: id, change, definition: definition))
    }
    findings += try neighbours(of: records, removed: Set(removed.keys).subtracting(touched))
    for compiled in compiledKinds.values where compiled.namesChecks {
      let own = records.filter { $0.kind.name == compiled.kind.name }.map(\.record)
      let before = earlier.filter { definition.catalog.kind(of: $0.id)?.name == compiled.kind.name }
      let lookup = RecordLookup(proposed, folder: folder, touched: records.map(\.record))
      let run = CheckRun(lookup.view(definition)) { _ in remedy }
      findings += run.findings(on: own, compiled: compiled)
      for record in before { known.add(run.findings(on: [record], compiled: compiled), of: record) }
      try lookup.rethrow()
    }
    return findings.compactMap { definition.config.weighted($0, on: day) }
      .filter { !known.excuses($0, among: records.map(\.record)) }
  }

  /// Returns the base's version of a kind, so that a change can't unfreeze what the base has
  /// frozen; `nil` if the schemas are the same or the base has no such kind.
  private func baseKind(for kind: Kind) -> CompiledKind? {
    guard isDescribedAnew(kind), let kind = baseDefinition.catalog.kind(named: kind.name) else {
      return nil
    }
    return try? baseDefinition.catalog.compiledKind(for: kind)
  }

  /// Whether the schema files of the kind differ between the base and the change.
  private func isDescribedAnew(_ kind: Kind) -> Bool {
    guard let old = baseDefinition.catalog.kind(named: kind.name) else { return false }
    return !SchemaAcceptance.isDescribedAlike(old, kind, baseDefinition, definition)
  }

  private func before(_ change: TreeChange, record: RecordFile, removed: [RecordID: TreeChange])
    throws(GitError) -> RecordFile?
  {
    // A renamed record is the same record: it keeps its id.
    let path = change.old == nil ? removed[record.id]?.path : change.path
    guard let path, let bytes = try base.bytes(at: path) else { return nil }
    return try? RecordFile.read(bytes, path: path, folder: definition.config.folder).get()
  }

  /// Returns findings about duplicate ids and about links, from file names; only acyclic relations
  /// read records.
  func neighbours(
    of records: [(record: RecordFile, kind: Kind)], removed: Set<RecordID> = []
  ) throws(GitError) -> [Finding] {
    var links: [(record: RecordFile, relation: LinkRelation, link: Link)] = []
    for (record, kind) in records {
      for relation in kind.links {
        links += relation.links(in: record.root).map { (record, relation, $0) }
      }
    }
    let wanted = Set(records.map(\.record.id)).union(links.map(\.link.target)).union(removed)
    guard !wanted.isEmpty else { return [] }
    let paths = try proposed.paths(of: wanted, folder: definition.config.folder)
    var findings: [Finding] = []
    for (record, _) in records {
      if let other = paths[record.id]?.first(where: { $0 != record.path }) {
        findings.append(LinkCheck.duplicate(record, other: other))
      }
    }
    for (record, relation, link) in links {
      if let finding = LinkCheck.finding(
        link, relation: relation, of: record, exists: paths[link.target] != nil,
        catalog: definition.catalog)
      {
        findings.append(finding)
      }
    }
    for (record, relation, link) in links where relation.isAcyclic {
      if let way = try cycle(from: record, relation: relation, link: link, paths: paths) {
        findings.append(LinkCheck.cycle(way, relation: relation, of: record, at: link))
      }
    }
    return findings
  }

  /// Returns the ids along one relation from a record back to itself, or `nil` if there is no
  /// cycle.
  private func cycle(
    from record: RecordFile, relation: LinkRelation, link: Link, paths: [RecordID: [RepositoryPath]]
  ) throws(GitError) -> [RecordID]? {
    var way = [record.id]
    var frontier = [(link.target, [record.id, link.target])]
    var seen: Set<RecordID> = [record.id]
    while let (id, trail) = frontier.popLast() {
      if id == record.id { return trail }
      guard seen.insert(id).inserted else { continue }
      way.append(id)
      var places = paths[id]
      if places == nil {
        places = try proposed.paths(of: [id], folder: definition.config.folder)[id]
      }
      guard let path = places?.first, let bytes = try proposed.bytes(at: path),
        case .success(let next) = RecordFile.read(
          bytes, path: path, folder: definition.config.folder)
      else { continue }
      for target in relation.links(in: next.root).map(\.target) {
        frontier.append((target, trail + [target]))
      }
    }
    return nil
  }

  static func unknownKind(_ record: RecordFile, definition: TrackerDefinition) -> Finding {
    let known = definition.catalog.kinds.map { "\($0.prefix) (\($0.name))" }.joined(separator: ", ")
    if let problem = definition.catalog.problems.first {
      return RuleBook.finding(
        "config.invalid", path: record.path, line: record.root.position.line,
        column: record.root.position.column,
        "\(record.id) can't be checked: \(TrackerDefinition.schemaFolder)/\(problem)",
        hint:
          "correct that schema first, for the record may be sound: docket check \(TrackerDefinition.schemaFolder)"
      )
    }
    return RuleBook.finding(
      "record.id", path: record.path, line: record.root.position.line,
      column: record.root.position.column,
      "no kind here has the prefix \(record.id.prefix); there are \(known)",
      hint: "docket schema add KIND")
  }

  static func deletion(of id: RecordID, _ change: TreeChange, definition: TrackerDefinition)
    -> Finding
  {
    let closed = definition.catalog.kind(of: id)?.workflow?.closed.first
    return RuleBook.finding(
      "record.deleted", path: change.path,
      "\(id) would be deleted: records are closed, not deleted",
      hint: "git restore --staged --worktree \(ShellWord.quoted(change.path))"
        + (closed.map { "; then docket move \(id) \($0)" } ?? ""))
  }
}
