import JSONText

/// Text for roff, which interprets a line that begins with a dot or an apostrophe, and backslashes.
enum Roff {
  /// Returns text to be typed: hyphens are ASCII, quotes aren't curled.
  static func literal(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "\\": "\\e"
      case "-": "\\-"
      case "'": "\\(aq"
      case "`": "\\(ga"
      case "^": "\\(ha"
      case "~": "\\(ti"
      case "\"": "\\(dq"
      default: other(scalar)
      }
    }.joined()
  }

  /// Returns an abstract for the NAME line: no capital, no full stop.
  static func name(_ abstract: String) -> String {
    let text = abstract.last == "." ? String(abstract.dropLast()) : abstract
    return inline(text.prefix(1).lowercased() + text.dropFirst())
  }

  /// Returns paragraphs, and examples unchanged.
  static func prose(_ text: String) -> String {
    var output = ""
    var isExample = false
    var isBegun = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix(" ") != isExample, !line.isEmpty {
        isExample.toggle()
        output += isExample ? ".PP\n.EX\n" : ".EE\n.PP\n"
      } else if line.isEmpty {
        if isBegun, !isExample { output += ".PP\n" }
        continue
      }
      isBegun = true
      output += (isExample ? "\\&" + literal(String(line)) : inline(String(line))) + "\n"
    }
    return tidied(output + (isExample ? ".EE\n" : ""))
  }

  /// Removes a paragraph mark that another mark follows.
  private static func tidied(_ text: String) -> String {
    text.replacing(".PP\n.PP\n", with: ".PP\n").replacing(".PP\n.EE\n", with: ".EE\n")
  }

  private static func inline(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      scalar == "\\" ? "\\e" : other(scalar)
    }.joined().replacing(" --", with: " \\-\\-")
    let first = escaped.first
    return first == "." || first == "'" || first == "-" ? "\\&" + escaped : escaped
  }

  private static func other(_ scalar: Unicode.Scalar) -> String {
    guard !scalar.isASCII else { return String(scalar) }
    return "\\[u\(HexDigits.padded(scalar.value, to: 4))]"
  }
}
