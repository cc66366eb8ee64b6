import ArgumentParser
import Files
import Records
import Store

struct BatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch", abstract: "Run many lines of verbs, and commit all they write at once.",
    usage: "docket batch [-m MSG] [FILE|-]",
    discussion: """
      A line is a verb with its words, quoted as in a shell, without docket in front; # begins a \
      comment. {1} stands for the id that line 1 printed. Where a line is refused, nothing of any line is \
      kept. The ids are printed at the end, a line each.

        docket batch -m "The board of 3 March" <<'END'
        new pain-point title="Builds are slow" area=ci
        note "Half an hour each" about={1} team=payments
        move PP-8KX3 triaged
        END
      """)

  static let verbs = ["note", "new", "add", "tell", "edit", "move", "link"]

  @OptionGroup var commits: CommitFlags

  @Argument(help: "The file with the lines; standard input without one.")
  var file: String?

  @OptionGroup var common: CommonOptions

  mutating func run() async throws {
    let invocation = Invocation.current
    let tracker = try invocation.tracker(isWritten: true)
    guard try !tracker.hasStagedWrites() else {
      throw StoreError.refused(
        "docket has staged changes already, which this would take along",
        hint: "docket commit; or git restore --staged --worktree drops them")
    }
    let lines = try BatchLine.lines(of: try text(in: invocation))
    guard !lines.isEmpty else { return Terminal.note("there is no line, so nothing was written") }
    var printed: [Int: [String]] = [:]
    do {
      for line in lines {
        let (status, output, errors) = await run(try line.words(with: printed))
        guard status == 0 else {
          // Made harmless when it was printed the first time.
          Terminal.write(errors, to: 2)
          Terminal.note("line \(line.number) was refused, so nothing of any line was written")
          throw ExitCode(status)
        }
        printed[line.number] = output
      }
      guard let result = try await tracker.commitStaged(commits.options) else {
        return Terminal.note("nothing to change: it says so already")
      }
      WriteFlags.report(result)
    } catch {
      try tracker.dropStagedWrites()
      throw error
    }
    for line in lines { for id in printed[line.number] ?? [] { Terminal.print("\(id)") } }
  }

  private func text(in invocation: Invocation) throws -> [UInt8] {
    guard let file, file != "-" else { return try OpenFile.standardInput() }
    return try FileSystem.contents(FileSystem.absolute(file, in: invocation.directory))
  }

  /// Runs one line, which stages what it writes.
  private func run(_ words: [String]) async -> (status: Int32, output: [String], errors: [UInt8]) {
    Terminal.beginCapture()
    let status = await CommandRun.run(words, as: Invocation.current)
    let captured = Terminal.endCapture()
    let lines = String(decoding: captured.output, as: UTF8.self).split(separator: "\n")
    return (status, lines.map(String.init), captured.errors)
  }
}

/// A line of a batch.
struct BatchLine {
  let number: Int
  private let words: [String]

  /// Reads all lines before any is run: one that can't be read ends the batch at once.
  static func lines(of text: [UInt8]) throws -> [BatchLine] {
    try ShellLines.lines(of: text).map { line in
      guard let verb = line.words.first, BatchCommand.verbs.contains(verb) else {
        throw StoreError.failed(
          "line \(line.number): a batch has no verb \"\(line.words.first ?? "")\"",
          hint: "it takes \(BatchCommand.verbs.joined(separator: ", "))")
      }
      for option in ["--on", "-m", "--message", "--edit", "--format"]
      where line.words.contains(where: { $0 == option || $0.hasPrefix(option + "=") }) {
        throw StoreError.failed("line \(line.number): \(option) is for single commands")
      }
      return BatchLine(number: line.number, words: line.words)
    }
  }

  /// Returns the words with the ids of earlier lines, for staging.
  func words(with printed: [Int: [String]]) throws -> [String] {
    let filled = try words.map { word -> String in
      var word = word
      for (number, ids) in printed {
        guard let id = ids.first else { continue }
        word = word.replacing("{\(number)}", with: id)
      }
      if let open = word.firstRange(of: /\{[0-9]+\}/) {
        throw StoreError.failed(
          "line \(self.number): \(word[open]) stands for the id that an earlier line printed, and none did"
        )
      }
      return word
    }
    return filled + ["--no-commit", "--no-input"]
  }
}
