package import JSONText

/// The states of records of a kind, and the steps between them.
package struct Workflow: Sendable {
  package let property: String
  package let initial: String
  /// The states that may follow each state, in the schema's order.
  package let transitions: [(from: String, to: [String])]
  package let closed: [String]
  /// The keys that a user is asked for when a record enters a state.
  package let asks: [String: [String]]
  /// The states that a record in the initial one comes to by its values, in the schema's order, each
  /// with the pointer of the condition in the schema's file.
  package let enters: [(state: String, condition: JSONPointer)]

  /// Reads `x-docket.workflow`; `nil` if it has no property or no initial state.
  init?(_ node: JSONNode, at pointer: JSONPointer) {
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
    enters =
      node["enters"]?.members.map { member in
        let state = member.key.string ?? ""
        return (state, pointer.appending("enters").appending(state))
      } ?? []
  }

  /// Returns the states one step from `state`.
  package func next(after state: String) -> [String] {
    transitions.first { $0.from == state }?.to ?? []
  }

  /// Returns every state reachable from `state`, itself included.
  package func reachable(from state: String) -> [String] {
    var found = [state]
    var index = 0
    while index < found.count {
      for next in next(after: found[index]) where !found.contains(next) { found.append(next) }
      index += 1
    }
    return found
  }

  /// Whether each way from one state to another leads through a third: whoever came to the other took
  /// that step, too.
  package func isOnEveryWay(_ state: String, from start: String, to end: String) -> Bool {
    guard state != start, state != end, reachable(from: start).contains(end) else { return false }
    var found = [start]
    var index = 0
    while index < found.count {
      found += next(after: found[index]).filter { $0 != state && !found.contains($0) }
      index += 1
    }
    return !found.contains(end)
  }

  /// All states, in the order in which they are reached from the initial one.
  package var states: [String] { reachable(from: initial) }

  package func isClosed(_ state: String) -> Bool { closed.contains(state) }

  /// Whether a record may go from `old` (`nil`: it is new) to `new`.
  ///
  /// Any reachable state is allowed, because imports and squashed merges skip steps.
  package func allows(_ new: String, after old: String?) -> Bool {
    reachable(from: old ?? initial).contains(new)
  }
}
