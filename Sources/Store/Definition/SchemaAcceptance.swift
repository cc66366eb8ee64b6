import Files
import JSONSchema
import JSONText
import Records

/// Checks whether changed schemas still accept the existing records.
///
/// Only what a change breaks counts: what the old schemas rejected too is reported as a warning.
struct SchemaAcceptance {
  private let old: TrackerDefinition
  private let new: TrackerDefinition
  private let day: CivilDate
  /// Prefixes of the kinds whose schema files changed.
  private let prefixes: Set<String>

  init(from old: TrackerDefinition, to new: TrackerDefinition, day: CivilDate) {
    self.old = old
    self.new = new
    self.day = day
    var prefixes: Set<String> = []
    for kind in old.catalog.kinds {
      let successor = new.catalog.kinds.first { $0.prefix == kind.prefix }
      if successor.map({ Self.isDescribedAlike(kind, $0, old, new) }) != true {
        prefixes.insert(kind.prefix)
      }
    }
    self.prefixes = prefixes
  }

  static func isDescribedAlike(
    _ kind: Kind, _ successor: Kind, _ old: TrackerDefinition, _ new: TrackerDefinition
  )
    -> Bool
  {
    if kind.document.bytes == successor.document.bytes,
      old.catalog.files.documents.count == new.catalog.files.documents.count,
      old.catalog.files.documents.allSatisfy({ new.catalog.files.documents[$0]?.bytes == $1.bytes })
    {
      return true
    }
    return kind.name == successor.name
      && old.catalog.files.closure(of: kind.fileName).allSatisfy {
        old.catalog.files.documents[$0]?.bytes == new.catalog.files.documents[$0]?.bytes
      }
  }

  /// Whether the schemas of any existing kind changed.
  var isAffected: Bool { !prefixes.isEmpty }

  /// Whether a file is a record of such a kind, by its name.
  func concerns(_ path: RepositoryPath) -> Bool {
    (try? RecordPath(path, inFolder: new.config.folder)).map { prefixes.contains($0.id.prefix) }
      ?? false
  }

  func concerns(_ id: RecordID) -> Bool { prefixes.contains(id.prefix) }

  /// Returns what the new schemas reject in records; what the old ones rejected too is only a
  /// warning.
  func findings(on records: [RecordFile]) -> [Finding] {
    var oldValidators = Validators(old)
    var newValidators = Validators(new)
    var findings: [Finding] = []
    var counts: [String: (refused: Int, all: Int)] = [:]
    for record in records where concerns(record.id) {
      counts[record.id.prefix, default: (0, 0)].all += 1
      var before: Set<FindingKey>?
      var isRefused = false
      for var finding in newValidators.errors(in: record, day: day) {
        let known = before ?? Set(oldValidators.errors(in: record, day: day).map(FindingKey.init))
        before = known
        if known.contains(FindingKey(finding)) {
          finding.severity = .warning
          finding.message += " (the schema as it was says so too)"
        } else {
          isRefused = true
        }
        findings.append(finding)
      }
      if isRefused { counts[record.id.prefix, default: (0, 0)].refused += 1 }
      if let finding = stranded(record) { findings.append(finding) }
    }
    return findings + counts.sorted { $0.key < $1.key }.compactMap(summary)
  }

  /// Returns what the schemas reject in records of kinds that didn't change.
  func findingsOfOthers(on records: [RecordFile]) -> [Finding] {
    var validators = Validators(new)
    return records.filter { !concerns($0.id) }.flatMap { validators.errors(in: $0, day: day) }
  }

  private func summary(_ prefix: String, _ count: (refused: Int, all: Int)) -> Finding? {
    guard count.refused > 0, let kind = old.catalog.kinds.first(where: { $0.prefix == prefix })
    else { return nil }
    let successor = new.catalog.kinds.first { $0.prefix == prefix }
    let path = TrackerDefinition.schemaFolder.appending(kind.fileName)
    let finding = RuleBook.finding(
      "schema.refuses-records", path: path, line: 1, column: 1,
      "under the changed schema, \(count.refused) of \(count.all) \(kind.noun(count.all)) would no longer be right"
        + (successor == nil ? ": their kind would be gone" : ""),
      hint: successor == nil
        ? "git restore --source=HEAD --staged --worktree \(ShellWord.quoted(path))"
        : "docket migrate changes schema and records in one commit; docket help migrate, docs/change-a-kind.md"
    )
    return new.config.weighted(finding.hinted(byLaterDocketIn: new.catalog), on: day)
  }

  /// Returns a finding on a record in a state that the workflow no longer has.
  private func stranded(_ record: RecordFile) -> Finding? {
    guard let kind = new.catalog.kind(of: record.id), let workflow = kind.workflow,
      let node = record.root[workflow.property], let state = node.string,
      !workflow.states.contains(state),
      old.catalog.kind(of: record.id)?.workflow?.states.contains(state) == true
    else { return nil }
    let finding = RuleBook.finding(
      "schema.stranded-state", path: record.path, line: node.position.line,
      column: node.position.column, pointer: "/\(workflow.property)",
      "\(record.id) is \(state), and the workflow no longer has that state",
      hint:
        "docket migrate --map \(kind.name).\(workflow.property):\(state)=\(workflow.states.first ?? "…")"
    )
    return new.config.weighted(finding, on: day)
  }

  private struct FindingKey: Hashable {
    let rule: String
    let pointer: String?

    init(_ finding: Finding) { (rule, pointer) = (finding.rule, finding.pointer) }
  }

  /// Validators of one definition, compiled on first use.
  private struct Validators {
    private let definition: TrackerDefinition
    private var known: [String: CompiledKind] = [:]

    init(_ definition: TrackerDefinition) { self.definition = definition }

    mutating func errors(in record: RecordFile, day: CivilDate) -> [Finding] {
      guard let kind = definition.catalog.kind(of: record.id) else {
        return [RecordChangesValidator.unknownKind(record, definition: definition)]
      }
      // A schema that doesn't compile is reported on the schema itself.
      if known[kind.name] == nil {
        known[kind.name] = try? definition.catalog.compiledKind(for: kind)
      }
      guard let compiled = known[kind.name] else { return [] }
      return RecordCheck(compiled: compiled, folder: definition.config.folder, remedy: .migration)
        .findings(in: record, checksForm: false, roster: nil)
        .compactMap { definition.config.weighted($0, on: day) }
        .filter { $0.severity == .error }
    }
  }
}
