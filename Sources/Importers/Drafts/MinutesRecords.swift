package import JSONText

/// Converts drafts of meetings to records: one for the minutes, one for each action.
package enum MinutesRecords {
  /// Returns the members of a minutes record that the meeting's text provides.
  package static func minutes(_ meeting: MeetingDraft) -> JSONObject {
    var object = JSONObject()
    let body = meeting.body.isEmpty ? meeting.title : meeting.body
    object["title"] = text(meeting.title)
    object["type"] = .string(meeting.type)
    object["body"] = text(body) ?? text(meeting.provenance.source)
    object["heldOn"] = .string(meeting.heldOn)
    object["links"] = list(meeting.links.compactMap(link))
    object["present"] = list(meeting.present.compactMap(attendee))
    object["absent"] = list(meeting.absent.compactMap(attendee))
    object["guests"] = list(meeting.guests.compactMap(attendee))
    object["agenda"] = list(meeting.agenda.compactMap(agendaItem))
    object["unparsed"] = lines(meeting.unparsed.map(\.text))
    object["provenance"] = provenance(meeting)
    return object
  }

  /// Returns the members of an action record, without its link to the minutes.
  package static func action(_ action: ActionDraft, of meeting: MeetingDraft) -> JSONObject {
    var object = JSONObject()
    object["title"] = text(action.title)
    if action.done { object["status"] = "done" }
    object["ownerName"] =
      action.ownerHandle.flatMap { text("@" + $0) } ?? action.ownerName.flatMap(text)
    object["due"] = action.due.map { .string($0) }
    var origin = JSONObject()
    origin["format"] = "markdown-minutes"
    origin["source"] = text(meeting.provenance.source)
    origin["firstLine"] = .number(JSONNumber(action.line))
    origin["lastLine"] = .number(JSONNumber(action.line))
    object["provenance"] = .object(origin)
    return object
  }

  private static func provenance(_ meeting: MeetingDraft) -> JSONValue {
    var object = JSONObject()
    object["format"] = "markdown-minutes"
    object["source"] = text(meeting.provenance.source)
    object["firstLine"] = .number(JSONNumber(meeting.provenance.firstLine))
    object["lastLine"] = .number(JSONNumber(meeting.provenance.lastLine))
    if let digest = meeting.provenance.digest {
      object["sha256"] = .string(digest.hasPrefix("sha256:") ? String(digest.dropFirst(7)) : digest)
    }
    return .object(object)
  }

  private static func link(_ link: LinkDraft) -> JSONValue? {
    guard let label = text(link.label) ?? text(link.url) else { return nil }
    var object = JSONObject()
    object["label"] = label
    object["url"] = address(link.url)
    return .object(object)
  }

  private static func reference(_ link: LinkDraft) -> JSONValue? {
    var object = JSONObject()
    object["text"] = text(link.label)
    object["url"] = address(link.url)
    return object.isEmpty ? nil : .object(object)
  }

  /// Returns the address if it is valid in the schema (not empty, no white space), otherwise `nil`.
  private static func address(_ url: String) -> JSONValue? {
    url.isEmpty || url.contains(where: \.isWhitespace) ? nil : .string(url)
  }

  private static func attendee(_ person: AttendeeDraft) -> JSONValue? {
    var object = JSONObject()
    object["name"] = text(person.name)
    object["handle"] = person.handle.flatMap(text)
    guard !object.isEmpty else { return nil }
    object["initials"] = person.initials.flatMap(text)
    object["note"] = person.note.flatMap(text)
    return .object(object)
  }

  private static func agendaItem(_ item: AgendaItemDraft) -> JSONValue? {
    var object = JSONObject()
    guard
      let title = text(item.title) ?? item.references.first.flatMap({ text($0.label) })
        ?? item.notes.compactMap(text).first
    else { return nil }
    object["title"] = title
    object["group"] = item.group.flatMap(text)
    object["references"] = list(item.references.compactMap(reference))
    object["notes"] = lines(item.notes)
    object["decisions"] = list(item.decisions.compactMap(text))
    return .object(object)
  }

  /// Returns the text as one line, trimmed; `nil` if nothing is left.
  private static func text(_ text: String) -> JSONValue? {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.isEmpty ? nil : .string(line)
  }

  private static func list(_ items: [JSONValue]) -> JSONValue? {
    items.isEmpty ? nil : .array(items)
  }

  private static func lines(_ lines: [String]) -> JSONValue? {
    lines.isEmpty ? nil : .array(lines.map { .string($0) })
  }
}
