import Synchronization

/// A value that is computed on first use and then kept.
///
/// Two threads may compute it at once; one result is kept.
final class Lazy<Value: Sendable>: Sendable {
  private final class Box: Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
  }

  private let known = AtomicLazyReference<Box>()
  private let work: @Sendable () -> Value

  init(_ work: @escaping @Sendable () -> Value) { self.work = work }

  var value: Value { (known.load() ?? known.storeIfNil(Box(work()))).value }
}
