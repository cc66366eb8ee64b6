import Git
import JSONText
import Records

extension TrackerDefinition {
  /// What the rules in force need; nothing else is looked up.
  var needs: Set<NamedCheck.Need> {
    let calls = catalog.kinds.flatMap(\.rules).filter { rule in
      config.rules[rule.id].map { $0.severity != nil } ?? true
    }.compactMap(\.call)
    return calls.reduce(into: []) { needs, call in
      if call.check.isWanted(call.arguments, config) { needs.formUnion(call.check.needs) }
    }
  }

  /// The prefixes of the kinds with a rule in force that needs history, and of those that these rules
  /// look at: answers, records whose severity counts, and those that records were migrated from.
  fileprivate var kindsWithHistory: Set<String> {
    var kinds: [Kind] = []
    for kind in catalog.kinds {
      let calls = kind.rules.compactMap(\.call).filter {
        $0.check.needs.contains(.history) && $0.check.isWanted($0.arguments, config)
      }
      guard !calls.isEmpty else { continue }
      kinds.append(kind)
      for call in calls {
        kinds += [call.arguments.word("answeredBy")].compactMap { $0 }.compactMap(
          catalog.kind(named:))
        let relation = kind.relation(call.arguments.word("severityOf"))
        kinds += (relation?.kinds ?? []).compactMap(catalog.kind(named:))
      }
    }
    let names = Set(kinds.map(\.name))
    kinds += catalog.kinds.filter { kind in kind.retiredLists.contains { names.contains($0.kind) } }
    return Set(kinds.map(\.prefix))
  }
}

extension Tracker {
  /// Returns what the rules in force need of history up to `tip`, or `nil` if they need nothing.
  func history(for definition: TrackerDefinition, to tip: ObjectID?) throws(StoreError)
    -> RecordHistory?
  {
    let needs = definition.needs
    guard let tip, needs.contains(.age) || needs.contains(.history) else { return nil }
    let since = needs.contains(.age) ? try trackedSince(to: tip) : nil
    guard needs.contains(.history), !isTruncated else {
      return RecordHistory(
        isTruncated: isTruncated && needs.contains(.history), trackedSince: since, records: [:])
    }
    let past = try milestones(
      to: tip, prefixes: definition.kindsWithHistory, definition: definition)
    return RecordHistory(
      isTruncated: false, trackedSince: since, records: past.milestones,
      answers: try answers(past, definition.catalog))
  }

  /// Returns when things happened to the records of some kinds, from the commits up to `tip`.
  ///
  /// - Parameter prefixes: the prefixes of the kinds.
  func milestones(to tip: ObjectID, prefixes: Set<String>, definition: TrackerDefinition)
    throws(StoreError) -> RecordPast
  {
    let tree = try tree(of: tip)
    let all = try git { () throws(GitError) in
      try index(ofTree: tree, folder: definition.config.folder)
    }
    return try milestones(
      to: tip, of: Set(all.map(\.id).filter { prefixes.contains($0.prefix) }), definition.catalog)
  }

  /// Returns when things happened to some records, from the commits up to `tip`.
  func milestones(to tip: ObjectID, of ids: Set<RecordID>, _ catalog: KindCatalog)
    throws(StoreError) -> RecordPast
  {
    var past = RecordPast()
    guard !ids.isEmpty else { return past }
    var selection = HistoryWalk.Selection()
    selection.ids = ids
    let entries = try history(to: tip, selection)
    for (index, entry) in entries.enumerated() {
      let moment = RecordHistory.Moment(
        commit: entry.commit.id, time: entry.commit.committedAt, order: entries.count - index)
      for change in entry.changes {
        past.note(change, at: moment, kind: catalog.kind(of: change.id))
      }
    }
    past.followOrigins(catalog)
    return past
  }

  /// Returns which feedback was answered, from what happened to it and to the answers.
  func answers(_ past: RecordPast, _ catalog: KindCatalog) throws(StoreError) -> Answers {
    guard let (teller, binding) = catalog.tellKind else { return Answers() }
    var questions: [Answers.Question] = []
    var replies: [Answers.Reply] = []
    for (id, milestones) in past.milestones {
      guard let value = past.latest[id], let kind = catalog.kind(of: id) else { continue }
      func targets(_ relation: String?) -> Set<RecordID> {
        Set(kind.relation(relation)?.targets(in: value) ?? [])
      }
      if kind.prefix == teller.prefix {
        replies.append(
          Answers.Reply(
            id: id, about: targets(binding.about), names: targets(binding.answers),
            moment: milestones.reported))
      } else if let note = kind.note {
        questions.append(
          Answers.Question(id: id, about: targets(note.about), moment: milestones.reported))
      }
    }
    var known: [RecordHistory.Moment: [RecordHistory.Moment: Bool]] = [:]
    var failure: GitError?
    let answers = Answers(to: questions, among: replies) { old, new in
      if let answer = known[old]?[new] { return answer }
      var isEarlier = false
      do throws(GitError) {
        if let old = ObjectID(hex: old.commit), let new = ObjectID(hex: new.commit), old != new {
          isEarlier = try repository.isAncestor(old, of: new)
        }
      } catch {
        failure = failure ?? error
      }
      known[old, default: [:]][new] = isEarlier
      return isEarlier
    }
    if let failure { throw .git(failure) }
    return answers
  }

  /// Returns when the first commit on the first-parent line that has a config was made.
  ///
  /// A config stays once it exists, so this is a binary search. In a shallow clone the result is
  /// the oldest known commit: docket has been in use at least since then.
  func trackedSince(to tip: ObjectID) throws(StoreError) -> Int64? {
    try git { () throws(GitError) in
      var line: [ObjectID] = []
      var next: ObjectID? = tip
      while let id = next {
        line.append(id)
        let parent = try repository.commit(id).parents.first
        next =
          repository.isShallow ? parent.flatMap { try? repository.commit($0).id } : parent
      }
      // Oldest first.
      line.reverse()
      var (low, high) = (0, line.count)
      while low < high {
        let middle = (low + high) / 2
        let tree = try repository.commit(line[middle]).tree
        if try repository.entry(at: TrackerConfig.path, inTree: tree) == nil {
          low = middle + 1
        } else {
          high = middle
        }
      }
      return low < line.count ? try repository.commit(line[low]).committer.time : nil
    }
  }
}

/// What happened to records, gathered commit by commit.
struct RecordPast {
  private(set) var milestones: [RecordID: RecordHistory.Milestones] = [:]
  /// The newest version of each.
  private(set) var latest: [RecordID: JSONValue] = [:]
  private var latestMoment: [RecordID: Int] = [:]
  /// When the items of retired lists first were there.
  private(set) var items: [MigrationOrigin: RecordHistory.Moment] = [:]
  private var origins: [RecordID: (origin: MigrationOrigin, at: RecordHistory.Moment)] = [:]

  init() {}

  /// Records a change; the earliest event of each type is kept, whatever the order of commits.
  mutating func note(_ change: RecordChange, at moment: RecordHistory.Moment, kind: Kind?) {
    var known = milestones[change.id] ?? RecordHistory.Milestones(reported: moment)
    known.note(change, at: moment, kind: kind)
    milestones[change.id] = known
    guard let after = change.after else { return }
    if latestMoment[change.id] ?? .min < moment.order {
      latestMoment[change.id] = moment.order
      latest[change.id] = after
    }
    if let origin = MigrationOrigin(after), moment.time <= origins[change.id]?.at.time ?? .max {
      origins[change.id] = (origin, moment)
    }
    for list in kind?.retiredLists ?? [] {
      for item in after[list.name]?.array ?? [] {
        guard let id = item["id"]?.string else { continue }
        let origin = MigrationOrigin(record: change.id, list: list.name, item: id)
        items[origin] = items[origin].map { $0.time <= moment.time ? $0 : moment } ?? moment
      }
    }
  }

  /// Lets what was an item of a list before a migration begin with the item.
  mutating func followOrigins(_ catalog: KindCatalog) {
    for (id, found) in origins {
      guard let began = items[found.origin] else { continue }
      milestones[id]?.begin(at: began, migratedAt: found.at)
    }
  }
}

extension RecordHistory.Milestones {
  /// Moves what a migration did to the moment when its item came.
  fileprivate mutating func begin(
    at began: RecordHistory.Moment, migratedAt: RecordHistory.Moment
  ) {
    if began.time < reported.time || reported == migratedAt { reported = began }
    states = states.mapValues { $0 == migratedAt ? began : $0 }
    firstItems = firstItems.mapValues { $0 == migratedAt ? began : $0 }
  }

  /// Records a change; the earliest event of each type is kept, whatever the order of commits.
  mutating func note(_ change: RecordChange, at moment: RecordHistory.Moment, kind: Kind?) {
    if moment.time < reported.time || moment.time == reported.time && moment.order < reported.order
    {
      reported = moment
    }
    guard let after = change.after else { return }
    func first(_ known: RecordHistory.Moment?) -> RecordHistory.Moment {
      known.map { $0.time <= moment.time ? $0 : moment } ?? moment
    }
    if let state = kind?.state(of: after) { states[state] = first(states[state]) }
    if let place = kind?.rankBinding?.severity {
      severities.append((moment, after[place]?.plainText))
    }
    for member in after.object?.members ?? [] where member.value.array?.isEmpty == false {
      firstItems[member.key] = first(firstItems[member.key])
    }
  }
}
