import Records

/// The manual, in the macros of man(7).
struct Manual {
  struct Page {
    let name: String
    let section: Int
    let text: String
  }

  private let docket: VerbPage
  private let day: CivilDate

  init(_ docket: VerbPage, on day: CivilDate) {
    self.docket = docket
    self.day = day
  }

  var pages: [Page] {
    [
      Page(name: "docket", section: 1, text: main),
      // `git help docket` looks for this page.
      Page(name: "git-docket", section: 1, text: ".so man1/docket.1\n"),
      Page(
        name: "docket-config", section: 5,
        text: ConfigManual(title: title("docket-config", 5)).text),
    ]
      + docket.parts.map { verb in
        let name = "docket-" + verb.path.joined(separator: "-")
        return Page(name: name, section: 1, text: page(of: verb, name))
      }
  }

  private func title(_ name: String, _ section: Int) -> String {
    ".TH \(name.uppercased().replacing("-", with: "\\-")) \(section) \(day) \"docket \(Docket.version)\" \"docket\"\n"
  }

  private func page(of verb: VerbPage, _ name: String) -> String {
    var text = title(name, 1)
    text += ".SH NAME\n\(Roff.literal(name)) \\- \(Roff.name(verb.abstract))\n"
    text += ".SH SYNOPSIS\n" + synopsis(verb)
    if !verb.discussion.isEmpty {
      text += ".SH DESCRIPTION\n" + Roff.prose(verb.discussion)
    }
    text += rows("ARGUMENTS", verb.arguments) + rows("OPTIONS", verb.options)
    if !verb.parts.isEmpty { text += ".SH VERBS\n" }
    for part in verb.parts {
      text += ".SS \(Roff.literal(part.name))\n" + Roff.prose(part.abstract)
      text += ".PP\n" + synopsis(part)
      if !part.discussion.isEmpty { text += ".PP\n" + Roff.prose(part.discussion) }
      text += (part.arguments + part.options.filter { !Self.isEverywhere($0) }).map(Self.row)
        .joined()
    }
    return text + status + ".SH SEE ALSO\n\\fBdocket\\fR(1),\n\\fBdocket\\-config\\fR(5)\n"
  }

  /// Whether an option is already on the group's own page.
  private static func isEverywhere(_ row: VerbPage.Row) -> Bool {
    ["--color", "--no-input", "-h"].contains { row.label.hasPrefix($0) }
  }

  private func synopsis(_ verb: VerbPage) -> String {
    verb.usage.map { ".B \(Roff.literal($0))\n" }.joined(separator: ".br\n")
  }

  private func rows(_ title: String, _ rows: [VerbPage.Row]) -> String {
    rows.isEmpty ? "" : ".SH \(title)\n" + rows.map(Self.row).joined()
  }

  private static func row(_ row: VerbPage.Row) -> String {
    ".TP\n.B \(Roff.literal(row.label))\n" + Roff.prose(row.words)
  }

  private var status: String {
    """
    .SH EXIT STATUS
    .TP
    .B 0
    Done; an empty list is done, and so are warnings.
    .TP
    .B 1
    The answer is no: findings of severity error, something refused, no such record or several.
    .TP
    .B 2
    It could not run: the command line, the repository, or a schema that is none.

    """
  }

  private var main: String {
    var text = title("docket", 1)
    text += ".SH NAME\ndocket \\- \(Roff.name(docket.abstract))\n"
    text += ".SH SYNOPSIS\n.B docket [\\-C DIR] [\\-\\-no\\-pager] VERB \\[u2026]\n.br\n"
    text += ".B git docket [\\-C DIR] [\\-\\-no\\-pager] VERB \\[u2026]\n"
    text += ".SH DESCRIPTION\n"
    text += Roff.prose(
      """
      Pain points, minutes, decisions and retros are records: JSON files in a git repository, which is \
      database, audit trail and replication at once. Each kind of record is described by a schema in \
      .docket/schema; a team adds kinds of its own.

      docket alone says what waits for you, and what you could do next. A record may be named by any \
      unique beginning of its id, in upper or lower case. Data goes to standard output, all else to \
      standard error.
      """)
    for job in HelpPage.jobs {
      text += ".SS \(Roff.literal(job.title))\n"
      for verb in job.verbs {
        text += ".TP\n.BR \(Roff.literal("docket-" + verb.name)) (1)\n" + Roff.prose(verb.words)
      }
    }
    text += rows("OPTIONS", Self.options) + status + rows("ENVIRONMENT", Self.environment)
    return text + rows("FILES", Self.files)
      + ".SH SEE ALSO\n\\fBdocket\\-config\\fR(5),\n\\fBgit\\fR(1)\n"
  }

  private static let options = [
    VerbPage.Row(label: "-C DIR", words: "As if docket had been started in that folder."),
    VerbPage.Row(label: "--no-pager", words: "Don't show long output page by page."),
    VerbPage.Row(label: "-V, --version", words: "Print the version."),
    VerbPage.Row(label: "-h, --help", words: "Print the list of verbs, or a verb's page."),
  ]

  private static let environment = [
    VerbPage.Row(
      label: "DOCKET_HANDLE", words: "Who is at work; otherwise git config docket.handle says."),
    VerbPage.Row(
      label: "DOCKET_LOCK_TIMEOUT",
      words: "How many seconds to wait for a lock that another process holds."),
    VerbPage.Row(
      label: "DOCKET_CACHE", words: "off does without the cache under the git directory."),
    VerbPage.Row(
      label: "SOURCE_DATE_EPOCH", words: "Fixes the clock: seconds since 1970, UTC."),
    VerbPage.Row(label: "NO_COLOR", words: "Where it is not empty, nothing is coloured."),
    VerbPage.Row(
      label: "GIT_EDITOR, VISUAL, EDITOR", words: "The editor of --edit, chosen as git does."),
    VerbPage.Row(
      label: "GIT_PAGER, PAGER", words: "The pager on a terminal, chosen as git does."),
  ]

  private static let files = [
    VerbPage.Row(label: ".docket/config.json", words: "What the team decided about its tracker."),
    VerbPage.Row(label: ".docket/people.json", words: "Who is who, by handle."),
    VerbPage.Row(
      label: ".docket/schema/KIND.schema.json", words: "The kinds of record that are in use."),
    VerbPage.Row(
      label: "docket/FOLDER/YYYY/MM/ID-title.json", words: "A record; one file each."),
  ]
}
