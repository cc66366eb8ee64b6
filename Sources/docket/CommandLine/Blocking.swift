import Dispatch
import Synchronization

/// Runs asynchronous work while the calling thread waits.
///
/// Only `main` does this. An asynchronous `main` hands its own thread to the dispatcher, which ends
/// it; ending a thread makes a static program sort its tables for unwinding, and that takes longer
/// than most commands.
enum Blocking {
  private final class Box: Sendable {
    let status = Mutex<Int32>(2)
    let isDone = DispatchSemaphore(value: 0)
  }

  static func run(_ work: @escaping @Sendable () async -> Int32) -> Int32 {
    let box = Box()
    Task.detached {
      let status = await work()
      box.status.withLock { $0 = status }
      box.isDone.signal()
    }
    box.isDone.wait()
    return box.status.withLock { $0 }
  }
}
