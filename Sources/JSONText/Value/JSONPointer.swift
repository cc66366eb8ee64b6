/// The reason a text is not a JSON Pointer.
package struct JSONPointerError: Error, Equatable, Sendable, CustomStringConvertible {
  package let text: String
  package let reason: String

  package var description: String { "\(text) is not a JSON Pointer: \(reason)" }
}

/// A path to a value inside a JSON text (RFC 6901): keys and array indexes.
package struct JSONPointer: Hashable, Sendable, CustomStringConvertible, Comparable {
  package var tokens: [String]

  package static let root = JSONPointer(tokens: [])

  package init(tokens: [String]) { self.tokens = tokens }

  /// Parses the string form: empty, or `/` before each token, with `~0` for `~` and `~1` for `/`.
  package init(parsing text: String) throws(JSONPointerError) {
    guard !text.utf8.isEmpty else {
      self = .root
      return
    }
    guard text.utf8.first == UInt8(ascii: "/") else {
      throw JSONPointerError(text: text, reason: "it has to start with /")
    }
    var tokens: [String] = []
    for part in text.utf8.dropFirst().split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    {
      var token: [UInt8] = []
      var bytes = part.makeIterator()
      while let byte = bytes.next() {
        guard byte == UInt8(ascii: "~") else {
          token.append(byte)
          continue
        }
        switch bytes.next() {
        case UInt8(ascii: "0"): token.append(UInt8(ascii: "~"))
        case UInt8(ascii: "1"): token.append(UInt8(ascii: "/"))
        default: throw JSONPointerError(text: text, reason: "~ has to be followed by 0 or 1")
        }
      }
      tokens.append(String(decoding: token, as: UTF8.self))
    }
    self.tokens = tokens
  }

  package func appending(_ token: String) -> JSONPointer { JSONPointer(tokens: tokens + [token]) }
  package func appending(_ index: Int) -> JSONPointer { appending(String(index)) }

  /// The pointer to the parent value; nil at the root.
  package var parent: JSONPointer? {
    tokens.isEmpty ? nil : JSONPointer(tokens: Array(tokens.dropLast()))
  }

  /// Whether `other` is this value or inside it.
  package func contains(_ other: JSONPointer) -> Bool {
    tokens.count <= other.tokens.count
      && zip(tokens, other.tokens).allSatisfy { $0.isSameText(as: $1) }
  }

  /// The string form of RFC 6901 §3.
  package var description: String {
    var text = ""
    for token in tokens {
      text += "/"
      for scalar in token.unicodeScalars {
        switch scalar {
        case "~": text += "~0"
        case "/": text += "~1"
        default: text.unicodeScalars.append(scalar)
        }
      }
    }
    return text
  }

  /// The form for a URI fragment, without `#` (RFC 6901 §6), percent-encoded as RFC 3986 requires.
  package var uriFragment: String {
    PercentEncoding.encoded(description, keeping: "-._~!$&'()*+,;=:@/?")
  }

  /// Returns the array index a token represents: digits without a leading zero.
  package static func index(_ token: String) -> Int? {
    guard let first = token.utf8.first, token.utf8.count <= 18,
      token.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      first != UInt8(ascii: "0") || token.utf8.count == 1
    else { return nil }
    return Int(token)
  }

  package static func == (left: Self, right: Self) -> Bool {
    left.tokens.count == right.tokens.count
      && zip(left.tokens, right.tokens).allSatisfy { $0.isSameText(as: $1) }
  }

  package func hash(into hasher: inout Hasher) {
    for token in tokens { hasher.combine(JSONName(token)) }
  }

  /// Compares token by token; array indexes by number, all else by bytes.
  package static func < (left: Self, right: Self) -> Bool {
    for (first, second) in zip(left.tokens, right.tokens) where !first.isSameText(as: second) {
      if let one = index(first), let two = index(second) { return one < two }
      return first.utf8.lexicographicallyPrecedes(second.utf8)
    }
    return left.tokens.count < right.tokens.count
  }
}
