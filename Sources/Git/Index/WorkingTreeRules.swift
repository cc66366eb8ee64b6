internal import CLibgit2
package import Files

/// The rules by which git ignores untracked files (gitignore(5)) and converts line ends
/// (gitattributes(5), "text"): those of the working tree's folders, of `info/` and of the settings.
///
/// Programs that filters name are never run.
package final class WorkingTreeRules {
  private let raw: OpaquePointer
  private let configuration: Configuration

  /// - Throws: if the repository has no working tree.
  package init(_ repository: Repository) throws(GitError) {
    guard let directory = repository.workingDirectory else {
      throw GitError(
        .unsupported, call: "WorkingTreeRules", "a bare repository has no working tree")
    }
    var opened: OpaquePointer?
    try check(
      "git_repository_open_bare", git_repository_open_bare(&opened, repository.gitDirectory))
    guard let handle = opened else {
      throw GitError(.generic, call: "git_repository_open_bare", "no repository")
    }
    do throws(GitError) {
      configuration = repository.configuration
      try configuration.install(in: handle)
      try check("git_repository_set_workdir", git_repository_set_workdir(handle, directory, 0))
    } catch {
      git_repository_free(handle)
      throw error
    }
    raw = handle
  }

  deinit { git_repository_free(raw) }

  /// Whether a rule names the file at a path, or a folder that it is in.
  package func ignore(_ path: RepositoryPath) throws(GitError) -> Bool {
    // A name with a zero byte is none; libgit2 takes text that ends with one.
    var isIgnored: Int32 = 0
    let bytes = path.bytes.map { CChar(bitPattern: $0) } + [0]
    try check("git_ignore_path_is_ignored", git_ignore_path_is_ignored(&isIgnored, raw, bytes))
    return isIgnored == 1
  }

  /// Returns what git would store for a file's content: its line ends converted as the attributes
  /// and core.autocrlf say.
  package func stored(_ content: [UInt8], at path: RepositoryPath) throws(GitError) -> [UInt8] {
    // Nothing else is converted on the way in.
    guard content.firstRange(of: [0x0D, 0x0A]) != nil else { return content }
    let name = path.bytes.map { CChar(bitPattern: $0) } + [0]
    var list: OpaquePointer?
    try check(
      "git_filter_list_load",
      git_filter_list_load(
        &list, raw, nil, name, GIT_FILTER_TO_ODB, GIT_FILTER_ALLOW_UNSAFE.rawValue))
    guard let filters = list else { return content }
    defer { git_filter_list_free(filters) }
    var output = git_buf()
    defer { git_buf_dispose(&output) }
    let code = content.withUnsafeBytes { bytes in
      git_filter_list_apply_to_buffer(
        &output, filters, bytes.bindMemory(to: CChar.self).baseAddress, bytes.count)
    }
    try check("git_filter_list_apply_to_buffer", code)
    return Array(UnsafeRawBufferPointer(start: output.ptr, count: output.size))
  }
}
