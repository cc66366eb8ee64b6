import Files
import JSONText
import Records

extension AuditReport {
  /// The ledger as a table: a header, then one row for each changed field, oldest first.
  package var csv: String {
    var table = CSVText()
    table.add([
      "commit", "brought_at", "committed_at", "authored_at", "author", "email", "subject", "record",
      "kind", "title", "path", "change", "field", "before", "after", "words",
    ])
    for line in ledger.lines {
      let start = [
        line.commit.id, Instant.text(line.broughtAt), Instant.text(line.commit.committedAt),
        Instant.text(line.commit.authoredAt), line.commit.authorName, line.commit.authorEmail,
        line.commit.subject, line.change.id.text, line.change.kind?.name ?? "", line.title,
        line.change.path.text, line.verb,
      ]
      if line.change.fields.isEmpty {
        table.add(start + ["", "", "", line.words.joined(separator: "; ")])
      }
      for field in line.change.fields {
        table.add(
          start + [
            field.key, field.before?.plainText ?? "", field.after?.plainText ?? "",
            FieldSentences(of: line.change.kind).sentences(field).joined(separator: "; "),
          ])
      }
    }
    return table.text
  }
}
