/// The vocabularies of 2020-12 (core §8.1.2) that a schema's meta-schema enables.
struct Dialect: OptionSet, Sendable {
  let rawValue: Int

  static let core = Dialect(rawValue: 1)
  static let applicator = Dialect(rawValue: 2)
  static let unevaluated = Dialect(rawValue: 4)
  static let validation = Dialect(rawValue: 8)
  static let metaData = Dialect(rawValue: 16)
  static let formatAnnotation = Dialect(rawValue: 32)
  static let formatAssertion = Dialect(rawValue: 64)
  static let content = Dialect(rawValue: 128)

  /// The vocabularies that `https://json-schema.org/draft/2020-12/schema` enables.
  static let standard: Dialect = [
    .core, .applicator, .unevaluated, .validation, .metaData, .formatAnnotation, .content,
  ]

  static let standardURI = "https://json-schema.org/draft/2020-12/schema"

  /// Returns the vocabulary with the given URI, or `nil` if it is unknown.
  static func vocabulary(_ uri: String) -> Dialect? {
    let prefix = "https://json-schema.org/draft/2020-12/vocab/"
    guard uri.hasPrefix(prefix) else { return nil }
    return switch uri.dropFirst(prefix.count) {
    case "core": .core
    case "applicator": .applicator
    case "unevaluated": .unevaluated
    case "validation": .validation
    case "meta-data": .metaData
    case "format-annotation": .formatAnnotation
    case "format-assertion": .formatAssertion
    case "content": .content
    default: nil
    }
  }

  /// Returns whether the URI names a published draft other than 2020-12.
  static func isOtherDraft(_ uri: String) -> Bool {
    uri.contains("json-schema.org/") && uri.contains("schema") && uri != standardURI
  }
}
