package import JSONText

/// Says in words what two sides of a merge disagree about.
package struct ConflictWords: Sendable {
  private let view: SchemaView?
  private let names: (ours: String, theirs: String)

  /// - Parameter names: what the sides are called: branches, mostly.
  package init(view: SchemaView?, names: (ours: String, theirs: String)) {
    (self.view, self.names) = (view, names)
  }

  /// Returns a sentence: "severity: main has 3, topic has 2".
  package func sentence(_ conflict: RecordMerge.Conflict) -> String {
    let what = conflict.isOrder ? "the order of \(conflict.key)" : conflict.key
    return "\(what): \(side(.ours, of: conflict)), \(side(.theirs, of: conflict))"
  }

  /// Returns "main has 3", or "main has none" where the value was taken away.
  package func side(_ side: RecordMerge.Side, of conflict: RecordMerge.Conflict) -> String {
    let name = side == .ours ? names.ours : names.theirs
    guard let value = conflict.value(on: side) else {
      return conflict.base == nil ? "\(name) has none" : "\(name) took it away"
    }
    return "\(name) has \(text(value, of: conflict))"
  }

  /// Returns a value in words; of a list whose order is at issue, its items' keys.
  package func text(_ value: JSONValue, of conflict: RecordMerge.Conflict) -> String {
    let place = place(of: conflict)
    if conflict.isOrder, let key = place?.itemKey {
      return (value.array ?? []).compactMap { $0[key]?.string }.joined(separator: ", ")
    }
    if place?.isText == true, let lines = value.array {
      return "“" + ChangeWords.shortened(lines.map(\.plainText).joined(separator: " / "), to: 200)
        + "”"
    }
    return ChangeWords.shortened(value.plainText, to: 200)
  }

  /// The place in the schema: keys of items select the items' schema.
  private func place(of conflict: RecordMerge.Conflict) -> SchemaView? {
    view?.at(JSONPointer(tokens: conflict.tokens))
  }
}
