/// A disposable cache of git's contents: commits, their changes to records, and the records at
/// HEAD.
///
/// Does not access git: the store fills and queries it.
package final class RecordCache {
  package let database: Database

  /// Opens a cache, or creates one in an empty or absent file.
  ///
  /// - Throws: if the file is damaged or not a cache of this version.
  package init(_ path: String, _ access: Database.Access) throws(SQLiteError) {
    database = try Database(path, access)
    try database.execute("PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768")
    if access == .readOnly {
      try database.execute("PRAGMA mmap_size = 1073741824; PRAGMA query_only = 1")
    } else {
      // The seal detects a crash, so no rollback journal is kept on disk.
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
    else { throw SQLiteError(code: .error, message: "not a cache of this version") }
  }

  /// "dckt".
  private static let applicationID = 0x6463_6b74
  package static let version = CacheTables.version

  // MARK: Metadata

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
    /// The commit whose history `position` describes.
    case tip
    /// The folders searched for records in history, one per line, with a commit that names each.
    case folders
    /// The tree whose records `record` holds.
    case tree
    /// The last change whose fields are in `field`.
    case fields
    /// The last change whose links are in `former_link`.
    case formerLinks
    /// The commit whose items `former_item` has.
    case formerItems
    /// Whether the words of records are kept.
    case words
    /// The inputs the rank positions were computed from.
    case rankPositions = "standings"
  }
}
