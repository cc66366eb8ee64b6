import Records

/// History in words.
enum LogText {
  static func text(_ entry: LogEntry) -> String {
    let commit = entry.commit
    var lines = [
      Terminal.styled(commit.shortID, .yellow) + "  " + Instant.text(commit.committedAt) + "  "
        + Terminal.safe(commit.authorName) + "  "
        + Terminal.styled(Terminal.safe(commit.subject), .dim)
    ]
    for change in entry.changes { lines += ChangeText.lines(change) }
    return lines.joined(separator: "\n")
  }
}
