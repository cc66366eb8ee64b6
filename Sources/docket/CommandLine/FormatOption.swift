import ArgumentParser

/// `--format` where there are no formats but these.
struct FormatOption: ParsableArguments {
  @Option(
    help: ArgumentHelp("text, json, or jsonl (items alone, one a line).", valueName: "format"))
  var format: Output.Format = .text
}
