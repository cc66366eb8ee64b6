package import JSONText

/// Describes changes in words.
package enum ChangeWords {
  /// Returns a change in words: "severity 3 → 5", "area set to ci", "workaround removed", "evidence
  /// k3x9q added".
  package static func sentence(_ change: FieldChange, view: SchemaView?) -> String {
    let place = view?.at(change.pointer)
    switch (change.before, change.after) {
    case (nil, let after?):
      if after.object != nil { return "\(change.key) added: \(brief(after, place))" }
      if let items = after.array, items.count == 1, items[0].object != nil {
        return "\(change.key) + \(brief(items[0], place?.items))"
      }
      return "\(change.key) set to \(brief(after, place))"
    case (let before?, nil): return "\(change.key) removed (was \(brief(before, place)))"
    case (let before?, let after?):
      if let old = before.array, let new = after.array { return lists(change.key, old, new, place) }
      return "\(change.key) \(brief(before, place)) → \(brief(after, place))"
    case (nil, nil): return change.key
    }
  }

  private static func lists(
    _ key: String, _ old: [JSONValue], _ new: [JSONValue], _ place: SchemaView?
  ) -> String {
    if place?.isText == true { return "\(key) rewritten: \(brief(.array(new), place))" }
    let added = new.filter { !old.contains($0) }.map { brief($0, place?.items) }
    let removed = old.filter { !new.contains($0) }.map { brief($0, place?.items) }
    var parts: [String] = []
    if !added.isEmpty { parts.append("+ " + added.joined(separator: ", ")) }
    if !removed.isEmpty { parts.append("− " + removed.joined(separator: ", ")) }
    return parts.isEmpty ? "\(key) put in another order" : "\(key) " + parts.joined(separator: " ")
  }

  /// Returns a value in at most about sixty characters.
  package static func brief(_ value: JSONValue, _ view: SchemaView?) -> String {
    switch value {
    case .string(let text): return shortened(text)
    case .array(let items):
      if view?.isText == true {
        return "“" + shortened(items.compactMap(\.string).joined(separator: " ")) + "”"
      }
      if items.allSatisfy({ $0.object == nil && $0.array == nil }) {
        return shortened(items.map(\.plainText).joined(separator: ", "))
      }
      return items.count == 1 ? "1 item" : "\(items.count) items"
    case .object(let object):
      let shown = object.members.filter { member in
        member.key != "id"
          && (member.value.array == nil || view?.property(member.key)?.isText == true)
      }
      return shortened(
        shown.map { member in
          member.value.object == nil
            ? "\(member.key) \(brief(member.value, view?.property(member.key)))"
            : "\(member.key) …"
        }.joined(separator: ", "))
    default: return value.plainText
    }
  }

  package static func shortened(_ text: String, to limit: Int = 60) -> String {
    // Fast path for most texts: short ASCII on one line.
    if text.utf8.count <= limit, text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x80 }) { return text }
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.count <= limit ? line : line.prefix(limit - 1).trimmed + "…"
  }
}
