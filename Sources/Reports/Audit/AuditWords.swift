import Files
import Records

/// Sentences shared by the formats that people read.
extension AuditReport {
  var heading: String { name.isEmpty ? "Audit report" : "Audit report: \(name)" }

  var shortRevision: String { String(revision.prefix(10)) }

  /// "2026-01-01 to 2026-09-30": days where the bounds are whole days, else seconds, UTC.
  var period: String {
    switch (since, until) {
    case (nil, nil): "all history up to this state"
    case (let since?, nil): "from \(Self.bound(since, isEnd: false))"
    case (nil, let until?): "up to \(Self.bound(until, isEnd: true))"
    case (let since?, let until?):
      "\(Self.bound(since, isEnd: false)) to \(Self.bound(until, isEnd: true))"
    }
  }

  private static func bound(_ seconds: Int64, isEnd: Bool) -> String {
    let day = CivilDate(secondsSinceEpoch: seconds)
    let edge = isEnd ? day.secondsSinceEpoch + 86_399 : day.secondsSinceEpoch
    return seconds == edge ? day.description : Instant.text(seconds)
  }

  /// The command that reproduces this report byte for byte.
  var command: String {
    var words = ["docket report audit --at \(revision)"]
    if let since { words.append("--since \(Instant.text(since))") }
    if let until { words.append("--until \(Instant.text(until))") }
    return words.joined(separator: " ")
  }

  /// What the report could not cover.
  var limits: [String] {
    var limits: [String] = []
    if isTruncated {
      limits.append(
        "This history is shallow: older commits are missing here, so the ledger and the counts of"
          + " changes and people may be incomplete. Run git fetch --unshallow and make the report again."
      )
    }
    limits += unreadable.map { file in
      let place = [file.line, file.column].compactMap { $0.map(String.init) }
      return
        "\(([file.path.text] + place).joined(separator: ":")) could not be read: \(file.message)"
    }
    limits += schemaProblems.map {
      "Records of one kind could not be checked, for its schema can't be used: \($0)"
    }
    return limits
  }

  /// The key figures at the top.
  var figures: [(label: String, number: Int, note: String)] {
    let severities = [Severity.error, .warning].compactMap { severity in
      let count = exceptions.count(severity)
      return count == 0 ? nil : (count: count, word: severity.rawValue)
    }
    // The figure is already the count if all are of one severity.
    let sorts =
      severities.count == 1
      ? severities.map { $0.word + ($0.count == 1 ? "" : "s") }
      : severities.map { Self.counted($0.count, $0.word) }
    let kindCount = kinds.count { $0.count > 0 }
    return [
      ("Records", recordCount, "of \(Self.counted(kindCount, "kind"))"),
      ("Changes", ledger.lines.count, "in the period"),
      ("People", ledger.people.count, "made them"),
      ("Commits", ledger.commitCount, "brought them"),
      (
        "Open exceptions", exceptions.openCount,
        sorts.isEmpty ? "nothing is out of order" : sorts.joined(separator: ", ")
      ),
    ]
  }

  /// Returns a count with its noun: "1 change", "2 changes".
  static func counted(_ count: Int, _ word: String) -> String {
    count == 1 ? "1 \(word)" : "\(count) \(word)s"
  }

  /// Returns the number of records in each state: "3 reported, 1 triaged".
  static func states(of kind: KindCount) -> String {
    let parts = kind.states.map { "\($0.count) \($0.state)" }
    let stateless = kind.stateless > 0 && !kind.states.isEmpty
    return (parts + (stateless ? ["\(kind.stateless) without a state"] : [])).joined(
      separator: ", ")
  }

  /// The three lists of traceability gaps, each with its text for when it is empty.
  var gaps: [(name: String, title: String, gaps: [AuditTrace.Gap], none: String)] {
    [
      (
        "painPointsWithoutDecision", "Pain points that no decision addresses",
        trace.painPointsWithoutDecision, "No pain point is left without a decision."
      ),
      (
        "decisionsWithoutPainPoint", "Decisions that address no pain point",
        trace.decisionsWithoutPainPoint, "Every decision addresses a pain point."
      ),
      (
        "decisionsWithoutRetro", "Decisions whose outcome no retro looked at",
        trace.decisionsWithoutRetro, "No decision waits for a retro."
      ),
    ]
  }

  static let gapRule =
    "Left out here: records that were turned away (rejected, declined, duplicate and the like); and"
    + " among decisions without a retro, those still in their first state."
}

extension AuditLedger.Line {
  /// The change of the line: "Pain point changed".
  var deed: String { "\(kindTitle) \(verb)" }
}
