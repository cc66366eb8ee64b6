import ArgumentParser
import JSONText
import Records
import Store

struct BlameCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "blame", _superCommandName: "docket",
    abstract: "Tell who set each value of a record last, in which commit.",
    usage: "docket blame ID [KEY…] [--at REV|DATE] [--format FORMAT]",
    discussion: """
        docket blame PP-8KX3                    every value of a record
        docket blame PP-8KX3 status evidence    these keys, and what is in them
        docket blame PP-8KX3 --at 2026-03-31    as it stood at that day's end

      Values are followed through merges, renamed files and another order of lists; long text line by \
      line. ^ before a commit: this clone's history begins there, the value may be older.
      """)

  @Argument(help: "The record, by id or a unique beginning of it.", completion: Completions.ids)
  var id: String

  @Argument(
    help: ArgumentHelp("Only these keys, like severity or evidence.team.", valueName: "key"),
    completion: Completions.keys)
  var keys: [String] = []

  @Option(
    help: ArgumentHelp("A revision, or a date: YYYY[-MM[-DD[Thh:mm:ssZ]]].", valueName: "rev|date"))
  var at: String?

  @OptionGroup var output: FormatOption
  @OptionGroup var pager: PagerOption
  @OptionGroup var common: CommonOptions

  mutating func run() throws {
    let tracker = try Invocation.current.tracker()
    tracker.expectHistory()
    let commit = try at.map { (text) throws(StoreError) in try tracker.commit(meantBy: text) }
    let found = try tracker.find(id, at: commit)
    let kind = tracker.catalog.kind(of: found.id)
    let record = try tracker.read(found)
    let patterns = try keys.map { (key) throws(KeyProblem) in try FieldPattern(key) }
    let leaves = RecordLeaf.all(of: record.value, view: kind?.view)
    for pattern in patterns
    where !leaves.contains(where: { pattern.covers($0.pointer, key: $0.key) }) {
      if let problem = pattern.problem(among: kind.map { [$0] } ?? []) { throw problem }
      throw StoreError.refused(
        "\(found.id) has no \(pattern.text)",
        hint: "docket log \(found.id) --field \(pattern.text) says whether it had one")
    }
    var walk = BlameWalk(tracker)
    let values = try walk.values(of: found).filter { value in
      patterns.isEmpty
        ? output.format != .text || !value.leaf.isIdentity
        : patterns.contains { $0.covers(value.leaf.pointer, key: value.leaf.key) }
    }
    switch output.format {
    case .json:
      Output.write(
        Output.envelope(
          "blame",
          [
            ("truncated", .bool(tracker.isTruncated)),
            ("items", .array(values.map { Output.item($0) })),
          ]))
    case .jsonl: Output.writeLines(values.map { Output.item($0) })
    case .text:
      pager.start()
      Terminal.print(lines: BlameText.table(values), terminator: "")
    }
    HistoryNotes.show(
      of: tracker,
      values.contains(where: \.isBoundary)
        ? "values with ^ may be older than the commit named" : nil)
  }
}

extension Output {
  static func item(_ value: BlamedValue) -> JSONValue {
    object([
      ("pointer", .string(value.leaf.pointer.description)), ("key", .string(value.leaf.key)),
      ("value", value.leaf.value), ("commit", .string(value.commit.id)),
      (
        "author",
        object([
          ("name", .string(value.commit.authorName)), ("email", .string(value.commit.authorEmail)),
        ])
      ),
      ("committedAt", .string(Instant.text(value.commit.committedAt))),
      ("boundary", value.isBoundary ? .bool(true) : nil),
    ])
  }
}

/// Values and their commits as a table, one value for each line.
enum BlameText {
  static func table(_ values: [BlamedValue]) -> String {
    // On a terminal the value gets the remaining width; for programs nothing is cut.
    let screen = Terminal.isPiped ? Int.max : Terminal.width
    let longest = (author: max(10, screen / 6), key: max(16, screen / 10 * 3))
    let rows = values.map { value in
      [
        (value.isBoundary ? "^" : "") + value.commit.shortID,
        Terminal.cut(Terminal.safe(value.commit.authorName), to: longest.author),
        CivilDate(secondsSinceEpoch: value.commit.committedAt).description,
        Terminal.cut(Terminal.safe(value.leaf.key), to: longest.key), text(of: value.leaf.value),
      ]
    }
    let widths = (0..<4).map { column in rows.map { Terminal.columns($0[column]) }.max() ?? 0 }
    let styles: [Terminal.Style?] = [.yellow, nil, .dim, .cyan]
    let before = widths.reduce(0) { $0 + $1 + 2 }
    let room = screen == .max ? Int.max : max(10, screen - before)
    return rows.map { row in
      let cells = zip(zip(row, widths), styles).map { cell, style in
        let text = Terminal.padded(cell.0, to: cell.1)
        return style.map { Terminal.styled(text, $0) } ?? text
      }
      let value = room == .max ? row[4] : Terminal.cut(row[4], to: room)
      return cells.joined(separator: "  ") + (value.isEmpty ? "" : "  " + value) + "\n"
    }.joined()
  }

  /// Returns a value on one line.
  private static func text(of value: JSONValue) -> String {
    Terminal.safe(value.plainText)
  }
}
