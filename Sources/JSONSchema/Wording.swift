import JSONText

/// Words for values and places.
enum Wording {
  /// A dotted path: `evidence.2.team`.
  static func subject(_ pointer: JSONPointer) -> String {
    guard let first = pointer.tokens.first else { return "the value" }
    // Of a list by itself, a bare number would be the subject of the sentence.
    let isItem = !first.isEmpty && first.utf8.allSatisfy { (0x30...0x39).contains($0) }
    return (isItem ? "item " : "")
      + pointer.tokens.map {
        $0.isEmpty || $0.unicodeScalars.contains { $0.value < 0x20 || $0 == "." }
          ? JSONPrinter.quoted($0) : $0
      }.joined(separator: ".")
  }

  /// The last key of a place, as a key.
  static func key(_ pointer: JSONPointer) -> String {
    "the key \(JSONPrinter.quoted(pointer.tokens.last ?? ""))"
  }

  /// The compact text of a value, cut if it is long.
  static func value(_ value: JSONValue) -> String {
    let text = String(decoding: JSONPrinter.compact(value), as: UTF8.self)
    guard text.count > 60 else { return text }
    return text.prefix(57) + "…" + (value.string == nil ? "" : "\"")
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
    case .number(let number): number.isInteger ? "the number \(number)" : "\(number)"
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
