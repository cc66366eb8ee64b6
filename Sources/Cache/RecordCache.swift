/// A disposable index of what git knows: commits, what each did to records, and the records at HEAD.
///
/// It knows no git: the store feeds it, and asks.
package final class RecordCache {
  package let database: Database

  /// Opens an index, or begins one in an empty or absent file.
  ///
  /// - Throws: where the file is no index of this version, or a damaged one.
  package init(_ path: String, _ access: Database.Access) throws(SQLiteError) {
    database = try Database(path, access)
    try database.execute("PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768")
    if access == .readOnly {
      try database.execute("PRAGMA mmap_size = 1073741824; PRAGMA query_only = 1")
    } else {
      // A crash is seen by the seal, so nothing is kept for taking changes back after one.
      try database.execute(
        """
        PRAGMA page_size = 8192; PRAGMA journal_mode = MEMORY;
        PRAGMA synchronous = NORMAL; PRAGMA locking_mode = EXCLUSIVE
        """)
      if try database.integer("PRAGMA user_version") == 0,
        try database.integer("SELECT count(*) FROM sqlite_schema") == 0
      {
        try database.execute("BEGIN; \(CacheTables.tables)")
        try database.execute(
          """
          PRAGMA application_id = \(Self.applicationID); PRAGMA user_version = \(CacheTables.version);
          COMMIT
          """)
      }
    }
    guard
      try database.integer("PRAGMA application_id") == Int64(Self.applicationID),
      try database.integer("PRAGMA user_version") == Int64(CacheTables.version)
    else { throw SQLiteError(code: .error, message: "not an index of this version") }
  }

  /// "dckt".
  private static let applicationID = 0x6463_6b74
  package static let version = CacheTables.version

  // MARK: What the index knows of itself

  package func note(_ key: MetaKey) throws(SQLiteError) -> String? {
    var value: String?
    try database.forEach("SELECT value FROM meta WHERE key = ?", .text(key.rawValue)) {
      (row) throws(SQLiteError) in value = row.optionalText(0)
    }
    return value
  }

  package func setNote(_ key: MetaKey, _ value: String?) throws(SQLiteError) {
    try database.run(
      "INSERT OR REPLACE INTO meta(key, value) VALUES(?, ?)", .text(key.rawValue), .optional(value))
  }

  package enum MetaKey: String {
    /// The commit whose history `position` tells.
    case tip
    /// The folders in which records were looked for in history, a line each, with a commit that names it.
    case folders
    /// The tree whose records `record` holds.
    case tree
    /// The last change whose fields are in `field`.
    case fields
    /// Whether the words of records are kept.
    case words
    /// What the standings were made of.
    case rankPositions = "standings"
  }
}
