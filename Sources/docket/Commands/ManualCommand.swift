import ArgumentParser
import Files
import Records
import Store

struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Write the manual's pages, for man.",
    discussion: """
      A page for docket, one for each verb, and one for its files, in DIRECTORY/man1 and \
      DIRECTORY/man5, made from the same words as docket help. `make install` does this:

        docket manual ~/.local/share/man
        man docket-list
        git help docket
      """)

  @Argument(help: "The folder above man1 and man5.") var directory: String
  @OptionGroup var common: CommonOptions

  mutating func run() throws {
    let invocation = Invocation.current
    let folder = FileSystem.absolute(directory, in: invocation.directory)
    guard try FileSystem.fileType(folder) != .file else {
      throw StoreError.failed("\(directory) is a file; name the folder above man1 and man5")
    }
    guard let docket = VerbPage.all() else { return }
    let manual = Manual(
      docket, on: CivilDate(secondsSinceEpoch: invocation.context.now()))
    for page in manual.pages {
      let path = "\(folder)/man\(page.section)/\(page.name).\(page.section)"
      do {
        try FileSystem.makeDirectories(FileSystem.parent(of: path))
        try FileSystem.writeOutput(Array(page.text.utf8), to: path)
      } catch {
        throw StoreError.failed("can't write \(error)")
      }
    }
    Terminal.note("wrote \(manual.pages.count) pages into \(folder)")
  }
}
