import Files
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs work on many items on one thread per processor.
enum Parallel {
  static var processors: Int { max(1, min(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 16)) }

  /// Splits `0..<count` into ranges and returns the results of `body` in their order.
  ///
  /// - Parameter worker: makes the state that one thread uses alone.
  static func map<Worker, Result: Sendable>(
    _ count: Int, by size: Int = 256, worker: @escaping @Sendable () -> Worker,
    _ body: @escaping @Sendable (Worker, Range<Int>) -> Result
  ) -> [Result] {
    let parts = (count + size - 1) / size
    let results = Mutex([Result?](repeating: nil, count: parts))
    let next = Atomic(0)
    @Sendable func run() {
      let worker = worker()
      while case let part = next.add(1, ordering: .relaxed).oldValue, part < parts {
        let result = body(worker, part * size..<min((part + 1) * size, count))
        results.withLock { $0[part] = result }
      }
    }
    // This thread does its share, and all of it where no other can be made.
    let others = (1..<max(1, min(processors, parts))).compactMap { _ in
      WorkerThread(run)
    }
    run()
    for thread in others { thread.join() }
    return results.withLock { $0 }.compactMap { $0 }
  }
}
