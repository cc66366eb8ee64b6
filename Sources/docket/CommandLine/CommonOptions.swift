import ArgumentParser
import Synchronization

/// The options of every verb.
struct CommonOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Colour: auto, always or never.", valueName: "when"))
  var color: Terminal.ColorChoice = .auto

  @Flag(name: .customLong("no-input"), help: "Never ask anything.")
  var noInput = false

  mutating func validate() { Terminal.setColor(color) }
}
