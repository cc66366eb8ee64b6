import JSONText

/// A CSV writer (RFC 4180) whose cells no spreadsheet evaluates as formulas.
package struct CSVText {
  package private(set) var text = ""

  package init() {}

  package mutating func add(_ fields: [String]) {
    text += fields.map(Self.field).joined(separator: ",") + "\r\n"
  }

  /// Returns whether a text is a JSON number, which no spreadsheet takes for anything else.
  private static func isNumber(_ text: String) -> Bool {
    guard text.utf8.count < 32 else { return false }
    return (try? JSONDocument(parsing: Array(text.utf8)))?.root.number != nil
  }

  /// Returns a field with hidden characters shown, an apostrophe before formulas, quoted if needed.
  static func field(_ raw: String) -> String {
    var field = DeceptiveCharacters.shown(in: raw)
    // The first characters of formulas, from OWASP's list ("CSV Injection"). Some programs ignore
    // white space before them, and some accept full-width signs.
    let start = raw.unicodeScalars.first { $0 != " " && $0 != "\u{A0}" }
    if let start, !isNumber(raw), "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(start) {
      field = "'" + field
    }
    let quote = UInt8(ascii: "\"")
    guard field.utf8.contains(where: { $0 == quote || $0 == UInt8(ascii: ",") }) else {
      return field
    }
    // By bytes: by Character, a quote with a combining mark behind it would be another one.
    let doubled = field.utf8.flatMap { $0 == quote ? [quote, quote] : [$0] }
    return "\"" + String(decoding: doubled, as: UTF8.self) + "\""
  }
}
