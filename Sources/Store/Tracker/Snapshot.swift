import Git
package import Records

/// Everything about the records of one commit, as of that commit's own day.
package struct Snapshot: Sendable {
  /// Forty hexadecimal digits.
  package let revision: String
  /// Committer time, seconds since the epoch.
  package let committedAt: Int64
  package let definition: TrackerDefinition
  package let state: RecordState
  package let findings: [Finding]
}

extension Tracker {
  package func snapshot(at commit: Revision) throws(StoreError) -> Snapshot {
    let time = try git { () throws(GitError) in try repository.commit(commit).committer.time }
    let definition = try definition(at: commit)
    let state = try records(at: commit, folder: definition.config.folder)
    let history = try history(for: definition, to: commit)
    let result = StateCheck(definition: definition, now: time, history: history).run(state)
    return Snapshot(
      revision: commit.hex, committedAt: time, definition: definition, state: state,
      findings: result.findings)
  }
}
