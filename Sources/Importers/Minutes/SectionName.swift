/// The section of minutes that a heading names.
enum SectionName: Sendable, Equatable {
  enum People: Sendable, Equatable { case present, absent, guests }

  case links
  case people(People)
  case agenda
  case actions
  /// About other meetings, or invitees: nothing here happened in this meeting.
  case aside
  /// docket's own section for lines that were not understood.
  case unparsed

  init?(_ heading: String) {
    var words = heading.lowercased()
    if let bracket = words.firstIndex(of: "(") { words = String(words[..<bracket]) }
    let name = words.filter { $0.isLetter || $0 == " " || $0 == "-" || $0 == "/" }.trimmed
    guard let found = Self.names[name] else { return nil }
    self = found
  }

  private static let names: [String: SectionName] = {
    let groups: [(SectionName, [String])] = [
      (.links, ["links", "link", "resources", "recording", "recordings"]),
      (
        .people(.present),
        [
          "present", "attendees", "attendance", "attending", "in attendance", "participants",
          "roll call", "members present", "who was there", "people present", "attended",
        ]
      ),
      (
        .people(.absent),
        ["absent", "apologies", "regrets", "excused", "members absent", "not present", "absentees"]
      ),
      (.people(.guests), ["guests", "guest", "observers", "visitors", "guests present"]),
      (
        .agenda,
        [
          "agenda", "agenda items", "minutes", "notes", "meeting notes", "discussion", "topics",
          "discussion topics", "agenda and notes", "agenda/notes", "agenda and minutes",
        ]
      ),
      (
        .actions,
        ["action items", "action item", "actions", "action points", "todo", "todos", "to do"]
      ),
      (
        .aside,
        [
          "upcoming meetings", "upcoming meeting", "next meeting", "next meetings",
          "joining the meeting", "invited", "invitees",
        ]
      ),
      (.unparsed, ["not understood"]),
    ]
    var names: [String: SectionName] = [:]
    for (section, words) in groups {
      for word in words { names[word] = section }
    }
    return names
  }()

  /// Whether the heading is a topic itself, whatever is listed under it.
  static func isTopic(_ heading: String) -> Bool {
    var name = heading.lowercased()
    if let bracket = name.firstIndex(of: "(") { name = String(name[..<bracket]).trimmed }
    return ["announcement", "announcements", "updates", "board", "other"].contains(name)
      || [" update", " updates", " announcements"].contains(where: name.hasSuffix)
      || ["q&a", "any other business", "next week"].contains(where: name.hasPrefix)
  }

  /// Whether the heading is a repository (`acme/platform`), under which issues are listed.
  static func isRepository(_ heading: String) -> Bool {
    let parts = heading.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 2
      && parts.allSatisfy { part in
        !part.isEmpty && part.allSatisfy { $0.isASCIIWord || "-.".contains($0) }
      }
  }
}
