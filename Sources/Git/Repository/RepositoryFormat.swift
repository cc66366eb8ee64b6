/// The repository format: version and extensions (gitrepository-layout, `repository-version`).
///
/// Checked before libgit2 opens the repository: it would reject harmless extensions and, if made to
/// accept them, would misread some repositories.
struct RepositoryFormat {
  let usesWorktreeConfiguration: Bool

  init(commonDirectory: String) throws(GitError) {
    let path = commonDirectory + "/config"
    guard try RepositoryFile.exists(path) else {
      usesWorktreeConfiguration = false
      return
    }
    let configuration = try Configuration.file(path)
    let version = Int(try configuration.string("core.repositoryformatversion") ?? "0") ?? 0
    guard version <= 1 else {
      throw GitError(
        .unsupported, call: "open",
        "Expected git repo version <= 1, found \(version) in '\(path)'")
    }
    for name in try configuration.names(matching: "^extensions\\..*") {
      let key = String(name.dropFirst("extensions.".count))
      let value = try configuration.string(name) ?? ""
      try Self.check(key, value, version: version, path: path)
    }
    usesWorktreeConfiguration = try configuration.bool("extensions.worktreeconfig") ?? false
  }

  private static func check(_ key: String, _ value: String, version: Int, path: String)
    throws(GitError)
  {
    switch key {
    case "noop", "preciousobjects", "partialclone", "worktreeconfig":
      return
    case "objectformat" where value == "sha1":
      return
    case "refstorage" where value == "files":
      return
    case "noop-v1", "relativeworktrees":
      return
    case "objectformat":
      throw GitError(
        .unsupported, call: "open",
        "the repository names objects by \(value) (extensions.objectFormat in '\(path)'); "
          + "docket reads SHA-1 repositories only",
        hint: "git init --object-format=sha1 NEW-DIRECTORY")
    case "refstorage":
      throw GitError(
        .unsupported, call: "open",
        "the repository stores references as \(value) (extensions.refStorage in '\(path)'); "
          + "docket reads the 'files' format only",
        hint: "git refs migrate --ref-format=files")
    default:
      // Version 0 has no extensions: git ignores unknown ones.
      if version == 0 { return }
      throw GitError(
        .unsupported, call: "open",
        "unknown repository extension found: \(key) (in '\(path)')")
    }
  }
}
