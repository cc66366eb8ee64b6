import JSONText
import Records

extension Tracker {
  /// Returns a record's value with abbreviated ids in its links (`pp-8kx3`) completed.
  func linksSpelledOut(in value: JSONValue, of kind: Kind) throws(StoreError) -> JSONValue {
    var value = value
    for relation in kind.links {
      for place in relation.places { value = try spelledOut(value, at: place.tokens[...]) }
    }
    return value
  }

  private func spelledOut(_ value: JSONValue, at tokens: ArraySlice<String>) throws(StoreError)
    -> JSONValue
  {
    switch value {
    case .string(let text) where tokens.isEmpty: return .string(try spelledOut(text))
    case .array(var items):
      // A list of links is addressed as a whole, the items of a list with `*`.
      let rest = tokens.first == "*" ? tokens.dropFirst() : tokens
      guard tokens.isEmpty || tokens.first == "*" else { return value }
      for index in items.indices { items[index] = try spelledOut(items[index], at: rest) }
      return .array(items)
    case .object(var object):
      guard let key = tokens.first, let member = object[key] else { return value }
      object[key] = try spelledOut(member, at: tokens.dropFirst())
      return .object(object)
    default: return value
    }
  }

  private func spelledOut(_ text: String) throws(StoreError) -> String {
    guard RecordID(text) == nil, let typed = IDAbbreviation(text), let prefix = typed.prefix,
      catalog.kinds.contains(where: { $0.prefix == prefix })
    else { return text }
    if let complete = typed.complete { return complete.text }
    return try find(text).id.text
  }
}
