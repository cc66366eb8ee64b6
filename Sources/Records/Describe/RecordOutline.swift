package import JSONText

/// A record's values in words, a line each, so that a diff of two versions is read like one of text.
///
/// Each line depends on its own value alone: not on a width, a date or another record.
package struct RecordOutline {
  private var lines: [String] = []

  private init() {}

  /// Returns the lines of a record, by the labels of its kind's schema; without one, by its keys.
  package static func lines(of record: JSONValue, kind: Kind?) -> [String] {
    var outline = RecordOutline()
    let id = record["id"]?.string ?? ""
    outline.lines.append([kind?.title, id].compactMap { $0 }.joined(separator: " "))
    outline.addMembers(of: record, kind?.view, depth: 0, leavingOut: Set(Kind.identityKeys))
    return outline.lines
  }

  private mutating func addMembers(
    of value: JSONValue, _ view: SchemaView?, depth: Int, leavingOut left: Set<String> = []
  ) {
    let members = value.object?.members ?? []
    // As the canonical form has them: keys that the schema doesn't know come last.
    let known = (view?.propertyNames ?? []).filter { value[$0] != nil }
    let unknown = members.map(\.key).filter { view?.hasProperty($0) != true }.sorted()
    for key in known + unknown where !left.contains(key) {
      guard let member = value[key] else { continue }
      add(member, label: view?.property(key)?.title ?? key, view?.property(key), depth: depth)
    }
  }

  private mutating func add(_ value: JSONValue, label: String, _ view: SchemaView?, depth: Int) {
    let indent = String(repeating: "  ", count: depth)
    switch value {
    case .object:
      lines.append("\(indent)\(label):")
      addMembers(of: value, view, depth: depth + 1)
    case .array(let items):
      lines.append("\(indent)\(label):")
      for item in items {
        guard item.object != nil || item.array != nil else {
          let text = item.plainText
          lines.append(
            "\(indent)  \(view?.isText == true ? text : "- " + text)")
          continue
        }
        let name = view?.itemKey.flatMap { item[$0]?.string } ?? "-"
        add(item, name, view?.items, key: view?.itemKey, depth: depth + 1)
      }
    default: lines.append("\(indent)\(label): \(value.plainText)")
    }
  }

  /// Adds an item of a list, with its key as the label.
  private mutating func add(
    _ item: JSONValue, _ name: String, _ view: SchemaView?, key: String?, depth: Int
  ) {
    guard item.object != nil else { return add(item, label: name, view, depth: depth) }
    lines.append(String(repeating: "  ", count: depth) + name + ":")
    addMembers(of: item, view, depth: depth + 1, leavingOut: Set([key].compactMap { $0 }))
  }
}
