import JSONText
import Records

/// The merge of one record file in conflict: retired lists become records, the rest is merged by the
/// schema, and what a user says ends the conflicts.
struct UnmergedFileMerge {
  struct Outcome {
    /// `nil` if the record is deleted.
    var value: JSONValue?
    /// What nothing was said about.
    var conflicts: [RecordMerge.Conflict] = []
    var settled: [(conflict: RecordMerge.Conflict, value: JSONValue?)] = []
    /// What the driver makes of the file, which is known to be nobody's own words.
    var automatic: MergedRecord?
  }

  private let file: UnmergedRecords.File
  private let request: ResolutionRequest
  private let judge: RecordVersionJudge

  init(_ file: UnmergedRecords.File, request: ResolutionRequest, judge: RecordVersionJudge) {
    (self.file, self.request, self.judge) = (file, request, judge)
  }

  /// - Parameter isRecord: whether there is a record of an id.
  func run(
    _ items: inout ItemRecords, isRecord: (RecordID) throws(StoreError) -> Bool
  ) throws(StoreError) -> Outcome {
    guard var ours = file.ours.value, var theirs = file.theirs.value else { return try whole() }
    var base = file.base
    var outcome = Outcome()
    outcome.automatic = MergedRecord(
      base: base, ours: ours, theirs: theirs, kind: file.kind, judgedBy: judge.findings)
    for migration in file.hasRetiredItems ? file.migrations : [] {
      try merge(migration, &items, isRecord, &outcome)
      base?[migration.list] = nil
      ours[migration.list] = nil
      theirs[migration.list] = nil
    }
    var ended: [RecordMerge.Conflict] = []
    let merge = MergedRecord(
      base: base, ours: ours, theirs: theirs, kind: file.kind,
      choosing: { conflict in
        let choice = request.choice(conflict)
        if choice != nil { ended.append(conflict) }
        return choice
      },
      // What is set decides whether the record is valid: it is judged as a whole, later.
      judgedBy: request.assignments.isEmpty ? judge.findings : { _ in [] })
    var value = merge.value
    try set(in: &value)
    outcome.value = value
    outcome.conflicts += merge.conflicts
    for conflict in ended where !outcome.settled.contains(where: { $0.conflict == conflict }) {
      let place = try? FieldKey.pointer(conflict.key, in: value)
      outcome.settled.append((conflict, place.flatMap { value[$0] }))
    }
    return outcome
  }

  private func set(in value: inout JSONValue) throws(StoreError) {
    do throws(KeyProblem) {
      for assignment in request.assignments {
        try assignment.apply(
          to: &value, view: file.kind.view,
          makeItemID: { ItemID.make(from: UInt64.random(in: .min ... .max)) })
      }
    } catch {
      throw .failed(error.description)
    }
  }

  /// Merges a record that isn't there on one side, or can't be read: one of the two, whole.
  private func whole() throws(StoreError) -> Outcome {
    let conflict = UnmergedRecords.wholeRecord(file)
    guard let choice = request.choice(conflict) else { return Outcome(conflicts: [conflict]) }
    let version =
      switch choice {
      case .ours: file.ours
      case .theirs: file.theirs
      case .both: file.ours.value == nil ? file.theirs : file.ours
      }
    var outcome = Outcome()
    switch version {
    case .unreadable(let problem):
      throw .refused(
        "\(file.path) on that side is no record: \(problem.message)",
        hint: "take the other side, or correct the file and git add it")
    case .absent: outcome.value = nil
    case .record(var value):
      try set(in: &value)
      outcome.value = value
    }
    outcome.settled = [(conflict, outcome.value)]
    return outcome
  }

  // MARK: Retired lists

  private func merge(
    _ migration: ItemMigration, _ items: inout ItemRecords,
    _ isRecord: (RecordID) throws(StoreError) -> Bool, _ outcome: inout Outcome
  ) throws(StoreError) {
    guard let key = migration.itemKey else { return }
    func list(_ version: JSONValue?) -> [JSONValue] { version?[migration.list]?.array ?? [] }
    func named(_ version: JSONValue?) -> [String: JSONValue] {
      Dictionary(
        list(version).compactMap { item in item[key]?.string.map { ($0, item) } },
        uniquingKeysWith: { first, _ in first })
    }
    let owner = (id: file.id, path: file.path)
    let (ours, theirs) = (file.ours.value, file.theirs.value)
    let (old, mine, other) = (named(file.base), named(ours), named(theirs))
    for side in RecordMerge.Side.allCases {
      for item in list(side == .ours ? ours : theirs) {
        guard let name = item[key]?.string else {
          // Says that the item has no id.
          _ = try items.record(of: item, migration, of: owner)
          continue
        }
        let place = [migration.list, name]
        if let mine = mine[name], let other = other[name] {
          guard side == .ours else { continue }
          let merge = RecordMerge.merge(
            base: old[name], ours: mine, theirs: other,
            view: migration.owner.view.property(migration.list)?.items
          ) { request.choice($0.below(place)) }
          guard merge.conflicts.isEmpty else {
            outcome.conflicts += merge.conflicts.map { $0.below(place) }
            continue
          }
          try items.take(merge.value, base: old[name], migration, of: owner, on: side)
          continue
        }
        let id = try items.record(of: item, migration, of: owner).id
        // Gone from the other side without having become a record: deleted there.
        if let old = old[name], try !isRecord(id) {
          if old == item { continue }
          let conflict = RecordMerge.Conflict(
            tokens: place, base: old, ours: mine[name], theirs: other[name])
          guard let choice = request.choice(conflict) else {
            outcome.conflicts.append(conflict)
            continue
          }
          if choice != .both, (choice == .ours) != (side == .ours) { continue }
        }
        try items.take(item, base: old[name], migration, of: owner, on: side)
      }
    }
  }
}

extension RecordMerge.Conflict {
  /// The same conflict in a part of a larger value.
  fileprivate func below(_ place: [String]) -> RecordMerge.Conflict {
    RecordMerge.Conflict(
      tokens: place + tokens, base: base, ours: ours, theirs: theirs, isOrder: isOrder)
  }
}
