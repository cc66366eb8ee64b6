import Dispatch
import Synchronization

/// Runs asynchronous work while the calling thread waits.
///
/// Only `main` uses this. An asynchronous `main` passes its thread to the dispatcher, which ends
/// it; ending a thread makes a static program sort its unwind tables, which takes longer than most
/// commands.
enum BlockingCall {
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
