import Git
package import Records

/// Everything about the records of one commit, judged as of that commit's own day.
package struct Snapshot: Sendable {
  /// Forty hexadecimal digits.
  package let revision: String
  /// Committer time, seconds since the epoch.
  package let committedAt: Int64
  package let ground: Ground
  package let state: RecordState
  package let findings: [Finding]
}

extension Tracker {
  package func snapshot(at commit: Revision) throws(StoreError) -> Snapshot {
    let time = try git { () throws(GitError) in try repository.commit(commit).committer.time }
    let ground = try ground(at: commit)
    let state = try records(at: commit, folder: ground.config.folder)
    let history = try history(for: ground, to: commit)
    let result = StateCheck(ground: ground, now: time, history: history).run(state)
    return Snapshot(
      revision: commit.hex, committedAt: time, ground: ground, state: state,
      findings: result.findings)
  }
}
