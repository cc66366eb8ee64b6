import Files
import JSONText
import Records
import Store

/// The story of the sample repository, played on a ``DemoStage`` in the order of its files.
///
/// The story is data: `demo/*.story`, one file a month, embedded by the build. `demo/README.md`
/// describes its lines.
struct DemoStory {
  let stage: DemoStage
  /// The files of `demo/`, by name.
  private let files: [String: [UInt8]]
  /// What lines keep with `-> NAME`: ids, and paths of records.
  private var names: [String: String] = [:]

  init(on stage: DemoStage, files: [(name: String, text: [UInt8])]) {
    self.stage = stage
    self.files = Dictionary(files.map { ($0.name, $0.text) }, uniquingKeysWith: { $1 })
  }

  /// Builds the repository, then prints where it is and what to type next.
  ///
  /// - Throws: `StoreError.failed` with file and line where a line can't be read or doesn't do what
  ///   it says.
  mutating func play() async throws {
    // A repository of its own, even where the folder lies in another one.
    try FileSystem.makeDirectories(stage.directory)
    for name in files.keys.sorted() where name.hasSuffix(".story") {
      for line in try StoryLine.lines(of: files[name] ?? [], file: name) {
        do {
          try await perform(line)
        } catch let error as StoreError {
          guard case .failed(let message, let hint) = error else { throw error }
          throw StoreError.failed("demo/\(name):\(line.number): \(message)", hint: hint)
        }
      }
    }
    try await close()
  }

  private mutating func perform(_ line: StoryLine) async throws {
    let words = try line.words.map { try filled($0) }
    switch (line.verb, words.count) {
    case (.scene, 3): try stage.begin(on: words[0], at: words[1], as: words[2])
    case (.as, 1): try stage.become(words[0])
    case (.schemas, 1): try stage.useSchemas(of: words[0])
    case (.title, _): stage.title(line.rest)
    case (.say, _): stage.say(line.rest)
    case (.docket, _):
      let output = try await stage.docket(words, shows: line.shows)
      if let name = line.keepsAs {
        names[name] = output.split(separator: "\n").first.map(String.init)
      }
    case (.git, _):
      let succeeded = try await stage.git(words, shows: line.shows)
      guard succeeded != line.mustFail else {
        throw StoreError.failed(
          "git \(words.joined(separator: " ")) \(succeeded ? "succeeded" : "failed")")
      }
    case (.copy, 2):
      guard let file = files[words[0]] else { throw StoreError.failed("demo has no \(words[0])") }
      try stage.write(file, to: words[1])
    case (.remove, 1): FileSystem.remove("\(stage.directory)/\(words[0])")
    case (.path, 1):
      if let name = line.keepsAs { names[name] = try await stage.path(of: words[0]) }
    case (.replace, 3): try stage.replace(words[1], with: words[2], in: words[0])
    default: throw StoreError.failed("\(line.verb.rawValue) takes another number of words")
    }
  }

  /// Returns a word with each `$name` replaced by what was kept under that name.
  private func filled(_ word: String) throws -> String {
    var result = ""
    var rest = word.unicodeScalars[...]
    while let sign = rest.firstIndex(of: "$") {
      result.unicodeScalars += rest[..<sign]
      rest = rest[sign...].dropFirst()
      let name = String(rest.prefix { "a"..."z" ~= $0 || "0"..."9" ~= $0 || $0 == "-" })
      guard let value = names[name] else { throw StoreError.failed("nothing is kept as $\(name)") }
      result += value
      rest = rest.dropFirst(name.unicodeScalars.count)
    }
    result.unicodeScalars += rest
    return result
  }

  private func close() async throws {
    stage.title("Who decided this, on what evidence, and what came of it?")
    let exclude = ".git/info/exclude"
    try stage.write(Array((try stage.read(exclude) + "/audit-report.*\n").utf8), to: exclude)
    for format in ["md", "html"] {
      try await stage.docket(
        ["report", "audit", "--format", format, "-o", "audit-report.\(format)"], shows: true)
    }
    let report = try stage.read("audit-report.md")
    stage.say("")
    stage.say(
      report.split(separator: "\n", omittingEmptySubsequences: false).prefix(40).joined(
        separator: "\n"))
    stage.say("…")
    stage.title("There it is")
    stage.say("  \(stage.name)/audit-report.html   the whole report, for a browser")
    stage.say("  \(stage.name)/audit-report.md     the same as Markdown")
    stage.say("\nNext:")
    if !BuiltIn.isOnPath {
      stage.say("  alias docket=\(ShellWord.quoted(BuiltIn.programPath))   until it is installed")
    }
    stage.say("  cd \(stage.name)")
    stage.say("  docket                          what is there")
    stage.say("  docket list kind:pain-point     what hurts")
    stage.say("  docket rank --at 2026-03-31     what hurt most before anything was decided")
    stage.say("  docket log --field status       what moved, when, by whom")
    stage.say("  docket new pain-point           note something yourself, field by field")
  }
}
