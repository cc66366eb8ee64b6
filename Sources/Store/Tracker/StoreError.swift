package import Cache
import Files
package import Git
package import Records

/// The reason why an operation failed.
package enum StoreError: Error, Sendable {
  /// Refused; nothing was written. Exit status 1.
  case refused(String, hint: String?)
  /// Findings of severity error prevented it. Exit status 1.
  case findings([Finding])
  /// It couldn't run at all. Exit status 2.
  case failed(String, hint: String?)
  case git(GitError)
  /// The cache failed; callers that can answer without it do. Exit status 2.
  case cache(SQLiteError)

  package static func refused(_ message: String) -> StoreError { .refused(message, hint: nil) }
  package static func failed(_ message: String) -> StoreError { .failed(message, hint: nil) }
}

extension GitError {
  /// The message, how to fix it, and whether it is a refusal (a live lock, a lost race).
  package var wording: (message: String, hint: String?, isRefusal: Bool) {
    (message, hint, code == .locked || code == .modified)
  }
}

/// Runs a call into Git and converts its errors to the store's.
func git<R>(_ body: () throws(GitError) -> R) throws(StoreError) -> R {
  do throws(GitError) { return try body() } catch { throw .git(error) }
}

/// Runs calls on files, their problems becoming errors of reading the repository.
func reading<R>(_ body: () throws(FileError) -> R) throws(GitError) -> R {
  do throws(FileError) { return try body() } catch {
    throw GitError(.system, call: "\(error.call)", "can't read \(error)")
  }
}

/// The same for a file's type; `nil` if there is none.
func fileType(_ path: some SystemPath) throws(GitError) -> FileType? {
  try reading { () throws(FileError) in try FileSystem.fileType(path) }
}
