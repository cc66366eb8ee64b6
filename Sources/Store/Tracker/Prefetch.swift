import Files
import Synchronization

/// A part of long work, done on another core while the part before it is used.
final class Prefetch<Value: Sendable>: Sendable {
  private final class Result: Sendable {
    let value = Mutex<Value?>(nil)
  }

  private let result = Result()
  private let thread: WorkerThread?

  /// - Parameter isAlone: whether this is the only part, which is then done right away; so it is
  ///   where no thread can be made.
  init(isAlone: Bool, _ work: @escaping @Sendable () -> Value) {
    let whole: @Sendable () -> Void = { [result] in
      let value = work()
      result.value.withLock { $0 = value }
    }
    thread = isAlone ? nil : WorkerThread(whole)
    if thread == nil { whole() }
  }

  /// Waits for the value; for one call.
  func wait() -> Value? {
    thread?.join()
    return result.value.withLock { value in
      defer { value = nil }
      return value
    }
  }
}
