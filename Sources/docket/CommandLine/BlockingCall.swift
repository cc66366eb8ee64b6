import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs asynchronous work on the calling thread, which waits for it.
///
/// Only `main` uses this. The work needs no other thread unless it starts a program: a command ends
/// in order where none can be made (a container's limit). And an asynchronous `main` passes its
/// thread to the dispatcher, which ends it; ending a thread makes a static program sort its unwind
/// tables, which takes longer than most commands.
enum BlockingCall {
  /// Keeps jobs until the waiting thread runs them.
  private final class Queue: TaskExecutor {
    private let state = Mutex<(jobs: [UnownedJob], status: Int32?)>(([], nil))
    private let changed = Condition()

    func enqueue(_ job: consuming ExecutorJob) {
      let job = UnownedJob(job)
      changed.signal { state.withLock { $0.jobs.append(job) } }
    }

    func finish(_ status: Int32) { changed.signal { state.withLock { $0.status = status } } }

    /// Runs jobs until one of them has finished the work.
    func drain() -> Int32 {
      while true {
        let (jobs, status) = state.withLock { state in
          defer { state.jobs = [] }
          return (state.jobs, state.status)
        }
        for job in jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
        if jobs.isEmpty {
          if let status { return status }
          changed.wait { state.withLock { $0.jobs.isEmpty && $0.status == nil } }
        }
      }
    }
  }

  /// A condition of the system (pthread_cond_wait(3)).
  ///
  /// `@unchecked Sendable`: both are made before the value is shared, and are made for sharing.
  private final class Condition: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
      pthread_mutex_init(mutex, nil)
      pthread_cond_init(condition, nil)
    }

    deinit {
      pthread_cond_destroy(condition)
      pthread_mutex_destroy(mutex)
      condition.deallocate()
      mutex.deallocate()
    }

    func signal(_ change: () -> Void) {
      pthread_mutex_lock(mutex)
      change()
      pthread_cond_signal(condition)
      pthread_mutex_unlock(mutex)
    }

    func wait(while holds: () -> Bool) {
      pthread_mutex_lock(mutex)
      while holds() { pthread_cond_wait(condition, mutex) }
      pthread_mutex_unlock(mutex)
    }
  }

  static func run(_ work: @escaping @Sendable () async -> Int32) -> Int32 {
    let queue = Queue()
    Task.detached(executorPreference: queue) { queue.finish(await work()) }
    return queue.drain()
  }
}
