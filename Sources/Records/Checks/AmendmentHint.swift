import JSONSchema
import JSONText

/// Decides which changes by a command a partly frozen record still allows.
struct AmendmentHint {
  private let parts: [FrozenPart]
  private let record: RecordFile
  private let kind: Kind
  private let items = ItemPositions()

  init(_ compiled: CompiledKind, _ record: RecordFile) {
    parts = compiled.frozen.filter { $0.when?.isValid(record.root) ?? true }.map(\.part)
    self.record = record
    kind = compiled.kind
  }

  /// Returns the list for corrections if `command` would change a frozen part.
  func listInstead(of command: String) -> JSONPointer? {
    guard !parts.isEmpty else { return nil }
    let words = command.split(separator: " ").map(String.init)
    guard words.count > 3, words[0] == "docket" else { return nil }
    let changes = changes(words[1], Array(words[3...]))
    guard
      let part = parts.first(where: { part in changes.contains { !isFree($0, under: part) } }),
      let list = part.append.first, !list.tokens.contains("*")
    else { return nil }
    return JSONPointer(tokens: list.tokens)
  }

  private enum Change {
    case sets(JSONPointer)
    case adds(JSONPointer)
  }

  private func changes(_ verb: String, _ words: [String]) -> [Change] {
    switch verb {
    case "edit":
      return words.compactMap { word in
        guard let equals = word.firstIndex(of: "="), equals != word.startIndex else { return nil }
        var key = word[..<equals]
        let isAddition = key.last == "+"
        if let last = key.last, "+-:".contains(last) { key = key.dropLast() }
        return pointer(String(key)).map { isAddition ? .adds($0) : .sets($0) }
      }
    case "add": return words.first.flatMap(pointer).map { [.adds($0)] } ?? []
    case "link":
      let relation = kind.relation(words.first)
      return relation?.places.first.map { [.adds(JSONPointer(tokens: $0.tokens))] } ?? []
    default: return []
    }
  }

  private func pointer(_ key: String) -> JSONPointer? {
    FieldKey.pointer(key, in: record.root, items)
  }

  private func isFree(_ change: Change, under part: FrozenPart) -> Bool {
    let pointer: JSONPointer
    let isAddition: Bool
    switch change {
    case .sets(let place): (pointer, isAddition) = (place, false)
    case .adds(let place): (pointer, isAddition) = (place, true)
    }
    if kind.workflow?.property == pointer.tokens.first { return true }
    if part.frees(pointer) { return true }
    return part.append.contains { pattern in
      guard pattern.covers(pointer) else { return false }
      let place = JSONPointer(tokens: Array(pointer.tokens.prefix(pattern.tokens.count)))
      // Lists can be appended to; otherwise only missing values can be filled in.
      return isAddition && place == pointer || record.root.node(at: place) == nil
    }
  }
}
