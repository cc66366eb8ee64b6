/// The reason a text is not JSON (RFC 8259), and the byte offset.
package struct JSONSyntaxError: Error, Equatable, Sendable, CustomStringConvertible {
  package enum Code: String, Sendable, CaseIterable {
    case emptyText
    case byteOrderMark
    case tooLarge
    case tooDeep
    case tooMany
    case expectedValue
    case expectedKey
    case expectedColon
    case expectedCommaOrBracket
    case expectedCommaOrBrace
    case trailingComma
    case textAfterValue
    case unterminatedArray
    case unterminatedObject
    case unterminatedString
    case controlCharacter
    case invalidEscape
    case invalidUnicodeEscape
    case loneSurrogate
    case invalidUTF8
    case invalidLiteral
    case invalidNumber
    case leadingZero
  }

  package let code: Code

  /// UTF-8 bytes from the start of the text, from 0.
  package let offset: Int

  /// The character found instead of the expected one.
  let found: Unicode.Scalar?

  package init(code: Code, offset: Int) { self.init(code: code, offset: offset, found: nil) }

  init(code: Code, offset: Int, found: Unicode.Scalar?) {
    self.code = code
    self.offset = offset
    self.found = found
  }

  package static func == (left: Self, right: Self) -> Bool {
    left.code == right.code && left.offset == right.offset
  }

  /// The reason, without the position.
  package var message: String {
    guard let found else { return expectation }
    if "/#".unicodeScalars.contains(found) { return expectation + "; JSON has no comments" }
    let isSpace = found.properties.isWhitespace
    let isHidden = isSpace || [.control, .format].contains(found.properties.generalCategory)
    guard isHidden else {
      return code == .expectedValue ? "\(expectation), not \(found)" : expectation
    }
    let name = found.properties.name ?? found.properties.nameAlias
    let digits = HexDigits.padded(found.value, to: 4)
    return "\(expectation), not U+\(digits)\(name.map { " (\($0.lowercased()))" } ?? "")"
      + (isSpace ? "; JSON's white space is space, tab and line ends" : "")
  }

  private var expectation: String {
    switch code {
    case .emptyText: "the text is empty; a JSON value is expected"
    case .byteOrderMark: "the text starts with a byte order mark; remove it"
    case .tooLarge: "the text is larger than \(JSONLimits.standard.maximumBytes >> 20) MB"
    case .tooDeep:
      "arrays and objects are nested more than \(JSONLimits.standard.maximumDepth) deep"
    case .tooMany:
      "the text has more than \(JSONLimits.stored.maximumValues) values and keys"
    case .expectedValue: "expected a value"
    case .expectedKey: "expected a key in double quotes"
    case .expectedColon: "expected ':' after the key"
    case .expectedCommaOrBracket: "expected ',' or ']' after an array element"
    case .expectedCommaOrBrace: "expected ',' or '}' after a member"
    case .trailingComma: "a comma before the closing bracket; remove it"
    case .textAfterValue: "text after the end of the value"
    case .unterminatedArray: "the text ends inside an array; ']' is missing"
    case .unterminatedObject: "the text ends inside an object; '}' is missing"
    case .unterminatedString: "the text ends inside a string; '\"' is missing"
    case .controlCharacter: "a control character in a string; write it as an escape, such as \\n"
    case .invalidEscape: "an unknown escape; known are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX"
    case .invalidUnicodeEscape: "\\u takes four hexadecimal digits"
    case .loneSurrogate: "half of a surrogate pair; both \\u escapes are needed"
    case .invalidUTF8: "the bytes are not UTF-8"
    case .invalidLiteral: "an unknown word; known are true, false and null"
    case .invalidNumber: "not a number as JSON writes them"
    case .leadingZero: "a number may not start with 0 and another digit"
    }
  }

  package var description: String { "byte \(offset): \(message)" }
}
