import JSONText

/// The values that `enum` allows.
struct Enumeration {
  let nodes: [JSONNode]
  /// ``nodes`` as values, made once for all messages about them.
  let allowed: [JSONValue]
  let strings: [String]
  /// Positions by hash, if there are many values.
  private let places: [Int: [Int]]?

  init(_ nodes: [JSONNode]) {
    self.nodes = nodes
    allowed = nodes.map(\.value)
    strings = allowed.compactMap(\.string)
    places =
      nodes.count > 16
      ? Dictionary(grouping: nodes.indices) { Self.hash(nodes[$0]) } : nil
  }

  func contains(_ value: JSONNode) -> Bool {
    guard let places else { return nodes.contains { $0.isEqual(to: value) } }
    return places[Self.hash(value)]?.contains { nodes[$0].isEqual(to: value) } ?? false
  }

  private static func hash(_ node: JSONNode) -> Int {
    var hasher = Hasher()
    node.hash(into: &hasher)
    return hasher.finalize()
  }
}
