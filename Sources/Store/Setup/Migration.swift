package import Files
import Git
package import JSONText
package import Records

/// A change of schemas together with the records that go with them.
package struct Migration: Sendable {
  /// New schema files by name, `incident.schema.json`.
  package var schemas: [String: [UInt8]]
  package var steps: [MigrationStep]
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
    let concerned = Set(migration.steps.map(\.kind))
    for record in try records(at: head, folder: old.config.folder).records {
      guard let kind = new.catalog.kind(of: record.id),
        concerned.contains(kind.name) || acceptance.concerns(record.id)
      else { continue }
      guard let file = try migrate(record, migration, kind, from: old, &plan) else { continue }
      files.append(
        PlannedFile(path: record.path, bytes: file, base: try item(record.path, in: tree)))
    }
    plan.change = DefinitionChange(
      files: files, message: message(of: migration, plan, kinds: new.catalog))
    if !plan.isEmpty { plan.findings = try validate(plan.change) }
    return plan
  }

  /// Returns a record's new text, or `nil` if it stays the same.
  private func migrate(
    _ record: RecordFile, _ migration: Migration, _ kind: Kind, from old: TrackerDefinition,
    _ plan: inout MigrationPlan
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
    }
    ItemID.fill(in: &value, view: kind.view, makeItemID: makeItemID)
    let bytes = JSONPrinter.canonical(value, order: kind.view)
    guard value == before else {
      plan.records.append(
        MigrationPlan.Change(
          id: record.id, kind: kind, path: record.path, before: before,
          fields: FieldChange.between(before, value, view: kind.view)))
      return bytes
    }
    // Only a file that had the old order is put into the new one.
    guard bytes != record.document.bytes, let former = old.catalog.kind(of: record.id),
      JSONPrinter.canonical(before, order: former.view) == record.document.bytes
    else { return nil }
    plan.reordered += 1
    return bytes
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

  private func message(of migration: Migration, _ plan: MigrationPlan, kinds: KindCatalog) -> String
  {
    let named = Set(migration.steps.map(\.kind)).sorted().compactMap {
      kinds.kind(named: $0)?.plural
    }
    let what = named.isEmpty ? "schemas" : named.joined(separator: " and ")
    let words = migration.steps.map(\.words)
    var subject = migration.subject ?? "Migrate \(what)"
    if migration.subject == nil, !words.isEmpty {
      let all = subject + ": " + words.joined(separator: ", ")
      subject = all.count <= 72 ? all : subject + ": \(words[0])" + (words.count > 1 ? ", …" : "")
    }
    var counts: [String] = []
    if !plan.records.isEmpty {
      counts.append("\(plan.records.count) record\(plan.records.count == 1 ? "" : "s") changed")
    }
    if plan.reordered > 0 { counts.append("\(plan.reordered) put into the new order of keys") }
    if !plan.schemas.isEmpty { counts.append("schemas: " + plan.schemas.joined(separator: ", ")) }
    let trailers = (migration.notes + migration.steps.map(\.text)).map {
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
