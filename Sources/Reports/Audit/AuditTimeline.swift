import Records

private typealias Tag = HTML.Tag

/// The ledger of the HTML form: months, days, and the lines of each day.
extension AuditReport {
  @HTMLBuilder var ledgerHTML: [HTML] {
    if ledger.lines.isEmpty {
      Tag.p { "No record changed in the period." }
    } else {
      Tag.p(.class("intro")) {
        "Each change of a record, oldest first. Times are UTC; every line names its commit and can"
          + " be linked to."
      }
    }
    let firsts = firstAnchors
    for month in runs(of: ledger.lines, by: { Instant.text($0.broughtAt).prefix(7) }) {
      Tag.section(.class("month")) {
        Tag.h3 { month.first.map { ReportTime.month($0.broughtAt) } ?? "" }
        for day in runs(of: Array(month), by: { Instant.text($0.broughtAt).prefix(10) }) {
          Tag.div(.class("day")) {
            Tag.h4 { day.first.map { ReportTime.day($0.broughtAt) } ?? .text("") }
            Tag.ol {
              for line in day { self.line(line, isFirst: firsts.contains(line.anchor)) }
            }
          }
        }
      }
    }
  }

  private func line(_ line: AuditLedger.Line, isFirst: Bool) -> HTML {
    Tag.li(.id(line.anchor)) {
      Tag.p {
        Tag.span(.class("deed")) { line.deed }
        " "
        Tag.span(.class("record")) {
          if !line.title.isEmpty {
            Tag.bdi { line.title }
            " "
          }
          Tag.code { line.change.id.text }
        }
      }
      Tag.ul(.class("words")) {
        for sentence in line.words { Tag.li { Tag.bdi { sentence } } }
      }
      Tag.p(.class("meta")) {
        ReportTime.clock(line.broughtAt)
        " · "
        Tag.bdi { line.commit.authorName }
        " · commit "
        if isFirst {
          Tag.a(.id(line.commit.id), .to(line.anchor)) { Tag.code { line.commit.shortID } }
        } else {
          Tag.a(.to(line.anchor)) { Tag.code { line.commit.shortID } }
        }
        " "
        Tag.bdi { line.commit.subject }
        if CivilDate(secondsSinceEpoch: line.commit.committedAt)
          != CivilDate(secondsSinceEpoch: line.broughtAt)
        {
          " · committed "
          ReportTime.minute(line.commit.committedAt)
        }
      }
    }
  }

  /// The anchors of each commit's first line, which also has the commit's id as an anchor.
  private var firstAnchors: Set<String> {
    var seen: Set<String> = []
    return Set(ledger.lines.filter { seen.insert($0.commit.id).inserted }.map(\.anchor))
  }

  private func runs<Key: Equatable>(
    of lines: [AuditLedger.Line], by key: (AuditLedger.Line) -> Key
  ) -> [ArraySlice<AuditLedger.Line>] {
    var runs: [ArraySlice<AuditLedger.Line>] = []
    var start = lines.startIndex
    for place in lines.indices.dropFirst() where key(lines[place]) != key(lines[start]) {
      runs.append(lines[start..<place])
      start = place
    }
    if start < lines.endIndex { runs.append(lines[start...]) }
    return runs
  }
}

/// Formats points in time for the HTML form, in UTC and English.
enum ReportTime {
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]

  /// "March 2026".
  static func month(_ seconds: Int64) -> String {
    let date = CivilDate(secondsSinceEpoch: seconds)
    return "\(months[date.month - 1]) \(date.year)"
  }

  /// "Wed 4".
  static func day(_ seconds: Int64) -> HTML {
    let date = CivilDate(secondsSinceEpoch: seconds)
    // 1970-01-01 was a Thursday.
    let weekday = weekdays[((date.daysSinceEpoch % 7) + 7) % 7]
    return Tag.time(.datetime(date.description)) { "\(weekday) \(date.day)" }
  }

  /// "2026-03-04 09:30".
  static func minute(_ seconds: Int64) -> HTML {
    let text = Instant.text(seconds)
    return Tag.time(.datetime(text)) { "\(text.prefix(10)) \(text.dropFirst(11).prefix(5))" }
  }

  /// "09:30".
  static func clock(_ seconds: Int64) -> HTML {
    let text = Instant.text(seconds)
    return Tag.time(.datetime(text)) { String(text.dropFirst(11).prefix(5)) }
  }
}
