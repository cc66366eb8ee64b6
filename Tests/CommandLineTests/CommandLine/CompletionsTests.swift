import TestSupport
import Testing

/// Completions as bash itself asks for them.
@Suite("completions") struct CompletionsTests {
  /// What bash offers for the last word of a line.
  private func offers(_ words: [String], in repository: ScratchRepository) throws -> Set<String> {
    let script = """
      source <(docket completions bash)
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
      COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
      "$(complete -p docket | sed 's/.*-F \\([^ ]*\\).*/\\1/')" docket "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}" 2>/dev/null
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let run = try repository.run("bash", ["-c", script, "bash", "docket"] + words)
    try run.succeeded()
    return Set(run.lines.map { $0.hasSuffix(" ") ? String($0.dropLast()) : $0 })
  }

  @Test("offer verbs, ids, kinds, keys and states")
  func words() throws {
    let repository = try ScratchRepository.tracked()
    let id = try repository.new("pain-point", "title=Slow builds")
    let other = try repository.new("action", "title=Do it")
    #expect(try offers(["bl"], in: repository).contains("blame"))
    #expect(try offers(["show", ""], in: repository).isSuperset(of: [id, other]))
    #expect(try offers(["show", "PP"], in: repository) == [id])
    #expect(try offers(["blame", "A"], in: repository) == [other])
    #expect(try offers(["new", "pain"], in: repository) == ["pain-point"])
    #expect(try offers(["blame", id, "sev"], in: repository) == ["severity"])
    #expect(try offers(["move", id, "tri"], in: repository) == ["triaged"])
    #expect(try offers(["log", "--field", "sev"], in: repository) == ["severity"])
  }

  @Test("offer nothing and say nothing where there is no repository")
  func silence() throws {
    let repository = try ScratchRepository()
    #expect(try offers(["show", "PP"], in: repository).isEmpty)
    let run = try repository.docket("completions", "tcsh")
    run.expectRefusal(2, saying: "bash, zsh")
    for shell in ["zsh", "fish"] {
      #expect(try repository.docket("completions", shell).succeeded().output.contains("blame"))
    }
  }
}
