import ArgumentParser
import Files
import Records
import Store

/// One run of a command line.
enum CommandRun {
  case ended(Int32)
  case command(PreparedCommand)

  /// - Parameter invocation: directory and environment, if not this process's.
  static func run(_ arguments: [String], as invocation: Invocation? = nil) async -> Int32 {
    switch prepare(arguments, as: invocation) {
    case .ended(let status): status
    case .command(let command): await command.run()
    }
  }

  static func prepare(_ arguments: [String], as invocation: Invocation? = nil) -> CommandRun {
    var arguments = arguments
    var directory = invocation?.directory ?? FileSystem.currentDirectory
    while let option = arguments.first, ["-C", "--no-pager"].contains(option) {
      if option == "--no-pager" {
        Pager.forbid()
        arguments.removeFirst()
        continue
      }
      guard arguments.count >= 2 else {
        Terminal.complain("docket: -C needs a folder")
        return .ended(2)
      }
      directory = FileSystem.absolute(arguments[1], in: directory)
      arguments.removeFirst(2)
    }
    do throws(FileError) {
      let makesIt = arguments.first == "init" || arguments.first == "demo"
      let isThere = try FileSystem.fileType(directory) != nil
      guard makesIt || isThere else {
        Terminal.complain("docket: there is no folder \(directory)")
        return .ended(2)
      }
    } catch {
      Terminal.complain("docket: can't read \(error.description)")
      return .ended(2)
    }
    var current = Invocation(
      directory: directory,
      context: invocation?.context ?? .process(environment: Invocation.environment))
    current.usesEarlierSchemas = invocation?.usesEarlierSchemas ?? false
    Invocation.set(current)
    do {
      if let topic = HelpPage.topic(in: arguments) {
        try HelpPage.show(topic)
        return .ended(0)
      }
      if let command = plainly(arguments) {
        return .command(PreparedCommand(command, of: arguments))
      }
      try refuseUnknownVerb(arguments.first)
      return .command(PreparedCommand(try Self.command(arguments), of: arguments))
    } catch {
      return .ended(ExitStatus.of(error, in: arguments))
    }
  }
}

/// A command with its values, to be run once.
///
/// `Sendable` because the maker passes it on and keeps no reference to it.
struct PreparedCommand: @unchecked Sendable {
  private let command: any ParsableCommand
  private let arguments: [String]

  init(_ command: any ParsableCommand, of arguments: [String]) {
    (self.command, self.arguments) = (command, arguments)
  }

  var isAsynchronous: Bool { command is any AsyncParsableCommand }

  func runAtOnce() -> Int32 {
    do {
      var command = command
      try command.run()
      return 0
    } catch {
      return ExitStatus.of(error, in: arguments)
    }
  }

  func run() async -> Int32 {
    guard var asynchronous = command as? any AsyncParsableCommand else { return runAtOnce() }
    do {
      try await asynchronous.run()
      return 0
    } catch {
      return ExitStatus.of(error, in: arguments)
    }
  }
}

extension CommandRun {
  /// Returns the command that a line specifies.
  ///
  /// The verb's own grammar is built first, since the whole one costs more than most answers. What
  /// it doesn't accept (a slip, a call for help or for completions) goes to the whole grammar, for
  /// the error or the page. Verbs declare `_superCommandName` so that the parser doesn't first look
  /// for a call for completions, with two more grammars.
  static func command(_ arguments: [String]) throws -> any ParsableCommand {
    if let command = plainly(arguments) { return command }
    if let verb = DocketCommand.configuration.subcommands.first(where: {
      $0.configuration.commandName == arguments.first && $0.configuration.subcommands.isEmpty
    }), let command = try? verb.parseAsRoot(Array(arguments.dropFirst())),
      type(of: command) == verb
    {
      return command
    }
    return try DocketCommand.parseAsRoot(arguments)
  }

  /// Returns the command of a line without options, if its verb is `PlainlyAsked`.
  private static func plainly(_ arguments: [String]) -> (any ParsableCommand)? {
    let words = Array(arguments.dropFirst())
    return switch arguments.first {
    case nil, "status": StatusCommand.reading(words)
    case "log": LogCommand.reading(words)
    case "show": ShowCommand.reading(words)
    case "list": ListCommand.reading(words)
    case "rank": RankCommand.reading(words)
    case "blame": BlameCommand.reading(words)
    case "textconv": TextconvCommand.called(by: words)
    default: nil
    }
  }

  /// Throws for an unknown verb and suggests the nearest one.
  static func refuseUnknownVerb(_ word: String?) throws {
    guard let word, !word.hasPrefix("-") else { return }
    let verbs = DocketCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
    guard !verbs.contains(word) else { return }
    throw StoreError.failed(
      "there is no verb \"\(word)\"" + Spelling.question(for: word, among: verbs),
      hint: "docket help lists them")
  }
}
