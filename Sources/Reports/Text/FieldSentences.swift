import JSONText
package import Records

/// Writes sentences about a field's change for a ledger: like ``ChangeWords``, but with all members
/// of an added or removed list item.
///
/// "evidence set to 1 item" is no help to an auditor; what was said, and by which team, is.
package struct FieldSentences {
  private let view: SchemaView?

  package init(of kind: Kind?) { view = kind?.view }

  /// Returns sentences on a change; an added or removed list is written item by item, with members.
  package func sentences(_ field: FieldChange) -> [String] {
    guard field.before == nil || field.after == nil, let whole = field.after ?? field.before
    else { return [ChangeWords.sentence(field, view: view)] }
    if let items = items(of: field, whole) {
      return items.flatMap(sentences)
    }
    guard let item = whole.object, !item.isEmpty else {
      return [ChangeWords.sentence(field, view: view)]
    }
    let described = members(of: item, view?.at(field.pointer))
    return [
      field.before == nil
        ? "\(field.key) added: \(described)" : "\(field.key) removed (was \(described))"
    ]
  }

  /// Returns the items' changes; `nil` unless a list of the record itself was added or removed.
  private func items(of field: FieldChange, _ whole: JSONValue) -> [FieldChange]? {
    guard let list = whole.array, list.contains(where: { $0.object != nil }),
      field.pointer.tokens.count == 1, let key = field.pointer.tokens.first
    else { return nil }
    func record(_ list: JSONValue?) -> JSONValue {
      .object(JSONObject(members: [JSONMember(key: key, value: list ?? .array([]))]))
    }
    let items = FieldChange.between(record(field.before), record(field.after), view: view)
    // A list whose items have no ids may be compared as one value, which can't be split further.
    return items.allSatisfy { $0.pointer.tokens.count > 1 } && !items.isEmpty ? items : nil
  }

  /// Returns the members of an item: "said “It took me a day.”; team payments".
  private func members(of item: JSONObject, _ view: SchemaView?) -> String {
    let described = item.members.filter { $0.key != "id" }
    return described.map { "\($0.key) \(ChangeWords.brief($0.value, view?.property($0.key)))" }
      .joined(separator: "; ")
  }
}
