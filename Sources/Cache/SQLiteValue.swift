internal import CSQLite

/// A value to bind to a statement.
package enum SQLiteValue: Sendable, Equatable {
  case null
  case integer(Int64)
  case text(String)
  case bytes([UInt8])
  /// UTF-8 text as bytes.
  case textBytes([UInt8])

  package static func optional(_ text: String?) -> SQLiteValue { text.map { .text($0) } ?? .null }
  package static func optional(_ number: Int64?) -> SQLiteValue {
    number.map { .integer($0) } ?? .null
  }
  package static func optional(_ bytes: [UInt8]?) -> SQLiteValue {
    bytes.map { .bytes($0) } ?? .null
  }
}
