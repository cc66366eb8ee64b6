extension Repository {
  /// Returns the last value of a configuration key, or `nil` if unset.
  package func config(_ key: String) throws(GitError) -> String? {
    try configuration.string(key)
  }

  /// Returns the last value of a key as a git boolean; a key without value is true.
  package func configBool(_ key: String) throws(GitError) -> Bool? {
    try configuration.bool(key)
  }

  /// Returns the last value of a key as a path, with a leading `~/` expanded to HOME.
  package func configPath(_ key: String) throws(GitError) -> String? {
    try configuration.path(key)
  }

  /// Returns all values of a key, lowest precedence first.
  package func configAll(_ key: String) throws(GitError) -> [String] {
    try configuration.all(key)
  }

  /// Returns the names of all keys that a POSIX expression matches, each once.
  package func configNames(matching expression: String) throws(GitError) -> [String] {
    try configuration.names(matching: expression)
  }

  /// Sets a key in the repository's own configuration file.
  package func setConfig(_ key: String, _ value: String) throws(GitError) {
    try configuration.setLocal(key, value)
  }

  /// Removes a key from the repository's own configuration file; a missing key is not an error.
  package func unsetConfig(_ key: String) throws(GitError) {
    try configuration.setLocal(key, nil)
  }

  /// Returns the last value of a key in the protected configuration (git-config(1)), which a
  /// repository cannot set. Use it for settings that name a program to run.
  package static func protectedConfig(_ key: String, environment: [String: String])
    throws(GitError) -> String?
  {
    try Configuration.protected(environment: environment).string(key)
  }
}
