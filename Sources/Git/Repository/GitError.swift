internal import CLibgit2

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What went wrong in git's world: an open code, the call that said so and words for a person.
package struct GitError: Error, Equatable, Sendable, CustomStringConvertible {
  /// libgit2's codes are small negative numbers; this module's own lie below -1000.
  package struct Code: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int32
    package init(rawValue: Int32) { self.rawValue = rawValue }

    package static let generic = Code(rawValue: -1)
    package static let notFound = Code(rawValue: -3)
    package static let exists = Code(rawValue: -4)
    package static let ambiguous = Code(rawValue: -5)
    package static let invalidName = Code(rawValue: -12)
    /// A lock of git's is held, and was for as long as the caller was ready to wait.
    package static let locked = Code(rawValue: -14)
    /// Something is no longer as the caller expected.
    package static let modified = Code(rawValue: -15)
    /// The repository belongs to another user.
    package static let owner = Code(rawValue: -36)

    /// A valid repository, index or request that this build cannot treat.
    package static let unsupported = Code(rawValue: -1001)
    /// The operating system refused; `message` says what and why.
    package static let system = Code(rawValue: -1002)
    /// No name or e-mail address to write as.
    package static let identity = Code(rawValue: -1003)
    /// The signing program failed.
    package static let signing = Code(rawValue: -1004)
    /// Bytes that are not what git writes.
    package static let corrupt = Code(rawValue: -1005)
    /// A file stands where a directory is needed, or the reverse.
    package static let directoryConflict = Code(rawValue: -1006)
  }

  package let code: Code
  /// The function that failed, e.g. `git_odb_read` or `open`.
  package let call: String
  package let message: String
  /// What the user can do about it, possibly several lines.
  package let hint: String?

  package init(_ code: Code, call: String, _ message: String, hint: String? = nil) {
    (self.code, self.call, self.message, self.hint) = (code, call, message, hint)
  }

  package var description: String {
    hint.map { "\(message)\n\($0)" } ?? message
  }

  /// The error that libgit2 recorded on this thread; call at once after the failure.
  static func last(_ code: Int32, in call: StaticString) -> GitError {
    // NULL where libgit2 failed without words.
    let message = git_error_last().flatMap { error in
      error.pointee.message.map { String(cString: $0) }
    }
    return GitError(
      Code(rawValue: code), call: "\(call)", message ?? "\(call) failed with code \(code)")
  }

  /// The error of a system call, from `errno`; call at once after the failure.
  static func system(_ call: StaticString, _ path: String, number: Int32 = errno) -> GitError {
    GitError(
      .system, call: "\(call)", "cannot \(call) '\(path)': \(String(cString: strerror(number)))")
  }

  static func corrupt(_ what: String, call: StaticString = #function) -> GitError {
    GitError(.corrupt, call: "\(call)", what)
  }
}

/// Runs one libgit2 call and turns a negative answer into an error.
@discardableResult
func check(_ call: StaticString, _ code: @autoclosure () -> Int32) throws(GitError) -> Int32 {
  let result = code()
  guard result >= 0 else { throw GitError.last(result, in: call) }
  return result
}
