import ArgumentParser
import JSONText

/// The description of a verb, from its command's declaration; help and the manual print it.
struct VerbPage {
  /// An argument or option, and its description.
  struct Row {
    let label: String
    let words: String
  }

  /// `schema validate`; empty for docket itself.
  let path: [String]
  let abstract: String
  /// Paragraphs; lines that begin with blanks are examples and stay unchanged.
  let discussion: String
  let usage: [String]
  let arguments: [Row]
  let options: [Row]
  let parts: [VerbPage]

  var name: String { (["docket"] + path).joined(separator: " ") }

  /// Returns the page of docket itself, from the declarations of all commands.
  static func all() -> VerbPage? {
    guard let text = try? JSONDocument(parsing: DocketCommand._dumpHelp()),
      let command = text.root["command"]?.value
    else { return nil }
    return VerbPage(command, path: [], type: DocketCommand.self)
  }

  /// Returns the page of the verb named by the longest prefix of `words`.
  func page(for words: [String]) -> VerbPage {
    var page = self
    for word in words {
      guard let part = page.parts.first(where: { $0.path.last == word }) else { break }
      page = part
    }
    return page
  }

  private init(_ command: JSONValue, path: [String], type: any ParsableCommand.Type) {
    self.path = path
    abstract = command["abstract"]?.string ?? ""
    discussion = command["discussion"]?.string ?? ""
    let declared = (command["arguments"]?.array ?? []).filter {
      $0["shouldDisplay"]?.bool != false
    }
    let positional = declared.filter { $0["kind"]?.string == "positional" }
    let named = declared.filter { $0["kind"]?.string != "positional" }
    arguments = positional.map { Row(label: Self.value($0), words: Self.words($0)) }
    let own = (type as? any ReadsItsOwnOptions.Type)?.ownOptions ?? []
    options = own + named.map { Row(label: Self.label($0), words: Self.words($0)) }
    let isGroup = !type.configuration.subcommands.isEmpty
    usage =
      type.configuration.usage.map { $0.split(separator: "\n").map(String.init) }
      ?? [Self.usage(path, positional, named) + (isGroup ? " VERB …" : "")]
    let types = type.configuration.subcommands
    parts = (command["subcommands"]?.array ?? []).compactMap { part in
      let name = part["commandName"]?.string ?? ""
      return types.first { $0._commandName == name }.map {
        VerbPage(part, path: path + [name], type: $0)
      }
    }
  }

  /// Options on every page, and therefore in no usage line.
  private static let everywhere: Set<String> = ["color", "no-input", "no-pager", "help"]

  private static func usage(_ path: [String], _ positional: [JSONValue], _ named: [JSONValue])
    -> String
  {
    var words = ["docket"] + path
    for argument in positional {
      let value =
        value(argument) + (argument["isRepeating"]?.bool == true ? "…" : "")
      words.append(argument["isOptional"]?.bool == true ? "[\(value)]" : value)
    }
    for option in named where !everywhere.contains(preferred(option)) {
      let text =
        "--" + preferred(option) + (option["kind"]?.string == "flag" ? "" : " " + value(option))
      words.append(option["isOptional"]?.bool == true ? "[\(text)]" : text)
    }
    return words.joined(separator: " ")
  }

  private static func preferred(_ option: JSONValue) -> String {
    option["preferredName"]?["name"]?.string ?? ""
  }

  /// Returns `REV|DATE` in capitals, as a placeholder; `key=value` unchanged.
  private static func value(_ argument: JSONValue) -> String {
    let name = argument["valueName"]?.string ?? ""
    return name.contains("=") && !name.contains(".") && argument["kind"]?.string == "positional"
      ? name : name.uppercased()
  }

  private static func label(_ option: JSONValue) -> String {
    let declared = option["names"]?.array ?? []
    let short = declared.filter { $0["kind"]?.string == "short" }.map { "-" + Self.text($0) }
    let long = declared.filter { $0["kind"]?.string != "short" }.map { "--" + Self.text($0) }
    let text = (short + long).joined(separator: ", ")
    return option["kind"]?.string == "flag" ? text : text + " " + value(option)
  }

  private static func text(_ name: JSONValue) -> String { name["name"]?.string ?? "" }

  private static func words(_ argument: JSONValue) -> String {
    if argument["preferredName"]?["name"]?.string == "help" { return "Show help." }
    let words = argument["abstract"]?.string ?? ""
    guard let standard = argument["defaultValue"]?.string else { return words }
    return words + (words.hasSuffix(".") ? "" : ".") + " Without it: \(standard)."
  }
}

/// A command that parses its options itself, since its words may be in any order.
protocol ReadsItsOwnOptions: ParsableCommand {
  static var ownOptions: [VerbPage.Row] { get }
}

extension VerbPage {
  /// Returns the page as text, for a terminal or a pipe.
  func text(width: Int) -> String {
    var blocks = [Terminal.styled(abstract, .bold)]
    if !usage.isEmpty { blocks.append(usage.map { "  " + $0 }.joined(separator: "\n")) }
    if !discussion.isEmpty { blocks.append(Self.wrapped(discussion, to: width)) }
    for (title, rows) in [
      ("Arguments", arguments), ("Options", options),
      ("Verbs", parts.map { Row(label: $0.path.last ?? "", words: $0.abstract) }),
    ] where !rows.isEmpty {
      blocks.append(Terminal.styled(title, .bold) + "\n" + Self.table(rows, width))
    }
    if !parts.isEmpty { blocks.append("\(name) VERB --help says more of one.") }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private static func table(_ rows: [Row], _ width: Int) -> String {
    let column = min(rows.map { Terminal.columns($0.label) }.max() ?? 0, 24)
    return rows.map { row in
      let lines = wrapped(row.words, to: max(30, width - column - 4)).split(separator: "\n")
      let indent = String(repeating: " ", count: column + 4)
      let label = Terminal.styled(Terminal.padded(row.label, to: column), .cyan)
      let isLong = Terminal.columns(row.label) > column
      let first = isLong ? "\n" + indent : "  "
      return "  " + (isLong ? Terminal.styled(row.label, .cyan) : label) + first
        + lines.joined(separator: "\n" + indent)
    }.joined(separator: "\n")
  }

  /// Breaks paragraphs into lines; examples stay whole.
  static func wrapped(_ text: String, to width: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { paragraph -> String in
      guard !paragraph.hasPrefix(" "), Terminal.columns(String(paragraph)) > width else {
        return String(paragraph)
      }
      var lines: [String] = []
      var line = ""
      for word in paragraph.split(separator: " ") {
        if line.isEmpty {
          line = String(word)
        } else if Terminal.columns(line) + 1 + Terminal.columns(String(word)) <= width {
          line += " " + word
        } else {
          lines.append(line)
          line = String(word)
        }
      }
      return (lines + [line]).joined(separator: "\n")
    }.joined(separator: "\n")
  }
}
