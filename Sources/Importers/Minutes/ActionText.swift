/// Parses and prints the text of an action: title, owner, due date.
enum ActionText {
  /// Parses `Ask for quotes (@ana, due 2026-04-01)` and freer spellings.
  ///
  /// Trailing parentheses that contain only owner and date are removed from the title; names in the
  /// running text are kept.
  static func parse(
    _ text: String, addressee: String? = nil, done: Bool, agenda: String?, line: Int,
    roster: AttendeeRoster
  ) -> ActionDraft {
    var action = ActionDraft(title: text.trimmed, done: done, agenda: agenda, line: line)
    var owner = roster.owner(atStartOf: action.title)
    if let addressee {
      if let person = roster.named(addressee) {
        owner = person
      } else {
        action.title = "\(addressee): \(action.title)"
      }
    }
    if let suffix = suffix(of: action.title, roster: roster) {
      action.title = suffix.title
      action.due = suffix.due
      owner = suffix.owner ?? owner
    } else if let due = due(in: action.title) {
      action.due = due
    }
    action.ownerName = owner.flatMap { $0.name.isEmpty ? nil : $0.name }
    action.ownerHandle = owner?.handle
    return action
  }

  /// Returns the text that `parse` reads back.
  static func print(_ action: ActionDraft) -> String {
    var parts: [String] = []
    switch (action.ownerName, action.ownerHandle) {
    case (_, let handle?): parts.append("@\(handle)")
    case (let name?, nil): parts.append("owner: \(name)")
    case (nil, nil): break
    }
    if let due = action.due { parts.append("due \(due)") }
    let suffix = parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
    return MarkdownLine.escape(action.title + suffix)
  }

  private static func suffix(
    of text: String, roster: AttendeeRoster
  ) -> (title: String, owner: AttendeeDraft?, due: String?)? {
    guard text.hasSuffix(")"), let open = text.lastIndex(of: "("), open > text.startIndex else {
      return nil
    }
    let inside = text[text.index(after: open)...].dropLast()
    var owner: AttendeeDraft?
    var due: String?
    for part in inside.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmed) {
      if part.hasPrefix("@"), !part.contains(" "), let range = AttendeeLine.handleRange(in: part),
        range.upperBound == part.endIndex
      {
        guard owner == nil else { return nil }
        owner = roster.person(handle: String(part.dropFirst()))
      } else if part.lowercased().hasPrefix("owner:") {
        let name = part.dropFirst("owner:".count).trimmed
        guard owner == nil, !name.isEmpty else { return nil }
        owner = roster.named(name) ?? AttendeeDraft(name: name)
      } else if let day = Self.due(in: part), part.lowercased().hasPrefix("due") {
        guard due == nil else { return nil }
        due = day
      } else if owner == nil, part.contains(" "), let person = roster.named(part) {
        // `(Jonas Brandt)`: a whole name, and nothing but it.
        owner = person
      } else {
        return nil
      }
    }
    let title = text[..<open].trimmed
    return title.isEmpty ? nil : (title, owner, due)
  }

  /// Returns the date directly after the word "due".
  private static func due(in text: String) -> String? {
    let characters = Array(text.lowercased())
    guard characters.count == text.count else { return nil }
    for mention in DateMention.find(in: text) {
      let before = String(characters[..<mention.range.lowerBound]).trimmed
      let bare = before.hasSuffix(":") ? String(before.dropLast()).trimmed : before
      if let day = mention.day,
        bare == "due" || [" due", "(due", " due by", " due on"].contains(where: bare.hasSuffix)
      {
        return day
      }
    }
    return nil
  }
}
