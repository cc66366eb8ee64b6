import JSONText

/// Writes tables as RFC 4180 says, in a way that no spreadsheet takes a cell for a formula.
package struct CSVText {
  package private(set) var text = ""

  package init() {}

  package mutating func add(_ fields: [String]) {
    text += fields.map(Self.field).joined(separator: ",") + "\r\n"
  }

  /// Whether a text is a number as JSON writes them, which no spreadsheet takes for anything else.
  private static func isNumber(_ text: String) -> Bool {
    guard text.utf8.count < 32 else { return false }
    return (try? JSONDocument(parsing: Array(text.utf8)))?.root.number != nil
  }

  /// One field: hidden characters shown, formulas disarmed by an apostrophe, quoted where needed.
  static func field(_ raw: String) -> String {
    var field = VisibleText.shown(raw)
    // What a spreadsheet evaluates, by OWASP's list ("CSV Injection"); white space before it doesn't
    // stop every program, and full-width signs are signs to some.
    let start = raw.unicodeScalars.first { $0 != " " && $0 != "\u{A0}" }
    if let start, !isNumber(raw), "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(start) {
      field = "'" + field
    }
    guard field.unicodeScalars.contains(where: { "\",\r\n".unicodeScalars.contains($0) }) else {
      return field
    }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }
}
