internal import Files

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Bounded waiting for locks that other programs hold briefly.
package enum LockTimeout {
  /// The total timeout: DOCKET_LOCK_TIMEOUT, else ten seconds.
  package static let standard: Duration = named ?? .seconds(10)

  /// DOCKET_LOCK_TIMEOUT, which is in seconds; `nil` if it is unset, not a number, or not between 0
  /// and an hour.
  package static let named: Duration? = {
    guard let text = getenv("DOCKET_LOCK_TIMEOUT").map({ String(cString: $0) }),
      let seconds = Double(text), (0...3600).contains(seconds)
    else { return nil }
    return .seconds(seconds)
  }()

  /// Retries with growing pauses while `body` throws `.locked`; rethrows after the timeout.
  static func retry<Result>(
    for timeout: Duration = standard, _ body: () throws(GitError) -> Result
  ) throws(GitError) -> Result {
    let clock = SuspendingClock()
    let deadline = clock.now.advanced(by: timeout)
    var pause = 1  // Milliseconds.
    while true {
      do throws(GitError) {
        return try body()
      } catch {
        guard error.code == .locked, clock.now < deadline, TerminationSignals.signal == nil else {
          throw error
        }
      }
      // Add up to half the pause at random, so waiters don't retry in lockstep.
      let longest = Duration.milliseconds(pause + Int.random(in: 0...pause / 2 + 1))
      let wait = min(longest, max(clock.now.duration(to: deadline), .milliseconds(1)))
      usleep(UInt32(wait / .microseconds(1)))
      pause = min(pause * 2, 100)
    }
  }
}
