import JSONText
package import Records

/// Says the change of a field as a ledger must: like ``ChangeWords``, but with everything that a
/// list item brought or took.
///
/// "evidence set to 1 item" tells an auditor nothing; what was said, and by which team, does.
package struct FieldSentences {
  private let view: SchemaView?

  package init(of kind: Kind?) { view = kind?.view }

  /// A list that came or went is told item by item, an item member by member.
  package func sentences(_ field: FieldChange) -> [String] {
    guard field.before == nil || field.after == nil, let whole = field.after ?? field.before
    else { return [ChangeWords.sentence(field, view: view)] }
    if let items = items(of: field, whole) {
      return items.flatMap(sentences)
    }
    guard let item = whole.object, !item.isEmpty else {
      return [ChangeWords.sentence(field, view: view)]
    }
    let told = members(of: item, view?.at(field.pointer))
    return [
      field.before == nil ? "\(field.key) added: \(told)" : "\(field.key) removed (was \(told))"
    ]
  }

  /// The changes of the single items; `nil` unless a list of the record itself came or went.
  private func items(of field: FieldChange, _ whole: JSONValue) -> [FieldChange]? {
    guard let list = whole.array, list.contains(where: { $0.object != nil }),
      field.pointer.tokens.count == 1, let key = field.pointer.tokens.first
    else { return nil }
    func record(_ list: JSONValue?) -> JSONValue {
      .object(JSONObject(members: [JSONMember(key: key, value: list ?? .array([]))]))
    }
    let items = FieldChange.between(record(field.before), record(field.after), view: view)
    // Lists whose items have no ids may be told as one value: then there is no more to take apart.
    return items.allSatisfy { $0.pointer.tokens.count > 1 } && !items.isEmpty ? items : nil
  }

  /// "said “It took me a day.”; team payments".
  private func members(of item: JSONObject, _ view: SchemaView?) -> String {
    let told = item.members.filter { $0.key != "id" }
    return told.map { "\($0.key) \(ChangeWords.brief($0.value, view?.property($0.key)))" }
      .joined(separator: "; ")
  }
}
