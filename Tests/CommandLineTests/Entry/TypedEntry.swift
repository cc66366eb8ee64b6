import Foundation
import Synchronization
import TestSupport
import Testing

/// A terminal without a screen, pseudoterminals(7).
private enum Pseudoterminal {
  static func make() throws -> (master: Int32, name: String) {
    #if canImport(Glibc)
      // What posix_openpt(3) and its companions do; the module that Swift sees leaves them out.
      let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
      var (lock, number): (Int32, Int32) = (0, 0)
      let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
      try #require(
        master >= 0 && ioctl(master, setLock, &lock) == 0 && ioctl(master, getNumber, &number) == 0)
      return (master, "/dev/pts/\(number)")
    #else
      let master = posix_openpt(O_RDWR | O_NOCTTY)
      try #require(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0)
      return (master, try #require(ptsname(master).map { String(cString: $0) }))
    #endif
  }

  static func take(_ master: Int32, _ chunk: inout [UInt8]) -> Int {
    read(master, &chunk, chunk.count)
  }

  static func give(_ master: Int32, _ bytes: [UInt8]) -> Int { write(master, bytes, bytes.count) }
}

extension ScratchRepository {
  /// Runs `docket` with a terminal as standard input and standard error, and lines typed ahead.
  ///
  /// - Returns: the run, whose standard output is no terminal, and all that the terminal showed.
  func typing(_ lines: [String], to words: [String], environment extra: [String: String] = [:])
    throws -> (run: CommandRun, screen: String)
  {
    let (master, name) = try Pseudoterminal.make()
    // Held open, so that the terminal is there before and after the program.
    let slave = open(name, O_RDWR | O_NOCTTY)
    try #require(slave >= 0)
    let shown = Mutex<[UInt8]>([])
    let done = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      var chunk = [UInt8](repeating: 0, count: 4096)
      while true {
        let count = Pseudoterminal.take(master, &chunk)
        guard count > 0 else { break }
        shown.withLock { $0 += chunk[..<count] }
      }
      done.signal()
    }
    let typed = Array(lines.map { $0 + "\n" }.joined().utf8)
    try #require(Pseudoterminal.give(master, typed) == typed.count)
    let finished = try run(
      "/bin/sh", ["-c", "exec \"$0\" \"$@\" <\(name) 2>\(name)", Self.docketExecutable] + words,
      environment: extra)
    close(slave)
    done.wait()
    close(master)
    return (finished, String(decoding: shown.withLock { $0 }, as: UTF8.self))
  }
}
