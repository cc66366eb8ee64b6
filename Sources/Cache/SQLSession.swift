internal import CSQLite
package import Records

/// A session for read-only SQL queries.
///
/// The database is opened read-only; an authorizer allows only reading and functions, extensions
/// can't be loaded, and a query is stopped after a limited number of steps.
package final class SQLSession {
  private let database: Database
  /// The number of steps of SQLite's virtual machine a query may take.
  package static let standardSteps = 5_000_000_000

  /// - Parameter author: maps a commit's name and address to those to show.
  package init(
    _ cache: RecordCache, catalog: KindCatalog,
    author: @escaping (_ name: String, _ email: String) -> (name: String, email: String),
    isShallow: Bool = false, steps: Int = standardSteps
  ) throws(SQLiteError) {
    database = cache.database
    try SQLFunctions.addIDs(to: database)
    try SQLFunctions.addAuthor(author, to: database)
    try SQLFunctions.addPercentile(to: database)
    try database.execute("PRAGMA query_only = 0")
    for view in SQLViews.all(of: catalog, isShallow: isShallow) {
      let columns = view.columns.map(SQLViews.identifier).joined(separator: ", ")
      try database.execute(
        "CREATE TEMP VIEW \(SQLViews.identifier(view.name))(\(columns)) AS \(view.definition)")
    }
    // Virtual tables declare their columns at first use, which looks like a schema change.
    try database.execute("SELECT 1 FROM json_each('[]'), json_tree('[]'), word")
    try database.execute("PRAGMA query_only = 1")
    database.forgetStatements()
    limit(steps)
    sqlite3_set_authorizer(
      database.raw,
      { _, action, first, second, _, _ in
        switch action {
        case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return SQLITE_OK
        case SQLITE_FUNCTION:
          let name = second.map { String(cString: $0) }?.lowercased()
          return name == "load_extension" ? SQLITE_DENY : SQLITE_OK
        case SQLITE_PRAGMA:
          // Full-text search runs this pragma itself.
          return first.map { String(cString: $0) } == "data_version" ? SQLITE_OK : SQLITE_DENY
        default: return SQLITE_DENY
        }
      }, nil)
  }

  private func limit(_ steps: Int) {
    sqlite3_limit(database.raw, SQLITE_LIMIT_ATTACHED, 0)
    sqlite3_limit(database.raw, SQLITE_LIMIT_SQL_LENGTH, 1_000_000)
    sqlite3_limit(database.raw, SQLITE_LIMIT_LENGTH, 256 << 20)
    sqlite3_hard_heap_limit64(1 << 30)
    // The remaining steps in millions; the handler runs every million steps and counts down.
    let rest = UnsafeMutablePointer<Int>.allocate(capacity: 1)
    rest.initialize(to: max(1, steps / 1_000_000))
    remaining = rest
    sqlite3_progress_handler(
      database.raw, 1_000_000,
      { context in
        guard let rest = context?.assumingMemoryBound(to: Int.self) else { return 1 }
        rest.pointee -= 1
        return rest.pointee <= 0 ? 1 : 0
      }, rest)
  }

  private var remaining: UnsafeMutablePointer<Int>?

  deinit {
    sqlite3_progress_handler(database.raw, 0, nil, nil)
    sqlite3_set_authorizer(database.raw, nil, nil)
    remaining?.deallocate()
  }

  /// Runs one statement and passes the column names first, then each row.
  package func run<Failure: Error>(
    _ sql: String, orElse wrap: (SQLiteError) -> Failure,
    columns: ([String]) throws(Failure) -> Void, row: ([SQLCell]) throws(Failure) -> Void
  ) throws(Failure) {
    let statement: Statement
    do throws(SQLiteError) {
      statement = try Statement(sql, in: database, isAlone: true)
      guard statement.isReadOnly else {
        throw SQLiteError(code: .notAuthorized, message: "not authorized")
      }
    } catch {
      throw wrap(error)
    }
    let names = statement.columnNames
    try columns(names)
    while true {
      do throws(SQLiteError) {
        guard try statement.step() else { return }
      } catch {
        throw wrap(error)
      }
      try row(names.indices.map { statement.cell(Int32($0)) })
    }
  }
}
