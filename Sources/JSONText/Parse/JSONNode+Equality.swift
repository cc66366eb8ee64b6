/// Equality as JSON Schema 2020-12 core §4.2.2 defines it: numbers by value, member order ignored.
extension JSONNode {
  package func isEqual(to other: JSONNode) -> Bool {
    let left = packed
    let right = other.packed
    guard left.kind == right.kind else { return false }
    switch left.kind {
    case .null: return true
    case .bool: return left.flag == right.flag
    case .number:
      if left.flag, right.flag, let first = int, let second = other.int { return first == second }
      return number == other.number
    case .string:
      return withStringUTF8 { first in
        other.withStringUTF8 { second in
          first.count == second.count && first.elementsEqual(second)
        } ?? false
      } ?? false
    case .array:
      guard left.count == right.count else { return false }
      return zip(elements, other.elements).allSatisfy { $0.isEqual(to: $1) }
    case .object:
      return hasEqualMembers(other)
    }
  }

  private func hasEqualMembers(_ other: JSONNode) -> Bool {
    let names = MemberNames(other)
    let own = MemberNames(self)
    guard own.count == names.count else { return false }
    return own.all { name, value in names[name].map { value.isEqual(to: $0) } ?? false }
  }

  /// Combines only properties that equal nodes share.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    switch kind {
    case .null: break
    case .bool: hasher.combine(bool)
    case .number: hasher.combine(number)
    case .string:
      _ = withStringUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    case .array:
      hasher.combine(count)
      for element in elements { element.hash(into: &hasher) }
    case .object:
      // Members are unordered, so their hashes are summed.
      var sum = 0
      MemberNames(self).each { name, value in
        var inner = Hasher()
        inner.combine(name)
        value.hash(into: &inner)
        sum &+= inner.finalize()
      }
      hasher.combine(sum)
    }
  }
}

/// The members of an object by name; the first of repeated names counts.
private struct MemberNames {
  private var values: [JSONName: JSONNode] = [:]

  init(_ object: JSONNode) {
    values.reserveCapacity(object.count)
    for (key, value) in object.members {
      let name = JSONName(key.string ?? "")
      if values[name] == nil { values[name] = value }
    }
  }

  var count: Int { values.count }
  subscript(name: JSONName) -> JSONNode? { values[name] }

  func all(_ test: (JSONName, JSONNode) -> Bool) -> Bool {
    values.allSatisfy { test($0.key, $0.value) }
  }

  func each(_ body: (JSONName, JSONNode) -> Void) {
    for (name, value) in values { body(name, value) }
  }
}
