import JSONText
import Records

/// Traceability: which pain points led to which decisions, and what retros say about the outcomes.
///
/// This report exists for these three kinds, so it names them. How they are linked is read from
/// their schemas: a relation counts if it allows only the one kind, as `addresses` does and as
/// `evidence`, which allows many, does not.
struct AuditTrace: Sendable {
  static let painPoint = "pain-point"
  static let decision = "decision"
  static let retro = "retro"

  /// A decision, the pain points it addresses and its outcomes.
  struct Row: Sendable {
    let decision: RecordMention
    let painPoints: [RecordMention]
    let outcomes: [Outcome]
    /// The persons the decision names, by the property's title: "Deciders", "Consulted".
    let people: [Labelled]
    /// Its other links: "Decided in", "Evidence from".
    let links: [Labelled]
    /// Values no record stores: its scores, and the rank positions of its pain points by evidence.
    let computed: [Labelled]
    /// Why no retro is expected: "it is rejected", "still proposed"; `nil` if one is.
    let reprieve: String?

    /// Whether a pain point, or a retro, is missing.
    var lacksPainPoint: Bool { painPoints.isEmpty && !isTurnedAway }
    var lacksRetro: Bool { outcomes.isEmpty && reprieve == nil }
    fileprivate let isTurnedAway: Bool
  }

  struct Outcome: Sendable {
    let retro: RecordMention
    /// What the retro says about the decision: "Before 42", "Result met".
    let words: [Labelled]
  }

  struct Labelled: Sendable {
    let label: String
    let values: [String]
  }

  /// A record where the chain of links is broken.
  struct Gap: Sendable {
    let record: RecordMention
    /// Decisions that address the record but were turned away.
    let without: [RecordMention]
  }

  let rows: [Row]
  let painPointsWithoutDecision: [Gap]
  let decisionsWithoutPainPoint: [Gap]
  let decisionsWithoutRetro: [Gap]
  /// Those of the three kinds that this tracker doesn't have.
  let missingKinds: [String]

  /// - Parameter day: the day as of which pain points are ranked.
  init(
    records: [RecordFile], mentions: [RecordMention], catalog: KindCatalog, roster: Roster,
    on day: CivilDate, grounds: [RecordID: EvidenceGround] = [:]
  ) {
    let rankings = catalog.rankings(of: records, roster: roster, on: day)
    let files = Dictionary(records.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let tracer = LinkTracer(records: records, catalog: catalog)
    let byID = Dictionary(mentions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    func known(_ ids: some Sequence<RecordID>) -> [RecordMention] {
      ids.compactMap { byID[$0] }.sorted(by: RecordMention.precedes)
    }
    func all(_ kind: String) -> [RecordMention] {
      mentions.filter { $0.kind == kind }.sorted(by: RecordMention.precedes)
    }
    let isTurnedAway = { (mention: RecordMention) in Self.isTurnedAway(mention, in: catalog) }
    let initial = catalog.kind(named: Self.decision)?.workflow?.initial
    let answered = tracer.pairs(from: Self.decision, to: Self.painPoint)
    let lookedAt = tracer.pairs(from: Self.decision, to: Self.retro)

    rows = all(Self.decision).map { decision in
      let reprieve = decision.state.flatMap { state in
        isTurnedAway(decision) ? "it is \(state)" : state == initial ? "still \(state)" : nil
      }
      let retros = lookedAt[decision.id] ?? [:]
      return Row(
        decision: decision, painPoints: known((answered[decision.id] ?? [:]).keys),
        outcomes: known(retros.keys).map { Outcome(retro: $0, words: retros[$0.id] ?? []) },
        people: tracer.people(of: decision.id, roster: roster),
        links: tracer.otherLinks(of: decision.id, than: Self.painPoint),
        computed: (files[decision.id].map { Self.computed($0, catalog, rankings) } ?? [])
          + (grounds[decision.id].map(Self.ground) ?? []),
        reprieve: reprieve,
        isTurnedAway: isTurnedAway(decision))
    }
    var decisions: [RecordID: [RecordMention]] = [:]
    for row in rows {
      for pain in row.painPoints { decisions[pain.id, default: []].append(row.decision) }
    }
    painPointsWithoutDecision = all(Self.painPoint).compactMap { pain in
      let decisions = decisions[pain.id] ?? []
      guard !isTurnedAway(pain), decisions.allSatisfy(isTurnedAway) else { return nil }
      return Gap(record: pain, without: decisions)
    }
    decisionsWithoutPainPoint = rows.filter(\.lacksPainPoint).map {
      Gap(record: $0.decision, without: [])
    }
    decisionsWithoutRetro = rows.filter(\.lacksRetro).map {
      Gap(record: $0.decision, without: [])
    }
    missingKinds = [Self.painPoint, Self.decision, Self.retro].filter {
      catalog.kind(named: $0) == nil
    }
  }

  /// Returns what was known when the decision was accepted, and what is new since.
  private static func ground(_ ground: EvidenceGround) -> [Labelled] {
    func shortened(_ names: [String]) -> [String] {
      let most = 12
      return names.count <= most
        ? names : Array(names.prefix(most)) + ["and \(names.count - most) more"]
    }
    let commit = ground.accepted.commit.prefix(10)
    return [
      Labelled(
        label: "Evidence when accepted (\(ground.then.count), \(commit))",
        values: shortened(ground.then)),
      Labelled(label: "New since (\(ground.since.count))", values: shortened(ground.since)),
    ].filter { !$0.values.isEmpty }
  }

  private static func computed(
    _ decision: RecordFile, _ catalog: KindCatalog, _ rankings: [Ranking]
  ) -> [Labelled] {
    guard let kind = catalog.kind(of: decision.id) else { return [] }
    let scores = kind.scores(of: decision.value).map(\.sentence)
    let places = rankings.flatMap { ranking in
      ranking.answered(by: decision, kind: kind).map { answered in
        "\(answered.place.words) \(ranking.kind.noun(answered.place.of)) (\(answered.entry.id)"
          + (answered.place.countsClosed ? ", closed ones counted)" : ")")
      }
    }
    return [Labelled(label: "Score", values: scores), Labelled(label: "Rank", values: places)]
      .filter { !$0.values.isEmpty }
  }

  /// Returns whether a record was turned away instead of completed: its state is closed and one
  /// step from the initial one. Rejected, declined and duplicate are; resolved isn't.
  static func isTurnedAway(_ mention: RecordMention, in catalog: KindCatalog) -> Bool {
    guard let state = mention.state, let kind = mention.kind,
      let workflow = catalog.kind(named: kind)?.workflow
    else { return false }
    return workflow.isClosed(state) && workflow.next(after: workflow.initial).contains(state)
  }
}
