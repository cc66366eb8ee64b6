import JSONText
import Records
import Store

/// The manual page of docket's own files, from their schemas.
struct ConfigManual {
  let title: String

  var text: String {
    var text = title
    text += ".SH NAME\ndocket\\-config \\- what a team decided about its tracker, and who is who\n"
    text += ".SH SYNOPSIS\n.B \\&.docket/config.json\n.br\n.B \\&.docket/people.json\n"
    text += ".SH DESCRIPTION\n"
    text += Roff.prose(
      """
      Both are JSON and lie in the repository, beside the records that they are about. A change to \
      them is checked against what was there before it: who may make it, the config says under policy.

      Editors complete both by the schema that their first key names. docket check validates them.
      """)
    for (heading, file) in [
      ("\\&.docket/config.json", "config.schema.json"),
      ("\\&.docket/people.json", "people.schema.json"),
    ] {
      guard let schema = Self.schema(file) else { continue }
      text += ".SH \(heading)\n" + Roff.prose(schema["description"]?.string ?? "")
      text += rows(of: schema, root: schema, under: "")
    }
    return text
      + ".SH SEE ALSO\n\\fBdocket\\fR(1),\n\\fBdocket\\-check\\fR(1),\n\\fBdocket\\-schema\\fR(1)\n"
  }

  private static func schema(_ file: String) -> JSONValue? {
    guard let entry = BuiltIn.schemas.first(where: { $0.name == file }) else { return nil }
    return try? JSONDocument(parsing: entry.text).root.value
  }

  /// Returns each key and the keys below it, dotted; `[]` marks those in a list.
  private func rows(of schema: JSONValue, root: JSONValue, under parent: String, depth: Int = 0)
    -> String
  {
    guard depth < 6 else { return "" }
    return (schema["properties"]?.object?.members ?? []).filter { $0.key != "$schema" }.map {
      member in
      let name = parent.isEmpty ? member.key : parent + "." + member.key
      let shape = resolved(member.value, root)
      var words = member.value["description"]?.string ?? shape["description"]?.string ?? ""
      if let values = shape["enum"]?.array {
        words += " One of " + values.map(\.plainText).joined(separator: ", ") + "."
      }
      if let standard = shape["default"] ?? member.value["default"] {
        words += " Without it: " + Self.compact(standard) + "."
      }
      if let example = (member.value["examples"] ?? shape["examples"])?.array?.first {
        words += " Example: " + Self.compact(example)
      }
      var text = ".TP\n.B \(Roff.literal(name))\n" + Roff.prose(words)
      text += rows(of: shape, root: root, under: name, depth: depth + 1)
      if let items = shape["items"] {
        text += rows(of: resolved(items, root), root: root, under: name + "[]", depth: depth + 1)
      }
      return text
    }.joined()
  }

  /// Resolves a property's reference, within its own file or the shared one.
  private func resolved(_ schema: JSONValue, _ root: JSONValue) -> JSONValue {
    guard let reference = schema["$ref"]?.string,
      let name = reference.split(separator: "/").last.map(String.init)
    else { return schema }
    let file = reference.hasPrefix("#") ? root : Self.schema("common.schema.json")
    return file?["$defs"]?[name] ?? schema
  }

  private static func compact(_ value: JSONValue) -> String {
    String(decoding: JSONPrinter.compact(value), as: UTF8.self)
  }
}
