import JSONSchema
package import JSONText

/// What one record's file says about itself, without looking at any other.
package struct RecordCheck: Sendable {
  package let judge: KindJudge
  package let folder: String
  private let remedy: Remedy

  /// Where the judged text stands, which decides how it is mended.
  package enum Remedy: Sendable {
    /// Committed: `docket edit` changes it.
    case edit
    /// In a file that somebody is changing by hand.
    case file
    /// In values on a command line; nothing is written yet.
    case values
    /// Committed, and right until its schema changed.
    case migration
  }

  package init(judge: KindJudge, folder: String, remedy: Remedy) {
    self.judge = judge
    self.folder = folder
    self.remedy = remedy
  }

  /// All findings, in no particular order.
  ///
  /// - Parameter judgesForm: whether the file was touched by the change, so that its form counts.
  package func findings(in record: RecordFile, judgesForm: Bool, roster: Roster?) -> [Finding] {
    var findings = identity(of: record)
    findings += schemaFindings(in: record)
    var walk = RecordWalk(record: record, roster: roster)
    walk.visit(record.root, at: .root, view: judge.kind.view)
    findings += walk.findings
    if judgesForm {
      findings += form(of: record)
    }
    findings += ruleFindings(in: record)
    return findings
  }

  /// The canonical text of a record of this kind.
  package func canonical(_ value: JSONValue) -> [UInt8] {
    JSONPrinter.canonical(value, order: judge.kind.view)
  }

  private func identity(of record: RecordFile) -> [Finding] {
    var findings: [Finding] = []
    func found(_ node: JSONNode, _ pointer: String, _ message: String, _ hint: String) {
      let position = node.position
      findings.append(
        RuleBook.finding(
          "record.id", path: record.path, line: position.line, column: position.column,
          pointer: pointer, message, hint: hint))
    }
    let root = record.root
    if let node = root["id"], let id = node.string, id != record.id.text {
      found(
        node, "/id", "id is \(id), but the file is named \(record.id)",
        "put \"\(record.id)\" back: ids never change")
    }
    let expected = RecordPath.schemaReference(kind: judge.kind.name, fromFolder: folder)
    if let node = root["$schema"], let reference = node.string, reference != expected {
      found(
        node, "/$schema",
        "$schema is \"\(reference)\"; for \(judge.kind.withArticle) it is \"\(expected)\"",
        "set it to \"\(expected)\"")
    }
    let directory = record.path.dropFirst(folder.utf8.count + 1).prefix { $0 != "/" }
    if directory != judge.kind.directory {
      let place = record.path.replacing(
        "\(folder)/\(directory)/", with: "\(folder)/\(judge.kind.directory)/", maxReplacements: 1)
      let parent = place.split(separator: "/").dropLast().joined(separator: "/")
      findings.append(
        RuleBook.finding(
          "record.path", path: record.path,
          "\(record.id) is \(judge.kind.withArticle) and belongs in \(folder)/\(judge.kind.directory)/",
          hint: "mkdir -p \(parent) && git mv \(ShellWord.quoted(record.path)) \(place)"))
    }
    return findings
  }

  private func schemaFindings(in record: RecordFile) -> [Finding] {
    judge.schema.validate(record.root).map { violation in
      let position = record.document.position(at: violation.range.lowerBound)
      return RuleBook.finding(
        "record.schema", path: record.path, line: position.line, column: position.column,
        pointer: violation.pointer.description, violation.message,
        hint: hint(for: violation, in: record))
    }
  }

  private func hint(for violation: Violation, in record: RecordFile) -> String {
    var key = FieldKey.text(for: violation.pointer, in: record.value)
    // The property's own words, before those of the shape it shares with others.
    var summary =
      judge.kind.view.at(violation.pointer)?.summary ?? violation.schemaNodeDescription
    if case .missing(let keys) = violation.failure, let missing = keys.first {
      summary = judge.kind.view.at(violation.pointer)?.property(missing)?.summary ?? summary
      key = key.isEmpty ? missing : "\(key).\(missing)"
    }
    let words = summary.map { " (\($0))" } ?? ""
    switch remedy {
    case .edit: return "docket edit \(record.id) \(key)=…\(words)"
    case .values: return "\(key)=…\(words)"
    case .migration:
      return MigrationStep.hint(for: violation, in: record, kind: judge.kind.name) + words
    case .file:
      return "set \(key)\(words), then: docket fmt \(record.path) && git add \(record.path)"
    }
  }

  /// A rule's own hint; a record that isn't written yet can't be edited.
  private func hint(of text: String, _ severity: Severity, for record: RecordFile) -> String {
    let named =
      remedy == .values && severity == .error
      ? text.replacing("docket edit {id}", with: "docket new \(judge.kind.name) …") : text
    return named.replacing("{id}", with: record.id.text)
  }

  private func form(of record: RecordFile) -> [Finding] {
    let canonical = canonical(record.value)
    guard canonical != record.document.bytes else { return [] }
    // The first byte that differs is where a reader would see it.
    let offset =
      zip(canonical, record.document.bytes).enumerated()
      .first { $0.element.0 != $0.element.1 }?.offset
      ?? min(canonical.count, record.document.bytes.count)
    let position = SourcePosition(of: offset, in: record.document.bytes)
    return [
      RuleBook.finding(
        "record.canonical", path: record.path, line: position.line, column: position.column,
        "the text is not in canonical form from here on",
        hint:
          "docket fmt \(ShellWord.quoted(record.path)) && git add \(ShellWord.quoted(record.path))")
    ]
  }

  private func ruleFindings(in record: RecordFile) -> [Finding] {
    judge.rules.compactMap { rule, when, then in
      guard when?.isValid(record.root) ?? true, !then.isValid(record.root) else { return nil }
      let place = rule.place?.places(in: record.root).first
      let node = place?.node ?? record.root
      return Finding(
        rule: rule.id, severity: rule.severity, path: record.path, line: node.position.line,
        column: node.position.column, pointer: (place?.pointer ?? .root).description,
        message: "\(record.id) \(rule.message)",
        hint: rule.hint.map { hint(of: $0, rule.severity, for: record) })
    }
  }
}

/// Visits every value of a record beside the schema that describes it.
struct RecordWalk {
  let record: RecordFile
  let roster: Roster?
  var findings: [Finding] = []

  init(record: RecordFile, roster: Roster?) {
    self.record = record
    self.roster = roster
  }

  mutating func visit(_ node: JSONNode, at pointer: JSONPointer, view: SchemaView?) {
    switch node.kind {
    case .object:
      let names = view.map { Set($0.propertyNames) } ?? []
      for (key, value) in node.members {
        let name = key.string ?? ""
        let inner = pointer.appending(name)
        if let view, !view.isOpen, !names.contains(name) {
          unknownKey(key, name, at: inner, known: view.propertyNames)
        }
        scan(key, at: inner)
        visit(value, at: inner, view: view?.property(name))
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
        visit(element, at: pointer.appending(index), view: items)
      }
    case .string:
      scan(node, at: pointer)
      if let roster, !roster.people.isEmpty, view?.isPerson == true, let handle = node.string,
        roster[handle] == nil
      {
        add(
          "person.unknown", node, pointer, "\"\(handle)\" is not on the roster",
          hint: "add the person to \(Roster.path)")
      }
    default: break
    }
  }

  private mutating func unknownKey(
    _ node: JSONNode, _ name: String, at pointer: JSONPointer, known: [String]
  ) {
    let nearest = Spelling.nearest(to: name, among: known)
    add(
      "record.unknown-key", node, pointer,
      "the schema doesn't know the key \"\(name)\""
        + (nearest.map { "; did you mean \"\($0)\"?" } ?? ""),
      hint: "rename or remove it, or add it to the kind's schema")
  }

  private mutating func scan(_ node: JSONNode, at pointer: JSONPointer) {
    guard let text = node.string else { return }
    for suspect in TextScan.suspects(in: text) {
      switch suspect {
      case .control(let name):
        add(
          "text.control-character", node, pointer,
          "the text holds the invisible control \(name)", hint: "take it out")
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

  private mutating func add(
    _ rule: String, _ node: JSONNode, _ pointer: JSONPointer, _ message: String, hint: String
  ) {
    findings.append(
      RuleBook.finding(
        rule, path: record.path, line: node.position.line, column: node.position.column,
        pointer: pointer.description, message, hint: hint))
  }
}
