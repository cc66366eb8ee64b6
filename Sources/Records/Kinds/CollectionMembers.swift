package import JSONText

/// The records that are, or were, in any collection of a record.
package struct CollectionMembers: Sendable {
  /// The record that they belong to.
  package let target: RecordID
  private let relations: [String: [LinkRelation]]

  /// Returns `nil` if records of the target's kind have no collections.
  package init?(of target: RecordID, in catalog: KindCatalog) {
    let collections = catalog.kind(of: target).map(catalog.collections) ?? []
    guard !collections.isEmpty else { return nil }
    self.target = target
    relations = Dictionary(grouping: collections, by: \.kind.prefix).mapValues {
      $0.map(\.relation)
    }
  }

  /// Whether the record is of a kind that a collection takes.
  package func mayHave(_ id: RecordID) -> Bool { relations[id.prefix] != nil }

  /// The prefixes of the kinds that a collection takes.
  package var prefixes: Set<String> { Set(relations.keys) }

  /// Whether a version of a record is in a collection.
  package func has(_ id: RecordID, _ version: JSONValue) -> Bool {
    relations[id.prefix]?.contains { $0.targets(in: version).contains(target) } ?? false
  }

  /// Whether any version on a side of a change is in a collection.
  package func has(_ change: RecordChange) -> Bool {
    change.versions.contains { has(change.id, $0) }
  }
}

extension KindCatalog {
  /// The relations that lead from records of collections, by the prefix of those records' kind.
  package var collectionRelations: [String: [LinkRelation]] {
    let all = kinds.flatMap(collections)
    return Dictionary(grouping: all, by: \.kind.prefix).mapValues { collections in
      var seen: Set<String> = []
      return collections.map(\.relation).filter { seen.insert($0.name).inserted }
    }
  }

  /// Whether records here may have been items of lists before a migration.
  package var hasMigratedRecords: Bool {
    kinds.contains { $0.view.hasProperty(MigrationOrigin.key) }
  }
}
