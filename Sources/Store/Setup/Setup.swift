package import Files
import Git
import JSONText
import Records

/// Sets up a folder or a repository, in one commit; running it again changes nothing.
package struct Setup {
  /// The content of a new tracker, supplied by the program.
  package struct Materials: Sendable {
    /// Name and text of the schema files to vendor.
    package let schemas: [(name: String, text: [UInt8])]
    package let hooks: [(name: String, text: [UInt8])]
    package let program: String

    package init(
      schemas: [(name: String, text: [UInt8])], hooks: [(name: String, text: [UInt8])],
      program: String
    ) {
      self.schemas = schemas
      self.hooks = hooks
      self.program = program
    }
  }

  package struct Outcome: Sendable {
    package var madeRepository = false
    /// Abbreviated.
    package var commit: String?
    package var hooks: [String] = []
    /// Whether the merge driver and the words for `git diff` are new.
    package var drivers = false
    /// The folder of hooks that docket may not write in, if there is one.
    package var managedHooks: String?
    /// The hooks that users have to add there.
    package var managedNames: [String] = []
    package var folder: RepositoryPath
    package var root: String
  }

  private let materials: Materials
  private let context: ExecutionContext

  package init(_ materials: Materials, context: ExecutionContext) {
    self.materials = materials
    self.context = context
  }

  /// - Parameters:
  ///   - directory: absolute; created if missing, and made a repository if it is in none.
  ///   - name: the tracker's name; by default the folder's.
  package func run(in directory: String, name: String?, folder: String?) async throws(StoreError)
    -> Outcome
  {
    do throws(FileError) {
      if try FileSystem.fileType(directory) == nil { try FileSystem.makeDirectories(directory) }
    } catch {
      throw .failed("can't make \(directory): \(error)")
    }
    var made = false
    let repository: Repository
    if let found = try git({ () throws(GitError) in
      try Repository.discover(from: directory, environment: context.environment)
    }) {
      repository = found
    } else {
      repository = try git { () throws(GitError) in
        try Repository.initialize(
          at: directory, branch: nil, environment: context.environment)
      }
      made = true
    }
    guard let root = repository.workingDirectory else {
      throw .refused(
        "this is a bare repository; docket is set up where commits are made",
        hint: "git clone it, and docket init in the clone")
    }
    var definition = try git { () throws(GitError) in
      try TrackerDefinition(tree: Tracker.headTree(of: repository), in: repository)
    }
    var commit: String?
    if !definition.isTracked {
      let place = folder.map { RepositoryPath($0) } ?? TrackerConfig.standardFolder
      guard TrackerConfig.isFolder(place.text) else {
        throw .refused(
          "\(place) can't be the records folder", hint: "docket init --folder docs/feedback")
      }
      let system = place.systemPath(below: root)
      let names = try git { () throws(GitError) in
        try reading { () throws(FileError) in
          try FileSystem.fileType(system) == .directory ? try FileSystem.names(in: system) : nil
        }
      }
      switch try git({ () throws(GitError) in try fileType(system) }) {
      case nil: break
      case .directory where names?.isEmpty == true: break
      default:
        throw .refused(
          "\(place) is taken here, and the records folder must hold records alone",
          hint: "docket init --folder feedback, or another folder that is free")
      }
      let files = try files(
        in: repository, root: root, name: name, folder: place)
      var plan = CommitPlan(files: files, message: message)
      plan.runsHooks = true
      let writer = RecordWriter(repository: repository, context: context)
      commit = try await writer.carryOut(plan).commit
      do throws(GitError) {
        definition = try TrackerDefinition(tree: Tracker.headTree(of: repository), in: repository)
      } catch {
        throw Self.failure(.git(error), after: commit)
      }
    }
    if let folder, RepositoryPath(folder) != definition.config.folder {
      throw .refused(
        "records are kept in \(definition.config.folder) here already; nothing was changed",
        hint: "docket init without --folder")
    }
    let installer = HookInstaller(
      repository, scripts: materials.hooks, program: materials.program)
    var outcome = Outcome(
      madeRepository: made, commit: commit, hooks: [], folder: definition.config.folder, root: root)
    do throws(StoreError) {
      outcome.hooks = try installer.install()
      outcome.drivers = try DriverInstaller(repository, program: materials.program).install()
      for (name, status) in try installer.status() {
        guard case .managed(let path) = status else { continue }
        outcome.managedHooks = path
        outcome.managedNames.append(name)
      }
    } catch {
      throw Self.failure(error, after: commit)
    }
    return outcome
  }

  /// The error, with the commit that has been made.
  private static func failure(_ error: StoreError, after commit: String?) -> StoreError {
    guard let commit else { return error }
    return .failed(
      "docket is set up in commit \(commit), but \(error.text)",
      hint: "docket init, once that is mended, installs what is missing")
  }

  private let message = """
    Set up docket

    Feedback, minutes, decisions and retros are kept here as records that
    are reviewed, checked and audited like code.
    """

  private func files(
    in repository: Repository, root: String, name: String?, folder: RepositoryPath
  ) throws(StoreError)
    -> [PlannedFile]
  {
    var files = materials.schemas.map {
      PlannedFile(path: "\(TrackerDefinition.schemaFolder)/\($0.name)", bytes: $0.text, base: nil)
    }
    let catalog = KindCatalog(files: materials.schemas.map { (name: $0.name, bytes: $0.text) })
    func text(_ value: JSONValue, _ schema: String) -> [UInt8] {
      JSONPrinter.canonical(value, order: catalog.view(ofFile: schema))
    }
    var config = JSONObject()
    config["$schema"] = .string("schema/config.schema.json")
    config["name"] = .string(name ?? root.split(separator: "/").last.map(String.init) ?? "docket")
    config["recordsFolder"] = .string(folder.text)
    files.append(
      PlannedFile(
        path: TrackerConfig.path, bytes: text(.object(config), "config.schema.json"), base: nil))
    var roster = JSONObject()
    roster["$schema"] = .string("schema/people.schema.json")
    roster["people"] = .array([])
    files.append(
      PlannedFile(path: Roster.path, bytes: text(.object(roster), "people.schema.json"), base: nil))
    files.append(try attributes(in: repository, folder: folder))
    return files
  }

  /// Returns `.gitattributes` with docket's line added.
  private func attributes(in repository: Repository, folder: RepositoryPath) throws(StoreError)
    -> PlannedFile
  {
    let path: RepositoryPath = ".gitattributes"
    let line = "/\(folder)/**/*.json text eol=lf merge=docket diff=docket\n"
    let ours = line + "/\(TrackerDefinition.folder)/**/*.json text eol=lf\n"
    var base: TreeItem?
    var present: [UInt8] = []
    if let tree = try git({ () throws(GitError) in try Tracker.headTree(of: repository) }),
      let entry = try git({ () throws(GitError) in try repository.entry(at: path, inTree: tree) })
    {
      base = TreeItem(mode: entry.mode, id: entry.id)
      present = try git { () throws(GitError) in try repository.blob(entry.id) }
      if present.last != UInt8(ascii: "\n"), !present.isEmpty { present.append(UInt8(ascii: "\n")) }
    }
    return PlannedFile(path: path, bytes: present + Array(ours.utf8), base: base)
  }
}
