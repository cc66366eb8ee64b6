import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a finished child process left: its exit status and everything it wrote.
package struct CommandRun: Sendable {
  /// The exit status; 128 + signal number if a signal ended it.
  package let status: Int32
  package let outputBytes: [UInt8]
  package let errorBytes: [UInt8]

  package var output: String { String(decoding: outputBytes, as: UTF8.self) }
  package var errors: String { String(decoding: errorBytes, as: UTF8.self) }
  package var lines: [String] {
    output.split(separator: "\n").map(String.init)
  }

  /// Both streams, line by line with a label, and the status: for comparing with a literal.
  package var transcript: String {
    var text = ""
    for line in output.split(separator: "\n", omittingEmptySubsequences: false).dropLastEmpty() {
      text += "stdout: \(line)\n"
    }
    for line in errors.split(separator: "\n", omittingEmptySubsequences: false).dropLastEmpty() {
      text += "stderr: \(line)\n"
    }
    return text + "exit: \(status)\n"
  }
}

package struct CommandFailure: Error, CustomStringConvertible {
  package let description: String
}

extension CommandRun {
  /// Runs a program to its end, feeding it `input` and reading both streams as they come.
  ///
  /// `environment` is the child's whole environment. `executable` without a slash is looked for in
  /// this process's PATH.
  package static func run(
    _ executable: String, _ arguments: [String], in directory: String,
    environment: [String: String], input: [UInt8] = []
  ) throws -> CommandRun {
    let child = try ChildProcess(
      executable, arguments, in: directory, environment: environment)
    return child.finish(input: input)
  }
}

/// A child process that has started; `finish` waits for it.
package final class ChildProcess: @unchecked Sendable {
  // Sound: all stored properties are constants; `finish` is called once by its owner.
  package let processID: Int32
  private let input: Int32
  private let output: Int32
  private let errors: Int32

  /// Held while a child starts: no other may inherit the ends of its pipes before they are marked.
  private static let starting = Mutex(())

  package convenience init(
    _ executable: String, _ arguments: [String], in directory: String,
    environment: [String: String]
  ) throws {
    let started = try Self.starting.withLock { _ in
      try Self.start(executable, arguments, in: directory, environment: environment)
    }
    self.init(started)
  }

  private struct Started: Sendable {
    let processID: Int32
    let input: Int32
    let output: Int32
    let errors: Int32
  }

  private init(_ started: Started) {
    processID = started.processID
    (input, output, errors) = (started.input, started.output, started.errors)
  }

  private static func start(
    _ executable: String, _ arguments: [String], in directory: String,
    environment: [String: String]
  ) throws -> Started {
    let (childInput, parentInput) = try Self.pipe()
    let (parentOutput, childOutput) = try Self.pipe()
    let (parentErrors, childErrors) = try Self.pipe()
    defer { for end in [childInput, childOutput, childErrors] { close(end) } }

    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, childInput, 0)
    posix_spawn_file_actions_adddup2(&actions, childOutput, 1)
    posix_spawn_file_actions_adddup2(&actions, childErrors, 2)

    // Threads of the concurrency pool block most signals, and children would inherit that.
    #if canImport(Glibc)
      var attributes = posix_spawnattr_t()
    #else
      var attributes: posix_spawnattr_t?
    #endif
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var defaults = sigset_t()
    sigemptyset(&defaults)
    sigaddset(&defaults, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))

    // The shell changes the directory: Glibc's module hides posix_spawn's own way.
    let shell = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", directory, executable]
    var argv: [UnsafeMutablePointer<CChar>?] = (shell + arguments).map { strdup($0) }
    var envp: [UnsafeMutablePointer<CChar>?] = environment.sorted { $0.key < $1.key }
      .map { strdup("\($0.key)=\($0.value)") }
    argv.append(nil)
    envp.append(nil)
    defer { for pointer in argv + envp { free(pointer) } }
    var processID = pid_t()
    let code = posix_spawn(&processID, "/bin/sh", &actions, &attributes, argv, envp)
    guard code == 0 else {
      for end in [parentInput, parentOutput, parentErrors] { close(end) }
      throw CommandFailure(
        description: "cannot run \(executable) in \(directory): \(String(cString: strerror(code)))")
    }
    return Started(
      processID: processID, input: parentInput, output: parentOutput, errors: parentErrors)
  }

  /// Feeds the child, reads both streams to their end and waits for it. Call once.
  package func finish(input bytes: [UInt8] = []) -> CommandRun {
    _ = fcntl(input, F_SETFL, O_NONBLOCK)
    signal(SIGPIPE, SIG_IGN)
    var deadline = time(nil) + 60
    var sent = 0
    var collected: [[UInt8]] = [[], []]
    var open = [true, true, true]
    if bytes.isEmpty {
      close(input)
      open[0] = false
    }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while open[1] || open[2] {
      var polls = [
        pollfd(fd: open[0] ? input : -1, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: open[1] ? output : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: open[2] ? errors : -1, events: Int16(POLLIN), revents: 0),
      ]
      if poll(&polls, 3, 1000) <= 0 {
        // A test that hangs tells less than one that fails: after a minute of silence, status 137.
        if time(nil) > deadline { kill(processID, SIGKILL) }
        continue
      }
      if open[0], polls[0].revents != 0 {
        let count = bytes[sent...].withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
        if count > 0 { sent += count }
        if sent == bytes.count || (count < 0 && errno != EAGAIN && errno != EINTR) {
          close(input)
          open[0] = false
        }
      }
      for (stream, descriptor) in [(1, output), (2, errors)]
      where open[stream] && polls[stream].revents != 0 {
        let count = read(descriptor, &chunk, chunk.count)
        if count > 0 {
          collected[stream - 1].append(contentsOf: chunk[..<count])
          deadline = time(nil) + 60
        } else if count == 0 || errno != EINTR {
          close(descriptor)
          open[stream] = false
        }
      }
    }
    if open[0] { close(input) }
    var status: Int32 = 0
    while waitpid(processID, &status, 0) < 0 && errno == EINTR {}
    let signalNumber = status & 0x7f
    return CommandRun(
      status: signalNumber == 0 ? (status >> 8) & 0xff : 128 + signalNumber,
      outputBytes: collected[0], errorBytes: collected[1])
  }

  /// Makes a pipe whose ends other children don't inherit.
  private static func pipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    let code = ends.withUnsafeMutableBufferPointer { buffer in
      // The array above has two elements, so its buffer has a base address.
      buffer.baseAddress.map { SystemPipe.make($0) } ?? -1
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    guard code == 0 else { throw CommandFailure(description: "no pipe: errno \(errno)") }
    return (ends[0], ends[1])
  }
}

private enum SystemPipe {
  // Outside the class, whose own `pipe` hides the system call.
  static func make(_ ends: UnsafeMutablePointer<Int32>) -> Int32 {
    pipe(ends)
  }
}

extension Array where Element == Substring {
  fileprivate func dropLastEmpty() -> ArraySlice<Substring> {
    last?.isEmpty == true ? dropLast() : self[...]
  }
}
