import JSONText
import Records
import Store

/// A migration as text: what happens to which record.
struct MigrationText {
  let tracker: Tracker
  let plan: MigrationPlan
  let removed: [MigrationStep]

  /// Prints it: as data in a dry run, as notes otherwise.
  func show(isDry: Bool) {
    var lines: [String] = []
    for name in plan.schemas { lines.append("schema  \(Terminal.safe(name))") }
    let moved = Dictionary(grouping: plan.moved, by: \.owner)
    for record in plan.records {
      let heading = record.kind.heading(of: record.before)
      lines.append("\(record.id)  \(Terminal.safe(ChangeWords.shortened(heading)))")
      let moved = moved[record.id] ?? []
      for item in moved {
        lines.append(
          "  \(Terminal.safe("\(item.list).\(item.item)")) is \(item.id)\(item.isNew ? "" : " already")"
        )
      }
      for field in record.fields
      where !moved.contains(where: { $0.list == field.pointer.tokens[0] }) {
        lines.append("  " + Terminal.safe(words(field, record.kind)))
      }
    }
    let isOne = plan.records.count == 1
    let verb = isDry ? "would change" : isOne ? "changes" : "change"
    var counts = ["\(plan.records.count) record\(isOne ? "" : "s") \(verb)"]
    let new = plan.moved.count { $0.isNew }
    if new > 0 { counts.append("\(new) made of items") }
    if plan.reordered > 0 {
      counts.append("\(plan.reordered) more only in the order of keys")
    }
    lines.append(counts.joined(separator: ", "))
    for line in lines {
      isDry ? Terminal.print(lines: line) : Terminal.complain("\(prepared: line)")
    }
  }

  private func words(_ field: FieldChange, _ kind: Kind) -> String {
    // Values that are removed are shown whole.
    if field.after == nil, let before = field.before {
      return "\(field.key) removed (was \(before.plainText))"
    }
    return ChangeWords.sentence(field, view: kind.view)
  }
}
