package import JSONText

/// The origin of each leaf of a record's version: where an earlier version has it.
///
/// Members are matched by name, items of keyed lists by their key, lines of long text by the
/// longest common subsequence, and elements of other lists by their value, so neither reordering
/// nor reformatting makes a value new.
package struct ValueOrigin {
  /// From each leaf's place in the new version to its place in the old one.
  package private(set) var places: [JSONPointer: JSONPointer] = [:]

  package init(from old: JSONValue, to new: JSONValue, view: SchemaView?) {
    match(old, new, view, .root, .root)
  }

  private mutating func match(
    _ old: JSONValue, _ new: JSONValue, _ view: SchemaView?, _ then: JSONPointer,
    _ now: JSONPointer
  ) {
    switch (old, new) {
    case (.object(let before), .object(let after)) where !after.isEmpty:
      for member in after.members {
        guard let value = before[member.key] else { continue }
        match(
          value, member.value, view?.property(member.key), then.appending(member.key),
          now.appending(member.key))
      }
    case (.array(let before), .array(let after)) where !after.isEmpty:
      matchItems(before, after, view, then, now)
    case (.string(let text), .array(let lines)) where view?.isText == true:
      // Text that used to be one string: match its lines.
      let before = text.split(separator: "\n", omittingEmptySubsequences: false)
      for pair in CommonLines.pairs(before.map { .string(String($0)) }, lines) {
        places[now.appending(pair.new)] = then
      }
    default:
      if old == new { places[now] = then }
    }
  }

  private mutating func matchItems(
    _ old: [JSONValue], _ new: [JSONValue], _ view: SchemaView?, _ then: JSONPointer,
    _ now: JSONPointer
  ) {
    for pair in Self.pairs(old, new, view) {
      match(
        old[pair.old], new[pair.new], view?.items, then.appending(pair.old),
        now.appending(pair.new))
    }
  }

  /// Returns the matching items of two lists.
  private static func pairs(_ old: [JSONValue], _ new: [JSONValue], _ view: SchemaView?) -> [(
    old: Int, new: Int
  )] {
    if view?.isText == true { return CommonLines.pairs(old, new) }
    if let key = view?.itemKey, let before = ItemNames(of: old, by: key),
      let after = ItemNames(of: new, by: key)
    {
      return after.order.enumerated().compactMap { index, name in
        before.index[JSONName(name)].map { ($0, index) }
      }
    }
    return byValue(old, new)
  }

  /// Matches equal elements at any position, then the remaining objects in order.
  private static func byValue(_ old: [JSONValue], _ new: [JSONValue]) -> [(old: Int, new: Int)] {
    var places: [JSONValue: [Int]] = [:]
    for (index, value) in old.enumerated().reversed() { places[value, default: []].append(index) }
    var pairs: [(old: Int, new: Int)] = []
    var taken: Set<Int> = []
    var rest: [Int] = []
    for (index, value) in new.enumerated() {
      if let place = places[value]?.popLast() {
        pairs.append((place, index))
        taken.insert(place)
      } else {
        rest.append(index)
      }
    }
    let left = old.indices.filter { !taken.contains($0) && old[$0].kind == .object }
    for (before, after) in zip(left, rest.filter { new[$0].kind == .object }) {
      pairs.append((before, after))
    }
    return pairs
  }
}

/// The lines that two texts have in common, in the same order.
enum CommonLines {
  /// With more differing lines, finding the longest common subsequence would take too long.
  private static let limit = 2000

  static func pairs(_ old: [JSONValue], _ new: [JSONValue]) -> [(old: Int, new: Int)] {
    var pairs: [(old: Int, new: Int)] = []
    var start = 0
    while start < old.count, start < new.count, old[start] == new[start] {
      pairs.append((start, start))
      start += 1
    }
    var end = 0
    while end < min(old.count, new.count) - start,
      old[old.count - 1 - end] == new[new.count - 1 - end]
    {
      end += 1
    }
    let before = start..<(old.count - end)
    let after = start..<(new.count - end)
    if before.count + after.count <= limit {
      pairs += longest(old, before, new, after)
    } else {
      pairs += inOrder(old, before, new, after)
    }
    for step in (0..<end).reversed() { pairs.append((old.count - 1 - step, new.count - 1 - step)) }
    return pairs
  }

  private static func longest(
    _ old: [JSONValue], _ before: Range<Int>, _ new: [JSONValue], _ after: Range<Int>
  ) -> [(old: Int, new: Int)] {
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in new[after].difference(from: old[before]) {
      switch change {
      case .remove(let offset, _, _): removed.insert(before.lowerBound + offset)
      case .insert(let offset, _, _): inserted.insert(after.lowerBound + offset)
      }
    }
    return Array(
      zip(before.filter { !removed.contains($0) }, after.filter { !inserted.contains($0) })
    ).map { (old: $0.0, new: $0.1) }
  }

  /// Matches each line with the next equal one: not the longest common subsequence, but found in
  /// linear time.
  private static func inOrder(
    _ old: [JSONValue], _ before: Range<Int>, _ new: [JSONValue], _ after: Range<Int>
  ) -> [(old: Int, new: Int)] {
    var places: [JSONValue: [Int]] = [:]
    for index in before.reversed() { places[old[index], default: []].append(index) }
    var pairs: [(old: Int, new: Int)] = []
    var next = before.lowerBound
    for index in after {
      while let place = places[new[index]]?.last, place < next { places[new[index]]?.removeLast() }
      guard let place = places[new[index]]?.popLast() else { continue }
      pairs.append((place, index))
      next = place + 1
    }
    return pairs
  }
}
