package import JSONText

/// A collection, with the kind and the relation of its records.
package struct ResolvedCollection: Sendable {
  package let collection: RecordCollection
  package let kind: Kind
  package let relation: LinkRelation

  /// The place of the link in a record of the collection.
  package var linkPlace: JSONPointer? {
    relation.places.first { !$0.tokens.contains("*") }.map { JSONPointer(tokens: $0.tokens) }
  }

  /// Whether a record of the collection counts: one in a closed state was set aside.
  package func counts(_ record: RecordFile) -> Bool { !kind.isClosed(record.root) }
}

extension KindCatalog {
  /// Returns the collections of a kind whose own kind and relation are here.
  package func collections(of kind: Kind) -> [ResolvedCollection] {
    kind.collections.compactMap(resolve)
  }

  package func collection(_ name: String, of kind: Kind) -> ResolvedCollection? {
    kind.collections.first { $0.name == name }.flatMap(resolve)
  }

  private func resolve(_ collection: RecordCollection) -> ResolvedCollection? {
    guard let kind = kind(named: collection.kind), let relation = kind.relation(collection.relation)
    else { return nil }
    return ResolvedCollection(collection: collection, kind: kind, relation: relation)
  }

  /// Returns the collections that a link of a record belongs to, on the kind that it leads to.
  package func collections(reachedBy relation: String, from source: Kind, to target: Kind)
    -> [RecordCollection]
  {
    target.collections.filter { $0.kind == source.name && $0.relation == relation }
  }
}
