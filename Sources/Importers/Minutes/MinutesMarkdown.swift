/// Parses and prints minutes of meetings as Markdown.
///
/// `docs/minutes-form.md` describes the form docket writes. `parse` accepts it and much else, and
/// keeps what it does not understand in `unparsed`. Nothing here accesses a file, a clock or a
/// repository.
package enum MinutesMarkdown {
  /// The largest file accepted, in bytes.
  package static let maximumBytes = 4 << 20

  /// Parses one file, which may contain many meetings.
  ///
  /// - Parameter source: the file's name or path; a date in its last component (`2026-03-04.md`)
  ///   dates a meeting whose text does not.
  /// - Parameter people: who else may own an action; those of the attendance list come first.
  package static func parse(
    _ bytes: [UInt8], source: String, people: [AttendeeDraft] = []
  ) -> MinutesImport {
    guard bytes.count <= maximumBytes else {
      return MinutesImport(problems: [
        ImportProblem(.tooLarge, message: "larger than \(maximumBytes) bytes; nothing was read")
      ])
    }
    return MinutesFile(SourceText(bytes), source: source, people: people).read()
  }

  /// Returns a meeting in docket's form, ended by LF.
  ///
  /// `parse` reads back the same meeting, except for line numbers and provenance.
  package static func print(_ meeting: MeetingDraft) -> String {
    MinutesPrinter(meeting).text()
  }
}

/// The result of importing one file of minutes.
package struct MinutesImport: Sendable, Equatable {
  /// In the file's order.
  package var meetings: [MeetingDraft]
  /// Reasons why meetings are missing, and things to check in the imported ones.
  package var problems: [ImportProblem]
  /// Non-blank lines that belong to no meeting, in source order.
  package var unparsed: [UnparsedLine]

  package init(
    meetings: [MeetingDraft] = [], problems: [ImportProblem] = [], unparsed: [UnparsedLine] = []
  ) {
    self.meetings = meetings
    self.problems = problems
    self.unparsed = unparsed
  }
}
