package import JSONText

/// The places in records that a typed key matches: `evidence` and everything in it,
/// `evidence.k3x9q.team` of one item, `evidence.team` of every item.
package struct FieldPattern: Sendable {
  package let text: String
  package let tokens: [String]

  package init(_ text: String) throws(KeyProblem) {
    self.text = text
    tokens = try FieldKey.tokens(text)
  }

  package init(tokens: [String]) {
    text = tokens.joined(separator: ".")
    self.tokens = tokens
  }

  /// The record's top-level key that contains the place.
  package var topLevelKey: String? { tokens.first }

  /// Whether a place matches or is inside a match.
  package func covers(_ pointer: JSONPointer, key: String) -> Bool {
    rest(after: pointer, key: key)?.isEmpty == true
  }

  /// Whether the pattern names an item of a list, or the whole list.
  package func names(list: String, item: String) -> Bool {
    tokens.first == list && (tokens.count == 1 || tokens[1] == item)
  }

  /// Returns the parts of a change that match; of an added or removed subtree, possibly only some.
  package func parts(of change: FieldChange) -> [FieldChange] {
    guard let rest = rest(after: change.pointer, key: change.key) else { return [] }
    if rest.isEmpty { return [change] }
    guard change.before == nil || change.after == nil, let whole = change.after ?? change.before
    else { return [] }
    return Self.places(in: whole, rest).map { place in
      FieldChange(
        pointer: JSONPointer(tokens: change.pointer.tokens + place.pointer),
        key: ([change.key] + place.names).joined(separator: "."),
        before: change.before == nil ? nil : place.value,
        after: change.after == nil ? nil : place.value)
    }
  }

  /// Returns the tokens left after matching a place; `nil` if the place doesn't match.
  private func rest(after pointer: JSONPointer, key: String) -> ArraySlice<String>? {
    let names = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let isNamed = names.count == pointer.tokens.count
    var rest = tokens[...]
    for (index, token) in pointer.tokens.enumerated() {
      guard let next = rest.first else { return rest }
      if next == token || isNamed && next == names[index] {
        rest = rest.dropFirst()
      } else if JSONPointer.index(token) == nil {
        return nil
      }
    }
    return rest
  }

  private static func places(in value: JSONValue, _ tokens: ArraySlice<String>) -> [(
    pointer: [String], names: [String], value: JSONValue
  )] {
    guard let token = tokens.first else { return [([], [], value)] }
    if let items = value.array {
      return items.enumerated().flatMap { index, item in
        let name = item["id"]?.string ?? String(index)
        let rest = token == name || token == String(index) ? tokens.dropFirst() : tokens
        return places(in: item, rest).map {
          ([String(index)] + $0.pointer, [name] + $0.names, $0.value)
        }
      }
    }
    guard let member = value[token] else { return [] }
    return places(in: member, tokens.dropFirst()).map {
      ([token] + $0.pointer, [token] + $0.names, $0.value)
    }
  }

  /// Returns a problem with a spelling suggestion if no kind has the key; `nil` if one does.
  package func problem(among kinds: [Kind]) -> KeyProblem? {
    var nearest: [String] = []
    for kind in kinds where Self.isKnown(tokens[...], in: kind.view, before: "", &nearest) {
      return nil
    }
    return KeyProblem(
      "no kind here has the key \"\(text)\""
        + Spelling.question(for: text, among: nearest))
  }

  /// - Parameter keys: receives the known keys at the point where matching fails.
  private static func isKnown(
    _ tokens: ArraySlice<String>, in view: SchemaView, before: String, _ keys: inout [String]
  ) -> Bool {
    guard let token = tokens.first else { return true }
    if let next = view.property(token) {
      return isKnown(tokens.dropFirst(), in: next, before: before + token + ".", &keys)
    }
    if let items = view.items {
      let isItem =
        JSONPointer.index(token) != nil
        || (ItemID.isValid(token) || view.itemKey.map { $0 != "id" } ?? false)
          && Spelling.nearest(to: token, among: items.propertyNames) == nil
      if isItem {
        return isKnown(tokens.dropFirst(), in: items, before: before + token + ".", &keys)
      }
      return isKnown(tokens, in: items, before: before, &keys)
    }
    keys += view.propertyNames.map { before + $0 }
    // A map may have any key, a scalar has none.
    return view.propertyNames.isEmpty && view.types.contains("object")
  }
}
