package import Files
import Git
package import JSONText
package import Records

/// A change of schemas together with the records that go with them.
package struct Migration: Sendable {
  /// New schema files by name, `incident.schema.json`.
  package var schemas: [String: [UInt8]]
  package var steps: [MigrationStep]
  /// The lists whose items become records.
  package var lists: [RecordsStep] = []
  /// Whether the items of all lists that the schemas mark retired do, too.
  package var takesRetired = false
  /// The side to take what two branches changed differently from.
  package var preferred: RecordMerge.Side?
  /// The records that the steps apply to; all of their kind if absent.
  package var selected: Set<RecordID>?
  /// Notes on schemas beyond the steps, one commit trailer each.
  package var notes: [String] = []
  package var subject: String?

  package init(
    schemas: [String: [UInt8]], steps: [MigrationStep], selected: Set<RecordID>? = nil
  ) {
    self.schemas = schemas
    self.steps = steps
    self.selected = selected
  }

  /// The trailer that identifies migration commits.
  package static let trailer = "Docket-Migration"
}

/// The writes of a migration.
package struct MigrationPlan: Sendable {
  package struct Change: Sendable {
    package let id: RecordID
    package let kind: Kind
    package let path: RepositoryPath
    package let before: JSONValue
    package let fields: [FieldChange]
  }

  package var change: DefinitionChange
  /// The schema files that change.
  package var schemas: [String]
  /// Records whose values change.
  package var records: [Change]
  /// Records of which only the order of keys changes.
  package var reordered: Int
  /// The items that are records of their own from now on: their owner, list and id, the record's id,
  /// and whether it is new.
  package var moved: [(owner: RecordID, list: String, item: String, id: RecordID, isNew: Bool)] = []
  /// Problems that prevent the migration, and other findings.
  package var findings: [Finding]

  package var isEmpty: Bool { change.files.isEmpty }
  package var isRefused: Bool { findings.contains { $0.severity == .error } }
}

extension Tracker {
  /// Computes a migration of HEAD's records; nothing is written.
  package func plan(_ migration: Migration) throws(StoreError) -> MigrationPlan {
    guard let head = try headCommit() else {
      throw .refused("there are no commits yet, so there is nothing to migrate")
    }
    let tree = try tree(of: head)
    var files: [PlannedFile] = []
    var schemas: [String] = []
    var texts: [RepositoryPath: [UInt8]] = [:]
    for (name, bytes) in migration.schemas.sorted(by: { $0.key < $1.key }) {
      let path = TrackerDefinition.schemaFolder.appending(name)
      if catalog.files.documents[name]?.bytes == bytes { continue }
      texts[path] = bytes
      schemas.append(name)
      files.append(PlannedFile(path: path, bytes: bytes, base: try item(path, in: tree)))
    }
    let (old, new) = try git { () throws(GitError) in
      let base = ChangeSide.tree(tree, repository)
      return (try base.definition(), try ChangeSide.draft(over: base, files: texts).definition())
    }
    if let fault = new.findings.first { throw .findings([fault]) }
    try refuse(migration, under: new)
    var plan = MigrationPlan(
      change: DefinitionChange(files: [], message: ""), schemas: schemas, records: [], reordered: 0,
      findings: [])
    let acceptance = SchemaAcceptance(from: old, to: new, day: today)
    let moves = try moves(of: migration, under: new.catalog)
    let concerned = Set(migration.steps.map(\.kind)).union(moves.keys)
    let records = try records(at: head, folder: old.config.folder).records
    let targets = Set(moves.values.joined().map(\.target.prefix))
    let existing = Dictionary(
      records.filter { targets.contains($0.id.prefix) }.map { ($0.id, $0) },
      uniquingKeysWith: { first, _ in first })
    var items = ItemRecords(
      new, choosing: { _ in migration.preferred?.choice },
      remedy: { "docket migrate --prefer \($1.rawValue)" }, existing: { existing[$0] },
      earlier: { (record) throws(StoreError) in try self.earlierItem(of: record) })
    for record in records {
      guard let kind = new.catalog.kind(of: record.id),
        concerned.contains(kind.name) || acceptance.concerns(record.id),
        let file = try migrate(
          record, migration, kind, from: old, moves[kind.name] ?? [], &items, &plan)
      else { continue }
      files.append(
        PlannedFile(path: record.path, bytes: file, base: try item(record.path, in: tree)))
    }
    files += items.made.map { PlannedFile(path: $0.path, bytes: $0.bytes, base: nil) }
    for (record, kind, value) in items.changed {
      guard !files.contains(where: { $0.path == record.path }) else {
        throw .refused(
          "\(record.path) would be changed twice",
          hint: "migrate the schema first, and the lists in a second commit")
      }
      files.append(
        PlannedFile(
          path: record.path, bytes: JSONPrinter.canonical(value, order: kind.view),
          base: try item(record.path, in: tree)))
      plan.records.append(change(of: record, kind, to: value))
    }
    plan.moved = items.moved.map { ($0.owner, $0.list, $0.item, $0.id, $0.isNew) }
    plan.change = DefinitionChange(
      files: files,
      message: message(
        of: migration, plan, moves.values.joined().sorted { $0.text < $1.text }, kinds: new.catalog)
    )
    if !plan.isEmpty { plan.findings = try validate(plan.change) }
    return plan
  }

  /// Returns the lists whose items become records, by the kind that has them.
  private func moves(of migration: Migration, under catalog: KindCatalog) throws(StoreError)
    -> [String: [ItemMigration]]
  {
    var moves: [String: [ItemMigration]] = [:]
    for step in migration.lists {
      do throws(RecordsStep.Problem) {
        moves[step.kind, default: []].append(try step.migration(under: catalog))
      } catch {
        throw .refused("\(step.text): \(error.message)", hint: error.hint)
      }
    }
    guard migration.takesRetired else { return moves }
    for kind in catalog.kinds {
      let retired = catalog.itemMigrations(of: kind)
      if !retired.isEmpty { moves[kind.name] = retired }
    }
    return moves
  }

  /// Returns a record's new text, or `nil` if it stays the same.
  private func migrate(
    _ record: RecordFile, _ migration: Migration, _ kind: Kind, from old: TrackerDefinition,
    _ moves: [ItemMigration], _ items: inout ItemRecords, _ plan: inout MigrationPlan
  ) throws(StoreError) -> [UInt8]? {
    let before = record.value
    var value = before
    if migration.selected?.contains(record.id) ?? true {
      for step in migration.steps where step.kind == kind.name {
        do throws(KeyProblem) {
          try step.apply(to: &value, view: kind.view)
        } catch {
          throw .refused("\(record.path): \(step.text): \(error.description)")
        }
      }
      for move in moves { try items.takeAll(move, from: &value, of: (record.id, record.path)) }
    }
    ItemID.fill(in: &value, view: kind.view, makeItemID: makeItemID)
    let bytes = JSONPrinter.canonical(value, order: kind.view)
    guard value == before else {
      plan.records.append(change(of: record, kind, to: value))
      return bytes
    }
    // Only a file that had the old order is put into the new one.
    guard bytes != record.document.bytes, let former = old.catalog.kind(of: record.id),
      JSONPrinter.canonical(before, order: former.view) == record.document.bytes
    else { return nil }
    plan.reordered += 1
    return bytes
  }

  private func change(of record: RecordFile, _ kind: Kind, to value: JSONValue)
    -> MigrationPlan.Change
  {
    MigrationPlan.Change(
      id: record.id, kind: kind, path: record.path, before: record.value,
      fields: FieldChange.between(record.value, value, view: kind.view))
  }

  private func refuse(_ migration: Migration, under new: TrackerDefinition) throws(StoreError) {
    for step in migration.steps {
      guard new.catalog.kind(named: step.kind) != nil else {
        let names = new.catalog.kinds.map(\.name)
        throw .refused(
          "\(step.text): there is no kind \"\(step.kind)\" here"
            + Spelling.question(for: step.kind, among: names),
          hint: "a place is KIND.KEY, like \(names.first ?? "incident").title")
      }
      guard !["$schema", "id"].contains(step.place.first ?? "") else {
        throw .refused("\(step.text): $schema and id are docket's, and never change")
      }
    }
    for kind in catalog.kinds {
      guard let successor = new.catalog.kind(named: kind.name) else { continue }
      guard successor.prefix == kind.prefix, successor.directory == kind.directory else {
        throw .refused(
          "\(kind.name) would have another prefix or directory: its records' ids and places would be wrong",
          hint:
            "keep \(kind.prefix) and \(kind.directory); or docket schema new makes a kind beside it"
        )
      }
    }
  }

  private func message(
    of migration: Migration, _ plan: MigrationPlan, _ moves: [ItemMigration], kinds: KindCatalog
  ) -> String {
    let used = moves.filter { move in
      migration.lists.contains { $0.text == move.text }
        || plan.moved.contains { $0.list == move.list && $0.owner.prefix == move.owner.prefix }
    }
    let named = Set(migration.steps.map(\.kind) + used.map(\.owner.name)).sorted().compactMap {
      kinds.kind(named: $0)?.plural
    }
    let what = named.isEmpty ? "schemas" : named.joined(separator: " and ")
    let words =
      migration.steps.map { $0.publicWords(under: kinds.kind(named: $0.kind)) }
      + used.map { "\($0.list) becomes \($0.target.plural)" }
    var subject = migration.subject ?? "Migrate \(what)"
    if migration.subject == nil, !words.isEmpty {
      let all = subject + ": " + words.joined(separator: ", ")
      let first = subject + ": \(words[0])" + (words.count > 1 ? ", …" : "")
      subject = all.count <= 72 ? all : first.count <= 72 ? first : subject
    }
    var counts: [String] = []
    func count(_ number: Int, _ words: String) {
      if number > 0 { counts.append("\(number) record\(number == 1 ? "" : "s") \(words)") }
    }
    count(plan.records.count, "changed")
    count(plan.moved.count { $0.isNew }, "made of items")
    if plan.reordered > 0 { counts.append("\(plan.reordered) put into the new order of keys") }
    if !plan.schemas.isEmpty { counts.append("schemas: " + plan.schemas.joined(separator: ", ")) }
    let trailers =
      (migration.notes
      + migration.steps.map { $0.publicText(under: kinds.kind(named: $0.kind)) } + used.map(\.text))
      .map {
        "\(Migration.trailer): \($0)"
      }
    return ([subject, counts.joined(separator: "; "), trailers.joined(separator: "\n")])
      .filter { !$0.isEmpty }.joined(separator: "\n\n")
  }
}

extension Tracker {
  /// Returns schema files with uncommitted edits in the working tree, by name.
  package func editedSchemas() throws(StoreError) -> [String: [UInt8]] {
    guard let root = repository.workingDirectory else { return [:] }
    let tree = WorkingTree(repository, root: root)
    var edited: [String: [UInt8]] = [:]
    let names = try git { () throws(GitError) in
      try tree.names(in: TrackerDefinition.schemaFolder)
    }
    for name in names.map(\.text) where TrackerDefinition.isSchema(name) {
      let path = TrackerDefinition.schemaFolder.appending(name)
      guard
        try git({ () throws(GitError) in try fileType(path.systemPath(below: root)) }) == .file,
        let bytes = try git({ () throws(GitError) in try tree.read(path) })
      else { continue }
      let item = try headItem("\(TrackerDefinition.schemaFolder)/\(name)")
      if item?.id != repository.hash(blob: bytes) { edited[name] = bytes }
    }
    return edited
  }
}
