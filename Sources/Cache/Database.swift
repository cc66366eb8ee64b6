internal import CSQLite

/// An open SQLite database.
///
/// Not `Sendable`: one connection per task. Statements are cached by their text and must not
/// outlive the database.
package final class Database {
  let raw: OpaquePointer
  private var statements: [String: Statement] = [:]

  package enum Access {
    case readOnly, readWrite, inMemory
  }

  package init(_ path: String, _ access: Access) throws(SQLiteError) {
    let flags =
      switch access {
      case .readOnly: SQLITE_OPEN_READONLY
      case .readWrite: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      case .inMemory: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY
      }
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(
      access == .inMemory ? ":memory:" : path, &opened, flags | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let database = opened else {
      let message = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      sqlite3_close_v2(opened)
      throw SQLiteError(code: SQLiteError.Code(rawValue: code & 0xff), message: message)
    }
    raw = database
    sqlite3_extended_result_codes(database, 1)
    // The file's contents are not trusted: anyone may have written them.
    _ = docket_sqlite_set_option(database, SQLITE_DBCONFIG_DEFENSIVE, 1)
    _ = docket_sqlite_set_option(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    _ = docket_sqlite_set_option(database, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0)
    // Double quotes always mean a name; a missing name never falls back to a string.
    _ = docket_sqlite_set_option(database, SQLITE_DBCONFIG_DQS_DML, 0)
    _ = docket_sqlite_set_option(database, SQLITE_DBCONFIG_DQS_DDL, 0)
  }

  deinit {
    statements.removeAll()
    sqlite3_close_v2(raw)
  }

  func error(_ code: Int32) -> SQLiteError {
    SQLiteError(
      code: SQLiteError.Code(rawValue: code & 0xff), message: String(cString: sqlite3_errmsg(raw)))
  }

  /// Runs statements that return no rows.
  package func execute(_ sql: String) throws(SQLiteError) {
    let code = sqlite3_exec(raw, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw error(code) }
  }

  /// Returns a statement ready to be bound and run; the same text returns the same statement.
  package func statement(_ sql: String) throws(SQLiteError) -> Statement {
    if let known = statements[sql] {
      known.reset()
      return known
    }
    let new = try Statement(sql, in: self)
    statements[sql] = new
    return new
  }

  /// Runs a statement with the given values.
  package func run(_ sql: String, _ values: SQLiteValue...) throws(SQLiteError) {
    let statement = try statement(sql)
    try statement.bind(values)
    while try statement.step() {}
    statement.reset()
  }

  /// Calls `body` with each row of a statement while it is current.
  package func forEach(
    _ sql: String, _ values: SQLiteValue..., body: (Statement) throws(SQLiteError) -> Void
  ) throws(SQLiteError) {
    let statement = try statement(sql)
    try statement.bind(values)
    defer { statement.reset() }
    while try statement.step() { try body(statement) }
  }

  /// Returns the first column of the first row, or `nil` if there is no row or it is null.
  package func integer(_ sql: String, _ values: SQLiteValue...) throws(SQLiteError) -> Int64? {
    let statement = try statement(sql)
    try statement.bind(values)
    defer { statement.reset() }
    return try statement.step() && !statement.isNull(0) ? statement.integer(0) : nil
  }

  package var lastInserted: Int64 { sqlite3_last_insert_rowid(raw) }

  /// Runs `body` in a transaction, which is rolled back if it throws.
  package func transaction<Failure: Error>(
    orElse wrap: (SQLiteError) -> Failure, _ body: () throws(Failure) -> Void
  ) throws(Failure) {
    do throws(SQLiteError) { try execute("BEGIN IMMEDIATE") } catch { throw wrap(error) }
    do throws(Failure) {
      try body()
    } catch {
      try? execute("ROLLBACK")
      throw error
    }
    do throws(SQLiteError) {
      try execute("COMMIT")
    } catch {
      try? execute("ROLLBACK")
      throw wrap(error)
    }
  }

  /// Drops cached statements, so that none blocks a pragma or a lock.
  func forgetStatements() { statements.removeAll() }
}
