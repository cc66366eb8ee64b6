import JSONText

/// Visits every value of a record along with the schema that describes it.
struct RecordWalk {
  let record: RecordFile
  let roster: Roster?
  private(set) var tally: FindingTally

  init(record: RecordFile, roster: Roster?, tally: FindingTally = FindingTally()) {
    self.record = record
    self.roster = roster
    self.tally = tally
  }

  /// - Parameter date: the day that the value is about, if known.
  mutating func visit(
    _ node: JSONNode, at pointer: JSONPointer, view: SchemaView?, on date: CivilDate?
  ) {
    switch node.kind {
    case .object:
      for (key, value) in node.members {
        let name = key.string ?? ""
        let inner = pointer.appending(name)
        let place = view?.property(name)
        if let view, !view.isOpen, place == nil {
          unknownKey(key, name, at: inner, known: view.propertyNames)
        }
        scan(key, at: inner)
        visit(value, at: inner, view: place, on: date)
      }
    case .array:
      let items = view?.items
      var ids: Set<String> = []
      for (index, element) in node.elements.enumerated() {
        if let key = view?.itemKey, let id = element[key], let text = id.string,
          !ids.insert(text).inserted
        {
          add(
            "record.duplicate-item", id, pointer.appending(index).appending(key),
            "another item of this list has the id \(text)",
            hint: "take the id out and docket gives the item another, or take one of the two out")
        }
        visit(
          element, at: pointer.appending(index), view: items,
          on: items.map { self.date(ofItem: element, $0, else: date) } ?? date)
      }
    case .string:
      scan(node, at: pointer)
      if view?.isPerson == true { mention(node, at: pointer, on: date) }
    default: break
    }
  }

  /// Returns the day of an item that can have its own, such as an amendment or an answer. If the
  /// schema has a date that the item lacks, the day is unknown.
  private func date(ofItem item: JSONNode, _ view: SchemaView, else date: CivilDate?) -> CivilDate?
  {
    guard !view.dateKeys.isEmpty else { return date }
    return view.dateKeys.lazy.compactMap { item[$0]?.string.flatMap { CivilDate($0) } }.first
  }

  private mutating func mention(_ node: JSONNode, at pointer: JSONPointer, on date: CivilDate?) {
    guard let roster, !roster.people.isEmpty, let handle = node.string else { return }
    guard let person = roster[handle] else {
      add(
        "person.unknown", node, pointer,
        "\"\(handle)\" is not on the roster"
          + Spelling.question(for: handle, among: roster.handles),
        hint: "add {\"handle\": \"\(handle)\", \"name\": \"…\"} to \(Roster.path)")
      return
    }
    if let date, !person.isThere(on: date) {
      add(
        "person.not-then", node, pointer,
        "\"\(handle)\" was not there on \(date): the roster has them \(person.span)",
        hint: "correct the date or the handle here, or \"from\" and \"to\" in \(Roster.path)")
    }
  }

  private mutating func unknownKey(
    _ node: JSONNode, _ name: String, at pointer: JSONPointer, known: [String]
  ) {
    if DerivedFact.isNamed(by: name) {
      let record = record
      add(
        "record.derived-fact", node, pointer,
        "\"\(name)\" is stored here, and can be derived: it would be wrong one day",
        hint: "docket edit \(record.id) \(FieldKey.text(for: pointer, in: record.root))-=")
      return
    }
    add(
      "record.unknown-key", node, pointer,
      "the schema doesn't know the key \"\(name)\""
        + Spelling.question(for: name, among: known),
      hint: "rename or remove it, or add it to the kind's schema")
  }

  /// Whether a value is no line of a text with other lines, which may well be an ellipsis.
  private func isAlone(_ pointer: JSONPointer) -> Bool {
    guard let parent = pointer.parent, let list = record.root.node(at: parent), list.isArray else {
      return true
    }
    return list.count == 1
  }

  private mutating func scan(_ node: JSONNode, at pointer: JSONPointer) {
    guard let text = node.string else { return }
    if TextScan.isPlaceholder(text), isAlone(pointer) {
      let record = record
      add(
        "record.placeholder", node, pointer, "\"…\" stands for something to fill in",
        hint: "docket edit \(record.id) \(FieldKey.text(for: pointer, in: record.root))=…"
      )
    }
    for suspect in TextScan.suspects(in: text) {
      switch suspect {
      case .control(let name):
        add(
          "text.control-character", node, pointer,
          "the text holds the invisible character \(name)", hint: "take it out")
      case .emailAddress:
        add(
          "text.email-address", node, pointer, "the text holds an e-mail address",
          hint: "name the person by handle, role or pseudonym")
      case .secret:
        add(
          "text.secret", node, pointer, "the text looks like a password or token",
          hint: "take it out and revoke it: history keeps what was committed")
      }
    }
  }

  /// - Parameters:
  ///   - message: made only if the finding is kept.
  private mutating func add(
    _ rule: String, _ node: JSONNode, _ pointer: JSONPointer,
    _ message: @autoclosure () -> String, hint: @autoclosure () -> String
  ) {
    tally.add(rule, RuleBook.severity(of: rule)) {
      let position = node.position
      return RuleBook.finding(
        rule, path: record.path, line: position.line, column: position.column,
        pointer: pointer.description, message(), hint: hint())
    }
  }
}
