import Cache
import Git
package import JSONText
import Records

extension Tracker {
  /// Runs an SQL query on the documented views.
  ///
  /// If no cache can be stored, one is built in memory for this query alone.
  ///
  /// - Parameter row: receives each row; bytes as hexadecimal text.
  package func ask(
    _ sql: String, steps: Int? = nil, columns: ([String]) throws(StoreError) -> Void,
    row: ([JSONValue]) throws(StoreError) -> Void
  ) throws(StoreError) {
    let steps = steps ?? SQLSession.standardSteps
    let verb = sql.drop { !$0.isLetter && $0 != "-" && $0 != "/" }.prefix { $0.isLetter }
      .lowercased()
    if ["delete", "insert", "update", "replace", "create", "drop", "alter", "attach", "pragma"]
      .contains(verb)
    {
      throw Self.refusal(
        SQLiteError(code: .readOnly, message: verb.uppercased()), of: verb, steps: steps)
    }
    var held = try cache(.everything)
    if held == nil { held = try indexInMemory(.everything) }
    guard let hold = held else { return }
    // A session creates its own views and functions.
    openCache = nil
    var mailmap = Mailmap()
    if let tip = try headCommit() {
      mailmap = try git { () throws(GitError) in try self.mailmap(at: tip) }
    }
    let session = try cached { () throws(SQLiteError) in
      try SQLSession(
        hold.cache, catalog: catalog, author: { [mailmap] in mailmap.proper($0, $1) },
        isShallow: isTruncated, steps: steps)
    }
    let views = sqlViews
    try session.run(
      sql, orElse: { Self.refusal($0, of: verb, steps: steps, views: views) }, columns: columns
    ) {
      (cells) throws(StoreError) in try row(cells.map(Self.value))
    }
  }

  /// The views that can be queried.
  package var sqlViews: [(name: String, about: String, columns: [String])] {
    SQLViews.all(of: catalog).map { ($0.name, $0.about, $0.columns) }
  }

  private static func value(_ cell: SQLCell) -> JSONValue {
    switch cell {
    case .null: .null
    case .integer(let number): .number(JSONNumber(Int(number)))
    case .real(let number): JSONNumber("\(number)").map { .number($0) } ?? .null
    case .text(let text): .string(text)
    case .bytes(let bytes): .string(ObjectID.hexText(bytes))
    }
  }

  private static func refusal(
    _ error: SQLiteError, of verb: String, steps: Int,
    views: [(name: String, about: String, columns: [String])] = []
  ) -> StoreError {
    switch error.code {
    case .interrupted:
      .failed(
        "the query was stopped after \(steps / 1_000_000) million steps",
        hint: "ask for less: a WHERE, or an ON for each JOIN")
    case .notAuthorized, .readOnly:
      .failed(
        "docket sql only reads, and this doesn't: \(verb.uppercased())",
        hint: "docket edit changes records; docket help lists what else does")
    default:
      .failed(
        "SQLite says: \(error.message)\(question(error.message, views))",
        hint: "docket sql lists the views and their columns")
    }
  }

  /// Names the nearest existing one in errors like `no such table: painpoint` and
  /// `no such column: p.sevrity`.
  private static func question(
    _ message: String, _ views: [(name: String, about: String, columns: [String])]
  ) -> String {
    let parts = message.split(separator: ": ", maxSplits: 1)
    guard parts.count == 2, let word = parts[1].split(separator: ".").last.map(String.init) else {
      return ""
    }
    switch parts[0] {
    case "no such table": return Spelling.question(for: word, among: views.map(\.name))
    case "no such column": return Spelling.question(for: word, among: views.flatMap(\.columns))
    default: return ""
    }
  }
}
