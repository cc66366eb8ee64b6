import Files
import Records

private typealias Tag = HTML.Tag

extension AuditReport {
  /// The report as one self-contained HTML file without scripts, for screens, phones and paper.
  package var html: String {
    HTML.page(
      Tag.html(.lang("en")) {
        Tag.head {
          Tag.meta(.meta("charset", "utf-8"))
          // No scripts, images, fonts or connections: only the style sheet below.
          Tag.meta(
            .meta("http-equiv", "Content-Security-Policy"),
            .meta("content", "default-src 'none'; style-src 'unsafe-inline'"))
          Tag.meta(
            .meta("name", "viewport"), .meta("content", "width=device-width, initial-scale=1"))
          Tag.meta(.meta("name", "color-scheme"), .meta("content", "light dark"))
          Tag.meta(.meta("name", "robots"), .meta("content", "noindex"))
          Tag.title { heading }
          HTML.style(ReportStyle.sheet)
        }
        Tag.body {
          Tag.header {
            lead
            contents
          }
          Tag.main {
            section("scope", "Scope") { scopeHTML }
            section("ledger", "Ledger") { ledgerHTML }
            section("exceptions", "Exceptions") { exceptionsHTML }
            section("traceability", "Traceability") { traceHTML }
          }
          Tag.footer { foot }
        }
      })
  }

  private func section(_ id: String, _ title: String, @HTMLBuilder _ content: () -> [HTML]) -> HTML
  {
    Tag.section(.id(id), .labelledBy("\(id)-title")) {
      Tag.h2(.id("\(id)-title")) { title }
      content()
    }
  }

  // MARK: Head and foot

  @HTMLBuilder private var lead: [HTML] {
    if name.isEmpty {
      Tag.h1 { "Audit report" }
    } else {
      Tag.p(.class("genre")) { "Audit report" }
      Tag.h1 { Tag.bdi { name } }
    }
    Tag.p(.class("lead")) {
      "The state at commit "
      Tag.code { shortRevision }
      " of "
      ReportTime.minute(committedAt)
      " UTC; changes: \(period)."
    }
    Tag.dl(.class("figures")) {
      for figure in figures {
        Tag.div {
          Tag.dt { figure.label }
          Tag.dd {
            Tag.b { String(figure.number) }
            " "
            Tag.span { figure.note }
          }
        }
      }
    }
  }

  private var contents: HTML {
    let gapCount = gaps.reduce(0) { $0 + $1.gaps.count }
    return Tag.nav(.label("Contents")) {
      Tag.ul {
        for (id, title, count) in [
          ("scope", "Scope", nil), ("ledger", "Ledger", ledger.lines.count),
          ("exceptions", "Exceptions", exceptions.openCount),
          ("traceability", "Traceability", gapCount),
        ] as [(String, String, Int?)] {
          Tag.li {
            Tag.a(.to(id)) { title }
            if let count {
              " "
              Tag.span {
                id == "traceability" ? Self.counted(count, "loose end") : String(count)
              }
            }
          }
        }
      }
    }
  }

  @HTMLBuilder private var foot: [HTML] {
    Tag.p {
      "Made by "
      Tag.code { command }
      " – the same command gives the same bytes. "
      Tag.code { "git show" }
      " with a commit’s id shows the change behind a line."
    }
  }

  // MARK: Scope

  @HTMLBuilder private var scopeHTML: [HTML] {
    Tag.dl(.class("facts")) {
      fact("State") {
        Tag.code(.class("long")) { revision }
        ", committed "
        ReportTime.minute(committedAt)
        " UTC"
      }
      fact("Period") {
        "\(period); what counts is when a change came to the branch, in UTC"
      }
      fact("Read") {
        Self.counted(recordCount, "record")
          + (unreadable.isEmpty ? "" : "; \(unreadable.count) more could not be read")
      }
    }
    if !limits.isEmpty {
      Tag.div(.class("limits"), .role("note"), .label("Limits of this report")) {
        for limit in limits { Tag.p { limit } }
      }
    }
    table(
      "Records by kind and state", ["Kind", "Records", "States"], kinds.filter { $0.count > 0 }
    ) {
      kind in
      Tag.th(.scopeRow, .role("rowheader"), .column("Kind")) { kind.title }
      Tag.td(.class("number"), .role("cell"), .column("Records")) { String(kind.count) }
      Tag.td(.role("cell"), .column("States")) { Self.states(of: kind) }
    }
    if !ledger.people.isEmpty {
      table("Who changed records in the period", ["Person", "Changes", "Commits"], ledger.people) {
        person in
        Tag.th(.scopeRow, .role("rowheader"), .column("Person")) { Tag.bdi { person.name } }
        Tag.td(.class("number"), .role("cell"), .column("Changes")) { String(person.changes) }
        Tag.td(.class("number"), .role("cell"), .column("Commits")) { String(person.commits) }
      }
    }
  }

  private func fact(_ label: String, @HTMLBuilder _ content: () -> [HTML]) -> HTML {
    Tag.div {
      Tag.dt { label }
      Tag.dd { content() }
    }
  }

  // MARK: Exceptions

  @HTMLBuilder private var exceptionsHTML: [HTML] {
    if exceptions.groups.allSatisfy(\.items.isEmpty) {
      Tag.p { "A check of this state finds nothing." }
    } else {
      Tag.p(.class("intro")) { "What a check of this state finds, worst first." }
    }
    for group in exceptions.groups where !group.items.isEmpty {
      Tag.section(.class("severity \(group.severity.rawValue)")) {
        Tag.h3 {
          group.title
          " "
          Tag.span { String(group.items.count) }
        }
        Tag.ul(.class("findings")) {
          for item in group.items { finding(item) }
        }
      }
    }
  }

  private func finding(_ item: AuditExceptions.Item) -> HTML {
    let finding = item.finding
    let place = [finding.line, finding.column].compactMap { $0.map(String.init) }
    return Tag.li {
      Tag.p {
        if let record = item.record {
          mention(record, isShort: true)
          " "
        } else {
          Tag.code(.class("long")) { ([finding.path.text] + place).joined(separator: ":") }
          " "
        }
        Tag.span(.class("message")) { finding.message }
      }
      Tag.p(.class("meta")) {
        Tag.code { finding.rule }
        if let hint = finding.hint {
          " · fix: "
          Tag.code(.class("long")) { hint }
        }
        if let commit = finding.commit {
          " · commit "
          Tag.code { String(commit.prefix(10)) }
        }
      }
    }
  }

  // MARK: Traceability

  @HTMLBuilder private var traceHTML: [HTML] {
    for kind in trace.missingKinds {
      Tag.p {
        "This tracker keeps no records of the kind "
        Tag.code { kind }
        "."
      }
    }
    if trace.rows.isEmpty {
      Tag.p { "There are no decisions in this state." }
    } else {
      table(
        "From pain point to decision to retro",
        ["Pain points", "Decision", "What came of it"], trace.rows, isWide: true
      ) { row in
        Tag.td(.role("cell"), .column("Pain points")) {
          if row.painPoints.isEmpty {
            Tag.p(.class(row.lacksPainPoint ? "none gap" : "none")) { "none named" }
          }
          for pain in row.painPoints { Tag.p { mention(pain) } }
        }
        Tag.th(.scopeRow, .role("rowheader"), .column("Decision")) {
          Tag.p { mention(row.decision) }
          labelled(row.people + row.links + row.computed)
        }
        Tag.td(.role("cell"), .column("What came of it")) {
          if row.outcomes.isEmpty {
            Tag.p(.class(row.lacksRetro ? "none gap" : "none")) {
              row.reprieve ?? "no retro looked at it"
            }
          }
          for outcome in row.outcomes {
            Tag.p { mention(outcome.retro) }
            labelled(outcome.words)
          }
        }
      }
    }
    for list in gaps {
      Tag.h3 {
        list.title
        " "
        Tag.span { String(list.gaps.count) }
      }
      if list.gaps.isEmpty {
        Tag.p { list.none }
      } else {
        Tag.ul(.class("gaps")) {
          for gap in list.gaps {
            Tag.li {
              mention(gap.record)
              for (place, decision) in gap.without.enumerated() {
                place == 0 ? " – only " : ", "
                mention(decision)
              }
            }
          }
        }
      }
    }
    Tag.p(.class("meta")) { Self.gapRule }
  }

  private func labelled(_ items: [AuditTrace.Labelled]) -> [HTML] {
    items.isEmpty
      ? []
      : [
        Tag.ul(.class("labelled")) {
          for item in items {
            Tag.li {
              Tag.span { item.label }
              " "
              Tag.bdi { item.values.joined(separator: ", ") }
            }
          }
        }
      ]
  }

  /// Renders a record: title, id (linked to its last line in the ledger), state and date.
  @HTMLBuilder private func mention(_ record: RecordMention, isShort: Bool = false) -> [HTML] {
    Tag.span(.class("record")) {
      Tag.bdi { record.title.isEmpty ? record.kindTitle : record.title }
      " "
      if let commit = record.lastCommit {
        Tag.a(.to(AuditLedger.anchor(commit, record.id)), .commit(commit.shortID)) {
          Tag.code { record.id.text }
        }
      } else {
        Tag.code { record.id.text }
      }
    }
    if !isShort {
      for note in [record.state, record.date] {
        if let note {
          " "
          Tag.span(.class("state")) { note }
        }
      }
    }
  }

  // MARK: Tables

  /// Renders a table. On a phone, the cells of a wide one are stacked. The roles repeat what the
  /// elements mean, because browsers drop table semantics of cells laid out as blocks.
  private func table<Row>(
    _ caption: String, _ columns: [String], _ rows: [Row], isWide: Bool = false,
    @HTMLBuilder _ cells: (Row) -> [HTML]
  ) -> HTML {
    Tag.table(.role("table"), .class(isWide ? "wide" : "narrow")) {
      Tag.caption { caption }
      Tag.thead(.role("rowgroup")) {
        Tag.tr(.role("row")) {
          for column in columns {
            Tag.th(.scopeColumn, .role("columnheader")) { column }
          }
        }
      }
      Tag.tbody(.role("rowgroup")) {
        for row in rows { Tag.tr(.role("row")) { cells(row) } }
      }
    }
  }
}
