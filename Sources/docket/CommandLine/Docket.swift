import ArgumentParser

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program. What git itself calls is answered before the command line's grammar is even built:
/// that grammar costs more than the answer.
@main
struct Docket {
  static let version = "0.1.0"

  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch arguments.first {
    case "--version", "-V":
      print("docket \(version)")
      return
    case "hooks"
    where arguments.dropFirst().first == "run" && arguments.count >= 3
      && !arguments.contains("--help"):
      exit(HookRun.run(arguments[2], Array(arguments.dropFirst(3))))
    default:
      let status =
        switch CommandRun.prepare(arguments) {
        case .ended(let status): status
        // Whatever can stays on this thread: another one has to be given memory of its own.
        case .command(let command):
          command.isAsynchronous ? Blocking.run { await command.run() } : command.runAtOnce()
        }
      Pager.finish()
      exit(status)
    }
  }
}
