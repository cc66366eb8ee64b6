import JSONText

extension FieldChange {
  /// Returns the changes made by a merge itself: those that differ from every parent.
  ///
  /// Works like `git diff --cc` does for lines. If one parent lacks a whole subtree and another has
  /// it with other content, the narrower change counts. A list of texts that only combines lines
  /// from its parents isn't a change. The old value is that of the first parent that differs there.
  ///
  /// - Parameter changes: the changes from each parent to the merge, one list per parent.
  package static func own(_ changes: [[FieldChange]]) -> [FieldChange] {
    guard let first = changes.first else { return [] }
    var common = first.map { (change: $0, befores: [$0.before]) }
    for other in changes.dropFirst() where !common.isEmpty {
      let known = Set(common.map(\.change.key))
      let others = Dictionary(other.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
      var next = common.compactMap { part -> (change: FieldChange, befores: [JSONValue?])? in
        if let same = others[part.change.key] {
          return (part.change, part.befores + [same.before])
        }
        // The other parent lacks the enclosing subtree, so a removal inside it isn't a difference.
        return part.change.after != nil
          && prefixes(of: part.change.key).contains { others[$0] != nil }
          ? (part.change, part.befores + [nil]) : nil
      }
      for change in other where change.after != nil && !known.contains(change.key) {
        if prefixes(of: change.key).contains(where: known.contains) {
          next.append((change, [nil, change.before]))
        }
      }
      common = next
    }
    return common.filter { !isTakenOver($0.change.after, from: $0.befores) }.map(\.change)
  }

  /// `evidence` and `evidence.k3x9q` of `evidence.k3x9q.team`.
  private static func prefixes(of key: String) -> [String] {
    key.utf8.indices.filter { key.utf8[$0] == UInt8(ascii: ".") }.map { String(key[..<$0]) }
  }

  /// Whether every line comes from a parent, and no line common to all parents is missing.
  private static func isTakenOver(_ after: JSONValue?, from befores: [JSONValue?]) -> Bool {
    guard befores.count > 1, let after = after?.array else { return false }
    let lists = befores.map { before in before.map(\.array) ?? [] }
    guard (lists + [after]).allSatisfy({ $0?.allSatisfy { $0.object == nil } ?? false }) else {
      return false
    }
    let parents = lists.map { Set($0 ?? []) }
    let merged = Set(after)
    let shared = parents.dropFirst().reduce(parents[0]) { $0.intersection($1) }
    return merged.allSatisfy { line in parents.contains { $0.contains(line) } }
      && shared.isSubset(of: merged)
  }
}
