import ArgumentParser
import Files
import Git
import Records
import Store

struct SyncCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync", abstract: "Take in what others changed, and publish your own.",
    usage: "docket sync [--abort]",
    discussion: """
      Fetches, brings both together (a merge, or a rebase if your git is set up so), checks, and \
      publishes; again if somebody was faster. Where two people changed the same field, it says which, \
      and waits: end it with docket resolve, then docket sync goes on. --abort takes it back instead.

      With "publish": "propose" in .docket/config.json it publishes a branch of your own, \
      docket/HANDLE/ID, and names the page where it can be merged.
      """)

  @Flag(help: "Take back a sync that waits for a conflict to be ended.")
  var abort = false

  @OptionGroup var common: CommonOptions

  mutating func run() throws {
    let invocation = Invocation.current
    let tracker = try invocation.tracker(toleratesFaults: true, isWritten: true)
    guard let root = tracker.root else {
      throw StoreError.refused("this repository has no working tree to sync")
    }
    let sync = SyncRun(
      tracker, gitProgram: GitProgram(in: root, environment: Invocation.environment),
      report: Self.say)
    if abort {
      try sync.abort()
      return Terminal.note("taken back: all is as it was before the sync")
    }
    do {
      try sync.run()
    } catch StoreError.findings(let findings) where !findings.isEmpty {
      FindingText.complain(findings)
      Terminal.note("then docket sync goes on; docket sync --abort takes it back instead")
      throw ExitStatus.AlreadyReported()
    }
  }

  private static func say(_ event: SyncRun.Event) {
    func changes(_ count: Int) -> String { count == 1 ? "1 change" : "\(count) changes" }
    switch event {
    case .received(let count): Terminal.note("took in \(changes(count)) of others")
    case .published(let count, let place): Terminal.note("published \(changes(count)) to \(place)")
    case .proposed(let count, let branch, let page):
      Terminal.note("proposed \(changes(count)) as \(branch)")
      if let page {
        Terminal.print("\(page)")
      } else {
        Terminal.complain("  whoever looks after the main branch merges it")
      }
    case .concluded(let name): Terminal.note("concluded the \(name)")
    case .findings(let findings): FindingText.complain(findings)
    case .nothingNew: Terminal.note("nothing new, and nothing to publish")
    case .lost(let difference, let tip):
      Terminal.note("somebody rewrote what was published; it no longer has:")
      for change in difference.changes {
        let view = difference.catalog.kind(of: change.id)?.view
        let words =
          change.after == nil
          ? ["the record is gone"]
          : change.fields.map { ChangeWords.sentence($0, view: view) }
        for word in words { Terminal.complain("  \(change.id.text): \(word)") }
      }
      Terminal.complain("  git branch rescued \(String(tip.hex.prefix(10))) keeps what there was")
    }
  }
}
