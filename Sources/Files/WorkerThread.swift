import Synchronization

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A thread of the system that runs one piece of work (pthread_create(3)).
///
/// Not Dispatch's: where no thread can be made (a container's limit, `ulimit -u`), that waits for ever.
///
/// `@unchecked Sendable`: the thread's identity is a `let`, and `join` is called once, by its maker.
package final class WorkerThread: @unchecked Sendable {
  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private let thread: pthread_t
  private let isJoined = Atomic(false)

  /// Starts a thread, or returns `nil` if none can be made.
  package init?(_ body: @escaping @Sendable () -> Void) {
    let work = Unmanaged.passRetained(Work(body))
    #if canImport(Glibc)
      var thread = pthread_t()
      let number = pthread_create(
        &thread, nil,
        { raw in
          if let raw { Unmanaged<Work>.fromOpaque(raw).takeRetainedValue().body() }
          return nil
        }, work.toOpaque())
      let started: pthread_t? = number == 0 ? thread : nil
    #else
      var thread: pthread_t?
      let number = pthread_create(
        &thread, nil,
        { raw in
          Unmanaged<Work>.fromOpaque(raw).takeRetainedValue().body()
          return nil
        }, work.toOpaque())
      let started = number == 0 ? thread : nil
    #endif
    guard let started else {
      work.release()
      return nil
    }
    self.thread = started
  }

  /// Waits until the work is done.
  package func join() {
    isJoined.store(true, ordering: .relaxed)
    pthread_join(thread, nil)
  }

  deinit { if !isJoined.load(ordering: .relaxed) { pthread_detach(thread) } }
}
