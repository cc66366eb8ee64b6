import JSONText

extension NamedCheck {
  /// For what was done late, which can't be fixed any more.
  static let serviceLevelKept = serviceLevel(
    "service-level-kept", asks: "what a service level promises was done in its time", isOpen: false,
    example: "was done after 6 days")

  /// For what is late but can still be done.
  static let serviceLevelNotPassed = serviceLevel(
    "service-level-not-passed",
    asks: "what a service level promises is done, or still has time, while the record is open",
    isOpen: true, example: "is not done after 6 days")

  private static func serviceLevel(_ name: String, asks: String, isOpen: Bool, example: String)
    -> NamedCheck
  {
    NamedCheck(
      name: name, asks: asks, needs: [.history, .day, .collections],
      parameters: [
        .required("level", .word, "the service level in the config: triage"),
        .required("done", .word, "the word for it in a sentence: triaged"),
        .optional("severity", .place, "where the severity is that the level goes by"),
        .optional(
          "severityOf", .word,
          "the relation to the records whose severity it goes by, the worst, as it was then"),
        .optional("states", .words, "the states that fulfil it"),
        .optional("list", .word, "the list whose first item fulfils it"),
        .optional(
          "answeredBy", .word,
          "the kind of the answers that fulfil it: to the record, or about it"),
        .optional(
          "without", .word, "the collection whose records are timed instead, if there are any"),
      ],
      facts: [
        ("outcome", "what came of it, and after how long"),
        ("allowed", "the time that the level allows"),
        ("target", "the first record that it is about, else itself"),
      ],
      examples: ["outcome": example, "allowed": "1 day", "target": "PP-…"],
      isWanted: { arguments, config in
        arguments.word("level").map { config.value["serviceLevels"]?[$0] != nil } ?? false
      },
      body: .each { record, arguments, view in
        guard let now = view.now, let history = view.history, let life = history.records[record.id],
          let kind = view.catalog.kind(of: record.id)
        else { return [] }
        if let name = arguments.word("without"),
          let collection = view.catalog.collection(name, of: kind),
          !view.records(of: collection, about: record, atMost: 1).isEmpty
        {
          return []
        }
        var moments = arguments.words("states").compactMap { life.states[$0] }
        if let list = arguments.word("list"), let first = life.firstItems[list] {
          moments.append(first)
        }
        if arguments.word("answeredBy") != nil {
          let answers = [
            history.answers.ofFeedback[record.id], history.answers.aboutRecord[record.id],
          ]
          moments += answers.compactMap { $0?.moment }
        }
        let done = moments.min { $0.time < $1.time }
        let targets = kind.links(arguments.word("severityOf"), of: record.root).map(\.target)
        guard (done == nil) == isOpen, done != nil || !kind.isClosed(record.root),
          let allowed = allowed(
            arguments, view.config,
            severity: arguments.value("severity", in: record)?.node.plainText
              ?? targets.compactMap { history.records[$0]?.severity(at: done) }.max(by: isMilder))
        else { return [] }
        let took = (done?.time ?? now) - life.reported.time
        guard took > allowed.seconds else { return [] }
        let word = arguments.word("done") ?? ""
        let verb = done == nil ? "is not" : "was"
        return [
          CheckNote([
            "outcome": "\(verb) \(word) after \(Span.words(took))",
            "allowed": Span.words(allowed.seconds),
            "target": (targets.first ?? record.id).text,
          ])
        ]
      })
  }

  /// Whether a severity is below another: as numbers where both are.
  private static func isMilder(_ one: String, _ two: String) -> Bool {
    if let one = Double(one), let two = Double(two) { return one < two }
    return one < two
  }

  private static func allowed(
    _ arguments: CheckArguments, _ config: TrackerConfig, severity: String?
  ) -> Span? {
    guard let level = arguments.word("level"), let times = config.value["serviceLevels"]?[level]
    else { return nil }
    return (severity.flatMap { times[$0] } ?? times["otherwise"])?.string.flatMap { Span($0) }
  }
}

/// A time span as written in configs: `4h`, `1d`, `2w`.
package struct Span: Sendable, Equatable {
  package let seconds: Int64

  package init?(_ text: String) {
    let units: [Character: Int64] = ["h": 3600, "d": 86_400, "w": 604_800]
    guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()),
      count > 0, count < 1_000_000
    else { return nil }
    seconds = count * unit
  }

  /// Returns the span in words: in whole hours below two days, else in whole days.
  package static func words(_ seconds: Int64) -> String {
    let hours = max(seconds, 0) / 3600
    let (count, unit) = hours < 48 && hours % 24 != 0 ? (hours, "hour") : (hours / 24, "day")
    if hours == 0 { return "less than an hour" }
    return "\(count) \(unit)\(count == 1 ? "" : "s")"
  }
}
