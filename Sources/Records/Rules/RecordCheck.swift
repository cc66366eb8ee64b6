package import Files
import JSONSchema
package import JSONText

/// Checks one record's file by itself, without looking at other records.
package struct RecordCheck: Sendable {
  package let compiled: CompiledKind
  package let folder: RepositoryPath
  private let remedy: Remedy

  /// Where the checked text is kept, which decides how it is fixed.
  package enum Remedy: Sendable {
    /// Committed, so `docket edit` changes it.
    case edit
    /// In a file that is being edited by hand.
    case file
    /// In values on a command line, not written yet.
    case values
    /// Committed, and valid until its schema changed.
    case migration
  }

  package init(compiled: CompiledKind, folder: RepositoryPath, remedy: Remedy) {
    self.compiled = compiled
    self.folder = folder
    self.remedy = remedy
  }

  /// Returns the findings, in no particular order; of each rule at most
  /// ``FindingTally/limitInFile``, the rest counted.
  ///
  /// - Parameter checksForm: whether the file is part of the change, so that it has to be in
  ///   canonical form.
  package func findings(in record: RecordFile, checksForm: Bool, roster: Roster?) -> [Finding] {
    var tally = FindingTally()
    addSchemaFindings(in: record, to: &tally)
    tally.add(ScoreCheck.findings(in: record, compiled: compiled, besides: tally.findings))
    tally.add(identity(of: record))
    var walk = RecordWalk(record: record, roster: roster, tally: tally)
    let date = compiled.kind.dateKey.flatMap { record.root[$0]?.string }.flatMap { CivilDate($0) }
    walk.visit(record.root, at: .root, view: compiled.kind.view, on: date)
    tally = walk.tally
    if checksForm { tally.add(form(of: record)) }
    addRuleFindings(in: record, to: &tally)
    return tally.findings
  }

  /// Returns the canonical text of a record of this kind.
  package func canonical(_ value: JSONValue) -> [UInt8] {
    JSONPrinter.canonical(value, order: compiled.kind.view)
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
    let expected = RecordPath.schemaReference(kind: compiled.kind.name, fromFolder: folder)
    if let node = root["$schema"], let reference = node.string, reference != expected {
      found(
        node, "/$schema",
        "$schema is \"\(reference)\"; for \(compiled.kind.withArticle) it is \"\(expected)\"",
        "set it to \"\(expected)\"")
    }
    let names = record.path.relative(to: folder)?.components ?? []
    if let directory = names.first, directory != RepositoryPath(compiled.kind.directory) {
      let place = names.dropFirst().reduce(folder.appending(compiled.kind.directory)) {
        $0.appending($1)
      }
      findings.append(
        RuleBook.finding(
          "record.path", path: record.path,
          "\(record.id) is \(compiled.kind.withArticle) and belongs in \(folder)/\(compiled.kind.directory)/",
          hint: "mkdir -p \(ShellWord.quoted(place.parent)) && git mv "
            + "\(ShellWord.quoted(record.path)) \(ShellWord.quoted(place))"))
    }
    return findings
  }

  private func addSchemaFindings(in record: RecordFile, to tally: inout FindingTally) {
    let rule = "record.schema"
    let result = compiled.schema.validationResult(record.root)
    for violation in result.violations {
      tally.add(rule, .error) {
        let position = record.document.position(at: violation.range.lowerBound)
        return RuleBook.finding(
          rule, path: record.path, line: position.line, column: position.column,
          pointer: violation.pointer.description, violation.message,
          hint: hint(for: violation, in: record))
      }
    }
    tally.omit(result.omitted, rule, .error)
  }

  private func hint(for violation: Violation, in record: RecordFile) -> String {
    var key = FieldKey.text(for: violation.pointer, in: record.root)
    var place = compiled.kind.view.at(violation.pointer)
    let innermost = violation.innermost
    if innermost.pointer == violation.pointer, case .missing(let keys) = innermost.failure,
      let missing = keys.first
    {
      place = place?.property(missing) ?? place
      key = key.isEmpty ? missing : "\(key).\(missing)"
    }
    // The property's own description goes before that of the shared subschema it refers to.
    let summary = place?.summary ?? violation.schemaNodeDescription
    let example = place?.keyword("examples")?.elements.first { !$0.isObject && !$0.isArray }
    let about = [summary, example.map { "For example: \($0.plainText)" }].compactMap { $0 }
    let words = about.isEmpty ? "" : " (" + about.joined(separator: " ") + ")"
    // The nearest allowed value is probably what was meant.
    var value = "…"
    if case .notInEnum(_, _, let nearest?) = violation.innermost.failure {
      value = ShellWord.quoted(nearest.plainText)
    }
    switch remedy {
    case .edit: return "docket edit \(record.id) \(key)=\(value)\(words)"
    case .values: return "\(key)=\(value)\(words)"
    case .migration:
      return MigrationStep.hint(for: violation, in: record, kind: compiled.kind.name) + words
    case .file:
      return "set \(key)\(words), then: docket fmt \(record.path) && git add \(record.path)"
    }
  }

  private func form(of record: RecordFile) -> [Finding] {
    let canonical = canonical(record.value)
    guard canonical != record.document.bytes else { return [] }
    // Point at the first byte that differs.
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

  /// Adds the findings of rules that need only the record; `CheckRun` runs those that call a check.
  private func addRuleFindings(in record: RecordFile, to tally: inout FindingTally) {
    var known: AmendmentHint?
    func amendment() -> AmendmentHint {
      let hint = known ?? AmendmentHint(compiled, record)
      known = hint
      return hint
    }
    for (rule, when, then) in compiled.rules {
      guard let then, when?.isValid(record.root) ?? true else { continue }
      let words = RuleWords(rule: rule, compiled: compiled, remedy: remedy)
      guard let each = rule.each else {
        guard !then.isValid(record.root) else { continue }
        let pointer = rule.place?.places(in: record.root).first?.pointer ?? .root
        tally.add(rule.id, rule.severity) {
          words.finding(in: record, at: pointer, amendment: amendment())
        }
        continue
      }
      for place in each.places(in: record.root) where !then.isValid(place.node) {
        tally.add(rule.id, rule.severity) {
          words.finding(in: record, at: place.pointer, amendment: amendment())
        }
      }
    }
  }
}
