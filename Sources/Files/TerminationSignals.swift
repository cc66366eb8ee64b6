import Synchronization

#if canImport(Glibc)
  package import Glibc
#else
  package import Darwin
#endif

/// Signals that ask the program to end, held back while it has something to put back first.
///
/// Between `holdBack` and `release`, SIGINT, SIGTERM and SIGHUP are noted and passed on to the child
/// that is waited for; whoever holds them back looks at `signal` and ends in order. One that the
/// caller ignores (nohup) stays ignored.
package enum TerminationSignals {
  private static let noted = Atomic<Int32>(0)
  private static let child = Atomic<Int32>(0)
  private static let holders = Atomic<Int>(0)
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// The signal that came, or `nil`.
  package static var signal: Int32? {
    let number = noted.load(ordering: .acquiring)
    return number == 0 ? nil : number
  }

  package static func holdBack() {
    // Also makes the values before a handler may use them.
    guard holders.add(1, ordering: .acquiringAndReleasing).oldValue == 0, signal == nil,
      child.load(ordering: .acquiring) == 0
    else { return }
    for number in signals { install(number) }
  }

  package static func release() {
    guard holders.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 else { return }
    for number in signals where handles(number) { set(number, SIG_DFL) }
  }

  /// Passes signals on to a process until `nil` is set.
  package static func forward(to process: pid_t?) {
    child.store(process ?? 0, ordering: .releasing)
    // One that came just before.
    if let process, let number = signal { kill(process, number) }
  }

  /// Ends the program by the signal that came, so that its caller sees why; returns if none came.
  package static func endProcess() {
    guard let number = signal else { return }
    set(number, SIG_DFL)
    raise(number)
  }

  /// Only atomic values and kill(2): what a handler may do (signal-safety(7)).
  private static let handler: @convention(c) (Int32) -> Void = { number in
    let before = errno
    noted.store(number, ordering: .releasing)
    let process = child.load(ordering: .acquiring)
    if process > 0 { kill(process, number) }
    errno = before
  }

  private static func install(_ number: Int32) {
    guard let present = action(number), !isIgnored(present) else { return }
    set(number, handler)
  }

  private static func handles(_ number: Int32) -> Bool {
    guard let present = action(number) else { return false }
    return !isIgnored(present)
  }

  private static func action(_ number: Int32) -> sigaction? {
    var present = sigaction()
    return sigaction(number, nil, &present) == 0 ? present : nil
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    #if canImport(Glibc)
      let handler = action.__sigaction_handler.sa_handler
    #else
      let handler = action.__sigaction_u.__sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  private static func set(_ number: Int32, _ handler: sighandler_t?) {
    var action = sigaction()
    #if canImport(Glibc)
      action.__sigaction_handler.sa_handler = handler
    #else
      action.__sigaction_u.__sa_handler = handler
    #endif
    // Calls that wait go on: what is being written is finished or put back in order.
    action.sa_flags = SA_RESTART
    sigaction(number, &action, nil)
  }
}
