import ArgumentParser
import Files
import Records

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program. Git's calls are handled before the command line's grammar is built: the grammar
/// costs more than the answer.
@main
struct Docket {
  static var version: String { DocketVersion.current.description }

  static func main() {
    keepStandardDescriptors()
    // Swift looks for them through /proc, and has none where that can't be read: no command may run
    // as if nothing had been asked.
    guard !CommandLine.arguments.isEmpty else {
      Terminal.complain(
        "docket: can't read its own command line: is /proc mounted and readable?")
      exit(2)
    }
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch arguments.first {
    case "--version", "-V":
      // Nothing in it needs an escape, and asking the environment for how costs more than the rest.
      Terminal.write(Array("docket \(version)\n".utf8))
    case "hooks"
    where arguments.dropFirst().first == "run" && arguments.count >= 3
      && !arguments.contains("--help"):
      exit(HookRun.run(arguments[2], Array(arguments.dropFirst(3))))
    case "merge" where arguments.count == 8:
      let request = MergeRun.request(Array(arguments.dropFirst()))
      guard let request else { fallthrough }
      exit(MergeRun.run(request, Invocation(directory: FileSystem.currentDirectory)))
    default:
      refuseWhatIsNoText()
      let status =
        switch CommandRun.prepare(arguments) {
        case .ended(let status): status
        // Stay on this thread if possible: another one needs memory of its own.
        case .command(let command):
          command.isAsynchronous ? BlockingCall.run { await command.run() } : command.runAtOnce()
        }
      Pager.finish()
      // Refused for a signal: the caller sees that.
      if status != 0 { TerminationSignals.endProcess() }
      exit(status)
    }
  }

  /// Ends with status 2 if an argument isn't UTF-8: Swift puts U+FFFD where bytes are no text, and a
  /// record would keep it.
  private static func refuseWhatIsNoText() {
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let bytes = CommandLine.unsafeArgv[index], String(validatingCString: bytes) == nil
      else {
        continue
      }
      Terminal.complain("docket: \"\(String(cString: bytes))\" isn't UTF-8")
      Terminal.complain(
        "  type it in a terminal that writes UTF-8; docket new KIND --from FILE reads a file")
      exit(2)
    }
  }

  /// Opens what is closed of standard input, output and error on /dev/null, so that no file of
  /// docket's gets one of these numbers (as git's `sanitize_stdfds`).
  ///
  /// For reading only: what is written there fails, and isn't taken for done.
  private static func keepStandardDescriptors() {
    for descriptor in STDIN_FILENO...STDERR_FILENO
    where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
      // The lowest free number, which is this one.
      guard open("/dev/null", O_RDONLY) == descriptor else { exit(2) }
    }
  }
}
