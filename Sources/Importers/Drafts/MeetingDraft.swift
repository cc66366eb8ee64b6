/// One meeting as described by its minutes, before it becomes a record.
///
/// Contains only what the text says; nothing is guessed. Lines not understood are kept in
/// `unparsed`, so no line of the source is lost.
package struct MeetingDraft: Sendable, Equatable {
  /// The heading, without Markdown marks: `Platform advisory board 2026-03-04`.
  package var title: String
  /// The committee's name as written, or empty: `Platform advisory board`.
  package var body: String
  /// `YYYY-MM-DD`; always a valid calendar day.
  package var heldOn: String
  /// `advisory-board`, `sprint-review`, `office-hours` or `other`; only what the text supports.
  package var type: String
  package var links: [LinkDraft]
  package var present: [AttendeeDraft]
  package var absent: [AttendeeDraft]
  package var guests: [AttendeeDraft]
  package var agenda: [AgendaItemDraft]
  package var actions: [ActionDraft]
  /// Lines that none of the above contains, in source order.
  package var unparsed: [UnparsedLine]
  package var provenance: ProvenanceDraft

  package init(
    title: String, body: String = "", heldOn: String, type: String = "other",
    links: [LinkDraft] = [], present: [AttendeeDraft] = [], absent: [AttendeeDraft] = [],
    guests: [AttendeeDraft] = [], agenda: [AgendaItemDraft] = [], actions: [ActionDraft] = [],
    unparsed: [UnparsedLine] = [],
    provenance: ProvenanceDraft = ProvenanceDraft(source: "", firstLine: 1, lastLine: 1)
  ) {
    self.title = title
    self.body = body
    self.heldOn = heldOn
    self.type = type
    self.links = links
    self.present = present
    self.absent = absent
    self.guests = guests
    self.agenda = agenda
    self.actions = actions
    self.unparsed = unparsed
    self.provenance = provenance
  }
}

/// The source of a draft.
package struct ProvenanceDraft: Sendable, Hashable {
  /// The name given by the caller, usually a path.
  package var source: String
  /// From 1; both lines are part of the meeting.
  package var firstLine: Int
  package var lastLine: Int
  /// `sha256:` and 64 hexadecimal digits, over the meeting's lines, each ended by LF. It changes
  /// with the meeting's text, but not with the file's line endings or other meetings.
  package var digest: String?

  package init(source: String, firstLine: Int, lastLine: Int, digest: String? = nil) {
    self.source = source
    self.firstLine = firstLine
    self.lastLine = lastLine
    self.digest = digest
  }
}
