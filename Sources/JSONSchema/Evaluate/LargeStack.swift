#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs code on a large stack: a thread's own may be too small for the depth that JSON may have.
enum LargeStack {
  /// Memory is allocated only as it is used.
  private static let bytes = 128 << 20

  private final class Work {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  /// Returns the result of `body` run on a new thread, or `nil` if that can't be started.
  static func run<Result>(_ body: @escaping () -> Result) -> Result? {
    var result: Result?
    return perform { result = body() } ? result : nil
  }

  /// Runs `body` on a new thread and waits for it; returns `false` if the thread can't be started.
  static func perform(_ body: @escaping () -> Void) -> Bool {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return false }
    defer { pthread_attr_destroy(&attributes) }
    guard pthread_attr_setstacksize(&attributes, bytes) == 0 else { return false }
    let work = Unmanaged.passRetained(Work(body))
    #if canImport(Glibc)
      var thread = pthread_t()
      let status = pthread_create(
        &thread, &attributes,
        { raw in
          if let raw { Unmanaged<Work>.fromOpaque(raw).takeRetainedValue().body() }
          return nil
        }, work.toOpaque())
      guard status == 0 else {
        work.release()
        return false
      }
      pthread_join(thread, nil)
    #else
      var thread: pthread_t?
      let status = pthread_create(
        &thread, &attributes,
        { raw in
          Unmanaged<Work>.fromOpaque(raw).takeRetainedValue().body()
          return nil
        }, work.toOpaque())
      guard status == 0, let thread else {
        work.release()
        return false
      }
      pthread_join(thread, nil)
    #endif
    return true
  }
}
