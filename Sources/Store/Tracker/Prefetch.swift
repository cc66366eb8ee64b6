import Dispatch
import Synchronization

/// A part of long work, done on another core while the part before it is used.
final class Prefetch<Value: Sendable>: Sendable {
  private let result = Mutex<Value?>(nil)
  private let isDone = DispatchSemaphore(value: 0)

  /// - Parameter isAlone: whether this is the only part, which is then done right away.
  init(isAlone: Bool, _ work: @escaping @Sendable () -> Value) {
    let whole: @Sendable () -> Void = { [self] in
      let value = work()
      result.withLock { $0 = value }
      isDone.signal()
    }
    if isAlone { whole() } else { DispatchQueue.global().async(execute: whole) }
  }

  /// Waits for the value; returns `nil` if it was taken before.
  func wait() -> Value? {
    isDone.wait()
    return result.withLock { value in
      defer { value = nil }
      return value
    }
  }
}
