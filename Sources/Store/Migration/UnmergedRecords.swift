import Files
import Git
import JSONText
import Records

/// The record files that a merge left in conflict beside a list whose items became records of their
/// own: one side still has items there, or both took the list away, which changes the line before it.
struct UnmergedRecords {
  /// One such file, with its versions.
  struct File {
    let path: RepositoryPath
    let id: RecordID
    let kind: Kind
    let migrations: [ItemMigration]
    let stages: [Int: TreeItem]
    let base: JSONValue?
    let ours: JSONValue
    let theirs: JSONValue

    /// The side that has the items.
    var side: FieldMerge.Side {
      migrations.contains { theirs[$0.list]?.array?.isEmpty == false } ? .theirs : .ours
    }

    /// What the conflict is about, for words.
    var cause: String {
      let version = side == .theirs ? theirs : ours
      if let list = migrations.first(where: { version[$0.list]?.array?.isEmpty == false })?.list {
        return "\(list) has items on one side of the merge, and on the other they are "
          + "records of their own"
      }
      let list = migrations.first { base?[$0.list]?.array?.isEmpty == false }?.list ?? "a list"
      return "the items of \(list) are records of their own on both sides, and something else "
        + "changed beside it"
    }
  }

  /// As the index has it: what the merge brings.
  let definition: TrackerDefinition
  let files: [File]
  /// All other paths in conflict.
  let others: [RepositoryPath]

  init(_ repository: Repository, _ index: IndexSnapshot) throws(GitError) {
    let paths = index.conflictedPaths()
    definition = try TrackerDefinition(index: index, in: repository)
    let folder = definition.config.folder
    var files: [File] = []
    var others: [RepositoryPath] = []
    for path in paths {
      let file = try Self.file(path, index.stages(of: path), definition, folder, repository)
      if let file { files.append(file) } else { others.append(path) }
    }
    (self.files, self.others) = (files, others)
  }

  private static func file(
    _ path: RepositoryPath, _ stages: [Int: TreeItem], _ definition: TrackerDefinition,
    _ folder: RepositoryPath, _ repository: Repository
  ) throws(GitError) -> File? {
    guard let place = try? RecordPath(path, inFolder: folder),
      let kind = definition.catalog.kind(of: place.id)
    else { return nil }
    let migrations = definition.catalog.itemMigrations(of: kind)
    guard !migrations.isEmpty else { return nil }
    func version(_ stage: Int) throws(GitError) -> JSONValue? {
      guard let item = stages[stage], item.mode == .regular || item.mode == .executable else {
        return nil
      }
      return try? RecordFile.read(try repository.blob(item.id), path: path, id: place.id).get()
        .value
    }
    guard let ours = try version(2), let theirs = try version(3) else { return nil }
    let base = try version(1)
    let hasItems = migrations.contains { migration in
      [base, ours, theirs].contains { $0?[migration.list]?.array?.isEmpty == false }
    }
    guard hasItems else { return nil }
    return File(
      path: path, id: place.id, kind: kind, migrations: migrations, stages: stages,
      base: base, ours: ours, theirs: theirs)
  }

  /// Returns the command that resolves some of the files.
  static func command(for files: [File]) -> String? {
    guard !files.isEmpty else { return nil }
    let sides = FieldMerge.Side.allCases.reversed().compactMap { side -> String? in
      let paths = files.filter { $0.side == side }.map { ShellWord.quoted($0.path) }
      return paths.isEmpty
        ? nil : "git checkout --\(side.rawValue) -- \(paths.joined(separator: " "))"
    }
    return (sides + ["docket migrate"]).joined(separator: " && ")
  }

  /// Returns the findings on the files, each with the command that resolves it.
  var findings: [Finding] {
    files.map { file in
      RuleBook.finding(
        "record.well-formed", path: file.path, line: 1, column: 1,
        "is in conflict: \(file.cause)",
        hint: Self.command(for: [file]))
    }
  }
}
