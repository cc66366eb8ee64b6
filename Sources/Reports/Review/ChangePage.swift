import Files
package import Records

/// Changes to records as Markdown for forges, with a section for each record, bounded in size.
///
/// Forges refuse comments beyond 65,536 characters; what doesn't fit is counted, not silently lost.
package struct ChangePage: Sendable {
  package let changes: [RecordChange]
  package let effects: [RecordID: ChangeEffects]
  /// The headings of linked records.
  package let headings: [RecordID: String]

  package init(
    _ changes: [RecordChange], effects: [RecordID: ChangeEffects] = [:],
    headings: [RecordID: String] = [:]
  ) {
    self.changes = changes
    self.effects = effects
    self.headings = headings
  }

  static let longestPage = 50_000
  private static let mostSentences = 20

  /// The number of changes by deed, in the order of deeds: "1 added, 2 changed".
  package var summary: String {
    let parts = RecordChange.Deed.allCases.compactMap { deed -> String? in
      let count = changes.count { $0.deed == deed }
      return count == 0 ? nil : "\(count) \(deed)"
    }
    return parts.isEmpty ? "nothing changed" : parts.joined(separator: ", ")
  }

  /// Returns the changes in the order of deeds, and within each by path.
  package static func sorted(_ changes: [RecordChange]) -> [RecordChange] {
    RecordChange.Deed.allCases.flatMap { deed in
      changes.filter { $0.deed == deed }.sorted { $0.path < $1.path }
    }
  }

  /// Returns the sections, as many as fit.
  ///
  /// - Parameter notes: finished Markdown for a record, such as list items.
  package func sections(room: Int = longestPage, notes: [RecordID: [String]] = [:]) -> String {
    var text = ""
    let sorted = Self.sorted(changes)
    for (index, change) in sorted.enumerated() {
      let section = self.section(change, notes: notes[change.id] ?? [])
      if text.utf8.count + section.utf8.count > room {
        let rest = sorted.count - index
        return text + "… and \(rest) more record\(rest == 1 ? "" : "s").\n"
      }
      text += section
    }
    return text
  }

  private func section(_ change: RecordChange, notes: [String]) -> String {
    let kind = change.kind?.title ?? change.id.prefix
    let heading = ChangeWords.shortened(change.heading, to: 120)
    var text = "### \(MarkdownText.escaped(kind)) \(MarkdownText.code(change.id.text))"
    if !heading.isEmpty { text += ": \(MarkdownText.escaped(heading))" }
    text += "\n\n" + sentence(change) + "\n\n"
    if !notes.isEmpty { text += Self.list(notes) + "\n" }
    let lines = sentences(change)
    if !lines.isEmpty { text += Self.list(lines.map(MarkdownText.escaped)) + "\n" }
    return text
  }

  private static func list(_ items: [String]) -> String {
    let rest = items.count - mostSentences
    return items.prefix(mostSentences).map { "- \($0)\n" }.joined()
      + (rest > 0 ? "- … and \(rest) more\n" : "")
  }

  /// Returns a summary: "Goes from open to done and is closed. Now addresses `PP-…` Title."
  private func sentence(_ change: RecordChange) -> String {
    var sentences: [String] = []
    let effects = effects[change.id]
    let old = change.before.flatMap { change.kind?.state(of: $0) }
    let new = change.after.flatMap { change.kind?.state(of: $0) }
    switch change.deed {
    case .added:
      sentences.append("Added" + (new.map { ", \(MarkdownText.escaped($0))" } ?? "") + ".")
    case .deleted: sentences.append("**Deleted**.")
    case .moved:
      sentences.append("Its file moved from \(MarkdownText.code(change.from?.text ?? "")).")
    case .closed, .reopened, .changed:
      if let old, let new, old != new {
        sentences.append(
          "Goes from \(MarkdownText.escaped(old)) to **\(MarkdownText.escaped(new))**"
            + (change.deed == .closed ? " and is closed" : "")
            + (change.deed == .reopened ? " and is open again" : "") + ".")
      } else if change.fields.isEmpty, change.problem == nil {
        sentences.append("Only its form changed, no value.")
      } else {
        sentences.append("Changed.")
      }
      if let from = change.from {
        sentences.append("Its file was \(MarkdownText.code(from.text)).")
      }
    }
    if let problem = change.problem { sentences.append(problem.capitalizedFirst + ".") }
    if let effects, effects.freezes {
      let places = effects.frozenPlaces.map { MarkdownText.escaped($0) }
      sentences.append(
        places.isEmpty
          ? "From here on it is frozen."
          : "From here on \(places.joined(separator: " and ")) can't change.")
    }
    if effects?.thaws == true { sentences.append("It can be changed again.") }
    sentences += links(effects?.linked ?? [], "Now")
    sentences += links(effects?.unlinked ?? [], "No longer")
    return sentences.joined(separator: " ")
  }

  /// Returns sentences on links: "Now addresses `PP-…` Title, `PP-…` Title."
  private func links(_ links: [ChangeEffects.LinkEffect], _ start: String) -> [String] {
    var labels: [String] = []
    for link in links where !labels.contains(link.label) { labels.append(link.label) }
    return labels.map { label in
      let targets = links.filter { $0.label == label }
      let rest = targets.count - 5
      let shown = targets.prefix(5).map { link in
        let heading =
          headings[link.target].map { $0.isEmpty ? "" : " “\(ChangeWords.shortened($0))”" } ?? ""
        return MarkdownText.code(link.target.text) + MarkdownText.escaped(heading)
      }
      return "\(start) \(MarkdownText.escaped(label)) " + shown.joined(separator: ", ")
        + (rest > 0 ? " and \(rest) more" : "") + "."
    }
  }

  /// Returns sentences on the fields that the heading and the summary don't cover.
  private func sentences(_ change: RecordChange) -> [String] {
    if change.deed == .deleted { return [] }
    var said = ["$schema", "id"]
    if let property = change.kind?.workflow?.property { said.append(property) }
    if change.deed == .added, let title = change.kind?.titleKey { said.append(title) }
    let words = FieldSentences(of: change.kind)
    return change.fields.filter { !said.contains($0.key) }.flatMap(words.sentences)
  }
}
