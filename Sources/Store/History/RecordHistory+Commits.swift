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

  /// The kinds with a rule in force that needs history.
  fileprivate var kindsWithHistory: Set<String> {
    Set(
      catalog.kinds.filter { kind in
        kind.rules.compactMap(\.call).contains {
          $0.check.needs.contains(.history) && $0.check.isWanted($0.arguments, config)
        }
      }.map(\.prefix))
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
    return RecordHistory(
      isTruncated: false, trackedSince: since,
      records: try milestones(
        to: tip, prefixes: definition.kindsWithHistory, definition: definition))
  }

  /// Returns when things happened to the records of some kinds, from the commits up to `tip`.
  ///
  /// - Parameter prefixes: the prefixes of the kinds.
  func milestones(to tip: ObjectID, prefixes: Set<String>, definition: TrackerDefinition)
    throws(StoreError) -> [RecordID: RecordHistory.Milestones]
  {
    let tree = try tree(of: tip)
    var selection = HistoryWalk.Selection()
    let all = try git { () throws(GitError) in
      try index(ofTree: tree, folder: definition.config.folder)
    }
    selection.ids = Set(all.map(\.id).filter { prefixes.contains($0.prefix) })
    guard !selection.ids.isEmpty else { return [:] }
    var milestones: [RecordID: RecordHistory.Milestones] = [:]
    for entry in try history(to: tip, selection) {
      let moment = RecordHistory.Moment(commit: entry.commit.id, time: entry.commit.committedAt)
      for change in entry.changes {
        var known = milestones[change.id] ?? RecordHistory.Milestones(reported: moment)
        known.note(change, at: moment, kind: definition.catalog.kind(of: change.id))
        milestones[change.id] = known
      }
    }
    return milestones
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

extension RecordHistory.Milestones {
  /// Records a change; the earliest event of each type is kept, whatever the order of commits.
  mutating func note(_ change: RecordChange, at moment: RecordHistory.Moment, kind: Kind?) {
    if moment.time < reported.time { reported = moment }
    guard let after = change.after else { return }
    func first(_ known: RecordHistory.Moment?) -> RecordHistory.Moment {
      known.map { $0.time <= moment.time ? $0 : moment } ?? moment
    }
    if let state = kind?.state(of: after) { states[state] = first(states[state]) }
    for member in after.object?.members ?? [] where member.value.array?.isEmpty == false {
      firstItems[member.key] = first(firstItems[member.key])
    }
  }
}
