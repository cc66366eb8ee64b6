#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A failed system call: its name, the path and the error number (errno(3)).
package struct FileError: Error, Sendable, Equatable, CustomStringConvertible {
  package let call: StaticString
  /// Bytes that aren't UTF-8 are replaced by U+FFFD.
  package let path: String
  package let number: Int32

  package init(_ call: StaticString, _ path: some SystemPath, number: Int32) {
    (self.call, self.path, self.number) = (call, path.description, number)
  }

  /// Something is at a path where nothing may be.
  package static func exists(_ path: some SystemPath) -> FileError {
    FileError("open", path, number: EEXIST)
  }

  /// Nothing is at a path where something must be.
  package static func absent(_ path: some SystemPath) -> FileError {
    FileError("open", path, number: ENOENT)
  }

  /// Such as `/r/x: Permission denied (open)`.
  package var description: String { "\(path): \(reason) (\(call))" }

  /// The system's words, such as `Permission denied`.
  package var reason: String { String(cString: strerror(number)) }

  /// Nothing is there. Every other number means that something can't be read.
  package var isAbsent: Bool { number == ENOENT || number == ENOTDIR }

  package var exists: Bool { number == EEXIST }

  package var isForbidden: Bool { number == EACCES }

  /// The file is larger than the reader's limit.
  package var isTooLarge: Bool { number == EFBIG }

  package static func == (left: FileError, right: FileError) -> Bool {
    (left.path, left.number) == (right.path, right.number)
  }
}
