package import JSONText

/// What a new record takes over from earlier ones of its kind: a meeting, for example, takes over
/// the actions that earlier meetings left open.
package struct CarryOver: Sendable {
  /// The relation under which the new record links to those carried over.
  package let relation: String
  /// The relation from a carried-over record back to the record it came from.
  package let origin: String
  /// The values that must be equal for one record to continue another.
  package let same: [JSONPointer]
  /// The values copied from the earlier record, unless the new record has its own.
  package let copies: [JSONPointer]

  init?(_ node: JSONNode) {
    guard let relation = node["relation"]?.string, let origin = node["origin"]?.string else {
      return nil
    }
    self.relation = relation
    self.origin = origin
    func places(_ key: String) -> [JSONPointer] {
      node[key]?.elements.compactMap { $0.string.flatMap { try? JSONPointer(parsing: $0) } } ?? []
    }
    same = places("same")
    copies = places("copies")
  }

  /// The keys that must be set before anything can be carried over.
  package var keys: [String] { same.compactMap(\.tokens.first) }

  /// Returns the open records that a new record of `kind` takes over, earliest day first.
  ///
  /// These are the open records that earlier matching records created or took over themselves.
  /// Records dated later than the new one are ignored.
  package func openRecords(
    for value: JSONValue, of kind: Kind, among records: [RecordFile], catalog: KindCatalog
  ) -> [RecordFile] {
    guard let relation = kind.relation(self.relation) else { return [] }
    let others = self.earlier(than: value, of: kind, among: records)
    let earlier = Set(others.map(\.id))
    let carried = Set(others.flatMap { relation.links(in: $0.root).map(\.target) })
    let open = records.filter { record in
      guard let itsKind = catalog.kind(of: record.id), itsKind.workflow != nil,
        relation.kinds.isEmpty || relation.kinds.contains(itsKind.name),
        !itsKind.isClosed(record.root)
      else { return false }
      if carried.contains(record.id) { return true }
      let origins = itsKind.links(origin, of: record.root)
      return origins.contains { earlier.contains($0.target) }
    }
    return open.map { ($0, catalog.day(of: $0)) }.sorted { left, right in
      left.1 == right.1 ? left.0.id < right.0.id : CivilDate.isBefore(left.1, right.1)
    }.map(\.0)
  }

  /// Returns the latest of the earlier records.
  package func latest(before value: JSONValue, of kind: Kind, among records: [RecordFile])
    -> RecordFile?
  {
    earlier(than: value, of: kind, among: records)
      .map { (record: $0, day: kind.day(of: $0.root)?.daysSinceEpoch ?? .min) }
      .max { ($0.day, $0.record.id) < ($1.day, $1.record.id) }?.record
  }

  /// Returns the records of the kind with equal `same` values that aren't dated later.
  private func earlier(than value: JSONValue, of kind: Kind, among records: [RecordFile])
    -> [RecordFile]
  {
    guard same.allSatisfy({ value[$0] != nil }) else { return [] }
    let day = kind.day(of: value)
    return records.filter { record in
      guard record.id.prefix == kind.prefix else { return false }
      let other = record.root
      guard record.id.text != value["id"]?.string, isSame(value, other) else { return false }
      if let day, let otherDay = kind.day(of: other), otherDay > day { return false }
      return true
    }
  }

  private func isSame(_ left: JSONValue, _ right: JSONNode) -> Bool {
    same.allSatisfy { pointer in
      guard let a = left[pointer], let b = right.node(at: pointer) else { return false }
      return Self.key(a) == Self.key(b.value)
    }
  }

  /// Returns the text to compare values by: names are typed by hand, so case and spaces don't
  /// count.
  static func key(_ value: JSONValue) -> String {
    value.plainText.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

extension Kind {
  /// Returns the value of the kind's date property.
  package func day(of record: some JSONReadable) -> CivilDate? {
    dateKey.flatMap { record[$0]?.string }.flatMap { CivilDate($0) }
  }

  func day(of record: JSONNode) -> CivilDate? {
    dateKey.flatMap { record[$0]?.string }.flatMap { CivilDate($0) }
  }
}

extension KindCatalog {
  package func day(of record: RecordFile) -> CivilDate? {
    kind(of: record.id)?.day(of: record.root)
  }
}
