/// The members of an object in order; repeated keys are kept, and the first one counts.
package struct JSONObject: Sendable {
  package var members: [JSONMember]

  package init(members: [JSONMember] = []) { self.members = members }

  package init(_ pairs: [(key: String, value: JSONValue)]) {
    members = pairs.map { JSONMember(key: $0.key, value: $0.value) }
  }

  package var keys: [String] { members.map(\.key) }
  package var isEmpty: Bool { members.isEmpty }
  package var count: Int { members.count }

  package func index(of key: String) -> Int? {
    members.firstIndex { $0.key.isSameText(as: key) }
  }

  /// The value of the first member with this name. Setting keeps its position, or appends; nil
  /// removes it.
  package subscript(key: String) -> JSONValue? {
    get { index(of: key).map { members[$0].value } }
    set {
      switch (index(of: key), newValue) {
      case (let place?, let value?): members[place].value = value
      case (let place?, nil): members.remove(at: place)
      case (nil, let value?): members.append(JSONMember(key: key, value: value))
      case (nil, nil): break
      }
    }
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self.init(elements.map { (key: $0.0, value: $0.1) })
  }
}
