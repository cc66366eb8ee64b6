import ArgumentParser
import Files
import JSONText
import Records
import Store

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Build a sample repository to look around in.",
    discussion: """
      A fictional platform team over nine months, made with docket's own commands, a fixed clock \
      and fixed ids: the same bytes each time. Shows a refused commit and writes the audit report.
      """)

  @Argument(help: "A folder that doesn't exist yet.")
  var directory: String

  @OptionGroup var common: CommonOptions

  mutating func run() async throws {
    let invocation = Invocation.current
    let place = FileSystem.absolute(directory, in: invocation.directory)
    if try FileSystem.fileType(place) != nil, try FileSystem.names(in: place)?.isEmpty != true {
      throw StoreError.refused(
        "\(directory) exists already; nothing there was touched",
        hint: "name a folder that doesn't: docket demo another-folder")
    }
    let files = BuiltIn.demo
    let people = files.first { $0.name == "people.json" }?.text ?? []
    let stage = DemoStage(
      directory: place, name: directory, outer: invocation,
      roster: Roster(try JSONDocument(parsing: people).root.value))
    var story = DemoStory(on: stage, files: files)
    try await story.play()
  }
}
