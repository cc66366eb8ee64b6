/// Makes text from records and commits safe to show in any report.
enum VisibleText {
  /// Returns the text with each character that controls a terminal or reorders text written as
  /// `\u{202E}`: controls (line breaks and tabs too), bidi marks, embeddings and isolates, line and
  /// paragraph separators, interlinear annotations and byte order marks.
  static func shown(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isHidden(scalar) {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        shown.append(contentsOf: "\\u{\(digits)}".unicodeScalars)
      } else {
        shown.append(scalar)
      }
    }
    return String(shown)
  }

  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069,
      0xFEFF, 0xFFF9...0xFFFB:
      true
    default: false
    }
  }
}
