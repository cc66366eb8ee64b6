internal import CSQLite

/// SQL functions that SQLite lacks.
enum SQLFunctions {
  /// `docket_contains(text, part)`: whether `text` contains the bytes of `part`; many times as fast
  /// as `instr`.
  static func addContains(to database: Database) throws(SQLiteError) {
    try add("docket_contains", 2, to: database) { context, _, values in
      guard let values, let text = sqlite3_value_blob(values[0]),
        let part = sqlite3_value_blob(values[1])
      else { return sqlite3_result_int(context, 0) }
      sqlite3_result_int(
        context,
        docket_contains(
          text, Int(sqlite3_value_bytes(values[0])), part, Int(sqlite3_value_bytes(values[1]))))
    }
  }

  /// `docket_ids(bytes)`: ids of twenty bytes each as hexadecimal, separated by spaces.
  static func addIDs(to database: Database) throws(SQLiteError) {
    try add("docket_ids", 1, to: database) { context, _, values in
      guard let values, let bytes = sqlite3_value_blob(values[0]) else {
        return sqlite3_result_text(context, "", 0, nil)
      }
      let buffer = UnsafeRawBufferPointer(
        start: bytes, count: Int(sqlite3_value_bytes(values[0])))
      var text: [CChar] = []
      let digits = Array("0123456789abcdef".utf8)
      for (index, byte) in buffer.enumerated() {
        if index > 0, index % 20 == 0 { text.append(CChar(0x20)) }
        text.append(CChar(digits[Int(byte >> 4)]))
        text.append(CChar(digits[Int(byte & 15)]))
      }
      docket_sqlite_result_text(context, text, Int32(text.count))
    }
  }

  private final class AuthorBox {
    let author: (String, String) -> (name: String, email: String)
    init(_ author: @escaping (String, String) -> (name: String, email: String)) {
      self.author = author
    }
  }

  /// `docket_author(name, email, 0 or 1)`: the name or the address to show for a commit's author.
  static func addAuthor(
    _ author: @escaping (String, String) -> (name: String, email: String), to database: Database
  ) throws(SQLiteError) {
    let box = Unmanaged.passRetained(AuthorBox(author))
    let code = sqlite3_create_function_v2(
      database.raw, "docket_author", 3, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
      box.toOpaque(),
      { context, _, values in
        guard let values, let data = sqlite3_user_data(context) else { return }
        let box = Unmanaged<AuthorBox>.fromOpaque(data).takeUnretainedValue()
        let found = box.author(SQLFunctions.text(values[0]), SQLFunctions.text(values[1]))
        let text = sqlite3_value_int(values[2]) == 0 ? found.name : found.email
        docket_sqlite_result_text(context, text, Int32(text.utf8.count))
      }, nil, nil, { data in data.map { Unmanaged<AuthorBox>.fromOpaque($0).release() } })
    guard code == SQLITE_OK else { throw database.error(code) }
  }

  private static func text(_ value: OpaquePointer?) -> String {
    guard let bytes = sqlite3_value_text(value) else { return "" }
    let count = Int(sqlite3_value_bytes(value))
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  private final class Sample {
    var values: [Double] = []
    var percent = 50.0
  }

  /// `percentile(values, percent)`: like SQLite's own extension of that name, with linear
  /// interpolation between values.
  static func addPercentile(to database: Database) throws(SQLiteError) {
    let code = sqlite3_create_function_v2(
      database.raw, "percentile", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nil,
      nil,
      { context, _, values in
        guard let values,
          let slot = sqlite3_aggregate_context(
            context, Int32(MemoryLayout<Unmanaged<Sample>?>.size))?
            .assumingMemoryBound(to: Unmanaged<Sample>?.self)
        else { return }
        let sample = slot.pointee ?? Unmanaged.passRetained(Sample())
        slot.pointee = sample
        let type = sqlite3_value_numeric_type(values[0])
        guard type == SQLITE_INTEGER || type == SQLITE_FLOAT else { return }
        let percent = sqlite3_value_double(values[1])
        guard (0...100).contains(percent) else {
          return sqlite3_result_error(context, "percentile takes a percentage from 0 to 100", -1)
        }
        sample.takeUnretainedValue().percent = percent
        sample.takeUnretainedValue().values.append(sqlite3_value_double(values[0]))
      },
      { context in
        guard
          let slot = sqlite3_aggregate_context(context, 0)?
            .assumingMemoryBound(to: Unmanaged<Sample>?.self),
          let sample = slot.pointee?.takeRetainedValue()
        else { return sqlite3_result_null(context) }
        slot.pointee = nil
        let values = sample.values.sorted()
        guard !values.isEmpty else { return sqlite3_result_null(context) }
        let place = sample.percent / 100 * Double(values.count - 1)
        let below = values[Int(place)]
        let above = values[min(Int(place) + 1, values.count - 1)]
        sqlite3_result_double(context, below + (above - below) * (place - place.rounded(.down)))
      }, nil)
    guard code == SQLITE_OK else { throw database.error(code) }
  }

  static func add(
    _ name: String, _ arguments: Int32, to database: Database,
    _ body:
      @convention(c) (
        OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?
      ) -> Void
  ) throws(SQLiteError) {
    let code = sqlite3_create_function_v2(
      database.raw, name, arguments,
      SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nil, body, nil, nil, nil)
    guard code == SQLITE_OK else { throw database.error(code) }
  }
}
