import Files
import Records

extension AuditReport {
  /// The report in GitHub-flavoured Markdown.
  package var markdown: String {
    let parts =
      ["# \(md(heading))\n", markdownLead, markdownScope, markdownLedger]
      + [markdownExceptions, markdownTrace, markdownFoot]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  // MARK: Numbers and scope

  private var markdownLead: String {
    let numbers = MarkdownText.table(
      figures.map(\.label),
      [figures.map { "**\($0.number)** \($0.note)" }])
    let kindTable = MarkdownText.table(
      ["Kind", "Records", "States"],
      kinds.map { [md($0.title), String($0.count), md(Self.states(of: $0))] })
    let people = MarkdownText.table(
      ["Who changed records", "Changes", "Commits"],
      ledger.people.map { [md($0.name), String($0.changes), String($0.commits)] })
    return [numbers, kindTable, ledger.people.isEmpty ? "" : people].filter { !$0.isEmpty }
      .joined(separator: "\n")
  }

  private var markdownScope: String {
    var text = "## Scope\n\n"
    text += "- **Tracker:** \(name.isEmpty ? "without a name" : md(name))\n"
    text += "- **State:** commit \(MarkdownText.code(revision)) of \(Instant.text(committedAt))\n"
    text += "- **Period:** \(period), by the time at which a change came to the branch (UTC)\n"
    text += "- **Read:** \(Self.counted(recordCount, "record"))"
    text += unreadable.isEmpty ? "\n" : ", \(unreadable.count) more could not be read\n"
    for limit in limits { text += "- **Limit:** \(md(limit))\n" }
    return text
  }

  // MARK: Ledger

  private var markdownLedger: String {
    var text = "## Ledger\n\n"
    guard !ledger.lines.isEmpty else { return text + "No record changed in the period.\n" }
    text += "Each change of a record, oldest first; times are UTC.\n"
    var month = ""
    for line in ledger.lines {
      let when = Instant.text(line.broughtAt)
      if when.prefix(7) != month {
        month = String(when.prefix(7))
        text += "\n### \(month)\n\n"
        text += MarkdownText.table(["When", "Who", "Commit", "Record", "What changed"], [])
      }
      let cells = [
        String(when.prefix(10)) + " " + String(when.dropFirst(11).prefix(5)),
        md(line.commit.authorName), MarkdownText.code(line.commit.shortID),
        "\(MarkdownText.code(line.change.id.text)) \(md(line.title))",
        "*\(md(line.deed))*<br>" + line.words.map(md).joined(separator: "<br>"),
      ]
      text += "| " + cells.joined(separator: " | ") + " |\n"
    }
    return text
  }

  // MARK: Exceptions

  private var markdownExceptions: String {
    var text = "## Exceptions\n\n"
    if exceptions.groups.allSatisfy(\.items.isEmpty) {
      return text + "The state has no findings.\n"
    }
    text += "What a check of this state finds.\n"
    for group in exceptions.groups where !group.items.isEmpty {
      text += "\n### \(group.title) (\(group.items.count))\n\n"
      text += MarkdownText.table(
        ["Record", "What", "Rule", "Fix", "Last change"],
        group.items.map { item in
          [
            item.record.map(markdownName) ?? md(item.finding.path.text), md(item.finding.message),
            md(item.finding.rule), item.finding.hint.map(md) ?? "",
            (item.finding.commit.map { String($0.prefix(10)) } ?? item.record?.lastCommit?.shortID)
              .map(MarkdownText.code) ?? "",
          ]
        })
    }
    return text
  }

  // MARK: Traceability

  private var markdownTrace: String {
    var text = "## Traceability\n\n"
    for kind in trace.missingKinds {
      text += "This tracker keeps no records of the kind \(MarkdownText.code(kind)).\n\n"
    }
    if trace.rows.isEmpty {
      text += "There are no decisions in this state.\n"
    } else {
      text += MarkdownText.table(
        ["Pain points", "Decision", "What came of it"],
        trace.rows.map { row in
          let decision =
            [markdownRecord(row.decision)]
            + (row.people + row.links + row.computed).map {
              "\(md($0.label)): \($0.values.map(md).joined(separator: ", "))"
            }
          return [
            row.painPoints.isEmpty
              ? "none" : row.painPoints.map(markdownRecord).joined(separator: "<br>"),
            decision.joined(separator: "<br>"),
            row.outcomes.isEmpty
              ? md(row.reprieve ?? "no retro looked at it")
              : row.outcomes.map(markdownOutcome).joined(separator: "<br>"),
          ]
        })
    }
    for list in gaps {
      text += "\n### \(list.title) (\(list.gaps.count))\n\n"
      for gap in list.gaps {
        text += "- \(markdownRecord(gap.record))"
        if !gap.without.isEmpty {
          text += "; only " + gap.without.map(markdownRecord).joined(separator: ", ")
        }
        text += "\n"
      }
      if list.gaps.isEmpty { text += "\(list.none)\n" }
    }
    return text + "\n\(Self.gapRule)\n"
  }

  private func markdownOutcome(_ outcome: AuditTrace.Outcome) -> String {
    let words = outcome.words.map {
      "\(md($0.label)): \($0.values.map(md).joined(separator: ", "))"
    }
    return ([markdownRecord(outcome.retro)] + words).joined(separator: "<br>")
  }

  private func markdownName(_ record: RecordMention) -> String {
    "\(MarkdownText.code(record.id.text)) \(md(record.title))"
  }

  private func markdownRecord(_ record: RecordMention) -> String {
    var notes = [record.state, record.date].compactMap { $0.map(md) }
    if let commit = record.lastCommit { notes.append(MarkdownText.code(commit.shortID)) }
    return markdownName(record) + (notes.isEmpty ? "" : " (\(notes.joined(separator: ", ")))")
  }

  private var markdownFoot: String {
    "---\n\nThis report is \(MarkdownText.code(command)): the same command gives the same bytes."
      + " \(MarkdownText.code("git show COMMIT")) shows the change behind a line.\n"
  }

  private func md(_ text: String) -> String { MarkdownText.escaped(text) }
}
