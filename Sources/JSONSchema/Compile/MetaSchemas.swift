import JSONText

/// The meta-schemas of draft 2020-12, as json-schema.org publishes them.
enum MetaSchemas {
  /// The meta-schema of an absolute URI without fragment, or nil.
  static func document(_ uri: String) -> JSONDocument? {
    texts[uri].flatMap { try? JSONDocument(parsing: $0) }
  }

  private static let base = "https://json-schema.org/draft/2020-12/"

  private static let texts: [String: String] = [
    base + "schema": schema,
    base + "meta/core": core,
    base + "meta/applicator": applicator,
    base + "meta/unevaluated": unevaluated,
    base + "meta/validation": validation,
    base + "meta/meta-data": metaData,
    base + "meta/format-annotation": formatAnnotation,
    base + "meta/format-assertion": formatAssertion,
    base + "meta/content": content,
  ]
}
