package import Git

/// One file that a commit will write.
package struct PlannedFile: Sendable {
  package let path: String
  package let bytes: [UInt8]
  /// What HEAD has at the path and the change is based on; `nil` where the file is new.
  package let base: TreeItem?

  package init(path: String, bytes: [UInt8], base: TreeItem?) {
    self.path = path
    self.bytes = bytes
    self.base = base
  }
}

/// A commit to make: exactly these files, nothing else.
package struct CommitPlan: Sendable {
  package var files: [PlannedFile]
  package var message: String
  /// Another branch than HEAD's: then neither working tree nor index is touched.
  package var branch: String?
  /// Write and stage only.
  package var stagesOnly = false
  package var runsHooks = true

  package init(files: [PlannedFile], message: String) {
    self.files = files
    self.message = message
  }
}

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
