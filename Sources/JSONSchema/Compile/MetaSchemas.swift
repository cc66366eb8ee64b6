import JSONText

/// The meta-schemas of draft 2020-12, as json-schema.org publishes them: the files of `schema/meta`,
/// embedded by the build.
enum MetaSchemas {
  /// Returns the meta-schema of an absolute URI without fragment, or `nil` if `uri` names none.
  static func document(_ uri: String) -> JSONDocument? {
    guard uri.hasPrefix(base) else { return nil }
    let rest = uri.dropFirst(base.count)
    let name = rest == "schema" ? rest : rest.hasPrefix("meta/") ? rest.dropFirst(5) : ""
    guard let file = EmbeddedFiles.meta.first(where: { $0.name == "\(name).json" }),
      (rest == "schema") == (file.name == "schema.json")
    else { return nil }
    return file.text.withUTF8Buffer { try? JSONDocument(parsing: Array($0)) }
  }

  private static let base = "https://json-schema.org/draft/2020-12/"
}
