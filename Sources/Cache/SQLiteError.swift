internal import CSQLite

/// An error from SQLite, with its own message.
package struct SQLiteError: Error, Equatable, CustomStringConvertible {
  package struct Code: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int32
    package init(rawValue: Int32) { self.rawValue = rawValue }

    package static let error = Code(rawValue: SQLITE_ERROR)
    package static let busy = Code(rawValue: SQLITE_BUSY)
    package static let locked = Code(rawValue: SQLITE_LOCKED)
    package static let interrupted = Code(rawValue: SQLITE_INTERRUPT)
    package static let notAuthorized = Code(rawValue: SQLITE_AUTH)
    package static let readOnly = Code(rawValue: SQLITE_READONLY)
  }

  /// The primary result code.
  package let code: Code
  package let message: String

  package init(code: Code, message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { message }
}
