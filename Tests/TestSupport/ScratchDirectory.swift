import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A new empty directory that is removed, with all in it, when the last reference goes.
package final class ScratchDirectory: Sendable {
  /// Absolute, without symbolic links, no trailing slash.
  package let path: String

  package init() throws {
    var template = Array("\(Self.temporaryRoot)/docket-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw CommandFailure(description: "no scratch directory: errno \(errno)")
    }
    let made = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    guard let resolved = realpath(made, nil) else {
      throw CommandFailure(description: "no real path of \(made): errno \(errno)")
    }
    defer { free(resolved) }
    path = String(cString: resolved)
    Self.remember(path)
  }

  /// Those that still stand: what a static holds is never freed, so the end of the process removes it.
  private static let remaining = Mutex<Set<String>>([])
  private static let sweep: Int32 = atexit {
    let left = ScratchDirectory.remaining.withLock { $0 }
    guard !left.isEmpty else { return }
    _ = try? CommandRun.run("rm", ["-rf"] + left, in: "/", environment: [:])
  }

  private static func remember(_ path: String) {
    _ = sweep
    remaining.withLock { _ = $0.insert(path) }
  }

  deinit {
    Self.remaining.withLock { _ = $0.remove(path) }
    _ = try? CommandRun.run("rm", ["-rf", path], in: "/", environment: [:])
  }

  private static var temporaryRoot: String {
    getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
  }
}

/// Writes a file, making the directories above it.
package func writeFile(_ path: String, _ bytes: [UInt8]) throws {
  let parents = path.split(separator: "/").dropLast()
  var directory = path.hasPrefix("/") ? "" : "."
  for name in parents {
    directory += "/\(name)"
    mkdir(directory, 0o777)
  }
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
  guard descriptor >= 0 else {
    throw CommandFailure(description: "cannot write \(path): errno \(errno)")
  }
  defer { close(descriptor) }
  var done = 0
  while done < bytes.count {
    let count = bytes[done...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    guard count > 0 else {
      throw CommandFailure(description: "cannot write \(path): errno \(errno)")
    }
    done += count
  }
}

/// Reads a whole file; `nil` if it does not exist or cannot be read.
package func readFile(_ path: String) -> [UInt8]? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = read(descriptor, &chunk, chunk.count)
    guard count >= 0 else { return nil }
    if count == 0 { return bytes }
    bytes.append(contentsOf: chunk[..<count])
  }
}
