/// URI templates (RFC 6570 §2, with erratum 6937: an apostrophe is a literal).
struct URITemplate {
  private var rest: Substring.UnicodeScalarView

  static func isValid(_ text: String) -> Bool {
    var template = URITemplate(rest: Substring(text).unicodeScalars)
    while let scalar = template.rest.popFirst() {
      switch scalar {
      case "{": guard template.expression() else { return false }
      case "%": guard template.hexDigits() else { return false }
      default: guard isLiteral(scalar) else { return false }
      }
    }
    return true
  }

  private static func isLiteral(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x21...0x7E: !"\"%<>\\^`{|}".unicodeScalars.contains(scalar)
    // ucschar and iprivate of RFC 3987 §2.2.
    case 0xA0...0xD7FF, 0xE000...0xFDCF, 0xFDF0...0xFFEF: true
    case 0xE0000...0xE0FFF: false
    case 0x10000...0x10FFFF: scalar.value & 0xFFFF <= 0xFFFD
    default: false
    }
  }

  private mutating func take(_ characters: String) -> Bool {
    guard let first = rest.first, characters.unicodeScalars.contains(first) else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func hexDigits() -> Bool {
    for _ in 0..<2 where !take("0123456789abcdefABCDEF") { return false }
    return true
  }

  /// Reads what follows `{`, including its `}`.
  private mutating func expression() -> Bool {
    _ = take("+#./;?&=,!@|")
    repeat {
      guard variable() else { return false }
      if take(":") {
        guard take("123456789") else { return false }
        var digits = 1
        while digits < 4, take("0123456789") { digits += 1 }
      } else {
        _ = take("*")
      }
    } while take(",")
    return take("}")
  }

  /// Reads a name: characters with single dots between them.
  private mutating func variable() -> Bool {
    guard character() else { return false }
    while true {
      if take(".") {
        guard character() else { return false }
      } else if !character() {
        return true
      }
    }
  }

  private mutating func character() -> Bool {
    if take("%") { return hexDigits() }
    guard let first = rest.first, first.isASCII,
      first.properties.isAlphabetic || first == "_" || ("0"..."9").contains(first)
    else { return false }
    rest.removeFirst()
    return true
  }
}
