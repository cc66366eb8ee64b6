/// A collection, with the kind and the relation of its records.
package struct ResolvedCollection: Sendable {
  package let collection: RecordCollection
  package let kind: Kind
  package let relation: LinkRelation

  /// Whether a record of the collection counts: one in a closed state was set aside.
  package func counts(_ record: RecordFile) -> Bool { !kind.isClosed(record.root) }

  /// What records are linked by. Collections that agree in it have the same members, whatever they
  /// belong to and are called.
  package struct Source: Hashable, Sendable {
    let kind: String
    let relation: String
  }

  package var source: Source { Source(kind: kind.name, relation: relation.name) }

  /// Returns those of some records that count, by what they belong to; in the order given.
  package func members(among records: some Sequence<RecordFile>) -> [RecordID: [RecordFile]] {
    var members: [RecordID: [RecordFile]] = [:]
    for record in records where record.id.prefix == kind.prefix && counts(record) {
      for target in Set(relation.links(in: record.root).map(\.target)) {
        members[target, default: []].append(record)
      }
    }
    return members
  }
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

  /// Returns every collection, with the kind that it belongs to.
  package func allCollections() -> [(owner: Kind, collection: ResolvedCollection)] {
    kinds.flatMap { kind in collections(of: kind).map { (kind, $0) } }
  }
}
