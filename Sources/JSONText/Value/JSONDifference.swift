/// Computes the structural differences between two values.
package struct JSONDifference {
  /// Returns the changes in the order of the later value; removed parts follow their siblings.
  ///
  /// - Parameter listKey: returns, for the pointer of a list (with `*` for array indexes), the
  ///   member that names its items, such as `id`, or nil. Named items are matched by name and their
  ///   order is ignored. Unnamed lists of objects are compared by index; a list of only strings is
  ///   compared as one value, and so is any other list that contains a non-object.
  package static func between(
    _ before: JSONValue?, _ after: JSONValue?,
    listKey: @escaping (JSONPointer) -> String? = { _ in nil }
  ) -> [JSONChange] {
    var comparison = Comparison(listKey: listKey)
    comparison.compare(before, after, at: Place())
    return comparison.changes
  }

  private struct Place {
    var pointer = JSONPointer.root
    /// The pointer in the earlier value, if list items have moved since.
    var earlier: JSONPointer?
    /// The pointer with `*` for array indexes.
    var pattern = JSONPointer.root
    var names: [String] = []

    func member(_ key: String) -> Place {
      Place(
        pointer: pointer.appending(key), earlier: earlier?.appending(key),
        pattern: pattern.appending(key), names: names + [key])
    }

    /// - Parameter before: the item's index in the earlier value, if it was there.
    func item(_ index: Int, before: Int? = nil, named name: String) -> Place {
      let hasMoved = earlier != nil || before.map { $0 != index } ?? false
      return Place(
        pointer: pointer.appending(index),
        earlier: hasMoved ? (earlier ?? pointer).appending(before ?? index) : nil,
        pattern: pattern.appending("*"), names: names + [name])
    }
  }

  private struct Comparison {
    let listKey: (JSONPointer) -> String?
    var changes: [JSONChange] = []

    mutating func compare(_ before: JSONValue?, _ after: JSONValue?, at place: Place) {
      switch (before, after) {
      case (.object(let old)?, .object(let new)?): compareMembers(old, new, at: place)
      case (.array(let old)?, .array(let new)?): compareItems(old, new, at: place)
      default:
        if before != after { note(before, after, at: place) }
      }
    }

    private mutating func note(_ before: JSONValue?, _ after: JSONValue?, at place: Place) {
      changes.append(
        JSONChange(
          pointer: after == nil ? place.earlier ?? place.pointer : place.pointer,
          key: place.names.joined(separator: "."), before: before,
          after: after))
    }

    private mutating func compareMembers(
      _ old: JSONObject, _ new: JSONObject, at place: Place
    ) {
      guard old.count > 16, new.count > 16 else {
        for member in new.members {
          compare(old[member.key], member.value, at: place.member(member.key))
        }
        for member in old.members where new[member.key] == nil {
          note(member.value, nil, at: place.member(member.key))
        }
        return
      }
      // Many members are looked up by name, so that the time stays linear.
      let (earlier, later) = (old.byName, new.byName)
      for member in new.members {
        compare(earlier[JSONName(member.key)], member.value, at: place.member(member.key))
      }
      for member in old.members where later[JSONName(member.key)] == nil {
        note(member.value, nil, at: place.member(member.key))
      }
    }

    private mutating func compareItems(
      _ old: [JSONValue], _ new: [JSONValue], at place: Place
    ) {
      if let key = listKey(place.pattern), let oldNames = names(of: old, by: key),
        let newNames = names(of: new, by: key)
      {
        for (index, item) in new.enumerated() {
          let name = newNames.order[index]
          let before = oldNames.index[JSONName(name)]
          compare(
            before.map { old[$0] }, item, at: place.item(index, before: before, named: name))
        }
        for (index, item) in old.enumerated() {
          let name = oldNames.order[index]
          if newNames.index[JSONName(name)] == nil {
            note(item, nil, at: place.item(index, before: index, named: name))
          }
        }
        return
      }
      let allObjects = (old + new).allSatisfy { $0.kind == .object }
      guard allObjects, !(old.isEmpty && new.isEmpty) else {
        if old != new { note(.array(old), .array(new), at: place) }
        return
      }
      for index in 0..<max(old.count, new.count) {
        compare(
          index < old.count ? old[index] : nil, index < new.count ? new[index] : nil,
          at: place.item(index, named: String(index)))
      }
    }

    /// Returns the items' names; nil unless each item has a unique name.
    private func names(
      of items: [JSONValue], by key: String
    ) -> (order: [String], index: [JSONName: Int])? {
      var order: [String] = []
      var index: [JSONName: Int] = [:]
      for (place, item) in items.enumerated() {
        guard let value = item[key] else { return nil }
        let name = value.string ?? String(decoding: JSONPrinter.compact(value), as: UTF8.self)
        guard index.updateValue(place, forKey: JSONName(name)) == nil else { return nil }
        order.append(name)
      }
      return (order, index)
    }
  }
}
