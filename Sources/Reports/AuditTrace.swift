import JSONText
import Records

/// Traceability: which pain points led to which decisions, and what retros say came of them.
///
/// This report exists for these three kinds, so it names them. What ties them together is read from
/// their schemas: a relation counts where it leads to the one kind alone, as `addresses` does and as
/// `evidence`, which may lead to many, does not.
struct AuditTrace: Sendable {
  static let painPoint = "pain-point"
  static let decision = "decision"
  static let retro = "retro"

  /// A decision, what it answers and what came of it.
  struct Row: Sendable {
    let decision: RecordMention
    let painPoints: [RecordMention]
    let outcomes: [Outcome]
    /// The persons that the decision names, by the property's title: "Deciders", "Consulted".
    let people: [Labelled]
    /// Its other links: "decided in", "evidence from".
    let links: [Labelled]
  }

  struct Outcome: Sendable {
    let retro: RecordMention
    /// What the retro says of the decision: "Before 42", "Result met".
    let words: [Labelled]
  }

  struct Labelled: Sendable {
    let label: String
    let values: [String]
  }

  /// A record at which the trail ends.
  struct Gap: Sendable {
    let record: RecordMention
    /// Decisions that did lead here but came to nothing.
    let without: [RecordMention]
  }

  let rows: [Row]
  let painPointsWithoutDecision: [Gap]
  let decisionsWithoutPainPoint: [Gap]
  let decisionsWithoutRetro: [Gap]
  /// The kinds of the three that this tracker doesn't have.
  let missingKinds: [String]

  init(records: [RecordFile], mentions: [RecordMention], catalog: KindCatalog, roster: Roster) {
    let trails = TrailFinder(records: records, catalog: catalog)
    let pains = mentions.filter { $0.kind == Self.painPoint }.sorted(by: RecordMention.precedes)
    let decisions = mentions.filter { $0.kind == Self.decision }.sorted(by: RecordMention.precedes)
    let retros = mentions.filter { $0.kind == Self.retro }.sorted(by: RecordMention.precedes)
    let cameToNothing = { (mention: RecordMention) in
      Self.isWayOut(mention, in: catalog)
    }
    let toPain = trails.pairs(from: Self.decision, to: Self.painPoint)
    let toDecision = trails.pairs(from: Self.retro, to: Self.decision)

    rows = decisions.map { decision in
      Row(
        decision: decision,
        painPoints: pains.filter { toPain[decision.id]?[$0.id] != nil },
        outcomes: retros.compactMap { retro in
          toDecision[retro.id]?[decision.id].map { Outcome(retro: retro, words: $0) }
        },
        people: trails.people(of: decision.id, roster: roster),
        links: trails.otherLinks(of: decision.id, than: Self.painPoint))
    }
    let answering = rows.flatMap { row in row.painPoints.map { ($0.id, row.decision) } }
    let byPain = Dictionary(grouping: answering, by: \.0).mapValues { $0.map(\.1) }
    painPointsWithoutDecision = pains.compactMap { pain in
      let decisions = byPain[pain.id] ?? []
      guard !cameToNothing(pain), decisions.allSatisfy(cameToNothing) else { return nil }
      return Gap(record: pain, without: decisions)
    }
    decisionsWithoutPainPoint = rows.compactMap { row in
      guard row.painPoints.isEmpty, !cameToNothing(row.decision) else { return nil }
      return Gap(record: row.decision, without: [])
    }
    let initial = catalog.kind(named: Self.decision)?.workflow?.initial
    decisionsWithoutRetro = rows.compactMap { row in
      guard row.outcomes.isEmpty, !cameToNothing(row.decision),
        row.decision.state == nil || row.decision.state != initial
      else { return nil }
      return Gap(record: row.decision, without: [])
    }
    missingKinds = [Self.painPoint, Self.decision, Self.retro].filter {
      catalog.kind(named: $0) == nil
    }
  }

  /// Whether a record left the road instead of reaching its end: its state is closed and stands one
  /// step from the initial one, as rejected, declined or duplicate do and resolved doesn't.
  static func isWayOut(_ mention: RecordMention, in catalog: KindCatalog) -> Bool {
    guard let state = mention.state, let kind = mention.kind,
      let workflow = catalog.kind(named: kind)?.workflow
    else { return false }
    return workflow.isClosed(state) && workflow.next(after: workflow.initial).contains(state)
  }
}
