#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Bounded waiting for locks that other programs hold for a moment.
package enum LockTimeout {
  /// How long to wait in all, in milliseconds: ten seconds, or what DOCKET_LOCK_TIMEOUT says.
  package static let standard = named ?? 10_000

  /// The milliseconds that DOCKET_LOCK_TIMEOUT asks for, in seconds there, at most an hour; `nil`
  /// where it says nothing.
  package static let named: Int? = {
    guard let text = getenv("DOCKET_LOCK_TIMEOUT").map({ String(cString: $0) }),
      let seconds = Double(text), (0...3600).contains(seconds)
    else { return nil }
    return Int(seconds * 1000)
  }()

  /// Tries again with growing pauses as long as `body` throws `.locked`, then rethrows.
  static func retry<Result>(
    milliseconds: Int = standard, _ body: () throws(GitError) -> Result
  ) throws(GitError) -> Result {
    let deadline = now() + milliseconds
    var pause = 1
    while true {
      do throws(GitError) {
        return try body()
      } catch {
        guard error.code == .locked, now() < deadline else { throw error }
      }
      // Up to half as long again, so that waiters don't march in step.
      let wait = min(pause + Int.random(in: 0...pause / 2 + 1), max(deadline - now(), 1))
      usleep(UInt32(wait) * 1000)
      pause = min(pause * 2, 100)
    }
  }

  private static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int(time.tv_sec) * 1000 + Int(time.tv_nsec) / 1_000_000
  }
}
