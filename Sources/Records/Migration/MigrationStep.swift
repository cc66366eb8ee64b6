import JSONSchema
package import JSONText

/// One step that migrates the records of a kind to a changed schema.
///
/// Places are keys as users type them, with `*` for every item of a list: `timeline.*.at`.
package struct MigrationStep: Sendable, Equatable {
  package enum Action: Sendable, Equatable {
    /// Moves the value to another key.
    case rename(to: [String])
    /// Replaces one value by another, both as typed.
    case map(from: String, to: String)
    /// Replaces a text by the list of its lines.
    case lines
    /// Sets a missing value, from text converted as the schema requires, or from JSON.
    case set(String, isJSON: Bool)
    case remove
  }

  package let kind: String
  package let place: [String]
  package let action: Action

  package init(kind: String, place: [String], action: Action) {
    self.kind = kind
    self.place = place
    self.action = action
  }

  /// The step as written on a command line and in a commit's trailer: `rename incident.a=b`.
  package var text: String {
    let key = ([kind] + place).joined(separator: ".")
    return switch action {
    case .rename(let to): "rename \(key)=\(to.joined(separator: "."))"
    case .map(let from, let to): "map \(key):\(from)=\(to)"
    case .lines: "lines \(key)"
    case .set(let value, let isJSON): "set \(key)\(isJSON ? ":" : "")=\(value)"
    case .remove: "remove \(key)"
    }
  }

  /// The step without its values, where they are what people said or who they are: what a commit's
  /// message has can't be taken out again.
  package func publicText(under kind: Kind?) -> String {
    guard isPrivate(under: kind) else { return text }
    let key = ([self.kind] + place).joined(separator: ".")
    return switch action {
    case .map: "map \(key)"
    case .set: "set \(key)"
    case .rename, .lines, .remove: text
    }
  }

  /// The same of the step in words.
  package func publicWords(under kind: Kind?) -> String {
    guard isPrivate(under: kind) else { return words }
    let key = place.joined(separator: ".")
    return switch action {
    case .map: "\(key) changes"
    case .set: "set \(key)"
    case .rename, .lines, .remove: words
    }
  }

  private func isPrivate(under kind: Kind?) -> Bool {
    guard let view = kind?.view.at(JSONPointer(tokens: place)) else { return true }
    // A list of texts or of persons is as private as one.
    return [view, view.items].contains { $0?.isText == true || $0?.isPseudonym == true }
  }

  /// The step in words, for the subject of a commit.
  package var words: String {
    let key = place.joined(separator: ".")
    return switch action {
    case .rename(let to): "rename \(key) to \(to.joined(separator: "."))"
    case .map(let from, let to): "\(key) \(from) becomes \(to)"
    case .lines: "\(key) becomes lines"
    case .set(let value, _): "set \(key) to \(ChangeWords.shortened(value, to: 30))"
    case .remove: "drop \(key)"
    }
  }

  /// Applies the step to a record, with the view of the schema that it has to match.
  package func apply(to record: inout JSONValue, view: SchemaView) throws(KeyProblem) {
    switch action {
    case .rename(let to): try rename(to, in: &record)
    case .map(let from, let to):
      for pointer in places(in: record) {
        let reading = try Assignment.reading(to, as: view.at(pointer), key: pointer.description)
        guard var list = record[pointer]?.array else {
          if record[pointer]?.plainText == from { record[pointer] = reading }
          continue
        }
        let item = try Assignment.reading(
          to, as: view.at(pointer)?.items, key: pointer.description)
        for index in list.indices where list[index].plainText == from { list[index] = item }
        record[pointer] = .array(list)
      }
    case .lines:
      for pointer in places(in: record) {
        if let text = record[pointer]?.string { record[pointer] = .array(Assignment.lines(text)) }
      }
    case .set(let text, let isJSON):
      guard let name = place.last else { return }
      for parent in Self.places(place.dropLast(), in: record, makesObjects: true)
      where record[parent.appending(name)] == nil {
        let pointer = parent.appending(name)
        let value =
          isJSON
          ? try Assignment.parse(text, key: name)
          : try Assignment.reading(text, as: view.at(pointer), key: name)
        Self.makeObjects(to: parent, in: &record)
        record[pointer] = value
      }
    case .remove:
      for pointer in places(in: record).reversed() { Self.take(pointer, from: &record) }
    }
  }

  private func rename(_ to: [String], in record: inout JSONValue) throws(KeyProblem) {
    for pointer in places(in: record).reversed() {
      // Each star of the new place is the item matched by the corresponding star of the old one.
      var items = zip(place, pointer.tokens).filter { $0.0 == "*" }.map(\.1)[...]
      let target = JSONPointer(tokens: to.map { $0 == "*" ? items.popFirst() ?? $0 : $0 })
      guard record[target] == nil else {
        throw KeyProblem(
          "there is a \(to.joined(separator: ".")) already, beside \(place.joined(separator: "."))")
      }
      let value = record[pointer]
      Self.take(pointer, from: &record)
      if let parent = target.parent { Self.makeObjects(to: parent, in: &record) }
      record[target] = value
    }
  }

  private func places(in record: JSONValue) -> [JSONPointer] {
    Self.places(place[...], in: record, makesObjects: false)
  }

  /// - Parameter makesObjects: whether missing objects on the way count as present.
  private static func places(
    _ tokens: ArraySlice<String>, in record: JSONValue, makesObjects: Bool
  ) -> [JSONPointer] {
    var places = [JSONPointer.root]
    for token in tokens {
      places = places.flatMap { place -> [JSONPointer] in
        switch record[place] {
        case .array(let items) where token == "*": return items.indices.map(place.appending)
        case .object(let object) where object[token] != nil || makesObjects && token != "*":
          return [place.appending(token)]
        // A missing list has no items to set anything in.
        case nil where makesObjects && token != "*": return [place.appending(token)]
        default: return []
        }
      }
    }
    return places
  }

  private static func makeObjects(to pointer: JSONPointer, in record: inout JSONValue) {
    var place = JSONPointer.root
    for token in pointer.tokens {
      place = place.appending(token)
      if record[place] == nil { record[place] = .object(JSONObject()) }
    }
  }

  /// Removes a value, and the parent objects that are empty without it.
  private static func take(_ pointer: JSONPointer, from record: inout JSONValue) {
    record[pointer] = nil
    var place = pointer
    while let parent = place.parent, parent != .root, record[parent]?.object?.isEmpty == true,
      parent.tokens.last.flatMap({ JSONPointer.index($0) }) == nil
    {
      record[parent] = nil
      place = parent
    }
  }
}

extension MigrationStep {
  /// Returns the command that fixes a violation of a changed schema by a record that was valid.
  static func hint(for violation: Violation, in record: RecordFile, kind: String) -> String {
    var tokens = [kind]
    var place: JSONValue? = record.value
    for token in violation.pointer.tokens {
      tokens.append(place?.array == nil ? token : "*")
      place = place?[JSONPointer(tokens: [token])]
    }
    let key = tokens.joined(separator: ".")
    return switch violation.failure {
    case .missing(let keys): "docket migrate --set \(key).\(keys.first ?? "…")=…"
    case .notInEnum(_, let found, _), .notConstant(_, let found):
      "docket migrate --map \(ShellWord.quoted("\(key):\(found.plainText)=…"))"
    case .wrongType(let expected, .string) where expected == ["array"]:
      "docket migrate --lines \(key)"
    case .unknownKey(let name, _): "docket migrate --rename \(key).\(name)=…"
    default: "docket migrate --map, --rename or --remove \(key)"
    }
  }
}
