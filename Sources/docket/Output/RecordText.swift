import Files
import JSONText
import Records
import Store

/// A record as a page for people: labelled fields, and its links both ways.
struct RecordText {
  private let catalog: KindCatalog
  private let headings: [RecordID: String]
  private let records: [RecordID: RecordFile]
  private let graph: LinkGraph
  private let rankPositions: [RankPositions]
  private let identities: IdentityMap?

  init(
    catalog: KindCatalog, state: RecordState, rankPositions: [RankPositions] = [],
    identities: IdentityMap? = nil
  ) {
    self.catalog = catalog
    self.rankPositions = rankPositions
    self.identities = identities
    var headings: [RecordID: String] = [:]
    var graph = LinkGraph()
    for record in state.records {
      guard let kind = catalog.kind(of: record.id) else { continue }
      headings[record.id] = kind.caption(of: record.value)
      graph.add(record, kind: kind)
    }
    self.headings = headings
    records = Dictionary(
      state.records.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.graph = graph
  }

  func page(_ record: RecordFile) -> String {
    guard let kind = catalog.kind(of: record.id) else {
      return String(
        decoding: JSONPrinter.printable(record.value), as: UTF8.self)
    }
    let value = record.value
    var lines: [String] = []
    let heading = Terminal.styled(Terminal.safe(kind.heading(of: value)), .bold)
    lines.append(
      Terminal.styled(record.id.text, .cyan) + (kind.titleKey == nil ? "" : "  " + heading))
    let about = [kind.title.lowercased(), kind.state(of: value)].compactMap { $0 }
    lines.append(Terminal.styled(Terminal.safe(about.joined(separator: ", ")), .dim))
    let hidden =
      Kind.identityKeys + [kind.titleKey, kind.workflow?.property].compactMap { $0 }
    let members = ordered(value, kind.view).filter { !hidden.contains($0.key) }
    if !members.isEmpty { lines.append("") }
    let labels = members.map { Terminal.safe(kind.view.property($0.key)?.title ?? $0.key) }
    let width = min(24, labels.map(Terminal.columns).max() ?? 0)
    for (member, label) in zip(members, labels) {
      lines += field(label, member.value, kind.view.property(member.key), width: width)
    }
    let collections = catalog.collections(of: kind)
    for collection in collections { lines += section(collection, of: record, width: width) }
    let computed = computed(record, kind)
    if !computed.isEmpty { lines += [""] + computed }
    let backlinks = (graph.to[record.id] ?? []).filter { edge in
      !collections.contains {
        $0.relation.name == edge.relation && $0.kind.prefix == edge.source.prefix
      }
    }.sorted {
      ($0.relation, $0.source.text) < ($1.relation, $1.source.text)
    }
    if !backlinks.isEmpty { lines.append("") }
    for edge in backlinks {
      let relation = catalog.kind(of: edge.source)?.relation(edge.relation)
      let line = "\(relation?.inverse ?? edge.relation) \(named(edge.source.text))"
      // A record may link to another from several fields; it is listed once.
      if lines.last != line { lines.append(line) }
    }
    lines.append("")
    lines.append(Terminal.styled(Terminal.safe(record.path.text), .dim))
    return lines.joined(separator: "\n") + "\n"
  }

  /// Returns a collection as a list of its records, each on a line or as a block; nothing if it is
  /// empty.
  private func section(_ collection: ResolvedCollection, of record: RecordFile, width: Int)
    -> [String]
  {
    var seen: Set<RecordID> = []
    let members = (graph.to[record.id] ?? []).filter {
      $0.relation == collection.relation.name && $0.source.prefix == collection.kind.prefix
        && seen.insert($0.source).inserted
    }.compactMap { records[$0.source] }.sorted {
      let (one, two) = (collection.kind.day(of: $0.root), collection.kind.day(of: $1.root))
      return one == two ? $0.id < $1.id : CivilDate.isBefore(one, two)
    }
    guard !members.isEmpty else { return [] }
    let list = catalog.kind(of: record.id)?.view.property(collection.collection.name)
    let title = list?.title ?? collection.collection.name
    let aside = members.filter { !collection.counts($0) }
    let states = Set(aside.compactMap { collection.kind.state(of: $0.root) }).sorted()
    let count =
      "\(members.count - aside.count)"
      + (aside.isEmpty ? "" : ", \(aside.count) \(states.joined(separator: " or "))")
    let heading = Terminal.styled(Terminal.safe("\(title) (\(count))"), .dim)
    return ["", heading] + members.flatMap { member(of: collection, $0) }
  }

  private func member(of collection: ResolvedCollection, _ record: RecordFile) -> [String] {
    let kind = collection.kind
    var shown = JSONObject()
    // The id is the mark of the line, the link is why it is here.
    shown["id"] = .string(record.id.text)
    let hidden = Kind.identityKeys + [collection.relation.name, kind.workflow?.property ?? ""]
    for member in ordered(record.value, kind.view) where !hidden.contains(member.key) {
      if kind.view.property(member.key)?.isHidden != true || kind.isClosed(record.root) {
        shown[member.key] = member.value
      }
    }
    if kind.isClosed(record.root), let state = kind.workflow.flatMap({ record.value[$0.property] })
    {
      shown[kind.workflow?.property ?? ""] = state
    }
    return item(.object(shown), kind.view, indent: "  ")
  }

  /// Returns what is computed: scores, and the rank by evidence.
  private func computed(_ record: RecordFile, _ kind: Kind) -> [String] {
    var lines = kind.scores(of: record.value).map(\.sentence)
    for ranked in rankPositions {
      if let own = ranked.own, own.head == record.id {
        lines.append(
          "ranked \(own.place.words) \(ranked.kind.noun(own.place.of)), with "
            + "\(RankText.points(own.tenths)) points" + RankText.closed(own))
      }
      for answered in ranked.answered {
        lines.append(
          "\(answered.head) is ranked \(answered.place.words) \(ranked.kind.noun(answered.place.of))"
            + RankText.closed(answered))
      }
    }
    return lines.map { Terminal.styled("computed", .dim) + "  " + Terminal.safe($0) }
  }

  private func ordered(_ value: JSONValue, _ view: SchemaView?) -> [JSONMember] {
    let members = value.object?.members ?? []
    return members.enumerated().sorted { left, right in
      let a = view?.rank(of: left.element.key) ?? .max
      let b = view?.rank(of: right.element.key) ?? .max
      return a == b ? left.offset < right.offset : a < b
    }.map(\.element)
  }

  private func field(_ label: String, _ value: JSONValue, _ view: SchemaView?, width: Int)
    -> [String]
  {
    let name = Terminal.styled(Terminal.padded(label, to: width), .dim)
    if let text = oneLine(value, view),
      Terminal.columns(text) + width + 2 <= max(Terminal.width, 60)
    {
      return [name + "  " + text]
    }
    return [name.trimmed] + block(value, view, indent: "  ")
  }

  /// Returns the value on one line, or `nil` if it is too long.
  private func oneLine(_ value: JSONValue, _ view: SchemaView?) -> String? {
    switch value {
    case .object: return nil
    case .array(let items):
      if items.isEmpty { return "–" }
      if view?.isText == true { return items.count == 1 ? Terminal.safe(items[0].plainText) : nil }
      if items.contains(where: { $0.object != nil || $0.array != nil }) { return nil }
      let texts = items.map { named($0.plainText, view?.items) }
      return texts.contains { $0.count > 40 } && texts.count > 1
        ? nil : texts.joined(separator: ", ")
    default: return named(value.plainText, view)
    }
  }

  private func block(_ value: JSONValue, _ view: SchemaView?, indent: String) -> [String] {
    switch value {
    case .object:
      return ordered(value, view).filter { $0.key != "id" }.flatMap { member -> [String] in
        let label = Terminal.safe(view?.property(member.key)?.title ?? member.key)
        if let text = oneLine(member.value, view?.property(member.key)) {
          return wrapped("\(label): \(text)", indent)
        }
        return [indent + label + ":"]
          + block(member.value, view?.property(member.key), indent: indent + "  ")
      }
    case .array(let items):
      if view?.isText == true {
        return items.flatMap { wrapped(Terminal.safe($0.plainText), indent) }
      }
      return items.flatMap { self.item($0, view?.items, indent: indent) }
    default: return wrapped(named(value.plainText, view), indent)
    }
  }

  /// Returns a list's item: its id, then its first value without a label, on one line with the
  /// others if all are short.
  private func item(_ item: JSONValue, _ view: SchemaView?, indent: String) -> [String] {
    let id = item["id"]?.string
    let mark = id.map { Terminal.styled(Terminal.safe($0), .dim) } ?? "•"
    let inner = indent + String(repeating: " ", count: (id?.count ?? 1) + 2)
    guard item.object != nil else {
      var lines = wrapped(named(item.plainText, view), inner)
      lines[0] = indent + mark + "  " + lines[0].dropFirst(inner.count)
      return lines
    }
    let members = ordered(item, view).filter { $0.key != "id" }
    let texts = members.map { oneLine($0.value, view?.property($0.key)) }
    let joined = texts.compactMap { $0 }.joined(separator: " · ")
    var lines: [String]
    if members.count <= 4, !texts.contains(nil), Terminal.columns(joined) < 70 {
      lines = [inner + joined]
    } else if let text = texts.first ?? nil,
      members.first?.key == view?.propertyNames.first(where: { $0 != "id" })
        || members.first.flatMap({ view?.property($0.key) })?.isText == true
    {
      var rest = JSONObject()
      for member in members.dropFirst() { rest[member.key] = member.value }
      lines = wrapped(text, inner)
      if !rest.isEmpty { lines += block(.object(rest), view, indent: inner) }
    } else {
      lines = block(item, view, indent: inner)
    }
    guard let first = lines.first else { return [] }
    lines[0] = indent + mark + "  " + first.dropFirst(inner.count)
    return lines
  }

  private func wrapped(_ text: String, _ indent: String) -> [String] {
    let room = max(20, min(Terminal.width, 100) - indent.count)
    var lines: [String] = []
    var line = ""
    // Words for people: nothing is decided or escaped by it.
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if !line.isEmpty, Terminal.columns(line) + Terminal.columns(String(word)) + 1 > room {
        lines.append(indent + line)
        line = String(word)
      } else {
        line = line.isEmpty ? String(word) : line + " " + word
      }
    }
    return lines + [line.isEmpty ? "" : indent + line]
  }

  /// Returns an id with its record's heading, or a pseudonym with the person's name.
  private func named(_ text: String, _ view: SchemaView? = nil) -> String {
    if view?.isPseudonym == true, let who = identities?[text] {
      return Terminal.safe(text) + Terminal.styled(Terminal.safe(" (\(who))"), .yellow)
    }
    guard let id = RecordID(text), let heading = headings[id], !heading.isEmpty else {
      return Terminal.safe(text)
    }
    return Terminal.styled(text, .cyan) + " " + Terminal.safe(heading)
  }
}
