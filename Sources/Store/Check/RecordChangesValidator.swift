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

  /// Returns the findings on the change, weighted by config; of each rule at most
  /// ``FindingTally/limitInChange``, the rest counted.
  ///
  /// A warning that the base's version of a record already had is left out; `docket check` keeps
  /// reporting it.
  func findings(_ changes: [TreeChange]) throws(GitError) -> [Finding] {
    guard !changes.isEmpty else { return [] }
    let folder = definition.config.folder
    var tally = FindingTally(atMost: FindingTally.limitInChange)
    func add(_ findings: [Finding], of record: RecordFile? = nil, known: KnownFindings? = nil) {
      for finding in findings {
        guard let weighted = definition.config.weighted(finding, on: day) else { continue }
        if let record, known?.excuses(weighted, of: record) == true { continue }
        tally.add(weighted)
      }
    }
    var removed: [RecordID: TreeChange] = [:]
    for change in changes where change.new == nil {
      if let place = try? RecordPath(change.path, inFolder: folder) { removed[place.id] = change }
    }
    var compiledKinds: [String: CompiledKind] = [:]
    var baseKinds: [String: CompiledKind] = [:]
    var records: [(record: RecordFile, kind: Kind)] = []
    var earlier: [RecordFile] = []
    var touched: Set<RecordID> = []
    let paths = RecordPaths(proposed, folder: folder)
    for change in changes {
      guard let new = change.new else { continue }
      if let problem = Tracker.problem(ofMode: new.mode, path: change.path) {
        add([problem.finding])
        continue
      }
      if new.mode == .executable { add([Self.executable(change.path)]) }
      let read = try self.read(change.path, new, of: proposed)
      guard case .success(let record) = read else {
        if case .failure(let problem) = read { add([problem.finding]) }
        if let place = try? RecordPath(change.path, inFolder: folder) { touched.insert(place.id) }
        continue
      }
      touched.insert(record.id)
      guard let kind = definition.catalog.kind(of: record.id) else {
        add([Self.unknownKind(record, definition: definition)])
        continue
      }
      let compiled: CompiledKind
      if let known = compiledKinds[kind.name] {
        compiled = known
      } else {
        do throws(SchemaError) {
          compiled = try definition.catalog.compiledKind(for: kind)
        } catch {
          add([
            RuleBook.finding(
              "config.invalid", path: "\(TrackerDefinition.schemaFolder)/\(kind.fileName)",
              "\(error.message) (\(error.location))",
              hint: TrackerDefinition.fixing("\(TrackerDefinition.schemaFolder)/\(kind.fileName)"))
          ])
          continue
        }
        compiledKinds[kind.name] = compiled
      }
      let check = RecordCheck(compiled: compiled, folder: folder, remedy: remedy)
      let before = try before(change, record: record, removed: removed)
      var known = KnownFindings()
      if let before {
        earlier.append(before)
        known.add(
          check.findings(in: before, checksForm: false, roster: definition.roster), of: before)
      }
      add(
        check.findings(in: record, checksForm: true, roster: definition.roster), of: record,
        known: known)
      if baseKinds[kind.name] == nil { baseKinds[kind.name] = baseKind(for: kind) ?? compiled }
      let baseKind = baseKinds[kind.name] ?? compiled
      let need =
        isDescribedAnew(kind)
        ? before.map { MigrationNeed(of: $0, from: baseKind, to: compiled) } : nil
      let moved = try before.flatMap { (before) throws(GitError) in
        // Unfrozen items may go anyway.
        baseKind.frozen.isEmpty || !MovedItems.isPossible(from: before, to: record, kind: kind)
          ? nil : try proposed.movedItems(from: before, to: record, kind, definition, paths)
      }
      add(
        ChangeCheck.findings(
          from: before, to: record, compiled: baseKind, need: need, moved: moved, remedy: remedy))
      add(RetiredItems.findings(from: before, to: record, kind: kind))
      records.append((record, kind))
    }
    let gone = Set(removed.keys).subtracting(touched)
    // One of two files with the same id may go: that fixes a duplicate.
    let kept = gone.isEmpty ? [:] : try proposed.paths(of: gone, folder: folder)
    for (id, change) in removed where gone.contains(id) && kept[id] == nil {
      add([Self.deletion(of: id, change, definition: definition)])
    }
    add(try neighbours(of: records, removed: gone, paths: paths))
    let byPath = Dictionary(records.map { ($0.record.path, $0.record) }, uniquingKeysWith: { $1 })
    for compiled in compiledKinds.values where compiled.namesChecks {
      let own = records.filter { $0.kind.name == compiled.kind.name }.map(\.record)
      let before = earlier.filter { definition.catalog.kind(of: $0.id)?.name == compiled.kind.name }
      let lookup = RecordLookup(
        proposed, folder: folder, paths: paths, touched: records.map(\.record))
      let run = CheckRun(lookup.view(definition)) { _ in remedy }
      var known = KnownFindings()
      for record in before { known.add(run.findings(on: [record], compiled: compiled), of: record) }
      for finding in run.findings(on: own, compiled: compiled) {
        add([finding], of: byPath[finding.path], known: known)
      }
      try lookup.rethrow()
    }
    return tally.findings
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
    let earlier = change.old == nil ? removed[record.id] : change
    guard let earlier, let old = earlier.old else { return nil }
    return try? read(earlier.path, old, of: base).get()
  }

  /// Reads a file of the change; one that is too large is not a record.
  private func read(_ path: RepositoryPath, _ item: TreeItem, of side: ChangeSide) throws(GitError)
    -> Result<RecordFile, UnreadableRecord>
  {
    do throws(GitError) {
      return RecordFile.read(
        try side.bytes(at: path, knownAs: item), path: path, folder: definition.config.folder)
    } catch {
      guard error.code == .tooLarge else { throw error }
      return .failure(UnreadableRecord(path: path, message: "can't be read: \(error.message)"))
    }
  }

  /// Returns findings about duplicate ids and about links, from file names; only acyclic relations
  /// read records.
  func neighbours(
    of records: [(record: RecordFile, kind: Kind)], removed: Set<RecordID> = [],
    paths: RecordPaths? = nil
  ) throws(GitError) -> [Finding] {
    var links: [(record: RecordFile, relation: LinkRelation, link: Link)] = []
    for (record, kind) in records {
      for relation in kind.links {
        links += relation.links(in: record.root).map { (record, relation, $0) }
      }
    }
    let wanted = Set(records.map(\.record.id)).union(links.map(\.link.target)).union(removed)
    guard !wanted.isEmpty else { return [] }
    let paths = paths ?? RecordPaths(proposed, folder: definition.config.folder)
    try paths.find(wanted)
    var tally = FindingTally(atMost: FindingTally.limitInChange)
    for (record, _) in records {
      if let other = try paths.of(record.id).first(where: { $0 != record.path }) {
        tally.add(LinkCheck.duplicate(record, other: other))
      }
    }
    for (record, relation, link) in links {
      if let finding = LinkCheck.finding(
        link, relation: relation, of: record, exists: try !paths.of(link.target).isEmpty,
        catalog: definition.catalog)
      {
        tally.add(finding)
      }
    }
    try addCycles(among: links.filter { $0.relation.isAcyclic }, paths, to: &tally)
    return tally.findings
  }

  /// Adds the findings on links that lead back to their record along a relation that forbids it.
  private func addCycles(
    among links: [(record: RecordFile, relation: LinkRelation, link: Link)], _ paths: RecordPaths,
    to tally: inout FindingTally
  ) throws(GitError) {
    let rule = "link.cycle"
    let touched = Dictionary(
      links.map { ($0.record.id, $0.record) }, uniquingKeysWith: { first, _ in first })
    for (_, links) in Dictionary(
      grouping: links, by: { "\($0.record.id.prefix) \($0.relation.name)" }
    ).sorted(by: { $0.key < $1.key }) {
      guard let relation = links.first?.relation else { continue }
      var targets: [RecordID: [RecordID]] = [:]
      var frontier = Set(links.map(\.record.id))
      while !frontier.isEmpty {
        try paths.find(frontier.filter { touched[$0] == nil })
        var next: Set<RecordID> = []
        for id in frontier {
          var found = touched[id]
          if found == nil { found = try record(id, paths) }
          let reached = found.map { relation.links(in: $0.root).map(\.target) } ?? []
          targets[id] = reached
          next.formUnion(reached)
        }
        frontier = next.filter { targets[$0] == nil }
      }
      let circles = LinkCircles(targets)
      for (record, relation, link) in links where circles.joins(record.id, link.target) {
        tally.add(rule, RuleBook.severity(of: rule)) {
          LinkCheck.cycle(
            circles.way(from: link.target, backTo: record.id), relation: relation, of: record,
            at: link)
        }
      }
    }
  }

  private func record(_ id: RecordID, _ paths: RecordPaths) throws(GitError) -> RecordFile? {
    guard let path = try paths.of(id).first, let bytes = try proposed.bytes(at: path) else {
      return nil
    }
    return try? RecordFile.read(bytes, path: path, folder: definition.config.folder).get()
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
      ).hinted(byLaterDocketIn: definition.catalog)
    }
    return RuleBook.finding(
      "record.id", path: record.path, line: record.root.position.line,
      column: record.root.position.column,
      "no kind here has the prefix \(record.id.prefix); there are \(known)",
      hint: "docket schema add KIND")
  }

  private static func executable(_ path: RepositoryPath) -> Finding {
    RuleBook.finding(
      "record.path", path: path,
      "a record is a file that is only read, not one that can be executed",
      hint: "git update-index --chmod=-x -- \(ShellWord.quoted(path))")
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
