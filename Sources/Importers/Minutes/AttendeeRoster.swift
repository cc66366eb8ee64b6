/// The people of one meeting, looked up by the short names that notes use.
struct AttendeeRoster: Sendable {
  private var people: [AttendeeDraft]
  /// Who is known besides: the tracker's roster.
  private var others: [AttendeeDraft]

  /// Somebody on the attendance list without a handle has that of the only other person of that name.
  init(_ people: [AttendeeDraft], others: [AttendeeDraft] = []) {
    self.others = others
    self.people = people.map { person in
      guard person.handle == nil, !person.name.isEmpty else { return person }
      let same = others.filter { $0.name.lowercased() == person.name.lowercased() }
      var known = person
      if same.count == 1 { known.handle = same[0].handle }
      return known
    }
  }

  /// Returns the person whom the start of `text` makes responsible: `Ana to …`, `AR will …`,
  /// `@ana: …`.
  func owner(atStartOf text: String) -> AttendeeDraft? {
    if text.hasPrefix("@"), let handle = AttendeeLine.handleRange(in: text) {
      return person(handle: String(text[handle].dropFirst()))
    }
    let words = text.split(separator: " ", omittingEmptySubsequences: true)
    for count in [3, 2, 1] where words.count > count {
      var name = words[..<count].joined(separator: " ")
      let next = words[count].lowercased()
      let isNamed = name.hasSuffix(":")
      if isNamed { name.removeLast() }
      let isTask = ["to", "will", "-", "–", "—"].contains(next)
      if isNamed || isTask, let person = named(name) {
        return person
      }
    }
    return nil
  }

  /// Returns the only person with this name, first name, initials or handle; nil if there is none
  /// or more than one. Of those who aren't on the attendance list only the whole name and the handle
  /// count: first names, initials and short forms of strangers would be guesses.
  func named(_ name: String) -> AttendeeDraft? {
    let name = name.trimmed
    guard !name.isEmpty else { return nil }
    if name.hasPrefix("@") { return person(handle: String(name.dropFirst())) }
    let wanted = name.lowercased()
    let ways: [(AttendeeDraft) -> Bool] = [
      { $0.name.lowercased() == wanted },
      { $0.initials == name },
      { $0.handle?.lowercased() == wanted },
      { $0.name.split(separator: " ").first?.lowercased() == wanted },
      { Self.initials(of: $0.name) == name },
      { Self.shortForm(of: $0.name) == wanted },
    ]
    for way in ways {
      let found = people.filter(way).uniqued()
      if found.count == 1 { return found[0] }
      if found.count > 1 { return nil }
    }
    for way in [ways[0], ways[2]] {
      let found = others.filter(way).uniqued()
      if found.count == 1 { return found[0] }
      if found.count > 1 { return nil }
    }
    return nil
  }

  /// Returns the person with this handle, whether the name is known or not.
  func person(handle: String) -> AttendeeDraft {
    (people + others).first { $0.handle?.lowercased() == handle.lowercased() }
      ?? AttendeeDraft(name: "", handle: handle)
  }

  private static func initials(of name: String) -> String {
    let words = name.split(separator: " ")
    return words.count < 2 ? "" : String(words.compactMap(\.first)).uppercased()
  }

  /// Returns a short form such as `aruiz` for Ana Ruiz.
  private static func shortForm(of name: String) -> String {
    let words = name.lowercased().split(separator: " ")
    guard words.count > 1, let first = words.first?.first, let last = words.last else { return "" }
    return String(first) + last
  }
}
