package import Files
package import JSONText

/// An item of a list that is a record of its own since a migration.
package struct MigratedItem: Sendable, Hashable {
  package let record: RecordID
  package let origin: MigrationOrigin

  package init(_ record: RecordID, _ origin: MigrationOrigin) {
    (self.record, self.origin) = (record, origin)
  }

  /// Returns the item that a record's version says that it was.
  package init?(_ change: RecordChange) {
    guard let origin = change.versions.lazy.compactMap({ MigrationOrigin($0) }).first else {
      return nil
    }
    self.init(change.id, origin)
  }

  /// Returns what a change of the record that held the list did to the item, as a change of the
  /// record that the item became; `nil` if it did nothing to the item.
  package func change(by change: RecordChange, keys: ItemKeys, kind: Kind?) -> RecordChange? {
    let pattern = FieldPattern(tokens: [origin.list, origin.item])
    let fields = change.fields.flatMap(pattern.parts).flatMap { part in
      let tokens = part.pointer.tokens.dropFirst(2)
      let names = part.key.split(separator: ".", omittingEmptySubsequences: false).dropFirst(2)
      guard let first = tokens.first else {
        return FieldChange.between(
          part.before.map(keys.record(from:)), part.after.map(keys.record(from:)), view: kind?.view)
      }
      let key = keys.recordKey(first)
      return [
        FieldChange(
          pointer: JSONPointer(tokens: [key] + tokens.dropFirst()),
          key: ([key] + names.dropFirst().map(String.init)).joined(separator: "."),
          before: part.before, after: part.after)
      ]
    }
    guard !fields.isEmpty else { return nil }
    let before = change.before.flatMap(origin.item(in:))
    let after = change.after.flatMap(origin.item(in:))
    return RecordChange(
      id: record, kind: kind, path: change.path, from: nil,
      type: after == nil ? .deleted : before == nil ? .added : .modified, fields: fields,
      before: before.map(keys.record(from:)), after: after.map(keys.record(from:)), problem: nil)
  }

  /// Returns the change that added the record as its migration: what it changed in the item.
  ///
  /// - Parameter path: where the item was.
  package func migration(
    _ change: RecordChange, of item: JSONValue, at path: RepositoryPath, keys: ItemKeys
  ) -> RecordChange {
    let before = keys.record(from: item)
    let identity = Kind.identityKeys + [MigrationOrigin.key]
    let fields = FieldChange.between(before, change.after, view: change.kind?.view).filter {
      !identity.contains($0.pointer.tokens.first ?? "")
    }
    var told = RecordChange(
      id: change.id, kind: change.kind, path: change.path, from: path, type: .renamed,
      fields: fields, before: before, after: change.after, problem: change.problem)
    told.migratedFrom = origin
    return told
  }
}

extension MigrationOrigin {
  /// Returns the item in a version of the record that held it, with its position in the list.
  package func place(in owner: JSONValue) -> (index: Int, item: JSONValue)? {
    let list = owner[list]?.array ?? []
    return list.firstIndex { $0["id"]?.string == item }.map { ($0, list[$0]) }
  }

  package func item(in owner: JSONValue) -> JSONValue? { place(in: owner)?.item }
}

/// What the keys of a list's items are called in the records that the items became.
package struct ItemKeys: Sendable {
  private let renames: [String: String]

  /// - Parameter kind: the kind of the record that held the list.
  package init(of list: String, in kind: Kind?) { renames = kind?.retired(list)?.renames ?? [:] }

  package func recordKey(_ key: String) -> String { renames[key] ?? key }

  package func itemKey(_ key: String) -> String {
    renames.first { $0.value == key }?.key ?? key
  }

  /// Returns an item with the keys of a record, without its id.
  package func record(from item: JSONValue) -> JSONValue {
    guard case .object(var object) = item else { return item }
    object["id"] = nil
    for index in object.members.indices {
      object.members[index] = JSONMember(
        key: recordKey(object.members[index].key), value: object.members[index].value)
    }
    return .object(object)
  }
}

extension RecordChange {
  /// Returns the ids of a list's items that the change added or edited.
  package func itemsWritten(in list: String) -> Set<String> {
    var found: Set<String> = []
    for field in fields where field.pointer.tokens.first == list {
      if field.pointer.tokens.count == 1 {
        guard field.before == nil else { continue }
        found.formUnion((field.after?.array ?? []).compactMap { $0["id"]?.string })
      } else {
        let names = field.key.split(separator: ".", omittingEmptySubsequences: false)
        guard names.count > 1 else { continue }
        found.insert(String(names[1]))
      }
    }
    let left = Set((after?[list]?.array ?? []).compactMap { $0["id"]?.string })
    return found.intersection(left)
  }

  /// Returns the change without the removal of items that are records of their own now.
  package func lettingGo(of items: [MigratedItem]) -> RecordChange {
    guard !items.isEmpty else { return self }
    let gone = Dictionary(grouping: items, by: \.origin.list).mapValues {
      Set($0.map(\.origin.item))
    }
    var change = with(
      fields.flatMap { field -> [FieldChange] in
        let tokens = field.pointer.tokens
        guard field.after == nil, let list = tokens.first, let gone = gone[list],
          let before = field.before
        else { return [field] }
        func isGone(_ item: JSONValue) -> Bool {
          item["id"]?.string.map(gone.contains) ?? false
        }
        switch tokens.count {
        case 1:
          return (before.array ?? []).enumerated().filter { !isGone($0.element) }.map {
            index, item in
            FieldChange(
              pointer: field.pointer.appending(index),
              key: "\(field.key).\(item["id"]?.string ?? String(index))", before: item, after: nil)
          }
        case 2: return isGone(before) ? [] : [field]
        default: return [field]
        }
      })
    change.wentOn = items
    return change
  }
}
