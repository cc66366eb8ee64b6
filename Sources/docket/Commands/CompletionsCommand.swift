import ArgumentParser

struct CompletionsCommand: ParsableCommand {
  enum Shell: String, CaseIterable, ExpressibleByArgument, Sendable { case bash, zsh, fish }

  static let configuration = CommandConfiguration(
    commandName: "completions", abstract: "Print completions for a shell.",
    discussion: """
      Verbs, options, ids, keys and kinds after Tab. To have them in every new shell:

        bash   docket completions bash > ~/.local/share/bash-completion/completions/docket
        zsh    docket completions zsh > ~/.zfunc/_docket     (a folder of your fpath)
        fish   docket completions fish > ~/.config/fish/completions/docket.fish
      """)

  @Argument(help: "bash, zsh or fish.") var shell: Shell

  mutating func run() throws {
    let script = DocketCommand.completionScript(for: Self.kind(of: shell))
    // A shell reads the file and never runs it: the library's `#!` line says something else.
    let lines = script.split(separator: "\n", omittingEmptySubsequences: false).drop {
      $0.isEmpty || $0.utf8.starts(with: "#!".utf8)
    }
    Terminal.print(lines: lines.joined(separator: "\n"))
  }

  private static func kind(of shell: Shell) -> CompletionShell {
    switch shell {
    case .bash: .bash
    case .zsh: .zsh
    case .fish: .fish
    }
  }
}
