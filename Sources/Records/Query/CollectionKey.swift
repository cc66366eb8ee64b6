import JSONText

/// A key that names records of a collection as if they were items of a list: `evidence` all of them,
/// `evidence.8kx3m` the one whose id has these digits after its prefix, `evidence.team` a key of each.
package struct CollectionKey: Sendable {
  private let name: String
  /// The collections of this name, with the kind that has them.
  private let collections: [(owner: Kind, collection: ResolvedCollection)]
  /// The item that the key names, as typed.
  private let item: String?
  /// The key within a record, with the name that it has there; empty for all of the record.
  private let rest: [String]
  /// Whether the key's last part is one that records of the collection may have.
  package let isKnown: Bool
  /// The record that the collection belongs to; `nil` for any.
  package var target: RecordID?
  /// The record that the item is, if no list has an item of that id.
  private var record: RecordID?

  /// Returns `nil` if no kind has a collection or a retired list of the pattern's first name.
  package init?(_ pattern: FieldPattern, _ catalog: KindCatalog) {
    guard let name = pattern.topLevelKey else { return nil }
    let found = catalog.kinds.compactMap { kind in
      catalog.collection(name, of: kind).map { (owner: kind, collection: $0) }
    }
    guard let first = found.first else { return nil }
    self.name = name
    collections = found
    let renames = first.owner.retired(name)?.renames ?? [:]
    var rest = pattern.tokens.dropFirst()
    if let token = rest.first, !Self.isKey(token, found, renames) {
      item = token
      rest = rest.dropFirst()
    } else {
      item = nil
    }
    self.rest = rest.first.map { [renames[$0] ?? $0] + rest.dropFirst() } ?? []
    isKnown =
      (item.map { ItemID.mayName($0) } ?? true)
      && (rest.first.map { Self.isKey($0, found, renames) } ?? true)
  }

  private static func isKey(
    _ token: String, _ found: [(owner: Kind, collection: ResolvedCollection)],
    _ renames: [String: String]
  ) -> Bool {
    renames[token] != nil || found.contains { $0.collection.kind.view.hasProperty(token) }
  }

  /// The prefixes of the kinds whose records the key may name.
  package var prefixes: Set<String> { Set(collections.map(\.collection.kind.prefix)) }

  /// Finds the record that the key names, unless a list has an item of that id.
  ///
  /// - Returns: the candidates, if there are several.
  package mutating func resolve(among changes: some Sequence<RecordChange>) -> [RecordID]? {
    guard let item, let digits = ItemID.digits(beginning: item) else { return nil }
    var found: Set<RecordID> = []
    for change in changes {
      if change.versions.contains(where: { hasItem(item, $0) }) { return nil }
      if isMember(change), change.id.begins(withPrefix: nil, digits: digits) {
        found.insert(change.id)
      }
    }
    if found.count > 1 { return found.sorted() }
    record = found.first
    return nil
  }

  /// Whether a version has an item of this id in the list, or is the record that it became.
  private func hasItem(_ item: String, _ version: JSONValue) -> Bool {
    let origin = MigrationOrigin(version)
    return origin?.list == name && origin?.item == item
      || version[name]?.array?.contains { $0["id"]?.string == item } ?? false
  }

  /// Whether a change is of a record that is, or was, in the collection.
  private func isMember(_ change: RecordChange) -> Bool {
    collections.contains { owner, collection in
      guard change.id.prefix == collection.kind.prefix else { return false }
      let targets = Set(change.versions.flatMap { collection.relation.targets(in: $0) })
      guard let target else { return targets.contains { $0.prefix == owner.prefix } }
      if targets.contains(target) { return true }
      // From before it was in the collection, unless it is in another.
      return target.prefix == owner.prefix
        && !collection.kind.links.contains { link in
          change.versions.contains { link.targets(in: $0).contains(target) }
        }
    }
  }

  /// Returns the part of a change that the key names; `nil` if the change isn't of a record of the
  /// collection, or of another part.
  package func part(of change: RecordChange) -> RecordChange? {
    guard isMember(change) else { return nil }
    if let item {
      let origin = change.versions.lazy.compactMap { MigrationOrigin($0) }.first
      let isNamed =
        record.map { $0 == change.id } ?? (origin?.list == name && origin?.item == item)
      guard isNamed else { return nil }
    }
    guard !rest.isEmpty else { return change }
    let part = change.with(change.fields.flatMap(FieldPattern(tokens: rest).parts))
    return part.fields.isEmpty ? nil : part
  }
}
