import ArgumentParser
import Git
import JSONText
import Records
import Store

struct MigrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate", abstract: "Change a schema and its records together, in one commit.",
    usage:
      "docket migrate [--schema FILE]… [--rename KIND.KEY=KEY]… [--map KIND.KEY:OLD=NEW]… [--set KIND.KEY=VALUE]… [--records KIND.LIST=KIND.LINK]… [--dry-run]",
    discussion: """
      Change the schema first: in .docket/schema, without committing it, or in a file elsewhere that \
      --schema names. Then say how the records come along. Steps are taken in this order: rename, \
      map, lines, set, remove, records. * in a key stands for every item of a list: incident.notes.*.on.

        docket migrate --rename incident.impact=severity --set incident.severity=3 --dry-run
        docket migrate --map incident.status:mitigated=resolved
        docket migrate --schema ~/drafts/incident.schema.json --remove incident.channel
        docket migrate --records incident.notes=feedback.about

      --records makes a record of each item of a list, which links back to the list's owner, and \
      takes the list away. The new record's id and file follow from the item: two branches that \
      migrate it write the same.

      Without any of that, docket's own schemas are brought to this program's versions, and the items \
      of lists that they no longer write become records; schemas that you changed stay as they are, \
      unless --take names them. In a merge, a rebase or a cherry-pick that stopped because one side \
      still has such a list, it resolves those files and stages them, and commits nothing.
      """)

  @Option(help: ArgumentHelp("A schema file to take in; its name says which.", valueName: "file"))
  var schema: [String] = []
  @Option(
    help: ArgumentHelp(
      "Give a value another key, anywhere in the record.", valueName: "kind.key=key"))
  var rename: [String] = []
  @Option(help: ArgumentHelp("Turn one value into another.", valueName: "kind.key:old=new"))
  var map: [String] = []
  @Option(help: ArgumentHelp("Turn a text into the list of its lines.", valueName: "kind.key"))
  var lines: [String] = []
  @Option(
    help: ArgumentHelp(
      "Set a value where there is none; := takes JSON.", valueName: "kind.key=value"))
  var set: [String] = []
  @Option(help: ArgumentHelp("Drop a key; every value that goes is shown.", valueName: "kind.key"))
  var remove: [String] = []
  @Option(
    help: ArgumentHelp(
      "Make records of a list's items, linked back by a relation.", valueName: "kind.list=kind.link"
    ))
  var records: [String] = []
  @Option(
    help: ArgumentHelp(
      "What two branches changed differently is taken from this side: ours or theirs.",
      valueName: "side"))
  var prefer: RecordMerge.Side?
  @Option(
    name: .customLong("where"),
    help: ArgumentHelp("Only records that a query finds, as for docket list.", valueName: "query"))
  var query: [String] = []
  @Option(
    help: ArgumentHelp(
      "Take docket's version of a schema that you changed; yours is in history.", valueName: "kind")
  )
  var take: [String] = []
  @Flag(help: "Show what would change, record by record, and write nothing.") var dryRun = false
  @OptionGroup var write: WriteFlags
  @OptionGroup var common: CommonOptions

  mutating func validate() throws {
    if write.on != nil { throw ValidationError("migrate works on the branch that is checked out") }
  }

  mutating func run() async throws {
    let invocation = Invocation.current
    let tracker = try invocation.tracker(isWritten: true)
    let steps = try steps()
    let lists = try lists()
    let isUpgrade = steps.isEmpty && lists.isEmpty && schema.isEmpty
    if isUpgrade, take.isEmpty,
      let merge = try tracker.resolution(
        ResolutionRequest(takesRetired: true) { [prefer] _ in prefer?.choice })
    {
      return try resolve(merge, tracker)
    }
    var migration =
      isUpgrade
      ? try SchemaUpgrade(tracker).migration(taking: take)
      : try change(steps, lists, tracker, invocation)
    migration.preferred = prefer
    var plan = try tracker.plan(migration)
    guard !plan.isEmpty else {
      Terminal.note(
        isUpgrade
          ? "nothing to migrate: docket's schemas here are those of docket \(Docket.version) already, or your own"
          : "nothing to change: schemas and records are so already")
      return
    }
    MigrationText(tracker: tracker, plan: plan, removed: steps.filter { $0.action == .remove })
      .show(isDry: dryRun)
    guard !dryRun else {
      FindingText.complain(plan.findings)
      guard plan.isRefused else { return }
      Terminal.note("this would be refused: \(FindingText.count(plan.findings))")
      throw ExitStatus.AlreadyReported()
    }
    let options = try write.options()
    if let message = options.message {
      plan.change.message = message + Self.trailers(of: plan.change.message)
    }
    let (outcome, warnings) = try await tracker.commit(plan.change, options)
    FindingText.complain(warnings)
    let count = plan.change.files.count
    Terminal.note(
      outcome.commit.map { "saved \(count) file\(count == 1 ? "" : "s") in commit \($0)" }
        ?? "staged, not committed: git commit")
  }

  /// Returns the trailers of docket's default message.
  private static func trailers(of message: String) -> String {
    let lines = message.split(separator: "\n").filter { $0.hasPrefix(Migration.trailer + ":") }
    return lines.isEmpty ? "" : "\n\n" + lines.joined(separator: "\n")
  }

  // MARK: Merges

  /// Resolves and stages the record files of a merge that both have items in a list and don't.
  private func resolve(_ merge: MergeResolution, _ tracker: Tracker) throws {
    let verb = dryRun ? "would be resolved" : "resolved"
    for file in merge.resolved {
      Terminal.note("\(file.path) \(verb)")
    }
    for moved in merge.moved {
      let already = moved.isNew ? "" : " already"
      Terminal.complain("  \(moved.list).\(moved.item) of \(moved.owner) is \(moved.id)\(already)")
    }
    FindingText.complain(merge.findings)
    if merge.isRefused { throw ExitStatus.AlreadyReported() }
    if !dryRun { try tracker.stage(merge) }
    for open in merge.unresolved {
      let words = ConflictWords(
        view: open.kind?.view, names: (merge.sides.ours, merge.sides.theirs))
      Terminal.complain("  still in conflict: \(open.path)")
      for conflict in open.conflicts { Terminal.complain("    \(words.sentence(conflict))") }
      if let command = open.command { Terminal.complain("  fix: \(command)") }
    }
    guard !merge.resolved.isEmpty else { throw ExitStatus.AlreadyReported() }
    let state = dryRun ? "nothing was written" : "staged, not committed"
    let next = merge.unresolved.isEmpty ? ": " : "; resolve the rest, then: "
    Terminal.note("\(state)\(next)\(merge.conclusion ?? "git commit")")
  }

  // MARK: The team's own schemas

  private func lists() throws -> [RecordsStep] {
    try records.map { text in
      guard let step = RecordsStep(text) else {
        throw ValidationError("--records takes KIND.LIST=KIND.LINK; \"\(text)\" isn't written so")
      }
      return step
    }
  }

  private func change(
    _ steps: [MigrationStep], _ lists: [RecordsStep], _ tracker: Tracker, _ invocation: Invocation
  ) throws -> Migration {
    guard take.isEmpty else { throw ValidationError("--take goes with no other step") }
    var schemas = try tracker.editedSchemas()
    for typed in schema {
      let file = try SchemaFile(typed, in: invocation)
      schemas[file.name] = file.bytes
    }
    let edited = schemas
    let upgrade = SchemaUpgrade(tracker)
    if !lists.isEmpty { try upgrade.bring(lists.map(\.target), with: &schemas) }
    var migration = Migration(schemas: schemas, steps: steps)
    migration.lists = lists
    if !query.isEmpty {
      let answer = try RecordList(tracker).run(try RecordQuery(query))
      migration.selected = Set(answer.subjects.map(\.id))
    }
    for name in schemas.keys.sorted() {
      migration.notes.append(
        edited[name] == nil
          ? upgrade.note(name, schemas[name] ?? []) : Self.note(name, schemas, tracker))
    }
    return migration
  }

  /// Returns a note like "schema incident urn:kestrel:incident:1 to urn:kestrel:incident:2".
  private static func note(_ name: String, _ schemas: [String: [UInt8]], _ tracker: Tracker)
    -> String
  {
    func version(_ document: JSONDocument?) -> String? { document?.root["$id"]?.string }
    let old = version(tracker.catalog.files.documents[name])
    let new = version(schemas[name].flatMap { try? JSONDocument(parsing: $0) })
    return "schema \(name)" + (old != new ? " \(old ?? "new") to \(new ?? "?")" : "")
  }

  private func steps() throws -> [MigrationStep] {
    func place(_ text: String, _ option: String, _ example: String) throws -> (String, [String]) {
      let tokens = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      guard tokens.count >= 2, tokens.allSatisfy({ !$0.isEmpty }) else {
        throw ValidationError("--\(option) takes \(example); \"\(text)\" names no kind and key")
      }
      return (tokens[0], Array(tokens.dropFirst()))
    }
    func halves(_ text: String, _ option: String, _ example: String) throws -> (String, String) {
      guard let mark = text.firstIndex(of: "="), text.index(after: mark) < text.endIndex else {
        throw ValidationError("--\(option) takes \(example); \"\(text)\" isn't written so")
      }
      return (String(text[..<mark]), String(text[text.index(after: mark)...]))
    }
    var steps: [MigrationStep] = []
    for text in rename {
      let example = "KIND.OLD=NEW"
      let (old, new) = try halves(text, "rename", example)
      let (kind, key) = try place(old, "rename", example)
      let to = new.split(separator: ".").map(String.init)
      // A list's items stay in their list, so the new key may be given without it.
      let stars = key.filter { $0 == "*" }.count
      guard to.filter({ $0 == "*" }).count == stars || stars == 0 || to.count == 1 else {
        throw ValidationError("--rename: \(new) needs a * for each of \(old)")
      }
      let full = stars > 0 && to.count == 1 ? Array(key.dropLast()) + to : to
      steps.append(MigrationStep(kind: kind, place: key, action: .rename(to: full)))
    }
    for text in map {
      let example = "KIND.KEY:OLD=NEW"
      guard let colon = text.firstIndex(of: ":") else {
        throw ValidationError("--map takes \(example); \"\(text)\" isn't written so")
      }
      let (kind, key) = try place(String(text[..<colon]), "map", example)
      let (old, new) = try halves(String(text[text.index(after: colon)...]), "map", example)
      steps.append(MigrationStep(kind: kind, place: key, action: .map(from: old, to: new)))
    }
    for text in lines {
      let (kind, key) = try place(text, "lines", "KIND.KEY")
      steps.append(MigrationStep(kind: kind, place: key, action: .lines))
    }
    for text in set {
      let (left, value) = try halves(text, "set", "KIND.KEY=VALUE")
      let isJSON = left.hasSuffix(":")
      let (kind, key) = try place(isJSON ? String(left.dropLast()) : left, "set", "KIND.KEY=VALUE")
      steps.append(MigrationStep(kind: kind, place: key, action: .set(value, isJSON: isJSON)))
    }
    for text in remove {
      let (kind, key) = try place(text, "remove", "KIND.KEY")
      steps.append(MigrationStep(kind: kind, place: key, action: .remove))
    }
    return steps
  }
}

extension RecordMerge.Side: ExpressibleByArgument {}
