/// One meeting as its minutes tell it, before it becomes a record.
///
/// A draft holds only what the text says. What was not understood stays in `unparsed`, so that no
/// line of the source is lost; nothing is guessed.
package struct MeetingDraft: Sendable, Equatable {
  /// The heading, without Markdown marks: `Platform advisory board 2026-03-04`.
  package var title: String
  /// The committee's name as the text gives it, or empty: `Platform advisory board`.
  package var body: String
  /// `YYYY-MM-DD`; always a day of the calendar.
  package var heldOn: String
  /// `advisory-board`, `sprint-review`, `office-hours` or `other`; only what the text supports.
  package var type: String
  package var links: [LinkDraft]
  package var present: [AttendeeDraft]
  package var absent: [AttendeeDraft]
  package var guests: [AttendeeDraft]
  package var agenda: [AgendaItemDraft]
  package var actions: [ActionDraft]
  /// Lines that no part above holds, in source order.
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

/// A link and its words. `url` is empty where the text only names an issue (`#12`).
package struct LinkDraft: Sendable, Hashable {
  package var label: String
  package var url: String

  package init(label: String, url: String) {
    self.label = label
    self.url = url
  }
}

/// Somebody named in an attendance list.
package struct AttendeeDraft: Sendable, Hashable {
  /// As written; empty where only a handle stands.
  package var name: String
  /// Without the `@`.
  package var handle: String?
  /// What else the line says: `voting`, `joined midway`.
  package var note: String?
  /// The letters that the notes use for this person, where the list gives them (`AR: Ana Ruiz`).
  package var initials: String?

  package init(
    name: String, handle: String? = nil, note: String? = nil, initials: String? = nil
  ) {
    self.name = name
    self.handle = handle
    self.note = note
    self.initials = initials
  }
}

/// One topic of a meeting.
package struct AgendaItemDraft: Sendable, Equatable {
  /// Without Markdown marks, and without the issue links at its end.
  package var title: String
  /// The heading that gathers several topics, often a repository: `acme/platform`.
  package var group: String?
  /// Links of the title, then those of a `Refs:` list.
  package var references: [LinkDraft]
  /// Source lines as they stand, without their common indentation; blank lines inside are kept.
  package var notes: [String]
  /// What the text calls a decision.
  package var decisions: [String]

  package init(
    title: String, group: String? = nil, references: [LinkDraft] = [], notes: [String] = [],
    decisions: [String] = []
  ) {
    self.title = title
    self.group = group
    self.references = references
    self.notes = notes
    self.decisions = decisions
  }
}

/// What somebody is to do, where the text calls it an action or puts a box before it.
package struct ActionDraft: Sendable, Equatable {
  package var title: String
  /// Known only where the text names somebody of the attendance list, or a handle.
  package var ownerName: String?
  /// Without the `@`.
  package var ownerHandle: String?
  /// `YYYY-MM-DD`.
  package var due: String?
  /// A ticked box.
  package var done: Bool
  /// The title of the agenda item it stood under.
  package var agenda: String?
  /// From 1, in the source.
  package var line: Int

  package init(
    title: String, ownerName: String? = nil, ownerHandle: String? = nil, due: String? = nil,
    done: Bool = false, agenda: String? = nil, line: Int = 0
  ) {
    self.title = title
    self.ownerName = ownerName
    self.ownerHandle = ownerHandle
    self.due = due
    self.done = done
    self.agenda = agenda
    self.line = line
  }
}

/// A source line that found no place in a draft.
package struct UnparsedLine: Sendable, Hashable {
  /// From 1, in the source.
  package var line: Int
  package var text: String

  package init(line: Int, text: String) {
    self.line = line
    self.text = text
  }
}

/// Where a draft comes from.
package struct ProvenanceDraft: Sendable, Hashable {
  /// As the caller named it, mostly a path.
  package var source: String
  /// From 1; both lines belong to the meeting.
  package var firstLine: Int
  package var lastLine: Int
  /// `sha256:` and 64 hexadecimal digits, over the meeting's lines, each ended by LF: it changes
  /// when the meeting's text does, and not with the file's line endings or other meetings.
  package var digest: String?

  package init(source: String, firstLine: Int, lastLine: Int, digest: String? = nil) {
    self.source = source
    self.firstLine = firstLine
    self.lastLine = lastLine
    self.digest = digest
  }
}
