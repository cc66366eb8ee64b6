import JSONText

/// The formats of validation §7.3, used when `format` is an assertion.
///
/// Each follows the grammar of the document that the specification names. Not checked: that
/// internationalized labels are in normalization form C, and contextual joining beyond Arabic.
enum Format: String, Sendable, CaseIterable {
  case dateTime = "date-time"
  case date, time, duration
  case email
  case idnEmail = "idn-email"
  case hostname
  case idnHostname = "idn-hostname"
  case ipv4, ipv6
  case uri
  case uriReference = "uri-reference"
  case iri
  case iriReference = "iri-reference"
  case uriTemplate = "uri-template"
  case uuid
  case jsonPointer = "json-pointer"
  case relativeJSONPointer = "relative-json-pointer"
  case regex

  /// Whether it is of days and times.
  var isOfTime: Bool { [.date, .time, .dateTime].contains(self) }

  func matches(_ text: String) -> Bool {
    switch self {
    case .dateTime: DateFormats.isDateTime(text)
    case .date: DateFormats.isDate(text.utf8[...])
    case .time: DateFormats.isTime(text.utf8[...])
    case .duration: FormatPatterns.matches(FormatPatterns.duration, text)
    case .email: EmailFormat.isAddress(text, international: false)
    case .idnEmail: EmailFormat.isAddress(text, international: true)
    case .hostname: HostName.isValid(text, international: false)
    case .idnHostname: HostName.isValid(text, international: true)
    case .ipv4: IPAddress.isVersion4(text[...])
    case .ipv6: IPAddress.isVersion6(text[...])
    case .uri: URIFormat.isValid(text, relative: false, international: false)
    case .uriReference: URIFormat.isValid(text, relative: true, international: false)
    case .iri: URIFormat.isValid(text, relative: false, international: true)
    case .iriReference: URIFormat.isValid(text, relative: true, international: true)
    case .uriTemplate: URITemplate.isValid(text)
    case .uuid: FormatPatterns.matches(FormatPatterns.uuid, text)
    case .jsonPointer: (try? JSONPointer(parsing: text)) != nil
    case .relativeJSONPointer: Self.isRelativePointer(text)
    case .regex: FormatPatterns.isPattern(text)
    }
  }
}

extension Format {
  /// The number of levels up, then `#` or a pointer (draft-bhutton-relative-json-pointer-00 §3).
  fileprivate static func isRelativePointer(_ text: String) -> Bool {
    let digits = text.utf8.prefix { (0x30...0x39).contains($0) }
    guard let first = digits.first, first != 0x30 || digits.count == 1 else { return false }
    let rest = String(text.utf8.dropFirst(digits.count)) ?? "?"
    return rest == "#" || (try? JSONPointer(parsing: rest)) != nil
  }
}

/// Formats that are best written as regular expressions.
enum FormatPatterns {
  /// RFC 3339 appendix A.
  static let duration = try? Pattern(
    "^P(?:[0-9]+W|(?=.)(?:[0-9]+D|[0-9]+M(?:[0-9]+D)?|[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?)?"
      + "(?:T(?:[0-9]+S|[0-9]+M(?:[0-9]+S)?|[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?))?)$")

  /// RFC 9562 §4.
  static let uuid = try? Pattern("^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$")

  static func isPattern(_ text: String) -> Bool {
    do throws(PatternError) {
      _ = try Pattern(text)
      return true
    } catch {
      return error.isUnsupported
    }
  }

  /// Returns `false` for a pattern that does not compile; a test makes sure that all do.
  static func matches(_ pattern: Pattern?, _ text: String) -> Bool {
    pattern?.match(text) == .match
  }
}
