import JSONText
import Records

/// The kinds of a ground with what judges their records, compiled once for all threads.
struct KindJudges: Sendable {
  final class Entry: Sendable {
    let kind: Kind
    /// `nil` where the schema doesn't compile: one finding of the ground's, not one of each record.
    let judge: KindJudge?
    let glance: RecordGlance?

    init(kind: Kind, judge: KindJudge?) {
      self.kind = kind
      self.judge = judge
      glance = judge.map { RecordGlance($0) }
    }
  }

  let byPrefix: [UInt64: Entry]
  let byName: [String: Entry]

  init(_ ground: Ground) {
    var byPrefix: [UInt64: Entry] = [:]
    var byName: [String: Entry] = [:]
    for kind in ground.catalog.kinds {
      let entry = Entry(kind: kind, judge: try? ground.catalog.judge(for: kind))
      byPrefix[RecordID(prefix: kind.prefix, random: 0).prefixCode] = entry
      byName[kind.name] = entry
    }
    self.byPrefix = byPrefix
    self.byName = byName
  }
}

/// A record of a state after it was judged by itself: what the state as a whole asks of it.
struct JudgedRecord: Sendable {
  let place: Int
  let record: StoredRecord
  let isChanged: Bool
  let look: RecordGlance.Look
}

struct JudgedPart: Sendable {
  var findings: [Finding] = []
  var records: [JudgedRecord] = []
}

/// One thread's judgement of records, each by itself.
final class RecordWorker {
  private let judges: KindJudges
  private let ground: Ground
  private var lenses: [UInt64: RecordLens] = [:]

  init(_ judges: KindJudges, ground: Ground) {
    self.judges = judges
    self.ground = ground
  }

  func judge(
    _ result: Result<RecordFile, UnreadableRecord>, at place: Int, isChanged: Bool, isHeld: Bool,
    into part: inout JudgedPart
  ) {
    let record: RecordFile
    switch result {
    case .success(let read): record = read
    case .failure(let problem):
      part.findings.append(problem.finding)
      return
    }
    var look = RecordGlance.Look()
    if let lens = lens(for: record.id) {
      look = lens.look(at: record)
      if isChanged || !look.isInnocent, let judge = judges.byPrefix[record.id.prefixCode]?.judge {
        part.findings += RecordCheck(
          judge: judge, folder: ground.config.folder, remedy: isChanged ? .file : .edit
        ).findings(in: record, judgesForm: isChanged, roster: ground.roster)
      }
    } else if let kind = judges.byPrefix[record.id.prefixCode]?.kind {
      look = RecordGlance.Look(linksOf: record.root, kind)
    }
    part.records.append(
      JudgedRecord(
        place: place, record: StoredRecord(record, isParsed: isHeld), isChanged: isChanged,
        look: look))
  }

  private func lens(for id: RecordID) -> RecordLens? {
    if let known = lenses[id.prefixCode] { return known }
    guard let glance = judges.byPrefix[id.prefixCode]?.glance else { return nil }
    let lens = RecordLens(glance, folder: ground.config.folder, roster: ground.roster)
    lenses[id.prefixCode] = lens
    return lens
  }
}

/// All records of a state after each was judged by itself.
struct JudgedState {
  let records: [JudgedRecord]
  private(set) var byKind: [String: [(record: StoredRecord, concerned: UInt64)]] = [:]
  private(set) var graph = LinkGraph()
  private let judges: KindJudges
  /// The first file of an id, and of the few ids that several have, all.
  private var first: [RecordID: Int32] = [:]
  private var copies: [RecordID: [Int]] = [:]

  init(_ records: [JudgedRecord], judges: KindJudges) {
    self.records = records
    self.judges = judges
    first.reserveCapacity(records.count)
    var listed: [UInt64: [(record: StoredRecord, concerned: UInt64)]] = [:]
    for (number, judged) in records.enumerated() {
      let id = judged.record.id
      if let known = first[id] {
        copies[id, default: [Int(known)]].append(number)
      } else {
        first[id] = Int32(number)
      }
      listed[id.prefixCode, default: []].append((judged.record, judged.look.concerned))
      guard !judged.look.links.isEmpty, let kind = judges.byPrefix[id.prefixCode]?.kind else {
        continue
      }
      for link in judged.look.links {
        graph.add(
          LinkGraph.Edge(
            source: id, relation: kind.links[link.relation].name, target: link.target))
      }
    }
    for (prefix, list) in listed {
      if let kind = judges.byPrefix[prefix]?.kind { byKind[kind.name] = list }
    }
  }

  func record(_ id: RecordID) -> StoredRecord? { first[id].map { records[Int($0)].record } }

  /// What is wrong among records: unknown kinds, copies, links.
  func findings(_ ground: Ground) -> [Finding] {
    var findings: [Finding] = []
    for judged in records {
      guard let entry = judges.byPrefix[judged.record.id.prefixCode] else {
        findings.append(RecordChangesJudge.unknownKind(judged.record.file, ground: ground))
        continue
      }
      guard entry.judge != nil else { continue }
      if let copies = copies[judged.record.id],
        let other = copies.map({ records[$0].record.path }).first(where: {
          $0 != judged.record.path
        })
      {
        findings.append(LinkCheck.duplicate(judged.record.file, other: other))
      }
      if judged.look.links.allSatisfy({ fits($0.target, entry.kind.links[$0.relation]) }) {
        continue
      }
      let record = judged.record.file
      for relation in entry.kind.links {
        findings += relation.links(in: record.root).compactMap { link in
          LinkCheck.finding(
            link, relation: relation, of: record, exists: first[link.target] != nil,
            catalog: ground.catalog)
        }
      }
    }
    return findings + cycles()
  }

  private func fits(_ target: RecordID, _ relation: LinkRelation) -> Bool {
    guard first[target] != nil else { return false }
    guard !relation.kinds.isEmpty else { return true }
    return judges.byPrefix[target.prefixCode].map { relation.kinds.contains($0.kind.name) }
      ?? false
  }

  private func cycles() -> [Finding] {
    var findings: [Finding] = []
    var told: Set<RecordID> = []
    for id in graph.from.keys.sorted() where !told.contains(id) {
      guard let kind = judges.byPrefix[id.prefixCode]?.kind, let record = record(id) else {
        continue
      }
      for relation in kind.links where relation.isAcyclic {
        guard let way = graph.cycle(from: id, along: relation.name),
          let link = relation.links(in: record.file.root).first
        else { continue }
        told.formUnion(way)
        findings.append(LinkCheck.cycle(way, relation: relation, of: record.file, at: link))
      }
    }
    return findings
  }
}
