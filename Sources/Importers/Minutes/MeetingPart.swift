/// A heading of a meeting and the content under it.
struct MeetingPart: Sendable {
  enum Role: Sendable, Equatable {
    /// Before the first section.
    case opening
    case links
    case people(SectionName.People)
    /// Directly under the agenda's heading.
    case agenda
    /// A heading that is a topic or a group of topics.
    case run
    /// A heading inside a topic or group.
    case sub
    case actions
    case aside
    case unparsed
  }

  var role: Role
  var headingLine: Int?
  var heading = ""
  var level = 0
  /// The content's lines, from 1; empty if `firstLine > lastLine`.
  var firstLine: Int
  var lastLine: Int
  var blocks: [MarkdownBlock] = []

  var lines: Range<Int> { firstLine..<max(firstLine, lastLine + 1) }
}
