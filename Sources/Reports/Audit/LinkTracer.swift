import JSONText
import Records

/// Follows the links between two kinds, whichever of them stores the links.
struct LinkTracer {
  typealias Labelled = AuditTrace.Labelled

  private let records: [RecordID: RecordFile]
  private let order: [RecordID]
  private let catalog: KindCatalog

  /// - Parameter records: the records, in the order in which pairs are reported.
  init(records: [RecordFile], catalog: KindCatalog) {
    self.records = Dictionary(records.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var seen: Set<RecordID> = []
    order = records.map(\.id).filter { seen.insert($0).inserted }
    self.catalog = catalog
  }

  /// Returns the linked records of each record, with the other members of the link's list item.
  func pairs(from first: String, to second: String) -> [RecordID: [RecordID: [Labelled]]] {
    var pairs: [RecordID: [RecordID: [Labelled]]] = [:]
    func add(_ kind: String, leadingTo other: String, _ body: (RecordFile, Link, Kind) -> Void) {
      guard let kind = catalog.kind(named: kind) else { return }
      let relations = kind.links.filter { $0.kinds == [other] }
      for id in order where id.prefix == kind.prefix {
        guard let record = records[id] else { continue }
        for relation in relations {
          for link in relation.links(in: record.root) { body(record, link, kind) }
        }
      }
    }
    add(first, leadingTo: second) { record, link, kind in
      pairs[record.id, default: [:]][link.target, default: []] += words(of: link, in: record, kind)
    }
    add(second, leadingTo: first) { record, link, kind in
      pairs[link.target, default: [:]][record.id, default: []] += words(of: link, in: record, kind)
    }
    return pairs
  }

  /// Returns the persons named in a record's properties.
  func people(of id: RecordID, roster: Roster) -> [Labelled] {
    guard let record = records[id], let kind = catalog.kind(of: id) else { return [] }
    return kind.view.propertyNames.compactMap { key -> Labelled? in
      guard let view = kind.view.property(key), let value = record.root[key],
        view.isPerson || view.items?.isPerson == true
      else { return nil }
      let handles = value.string.map { [$0] } ?? value.elements.compactMap(\.string)
      guard !handles.isEmpty else { return nil }
      return Labelled(
        label: view.title ?? key, values: handles.map { roster[$0]?.name ?? $0 })
    }
  }

  /// Returns a record's links to other kinds than `kind`.
  func otherLinks(of id: RecordID, than kind: String) -> [Labelled] {
    guard let record = records[id], let own = catalog.kind(of: id) else { return [] }
    return own.links.filter { $0.kinds != [kind] }.compactMap { relation -> Labelled? in
      let targets = relation.links(in: record.root).map(\.target)
      var seen: Set<RecordID> = []
      let ids = targets.filter { seen.insert($0).inserted }.map(\.text)
      return ids.isEmpty
        ? nil
        : Labelled(
          label: relation.label.capitalizedFirst, values: ids)
    }
  }

  /// Returns the other members of the list item that holds the link, except objects.
  private func words(of link: Link, in record: RecordFile, _ kind: Kind) -> [Labelled] {
    guard link.pointer.tokens.count > 2 else { return [] }
    let place = JSONPointer(tokens: Array(link.pointer.tokens.dropLast()))
    guard let item = record.root.node(at: place), item.isObject else { return [] }
    let view = kind.view.at(place)
    return item.members.compactMap { key, value -> Labelled? in
      guard let name = key.string, name != "id", name != link.pointer.tokens.last,
        !value.isObject
      else { return nil }
      let property = view?.property(name)
      return Labelled(
        label: property?.title ?? name, values: [text(of: value.value, property)])
    }
  }

  private func text(of value: JSONValue, _ view: SchemaView?) -> String {
    if let lines = value.array, view?.isText == true {
      return lines.compactMap(\.string).joined(separator: " ")
    }
    return value.plainText
  }
}
