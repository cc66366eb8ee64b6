/// The lines of an attendance section; separates people from other lines.
struct AttendanceList {
  private enum Shape { case bullet, paragraph, table }

  private struct Candidate {
    var line: Int
    var shape: Shape
    var people: [AttendeeDraft]
  }

  private var candidates: [Candidate] = []

  mutating func add(_ source: String, line: Int) {
    let trimmed = source.trimmed
    if trimmed.hasPrefix("|") {
      let cells = trimmed.split(separator: "|").map(\.trimmed)
      let words = Set(cells.map { $0.lowercased() })
      guard words.isDisjoint(with: ["name", "member", "attendee", "who"]) else { return }
      guard let person = AttendeeLine.parse(cells.filter { !$0.isEmpty }.joined(separator: " - "))
      else { return }
      candidates.append(Candidate(line: line, shape: .table, people: [person]))
      return
    }
    let content = MarkdownLine.content(of: source)
    let hasBullet =
      MarkdownLine.bulletEnd(of: trimmed[...]) != nil
      // `*Ana Ruiz (@ana)`: the space after the bullet is missing.
      || (trimmed.hasPrefix("*") && !trimmed.dropFirst().contains("*"))
    let text =
      hasBullet && content.hasPrefix("*") && !content.hasPrefix("**")
      ? String(content.dropFirst()) : content
    guard !Self.isOrganisation(text) else { return }
    let names = hasBullet ? [text] : Self.split(text)
    let people = names.compactMap(AttendeeLine.parse)
    guard !people.isEmpty, people.count == names.count else { return }
    candidates.append(
      Candidate(line: line, shape: hasBullet ? .bullet : .paragraph, people: people))
  }

  /// Returns the people by line. If only bulleted lines or only paragraphs name handles, the others
  /// are not people.
  func people() -> [(line: Int, people: [AttendeeDraft])] {
    func hasHandle(_ shape: Shape) -> Bool {
      candidates.contains { $0.shape == shape && $0.people.contains { $0.handle != nil } }
    }
    let bullets = candidates.contains { $0.shape == .bullet }
    let bulletsOnly = bullets && !hasHandle(.paragraph)
    let paragraphsOnly = hasHandle(.paragraph) && !hasHandle(.bullet)
    return candidates.filter { candidate in
      switch candidate.shape {
      case .bullet: !paragraphsOnly
      case .paragraph: !bulletsOnly
      case .table: true
      }
    }.map { ($0.line, $0.people) }
  }

  /// Splits `Ana Ruiz, Bo Li (@bo, observer); Cy` at commas and semicolons outside parentheses.
  static func split(_ text: String) -> [String] {
    var names = [""]
    var depth = 0
    for character in text {
      if character == "(" { depth += 1 }
      if character == ")" { depth = max(0, depth - 1) }
      if depth == 0, character == "," || character == ";" {
        names.append("")
      } else {
        names[names.count - 1].append(character)
      }
    }
    return names.map(\.trimmed).filter { !$0.isEmpty }
  }

  /// Whether the text names an invited committee rather than a person.
  private static func isOrganisation(_ text: String) -> Bool {
    guard !text.contains("@") else { return false }
    let words = Set(text.lowercased().split(separator: " ").map(String.init))
    return words.count >= 2
      && !words.isDisjoint(with: [
        "foundation", "council", "committee", "board", "maintainers", "members", "team",
      ])
  }
}
