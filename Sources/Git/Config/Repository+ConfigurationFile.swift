internal import Files

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension Repository {
  /// Changes the text of the repository's own configuration file, under git's lock; what `edit` keeps is
  /// kept byte for byte, which no call of libgit2 promises.
  ///
  /// - Parameter edit: returns the new text; the same text writes nothing.
  /// - Returns: whether the file changed.
  package func editConfigurationFile(_ edit: ([UInt8]) -> [UInt8]) throws(GitError) -> Bool {
    let path = commonDirectory + "/config"
    let mode = try RepositoryFile.status(path).map { UInt32($0.st_mode & 0o777) }
    var lock = try LockFile(path)
    let text = try configurationText
    let new = edit(text)
    if new == text { return false }
    try lock.write(new)
    if let mode { lock.setMode(mode) }
    try lock.sync()
    try lock.commit()
    return true
  }

  /// The text of the repository's own configuration file; empty if there is none.
  package var configurationText: [UInt8] {
    get throws(GitError) {
      guard let bytes = try RepositoryFile.read(commonDirectory + "/config") else { return [] }
      return bytes
    }
  }
}
