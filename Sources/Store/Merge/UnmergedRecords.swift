package import Files
package import Git
package import JSONText
package import Records

/// The record files that a merge left in conflict, with their three versions from the index.
package struct UnmergedRecords {
  /// One version of a record in conflict.
  package enum Version: Sendable {
    /// Deleted on this side, or never there.
    case absent
    case unreadable(UnreadableRecord)
    case record(JSONValue)

    package var value: JSONValue? {
      if case .record(let value) = self { value } else { nil }
    }
  }

  package struct File: Sendable {
    package let path: RepositoryPath
    package let id: RecordID
    package let kind: Kind
    let migrations: [ItemMigration]
    let stages: [Int: TreeItem]
    package let base: JSONValue?
    package let ours: Version
    package let theirs: Version

    /// Whether a list is about whose items are, or become, records of their own.
    var hasRetiredItems: Bool {
      guard ours.value != nil, theirs.value != nil else { return false }
      return migrations.contains { migration in
        [base, ours.value, theirs.value].contains {
          $0?[migration.list]?.array?.isEmpty == false
        }
      }
    }

    /// The merge by the schema, judged by nothing else; `nil` if a side is no record.
    var merged: MergedRecord? {
      guard let ours = ours.value, let theirs = theirs.value else { return nil }
      return MergedRecord(
        base: base, ours: ours, theirs: theirs, kind: kind, judgedBy: { _ in [] })
    }

    /// The command that resolves it.
    var command: String { "docket resolve \(id)" }
  }

  /// As the index has it: what the merge brings.
  let definition: TrackerDefinition
  package let files: [File]
  /// All other paths in conflict.
  package let others: [RepositoryPath]
  package let sides: MergeSides

  init(_ repository: Repository, _ index: IndexSnapshot) throws(GitError) {
    definition = try TrackerDefinition(index: index, in: repository)
    sides = try repository.mergeSides
    let folder = definition.config.folder
    var files: [File] = []
    var others: [RepositoryPath] = []
    for path in index.conflictedPaths() {
      let file = try Self.file(path, index.stages(of: path), definition, folder, repository)
      if let file { files.append(file) } else { others.append(path) }
    }
    (self.files, self.others) = (files, others)
  }

  /// Reads the three versions of a record's file.
  ///
  /// - Parameter stages: 1 is the base, 2 ours and 3 theirs.
  /// - Returns: `nil` if the path is no record's.
  static func file(
    _ path: RepositoryPath, _ stages: [Int: TreeItem], _ definition: TrackerDefinition,
    _ folder: RepositoryPath, _ repository: Repository
  ) throws(GitError) -> File? {
    guard let place = try? RecordPath(path, inFolder: folder),
      let kind = definition.catalog.kind(of: place.id)
    else { return nil }
    func version(_ stage: Int) throws(GitError) -> Version {
      guard let item = stages[stage] else { return .absent }
      guard item.mode == .regular || item.mode == .executable else {
        return .unreadable(UnreadableRecord(path: path, message: "a record is a file"))
      }
      return switch RecordFile.read(try repository.blob(item.id), path: path, id: place.id) {
      case .success(let record): .record(record.value)
      case .failure(let problem): .unreadable(problem)
      }
    }
    var base = try version(1).value
    if base == nil, let item = stages[1] {
      base = MergedRecord.base(try repository.blob(item.id))
    }
    return File(
      path: path, id: place.id, kind: kind,
      migrations: definition.catalog.itemMigrations(of: kind), stages: stages, base: base,
      ours: try version(2), theirs: try version(3))
  }

  /// Returns the finding on a file that isn't merged.
  static func finding(
    on file: File, _ conflicts: [RecordMerge.Conflict], names: (ours: String, theirs: String),
    hint: String
  ) -> Finding {
    let words = ConflictWords(view: file.kind.view, names: names)
    let shown = conflicts.prefix(3).map(words.sentence).joined(separator: "; ")
    let all =
      conflicts.isEmpty ? "both sides changed it" : shown + (conflicts.count > 3 ? "; …" : "")
    return RuleBook.finding(
      "record.conflict", path: file.path, line: 1, column: 1, "is in conflict: \(all)", hint: hint)
  }

  /// Returns the conflict of a record that isn't there, or can't be read, on one side.
  static func wholeRecord(_ file: File) -> RecordMerge.Conflict {
    RecordMerge.Conflict(
      tokens: [], base: file.base, ours: file.ours.value, theirs: file.theirs.value)
  }

  /// Returns one finding for each record, with the command that resolves it.
  package var findings: [Finding] {
    files.map { file in
      Self.finding(
        on: file, file.merged?.conflicts ?? [Self.wholeRecord(file)],
        names: (sides.ours, sides.theirs), hint: file.command)
    }
  }
}
