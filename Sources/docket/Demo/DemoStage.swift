import Files
import JSONText
import Records
import Store
import Synchronization

/// Runs docket's own commands on a fixed clock with fixed ids, and tells of them.
final class DemoStage {
  let directory: String
  /// The folder as it was typed, for the closing words.
  let name: String
  private let outer: Invocation
  private var now: Int64 = 0
  private var person = (name: "", handle: "")
  private let random: @Sendable () -> UInt64
  private(set) var commits = 0
  /// Whether docket is still the one of `demo/january`.
  private var usesEarlierSchemas = false

  /// Names by handle.
  private let roster: [String: String]

  init(directory: String, name: String, outer: Invocation, roster: Roster) {
    self.roster = roster.people.mapValues(\.name)
    self.directory = directory
    self.name = name
    self.outer = outer
    let generator = SplitMix64(seed: 2026)
    random = { generator.next() }
  }

  /// Begins a scene: sets the clock, UTC, and who acts. Each command after it takes a minute.
  ///
  /// - Parameter time: `09:00`.
  func begin(on date: String, at time: String, as handle: String) throws(StoreError) {
    guard let second = DatePeriod.lastSecond(of: "\(date)T\(time):00Z") else {
      throw .failed("\(date) \(time) is no date and time")
    }
    now = second
    try become(handle)
  }

  /// - Parameter handle: of a person on the story's roster, `demo/people.json`.
  func become(_ handle: String) throws(StoreError) {
    guard let name = roster[handle] else { throw .failed("\(handle) is not in demo/people.json") }
    person = (name, handle)
  }

  /// Lets the schemas of `demo/january` be docket's own, or this program's.
  ///
  /// - Parameter name: `january` or `current`.
  func useSchemas(of name: String) throws(StoreError) {
    guard ["january", "current"].contains(name) else {
      throw .failed("schemas are of january or current, not \(name)")
    }
    usesEarlierSchemas = name == "january"
  }

  func say(_ text: String) { Terminal.print(lines: text) }

  func title(_ text: String) { Terminal.print(lines: "\n" + Terminal.styled(text, .bold)) }

  /// Runs a command of docket's; shows it, and what it prints, where asked to.
  ///
  /// - Returns: what it printed on standard output, without the last newline.
  @discardableResult
  func docket(_ arguments: [String], shows: Bool = false, expecting: Int32 = 0) async throws
    -> String
  {
    var invocation = Invocation(directory: directory, context: context())
    invocation.usesEarlierSchemas = usesEarlierSchemas
    Terminal.beginCapture()
    let status = await CommandRun.run(arguments, as: invocation)
    let captured = Terminal.endCapture()
    Invocation.set(outer)
    now += 60
    commits += 1
    let output = String(decoding: captured.output, as: UTF8.self)
    let errors = String(decoding: captured.errors, as: UTF8.self)
    guard status == expecting else {
      throw StoreError.failed(
        "docket \(arguments.joined(separator: " ")) ended with \(status):\n\(errors)")
    }
    if shows {
      show("docket " + arguments.map { ShellWord.quoted($0) }.joined(separator: " "))
      // Made harmless when it was printed the first time.
      Terminal.write(captured.output + captured.errors)
    }
    return output.trimmed
  }

  /// Runs git itself, as a person would, hooks included.
  @discardableResult
  func git(_ arguments: [String], shows: Bool = true) async throws -> Bool {
    var environment = Invocation.environment
    environment.merge(context().environment.filter { $0.key.hasPrefix("GIT_") }) { $1 }
    // Whatever repository this process was called for, the sample is another.
    for key in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR"] {
      environment[key] = nil
    }
    let moment = "\(now) +0000"
    environment["GIT_AUTHOR_DATE"] = moment
    environment["GIT_COMMITTER_DATE"] = moment
    let result = try ChildProgram.run(
      "git", ["-C", directory] + arguments, environment: environment)
    now += 60
    if shows {
      show("git " + arguments.map { ShellWord.quoted($0) }.joined(separator: " "))
      Terminal.print(lines: result.outputText + result.errorText, terminator: "")
    }
    return result.isSuccess
  }

  func write(_ bytes: [UInt8], to path: String) throws {
    try FileSystem.makeDirectories(RepositoryPath(path).parent, below: directory)
    try FileSystem.write(bytes, to: directory + "/" + path, .replace, durable: .none)
  }

  /// Replaces text in a file, as a person with an editor would.
  ///
  /// - Throws: `StoreError.failed` where the file doesn't hold `old`.
  func replace(_ old: String, with new: String, in path: String) throws {
    let text = try read(path)
    let edited = text.replacing(old, with: new)
    guard edited != text else { throw StoreError.failed("\(path) has no \(old)") }
    try write(Array(edited.utf8), to: path)
  }

  /// The path of a record's file, as `docket list` says it.
  func path(of id: String) async throws -> String {
    let found = try await docket(["list", "id:\(id)", "--format", "jsonl"])
    guard let path = try? JSONDocument(parsing: Array(found.utf8)).root["path"]?.string else {
      throw StoreError.failed("docket list doesn't find \(id)")
    }
    return path
  }

  func read(_ path: String) throws -> String {
    try FileSystem.read(directory + "/" + path).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  private func show(_ command: String) {
    Terminal.print(lines: Terminal.styled("$ ", .dim) + Terminal.cut(command, to: 160))
  }

  private func context() -> ExecutionContext {
    var environment = outer.context.environment.filter { !$0.key.hasPrefix("GIT_") }
    for role in ["AUTHOR", "COMMITTER"] {
      environment["GIT_\(role)_NAME"] = person.name
      environment["GIT_\(role)_EMAIL"] = "\(person.handle)@kestrel.example"
    }
    // Nothing of this machine's own configuration belongs in a sample.
    environment["GIT_CONFIG_GLOBAL"] = "/dev/null"
    environment["GIT_CONFIG_NOSYSTEM"] = "1"
    let moment = now
    var context = ExecutionContext(environment: environment, now: { moment }, random: random)
    context.handle = person.handle
    context.ownSchemas = outer.context.ownSchemas
    return context
  }
}

/// Sebastiano Vigna's splitmix64: the same numbers for the same seed, everywhere.
private final class SplitMix64: Sendable {
  private let state: Mutex<UInt64>

  init(seed: UInt64) { state = Mutex(seed) }

  func next() -> UInt64 {
    state.withLock { state in
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
      return mixed ^ mixed >> 31
    }
  }
}
