import JSONText

/// Phrases for values and locations in messages.
enum Wording {
  /// Returns a dotted path: `evidence.2.team`.
  static func subject(_ pointer: JSONPointer) -> String {
    guard let first = pointer.tokens.first else { return "the value" }
    // If the root is a list, a bare number would be the subject of the sentence.
    let isItem = !first.isEmpty && first.utf8.allSatisfy { (0x30...0x39).contains($0) }
    return (isItem ? "item " : "") + pointer.tokens.map(name).joined(separator: ".")
  }

  /// Returns a key, in quotes if its end would be unclear.
  private static func name(_ key: String) -> String {
    let text = cut(key, 80)
    let isPlain = text.unicodeScalars.allSatisfy {
      $0 != "." && !$0.properties.isWhitespace && $0.properties.generalCategory != .control
        && $0.properties.generalCategory != .format
    }
    return isPlain && !text.isEmpty ? text : JSONPrinter.quoted(text)
  }

  /// Returns a text, truncated if it is longer than `limit`.
  static func cut(_ text: String, _ limit: Int) -> String {
    guard text.utf8.count > limit,
      let end = text.index(text.startIndex, offsetBy: limit, limitedBy: text.endIndex),
      end < text.endIndex
    else { return text }
    return text[..<(text.index(end, offsetBy: -3))] + "…"
  }

  static func number(_ number: JSONNumber) -> String { cut(number.text, 60) }

  static func pattern(_ pattern: String) -> String { cut(pattern, 200) }

  /// Returns the last key of a location, named as a key.
  static func key(_ pointer: JSONPointer) -> String {
    "the key \(JSONPrinter.quoted(cut(pointer.tokens.last ?? "", 80)))"
  }

  /// Returns the compact JSON text of a value, truncated if it is long.
  static func value(_ value: JSONValue) -> String {
    let text = String(decoding: JSONPrinter.compact(value), as: UTF8.self)
    let short = cut(text, 60)
    return value.string == nil || short.utf8.count == text.utf8.count ? short : short + "\""
  }

  static func list(_ values: [JSONValue]) -> String {
    let shown = values.prefix(12).map(value).joined(separator: ", ")
    return values.count > 12 ? "\(shown) and \(values.count - 12) more" : shown
  }

  static func count(_ count: Int, _ noun: String) -> String {
    count == 0 ? "no \(noun)s" : count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
  }

  static func kind(_ value: JSONValue) -> String {
    switch value {
    case .number(let number):
      number.isInteger ? "the number \(Self.number(number))" : Self.number(number)
    case .bool, .null: Self.value(value)
    default: value.kind.words
    }
  }

  static func types(_ names: [String]) -> String {
    let words = names.filter { $0 != "integer" || !names.contains("number") }.map {
      switch $0 {
      case "integer", "array", "object": "an \($0)"
      case "null": "null"
      default: "a \($0)"
      }
    }
    guard let last = words.last, words.count > 1 else { return words.first ?? "nothing" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }

  static func format(_ name: String) -> String {
    switch name {
    case "date": "a date (YYYY-MM-DD)"
    case "time": "a time with its offset (hh:mm:ssZ)"
    case "date-time": "a date and time (YYYY-MM-DDThh:mm:ssZ)"
    case "duration": "a duration (P1DT12H)"
    case "email", "idn-email": "an e-mail address"
    case "hostname", "idn-hostname": "a host name"
    case "ipv4": "an IPv4 address"
    case "ipv6": "an IPv6 address"
    case "uri": "a URI"
    case "uri-reference": "a URI or a relative reference"
    case "uri-template": "a URI template"
    case "iri": "an IRI"
    case "iri-reference": "an IRI or a relative reference"
    case "uuid": "a UUID"
    case "regex": "a regular expression"
    case "json-pointer": "a JSON Pointer"
    case "relative-json-pointer": "a relative JSON Pointer"
    default: "the format \(name)"
    }
  }
}
