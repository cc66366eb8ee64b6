package import Git

/// What became of a plan.
package enum CommitOutcome: Sendable, Equatable {
  case committed(ObjectID)
  /// Somebody's plain `git commit` had taken the files along before docket could.
  case alreadyThere(ObjectID)
  case staged

  /// The commit that holds the files now, abbreviated.
  package var commit: String? {
    switch self {
    case .committed(let id), .alreadyThere(let id): String(id.hex.prefix(10))
    case .staged: nil
    }
  }
}
