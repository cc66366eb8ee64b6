import ArgumentParser
import Files
import JSONText
import Records
import Store

struct SchemaCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Judge schemas, and whether changed ones still accept the records that are there.",
    discussion: """
      The schemas in the working tree are compared with HEAD's. A file elsewhere is \
      checked as if it were in .docket/schema under its name. Exit status 1 if there are errors.

        docket schema check incident
        docket schema check ~/drafts/incident.schema.json
      """)

  @Argument(
    help: ArgumentHelp("Schema files or kinds; all where none is named.", valueName: "file|kind"))
  var names: [String] = []
  @Option(help: "text, json, github, gitlab or sarif.") var format: FindingFormat = .text
  @OptionGroup var common: CommonOptions

  mutating func run() throws {
    let invocation = Invocation.current
    let tracker = try invocation.tracker(toleratesFaults: true)
    var wanted: Set<String> = []
    var drafts: [String: [UInt8]] = [:]
    for name in names {
      let path = FileSystem.absolute(name, in: invocation.directory)
      let type = try FileSystem.fileType(path)
      if type == .file || type == .symlink {
        let file = try SchemaFile(name, in: invocation)
        wanted.insert(file.name)
        if !file.isVendored(in: tracker, invocation) { drafts[file.name] = file.bytes }
      } else if KindCatalog.supporting.contains(name) {
        wanted.insert(name)
      } else {
        let known = try Self.kinds(in: tracker)
        guard let kind = known[name] ?? (try? tracker.kind(named: name).fileName) else {
          throw StoreError.failed(
            "there is no file and no kind \"\(name)\" here"
              + Spelling.question(for: name, among: known.keys.sorted()),
            hint: "docket schema new \(name)")
        }
        wanted.insert(kind)
      }
    }
    let outcome = try SchemaCheck(
      tracker, drafts: drafts, addable: Set(BuiltIn.kinds.kinds.map(\.name))
    ).run(wanted)
    format.print(outcome.result)
    if format == .text {
      let words = outcome.schemas == 1 ? "1 schema file" : "\(outcome.schemas) schema files"
      Terminal.note(
        "\(words) checked beside \(outcome.records) record\(outcome.records == 1 ? "" : "s"), \(FindingText.count(outcome.result.findings))"
      )
    }
    if outcome.result.hasErrors { throw ExitStatus.AlreadyReported() }
  }

  /// Returns file names by kind, including the working tree's: a kind that isn't committed yet can
  /// be checked.
  private static func kinds(in tracker: Tracker) throws -> [String: String] {
    var kinds: [String: String] = [:]
    let folder = (tracker.root ?? "") + "/.docket/schema"
    // Without the folder there are none.
    for name in try (FileSystem.names(in: folder) ?? []).map(\.text)
    where name.hasSuffix(KindCatalog.suffix) {
      kinds[String(name.dropLast(KindCatalog.suffix.count))] = name
    }
    return kinds
  }
}

/// A schema file named on the command line.
struct SchemaFile {
  let path: String
  let name: String
  let bytes: [UInt8]

  init(_ typed: String, in invocation: Invocation) throws {
    path = FileSystem.absolute(typed, in: invocation.directory)
    name = RepositoryPath(path).name.text
    do {
      bytes = try FileSystem.contents(path)
    } catch {
      throw StoreError.failed("can't read \(error)")
    }
    guard name.hasSuffix(KindCatalog.suffix) || KindCatalog.supporting.contains(name) else {
      throw StoreError.failed(
        "\(typed) isn't named like a schema: <kind>\(KindCatalog.suffix)",
        hint: "mv \(ShellWord.quoted(typed)) KIND\(KindCatalog.suffix)")
    }
  }

  /// Whether it is the file in `.docket/schema` itself.
  func isVendored(in tracker: Tracker, _ invocation: Invocation) -> Bool {
    invocation.path(path, in: tracker) == ".docket/schema/\(name)"
  }
}
