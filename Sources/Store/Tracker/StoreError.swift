package import Cache
package import Files
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
  /// Another commit changed a record meanwhile, on which the change is based.
  case outdated(RepositoryPath)
  case git(GitError)
  /// A signal ended it; what it had begun is taken back.
  case interrupted(Int32)
  /// The cache failed; callers that can answer without it do. Exit status 2.
  case cache(SQLiteError)

  package static func refused(_ message: String) -> StoreError { .refused(message, hint: nil) }
  package static func failed(_ message: String) -> StoreError { .failed(message, hint: nil) }
}

extension StoreError {
  /// What went wrong, in a line.
  var text: String {
    switch self {
    case .refused(let message, _), .failed(let message, _): message
    case .outdated(let path): "\(path) was changed by another commit meanwhile"
    case .findings(let findings): findings.first?.message ?? "findings"
    case .git(let error): error.message
    case .interrupted: "interrupted"
    case .cache(let error): "\(error)"
    }
  }

  /// The same error as one that left something behind: it couldn't be carried out or taken back.
  func adding(_ message: String, hint: String) -> StoreError {
    .failed("\(text); \(message)", hint: hint)
  }
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
