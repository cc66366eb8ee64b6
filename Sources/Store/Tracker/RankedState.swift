import Git
package import Records

/// The rankings of one commit, as of a day.
package struct RankedState {
  package let revision: Revision
  /// Forty hexadecimal digits.
  package var revisionName: String { revision.hex }
  package let day: CivilDate
  package let definition: TrackerDefinition
  package let state: RecordState
  package let rankings: [Ranking]
}

extension Tracker {
  /// Ranks the records of a commit: HEAD as of today, a date's commit as of that date, a revision
  /// as of the day of its commit. Returns `nil` before the first commit.
  package func ranked(at text: String?) throws(StoreError) -> RankedState? {
    guard let text else {
      return try headCommit().map { (head) throws(StoreError) in try ranked(head, on: today) }
    }
    let commit = try commit(meantBy: text)
    return try ranked(commit, on: try day(meantBy: text, commit))
  }

  /// Returns the day that `--at` refers to.
  package func day(meantBy text: String, _ commit: Revision) throws(StoreError) -> CivilDate {
    if let second = DatePeriod.lastSecond(of: text) { return CivilDate(secondsSinceEpoch: second) }
    let time = try git { () throws(GitError) in try repository.commit(commit).committer.time }
    return CivilDate(secondsSinceEpoch: time)
  }

  private func ranked(_ commit: Revision, on day: CivilDate) throws(StoreError) -> RankedState {
    let definition = try definition(at: commit)
    let state = try records(at: commit, folder: definition.config.folder)
    return RankedState(
      revision: commit, day: day, definition: definition, state: state,
      rankings: definition.catalog.rankings(of: state.records, roster: definition.roster, on: day))
  }
}
