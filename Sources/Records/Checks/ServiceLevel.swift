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
      name: name, asks: asks, needs: [.history, .day],
      parameters: [
        .required("level", .word, "the service level in the config: triage"),
        .required("done", .word, "the word for it in a sentence: triaged"),
        .optional("severity", .place, "where the severity is that the level goes by"),
        .optional("states", .words, "the states that fulfil it"),
        .optional("list", .word, "the list whose first item fulfils it"),
      ],
      facts: [
        ("outcome", "what came of it, and after how long"),
        ("allowed", "the time that the level allows"),
      ],
      examples: ["outcome": example, "allowed": "1 day"],
      isWanted: { arguments, config in
        arguments.word("level").map { config.value["serviceLevels"]?[$0] != nil } ?? false
      },
      body: .each { record, arguments, view in
        guard let now = view.now, let life = view.history?.records[record.id],
          let allowed = allowed(record, arguments, view.config)
        else { return [] }
        let moments =
          arguments.words("states").compactMap { life.states[$0]?.time }
          + [arguments.word("list").flatMap { life.firstItems[$0]?.time }].compactMap { $0 }
        let done = moments.min()
        let isClosed = view.catalog.kind(of: record.id)?.isClosed(record.root) ?? false
        guard (done == nil) == isOpen, done != nil || !isClosed else { return [] }
        let took = (done ?? now) - life.reported.time
        guard took > allowed.seconds else { return [] }
        let word = arguments.word("done") ?? ""
        let verb = done == nil ? "is not" : "was"
        return [
          CheckNote([
            "outcome": "\(verb) \(word) after \(Span.words(took))",
            "allowed": Span.words(allowed.seconds),
          ])
        ]
      })
  }

  private static func allowed(
    _ record: RecordFile, _ arguments: CheckArguments, _ config: TrackerConfig
  ) -> Span? {
    guard let level = arguments.word("level"), let times = config.value["serviceLevels"]?[level]
    else { return nil }
    let severity = arguments.value("severity", in: record)?.node.plainText
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
