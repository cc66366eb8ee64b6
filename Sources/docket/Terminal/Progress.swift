import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The progress of long work: on standard error, on a terminal, once it has taken a second.
enum Progress {
  static func show(for tracker: Tracker) {
    guard isatty(STDERR_FILENO) == 1 else { return }
    let start = now()
    var last = start
    let line = Line()
    tracker.onProgress = { done, total in
      let time = now()
      if done >= total { return line.clear() }
      guard time - start >= 1, time - last >= 0.2, total > 0 else { return }
      last = time
      line.write("reading history: \(done * 100 / total) %")
    }
  }

  /// Clears itself with its last reference, so that no partial line stays on the screen.
  private final class Line {
    private var isWritten = false

    func write(_ text: String) {
      isWritten = true
      Terminal.write(Array("\r\(text)\u{1B}[K".utf8), to: STDERR_FILENO)
    }

    func clear() {
      if isWritten { Terminal.write(Array("\r\u{1B}[K".utf8), to: STDERR_FILENO) }
      isWritten = false
    }

    deinit { clear() }
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
