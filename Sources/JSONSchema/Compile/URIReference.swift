/// The five parts of a URI or a relative reference (RFC 3986 §3, §4, §5).
struct URIReference: Equatable {
  var scheme: String?
  var authority: String?
  var path: String
  var query: String?
  var fragment: String?

  /// Splits at the delimiters, as in RFC 3986 appendix B, without checking anything.
  init(_ text: String) {
    var rest = Substring(text)
    fragment = Self.cut(&rest, at: "#")
    query = Self.cut(&rest, at: "?")
    if let colon = rest.utf8.firstIndex(of: UInt8(ascii: ":")),
      Self.isScheme(rest[..<colon])
    {
      scheme = rest[..<colon].lowercased()
      rest = rest[rest.utf8.index(after: colon)...]
    }
    if rest.utf8.starts(with: "//".utf8) {
      rest = rest.utf8.dropFirst(2).asText
      let end = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
      authority = String(rest[..<end])
      rest = rest[end...]
    }
    path = String(rest)
  }

  private static func cut(_ rest: inout Substring, at delimiter: Character) -> String? {
    guard let byte = delimiter.asciiValue, let index = rest.utf8.firstIndex(of: byte) else {
      return nil
    }
    let tail = String(rest[rest.utf8.index(after: index)...])
    rest = rest[..<index]
    return tail
  }

  private static func isScheme(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, Self.isLetter(first) else { return false }
    return text.utf8.allSatisfy {
      isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        || "+-.".utf8.contains($0)
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// Returns `self` resolved against `base` (RFC 3986 §5.2.2).
  func resolved(against base: URIReference) -> URIReference {
    var target = self
    if scheme != nil {
      target.path = Self.removingDots(path)
      return target
    }
    target.scheme = base.scheme
    if authority != nil {
      target.path = Self.removingDots(path)
      return target
    }
    target.authority = base.authority
    if path.utf8.isEmpty {
      target.path = base.path
      target.query = query ?? base.query
    } else if path.utf8.first == UInt8(ascii: "/") {
      target.path = Self.removingDots(path)
    } else {
      target.path = Self.removingDots(merged(with: base))
    }
    return target
  }

  private func merged(with base: URIReference) -> String {
    if base.authority != nil, base.path.utf8.isEmpty { return "/" + path }
    guard let slash = base.path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return base.path[...slash] + path
  }

  private static func removingDots(_ path: String) -> String {
    guard path.utf8.contains(UInt8(ascii: ".")), path.utf8.contains(UInt8(ascii: "/")) else {
      return path
    }
    let absolute = path.utf8.first == UInt8(ascii: "/")
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    var kept: [Substring] = []
    for (place, part) in parts.dropFirst(absolute ? 1 : 0).enumerated() {
      let isLast = place == parts.count - (absolute ? 2 : 1)
      switch part {
      case ".":
        if isLast { kept.append("") }
      case "..":
        _ = kept.popLast()
        if isLast { kept.append("") }
      default: kept.append(part)
      }
    }
    return (absolute ? "/" : "") + kept.joined(separator: "/")
  }

  /// The text without the fragment.
  var base: String {
    var text = ""
    if let scheme { text += scheme + ":" }
    if let authority { text += "//" + authority }
    text += path
    if let query { text += "?" + query }
    return text
  }

  /// Decodes `%XX`; returns `nil` if an escape is malformed or the result is not UTF-8.
  static func percentDecoded(_ text: String) -> String? {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      guard digits.utf8.count == 2, !digits.utf8.contains(UInt8(ascii: "+")),
        let value = UInt8(digits, radix: 16)
      else { return nil }
      rest = rest.dropFirst(2)
      bytes.append(value)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

extension Substring.UTF8View {
  fileprivate var asText: Substring { Substring(self) }
}
