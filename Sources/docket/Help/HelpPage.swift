import ArgumentParser

/// `docket help`: verbs by job, the most used few first.
enum HelpPage {
  static let jobs: [(title: String, verbs: [(name: String, words: String)])] = [
    (
      "Every day",
      [
        ("note", "what somebody said, in a breath"),
        ("new", "something new: a pain point, minutes, a decision, …"),
        ("add", "add evidence, or another item, to a record"),
        ("tell", "tell those who asked what becomes of it"),
        ("show", "show a record"),
        ("list", "list records, with a query if you like"),
        ("rank", "what hurts most, by evidence; --explain says why"),
        ("edit", "change a record"),
        ("move", "move a record to another state"),
        ("link", "link a record to another"),
      ]
    ),
    (
      "Work with others",
      [
        ("sync", "take in what others changed, and publish your own"),
        ("commit", "commit together what --no-commit has staged"),
        ("batch", "many lines of verbs, one commit"),
        ("undo", "take back docket's last commit, or reverse an older one"),
        ("resolve", "end a conflict in a record, field by field"),
      ]
    ),
    (
      "Ask the past",
      [
        ("log", "what changed, field by field, newest first"),
        ("blame", "who set each value of a record last, in which commit"),
        ("diff", "how the records of two states differ, in words"),
        ("review", "what a branch does to records, for its reviewers"),
        ("sql", "ask records and history in SQL"),
        ("report", "the audit report: every line names its commit"),
      ]
    ),
    (
      "Keep it sound",
      [
        ("check", "check records against their schemas and rules"),
        ("fmt", "bring records into canonical form"),
        ("hooks", "install, show or remove the hooks, here or on a server"),
        ("schema", "kinds of record, yours too; validate any JSON against any schema"),
        ("migrate", "change a schema and its records together"),
      ]
    ),
    (
      "Begin",
      [
        ("init", "set up a folder or a repository"),
        ("import", "bring in minutes written in Markdown"),
        ("demo", "build a sample repository to look around in"),
        ("completions", "print completions for bash, zsh or fish"),
        ("manual", "write the manual's pages, for man"),
      ]
    ),
  ]

  /// Returns the words that help is asked for, none for the overview, or `nil` if no help is asked
  /// for.
  static func topic(in arguments: [String]) -> [String]? {
    switch arguments.first {
    case "help": Array(arguments.dropFirst())
    case "--help", "-h": []
    default: nil
    }
  }

  static func show(_ topic: [String] = []) throws {
    let words = topic.filter { !$0.hasPrefix("-") }
    guard words.isEmpty else { return try showVerb(words) }
    var text = "docket keeps what a platform team hears, decides and learns as records in git.\n\n"
    text += "  docket [-C DIR] VERB …\n"
    for job in jobs {
      text += "\n" + Terminal.styled(job.title, .bold) + "\n"
      for verb in job.verbs {
        text +=
          "  " + Terminal.styled(Terminal.padded(verb.name, to: 11), .cyan) + " \(verb.words)\n"
      }
    }
    text += "\ndocket help VERB says more of one. docket alone says what waits for you.\n"
    Terminal.print(lines: text, terminator: "")
  }

  /// Shows the page of a verb, or of its subcommand if two words are given.
  private static func showVerb(_ words: [String]) throws {
    try CommandRun.refuseUnknownVerb(words[0])
    guard let page = VerbPage.all()?.page(for: words) else { return }
    if page.path.count < words.count, !page.parts.isEmpty {
      throw UsageWords.unknown(words[page.path.count], in: page)
    }
    print(page)
  }

  static func print(_ page: VerbPage) {
    Pager.start()
    Terminal.print(lines: page.text(width: min(Terminal.width, 96)), terminator: "")
  }
}
