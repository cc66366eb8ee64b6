#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Runs another program and waits for it (posix_spawn(3)), without a thread of its own: where none can
/// be made, hooks, editors and signing programs still run.
///
/// What it reads and what is captured go through files without a name, so that no pipe fills up.
package struct ChildProgram {
  package enum Input: Sendable { case none, inherited, bytes([UInt8]) }
  package enum Output: Sendable { case inherited, standardError, captured }

  package struct Result: Sendable {
    /// The exit status; 128 and the signal's number if one ended it; 127 if it could not be started.
    package let status: Int32
    package let output: [UInt8]
    package let errors: [UInt8]

    package var isSuccess: Bool { status == 0 }
    package var outputText: String { String(decoding: output, as: UTF8.self) }
    package var errorText: String { String(decoding: errors, as: UTF8.self) }
  }

  /// Runs a program to its end; TERM, INT and HUP that are held back meanwhile are passed on to it.
  ///
  /// - Parameters:
  ///   - program: a path, or a name that is looked for in the environment's PATH.
  ///   - directory: where it runs; `nil` is this process's.
  ///   - environment: the whole of it.
  ///   - takesKeyboard: whether Ctrl-C and Ctrl-\\ are the program's alone, as an editor's are.
  package static func run(
    _ program: String, _ arguments: [String], in directory: String? = nil,
    environment: [String: String], input: Input = .none, output: Output = .captured,
    errors: Output = .captured, takesKeyboard: Bool = false
  ) throws(FileError) -> Result {
    let source: OpenFile?
    switch input {
    case .none: source = try OpenFile.reading("/dev/null")
    case .inherited: source = nil
    case .bytes(let bytes):
      let file = try nameless()
      try file.write(bytes)
      try file.rewind()
      source = file
    }
    let outputFile = output == .captured ? try nameless() : nil
    let errorFile = errors == .captured ? try nameless() : nil

    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #else
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Standard error first: output may be sent there.
    for (file, target) in [(errorFile, STDERR_FILENO), (source, STDIN_FILENO)] {
      file?.withDescriptor { _ = posix_spawn_file_actions_adddup2(&actions, $0, target) }
    }
    switch output {
    case .captured:
      outputFile?.withDescriptor {
        _ = posix_spawn_file_actions_adddup2(&actions, $0, STDOUT_FILENO)
      }
    case .standardError:
      posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO)
    case .inherited: break
    }
    // Threads may block signals, and this process ignores a closed pipe: children do neither.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var usual = sigset_t()
    sigemptyset(&usual)
    sigaddset(&usual, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &usual)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))

    // The shell changes the directory and looks in the child's own PATH: posix_spawn does neither
    // everywhere.
    let script = directory == nil ? "exec \"$@\"" : "cd \"$0\" && exec \"$@\""
    let words = ["/bin/sh", "-c", script, directory ?? "sh", program] + arguments
    var argv: [UnsafeMutablePointer<CChar>?] = words.map { (word: String) in strdup(word) }
    var envp: [UnsafeMutablePointer<CChar>?] = environment.sorted { $0.key < $1.key }
      .map { strdup("\($0.key)=\($0.value)") }
    argv.append(nil)
    envp.append(nil)
    defer { for text in argv + envp { free(text) } }
    var child = pid_t()
    let number = posix_spawn(&child, "/bin/sh", &actions, &attributes, argv, envp)
    guard number == 0 else { throw FileError("run", program, number: number) }
    TerminationSignals.forward(to: child)
    defer { TerminationSignals.forward(to: nil) }
    let keyboard = takesKeyboard ? [SIGINT, SIGQUIT] : []
    // After the child has started: it would inherit that they are ignored.
    let before = keyboard.map { (number: $0, handler: signal($0, SIG_IGN)) }
    defer { for (number, handler) in before { _ = signal(number, handler) } }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { throw FileError("waitpid", program, number: errno) }
    }
    let ending = status & 0x7F
    return Result(
      status: ending == 0 ? status >> 8 & 0xFF : 128 + ending,
      output: try captured(outputFile), errors: try captured(errorFile))
  }

  private static func captured(_ file: OpenFile?) throws(FileError) -> [UInt8] {
    guard let file else { return [] }
    try file.rewind()
    return try file.contents(limit: 16 << 20)
  }

  /// A temporary file that has no name any more.
  private static func nameless() throws(FileError) -> OpenFile {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    let (file, path) = try OpenFile.temporary("\(folder)/docket-")
    FileSystem.remove(path)
    return file
  }
}
