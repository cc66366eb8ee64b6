import ArgumentParser
import JSONText
import Records
import Store

struct NewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Note something new: writes one record and commits it.",
    usage: "docket new KIND [key=text | key:=json | key+=item]… [--from FILE|-] [--edit]",
    discussion: """
      Prints the new record's id and nothing else. On a terminal, without values, it asks field \
      by field, after showing similar open records.

        docket new pain-point title="Deploys need three approvals" area=deploy severity:=4
        docket new decision --from draft.json
        jq -c '.[]' survey.json | docket new pain-point --from -
      """)

  @Argument(
    help:
      "The kind of record: pain-point, minutes, decision, retro, action, or another that `docket schema list` names.",
    completion: Completions.kinds)
  var kind: String

  @Argument(
    parsing: .remaining,
    help: ArgumentHelp("Values: key=text, key:=json, key+=item.", valueName: "key=value"),
    completion: Completions.assignments)
  var values: [String] = []

  @OptionGroup var input: DraftInput
  @Flag(
    help:
      "Don't link what earlier records left open: a meeting's open actions, for one.")
  var noCarry = false
  @OptionGroup var write: WriteFlags
  @OptionGroup var common: CommonOptions

  mutating func run() async throws {
    let tracker = try Invocation.current.tracker()
    let kind = try tracker.kindInUse(named: kind)
    let words = try TrailingWords(values, input, write, common, noCarry: noCarry)
    let (input, write, common) = (words.input, words.write, words.common)
    let assignments = words.assignments
    let options = try write.options()
    var drafts: [Draft]
    if let source = input.from {
      drafts = try DraftInput.objects(from: source).map { object in
        var draft = tracker.draft(of: kind)
        try draft.fill(from: object)
        return draft
      }
      guard !drafts.isEmpty else { throw StoreError.refused("\(source) holds no record") }
    } else {
      drafts = [tracker.draft(of: kind)]
    }
    for index in drafts.indices {
      try drafts[index].apply(assignments, makeItemID: tracker.makeItemID)
    }
    let carryOver =
      words.noCarry == true || kind.carries == nil
      ? nil : try CarryOverCollection(tracker, branch: write.on)
    var linked = drafts.map { _ in [RecordFile]() }
    func carry() {
      guard let carryOver else { return }
      for index in drafts.indices where linked[index].isEmpty {
        linked[index] = carryOver.link(into: &drafts[index])
      }
    }
    let isGuided = !input.edit && input.from == nil && assignments.isEmpty
    if !isGuided { carry() }
    if input.edit {
      for index in drafts.indices {
        drafts[index] = try await Editing.edit(drafts[index], in: tracker)
      }
      // Only now it may be known whose meeting it is.
      carry()
    } else if isGuided {
      guard Terminal.isInteractive, !common.noInput else {
        throw StoreError.failed(
          "a new \(kind.title.lowercased()) needs at least its \(kind.titleKey ?? "values")",
          hint: "docket new \(kind.name) \(kind.titleKey ?? "key")=\"…\"")
      }
      drafts = try GuidedEntry(tracker, carryOver: carryOver).fill(drafts[0])
    }
    let result =
      try await input.edit || isGuided
      ? Editing.commit(drafts, in: tracker, options) : tracker.commit(drafts, options)
    carryOver?.report(zip(drafts, linked).map { ($0, $1) })
    WriteFlags.report(result)
    let new = drafts.filter { $0.base == nil }.map(\.id)
    Terminal.print(result.ids.filter(new.contains).map(\.text).joined(separator: "\n"))
  }
}

/// Where the content of a record comes from besides `key=value` words.
struct DraftInput: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Read a JSON object, or JSON Lines for many records, from a file or - for standard input.",
      valueName: "file"))
  var from: String?

  @Flag(help: "Write it in your editor.")
  var edit = false

  /// One object, or one a line.
  static func objects(from source: String) throws -> [JSONObject] {
    let bytes: [UInt8]
    do {
      bytes =
        source == "-"
        ? try Files.contents(of: 0, "standard input")
        : try Files.contents(Files.absolute(source, in: Invocation.current.directory))
    } catch {
      throw StoreError.failed("can't read \(error)")
    }
    let name = source == "-" ? "standard input" : source
    if let document = try? JSONDocument(parsing: bytes) {
      guard let object = document.root.value.object else {
        throw StoreError.failed("\(name) holds no JSON object; many records are given one a line")
      }
      try refuseDuplicates(document, name, line: 0)
      return [object]
    }
    var objects: [JSONObject] = []
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated()
    where !line.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) {
      do {
        let document = try JSONDocument(parsing: Array(line))
        guard let object = document.root.value.object else {
          throw StoreError.failed("\(name):\(index + 1):1: a record is a JSON object")
        }
        try refuseDuplicates(document, name, line: index)
        objects.append(object)
      } catch let error as JSONSyntaxError {
        // A text of several lines that is no JSON is better told by its own position.
        if objects.isEmpty, let whole = syntaxError(in: bytes) {
          let position = SourcePosition(of: whole.offset, in: bytes)
          throw StoreError.failed("\(name):\(position): \(whole.message)")
        }
        throw StoreError.failed("\(name):\(index + 1):\(error.offset + 1): \(error.message)")
      }
    }
    return objects
  }

  private static func refuseDuplicates(_ document: JSONDocument, _ name: String, line: Int) throws {
    guard let node = document.duplicateKeys.first else { return }
    throw StoreError.failed(
      "\(name):\(node.position.line + line):\(node.position.column): the key \"\(node.string ?? "")\" stands here a second time"
    )
  }

  private static func syntaxError(in bytes: [UInt8]) -> JSONSyntaxError? {
    do throws(JSONSyntaxError) {
      _ = try JSONDocument(parsing: bytes)
      return nil
    } catch {
      return error
    }
  }
}

extension Draft {
  /// Takes all members of an object; `$schema` and `id` stay docket's.
  mutating func fill(from object: JSONObject) throws {
    for member in object.members {
      if member.key == "$schema" { continue }
      if member.key == "id" {
        guard member.value.string == id.text else {
          throw StoreError.refused("ids are docket's to give; leave \"id\" out")
        }
        continue
      }
      value[member.key] = member.value
    }
  }

  mutating func apply(_ assignments: [Assignment], makeItemID: () -> String) throws {
    for assignment in assignments {
      try assignment.apply(to: &value, view: kind.view, makeItemID: makeItemID)
    }
  }
}

/// The values at the end of a command line, and the options that stand among them.
struct TrailingWords {
  var assignments: [Assignment] = []
  /// Words that assign nothing, where a list of plain texts takes them.
  var texts: [String] = []
  var input: DraftInput
  var write: WriteFlags
  var common: CommonOptions
  /// `nil` where the verb doesn't know the option.
  var noCarry: Bool?

  /// - Parameter takesTexts: whether words are taken as they are.
  init(
    _ words: [String], _ input: DraftInput, _ write: WriteFlags, _ common: CommonOptions,
    takesTexts: Bool = false, noCarry: Bool? = nil
  ) throws {
    self.input = input
    self.write = write
    self.common = common
    self.noCarry = noCarry
    var index = 0
    func value() throws -> String {
      index += 1
      guard index < words.count else { throw ValidationError("\(words[index - 1]) needs a value") }
      return words[index]
    }
    while index < words.count {
      let word = words[index]
      switch word {
      case "--from": self.input.from = try value()
      case "--edit": self.input.edit = true
      case "-m", "--message": self.write.message = try value()
      case "--on": self.write.on = try value()
      case "--no-commit": self.write.noCommit = true
      case "--no-verify": self.write.noVerify = true
      case "--no-input": self.common.noInput = true
      case "--no-carry" where noCarry != nil: self.noCarry = true
      case "--color":
        guard let choice = Terminal.ColorChoice(rawValue: try value()) else {
          throw ValidationError("--color is auto, always or never")
        }
        Terminal.setColor(choice)
      case "--help", "-h": throw CleanExit.helpRequest()
      case "--": break
      case _ where word.hasPrefix("--") && !word.contains(" "):
        let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { throw ValidationError("there is no option \(word)") }
        switch parts[0] {
        case "--from": self.input.from = parts[1]
        case "--message": self.write.message = parts[1]
        case "--on": self.write.on = parts[1]
        default: throw ValidationError("there is no option \(parts[0])")
        }
      case _ where takesTexts: texts.append(word)
      default: assignments.append(try Assignment(word))
      }
      index += 1
    }
  }
}
