import ArgumentParser
import Records
import Store

struct RankCommand: ReadsItsOwnOptions {
  static let configuration = CommandConfiguration(
    commandName: "rank", abstract: "Order pain points by their evidence.",
    usage: """
      docket rank [QUERY…] [--at REV|DATE] [--format text|json|jsonl] [--no-pager]
      docket rank --explain ID [--at REV|DATE] [--format text|json|jsonl]
      """,
    discussion: """
      People and teams, how bad, how often and for how many it is, and what the board thinks of \
      it, by a documented formula; closed records are left out unless the query asks for their \
      state. A query chooses what is shown; places stay those among all.

        docket rank
        docket rank area:ci limit:5
        docket rank --at 2026-03-31             as it stood at the end of that day (UTC)
        docket rank --explain PP-8KX3           the way to each number, and what would move it up
        docket rank --explain DEC-74PP          the place of what it addresses, and its score

      docs/rank.md describes the formula.
      """)

  static let ownOptions =
    [
      VerbPage.Row(label: "--explain ID", words: "The way to each number of one record.")
    ] + ListCommand.options(formats: "text, json")

  @Argument(
    parsing: .captureForPassthrough,
    help: ArgumentHelp("Words and key:value terms.", valueName: "query"))
  var words: [String] = []

  mutating func run() throws {
    if words.contains("--help") || words.contains("-h") {
      throw CleanExit.helpRequest(RankCommand.self)
    }
    let explained = try Self.take("--explain", from: &words)
    var at: String?
    var format = Output.Format.text
    let rest = try ListCommand.options(words, at: &at, format: &format)
    let present = try Invocation.current.tracker()
    guard let ranked = try present.ranked(at: at) else {
      throw StoreError.refused("there are no commits yet, so there is nothing to rank")
    }
    let tracker = at == nil ? present : try present.asOf(ranked.revision)
    guard !ranked.rankings.isEmpty else {
      throw StoreError.refused(
        "no kind here says how it is ranked: that is \"rank\" in a schema's \"x-docket\"",
        hint:
          "docket schema show pain-point shows one that does; docs/schema-vocabulary.md describes it"
      )
    }
    if let explained {
      guard rest.isEmpty else {
        throw ValidationError("--explain is about one record, and takes no query")
      }
      let found = try tracker.find(explained, at: ranked.revision)
      try explain(found.id, ranked, format, tracker, isPast: at != nil)
    } else {
      try list(rest, ranked, format, tracker, isPast: at != nil)
    }
  }

  private func list(
    _ words: [String], _ ranked: RankedState, _ format: Output.Format, _ tracker: Tracker,
    isPast: Bool
  ) throws {
    let query = try RecordQuery(words)
    if let order = query.sort.first {
      throw KeyProblem(
        "rank has one order; docket list \(words.joined(separator: " ")) sorts by \(order.key)")
    }
    var wanted = query
    wanted.limit = nil
    let answer = try RecordList(tracker).run(wanted, at: ranked.revision)
    let found = Set(answer.subjects.map(\.id))
    // The list may be the cache's, which knows what git has lost since; the ranking has read the files.
    let read = Set(ranked.state.unreadable.map(\.path))
    let unreadable =
      ranked.state.unreadable + answer.unreadable.filter { !read.contains($0.path) }
    let tables = ranked.rankings.map { ranking in
      RankTable(ranking, query: query, found: found)
    }
    let others = words.isEmpty ? ranked.answering() : []
    switch format {
    case .json:
      Output.write(
        RankOutput.envelope(
          ranked, items: tables.flatMap(\.rows).map { RankOutput.item($0) },
          answering: others.filter(\.isOpen).map { RankOutput.item($0) },
          unreadable: unreadable, truncated: isPast ? tracker.isTruncated : nil))
    case .jsonl:
      Output.writeLines(tables.flatMap(\.rows).map { RankOutput.item($0) })
      for problem in unreadable { FindingText.complain([problem.finding]) }
    case .text:
      Pager.start()
      Terminal.print(
        lines:
          RankText.page(tables, others.filter(\.isOpen), top: ranked.definition.config.top),
        terminator: "")
      if tables.allSatisfy(\.rows.isEmpty) {
        let plural = ranked.rankings.map(\.kind.plural).joined(separator: " or ")
        Terminal.note("no \(tables.contains(where: \.countsClosed) ? "" : "open ")\(plural) here")
      }
      for problem in unreadable { FindingText.complain([problem.finding]) }
    }
  }

  private func explain(
    _ id: RecordID, _ ranked: RankedState, _ format: Output.Format, _ tracker: Tracker,
    isPast: Bool
  ) throws {
    let row = ranked.rankings.lazy.compactMap { ranking in
      ranking.entry(for: id).map {
        RankRow(ranking: ranking, entry: $0, place: ranking.place(of: $0))
      }
    }.first
    let other = ranked.answering().first { $0.record.id == id }
    guard row != nil || other != nil else {
      let kind = ranked.definition.catalog.kind(of: id)
      let ranks = ranked.rankings.map(\.kind.plural).joined(separator: " and ")
      throw StoreError.refused(
        "\(id) is \(kind?.withArticle ?? "of a kind that isn't here"): it isn't ranked, and answers to nothing that is",
        hint: "docket rank lists the \(ranks) that are")
    }
    switch format {
    case .json:
      Output.write(
        RankOutput.envelope(
          ranked, items: row.map { [RankOutput.explained($0)] } ?? [],
          answering: other.map { [RankOutput.item($0)] } ?? [],
          unreadable: ranked.state.unreadable, truncated: isPast ? tracker.isTruncated : nil))
    case .jsonl:
      Output.writeLines(
        (row.map { [RankOutput.explained($0)] } ?? []) + (other.map { [RankOutput.item($0)] } ?? [])
      )
    case .text:
      Pager.start()
      let text =
        row.map { RankExplanation($0, asked: id, ranked).page }
        ?? other.map { RankText.page(of: $0, top: ranked.definition.config.top) } ?? ""
      Terminal.print(lines: text, terminator: "")
    }
  }

  /// Removes an option and its value from words in any order, and returns the value.
  private static func take(_ option: String, from words: inout [String]) throws -> String? {
    guard let index = words.firstIndex(where: { $0 == option || $0.hasPrefix(option + "=") }) else {
      return nil
    }
    let word = words.remove(at: index)
    if word != option { return String(word.dropFirst(option.utf8.count + 1)) }
    guard index < words.count else { throw ValidationError("\(option) needs a value") }
    return words.remove(at: index)
  }
}
