import Files
import Records
import Store
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where and how this process was called.
struct Invocation: Sendable {
  let directory: String
  var context: ExecutionContext
  /// Whether the program takes an earlier docket's schemas for its own, as in the first months of the
  /// sample story.
  var usesEarlierSchemas = false

  init(directory: String, context: ExecutionContext) {
    self.directory = directory
    self.context = context
    self.context.ownSchemas = BuiltIn.ownSchemas
  }

  init(directory: String) {
    self.init(directory: directory, context: .process(environment: Self.environment))
  }

  /// The process's environment.
  static var environment: [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let line = entry.pointee {
      let text = String(cString: line)
      if let equals = text.firstIndex(of: "=") {
        variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      entry += 1
    }
    return variables
  }

  private static let shared = Mutex<Invocation?>(nil)

  /// The invocation of this run, for commands: the parser creates them, so it can't be passed in.
  static var current: Invocation {
    shared.withLock { $0 ?? Invocation(directory: FileSystem.currentDirectory) }
  }

  static func set(_ invocation: Invocation) { shared.withLock { $0 = invocation } }

  /// Opens the tracked repository.
  ///
  /// - Parameter isWritten: whether the command writes: then it says, on standard error, what this clone
  ///   lacks and whether its schemas are another docket's. Those that read leave that to `docket`.
  func tracker(
    toleratesFaults: Bool = false, isJudged: Bool = false, isWritten: Bool = false
  ) throws(StoreError) -> Tracker {
    let tracker = try Tracker(
      in: directory, context: context, toleratesFaults: toleratesFaults, isJudged: isJudged)
    guard tracker.definition.isTracked else { return tracker }
    if isWritten {
      if let missing = CloneParts(tracker, self).text { Terminal.note("\(missing): docket init") }
      if let later = tracker.laterDocketText { Terminal.note("\(later)") }
    }
    if !toleratesFaults { noteConflicts(tracker) }
    return tracker
  }

  /// Says which records a merge has left in conflict: what is shown of them is HEAD's version.
  private func noteConflicts(_ tracker: Tracker) {
    // What can't be read here is said where it is needed.
    guard let unmerged = (try? tracker.unmergedRecords(inMergeOnly: true)) ?? nil else { return }
    for (file, finding) in zip(unmerged.files, unmerged.findings).prefix(5) {
      Terminal.note("\(file.id.text) \(finding.message)")
      Terminal.complain("  fix: \(finding.hint ?? "")")
    }
    if unmerged.files.count > 5 {
      Terminal.complain("  and \(unmerged.files.count - 5) more: docket resolve")
    }
  }

  /// Returns `path` as typed, relative to the repository's root.
  func path(_ typed: String, in tracker: Tracker) -> RepositoryPath {
    let absolute = FileSystem.absolute(typed, in: directory)
    let root = tracker.root ?? ""
    // One that can't be resolved is meant as it is typed.
    let real = (try? FileSystem.realPath(absolute)) ?? absolute
    for candidate in [absolute, real].map({ RepositoryPath($0) }) {
      let root = RepositoryPath(root)
      if candidate == root { return .root }
      if let inside = candidate.relative(to: root) { return inside }
    }
    return RepositoryPath(typed)
  }
}
