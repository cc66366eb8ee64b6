package import JSONText

/// A place in a kind's schema as the model reads it: keys in order, titles, annotations.
///
/// Follows `$ref` inside the file and into the files vendored beside it; keywords next to a `$ref`
/// win over those behind it, as annotations of the nearer place.
package struct SchemaView: Sendable {
  /// The schema object and everything its `$ref` leads to, nearest first.
  package let layers: [JSONNode]
  private let files: SchemaFiles

  init(_ node: JSONNode, in files: SchemaFiles) {
    self.files = files
    var layers = [node]
    while let next = layers.last?["$ref"]?.string.flatMap({
      files.resolve($0, from: layers[layers.count - 1])
    }),
      layers.count < 16
    {
      layers.append(next)
    }
    self.layers = layers
  }

  package func keyword(_ name: String) -> JSONNode? {
    for layer in layers {
      if let value = layer[name] { return value }
    }
    return nil
  }

  package func property(_ name: String) -> SchemaView? {
    keyword("properties")?[name].map { SchemaView($0, in: files) }
  }

  package var items: SchemaView? {
    keyword("items").flatMap { $0.isObject ? SchemaView($0, in: files) : nil }
  }

  /// The declared keys, in the order of the canonical form.
  package var propertyNames: [String] {
    keyword("properties")?.members.compactMap { $0.key.string } ?? []
  }

  /// Whether keys beyond the declared ones are part of the shape (`additionalProperties` and kin).
  package var isOpen: Bool {
    keyword("properties") == nil || keyword("patternProperties") != nil
      || keyword("additionalProperties").map { $0.bool != false } ?? false
  }

  package var title: String? { keyword("title")?.string }
  package var summary: String? { keyword("description")?.string }
  package var types: [String] {
    guard let type = keyword("type") else { return [] }
    return type.string.map { [$0] } ?? type.elements.compactMap(\.string)
  }

  /// The values that `enum` or `const` allow, as they would be typed.
  package var choices: [String] {
    if let constant = keyword("const") { return [constant.plainText] }
    return keyword("enum")?.elements.map(\.plainText) ?? []
  }

  /// Long text, kept as a list of lines in the file.
  package var isText: Bool { keyword("x-docket-text") != nil }
  package var isPerson: Bool { keyword("x-docket-person")?.bool == true }
  package var isHidden: Bool { keyword("x-docket-hidden")?.bool == true }

  /// The key that names the items of a keyed list.
  package var itemKey: String? { keyword("x-docket-merge")?["by"]?.string }

  /// Whether a string may stand here; an `enum` without a `type` says so by its values.
  package var acceptsStrings: Bool {
    let types = types
    if !types.isEmpty { return types.contains("string") }
    if let constant = keyword("const") { return constant.isString }
    return keyword("enum")?.elements.contains { $0.isString } ?? true
  }

  /// The allowed value that is typed as `text`, where the values are listed.
  package func choice(typed text: String) -> JSONValue? {
    let values = keyword("const").map { [$0] } ?? keyword("enum").map { Array($0.elements) } ?? []
    return values.first { $0.plainText == text }?.value
  }

  /// The view at a place of an instance; array positions and item ids both lead to the items.
  package func at(_ pointer: JSONPointer) -> SchemaView? {
    var view = self
    for token in pointer.tokens {
      guard let next = view.property(token) ?? view.items else { return nil }
      view = next
    }
    return view
  }
}

extension SchemaView: JSONKeyOrder {
  package func rank(of key: String) -> Int? { propertyNames.firstIndex(of: key) }

  package func order(forProperty key: String) -> (any JSONKeyOrder)? { property(key) }

  package func orderForItems() -> (any JSONKeyOrder)? { items }
}

extension JSONNode {
  /// The value as a person would type it: strings bare, everything else as JSON.
  package var plainText: String { value.plainText }
}

extension JSONValue {
  /// The value as a person would type it: strings bare, everything else as JSON.
  package var plainText: String {
    string ?? String(decoding: JSONPrinter.compact(self), as: UTF8.self)
  }
}

/// The schema files of one revision by name, `common.schema.json` among them.
package struct SchemaFiles: Sendable {
  package let documents: [String: JSONDocument]

  /// The object that `reference`, read in the file of `node`, points at.
  func resolve(_ reference: String, from node: JSONNode) -> JSONNode? {
    let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let document = parts[0].isEmpty ? node.document : document(named: String(parts[0]))
    guard let document else { return nil }
    guard parts.count == 2, let pointer = try? JSONPointer(parsing: String(parts[1])) else {
      return document.root
    }
    return document.root.node(at: pointer)
  }

  /// The file that a URI means: by `$id`, or by its last component beside the others.
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
  /// The file and every file that its `$ref`s lead to.
  package func closure(of name: String) -> Set<String> {
    var found: Set<String> = []
    var pending = [name]
    while let next = pending.popLast() {
      guard let document = documents[next], found.insert(next).inserted else { continue }
      pending += references(in: document.root)
    }
    return found
  }

  /// The names of other files that a part of a schema refers to.
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
