/// The reason a file contains no meeting, or something to check in an imported meeting.
package struct ImportProblem: Sendable, Hashable {
  package enum Reason: String, Sendable, Hashable, CaseIterable {
    /// The file contains no text.
    case empty
    /// Larger than the importer's limit.
    case tooLarge
    /// No date in the heading, the first lines or the file name: no draft is made.
    case noDate
    /// Text that looks like a date but is not one (`2026-02-304`).
    case badDate
    /// Numbers that could be day/month or month/day (`03/04/2026`).
    case ambiguousDate
    /// Heading and file name give different days.
    case dateDisagreement
    /// The bytes are not UTF-8; they were read as Windows-1252.
    case notUTF8
  }

  package var reason: Reason
  /// From 1.
  package var line: Int
  /// UTF-8 bytes, from 1.
  package var column: Int
  /// One sentence.
  package var message: String

  package init(_ reason: Reason, line: Int = 1, column: Int = 1, message: String) {
    self.reason = reason
    self.line = line
    self.column = column
    self.message = message
  }

  /// Whether no draft is made because of it.
  package var preventsImport: Bool {
    switch reason {
    case .empty, .tooLarge, .noDate: true
    case .badDate, .ambiguousDate, .dateDisagreement, .notUTF8: false
    }
  }
}
