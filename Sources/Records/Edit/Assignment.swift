package import JSONText

/// A `key=text`, `key:=json`, `key+=item` or `key-=` argument of a command.
package struct Assignment: Sendable, Equatable {
  package enum Operator: String, Sendable {
    case text = "="
    case json = ":="
    case append = "+="
    case unset = "-="
  }

  package let key: String
  package let operation: Operator
  package let value: String

  /// Parses a word of the command line.
  package init(_ word: String) throws(KeyProblem) {
    guard let equals = word.firstIndex(of: "=") else {
      throw KeyProblem("\"\(word)\" sets nothing: write key=text, key:=json, key+=item or key-=")
    }
    var end = equals
    var operation = Operator.text
    if equals > word.startIndex {
      let before = word.index(before: equals)
      let named: Operator? =
        switch word[before] {
        case ":": .json
        case "+": .append
        case "-": .unset
        default: nil
        }
      if let named {
        operation = named
        end = before
      }
    }
    key = String(word[..<end])
    value = String(word[word.index(after: equals)...])
    self.operation = operation
    guard !key.isEmpty else { throw KeyProblem("\"\(word)\" has no key before the \"=\"") }
    if operation == .unset, !value.isEmpty {
      throw KeyProblem("\"\(key)-=\" takes the value away; nothing follows it")
    }
  }

  private init(key: String, operation: Operator, value: String) {
    (self.key, self.operation, self.value) = (key, operation, value)
  }

  /// Returns the same with another name for the key, if there is one.
  package func renamed(_ names: [String: String]) -> Assignment {
    Assignment(key: names[key] ?? key, operation: operation, value: value)
  }

  /// Whether the value at a place is set by this, or is inside of what is.
  package func covers(_ place: [String]) -> Bool {
    guard let tokens = try? FieldKey.tokens(key) else { return false }
    return place.starts(with: tokens) { $0.isSameText(as: $1) }
  }

  /// Applies the assignment to a record.
  ///
  /// - Parameter makeItemID: makes ids for new items of keyed lists.
  package func apply(
    to record: inout JSONValue, view: SchemaView, isItem: Bool = false, makeItemID: () -> String
  ) throws(KeyProblem) {
    let pointer = try FieldKey.pointer(key, in: record)
    if !isItem, Kind.identityKeys.contains(pointer.tokens.first ?? "") {
      throw KeyProblem("\(key) is docket's to set")
    }
    let place = try place(of: pointer, in: view)
    switch operation {
    case .unset:
      guard record[pointer] != nil else { throw KeyProblem("\(key) isn't set") }
      record[pointer] = nil
    case .json: try set(try Self.parse(value, key: key), at: pointer, in: &record)
    case .text: try set(try Self.reading(value, as: place, key: key), at: pointer, in: &record)
    case .append:
      var list: [JSONValue]
      switch record[pointer] {
      case .some(let present):
        guard let items = present.array else { throw KeyProblem("\(key) is not a list") }
        list = items
      case nil: list = []
      }
      if place?.isText == true {
        list += Self.lines(value)
      } else {
        list.append(try Self.item(value, of: place, key: key, makeItemID: makeItemID))
      }
      try set(.array(list), at: pointer, in: &record)
    }
  }

  private func place(of pointer: JSONPointer, in view: SchemaView) throws(KeyProblem)
    -> SchemaView?
  {
    if let place = view.at(pointer) { return place }
    // An unknown top-level key is probably a typing mistake.
    if let first = pointer.tokens.first, view.property(first) == nil {
      let known = view.propertyNames.filter { !Kind.identityKeys.contains($0) }
      throw KeyProblem(
        "there is no key \"\(first)\" here"
          + Spelling.question(for: first, or: "keys are", among: known))
    }
    return nil
  }

  private func set(_ new: JSONValue, at pointer: JSONPointer, in record: inout JSONValue)
    throws(KeyProblem)
  {
    // Missing objects on the way are created; a scalar on the way is an error.
    var parent = JSONPointer.root
    for token in pointer.tokens.dropLast() {
      parent = parent.appending(token)
      switch record[parent] {
      case nil: record[parent] = .object(JSONObject())
      case .object, .array: continue
      default: throw KeyProblem("\(parent.tokens.joined(separator: ".")) holds no keys")
      }
    }
    record[pointer] = new
  }

  package static func parse(_ text: String, key: String) throws(KeyProblem) -> JSONValue {
    do throws(JSONSyntaxError) {
      return try JSONDocument(parsing: text).root.value
    } catch {
      throw KeyProblem(
        "\(key):= takes JSON, which \"\(text)\" isn't: at byte \(error.offset + 1), \(error.message)"
      )
    }
  }

  /// Converts typed text to what the schema requires: a string if allowed, else parsed as JSON.
  package static func reading(_ text: String, as place: SchemaView?, key: String)
    throws(KeyProblem) -> JSONValue
  {
    guard let place else { return .string(text) }
    if place.isText { return .array(lines(text)) }
    if place.types.isEmpty, let choice = place.choice(typed: text) { return choice }
    if place.acceptsStrings { return .string(text) }
    if place.types == ["array"] {
      // Text for a list is split at commas.
      let parts = text.split(separator: ",").map { $0.trimmed }
      if place.items?.acceptsStrings == true { return .array(parts.map { .string($0) }) }
    }
    if let document = try? JSONDocument(parsing: text) { return document.root.value }
    let wanted = place.types.joined(separator: " or ")
    throw KeyProblem("\(key) is \(wanted.isEmpty ? "JSON" : wanted); \"\(text)\" isn't")
  }

  private static func item(
    _ text: String, of list: SchemaView?, key: String, makeItemID: () -> String
  ) throws(KeyProblem) -> JSONValue {
    guard let items = list?.items, !items.acceptsStrings else { return .string(text) }
    var item = try parse(text, key: key)
    if let itemKey = list?.itemKey, case .object(var object) = item, object[itemKey] == nil {
      object.insert(key: itemKey, .string(makeItemID()))
      item = .object(object)
    }
    return item
  }

  static func lines(_ text: String) -> [JSONValue] {
    var lines = text.replacing("\r\n", with: "\n").split(
      separator: "\n", omittingEmptySubsequences: false)
    while lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { .string(String($0)) }
  }
}

extension JSONObject {
  /// Inserts a member before all others.
  package mutating func insert(key: String, _ value: JSONValue) {
    members.insert(JSONMember(key: key, value: value), at: 0)
  }
}

extension StringProtocol {
  /// The text without white space at both ends.
  package var trimmed: String {
    var view = self[...]
    while view.first?.isWhitespace == true { view = view.dropFirst() }
    while view.last?.isWhitespace == true { view = view.dropLast() }
    return String(view)
  }
}
