package import JSONText

/// A merge of two versions of a record's value, field by field.
///
/// Objects are merged by key, keyed lists by the items' ids, lists without repetition as sets; any
/// other value is one field. What only one side changed is taken from it.
package struct FieldMerge: Sendable {
  package enum Side: String, Sendable, CaseIterable { case ours, theirs }

  /// A field that both sides changed, differently.
  package struct Clash: Sendable, Equatable {
    /// Dotted, with list items by their ids.
    package let key: String
    package let ours: JSONValue?
    package let theirs: JSONValue?
  }

  package private(set) var clashes: [Clash] = []
  /// The side to take a field from that both have changed; ours where it is `nil`.
  private let preferred: Side?

  private init(preferred: Side?) { self.preferred = preferred }

  /// Returns the merged value, with ours where the sides clash.
  ///
  /// - Parameter base: the version that both come from, if there is one.
  package static func merge(
    base: JSONValue?, ours: JSONValue, theirs: JSONValue, view: SchemaView?, preferring: Side? = nil
  ) -> (value: JSONValue, clashes: [Clash]) {
    var merge = FieldMerge(preferred: preferring)
    let value = merge.merged(base, ours, theirs, view, [])
    return (value ?? ours, merge.clashes)
  }

  private mutating func merged(
    _ base: JSONValue?, _ ours: JSONValue?, _ theirs: JSONValue?, _ view: SchemaView?,
    _ key: [String]
  ) -> JSONValue? {
    if ours == theirs || base == theirs { return ours }
    if base == ours { return theirs }
    if let old = base?.object ?? (base == nil ? JSONObject() : nil), let mine = ours?.object,
      let other = theirs?.object
    {
      return .object(members(old, mine, other, view, key))
    }
    if let mine = ours?.array, let other = theirs?.array,
      let old = base?.array ?? (base == nil ? [] : nil)
    {
      if let name = view?.itemKey, let list = items(old, mine, other, by: name, view, key) {
        return .array(list)
      }
      if view?.isText != true, view?.keyword("uniqueItems")?.bool == true {
        return .array(
          mine.filter { other.contains($0) || !old.contains($0) }
            + other.filter { !mine.contains($0) && !old.contains($0) })
      }
    }
    switch preferred {
    case .ours: return ours
    case .theirs: return theirs
    case nil:
      clashes.append(Clash(key: key.joined(separator: "."), ours: ours, theirs: theirs))
      return ours
    }
  }

  private mutating func members(
    _ base: JSONObject, _ ours: JSONObject, _ theirs: JSONObject, _ view: SchemaView?,
    _ key: [String]
  ) -> JSONObject {
    var result = JSONObject()
    let (old, mine, other) = (base.byName, ours.byName, theirs.byName)
    let added = theirs.members.map(\.key).filter { mine[JSONName($0)] == nil }
    for name in ours.members.map(\.key) + added {
      let at = JSONName(name)
      let value = merged(old[at], mine[at], other[at], view?.property(name), key + [name])
      if let value { result.members.append(JSONMember(key: name, value: value)) }
    }
    return result
  }

  /// Returns the merged items, ours first; `nil` if they can't be told apart by their names.
  private mutating func items(
    _ base: [JSONValue], _ ours: [JSONValue], _ theirs: [JSONValue], by name: String,
    _ view: SchemaView?, _ key: [String]
  ) -> [JSONValue]? {
    func named(_ items: [JSONValue]) -> [String: JSONValue]? {
      var found: [String: JSONValue] = [:]
      for item in items {
        guard let id = item[name]?.string, found.updateValue(item, forKey: id) == nil else {
          return nil
        }
      }
      return found
    }
    guard let old = named(base), let mine = named(ours), let other = named(theirs) else {
      return nil
    }
    let names =
      ours.compactMap { $0[name]?.string }
      + theirs.compactMap { $0[name]?.string }
      .filter { mine[$0] == nil }
    return names.compactMap { merged(old[$0], mine[$0], other[$0], view?.items, key + [$0]) }
  }
}
