import ArgumentParser
import Store
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program that shows long output page by page, chosen as git does: GIT_PAGER, core.pager,
/// PAGER, else less.
///
/// The repository's own config is ignored: reading executes nothing that comes from a repository.
enum Pager {
  private static let isAllowed = Mutex(true)
  private static let process = Mutex<pid_t?>(nil)

  /// `docket --no-pager VERB`.
  static func forbid() { isAllowed.withLock { $0 = false } }

  static func start() {
    guard isAllowed.withLock({ $0 }), isatty(STDOUT_FILENO) == 1, !Terminal.isCaptured,
      process.withLock({ $0 == nil }), let command = command()
    else { return }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    guard let child = spawn(command, input: ends[0]) else {
      ends.forEach { close($0) }
      return
    }
    process.withLock { $0 = child }
    close(ends[0])
    Terminal.keepScreen()
    // Messages for the same screen go to the pager too, else they would overwrite its pages.
    if isatty(STDERR_FILENO) == 1 { dup2(ends[1], STDERR_FILENO) }
    dup2(ends[1], STDOUT_FILENO)
    close(ends[1])
    // The user may quit before the end, and the pager handles keyboard interrupts.
    for number in [SIGPIPE, SIGINT, SIGQUIT] { signal(number, SIG_IGN) }
  }

  /// Waits until the user quits the pager.
  static func finish() {
    guard let child = process.withLock({ $0 }) else { return }
    close(STDOUT_FILENO)
    close(STDERR_FILENO)
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 && errno == EINTR {}
    process.withLock { $0 = nil }
  }

  private static func command() -> String? {
    let environment = Invocation.current.context.environment
    let command =
      environment["GIT_PAGER"]
      ?? (try? Tracker.protectedSetting("core.pager", environment: environment)) ?? nil
      ?? environment["PAGER"] ?? "less"
    return command.isEmpty || command == "cat" ? nil : command
  }

  private static func spawn(_ command: String, input: Int32) -> pid_t? {
    var environment = Invocation.current.context.environment
    // As git does: quit if it fits on a screen, pass colours, leave the text on the screen.
    environment["LESS"] = environment["LESS"] ?? "FRX"
    environment["LV"] = environment["LV"] ?? "-c"
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #else
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    // Threads of the concurrency pool block most signals, and children would inherit that.
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var arguments: [UnsafeMutablePointer<CChar>?] = ["/bin/sh", "-c", command].map {
      (text: String) in strdup(text)
    }
    var variables = environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") }
    arguments.append(nil)
    variables.append(nil)
    defer { for text in arguments + variables { free(text) } }
    var child = pid_t()
    return posix_spawn(&child, "/bin/sh", &actions, &attributes, arguments, variables) == 0
      ? child : nil
  }
}
