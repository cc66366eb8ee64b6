import JSONText
import Records

/// The kinds of a definition with the validators for their records, compiled once for all threads.
struct CompiledKinds: Sendable {
  final class Entry: Sendable {
    let kind: Kind
    /// `nil` if the schema doesn't compile: one finding on the definition, not one for each record.
    let compiled: CompiledKind?
    let fastCheck: FastRecordCheck?

    init(kind: Kind, compiled: CompiledKind?) {
      self.kind = kind
      self.compiled = compiled
      fastCheck = compiled.map { FastRecordCheck($0) }
    }
  }

  let byPrefix: [UInt64: Entry]
  let byName: [String: Entry]

  init(_ definition: TrackerDefinition) {
    var byPrefix: [UInt64: Entry] = [:]
    var byName: [String: Entry] = [:]
    for kind in definition.catalog.kinds {
      let entry = Entry(kind: kind, compiled: try? definition.catalog.compiledKind(for: kind))
      byPrefix[RecordID(prefix: kind.prefix, random: 0).prefixCode] = entry
      byName[kind.name] = entry
    }
    self.byPrefix = byPrefix
    self.byName = byName
  }
}

/// A record that was validated by itself, with what the checks of the whole state need.
struct ValidatedRecord: Sendable {
  let place: Int
  let record: StoredRecord
  let isChanged: Bool
  let outcome: FastRecordCheck.Outcome
}

struct ValidatedPart: Sendable {
  var findings: [Finding] = []
  /// The records that are there and can't be read.
  var unreadable: [RecordID] = []
  var records: [ValidatedRecord] = []
}

/// Validates records, each by itself, on one thread.
final class RecordWorker {
  private let compiledKinds: CompiledKinds
  private let definition: TrackerDefinition
  private var checkers: [UInt64: FastRecordChecker] = [:]

  init(_ compiledKinds: CompiledKinds, definition: TrackerDefinition) {
    self.compiledKinds = compiledKinds
    self.definition = definition
  }

  func validate(
    _ result: Result<RecordFile, UnreadableRecord>, at place: Int, isChanged: Bool, isHeld: Bool,
    into part: inout ValidatedPart
  ) {
    let record: RecordFile
    switch result {
    case .success(let read): record = read
    case .failure(let problem):
      part.findings.append(problem.finding)
      let place = try? RecordPath(problem.path, inFolder: definition.config.folder)
      if let place { part.unreadable.append(place.id) }
      return
    }
    var outcome = FastRecordCheck.Outcome()
    if let checker = checker(for: record.id) {
      outcome = checker.check(record)
      if isChanged || !outcome.isClean,
        let compiled = compiledKinds.byPrefix[record.id.prefixCode]?.compiled
      {
        part.findings += RecordCheck(
          compiled: compiled, folder: definition.config.folder, remedy: isChanged ? .file : .edit
        ).findings(in: record, checksForm: isChanged, roster: definition.roster)
      }
    } else if let kind = compiledKinds.byPrefix[record.id.prefixCode]?.kind {
      outcome = FastRecordCheck.Outcome(linksOf: record.root, kind)
    }
    part.records.append(
      ValidatedRecord(
        place: place, record: StoredRecord(record, isParsed: isHeld), isChanged: isChanged,
        outcome: outcome))
  }

  private func checker(for id: RecordID) -> FastRecordChecker? {
    if let known = checkers[id.prefixCode] { return known }
    guard let fastCheck = compiledKinds.byPrefix[id.prefixCode]?.fastCheck else { return nil }
    let checker = FastRecordChecker(
      fastCheck, folder: definition.config.folder, roster: definition.roster)
    checkers[id.prefixCode] = checker
    return checker
  }
}

/// All records of a state after each was validated by itself.
struct ValidatedState {
  let records: [ValidatedRecord]
  private(set) var byKind: [String: [(record: StoredRecord, concerned: UInt64)]] = [:]
  private(set) var graph = LinkGraph()
  private let compiledKinds: CompiledKinds
  /// The first file of each id; `copies` has all files of the few ids that several have.
  private var first: [RecordID: Int32] = [:]
  private var copies: [RecordID: [Int]] = [:]
  private let unreadable: Set<RecordID>

  /// - Parameter unreadable: the records that are there and can't be read: links may lead to them.
  init(
    _ records: [ValidatedRecord], unreadable: Set<RecordID>, compiledKinds: CompiledKinds
  ) {
    self.records = records
    self.unreadable = unreadable
    self.compiledKinds = compiledKinds
    first.reserveCapacity(records.count)
    var listed: [UInt64: [(record: StoredRecord, concerned: UInt64)]] = [:]
    for (number, validated) in records.enumerated() {
      let id = validated.record.id
      if let known = first[id] {
        copies[id, default: [Int(known)]].append(number)
      } else {
        first[id] = Int32(number)
      }
      listed[id.prefixCode, default: []].append((validated.record, validated.outcome.concerned))
      guard !validated.outcome.links.isEmpty, let kind = compiledKinds.byPrefix[id.prefixCode]?.kind
      else {
        continue
      }
      for link in validated.outcome.links {
        graph.add(
          LinkGraph.Edge(
            source: id, relation: kind.links[link.relation].name, target: link.target))
      }
    }
    for (prefix, list) in listed {
      if let kind = compiledKinds.byPrefix[prefix]?.kind { byKind[kind.name] = list }
    }
  }

  func record(_ id: RecordID) -> StoredRecord? { first[id].map { records[Int($0)].record } }

  /// Returns findings among records: unknown kinds, duplicate ids, links.
  func findings(_ definition: TrackerDefinition) -> [Finding] {
    var findings: [Finding] = []
    for validated in records {
      guard let entry = compiledKinds.byPrefix[validated.record.id.prefixCode] else {
        findings.append(
          RecordChangesValidator.unknownKind(validated.record.file, definition: definition))
        continue
      }
      guard entry.compiled != nil else { continue }
      if let copies = copies[validated.record.id],
        let other = copies.map({ records[$0].record.path }).first(where: {
          $0 != validated.record.path
        })
      {
        findings.append(LinkCheck.duplicate(validated.record.file, other: other))
      }
      if validated.outcome.links.allSatisfy({ fits($0.target, entry.kind.links[$0.relation]) }) {
        continue
      }
      let record = validated.record.file
      for relation in entry.kind.links {
        findings += relation.links(in: record.root).compactMap { link in
          LinkCheck.finding(
            link, relation: relation, of: record, exists: exists(link.target),
            catalog: definition.catalog)
        }
      }
    }
    return findings + cycles()
  }

  private func exists(_ id: RecordID) -> Bool { first[id] != nil || unreadable.contains(id) }

  private func fits(_ target: RecordID, _ relation: LinkRelation) -> Bool {
    guard exists(target) else { return false }
    guard !relation.kinds.isEmpty else { return true }
    return compiledKinds.byPrefix[target.prefixCode].map { relation.kinds.contains($0.kind.name) }
      ?? false
  }

  private func cycles() -> [Finding] {
    var findings: [Finding] = []
    var reported: Set<RecordID> = []
    var circles: [String: LinkCircles] = [:]
    for id in graph.from.keys.sorted() where !reported.contains(id) {
      guard let kind = compiledKinds.byPrefix[id.prefixCode]?.kind, let record = record(id) else {
        continue
      }
      for relation in kind.links where relation.isAcyclic {
        let known = circles[relation.name] ?? LinkCircles(graph.targets(along: relation.name))
        circles[relation.name] = known
        guard known.joins(id), let way = graph.cycle(from: id, along: relation.name),
          let link = relation.links(in: record.file.root).first
        else { continue }
        reported.formUnion(way)
        findings.append(LinkCheck.cycle(way, relation: relation, of: record.file, at: link))
      }
    }
    return findings
  }
}
