import Files
import Importers
import JSONText
import Records
import Store

/// What an import of minutes would write, compared with existing records.
struct MinutesPlan {
  private let tracker: Tracker
  private let minutesKind: Kind
  private let actionKind: Kind
  /// The tracker's roster, by handle.
  private let people: [AttendeeDraft]
  /// Imported records by source.
  private var known: [String: [Draft]] = [:]
  /// Imported records by the digest of their text: the same text is the same meeting.
  private var digests: Set<String> = []
  private var actions: [RecordID: [Draft]] = [:]
  private(set) var changed: [Draft] = []
  private(set) var notes: [String] = []
  private(set) var failed = false
  private var counts = (new: 0, updated: 0, same: 0, actions: 0, unparsed: 0)
  /// Whether no meeting was found at all.
  var isEmpty: Bool { counts.new + counts.updated + counts.same == 0 }

  init(_ tracker: Tracker) throws {
    self.tracker = tracker
    minutesKind = try tracker.kind(named: "minutes")
    actionKind = try tracker.kind(named: "action")
    people = tracker.definition.roster.people.values.sorted { $0.handle < $1.handle }.map {
      AttendeeDraft(name: $0.name, handle: $0.handle)
    }
    guard let head = try tracker.headCommit() else { return }
    let tree = try tracker.tree(of: head)
    for record in try tracker.records(at: head).records {
      guard let kind = tracker.catalog.kind(of: record.id),
        let item = try tracker.item(record.path, in: tree)
      else { continue }
      let value = record.value
      let draft = Draft(id: record.id, kind: kind, value: value, base: (record.path, item, value))
      if kind.name == minutesKind.name, let source = value["provenance"]?["source"]?.string {
        known[Self.key(source, value["heldOn"]?.string ?? ""), default: []].append(draft)
        if let digest = value["provenance"]?["sha256"]?.string { digests.insert(digest) }
      } else if kind.name == actionKind.name,
        let from = value["from"]?.string.flatMap({ RecordID($0) })
      {
        actions[from, default: []].append(draft)
      }
    }
  }

  private static func key(_ source: String, _ date: String) -> String { source + "\n" + date }

  mutating func add(_ file: String) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes =
        file == "-"
        ? try OpenFile.standardInput()
        : try FileSystem.contents(FileSystem.absolute(file, in: Invocation.current.directory))
    } catch {
      notes.append(
        file != "-" && error.isAbsent
          ? "docket: there is no file \(file)" : "docket: \(file) can't be read: \(error)")
      failed = true
      return
    }
    let read = MinutesMarkdown.parse(bytes, source: source(file), people: people)
    failed = failed || read.problems.contains(where: \.preventsImport)
    for problem in read.problems {
      notes.append(
        "\(file):\(problem.line):\(problem.column): \(problem.preventsImport ? "not imported" : "note"): \(problem.message)"
      )
    }
    if !read.unparsed.isEmpty {
      notes.append(
        "\(file):\(read.unparsed[0].line):1: note: \(Self.count(read.unparsed.count, "line")) outside any meeting, not imported"
      )
    }
    for meeting in read.meetings { add(meeting, file: file) }
  }

  private mutating func add(_ meeting: MeetingDraft, file: String) {
    if !meeting.unparsed.isEmpty {
      counts.unparsed += meeting.unparsed.count
      notes.append(
        "\(file):\(meeting.unparsed[0].line):1: note: \(Self.count(meeting.unparsed.count, "line")) not understood, kept in the record under \"unparsed\""
      )
    }
    let object = MinutesRecords.minutes(meeting)
    let key = Self.key(object["provenance"]?["source"]?.string ?? "", meeting.heldOn)
    let digest = object["provenance"]?["sha256"]?.string ?? ""
    guard digest.isEmpty || digests.insert(digest).inserted else {
      counts.same += 1
      return
    }
    var draft: Draft
    // Another body's meeting on the same day is another meeting; standard input has no name to
    // compare.
    let present = file == "-" ? nil : known[key]?.first { $0.value["body"] == object["body"] }
    if let present {
      draft = present
      if draft.kind.isClosed(draft.value) {
        notes.append(
          "\(file): note: \(draft.id) is approved and stays as it is; say what changed with: docket add \(draft.id) amendments text=…"
        )
        return
      }
      // What the text no longer contains is removed; what was added by hand stays.
      for name in ["title", "links", "present", "absent", "guests", "agenda", "unparsed"]
      where object[name] == nil { draft.value[name] = nil }
      for member in object.members {
        draft.value[member.key] = Self.keepingItems(of: draft.value[member.key], in: member.value)
      }
    } else {
      draft = tracker.draft(of: minutesKind)
      for member in object.members { draft.value[member.key] = member.value }
    }
    if let problem = tracker.firstError(in: draft) {
      notes.append(
        "\(file):\(meeting.provenance.firstLine):1: not imported: \(problem.message) (\(problem.pointer ?? ""))"
      )
      failed = true
      return
    }
    if present == nil { counts.new += 1 } else { counts.updated += 1 }
    changed.removeAll { $0.id == draft.id }
    known[key, default: []].removeAll { $0.id == draft.id }
    known[key, default: []].append(draft)
    changed.append(draft)
    for action in meeting.actions { add(action, of: meeting, minutes: draft.id) }
  }

  private mutating func add(_ action: ActionDraft, of meeting: MeetingDraft, minutes: RecordID) {
    let object = MinutesRecords.action(action, of: meeting)
    guard let title = object["title"] else { return }
    if actions[minutes]?.contains(where: { $0.value["title"] == title }) == true { return }
    var draft = tracker.draft(of: actionKind)
    for member in object.members { draft.value[member.key] = member.value }
    if let handle = owner(of: action) {
      draft.value["owner"] = .string(handle)
      draft.value["ownerName"] = nil
    }
    draft.value["from"] = .string(minutes.text)
    if let problem = tracker.firstError(in: draft) {
      notes.append(
        "\(meeting.provenance.source):\(action.line):1: action not imported: \(problem.message)")
      return
    }
    actions[minutes, default: []].append(draft)
    changed.append(draft)
    counts.actions += 1
  }

  /// Returns the handle of an action's owner as the roster has it, if it does.
  private func owner(of action: ActionDraft) -> String? {
    guard let handle = action.ownerHandle?.lowercased() else { return nil }
    return people.lazy.compactMap(\.handle).first { $0.lowercased() == handle }
  }

  /// Returns the new items with the ids of equal old ones, or of old ones with the same name.
  private static func keepingItems(of old: JSONValue?, in new: JSONValue) -> JSONValue {
    guard var rest = old?.array, let items = new.array else { return new }
    func take(_ matches: (JSONValue) -> Bool) -> JSONValue? {
      rest.firstIndex(where: matches).map { rest.remove(at: $0) }
    }
    return .array(
      items.map { item in
        guard case .object(var object) = item else { return item }
        let same = take { candidate in
          var bare = candidate
          bare["id"] = nil
          return bare == item
        }
        let named =
          same
          ?? take { candidate in
            ["title", "handle", "name"].contains { key in
              candidate[key] != nil && candidate[key] == item[key]
            }
          }
        if let id = named?["id"] { object.insert(key: "id", id) }
        return .object(object)
      })
  }

  /// Returns a source's name, the same wherever the command is run: relative to the repository's
  /// root, or its last three components.
  private func source(_ file: String) -> String {
    if file == "-" { return "standard input" }
    let inside = Invocation.current.path(file, in: tracker)
    let absolute = FileSystem.absolute(file, in: Invocation.current.directory)
    let isInside =
      inside != RepositoryPath(file)
      // Only a name hangs on it, and a source that can't be read has failed before.
      || (try? FileSystem.fileType(inside.systemPath(below: tracker.root ?? ""))) != nil
    let first = inside.components.first
    if isInside, inside.bytes.first != UInt8(ascii: "/"), first != ".." { return inside.text }
    return absolute.split(separator: "/").suffix(3).joined(separator: "/")
  }

  private static func count(_ count: Int, _ word: String) -> String {
    "\(count) \(word)\(count == 1 ? "" : "s")"
  }

  var summary: String {
    "\(Self.count(counts.new, "new meeting")), \(counts.updated) changed, \(counts.same) as before; "
      + "\(Self.count(counts.actions, "new action")); \(Self.count(counts.unparsed, "line")) kept that were not understood"
  }

  var message: String? {
    guard !changed.isEmpty else { return nil }
    let meetings = counts.new + counts.updated
    return "Import minutes of \(Self.count(meetings, "meeting"))"
  }
}
