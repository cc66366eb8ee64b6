/// The syntax of URIs (RFC 3986 appendix A) and IRIs (RFC 3987 §2.2).
enum URIFormat {
  static func isValid(_ text: String, relative: Bool, international: Bool) -> Bool {
    let parts = URIReference(text)
    if parts.scheme == nil {
      guard relative else { return false }
      // A colon in the first segment of a relative path would make it a scheme.
      if parts.authority == nil,
        parts.path.split(separator: "/", omittingEmptySubsequences: false).first?.utf8
          .contains(UInt8(ascii: ":")) ?? false
      {
        return false
      }
    }
    let pathMarks = ":@/"
    guard isText(parts.path, pathMarks, international),
      isText(parts.query ?? "", pathMarks + "?", international, isQuery: true),
      isText(parts.fragment ?? "", pathMarks + "?", international)
    else { return false }
    return parts.authority.map { isAuthority($0[...], international) } ?? true
  }

  private static func isAuthority(_ text: Substring, _ international: Bool) -> Bool {
    var rest = text
    if let at = rest.utf8.firstIndex(of: UInt8(ascii: "@")) {
      guard isText(String(rest[..<at]), ":", international) else { return false }
      rest = rest[rest.utf8.index(after: at)...]
    }
    var port = Substring()
    if rest.utf8.first == UInt8(ascii: "[") {
      guard let end = rest.utf8.firstIndex(of: UInt8(ascii: "]")) else { return false }
      let literal = rest[rest.utf8.index(after: rest.startIndex)..<end]
      let after = rest[rest.utf8.index(after: end)...]
      guard IPAddress.isVersion6(literal) || isFutureAddress(literal),
        after.isEmpty || after.utf8.first == UInt8(ascii: ":")
      else { return false }
      port = after.dropFirst()
    } else {
      var host = rest
      if let colon = rest.utf8.firstIndex(of: UInt8(ascii: ":")) {
        host = rest[..<colon]
        port = rest[rest.utf8.index(after: colon)...]
      }
      guard isText(String(host), "", international) else { return false }
    }
    return port.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// `"v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" )`
  private static func isFutureAddress(_ text: Substring) -> Bool {
    guard text.utf8.first.map({ $0 | 0x20 }) == UInt8(ascii: "v"),
      let dot = text.utf8.firstIndex(of: UInt8(ascii: "."))
    else { return false }
    let version = text[..<dot].utf8.dropFirst()
    let address = text[text.utf8.index(after: dot)...]
    return !version.isEmpty && version.allSatisfy(IPAddress.isHexDigit) && !address.isEmpty
      && !address.utf8.contains(UInt8(ascii: "%")) && isText(String(address), ":", false)
  }

  /// Allows unreserved characters, sub-delimiters, percent-encoded bytes and `marks`.
  private static func isText(
    _ text: String, _ marks: String, _ international: Bool, isQuery: Bool = false
  ) -> Bool {
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9": continue
      case "%":
        guard scalars.count >= 2,
          scalars.prefix(2).allSatisfy({ $0.isASCII && IPAddress.isHexDigit(UInt8($0.value)) })
        else { return false }
        scalars = scalars.dropFirst(2)
      default:
        if scalar.isASCII {
          guard
            "-._~!$&'()*+,;=".unicodeScalars.contains(scalar)
              || marks.unicodeScalars.contains(scalar)
          else { return false }
        } else {
          guard international, isOtherScript(scalar.value, isQuery) else { return false }
        }
      }
    }
    return true
  }

  /// `ucschar`, and `iprivate` in queries.
  private static func isOtherScript(_ value: UInt32, _ isQuery: Bool) -> Bool {
    switch value {
    case 0xA0...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFEF: true
    case 0xE000...0xF8FF, 0xF0000...0x10FFFF: isQuery && value & 0xFFFF < 0xFFFE
    case 0x10000...0xDFFFF: value & 0xFFFF < 0xFFFE
    case 0xE1000...0xEFFFD: true
    default: false
    }
  }
}
