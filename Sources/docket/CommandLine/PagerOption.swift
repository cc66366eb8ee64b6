import ArgumentParser
import Synchronization

/// `--no-pager`, for verbs whose output may be longer than a screen.
struct PagerOption: ParsableArguments {
  @Flag(name: .customLong("no-pager"), help: "Don't show long output page by page.")
  var isOff = false

  /// Sends further output through the user's pager, if it goes to a terminal.
  func start() {
    if !isOff { Pager.start() }
  }
}
