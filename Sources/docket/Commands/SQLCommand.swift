import ArgumentParser
import JSONText
import Records
import Reports
import Store

struct SQLCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sql", _superCommandName: "docket",
    abstract: "Ask records and their history in SQL; nothing can be changed.",
    usage: "docket sql [\"SELECT …\"] [--format text|csv|json|jsonl]",
    discussion: """
        docket sql                          the views and their columns
        docket sql "SELECT state, count(*) FROM pain_point GROUP BY state"
        docket sql "SELECT record, at FROM state_change WHERE after = 'accepted'" --format csv

      docs/query-with-sql.md has more.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument, Sendable {
    case text, csv, json, jsonl
  }

  @Argument(help: ArgumentHelp("One statement that reads.", valueName: "statement"))
  var statement: String?

  @Option(help: ArgumentHelp("text, csv, json or jsonl.", valueName: "format"))
  var format: Format = .text
  @OptionGroup var common: CommonOptions

  mutating func run() throws {
    let tracker = try Invocation.current.tracker()
    Progress.show(for: tracker)
    guard let statement else {
      for view in tracker.sqlViews {
        Terminal.print(lines: Terminal.styled(view.name, .bold) + "  " + Terminal.safe(view.about))
        Terminal.print(lines: "  " + Terminal.safe(view.columns.joined(separator: ", ")))
      }
      return
    }
    var writer = SQLAnswer(format, isTruncated: tracker.isTruncated)
    try tracker.ask(
      statement, columns: { (names) throws(StoreError) in writer.begin(names) },
      row: { (cells) throws(StoreError) in writer.add(cells) })
    writer.end()
    HistoryNotes.show(of: tracker)
  }
}

/// The rows of a result, written as they arrive, a batch at a time.
///
/// Memory doesn't grow with the result. Columns of text are as wide as those of the first batch ask.
private struct SQLAnswer {
  private let format: SQLCommand.Format
  private let isTruncated: Bool
  private var names: [String] = []
  private var rows: [[JSONValue]] = []
  private var widths: [Int]?
  private var hasBegun = false
  private var hasItems = false

  private static let batch = 1000

  init(_ format: SQLCommand.Format, isTruncated: Bool) {
    self.format = format
    self.isTruncated = isTruncated
  }

  mutating func begin(_ names: [String]) {
    // An object can't have a key twice.
    for name in names {
      var own = name
      var number = 2
      while self.names.contains(own) {
        own = "\(name)_\(number)"
        number += 1
      }
      self.names.append(own)
    }
  }

  mutating func add(_ cells: [JSONValue]) {
    rows.append(cells)
    if rows.count == Self.batch { write() }
  }

  mutating func end() {
    write()
    if format == .json {
      Output.writeJSON(Array((hasItems ? "\n  ]\n}\n" : "]\n}\n").utf8))
    }
  }

  private mutating func write() {
    switch format {
    case .csv:
      var text = CSVText()
      if !hasBegun { text.add(names) }
      for row in rows { text.add(row.map { Self.text($0) ?? "" }) }
      Terminal.print(Array(text.text.utf8), as: .text)
    case .json: writeItems()
    case .jsonl: Output.writeLines(rows.map(object))
    case .text: writeTable()
    }
    hasBegun = true
    rows = []
  }

  /// Writes the envelope up to its items, then the items, as the canonical form has them.
  private mutating func writeItems() {
    var bytes: [UInt8] = []
    if !hasBegun {
      let envelope = Output.envelope(
        "sql",
        [
          ("truncated", .bool(isTruncated)), ("columns", .array(names.map { .string($0) })),
          ("items", .array([])),
        ])
      bytes = JSONPrinter.canonical(envelope).dropLast("]\n}\n".utf8.count)
    }
    for row in rows {
      bytes += Array((hasItems ? "," : "").utf8)
      hasItems = true
      let item = JSONPrinter.canonical(object(row)).dropLast()
      for line in item.split(separator: UInt8(ascii: "\n")) {
        bytes += Array("\n    ".utf8) + line
      }
    }
    Output.writeJSON(bytes)
  }

  private mutating func writeTable() {
    let heads = names.map { Terminal.safe($0) }
    let texts = rows.map { $0.map { Terminal.safe(Self.text($0) ?? "–") } }
    let widths =
      widths
      ?? heads.indices.map { column in
        min(60, ([heads] + texts).map { Terminal.columns($0[column]) }.max() ?? 0)
      }
    self.widths = widths
    func line(_ cells: [String]) -> String {
      var text = ""
      for (column, cell) in cells.enumerated() {
        text += column == cells.count - 1 ? cell : Terminal.padded(cell, to: widths[column]) + "  "
      }
      while text.last == " " { text.removeLast() }
      return text + "\n"
    }
    let head = hasBegun ? "" : Terminal.styled(line(heads).trimmed, .dim) + "\n"
    Terminal.print(lines: head + texts.map(line).joined(), terminator: "")
  }

  private func object(_ cells: [JSONValue]) -> JSONValue {
    var object = JSONObject()
    for (name, cell) in zip(names, cells) { object[name] = cell }
    return .object(object)
  }

  private static func text(_ cell: JSONValue) -> String? { cell.isNull ? nil : cell.plainText }
}
