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
    Terminal.print(lines: DocketCommand.completionScript(for: Self.kind(of: shell)))
  }

  private static func kind(of shell: Shell) -> CompletionShell {
    switch shell {
    case .bash: .bash
    case .zsh: .zsh
    case .fish: .fish
    }
  }
}
