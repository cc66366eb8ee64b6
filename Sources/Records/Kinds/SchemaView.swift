package import JSONText
import Synchronization

/// A subschema of a kind's schema: its keys in order, titles and annotations.
///
/// Follows `$ref` inside the file and into the files vendored beside it; keywords next to a `$ref`
/// override those in its target. What a walk over many records asks for is looked up in the schema
/// once.
package final class SchemaView: Sendable {
  /// The schema object and the chain of its `$ref` targets, nearest first.
  package let layers: [JSONNode]
  private let files: SchemaFiles
  /// Keys that come first, whether the schema declares them or not.
  private let leading: [String]
  private let known = AtomicLazyReference<Inside>()

  /// The direct contents of a place. Nested places are resolved on demand, so recursive schemas are
  /// fine.
  private final class Inside: Sendable {
    let names: [String]
    let properties: [JSONName: (rank: Int, view: SchemaView)]
    let items: SchemaView?
    let isOpen: Bool
    let isPerson: Bool
    let itemKey: String?
    let dateKeys: [String]

    init(_ view: SchemaView) {
      var names = view.leading
      var properties: [JSONName: (rank: Int, view: SchemaView)] = [:]
      for (rank, name) in names.enumerated() {
        properties[JSONName(name)] = (rank, SchemaView(ofAnythingIn: view.files))
      }
      let declared = view.keyword("properties")
      if let declared {
        for member in declared.members {
          let name = member.key.string ?? ""
          let rank = properties[JSONName(name)]?.rank
          properties[JSONName(name)] = (
            rank ?? names.count, SchemaView(member.value, in: view.files)
          )
          if rank == nil { names.append(name) }
        }
      }
      self.names = names
      dateKeys = names.filter {
        properties[JSONName($0)]?.view.keyword("format")?.string == "date"
      }
      self.properties = properties
      itemKey = view.keyword("x-docket-merge")?["by"]?.string
      let leading = [itemKey].compactMap { $0 }
      items = view.keyword("items").flatMap {
        $0.isObject ? SchemaView($0, in: view.files, leading: leading) : nil
      }
      isOpen =
        declared == nil || view.keyword("patternProperties") != nil
        || view.keyword("additionalProperties").map { $0.bool != false } ?? false
      isPerson = view.keyword("x-docket-person")?.bool == true
    }
  }

  private var inside: Inside {
    // Two threads may compute this at once; the results are equal and one is kept.
    known.load() ?? known.storeIfNil(Inside(self))
  }

  /// Makes the view of a place that no schema describes.
  private init(ofAnythingIn files: SchemaFiles) {
    self.files = files
    leading = []
    layers = []
  }

  /// - Parameter leading: keys that come first, declared or not.
  init(_ node: JSONNode, in files: SchemaFiles, leading: [String] = []) {
    self.files = files
    self.leading = leading
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

  /// Whether `property` knows the key, without resolving the key's own schema.
  package func hasProperty(_ name: String) -> Bool {
    leading.contains(name) || keyword("properties")?[name] != nil
  }

  package func property(_ name: String) -> SchemaView? {
    inside.properties[JSONName(name)]?.view
  }

  package var items: SchemaView? { inside.items }

  /// The declared keys, in the order of the canonical form.
  package var propertyNames: [String] { inside.names }

  /// Whether keys beyond the declared ones are allowed (`additionalProperties` and similar).
  package var isOpen: Bool { inside.isOpen }

  package var title: String? {
    keyword("title")?.string.map { DeceptiveCharacters.shown(in: $0, lines: .spaces) }
  }
  package var summary: String? { keyword("description")?.string }
  package var types: [String] {
    guard let type = keyword("type") else { return [] }
    return type.string.map { [$0] } ?? type.elements.compactMap(\.string)
  }

  /// The values that `enum` or `const` allow, as a user would type them.
  package var choices: [String] {
    if let constant = keyword("const") { return [constant.plainText] }
    return keyword("enum")?.elements.map(\.plainText) ?? []
  }

  /// Whether this is long text, stored as a list of lines.
  package var isText: Bool { keyword("x-docket-text") != nil }
  package var isPerson: Bool { inside.isPerson }
  /// Whether a pseudonym is allowed here.
  package var isPseudonym: Bool { keyword("x-docket-pseudonym")?.bool == true }
  package var isHidden: Bool { keyword("x-docket-hidden")?.bool == true }

  /// The key that identifies the items of a keyed list.
  package var itemKey: String? { inside.itemKey }

  /// The keys that hold a date, in the order of the canonical form.
  var dateKeys: [String] { inside.dateKeys }

  /// Whether a string is allowed here; for an `enum` without a `type`, whether one of its values is
  /// a string.
  package var acceptsStrings: Bool {
    let types = types
    if !types.isEmpty { return types.contains("string") }
    if let constant = keyword("const") { return constant.isString }
    return keyword("enum")?.elements.contains { $0.isString } ?? true
  }

  /// Returns the value of `enum` or `const` that a user types as `text`.
  package func choice(typed text: String) -> JSONValue? {
    let values = keyword("const").map { [$0] } ?? keyword("enum").map { Array($0.elements) } ?? []
    return values.first { $0.plainText == text }?.value
  }

  /// Returns the view at a place of an instance; array positions and item ids both select the
  /// items.
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
  package func rank(of key: String) -> Int? { inside.properties[JSONName(key)]?.rank }

  package func order(forProperty key: String) -> (any JSONKeyOrder)? { property(key) }

  package func orderForItems() -> (any JSONKeyOrder)? { items }
}

extension JSONNode {
  /// The value as a user would type it: strings bare, everything else as JSON.
  package var plainText: String { value.plainText }
}

extension JSONValue {
  /// The value as a user would type it: strings bare, everything else as JSON.
  package var plainText: String {
    string ?? String(decoding: JSONPrinter.compact(self), as: UTF8.self)
  }
}
