import JSONText

/// The states that records of a kind go through.
package struct Workflow: Sendable {
  package let property: String
  package let initial: String
  /// The states that may follow each, in the schema's order.
  package let transitions: [(from: String, to: [String])]
  package let closed: [String]
  /// What a person is asked for when a record comes to a state.
  package let asks: [String: [String]]

  /// Reads `x-docket.workflow`; `nil` where it lacks its property or initial state.
  init?(_ node: JSONNode) {
    guard let property = node["property"]?.string, let initial = node["initial"]?.string
    else { return nil }
    self.property = property
    self.initial = initial
    transitions =
      node["transitions"]?.members.map { member in
        (member.key.string ?? "", member.value.elements.compactMap(\.string))
      } ?? []
    closed = node["closed"]?.elements.compactMap(\.string) ?? []
    var asks: [String: [String]] = [:]
    if let members = node["asks"]?.members {
      for (key, value) in members { asks[key.string ?? ""] = value.elements.compactMap(\.string) }
    }
    self.asks = asks
  }

  /// The states one step from `state`.
  package func next(after state: String) -> [String] {
    transitions.first { $0.from == state }?.to ?? []
  }

  /// Every state reachable from `state`, itself included.
  package func reachable(from state: String) -> [String] {
    var found = [state]
    var index = 0
    while index < found.count {
      for next in next(after: found[index]) where !found.contains(next) { found.append(next) }
      index += 1
    }
    return found
  }

  /// All states, in the order in which the schema tells of them.
  package var states: [String] { reachable(from: initial) }

  package func isClosed(_ state: String) -> Bool { closed.contains(state) }

  /// Whether a record may come to `new` when it was in `old` (`nil`: it is new).
  ///
  /// Imports and squashed merges jump, so any state along the way will do.
  package func allows(_ new: String, after old: String?) -> Bool {
    reachable(from: old ?? initial).contains(new)
  }
}
