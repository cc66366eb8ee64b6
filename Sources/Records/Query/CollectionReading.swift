package import JSONText

/// Reads the records of collections as items of a list of the collection's name, for queries.
///
/// An item's id is the random part of its record's.
package struct CollectionReading {
  private let collections: [(owner: Kind, collection: ResolvedCollection)]
  private var members: [ResolvedCollection.Source: [RecordID: [RecordFile]]] = [:]

  /// - Parameter keys: the keys of a query; collections that none of them names aren't read.
  package init(_ keys: [String], _ catalog: KindCatalog) {
    let names = Set(keys.compactMap { (try? FieldKey.tokens($0))?.first })
    collections = catalog.allCollections().filter {
      names.contains($0.collection.collection.name)
    }
  }

  /// The kinds whose records are needed.
  package var kinds: [Kind] {
    var seen: Set<String> = []
    return collections.map(\.collection.kind).filter { seen.insert($0.name).inserted }
  }

  /// The keys that a query may use though no record stores them.
  package var names: Set<String> { Set(collections.map(\.collection.collection.name)) }

  package mutating func add(_ records: [RecordFile]) {
    for (_, collection) in collections where members[collection.source] == nil {
      members[collection.source] = collection.members(among: records)
    }
  }

  /// Returns a record with the items of its collections.
  package func reading(_ record: JSONValue, id: RecordID, kind: Kind) -> JSONValue {
    var record = record
    for (owner, collection) in collections where owner.name == kind.name {
      let name = collection.collection.name
      let found = members[collection.source]?[id] ?? []
      guard !found.isEmpty else { continue }
      record[name] = .array(
        (record[name]?.array ?? [])
          + found.map { file in
            var item = file.value
            item["$schema"] = nil
            item["id"] = .string(file.id.randomPart)
            return item
          })
    }
    return record
  }

  /// Whether a key names something that records of a collection can have: `evidence.source`,
  /// `evidence.8KX3M.team`.
  package static func isKnown(_ key: String, in catalog: KindCatalog) -> Bool {
    guard let tokens = try? FieldKey.tokens(key), let first = tokens.first else { return false }
    return catalog.kinds.contains { kind in
      guard let collection = catalog.collection(first, of: kind) else { return false }
      guard tokens.count > 1 else { return true }
      let view = collection.kind.view
      let isItem = view.property(tokens[1]) == nil && ItemID.mayName(tokens[1])
      let rest = tokens.dropFirst(isItem ? 2 : 1)
      return rest.first.map { view.property($0) != nil } ?? true
    }
  }

  /// Throws if a key names an item by the beginning of an id that two items of a record share.
  package static func refuseAmbiguity(of keys: [String], in record: JSONValue, _ id: RecordID)
    throws(KeyProblem)
  {
    for key in keys {
      guard let tokens = try? FieldKey.tokens(key), tokens.count > 1,
        let list = record[tokens[0]]?.array
      else { continue }
      let found = ItemID.indices(of: tokens[1], in: list)
      if found.count > 1 {
        let names = found.compactMap { list[$0]["id"]?.string }
        throw KeyProblem(
          "\(tokens[0]).\(tokens[1]) of \(id) could be any of \(names.joined(separator: ", "))")
      }
    }
  }
}

extension ItemID {
  /// Whether a part of a key may name an item, by its id or the beginning of its record's.
  static func mayName(_ token: String) -> Bool { isValid(token) || digits(beginning: token) != nil }

  /// Returns the digits of an id that a token begins, in any case, if it has enough of them.
  static func digits(beginning token: String) -> String? {
    guard let abbreviation = IDAbbreviation(token), abbreviation.prefix == nil,
      abbreviation.digits.utf8.count >= length
    else { return nil }
    return abbreviation.digits
  }

  /// Returns the items that a token names: the one with this id, else those whose record's random part
  /// begins with it, of five characters or more, in any case.
  package static func indices(of token: String, in list: [JSONValue]) -> [Int] {
    if let index = list.firstIndex(where: { $0["id"]?.string == token }) { return [index] }
    guard let digits = digits(beginning: token) else { return [] }
    return list.indices.filter {
      guard let id = list[$0]["id"]?.string, id.utf8.count == RecordID.digitCount else {
        return false
      }
      return id.utf8.starts(with: digits.utf8)
    }
  }
}
