package import JSONText

/// A three-way merge of a record's value by its schema, field by field.
///
/// What only one side changed is taken from it. Objects are merged by key, keyed lists by their items'
/// keys with the order kept, lists without repetition as sets, long text and other lists line by line;
/// any other value is one field. `docs/merge-records.md` has the rules.
package struct RecordMerge {
  package enum Side: String, Sendable, CaseIterable {
    case ours, theirs

    package var other: Side { self == .ours ? .theirs : .ours }
    package var choice: Choice { self == .ours ? .ours : .theirs }
  }

  /// How a conflict ends.
  package enum Choice: Sendable { case ours, theirs, both }

  /// What both sides changed, differently.
  package struct Conflict: Sendable, Equatable {
    /// The path to it, with list items by their keys.
    package let tokens: [String]
    package let base: JSONValue?
    package let ours: JSONValue?
    package let theirs: JSONValue?
    /// Whether only the order of a list's items is at issue.
    package let isOrder: Bool

    package init(
      tokens: [String], base: JSONValue?, ours: JSONValue?, theirs: JSONValue?,
      isOrder: Bool = false
    ) {
      (self.tokens, self.base, self.ours, self.theirs) = (tokens, base, ours, theirs)
      self.isOrder = isOrder
    }

    /// Dotted: `options.k3x9q.title`.
    package var key: String { tokens.joined(separator: ".") }

    package func value(on side: Side) -> JSONValue? { side == .ours ? ours : theirs }
  }

  private var conflicts: [Conflict] = []
  private let choose: (Conflict) -> Choice?
  /// The workflow by which states are merged; `nil` if the schema doesn't say so.
  private let workflow: Workflow?

  private init(workflow: Workflow?, choosing choose: @escaping (Conflict) -> Choice?) {
    (self.workflow, self.choose) = (workflow, choose)
  }

  /// Returns the merged value, with ours where the sides conflict.
  ///
  /// - Parameters:
  ///   - base: the version that both come from, if there is one.
  ///   - workflow: the kind's, if it has one.
  ///   - choose: ends a conflict; one that it returns `nil` for, or can't be ended like that, is listed
  ///     in the result.
  package static func merge(
    base: JSONValue?, ours: JSONValue, theirs: JSONValue, view: SchemaView?,
    workflow: Workflow? = nil, choosing choose: @escaping (Conflict) -> Choice? = { _ in nil }
  ) -> (value: JSONValue, conflicts: [Conflict]) {
    let isOrdered =
      workflow.flatMap { view?.property($0.property)?.keyword("x-docket-merge")?["order"]?.string }
      == "workflow"
    var merge = RecordMerge(workflow: isOrdered ? workflow : nil, choosing: choose)
    let value = merge.merged(base, ours, theirs, view, [])
    return (value ?? ours, merge.conflicts)
  }

  /// - Parameter isItem: whether this is an item of a keyed list, which nothing but its key identifies.
  private mutating func merged(
    _ base: JSONValue?, _ ours: JSONValue?, _ theirs: JSONValue?, _ view: SchemaView?,
    _ path: [String], isItem: Bool = false
  ) -> JSONValue? {
    if ours == theirs { return Self.isSame(base, ours) ? theirs : ours }
    if base == ours { return theirs }
    if base == theirs { return ours }
    if let mine = ours?.object, let other = theirs?.object,
      let old = base?.object ?? (base == nil && !isItem ? JSONObject() : nil)
    {
      return .object(members(old, mine, other, view, path))
    }
    if let list = mergedList(base, ours, theirs, view, path) { return list.value }
    if path == workflow.map({ [$0.property] }), let later = laterState(base, ours, theirs) {
      return later
    }
    let conflict = Conflict(tokens: path, base: base, ours: ours, theirs: theirs)
    switch choose(conflict) {
    case .ours: return ours
    case .theirs: return theirs
    case .both:
      // What is there on one side only is kept; two additions of one item are put together.
      guard let mine = ours, let other = theirs else { return ours ?? theirs }
      if let mine = mine.object, let other = other.object, base == nil {
        return .object(members(JSONObject(), mine, other, view, path))
      }
    case nil: break
    }
    conflicts.append(conflict)
    return ours
  }

  private static func isSame(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return left.isIdentical(to: right)
  }

  /// Returns the state of the side that took the other's step and a further one; `nil` if neither did.
  private func laterState(_ base: JSONValue?, _ ours: JSONValue?, _ theirs: JSONValue?)
    -> JSONValue?
  {
    guard let workflow, let old = base?.string, let mine = ours?.string, let other = theirs?.string
    else { return nil }
    if workflow.isOnEveryWay(mine, from: old, to: other) { return theirs }
    return workflow.isOnEveryWay(other, from: old, to: mine) ? ours : nil
  }

  private mutating func members(
    _ base: JSONObject, _ ours: JSONObject, _ theirs: JSONObject, _ view: SchemaView?,
    _ path: [String]
  ) -> JSONObject {
    var result = JSONObject()
    let (old, mine, other) = (base.byName, ours.byName, theirs.byName)
    let added = theirs.members.map(\.key).filter { mine[JSONName($0)] == nil }
    for name in ours.members.map(\.key) + added {
      let at = JSONName(name)
      let value = merged(old[at], mine[at], other[at], view?.property(name), path + [name])
      if let value { result.members.append(JSONMember(key: name, value: value)) }
    }
    return result
  }
}

extension RecordMerge {
  /// Returns the merged list (`nil` inside: it is gone), or `nil` if these aren't lists that can be
  /// merged.
  private mutating func mergedList(
    _ base: JSONValue?, _ ours: JSONValue?, _ theirs: JSONValue?, _ view: SchemaView?,
    _ path: [String]
  ) -> (value: JSONValue?, Void)? {
    let versions = [base, ours, theirs]
    guard versions.allSatisfy({ $0 == nil || $0?.array != nil }), ours != nil || theirs != nil
    else { return nil }
    let (old, mine, other) = (base?.array ?? [], ours?.array ?? [], theirs?.array ?? [])
    var result: [JSONValue]?
    if let key = view?.itemKey {
      result = keyed(old, mine, other, by: key, view, path)
    }
    if result == nil, view?.isText != true, view?.itemKey == nil,
      view?.keyword("uniqueItems")?.bool == true
    {
      result = set(old, mine, other)
    }
    if let result {
      return (result.isEmpty && (ours == nil || theirs == nil) ? nil : .array(result), ())
    }
    guard ours != nil, theirs != nil else { return nil }
    return lines(base, old, mine, other, isText: view?.isText == true, path).map { ($0, ()) }
  }

  private mutating func keyed(
    _ base: [JSONValue], _ ours: [JSONValue], _ theirs: [JSONValue], by key: String,
    _ view: SchemaView?, _ path: [String]
  ) -> [JSONValue]? {
    guard let old = ItemsByKey(base, key), let mine = ItemsByKey(ours, key),
      let other = ItemsByKey(theirs, key)
    else { return nil }
    var kept: [JSONName: JSONValue] = [:]
    for name in mine.order + other.order.filter({ mine.items[$0] == nil }) {
      kept[name] = merged(
        old.items[name], mine.items[name], other.items[name], view?.items, path + [name.text],
        isItem: true)
    }
    var order = ItemOrder(base: old.order, ours: mine.order, theirs: other.order) {
      kept[$0] != nil
    }
    if order.isDisputed {
      let conflict = Conflict(
        tokens: path, base: .array(base), ours: .array(ours), theirs: .array(theirs), isOrder: true)
      switch choose(conflict) {
      case .theirs: order.leader = .theirs
      case .ours, .both: break
      case nil: conflicts.append(conflict)
      }
    }
    return order.merged.compactMap { kept[$0] }
  }

  private func set(_ base: [JSONValue], _ ours: [JSONValue], _ theirs: [JSONValue]) -> [JSONValue] {
    let (old, mine, other) = (Set(base), Set(ours), Set(theirs))
    var order = ItemOrder(base: base, ours: ours, theirs: theirs) {
      mine.contains($0) && other.contains($0)
        || !old.contains($0) && (mine.contains($0) || other.contains($0))
    }
    // The order of a set says nothing.
    if order.isDisputed { order.leader = .ours }
    return order.merged
  }

  /// Returns the merged lines; `nil` if they stay in conflict as one value.
  private mutating func lines(
    _ value: JSONValue?, _ base: [JSONValue], _ ours: [JSONValue], _ theirs: [JSONValue],
    isText: Bool, _ path: [String]
  ) -> JSONValue? {
    let merge = SequenceMerge(
      base: base, ours: ours, theirs: theirs, joinsAppended: !isText || !base.isEmpty)
    guard merge.hasConflict else { return .array(merge.elements(.ours)) }
    // Named are the sides' own values; what doesn't overlap is merged all the same.
    let conflict = Conflict(tokens: path, base: value, ours: .array(ours), theirs: .array(theirs))
    guard let choice = choose(conflict) else {
      conflicts.append(conflict)
      return .array(merge.elements(.ours))
    }
    return .array(merge.elements(choice))
  }
}

/// The items of a keyed list.
private struct ItemsByKey {
  private(set) var items: [JSONName: JSONValue] = [:]
  private(set) var order: [JSONName] = []

  /// Returns `nil` if an item has no key, or another's.
  init?(_ list: [JSONValue], _ key: String) {
    for item in list {
      guard let name = item[key]?.string.map({ JSONName($0) }),
        items.updateValue(item, forKey: name) == nil
      else { return nil }
      order.append(name)
    }
  }
}
