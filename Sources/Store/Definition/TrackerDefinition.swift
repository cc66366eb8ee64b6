package import Files
package import Git
import JSONSchema
import JSONText
package import Records

/// The tracker's config, people and kinds at one revision, from that revision's `.docket/`.
package struct TrackerDefinition: Sendable {
  package let config: TrackerConfig
  package let roster: Roster
  package let catalog: KindCatalog
  /// What is wrong with the definition itself.
  package let findings: [Finding]
  /// Whether there is a config at all; without one the revision isn't tracked.
  package let isTracked: Bool

  package static let folder: RepositoryPath = ".docket"
  package static let schemaFolder: RepositoryPath = ".docket/schema"

  /// The most schema files that are read.
  static let mostSchemas = 1000

  /// Reads the definition through `read`, which returns a file's bytes by path, and the names of
  /// its schema files.
  init(schemaNames: [String], read: (RepositoryPath) throws(GitError) -> [UInt8]?) throws(GitError)
  {
    var findings: [Finding] = []
    func invalid(
      _ path: RepositoryPath, _ message: String, at position: SourcePosition? = nil
    ) {
      findings.append(
        RuleBook.finding(
          "config.invalid", path: path, line: position?.line, column: position?.column, message,
          hint: Self.fixing(path)))
    }
    func bytes(_ path: RepositoryPath) throws(GitError) -> [UInt8]? {
      do throws(GitError) { return try read(path) } catch {
        guard error.code == .tooLarge else { throw error }
        invalid(path, "can't be read: \(error.message)")
        return nil
      }
    }
    func value(_ path: RepositoryPath) throws(GitError) -> JSONDocument? {
      guard let bytes = try bytes(path) else { return nil }
      do throws(JSONSyntaxError) {
        return try JSONDocument(parsing: bytes, limits: .stored)
      } catch {
        invalid(path, error.message, at: SourcePosition(of: error.offset, in: bytes))
        return nil
      }
    }
    let configDocument = try value(TrackerConfig.path)
    let rosterDocument = try value(Roster.path)
    isTracked = configDocument != nil || !findings.isEmpty
    var files: [(name: String, bytes: [UInt8])] = []
    if schemaNames.count > Self.mostSchemas {
      invalid(
        Self.schemaFolder,
        "there are \(schemaNames.count) schema files, and docket reads at most \(Self.mostSchemas)")
    }
    for name in schemaNames.prefix(Self.mostSchemas) {
      if let bytes = try bytes(Self.schemaFolder.appending(name)) { files.append((name, bytes)) }
    }
    catalog = KindCatalog(files: files)
    if let node = configDocument?.root["recordsFolder"],
      !TrackerConfig.isFolder(node.string ?? "")
    {
      findings.append(
        RuleBook.finding(
          "config.invalid", path: TrackerConfig.path, line: node.position.line,
          column: node.position.column, pointer: "/recordsFolder",
          "recordsFolder is a folder of the repository, like docket or docs/feedback",
          hint: Self.fixing(TrackerConfig.path)))
    }
    config = TrackerConfig(configDocument?.root.value ?? .object(JSONObject()))
    roster = Roster(rosterDocument?.root.value ?? .object(JSONObject()))
    findings += catalog.problems.map {
      RuleBook.finding(
        "config.invalid", path: "\(Self.schemaFolder)/\($0.file)", line: $0.position.line,
        column: $0.position.column, $0.message,
        hint: $0.hint ?? Self.fixing("\(Self.schemaFolder)/\($0.file)"))
    }
    self.findings = findings.map { [catalog] in $0.hinted(byLaterDocketIn: catalog) }
    self.configDocument = configDocument
    self.rosterDocument = rosterDocument
  }

  let configDocument: JSONDocument?
  var configRoot: JSONNode? { configDocument?.root }
  let rosterDocument: JSONDocument?

  static let judgesNoRecord: Set<String> = [
    "config.schema.json", "people.schema.json", "docket.metaschema.json",
  ]

  /// Whether a name in the schema folder is a schema's.
  static func isSchema(_ name: String) -> Bool { RepositoryPath(name).hasEnding(".json") }
}

extension TrackerDefinition {
  /// Reads the definition of a tree; an absent tree has none.
  ///
  /// - Parameters:
  ///   - isWhole: whether to read the schemas of config and people as well, which no record needs;
  ///     `thoroughFindings` needs them, a hook usually doesn't.
  ///   - only: the schema files to read, where one kind is all that matters.
  package init(
    tree: ObjectID?, in repository: Repository, isWhole: Bool = true, only: Set<String>? = nil
  ) throws(GitError) {
    guard let tree else {
      try self.init(schemaNames: []) { (_) throws(GitError) in nil }
      return
    }
    var names: [String] = []
    if let folder = try repository.entry(at: Self.schemaFolder, inTree: tree), folder.mode == .tree
    {
      names = try repository.entries(ofTree: folder.id).map(\.name).filter {
        Self.isSchema($0) && (isWhole || !Self.judgesNoRecord.contains($0))
          && (only?.contains($0) ?? true)
      }
    }
    try self.init(schemaNames: names) { (path) throws(GitError) in
      guard let entry = try repository.entry(at: path, inTree: tree), entry.mode != .tree else {
        return nil
      }
      // A link's target is no content; empty text shows that something is wrong here.
      return entry.mode == .symlink ? [] : try repository.blob(entry.id)
    }
  }

  /// Reads the definition in the index, as the next commit would have it.
  package init(index: IndexSnapshot, in repository: Repository) throws(GitError) {
    var items: [RepositoryPath: ObjectID] = [:]
    index.forEach(under: Self.folder) { entry in
      if entry.stage == 0 { items[entry.path] = entry.id }
    }
    let names = items.keys.compactMap { path -> String? in
      path.parent == Self.schemaFolder && Self.isSchema(path.name.text) ? path.name.text : nil
    }
    try self.init(schemaNames: names.sorted()) { (path) throws(GitError) in
      guard let id = items[path] else { return nil }
      return try repository.blob(id)
    }
  }

  /// Reads the definition in the working tree.
  ///
  /// - Parameter drafts: files that replace those of the working tree, by path.
  package init(
    workingTreeOf repository: Repository, drafts: [RepositoryPath: [UInt8]] = [:]
  ) throws(GitError) {
    guard let root = repository.workingDirectory else {
      try self.init(schemaNames: []) { (_) throws(GitError) in nil }
      return
    }
    let tree = WorkingTree(repository, root: root)
    let drafted = drafts.keys.filter { $0.parent == Self.schemaFolder }.map(\.name.text)
    let names = Set(try tree.names(in: Self.schemaFolder).map(\.text)).union(drafted)
    try self.init(schemaNames: names.filter(Self.isSchema).sorted()) { (path) throws(GitError) in
      if let bytes = drafts[path] { return bytes }
      // A link's target is no content; empty text shows that something is wrong here.
      return try tree.read(path)
    }
  }
}
