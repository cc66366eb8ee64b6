#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The sources of the current time and of randomness, fixed in tests and in the demo.
package struct ExecutionContext: Sendable {
  package var environment: [String: String]
  /// Seconds since the epoch.
  package var now: @Sendable () -> Int64
  package var random: @Sendable () -> UInt64
  /// The user's handle, if the caller knows it; otherwise `git config docket.handle` applies.
  package var handle: String?
  /// The schemas that the program brings: replacing an older docket's by them weakens nothing.
  package var ownSchemas = OwnSchemas.none

  package init(
    environment: [String: String], now: @escaping @Sendable () -> Int64,
    random: @escaping @Sendable () -> UInt64 = {
      var generator = SystemRandomNumberGenerator()
      return generator.next()
    }
  ) {
    self.environment = environment
    self.now = now
    self.random = random
  }

  /// Returns the process's own; SOURCE_DATE_EPOCH fixes the clock (reproducible-builds.org's
  /// specification).
  package static func process(environment: [String: String]) -> ExecutionContext {
    let fixed = environment["SOURCE_DATE_EPOCH"].flatMap { Int64($0) }
    var context = ExecutionContext(environment: environment, now: { fixed ?? Int64(time(nil)) })
    // Set by servers that have authenticated the pusher.
    context.handle = environment["DOCKET_HANDLE"].flatMap { $0.isEmpty ? nil : $0 }
    return context
  }
}
