import JSONText
import Records

/// Takes apart what a change of a field added or removed whole, so that each part can be told.
///
/// "evidence set to 1 item" tells an auditor nothing; what was said, and by which team, does.
struct FieldParts {
  private let view: SchemaView?

  init(of change: RecordChange) { view = change.kind?.view }

  /// A list that came or went item by item, an item that holds lists member by member; else the
  /// change itself.
  func parts(of field: FieldChange) -> [FieldChange] {
    guard field.before == nil || field.after == nil, let whole = field.after ?? field.before,
      let key = field.pointer.tokens.first
    else { return [field] }
    let parts: [FieldChange]
    switch (whole, field.pointer.tokens.count) {
    case (.array(let items), 1) where items.contains { $0.object != nil }:
      parts = differences(field, key) { $0 ?? .array([]) }.flatMap(self.parts)
    case (.object(let item), 2) where item.members.contains { $0.value.array != nil }:
      guard let id = item["id"] else { return [field] }
      let bare = JSONValue.object(JSONObject(members: [JSONMember(key: "id", value: id)]))
      parts = differences(field, key) { .array([$0 ?? bare]) }
    default: return [field]
    }
    return parts.isEmpty ? [field] : parts
  }

  private func differences(
    _ field: FieldChange, _ key: String, _ value: (JSONValue?) -> JSONValue
  ) -> [FieldChange] {
    func record(_ part: JSONValue?) -> JSONValue {
      .object(JSONObject(members: [JSONMember(key: key, value: value(part))]))
    }
    return FieldChange.between(record(field.before), record(field.after), view: view)
  }
}
