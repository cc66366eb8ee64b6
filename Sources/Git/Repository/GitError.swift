internal import CLibgit2

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// An error from git's data or libgit2: an open set of codes, the failing call and a message for
/// the user.
package struct GitError: Error, Equatable, Sendable, CustomStringConvertible {
  /// libgit2's codes are small negative numbers; this module's own are below -1000.
  package struct Code: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int32
    package init(rawValue: Int32) { self.rawValue = rawValue }

    package static let generic = Code(rawValue: -1)
    package static let notFound = Code(rawValue: -3)
    package static let exists = Code(rawValue: -4)
    package static let ambiguous = Code(rawValue: -5)
    package static let invalidName = Code(rawValue: -12)
    /// Another process held one of git's locks for the whole timeout.
    package static let locked = Code(rawValue: -14)
    /// The current state is not what the caller expected.
    package static let modified = Code(rawValue: -15)
    /// The repository belongs to another user.
    package static let owner = Code(rawValue: -36)

    /// A valid repository, index or request that this build cannot handle.
    package static let unsupported = Code(rawValue: -1001)
    /// A system call failed; `message` says which and why.
    package static let system = Code(rawValue: -1002)
    /// No name or e-mail address is configured to write as.
    package static let identity = Code(rawValue: -1003)
    /// The signing program failed.
    package static let signing = Code(rawValue: -1004)
    /// Bytes that git would not write.
    package static let corrupt = Code(rawValue: -1005)
    /// A file is where a directory is needed, or the reverse.
    package static let directoryConflict = Code(rawValue: -1006)
    /// An object or a tree beyond what is read.
    package static let tooLarge = Code(rawValue: -1007)
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

  /// Returns the error libgit2 recorded on this thread; call immediately after the failure.
  static func last(_ code: Int32, in call: StaticString) -> GitError {
    // NULL if libgit2 failed without a message.
    let message = git_error_last().flatMap { error in
      error.pointee.message.map { String(cString: $0) }
    }
    return GitError(
      Code(rawValue: code), call: "\(call)", message ?? "\(call) failed with code \(code)")
  }

  /// Returns the error of a system call, from `errno`; call immediately after the failure.
  static func system(_ call: StaticString, _ path: String, number: Int32 = errno) -> GitError {
    GitError(
      .system, call: "\(call)", "cannot \(call) '\(path)': \(String(cString: strerror(number)))")
  }

  static func corrupt(_ what: String, call: StaticString = #function) -> GitError {
    GitError(.corrupt, call: "\(call)", what)
  }
}

/// Runs one libgit2 call and throws on a negative result.
@discardableResult
func check(_ call: StaticString, _ code: @autoclosure () -> Int32) throws(GitError) -> Int32 {
  let result = code()
  guard result >= 0 else { throw GitError.last(result, in: call) }
  return result
}
