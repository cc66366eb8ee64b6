import Files
import Git
import JSONText
import Records

/// Validates a change to config, schemas and records.
///
/// The base decides whether config, people and schemas may change. If they may, or didn't, the
/// proposed ones validate the records; otherwise the whole change is refused.
struct ChangeValidator {
  let repository: Repository
  let base: ChangeSide
  let proposed: ChangeSide
  /// The trees of the other parents of a merge in progress; what equals one of them isn't this
  /// change's.
  let otherParents: [ObjectID]
  /// The handle of the change's author, if known.
  let handle: String?
  let day: CivilDate
  /// The schemas of the program that checks.
  let ownSchemas: OwnSchemas

  struct Verdict {
    var findings: [Finding] = []
    var checked = 0
    /// The definition of the proposed side.
    var definition: TrackerDefinition
  }

  /// - Parameter changes: all paths that differ under the records folder and `.docket`.
  func verdict(on changes: [TreeChange], baseDefinition: TrackerDefinition) throws(GitError)
    -> Verdict
  {
    var verdict = Verdict(definition: baseDefinition)
    var tally = FindingTally(atMost: FindingTally.limitInChange)
    let ambiguous = AmbiguousPaths(base: base, proposed: proposed)
    tally.add(
      try ambiguous.findings(besides: baseDefinition.config.folder).compactMap {
        baseDefinition.config.weighted($0, on: day)
      })
    let definitionChanges = changes.filter { $0.path.isBelow(TrackerDefinition.folder) }
    var definition = baseDefinition
    if !definitionChanges.isEmpty {
      definition = try proposed.definition()
      verdict.definition = definition
      let refusals = try refusals(of: definitionChanges, from: baseDefinition, to: definition)
      let problems =
        definitionChanges.compactMap(Self.problem) + definition.thoroughFindings()
        + (try ambiguous.findingsInDefinition())
      verdict.checked += definitionChanges.count
      tally.add(refusals)
      guard refusals.isEmpty else {
        tally.add(problems)
        verdict.findings = tally.findings
        return verdict
      }
      tally.add(problems.compactMap { definition.config.weighted($0, on: day) })
      guard definition.isTracked else {
        // Maintainers end docket here.
        verdict.findings = tally.findings
        return verdict
      }
    }
    let folder = definition.config.folder
    var records = changes.filter {
      $0.path.isAtOrBelow(folder)
        && !Tracker.isTolerated($0.path, folder: folder)
    }
    let all = records
    if !otherParents.isEmpty { records = try own(among: records) }
    verdict.checked += records.count
    tally.add(
      try RecordChangesValidator(
        base: base, proposed: proposed, baseDefinition: baseDefinition, definition: definition,
        remedy: .file,
        day: day
      ).findings(records))
    if !otherParents.isEmpty {
      tally.add(
        try meetings(of: all, own: records, baseDefinition: baseDefinition, definition: definition))
      tally.add(try arrivals(of: all, own: records, definition: definition))
    }
    if !definitionChanges.isEmpty {
      tally.add(try unaccepted(among: all, own: records, from: baseDefinition, to: definition))
    }
    verdict.findings = tally.findings
    return verdict
  }

  /// Returns a finding on a symbolic link, a submodule or an executable file, which can't serve as
  /// config or schema.
  private static func problem(of change: TreeChange) -> Finding? {
    guard let mode = change.new?.mode, mode != .regular else { return nil }
    let path = ShellWord.quoted(change.path)
    if mode == .executable {
      return RuleBook.finding(
        "config.invalid", path: change.path,
        "this file can be executed; config, people and schemas are only read",
        hint: "git update-index --chmod=-x -- \(path)")
    }
    return RuleBook.finding(
      "config.invalid", path: change.path,
      "this is a \(mode == .symlink ? "symbolic link" : "submodule"); config, people and schemas are files",
      hint: "git restore --staged --worktree \(path)")
  }
}
