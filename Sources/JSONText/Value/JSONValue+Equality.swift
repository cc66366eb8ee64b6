extension JSONValue: Hashable {
  package static func == (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.null, .null): return true
    case (.bool(let first), .bool(let second)): return first == second
    case (.number(let first), .number(let second)): return first == second
    case (.string(let first), .string(let second)): return first.isSameText(as: second)
    case (.array(let first), .array(let second)): return first == second
    case (.object(let first), .object(let second)):
      let names = first.byName
      let others = second.byName
      return names.count == others.count
        && names.allSatisfy { name, value in others[name].map { $0 == value } ?? false }
    default: return false
    }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    switch self {
    case .null: break
    case .bool(let value): hasher.combine(value)
    case .number(let number): hasher.combine(number)
    case .string(let text): hasher.combine(JSONName(text))
    case .array(let elements): hasher.combine(elements)
    case .object(let object): hasher.combine(object.byName)
    }
  }
}

extension JSONObject {
  /// The first member of each name, to look up many.
  package var byName: [JSONName: JSONValue] {
    Dictionary(members.map { (JSONName($0.key), $0.value) }) { first, _ in first }
  }
}

extension JSONObject: Hashable {
  package static func == (left: Self, right: Self) -> Bool {
    JSONValue.object(left) == JSONValue.object(right)
  }

  package func hash(into hasher: inout Hasher) { JSONValue.object(self).hash(into: &hasher) }
}
