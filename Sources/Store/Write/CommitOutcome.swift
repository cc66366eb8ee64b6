package import Git

/// The outcome of a commit plan.
package enum CommitOutcome: Sendable, Equatable {
  case committed(ObjectID)
  /// The user's plain `git commit` had already committed the files.
  case alreadyThere(ObjectID)
  case staged

  /// The whole id of the commit that now contains the files.
  package var wholeCommit: String? {
    switch self {
    case .committed(let id), .alreadyThere(let id): id.hex
    case .staged: nil
    }
  }

  /// The abbreviated id of the commit that now contains the files.
  package var commit: String? {
    switch self {
    case .committed(let id), .alreadyThere(let id): String(id.hex.prefix(10))
    case .staged: nil
    }
  }
}
