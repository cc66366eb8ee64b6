package import JSONText

/// The schema files of one revision by name, including `common.schema.json`.
package struct SchemaFiles: Sendable {
  package let documents: [String: JSONDocument]

  /// Returns the target of `reference`, a `$ref` in the file of `node`.
  func resolve(_ reference: String, from node: JSONNode) -> JSONNode? {
    let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let document = parts[0].isEmpty ? node.document : document(named: String(parts[0]))
    guard let document else { return nil }
    guard parts.count == 2, let pointer = try? JSONPointer(parsing: String(parts[1])) else {
      return document.root
    }
    return document.root.node(at: pointer)
  }

  /// Returns the file that a URI refers to, by its last component or by `$id`.
  package func document(named uri: String) -> JSONDocument? {
    if let name = uri.split(whereSeparator: { $0 == "/" || $0 == ":" }).last,
      let document = documents[String(name)]
    {
      return document
    }
    return documents.values.first { $0.root["$id"]?.string == uri }
  }
}

extension SchemaFiles {
  /// Returns the file and every file that its `$ref`s reach.
  package func closure(of name: String) -> Set<String> {
    var found: Set<String> = []
    var pending = [name]
    while let next = pending.popLast() {
      guard let document = documents[next], found.insert(next).inserted else { continue }
      pending += references(in: document.root)
    }
    return found
  }

  /// Returns the names of other files that a part of a schema refers to.
  private func references(in node: JSONNode) -> [String] {
    switch node.kind {
    case .object:
      return node.members.flatMap { key, value -> [String] in
        if key.string == "$ref", let reference = value.string, !reference.hasPrefix("#") {
          let uri = reference.split(separator: "#", maxSplits: 1).first.map(String.init) ?? ""
          return documents.keys.filter { $0 == uri || documents[$0]?.root["$id"]?.string == uri }
        }
        return references(in: value)
      }
    case .array: return node.elements.flatMap { references(in: $0) }
    default: return []
    }
  }
}
