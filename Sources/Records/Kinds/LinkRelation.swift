package import JSONText

/// A relation from records of a kind to others, stored once, on the record written later.
package struct LinkRelation: Sendable {
  package let name: String
  /// The places of the ids.
  package let places: [PointerPattern]
  /// The place that `docket link` writes to, the first outside lists; `nil` if there is none.
  package let place: JSONPointer?
  /// The kinds that may be linked to; empty for any.
  package let kinds: [String]
  package let isAcyclic: Bool
  /// The state that `docket link` moves the other record to.
  package let moves: String?
  package let label: String
  package let inverse: String

  init?(name: String, _ node: JSONNode) {
    self.name = name
    let patterns =
      node["at"].map { at in
        at.string.map { [$0] } ?? at.elements.compactMap(\.string)
      } ?? ["/" + name]
    places = patterns.compactMap(PointerPattern.init)
    guard !places.isEmpty else { return nil }
    place = places.first { !$0.tokens.contains("*") }.map { JSONPointer(tokens: $0.tokens) }
    kinds = node["kinds"]?.elements.compactMap(\.string) ?? []
    isAcyclic = node["acyclic"]?.bool ?? false
    moves = node["moves"]?.string
    label = node["label"]?.string ?? name
    inverse = node["inverse"]?.string ?? "\(label) (from)"
  }

  /// Returns the records that a record links to under this relation.
  package func targets(in record: JSONValue) -> [RecordID] {
    func ids(_ value: JSONValue, _ tokens: ArraySlice<String>) -> [RecordID] {
      guard let token = tokens.first else {
        let texts = value.string.map { [$0] } ?? value.array?.compactMap(\.string) ?? []
        return texts.compactMap { RecordID($0) }
      }
      if token == "*" {
        let values = value.array ?? value.object?.members.map(\.value) ?? []
        return values.flatMap { ids($0, tokens.dropFirst()) }
      }
      return value[token].map { ids($0, tokens.dropFirst()) } ?? []
    }
    return places.flatMap { ids(record, $0.tokens[...]) }
  }

  /// Returns the links of `record` under this relation, with the node of each id.
  ///
  /// A value that isn't written as an id (a URL as evidence, for instance) is not a link.
  package func links(in record: JSONNode) -> [Link] {
    places.flatMap { pattern in
      pattern.places(in: record).flatMap { place -> [Link] in
        if let id = place.node.string.flatMap({ RecordID($0) }) {
          return [Link(relation: name, target: id, pointer: place.pointer, node: place.node)]
        }
        return place.node.elements.enumerated().compactMap { index, element in
          element.string.flatMap { RecordID($0) }.map {
            Link(
              relation: name, target: $0, pointer: place.pointer.appending(index), node: element)
          }
        }
      }
    }
  }
}
