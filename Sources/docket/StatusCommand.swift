import ArgumentParser
import JSONText
import Records
import Store

/// Bare `docket`: what waits for me, and what I could do next.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Say what waits for you and what you could do next.",
    shouldDisplay: false)

  @OptionGroup var common: CommonOptions

  mutating func run() throws {
    let tracker = try Invocation.current.tracker()
    guard let head = try tracker.headCommit() else { return try HelpPage.show("") }
    let state = try tracker.records(at: head)
    Terminal.print(Terminal.styled(Terminal.safe(tracker.config.name ?? "docket"), .bold))
    if state.records.isEmpty {
      Terminal.print("No records yet.\n\nNext: docket new pain-point title=\"…\"")
      return
    }
    for kind in tracker.catalog.kinds {
      let records = state.records.filter { $0.id.prefix == kind.prefix }
      guard !records.isEmpty else { continue }
      Terminal.print("  \(Terminal.padded(kind.plural, to: 14)) \(Self.states(records, kind))")
    }
    if !state.unreadable.isEmpty {
      Terminal.print(
        Terminal.styled("  \(state.unreadable.count) can't be read: docket check", .red))
    }
    let mine = waiting(for: tracker.handle, state, tracker.catalog)
    Terminal.print("")
    if tracker.handle == nil {
      Terminal.print("Who are you? git config docket.handle YOUR-HANDLE")
    } else if mine.isEmpty {
      Terminal.print("Nothing waits for you.")
    } else {
      Terminal.print(Terminal.styled("Waiting for you", .bold))
      for line in mine { Terminal.print("  " + line) }
    }
    Terminal.print("\nNext: docket list · docket new KIND · docket report audit · docket help")
  }

  /// "12: 4 reported, 3 triaged, 5 resolved".
  private static func states(_ records: [RecordFile], _ kind: Kind) -> String {
    guard let workflow = kind.workflow else { return "\(records.count)" }
    let parts = workflow.states.compactMap { state -> String? in
      let count = records.count { kind.state(of: $0.value) == state }
      return count == 0 ? nil : "\(count) \(state)"
    }
    return Terminal.padded("\(records.count)", to: 4) + parts.joined(separator: ", ")
  }

  /// Open records that name me where a person stands.
  private func waiting(for handle: String?, _ state: RecordState, _ catalog: KindCatalog)
    -> [String]
  {
    guard let handle else { return [] }
    return state.records.compactMap { record in
      guard let kind = catalog.kind(of: record.id), !kind.isClosed(record.value) else { return nil }
      let roles = kind.view.propertyNames.filter {
        kind.view.property($0)?.isPerson == true && record.value[$0]?.string == handle
      }
      guard let role = roles.first else { return nil }
      let due = kind.dateKey.flatMap { record.value[$0]?.string }.map { " (\($0))" } ?? ""
      return "\(Terminal.styled(record.id.text, .cyan)) "
        + Terminal.safe(
          "\(kind.heading(of: record.value))\(due), \(kind.view.property(role)?.title?.lowercased() ?? role)"
        )
    }
  }
}
