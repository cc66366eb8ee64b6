import Records
import Store

/// A migration in words: what happens to which record.
struct MigrationText {
  let tracker: Tracker
  let plan: MigrationPlan
  let removed: [MigrationStep]

  /// Prints it: as data in a dry run, as a remark otherwise.
  func show(isDry: Bool) {
    var lines: [String] = []
    for name in plan.schemas { lines.append("schema  \(Terminal.safe(name))") }
    for record in plan.records {
      let heading = record.kind.heading(of: record.before)
      lines.append("\(record.id)  \(Terminal.safe(ChangeWords.shortened(heading)))")
      for field in record.fields { lines.append("  " + Terminal.safe(words(field, record.kind))) }
    }
    let isOne = plan.records.count == 1
    let verb = isDry ? "would change" : isOne ? "changes" : "change"
    var counts = ["\(plan.records.count) record\(isOne ? "" : "s") \(verb)"]
    if plan.reordered > 0 {
      counts.append("\(plan.reordered) more only in the order of keys")
    }
    lines.append(counts.joined(separator: ", "))
    for line in lines { isDry ? Terminal.print(line) : Terminal.complain(line) }
  }

  private func words(_ field: FieldChange, _ kind: Kind) -> String {
    // What goes for good is shown whole.
    if field.after == nil, let before = field.before {
      return "\(field.key) removed (was \(before.plainText))"
    }
    return ChangeWords.sentence(field, view: kind.view)
  }
}
