import ArgumentParser
import Files
import Git
import JSONText
import Records
import Store

struct TextconvCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "textconv", abstract: "Print a record's file in words, for git diff.",
    usage: "docket textconv FILE",
    discussion: """
      Git calls this for each version of a record that git diff, git log -p and git show compare, once \
      docket init or docket hooks install has set it up in a clone; with --no-textconv git shows the \
      files. What is no record is printed as it is.
      """)

  @Argument(help: "The file.")
  var file: String

  @OptionGroup var common: CommonOptions

  mutating func run() throws {
    let invocation = Invocation.current
    let bytes = try FileSystem.contents(FileSystem.absolute(file, in: invocation.directory))
    guard let document = try? JSONDocument(parsing: bytes, limits: .stored),
      document.root.isObject, document.duplicateKeys.isEmpty
    else { return Terminal.write(bytes) }
    let record = document.root.value
    let kind = try record["id"]?.string.flatMap { RecordID($0) }.flatMap {
      try Tracker.committedKind(
        of: $0, from: invocation.directory, context: invocation.context)
    }
    for line in RecordOutline.lines(of: record, kind: kind) { Terminal.print("\(line)") }
  }
}

extension TextconvCommand {
  /// Reads the line that git calls; `nil` for any other, which the grammar reads.
  static func called(by words: [String]) -> TextconvCommand? {
    guard words.count == 1, words[0].utf8.first != UInt8(ascii: "-") else { return nil }
    var command = TextconvCommand()
    (command.file, command.common) = (words[0], .unsaid)
    return command
  }
}
