import ArgumentParser
import Files
import Store

struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Set up a folder or a repository, in one commit.",
    discussion: """
      In a clone of a repository that is set up already, only what the clone lacks is installed \
      (hooks and the merge driver), without a commit. A second time changes nothing.
      """)

  @Argument(help: "The folder; this one where none is named.")
  var directory: String?

  @Option(
    help: ArgumentHelp(
      "What the tracker is called; the folder's name otherwise.", valueName: "name"))
  var name: String?

  @Option(help: ArgumentHelp("Where records are kept.", valueName: "folder"))
  var folder: String?

  @OptionGroup var common: CommonOptions

  mutating func run() async throws {
    let invocation = Invocation.current
    let place = FileSystem.absolute(directory ?? ".", in: invocation.directory)
    let first = folder?.utf8.first
    let isOutside = folder.map { RepositoryPath($0).components.contains("..") } ?? false
    if first == UInt8(ascii: "/") || first == UInt8(ascii: ".") || isOutside {
      throw ValidationError("--folder is a folder below the repository's root, like docs/feedback")
    }
    let outcome = try await Setup(BuiltIn.materials, context: invocation.context)
      .run(in: place, name: name, folder: folder)
    if outcome.madeRepository { Terminal.note("made a git repository in \(outcome.root)") }
    if let commit = outcome.commit {
      Terminal.note(
        "set up in commit \(commit): kinds and config in .docket, records in \(outcome.folder)")
    }
    if !outcome.hooks.isEmpty {
      let last = outcome.hooks.last ?? ""
      let names =
        outcome.hooks.count == 1
        ? last : outcome.hooks.dropLast().joined(separator: ", ") + " and " + last
      Terminal.note("installed the \(names) hook\(outcome.hooks.count == 1 ? "" : "s")")
    }
    if outcome.drivers {
      Terminal.note("git merges records field by field here, and shows them in words in a diff")
    }
    if let managed = outcome.managedHooks {
      Terminal.note(
        "git's hooks live in \(managed) here (core.hooksPath), which docket leaves alone;")
      for name in outcome.managedNames {
        Terminal.complain("  add this line to its \(name): docket hooks run \(name)")
      }
    }
    guard outcome.commit != nil else {
      if outcome.hooks.isEmpty, !outcome.drivers {
        Terminal.note("this is set up already; nothing was changed")
      }
      return
    }
    Terminal.complain("")
    Terminal.complain(
      "Next: git config docket.handle YOUR-HANDLE   so that docket knows who you are")
    Terminal.complain("      docket note \"…\"                        note what somebody said")
    Terminal.complain("      docket new pain-point title=\"…\"        name what hurts")
    Terminal.complain("      docket help                            what else there is")
  }
}
