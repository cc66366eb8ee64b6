internal import CSQLite

/// A compiled statement; between `step` and `reset` it is on a row.
package final class Statement {
  let raw: OpaquePointer
  private unowned let database: Database

  /// - Parameter isAlone: whether a second statement after the first is an error instead of
  ///   ignored.
  init(_ sql: String, in database: Database, isAlone: Bool = false) throws(SQLiteError) {
    var sql = sql
    var compiled: OpaquePointer?
    var hasMore = false
    let code = sql.withUTF8 { text in
      text.withMemoryRebound(to: CChar.self) { text in
        var rest: UnsafePointer<CChar>?
        let code = sqlite3_prepare_v2(
          database.raw, text.baseAddress, Int32(text.count), &compiled, &rest)
        if isAlone, code == SQLITE_OK, let start = text.baseAddress, let rest {
          var second: OpaquePointer?
          let left = text.count - (rest - start)
          // Text that doesn't compile is also more than white space and comments.
          hasMore =
            sqlite3_prepare_v2(database.raw, rest, Int32(left), &second, nil) != SQLITE_OK
            || second != nil
          sqlite3_finalize(second)
        }
        return code
      }
    }
    guard code == SQLITE_OK, let statement = compiled, !hasMore else {
      sqlite3_finalize(compiled)
      if code != SQLITE_OK { throw database.error(code) }
      throw SQLiteError(
        code: .error,
        message: hasMore ? "there is more than one statement" : "there is no statement")
    }
    self.database = database
    raw = statement
  }

  deinit { sqlite3_finalize(raw) }

  package func reset() {
    sqlite3_reset(raw)
    sqlite3_clear_bindings(raw)
  }

  package func bind(_ values: [SQLiteValue]) throws(SQLiteError) {
    for (index, value) in values.enumerated() { try bind(value, at: Int32(index + 1)) }
  }

  /// Runs an insertion with the given values.
  package func insert(_ values: SQLiteValue...) throws(SQLiteError) {
    try bind(values)
    _ = try step()
    sqlite3_reset(raw)
  }

  private func bind(_ value: SQLiteValue, at place: Int32) throws(SQLiteError) {
    let code: Int32
    switch value {
    case .null: code = sqlite3_bind_null(raw, place)
    case .integer(let number): code = sqlite3_bind_int64(raw, place, number)
    case .text(var text):
      code = text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) {
          docket_sqlite_bind_text(raw, place, $0.baseAddress, Int32($0.count))
        }
      }
    case .textBytes(let bytes):
      code = bytes.withUnsafeBufferPointer { bytes in
        bytes.withMemoryRebound(to: CChar.self) {
          docket_sqlite_bind_text(raw, place, $0.baseAddress, Int32($0.count))
        }
      }
    case .bytes(let bytes):
      code = bytes.withUnsafeBytes {
        docket_sqlite_bind_blob(raw, place, $0.baseAddress, Int32($0.count))
      }
    }
    guard code == SQLITE_OK else { throw database.error(code) }
  }

  /// Advances to the next row; `false` after the last.
  package func step() throws(SQLiteError) -> Bool {
    switch sqlite3_step(raw) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw database.error(code)
    }
  }

  package func isNull(_ column: Int32) -> Bool {
    sqlite3_column_type(raw, column) == SQLITE_NULL
  }

  package func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(raw, column) }

  package func optionalInteger(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }

  package func text(_ column: Int32) -> String {
    guard let bytes = sqlite3_column_text(raw, column) else { return "" }
    let count = Int(sqlite3_column_bytes(raw, column))
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  package func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

  package func bytes(_ column: Int32) -> [UInt8] {
    guard let bytes = sqlite3_column_blob(raw, column) else { return [] }
    return Array(
      UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(raw, column))))
  }

  package func optionalBytes(_ column: Int32) -> [UInt8]? { isNull(column) ? nil : bytes(column) }

  /// Returns a column's value with SQLite's own type.
  package func cell(_ column: Int32) -> SQLCell {
    switch sqlite3_column_type(raw, column) {
    case SQLITE_INTEGER: .integer(integer(column))
    case SQLITE_FLOAT: .real(sqlite3_column_double(raw, column))
    case SQLITE_TEXT: .text(text(column))
    case SQLITE_BLOB: .bytes(bytes(column))
    default: .null
    }
  }

  package var columnNames: [String] {
    (0..<sqlite3_column_count(raw)).map { column in
      sqlite3_column_name(raw, column).map { String(cString: $0) } ?? ""
    }
  }

  package var isReadOnly: Bool { sqlite3_stmt_readonly(raw) != 0 }
}

/// A value in the result of an SQL query.
package enum SQLCell: Sendable, Equatable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case bytes([UInt8])
}
