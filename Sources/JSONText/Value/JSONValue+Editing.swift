/// Reading and changing parts of a value.
extension JSONValue {
  /// The value of a member of an object. Setting a missing one appends it; nil removes it; setting
  /// has no effect on anything but an object.
  package subscript(key: String) -> JSONValue? {
    get { object?[key] }
    set {
      guard case .object(var object) = self else { return }
      self = .null  // so that the members are changed in place, not copied
      object[key] = newValue
      self = .object(object)
    }
  }

  package subscript(index: Int) -> JSONValue? {
    guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
    return elements[index]
  }

  /// The value `pointer` refers to.
  ///
  /// Setting nil removes it. A missing member is appended to its object; the token `-` (or the
  /// index one past the end) appends to an array. Setting has no effect if the parent value is
  /// missing or is neither an object nor an array.
  package subscript(pointer: JSONPointer) -> JSONValue? {
    get {
      var value = self
      for token in pointer.tokens {
        let next: JSONValue? =
          switch value {
          case .object(let object): object[token]
          case .array: JSONPointer.index(token).flatMap { value[$0] }
          default: nil
          }
        guard let next else { return nil }
        value = next
      }
      return value
    }
    set {
      guard !pointer.tokens.isEmpty else {
        self = newValue ?? .null
        return
      }
      set(pointer.tokens[...], to: newValue)
    }
  }

  private mutating func set(_ tokens: ArraySlice<String>, to value: JSONValue?) {
    guard let token = tokens.first else { return }
    let rest = tokens.dropFirst()
    switch self {
    case .object(var object):
      self = .null
      if rest.isEmpty {
        object[token] = value
      } else if let place = object.index(of: token) {
        object.members[place].value.set(rest, to: value)
      }
      self = .object(object)
    case .array(var elements):
      self = .null
      let place = token == "-" ? elements.count : JSONPointer.index(token)
      if let place, place <= elements.count {
        if place == elements.count {
          if rest.isEmpty, let value { elements.append(value) }
        } else if !rest.isEmpty {
          elements[place].set(rest, to: value)
        } else if let value {
          elements[place] = value
        } else {
          elements.remove(at: place)
        }
      }
      self = .array(elements)
    default: break
    }
  }
}

// Not `ExpressibleByNilLiteral`: `condition ? value : nil` would become JSON's null where an absent
// value is meant.
extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
  ExpressibleByStringInterpolation
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(JSONObject(elements.map { (key: $0.0, value: $0.1) }))
  }
}
