import JSONText
import Records
import TestSupport
import Testing

@testable import Cache

/// What `docket sql` lets through.
@Suite("questions in SQL") struct SQLSessionTests {
  private func index() throws -> RecordCache {
    let index = try RecordCache("", .inMemory)
    _ = try index.insert(
      CachedRecord(
        path: "docket/notes/2026/01/NO-0000000000.json", blob: [], id: "NO-0000000000",
        kind: "note", heading: "First", state: nil, json: Array(#"{"title": "First"}"#.utf8),
        body: Array("first".utf8), facets: [], links: []),
      keepingWords: true)
    return index
  }

  private func session(_ index: RecordCache, steps: Int = 50_000_000) throws -> SQLSession {
    try SQLSession(
      index, catalog: KindCatalog(files: []), author: { ($0.uppercased(), $1) }, steps: steps)
  }

  private func rows(_ sql: String, _ session: SQLSession) throws -> [[SQLCell]] {
    var rows: [[SQLCell]] = []
    try session.run(
      sql, orElse: { $0 }, columns: { (_) throws(SQLiteError) in },
      row: { (cells) throws(SQLiteError) in rows.append(cells) })
    return rows
  }

  @Test("reads views, functions and full text")
  func reads() throws {
    let session = try session(index())
    #expect(try rows("SELECT title FROM record", session) == [[.text("First")]])
    #expect(
      try rows("SELECT count(*) FROM word WHERE word MATCH 'first'", session) == [[.integer(1)]])
    #expect(
      try rows("SELECT percentile(value, 50) FROM json_each('[1,2,4,10]')", session)
        == [[.real(3)]])
    #expect(
      try rows(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<3) SELECT i FROM n",
        session)
        == [[.integer(1)], [.integer(2)], [.integer(3)]])
  }

  @Test(
    "writes, attaches and loads nothing",
    arguments: [
      "DELETE FROM record", "DELETE FROM main.record", "UPDATE main.history SET subject = ''",
      "INSERT INTO main.meta VALUES('tip', 'x')", "DROP VIEW record", "CREATE TABLE t(x)",
      "CREATE TEMP TABLE t(x)", "CREATE TEMP VIEW v AS SELECT 1", "ATTACH '/tmp/x.sqlite' AS x",
      "ATTACH ':memory:' AS x", "DETACH main", "PRAGMA query_only = 0", "PRAGMA user_version = 9",
      "PRAGMA writable_schema = 1", "VACUUM", "VACUUM INTO '/tmp/x.sqlite'", "REINDEX", "ANALYZE",
      "SELECT load_extension('x')", "BEGIN", "SAVEPOINT s",
      "INSERT INTO word(word) VALUES('delete-all')",
      "SELECT * FROM pragma_table_info('record')", "SELECT 1; DELETE FROM main.record",
      "SELECT 1; nonsense", "", "  -- nothing",
    ])
  func refuses(_ sql: String) throws {
    let session = try session(index())
    #expect(throws: SQLiteError.self) { try rows(sql, session) }
    #expect(try rows("SELECT count(*) FROM record", session) == [[.integer(1)]])
  }

  @Test("a remark after the statement is no second one")
  func note() throws {
    #expect(try rows("SELECT 1; -- done\n ", try session(index())) == [[.integer(1)]])
  }

  @Test("a query without end is stopped")
  func stops() throws {
    let session = try session(index())
    #expect {
      try rows(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT max(i) FROM n",
        session)
    } throws: { ($0 as? SQLiteError)?.code == .interrupted }
  }
}
