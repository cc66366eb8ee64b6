import JSONText

/// Members and elements found by a pointer's token; large objects and arrays are read once, so that
/// many references into one cost no more than their number.
struct MemberIndex {
  private var members: [NodeKey: [JSONName: JSONNode]] = [:]
  private var elements: [NodeKey: [JSONNode]] = [:]

  mutating func node(_ token: String, in node: JSONNode) -> JSONNode? {
    guard node.count > 32 else { return node.node(at: JSONPointer(tokens: [token])) }
    let key = NodeKey(node)
    if node.isArray {
      guard let index = JSONPointer.index(token), index < node.count else { return nil }
      if elements[key] == nil { elements[key] = Array(node.elements) }
      return elements[key]?[index]
    }
    if members[key] == nil {
      members[key] = Dictionary(
        node.members.map { (JSONName($0.key.string ?? ""), $0.value) },
        uniquingKeysWith: { first, _ in first })
    }
    return members[key]?[JSONName(token)]
  }
}
