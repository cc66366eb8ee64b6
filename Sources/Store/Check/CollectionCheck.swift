import Files
import Git
import Records

/// Checks rules about collections on what a range of commits touches.
///
/// Such a rule looks at the whole state of the tip; it is asked of the records that the range changes,
/// and of those whose collections it changes. What it says of the base already isn't the range's doing.
struct CollectionCheck {
  private let base: CollectionSide
  private let tip: CollectionSide
  private let day: CivilDate

  init(
    base: (side: ChangeSide, definition: TrackerDefinition),
    tip: (side: ChangeSide, definition: TrackerDefinition), day: CivilDate
  ) {
    self.base = CollectionSide(base.side, base.definition)
    self.tip = CollectionSide(tip.side, tip.definition)
    self.day = day
  }

  /// - Parameter changes: the record files that differ.
  func findings(_ changes: [TreeChange]) throws(GitError) -> [Finding] {
    let kinds = tip.kinds
    guard !kinds.isEmpty else { return [] }
    var owners: Set<RecordID> = []
    for change in changes {
      for (side, item) in [(base, change.old), (tip, change.new)] {
        guard let item, let record = try side.record(at: change.path, item) else { continue }
        if kinds[record.id.prefix] != nil { owners.insert(record.id) }
        for (owner, collection) in side.collections
        where collection.kind.prefix == record.id.prefix && kinds[owner.prefix] != nil {
          owners.formUnion(
            collection.relation.links(in: record.root).map(\.target)
              .filter { $0.prefix == owner.prefix })
        }
      }
    }
    try tip.paths.find(owners)
    var found: [Finding] = []
    for id in owners.sorted() {
      let findings = try tip.findings(on: id)
      if findings.isEmpty { continue }
      let known = Set(try base.findings(on: id).map(\.rule))
      found += findings.filter { !known.contains($0.rule) }
    }
    return found.compactMap { tip.definition.config.weighted($0, on: day) }
  }
}

/// One side of a range, with the records of its collections, which are read where a rule asks.
private final class CollectionSide {
  let side: ChangeSide
  let definition: TrackerDefinition
  let paths: RecordPaths
  /// The kinds with such a rule in force, by prefix.
  private(set) lazy var kinds = ownKinds()
  private(set) lazy var collections = definition.catalog.allCollections()
  private var members: [ResolvedCollection.Source: [RecordID: [RecordFile]]] = [:]
  private var failure: GitError?

  init(_ side: ChangeSide, _ definition: TrackerDefinition) {
    (self.side, self.definition) = (side, definition)
    paths = RecordPaths(side, folder: definition.config.folder)
  }

  private func ownKinds() -> [String: CompiledKind] {
    var kinds: [String: CompiledKind] = [:]
    for kind in definition.catalog.kinds
    where kind.rules.contains(where: { rule in
      rule.needs(.collections)
        && definition.config.rules[rule.id].map { $0.severity != nil } ?? true
    }) {
      // A schema that doesn't compile is reported on the schema itself.
      kinds[kind.prefix] = try? definition.catalog.compiledKind(for: kind)
    }
    return kinds
  }

  func record(at path: RepositoryPath, _ item: TreeItem) throws(GitError) -> RecordFile? {
    guard Tracker.problem(ofMode: item.mode, path: path) == nil else { return nil }
    let bytes = try side.bytes(at: path, knownAs: item)
    return try? RecordFile.read(bytes, path: path, folder: definition.config.folder).get()
  }

  func findings(on id: RecordID) throws(GitError) -> [Finding] {
    guard let compiled = kinds[id.prefix], let path = try paths.of(id).first,
      let bytes = try side.bytes(at: path),
      let record = try? RecordFile.read(bytes, path: path, folder: definition.config.folder).get()
    else { return [] }
    let view = StateView(
      catalog: definition.catalog, config: definition.config, roster: definition.roster,
      configRoot: definition.configRoot, collected: { self.members(of: $0, about: $1) },
      find: { _ in nil })
    let findings = CheckRun(view) { _ in .file }.findings(
      on: [record], compiled: compiled, needing: .collections)
    if let failure { throw failure }
    return findings
  }

  private func members(of collection: ResolvedCollection, about id: RecordID) -> [RecordFile] {
    if let known = members[collection.source] { return known[id] ?? [] }
    var records: [RecordFile] = []
    do throws(GitError) {
      for (member, places) in try side.paths(of: nil, folder: definition.config.folder)
      where member.prefix == collection.kind.prefix {
        guard let path = places.first, let bytes = try side.bytes(at: path),
          let record = try? RecordFile.read(bytes, path: path, id: member).get()
        else { continue }
        records.append(record)
      }
    } catch {
      // A failed read is not an absent record.
      failure = failure ?? error
    }
    let found = collection.members(among: records)
    members[collection.source] = found
    return found[id] ?? []
  }
}
