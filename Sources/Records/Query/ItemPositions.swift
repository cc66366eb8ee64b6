import JSONText

/// Where the items of a record's lists are, by id; each list is read once.
final class ItemPositions {
  /// By the list's node in its document.
  private var lists: [Int: [String: Int]] = [:]

  /// Returns the position of the first item with an id.
  func position(of id: String, in list: JSONNode) -> Int? {
    if let known = lists[list.index] { return known[id] }
    var positions: [String: Int] = [:]
    for (position, item) in list.elements.enumerated() {
      guard let id = item["id"]?.string, positions[id] == nil else { continue }
      positions[id] = position
    }
    lists[list.index] = positions
    return positions[id]
  }
}
