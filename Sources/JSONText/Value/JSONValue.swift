/// A JSON value that can be built and changed.
///
/// Equality is JSON Schema's: numbers by value, member order ignored.
package enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case number(JSONNumber)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  package init(_ node: JSONNode) { self = node.value }

  package var kind: JSONKind {
    switch self {
    case .null: .null
    case .bool: .bool
    case .number: .number
    case .string: .string
    case .array: .array
    case .object: .object
    }
  }

  package var isNull: Bool { kind == .null }

  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }
  package var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }
  package var number: JSONNumber? {
    if case .number(let number) = self { number } else { nil }
  }
  /// The exact value if it is an integer in `Int`'s range.
  package var int: Int? { number?.int }
  package var double: Double? { number?.double }
  package var array: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }
  package var object: JSONObject? {
    if case .object(let object) = self { object } else { nil }
  }

  /// Whether both are equal with the same order of members and the same number texts.
  package func isIdentical(to other: JSONValue) -> Bool {
    switch (self, other) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.number(let left), .number(let right)): left.text.isSameText(as: right.text)
    case (.string(let left), .string(let right)): left.isSameText(as: right)
    case (.array(let left), .array(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.isIdentical(to: $1) }
    case (.object(let left), .object(let right)):
      left.count == right.count
        && zip(left.members, right.members).allSatisfy {
          $0.key.isSameText(as: $1.key) && $0.value.isIdentical(to: $1.value)
        }
    default: false
    }
  }
}

extension JSONNode {
  /// Returns a copy of the value, independent of the document.
  package var value: JSONValue {
    switch kind {
    case .null: return .null
    case .bool: return .bool(bool ?? false)
    case .number: return number.map(JSONValue.number) ?? .null
    case .string: return .string(string ?? "")
    case .array:
      var values: [JSONValue] = []
      values.reserveCapacity(count)
      for element in elements { values.append(element.value) }
      return .array(values)
    case .object:
      var members: [JSONMember] = []
      members.reserveCapacity(count)
      for (key, value) in self.members {
        members.append(JSONMember(key: key.string ?? "", value: value.value))
      }
      return .object(JSONObject(members: members))
    }
  }
}
