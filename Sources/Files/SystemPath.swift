#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A path that the system is asked about: text, or bytes where a name need not be UTF-8.
package protocol SystemPath: Sendable, CustomStringConvertible {
  /// Calls `body` with the bytes, a zero behind them, and their number without it.
  func withBytes<Result>(_ body: (UnsafePointer<CChar>, Int) -> Result) -> Result
}

extension String: SystemPath {
  package func withBytes<Result>(_ body: (UnsafePointer<CChar>, Int) -> Result) -> Result {
    let count = utf8.count
    return withCString { body($0, count) }
  }
}

extension SystemPath {
  private var allBytes: [UInt8] {
    withBytes { bytes, count in (0..<count).map { UInt8(bitPattern: bytes[$0]) } }
  }

  /// The same path with `text` behind it.
  package func appending(_ text: String) -> BytePath { BytePath(bytes: allBytes + text.utf8) }

  /// The path of `name` in this folder.
  package func appending(name: RepositoryPath) -> BytePath {
    BytePath(bytes: allBytes + [UInt8(ascii: "/")] + name.bytes)
  }

  /// The part before the last slash: `/` at the top, `.` if there is no slash.
  package var parent: BytePath {
    let bytes = allBytes
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return ".".appending("") }
    return BytePath(bytes: Array(bytes[..<max(slash, 1)]))
  }

  /// Runs a system call on the path, again if a signal interrupts it; returns its result, if not
  /// negative.
  ///
  /// The one door to the system for paths: what fails can't be taken for what isn't there. A path
  /// with a zero byte, which the system would cut short there, is refused (EINVAL).
  @discardableResult
  package func call(
    _ name: StaticString, _ body: (UnsafePointer<CChar>) -> Int32
  ) throws(FileError) -> Int32 {
    let (result, number) = withBytes { bytes, count -> (Int32, Int32) in
      guard strlen(bytes) == count else { return (-1, EINVAL) }
      while true {
        let result = body(bytes)
        if result >= 0 { return (result, 0) }
        let number = errno
        if number != EINTR { return (result, number) }
      }
    }
    guard result >= 0 else { throw FileError(name, self, number: number) }
    return result
  }

  /// The same; `nil` if nothing is at the path.
  package func callUnlessAbsent(
    _ name: StaticString, _ body: (UnsafePointer<CChar>) -> Int32
  ) throws(FileError) -> Int32? {
    do throws(FileError) { return try call(name, body) } catch {
      if error.isAbsent { return nil }
      throw error
    }
  }
}
