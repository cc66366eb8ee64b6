import ArgumentParser
import Files
import JSONText
import Records
import Store

struct SchemaNewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Begin a kind of your own: a schema file, in one commit.",
    discussion: """
      The file has a title, states, a link, a keyed list, a frozen part with amendments, a rule and \
      a form: change and delete what you don't need. On a terminal it asks for what isn't given.

        docket schema new incident
        docket schema new incident --states open,mitigated,closed --prefix INC
        docket schema new interview-note --from retro
      """)

  @Argument(help: "What one is called, in lower case: incident, vendor-review.")
  var kind: String?
  @Option(help: "Two to five capitals that begin every id.") var prefix: String?
  @Option(help: "The folder under the records folder.") var directory: String?
  @Option(help: "What one is called in sentences and forms: \"Vendor review\".") var title: String?
  @Option(help: "The states, first to last: open,mitigated,closed.") var states: String?
  @Option(
    help: ArgumentHelp(
      "Begin with another kind's properties, workflow and rules.", valueName: "kind"))
  var from: String?
  @OptionGroup var write: WriteFlags
  @OptionGroup var common: CommonOptions

  mutating func run() async throws {
    let tracker = try Invocation.current.tracker(isWritten: true)
    let asks = Terminal.isInteractive && !common.noInput && prefix == nil && directory == nil
    if kind == nil {
      guard asks else {
        throw StoreError.failed(
          "a new kind needs a name", hint: "docket schema new incident")
      }
      kind = try Self.ask("What is one called, in lower case?", otherwise: nil)
    }
    let name = kind ?? ""
    guard KindTemplate.isName(name) else {
      throw StoreError.failed(
        "\"\(name)\" can't name a kind: lower-case letters, digits and dashes, a letter first",
        hint: "docket schema new \(Self.proper(name))")
    }
    try refuseTaken(name: name, in: tracker)
    var template = KindTemplate(name: name, owner: Self.owner(of: tracker))
    template.prefix =
      KindTemplate.prefixes(for: name).first { Self.owner(ofPrefix: $0, in: tracker) == nil }
      ?? template.prefix
    if let title { template.title = title }
    if asks {
      if title == nil {
        template.title = try Self.ask("What is one called in sentences?", otherwise: template.title)
      }
      template.prefix = try Self.ask(
        "Which capitals begin its ids?", otherwise: template.prefix
      ).uppercased()
      template.directory = try Self.ask("Which folder keeps them?", otherwise: template.directory)
      if states == nil, from == nil {
        states = try Self.ask(
          "Which states does it go through, first to last?",
          otherwise: template.states.joined(separator: ","))
      }
    }
    if let prefix { template.prefix = prefix }
    if let directory { template.directory = directory }
    if let states {
      template.states = states.split(separator: ",").map { String($0.trimmed) }
      guard template.states.count >= 2, Set(template.states).count == template.states.count,
        template.states.allSatisfy(KindTemplate.isName)
      else {
        throw StoreError.failed(
          "states are two or more words in lower case with commas between them",
          hint: "docket schema new \(name) --states open,mitigated,closed")
      }
      if from != nil {
        throw StoreError.failed(
          "--from brings the states of the other kind; --states can't go with it")
      }
    }
    try refuseTaken(template, in: tracker)
    let origin = try from.map { (word) throws(StoreError) in try tracker.kind(named: word) }
    let bytes = origin.map { template.text(from: $0) } ?? template.text
    let path = TrackerDefinition.schemaFolder.appending(name + KindCatalog.suffix)
    let options = try write.options()
    let change = DefinitionChange(
      files: [PlannedFile(path: path, bytes: bytes, base: nil)],
      message: options.message
        ?? "Keep \(template.plural)\n\nA kind of our own: ids begin with \(template.prefix)-, files lie in \(tracker.folder)/\(template.directory)."
    )
    let (outcome, warnings) = try await tracker.commit(change, options)
    FindingText.complain(warnings)
    Terminal.note(
      outcome.commit.map { "saved \(path) in commit \($0)" }
        ?? "staged, not committed: git commit -- \(path)")
    Terminal.complain("")
    if outcome.commit != nil {
      Terminal.complain("Next: docket new \(name) title=\"…\"      the first one")
    }
    Terminal.complain(
      "      edit the file to make it yours; docket schema check \(name) says whether it holds together"
    )
  }

  /// Asks a question and returns the answer, or the suggestion if the answer is empty.
  private static func ask(_ question: String, otherwise: String?) throws -> String {
    Terminal.complain("\(question)", .bold)
    Terminal.ask(otherwise.map { "[\($0)] " } ?? "> ")
    guard let line = readLine() else {
      throw StoreError.refused("nothing was written: the input ended")
    }
    let answer = String(line.trimmed)
    return answer.isEmpty ? otherwise ?? "" : answer
  }

  /// Returns the name in the required spelling.
  private static func proper(_ name: String) -> String {
    let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    let text = words.joined(separator: "-").drop { !$0.isLetter }
    return text.isEmpty ? "incident" : String(text)
  }

  /// Returns the tracker's name as allowed in a URN.
  private static func owner(of tracker: Tracker) -> String {
    let words = (tracker.config.name ?? "").lowercased()
      .split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    return words.isEmpty ? "team" : words.joined(separator: "-")
  }

  // MARK: Names in use

  /// Returns the tracker's kinds and docket's own, which may be wanted later.
  private static func kinds(in tracker: Tracker) -> [Kind] {
    let own = KindCatalog(files: BuiltIn.schemas.map { (name: $0.name, bytes: $0.text) }).kinds
    return tracker.catalog.kinds
      + own.filter { kind in !tracker.catalog.kinds.contains { $0.name == kind.name } }
  }

  private static func owner(ofPrefix prefix: String, in tracker: Tracker) -> Kind? {
    kinds(in: tracker).first { $0.prefix == prefix }
  }

  private func refuseTaken(name: String, in tracker: Tracker) throws {
    if tracker.catalog.kind(named: name) != nil {
      throw StoreError.refused(
        "there is a kind \(name) already",
        hint: "docket schema show \(name); its file is .docket/schema/\(name)\(KindCatalog.suffix)")
    }
    if Self.kinds(in: tracker).contains(where: { $0.name == name }) {
      throw StoreError.refused(
        "docket has a kind \(name) of its own", hint: "docket schema add \(name)")
    }
    guard !KindCatalog.supporting.contains(name + KindCatalog.suffix) else {
      throw StoreError.refused(
        "\(name)\(KindCatalog.suffix) is docket's own file", hint: "docket schema new our-\(name)")
    }
  }

  private func refuseTaken(_ template: KindTemplate, in tracker: Tracker) throws {
    guard RecordID("\(template.prefix)-0000000000") != nil else {
      throw StoreError.failed(
        "\"\(template.prefix)\" can't begin ids: two to five capitals do",
        hint:
          "docket schema new \(template.name) --prefix \(KindTemplate.prefixes(for: template.name).first ?? "ABC")"
      )
    }
    if let other = Self.owner(ofPrefix: template.prefix, in: tracker) {
      let free = KindTemplate.prefixes(for: template.name).first {
        Self.owner(ofPrefix: $0, in: tracker) == nil
      }
      throw StoreError.refused(
        "\(template.prefix) begins the ids of \(other.plural) already",
        hint: "docket schema new \(template.name) --prefix \(free ?? "…")")
    }
    let isFolder =
      template.directory.first.map { $0.isASCII && ($0.isLowercase || $0.isNumber) } == true
      && template.directory.allSatisfy {
        $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-")
      }
    guard isFolder else {
      throw StoreError.failed(
        "\"\(template.directory)\" can't be the folder: lower-case letters, digits and dashes",
        hint:
          "docket schema new \(template.name) --directory \(KindTemplate(name: template.name, owner: "").directory)"
      )
    }
    if let other = Self.kinds(in: tracker).first(where: { $0.directory == template.directory }) {
      throw StoreError.refused(
        "\(template.directory) is the folder of \(other.plural) already",
        hint: "docket schema new \(template.name) --directory \(template.name)-records")
    }
  }
}
