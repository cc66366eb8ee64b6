extension Repository {
  /// The last value of a configuration key, `nil` if it is not set.
  package func config(_ key: String) throws(GitError) -> String? {
    try configuration.string(key)
  }

  /// The last value of a key as git understands a boolean; a key without value is true.
  package func configBool(_ key: String) throws(GitError) -> Bool? {
    try configuration.bool(key)
  }

  /// The last value of a key as a path: a leading `~/` stands for HOME.
  package func configPath(_ key: String) throws(GitError) -> String? {
    try configuration.path(key)
  }

  /// All values of a key, lowest precedence first.
  package func configAll(_ key: String) throws(GitError) -> [String] {
    try configuration.all(key)
  }

  /// Sets a key in the repository's own configuration file.
  package func setConfig(_ key: String, _ value: String) throws(GitError) {
    try configuration.setLocal(key, value)
  }

  /// Removes a key from the repository's own configuration file; no error if it isn't there.
  package func unsetConfig(_ key: String) throws(GitError) {
    try configuration.setLocal(key, nil)
  }

  /// The last value of a key in what no repository can set (git-config(1), "protected
  /// configuration"): for settings that name a program to run.
  package static func protectedConfig(_ key: String, environment: [String: String])
    throws(GitError) -> String?
  {
    try Configuration.protected(environment: environment).string(key)
  }
}
