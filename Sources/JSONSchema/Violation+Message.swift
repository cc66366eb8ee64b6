import JSONText

extension Violation {
  /// One sentence in words, without full stop: `severity is 7; at most 5`.
  package var message: String {
    let it = Wording.subject(pointer)
    switch failure {
    case .wrongType(let expected, let found):
      return "\(it) is \(Wording.kind(found)); \(Wording.types(expected)) is expected"
    case .notConstant(let expected, let found):
      return "\(it) is \(Wording.value(found)); \(Wording.value(expected)) is expected"
    case .notInEnum(let allowed, let found, let nearest):
      let hint = nearest.map { "did you mean \(Wording.value($0))? " } ?? ""
      return "\(it) is \(Wording.value(found)); \(hint)one of \(Wording.list(allowed))"
    case .aboveMaximum(let limit, let found): return "\(it) is \(found); at most \(limit)"
    case .belowMinimum(let limit, let found): return "\(it) is \(found); at least \(limit)"
    case .notBelow(let limit, let found): return "\(it) is \(found); less than \(limit)"
    case .notAbove(let limit, let found): return "\(it) is \(found); more than \(limit)"
    case .notMultiple(let unit, let found):
      return "\(it) is \(found); a multiple of \(unit) is expected"
    case .tooLong(let limit, let found):
      return "\(it) has \(Wording.count(found, "character")); at most \(limit)"
    case .tooShort(let limit, let found):
      return found == 0 && limit == 1
        ? "\(it) is empty"
        : "\(it) has \(Wording.count(found, "character")); at least \(limit)"
    case .patternMismatch(let pattern, let found):
      return "\(it) is \(Wording.value(.string(found))); it does not match \(pattern)"
    case .matchLimit(let pattern):
      return "\(it) cannot be matched against \(pattern) within the limit of steps"
    case .wrongFormat(let format, let found):
      return "\(it) is \(Wording.value(.string(found))); \(Wording.format(format)) is expected"
    case .tooManyItems(let limit, let found):
      return "\(it) has \(Wording.count(found, "item")); at most \(limit)"
    case .tooFewItems(let limit, let found):
      return found == 0 && limit == 1
        ? "\(it) is empty" : "\(it) has \(Wording.count(found, "item")); at least \(limit)"
    case .unexpectedItem(let place):
      return place == 0
        ? "\(Wording.subject(pointer.parent ?? .root)) has to be empty"
        : "\(it) is one item too many"
    case .notUnique(let first, let second):
      return "\(it) has the same item twice, at places \(first + 1) and \(second + 1)"
    case .tooFewContained(let minimum, let found):
      return found == 0 && minimum == 1
        ? "\(it) lacks an item of the kind that is asked for"
        : "\(it) has \(Wording.count(found, "item")) of the kind that is asked for; "
          + "at least \(minimum)"
    case .tooManyContained(let maximum, let found):
      return "\(it) has \(Wording.count(found, "item")) of a limited kind; at most \(maximum)"
    case .tooManyMembers(let limit, let found):
      return "\(it) has \(Wording.count(found, "key")); at most \(limit)"
    case .tooFewMembers(let limit, let found):
      return "\(it) has \(Wording.count(found, "key")); at least \(limit)"
    case .missing(let keys): return missing(keys)
    case .missingBeside(let key, let keys):
      return "\(missing(keys)); \(key) asks for \(keys.count == 1 ? "it" : "them")"
    case .unknownKey(_, let nearest):
      let hint = nearest.map { "; did you mean \(Wording.value(.string($0)))?" } ?? ""
      return "\(it) is not a known key\(hint)"
    case .noBranch:
      if let only = causes.first, causes.count == 1 { return only.message }
      if !causes.isEmpty { return causes.map(\.message).joined(separator: "; ") }
      return "\(it) fits none of the forms allowed here"
    case .severalBranches(let matching):
      let places = matching.map { String($0 + 1) }.joined(separator: " and ")
      return
        "\(it) fits more than one of the forms allowed here (\(places)); exactly one is asked for"
    case .forbidden: return "\(it) is of a form that is not allowed here"
    case .notAllowed: return "\(it) is not allowed here"
    case .endlessReference(let location):
      return "\(it) cannot be checked: \(location) refers to itself without end"
    case .tooDeep: return "\(it) cannot be checked: schemas are nested too deeply"
    case .tooMuchWork: return "\(it) cannot be checked: it would take too much work"
    }
  }

  private func missing(_ keys: [String]) -> String {
    let names = keys.map { Wording.subject(pointer.appending($0)) }
    guard let last = names.last, names.count > 1 else {
      return "\(names.first ?? "a key") is missing"
    }
    return "\(names.dropLast().joined(separator: ", ")) and \(last) are missing"
  }
}

/// Words for values and places.
enum Wording {
  /// A dotted path: `evidence.2.team`.
  static func subject(_ pointer: JSONPointer) -> String {
    guard !pointer.tokens.isEmpty else { return "the value" }
    return pointer.tokens.map {
      $0.isEmpty || $0.unicodeScalars.contains { $0.value < 0x20 || $0 == "." }
        ? JSONPrinter.quoted($0) : $0
    }.joined(separator: ".")
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
