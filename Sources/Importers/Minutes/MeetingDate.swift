/// Determines the day on which a meeting was held.
///
/// A `Date:` field takes precedence. Heading and file name come next; if they differ, the file name
/// wins: headings are copied from the previous minutes and mistyped, while two files in a folder
/// cannot share a name. (In the public minutes this was built on, the one heading that disagrees
/// with its file breaks the weekly rhythm, which the file name keeps.) The first lines come last.
struct MeetingDate {
  private let parser: MeetingParser
  private let source: String?

  var day: String?
  var problems: [ImportProblem] = []

  /// - Parameter source: nil if the file contains several meetings, which its name cannot date.
  init(parser: MeetingParser, source: String?) {
    self.parser = parser
    self.source = source
  }

  mutating func decide() {
    let named = source.flatMap { source in
      DateMention.find(in: String(source.split(separator: "/").last ?? "")).compactMap(\.day).first
    }
    let line = parser.titleLine ?? parser.range.lowerBound
    let mentions = DateMention.find(in: parser.draft.title)
    let headed = mentions.compactMap(\.day).first
    if let field = parser.dateField {
      let read = DateMention.find(in: field.value)
      if let day = read.compactMap(\.day).first {
        self.day = day
        report(day, headed, "the heading says", at: field.line)
        return
      }
      report(read, value: field.value, at: field.line)
    }
    report(mentions, value: parser.draft.title, at: line)
    day = named ?? headed ?? firstLines()
    if let named { report(named, headed, "the heading says", at: line) }
    if let named, !mentions.isEmpty, headed == nil {
      problems.append(
        ImportProblem(
          .dateDisagreement, line: line,
          message: "the heading's date cannot be read; taken from the file name: \(named)"))
    }
    if day == nil {
      problems.append(
        ImportProblem(
          .noDate, line: line,
          message: "no date in a Date: line, the heading, the first lines or the file name"))
    }
  }

  /// Looks for a date before the first list, section or topic.
  private mutating func firstLines() -> String? {
    for (line, text) in parser.openingLines {
      let mentions = DateMention.find(in: text)
      if let day = mentions.compactMap(\.day).first { return day }
      report(mentions, value: text, at: line)
    }
    return nil
  }

  private mutating func report(_ day: String, _ other: String?, _ who: String, at line: Int) {
    guard let other, other != day else { return }
    problems.append(
      ImportProblem(
        .dateDisagreement, line: line, message: "dated \(day), although \(who) \(other)"))
  }

  private mutating func report(_ mentions: [DateMention], value: String, at line: Int) {
    for mention in mentions {
      let words = String(Array(value)[mention.range])
      switch mention.reading {
      case .day: break
      case .notADay:
        problems.append(
          ImportProblem(.badDate, line: line, message: "\(words) is not a day of the calendar"))
      case .ambiguous:
        problems.append(
          ImportProblem(
            .ambiguousDate, line: line,
            message: "\(words) may be day/month or month/day; write YYYY-MM-DD"))
      }
    }
  }
}
