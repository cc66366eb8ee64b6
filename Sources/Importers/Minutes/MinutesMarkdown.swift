/// Minutes of meetings as Markdown: reading what people write, and the one form that docket writes.
///
/// `docs/minutes-form.md` describes the form. `parse` accepts it and much else; what it does not
/// understand it keeps in `unparsed`. Nothing here touches a file, a clock or a repository.
package enum MinutesMarkdown {
  /// The largest file that is read, in bytes.
  package static let maximumBytes = 4 << 20

  /// Reads one file, which may hold many meetings.
  ///
  /// - Parameter source: the file's name or path; a date in its last part (`2026-03-04.md`) dates
  ///   a meeting whose text does not.
  package static func parse(_ bytes: [UInt8], source: String) -> MinutesImport {
    guard bytes.count <= maximumBytes else {
      return MinutesImport(problems: [
        ImportProblem(.tooLarge, message: "larger than \(maximumBytes) bytes; nothing was read")
      ])
    }
    return MinutesFile(SourceText(bytes), source: source).read()
  }

  /// Writes a meeting in docket's form, ended by LF.
  ///
  /// `parse` gives the same meeting again, but for line numbers and provenance.
  package static func print(_ meeting: MeetingDraft) -> String {
    MinutesPrinter(meeting).text()
  }
}
