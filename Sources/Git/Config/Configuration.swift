internal import CLibgit2
internal import Files

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Git's settings, read from the files and variables that git itself reads.
///
/// libgit2 reads the files and their includes. The caller's environment, not this process's,
/// decides which: GIT_CONFIG_GLOBAL, GIT_CONFIG_SYSTEM, GIT_CONFIG_NOSYSTEM, HOME and
/// XDG_CONFIG_HOME, plus `git -c` (GIT_CONFIG_PARAMETERS) and GIT_CONFIG_COUNT.
final class Configuration {
  private let raw: OpaquePointer
  private let commandLine: [CommandLineSettings.Setting]
  private let home: String?

  private init(_ raw: OpaquePointer, environment: [String: String]) {
    self.raw = raw
    commandLine = CommandLineSettings.parse(environment)
    home = environment["HOME"]
  }

  deinit { git_config_free(raw) }

  /// Returns the settings a repository cannot make: system, global and command line (git-config,
  /// "protected configuration").
  static func protected(environment: [String: String]) throws(GitError) -> Configuration {
    try make(environment: environment, repository: nil, local: nil, worktree: nil)
  }

  /// Reads the file of one repository only, for what must be known before opening it.
  static func file(_ path: String) throws(GitError) -> Configuration {
    let raw = try empty()
    let result = Configuration(raw, environment: [:])
    try result.add(path, level: GIT_CONFIG_LEVEL_LOCAL, repository: nil)
    return result
  }

  /// Returns all settings in force in a repository; `repository` decides conditional includes.
  static func make(
    environment: [String: String], repository: OpaquePointer?, local: String?, worktree: String?
  ) throws(GitError) -> Configuration {
    let result = Configuration(try empty(), environment: environment)
    if let path = systemPath(environment) {
      try result.add(path, level: GIT_CONFIG_LEVEL_SYSTEM, repository: repository)
    }
    if let path = environment["GIT_CONFIG_GLOBAL"] {
      try result.add(path, level: GIT_CONFIG_LEVEL_GLOBAL, repository: repository)
    } else {
      let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 }
      let xdg = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 }
      if let directory = xdg ?? home.map({ $0 + "/.config" }) {
        try result.add(
          directory + "/git/config", level: GIT_CONFIG_LEVEL_XDG, repository: repository)
      }
      if let home {
        try result.add(
          home + "/.gitconfig", level: GIT_CONFIG_LEVEL_GLOBAL, repository: repository)
      }
    }
    if let local {
      try result.add(local, level: GIT_CONFIG_LEVEL_LOCAL, repository: repository)
    }
    if let worktree {
      // libgit2 1.5 has no level for config.worktree; the next one up gives it the right
      // precedence.
      try result.add(worktree, level: GIT_CONFIG_LEVEL_APP, repository: repository)
    }
    return result
  }

  private static func empty() throws(GitError) -> OpaquePointer {
    LibGit2.start
    var raw: OpaquePointer?
    try check("git_config_new", git_config_new(&raw))
    guard let raw else { throw GitError(.generic, call: "git_config_new", "no configuration") }
    return raw
  }

  private static func systemPath(_ environment: [String: String]) -> String? {
    if let text = environment["GIT_CONFIG_NOSYSTEM"], parseBool(text) != false { return nil }
    return environment["GIT_CONFIG_SYSTEM"] ?? "/etc/gitconfig"
  }

  private func add(_ path: String, level: git_config_level_t, repository: OpaquePointer?)
    throws(GitError)
  {
    // As git: HOME may be another user's, whose settings aren't ours (config.c, ACCESS_EACCES_OK).
    let isUsers = level == GIT_CONFIG_LEVEL_GLOBAL || level == GIT_CONFIG_LEVEL_XDG
    if isUsers, try !files({ () throws(FileError) in try FileSystem.isReadable(path) }) { return }
    guard try RepositoryFile.exists(path) else { return }
    try check(
      "git_config_add_file_ondisk",
      git_config_add_file_ondisk(raw, path, level, repository, 0))
  }

  /// Makes libgit2 use these settings for its own decisions.
  func install(in repository: OpaquePointer) throws(GitError) {
    try check("git_repository_set_config", git_repository_set_config(repository, raw))
  }

  /// Returns the last value of a key, or `nil` if unset. A key without `=` counts as empty text.
  func string(_ key: String) throws(GitError) -> String? {
    try value(key).map { $0 ?? "" }
  }

  /// Returns the last value of a key as a git boolean, or `nil` if unset.
  func bool(_ key: String) throws(GitError) -> Bool? {
    guard let value = try value(key) else { return nil }
    guard let text = value else { return true }
    guard let result = Self.parseBool(text) else {
      throw GitError(
        .generic, call: "git_config_parse_bool",
        "bad boolean config value '\(text)' for '\(key)'",
        hint: "git config \(key) true")
    }
    return result
  }

  /// Returns the last value of a key as a path, with `~/` expanded to HOME.
  func path(_ key: String) throws(GitError) -> String? {
    try string(key).map { Self.expand($0, home: home) }
  }

  /// Returns all values of a key, lowest precedence first.
  func all(_ key: String) throws(GitError) -> [String] {
    var values: [String] = []
    var iterator: OpaquePointer?
    let code = git_config_multivar_iterator_new(&iterator, raw, key, nil)
    if code != GIT_ENOTFOUND.rawValue {
      try check("git_config_multivar_iterator_new", code)
      defer { git_config_iterator_free(iterator) }
      var entry: UnsafeMutablePointer<git_config_entry>?
      while true {
        let step = git_config_next(&entry, iterator)
        if step == GIT_ITEROVER.rawValue { break }
        try check("git_config_next", step)
        guard let entry else { break }
        values.append(entry.pointee.value.map { String(cString: $0) } ?? "")
      }
    }
    let wanted = CommandLineSettings.normalize(key)
    return values + commandLine.filter { $0.key == wanted }.map { $0.value ?? "" }
  }

  /// The outer optional says whether the key is set, the inner one whether it has a value.
  private func value(_ key: String) throws(GitError) -> String?? {
    let wanted = CommandLineSettings.normalize(key)
    if let setting = commandLine.last(where: { $0.key == wanted }) { return .some(setting.value) }
    var entry: UnsafeMutablePointer<git_config_entry>?
    let code = git_config_get_entry(&entry, raw, key)
    if code == GIT_ENOTFOUND.rawValue { return nil }
    try check("git_config_get_entry", code)
    defer { git_config_entry_free(entry) }
    return .some(entry?.pointee.value.map { String(cString: $0) })
  }

  /// Sets a key in the repository's own file; `nil` unsets it.
  func setLocal(_ key: String, _ value: String?) throws(GitError) {
    var local: OpaquePointer?
    try check(
      "git_config_open_level", git_config_open_level(&local, raw, GIT_CONFIG_LEVEL_LOCAL))
    defer { git_config_free(local) }
    try LockTimeout.retry { () throws(GitError) in
      guard let value else {
        let code = git_config_delete_entry(local, key)
        if code != GIT_ENOTFOUND.rawValue { try check("git_config_delete_entry", code) }
        return
      }
      try check("git_config_set_string", git_config_set_string(local, key, value))
    }
  }

  static func parseBool(_ text: String) -> Bool? {
    var result: Int32 = 0
    return git_config_parse_bool(&result, text) == 0 ? result != 0 : nil
  }

  /// Expands `~/x` to the user's home. `%(prefix)`, git's own installation directory, is not known
  /// here.
  static func expand(_ path: String, home: String?) -> String {
    guard let home, path == "~" || path.utf8.starts(with: "~/".utf8) else { return path }
    return home + path.dropFirst()
  }
}

extension Configuration {
  /// Returns the names of all keys that a POSIX expression matches, each once.
  func names(matching expression: String) throws(GitError) -> [String] {
    var iterator: OpaquePointer?
    try check(
      "git_config_iterator_glob_new", git_config_iterator_glob_new(&iterator, raw, expression))
    defer { git_config_iterator_free(iterator) }
    var names: [String] = []
    var entry: UnsafeMutablePointer<git_config_entry>?
    while true {
      let step = git_config_next(&entry, iterator)
      if step == GIT_ITEROVER.rawValue { return names }
      try check("git_config_next", step)
      guard let name = entry?.pointee.name.map({ String(cString: $0) }) else { return names }
      if !names.contains(name) { names.append(name) }
    }
  }
}
