package import JSONText

/// What a new record takes over from earlier ones of its kind: a meeting, for one, the actions that
/// the meetings before it left open.
package struct Carrying: Sendable {
  /// The relation under which the carried records are linked.
  package let relation: String
  /// The relation of a carried record that leads back to where it came from.
  package let origin: String
  /// The values that records have in common where one goes on what the other began.
  package let same: [JSONPointer]

  init?(_ node: JSONNode) {
    guard let relation = node["relation"]?.string, let origin = node["origin"]?.string else {
      return nil
    }
    self.relation = relation
    self.origin = origin
    same =
      node["same"]?.elements.compactMap { $0.string.flatMap { try? JSONPointer(parsing: $0) } }
      ?? []
  }

  /// The keys that have to be known before anything can be carried.
  package var keys: [String] { same.compactMap(\.tokens.first) }

  /// The open records that a new record of `kind` takes over, those due first in front.
  ///
  /// Open are those that earlier records of the same sort gave rise to, or took over themselves. One
  /// that came up on a later day than the new record's own was not there yet.
  package func openRecords(
    for value: JSONValue, of kind: Kind, among records: [RecordFile], catalog: KindCatalog
  ) -> [RecordFile] {
    guard let relation = kind.links.first(where: { $0.name == self.relation }),
      same.allSatisfy({ value[$0] != nil })
    else { return [] }
    let day = kind.day(of: value)
    var earlier: Set<RecordID> = []
    var carried: Set<RecordID> = []
    for record in records where record.id.prefix == kind.prefix {
      let other = record.value
      guard other["id"] != value["id"], isSame(value, other) else { continue }
      if let day, let otherDay = kind.day(of: other), otherDay > day { continue }
      earlier.insert(record.id)
      carried.formUnion(relation.links(in: record.root).map(\.target))
    }
    let open = records.filter { record in
      guard let itsKind = catalog.kind(of: record.id), itsKind.workflow != nil,
        relation.kinds.isEmpty || relation.kinds.contains(itsKind.name),
        !itsKind.isClosed(record.value)
      else { return false }
      if carried.contains(record.id) { return true }
      let origins = itsKind.links.first { $0.name == origin }?.links(in: record.root) ?? []
      return origins.contains { earlier.contains($0.target) }
    }
    return open.map { ($0, catalog.day(of: $0)) }.sorted { left, right in
      left.1 == right.1 ? left.0.id < right.0.id : CivilDate.isBefore(left.1, right.1)
    }.map(\.0)
  }

  private func isSame(_ left: JSONValue, _ right: JSONValue) -> Bool {
    same.allSatisfy { pointer in
      guard let a = left[pointer], let b = right[pointer] else { return false }
      return Self.key(a) == Self.key(b)
    }
  }

  /// Names are typed by people: case and spaces tell no two bodies apart.
  static func key(_ value: JSONValue) -> String {
    value.plainText.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

extension Kind {
  /// The day that dates a record for people.
  package func day(of record: JSONValue) -> CivilDate? {
    dateKey.flatMap { record[$0]?.string }.flatMap { CivilDate($0) }
  }
}

extension KindCatalog {
  package func day(of record: RecordFile) -> CivilDate? {
    kind(of: record.id)?.day(of: record.value)
  }
}
