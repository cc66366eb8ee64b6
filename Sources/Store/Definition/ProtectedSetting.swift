import Git

extension Tracker {
  /// A setting of git's that no repository can make: the system's, the user's own, or `git -c`.
  package static func protectedSetting(_ key: String, environment: [String: String])
    throws(StoreError) -> String?
  {
    try git { () throws(GitError) in
      try Repository.protectedConfig(key, environment: environment)
    }
  }
}
