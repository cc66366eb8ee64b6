import JSONText
import Records
import Store

/// The records that new ones take over, such as the open actions of earlier meetings.
struct CarryOverCollection {
  private let tracker: Tracker
  /// The records of the branch to write to.
  private let records: [RecordFile]
  private let shortIDs: ShortIDs

  /// - Parameter branch: a branch other than HEAD's.
  init(_ tracker: Tracker, branch: String? = nil) throws {
    self.tracker = tracker
    var commit = try tracker.headCommit()
    if let branch, let tip = try? tracker.commit(meantBy: "refs/heads/\(branch)") { commit = tip }
    records =
      try commit.map { (commit) throws(StoreError) in
        try tracker.records(at: commit).records
      } ?? []
    shortIDs = ShortIDs(records.map(\.id))
  }

  func openRecords(for draft: Draft) -> [RecordFile] {
    draft.kind.carries?.openRecords(
      for: draft.value, of: draft.kind, among: records, catalog: tracker.catalog) ?? []
  }

  /// Links the records that a draft takes over, unless the draft already has such links, and copies
  /// the values that stay the same.
  ///
  /// - Returns: the linked records.
  func link(into draft: inout Draft) -> [RecordFile] {
    if let carries = draft.kind.carries, carries.copies.contains(where: { draft.value[$0] == nil }),
      let latest = carries.latest(before: draft.value, of: draft.kind, among: records)
    {
      for place in carries.copies where draft.value[place] == nil {
        draft.value[place] = latest.value[place]
      }
    }
    guard let place = Self.place(in: draft.kind), draft.value[place] == nil else { return [] }
    let open = openRecords(for: draft)
    guard !open.isEmpty else { return [] }
    draft.value[place] = .array(open.map { .string($0.id.text) })
    return open
  }

  /// Returns where a kind stores the ids of the records that it takes over.
  private static func place(in kind: Kind) -> JSONPointer? {
    guard let carries = kind.carries,
      let place = kind.relation(carries.relation)?.place
    else { return nil }
    return kind.view.at(place)?.items == nil ? nil : place
  }

  /// Reports what was linked: each record if one draft took over, else their number.
  func report(_ linked: [(draft: Draft, records: [RecordFile])]) {
    let linked = linked.filter { !$0.records.isEmpty }
    guard let first = linked.first else { return }
    guard linked.count == 1 else {
      let count = linked.reduce(0) { $0 + $1.records.count }
      Terminal.note(
        "\(linked.count) new \(first.draft.kind.plural) look at \(Self.count(first.records, count, tracker.catalog)); --no-carry leaves them out"
      )
      return
    }
    let isOne = first.records.count == 1
    Terminal.note(
      "\(Self.count(first.records, first.records.count, tracker.catalog)) \(isOne ? "is" : "are") still open and linked here; --no-carry leaves \(isOne ? "it" : "them") out"
    )
    for record in first.records.prefix(10) { Terminal.complain("  \(line(record))") }
    if first.records.count > 10 { Terminal.complain("  and \(first.records.count - 10) more") }
  }

  /// Returns a text like "2 actions".
  static func count(_ records: [RecordFile], _ count: Int, _ catalog: KindCatalog) -> String {
    let kinds = Set(records.map(\.id.prefix))
    guard kinds.count == 1, let kind = records.first.flatMap({ catalog.kind(of: $0.id) }) else {
      return "\(count) records"
    }
    return "\(count) \(count == 1 ? kind.title.lowercased() : kind.plural)"
  }

  /// Returns a line like "ACT-2QVN  Ask two vendors for quotes · tomas · due 2026-04-01, 12 days
  /// late".
  func line(_ record: RecordFile) -> String {
    guard let kind = tracker.catalog.kind(of: record.id) else { return record.id.text }
    let value = record.value
    var parts = [kind.heading(of: value)]
    for key in kind.columns where key != kind.titleKey && key != kind.workflow?.property {
      let label = (kind.view.property(key)?.title ?? key).lowercased()
      guard let text = value[key]?.plainText else {
        parts.append(key == kind.dateKey ? "no day" : "no \(label)")
        continue
      }
      guard key == kind.dateKey, let day = CivilDate(text) else {
        parts.append(text)
        continue
      }
      parts.append(
        "\(label) \(text)" + (DueWords.late(day, on: tracker.today).map { ", \($0)" } ?? ""))
    }
    return Terminal.styled(shortIDs[record.id], .cyan, on: 2) + "  "
      + Terminal.safe(parts.joined(separator: " · "))
  }
}

/// The distance of a day, in words.
enum DueWords {
  /// Returns "12 days late", "due today", "due in 3 days" or "due 2026-09-01".
  static func text(_ due: CivilDate, on today: CivilDate) -> String {
    let days = due.daysSinceEpoch - today.daysSinceEpoch
    switch days {
    case ..<0: return late(due, on: today) ?? ""
    case 0: return "due today"
    case 1: return "due tomorrow"
    case 2...14: return "due in \(days) days"
    default: return "due \(due)"
    }
  }

  static func late(_ due: CivilDate, on today: CivilDate) -> String? {
    let days = today.daysSinceEpoch - due.daysSinceEpoch
    return days > 0 ? "\(days) day\(days == 1 ? "" : "s") late" : nil
  }
}
