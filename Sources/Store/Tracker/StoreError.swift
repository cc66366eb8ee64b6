package import Cache
package import Git
package import Records

/// Why a use case didn't do what was asked.
package enum StoreError: Error, Sendable {
  /// The answer is no: nothing was written. Exit status 1.
  case refused(String, hint: String?)
  /// Findings of severity error stand in the way. Exit status 1.
  case findings([Finding])
  /// It couldn't run at all. Exit status 2.
  case failed(String, hint: String?)
  case git(GitError)
  /// The index failed; whoever can answers without it. Exit status 2.
  case cache(SQLiteError)

  package static func refused(_ message: String) -> StoreError { .refused(message, hint: nil) }
  package static func failed(_ message: String) -> StoreError { .failed(message, hint: nil) }
}

extension GitError {
  /// What to say, how to mend it, and whether it is a "no" (a live lock, a lost race).
  package var wording: (message: String, hint: String?, isRefusal: Bool) {
    (message, hint, code == .locked || code == .modified)
  }
}

/// Runs a call into Git, its errors becoming the store's.
func git<R>(_ body: () throws(GitError) -> R) throws(StoreError) -> R {
  do throws(GitError) { return try body() } catch { throw .git(error) }
}
