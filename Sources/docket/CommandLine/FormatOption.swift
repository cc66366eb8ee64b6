import ArgumentParser

/// `--format` for verbs with only these formats.
struct FormatOption: ParsableArguments {
  @Option(
    help: ArgumentHelp("text, json, or jsonl (items alone, one a line).", valueName: "format"))
  var format: Output.Format = .text
}
