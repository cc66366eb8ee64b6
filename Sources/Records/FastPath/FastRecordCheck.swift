package import Files
import JSONSchema
package import JSONText

/// A fast check of records of one kind: recognizes most valid records and leaves the rest to
/// `RecordCheck`.
///
/// Made once for a compiled kind; each thread uses its own ``FastRecordChecker``.
package final class FastRecordCheck: Sendable {
  /// The outcome of the fast check.
  package struct Outcome: Sendable {
    /// Whether `RecordCheck` would certainly find nothing, apart from the file's form.
    package var isClean = false
    /// The rules that call a check and may apply to the record, a bit for each.
    package var concerned = UInt64.max
    /// The links of the record, in the order of its kind's relations: index in `kind.links`,
    /// target.
    package var links: [(relation: Int, target: RecordID)] = []

    package init() {}

    /// Makes an outcome with a record's links and nothing else.
    package init(linksOf record: JSONNode, _ kind: Kind) {
      for (place, relation) in kind.links.enumerated() {
        links += relation.links(in: record).map { (place, $0.target) }
      }
    }
  }

  /// Returns the bit of a rule in `Outcome.concerned`; rules from the 64th on share the last bit.
  static func bit(ofRule place: Int) -> UInt64 { 1 << UInt64(min(place, 63)) }

  struct Rule {
    /// Indices of schemas in the program, -1 if there is none.
    let when: Int
    let then: Int
    /// The index of a path, -1 if the rule is about the whole record.
    let each: Int
  }

  let kind: Kind
  /// The kind's schema, then those of its rules.
  let program: SchemaProgram
  let rules: [Rule]
  let links: [Range<Int>]
  let scores: Range<Int>
  let paths: FlatPaths
  let shapes: FlatShapes
  /// Whether the fast check supports everything in the kind's schema.
  let isUsable: Bool

  package init(_ compiled: CompiledKind) {
    kind = compiled.kind
    var schemas = [compiled.schema]
    var paths = FlatPaths()
    func place(_ schema: Schema?) -> Int {
      guard let schema else { return -1 }
      schemas.append(schema)
      return schemas.count - 1
    }
    rules = compiled.rules.map { rule, when, then in
      Rule(
        when: place(when), then: place(then), each: rule.each.map { paths.add($0.tokens) } ?? -1)
    }
    links = compiled.kind.links.map { relation in
      let first = paths.count
      for pattern in relation.places { paths.add(pattern.tokens) }
      return first..<paths.count
    }
    let first = paths.count
    for (_, pointer) in compiled.kind.scoreBindings.flatMap(\.inputs) { paths.add(pointer.tokens) }
    scores = first..<paths.count
    program = SchemaProgram(schemas)
    shapes = FlatShapes(compiled.kind.view)
    isUsable = paths.isPlain && shapes.isPlain
    self.paths = paths
  }
}

/// One thread's fast check of the records of one kind.
package final class FastRecordChecker {
  private let fastCheck: FastRecordCheck
  private let run: SchemaRun
  private let people: [String: Roster.Person]
  private let directory: [UInt8]
  private let schemaPath: [UInt8]

  package init(_ fastCheck: FastRecordCheck, folder: RepositoryPath, roster: Roster) {
    self.fastCheck = fastCheck
    run = SchemaRun(fastCheck.program)
    people = roster.people
    directory = Array("\(folder)/\(fastCheck.kind.directory)/".utf8)
    schemaPath = Array(
      RecordPath.schemaReference(kind: fastCheck.kind.name, fromFolder: folder).utf8)
  }

  package func check(_ record: RecordFile) -> FastRecordCheck.Outcome {
    let clean = record.document.bytes.withUnsafeBufferPointer { TextScan.isClean($0) }
    guard clean, fastCheck.isUsable else {
      return FastRecordCheck.Outcome(linksOf: record.root, fastCheck.kind)
    }
    return record.document.withNodes { text in
      run.withInterpreter(of: text) { interpreter in
        var outcome = FastRecordCheck.Outcome()
        links(of: text, &outcome)
        outcome.concerned = concerned(&interpreter)
        outcome.isClean =
          isItself(record, text) && interpreter.verdict(of: 0, at: 0) == .valid
          && fastCheck.scores.allSatisfy { fastCheck.paths.all($0, in: text) { _ in false } }
          && fastCheck.shapes.fit(text, people) && rulesHold(text, &interpreter)
        return outcome
      }
    }
  }

  /// Whether the id, `$schema` and folder are those of the record's kind.
  private func isItself(_ record: RecordFile, _ text: NodeText) -> Bool {
    guard record.path.bytes.starts(with: directory) else { return false }
    guard let id = text.member("id", of: 0), let schema = text.member("$schema", of: 0),
      text.isString(id), text.isString(schema)
    else { return false }
    return RecordID(bytes: UnsafeRawBufferPointer(text.content(id))) == record.id
      && text.content(schema).elementsEqual(schemaPath)
  }

  private func links(of text: NodeText, _ outcome: inout FastRecordCheck.Outcome) {
    for (relation, paths) in fastCheck.links.enumerated() {
      for path in paths {
        _ = fastCheck.paths.all(path, in: text) { index in
          if text.isString(index) {
            note(index, relation, text, &outcome)
          } else if text.isArray(index) {
            text.forEachChild(index) { if text.isString($0) { note($0, relation, text, &outcome) } }
          }
          return true
        }
      }
    }
  }

  private func note(
    _ index: Int, _ relation: Int, _ text: NodeText, _ outcome: inout FastRecordCheck.Outcome
  ) {
    if let id = RecordID(bytes: UnsafeRawBufferPointer(text.content(index))) {
      outcome.links.append((relation, id))
    }
  }

  private func concerned(_ interpreter: inout SchemaInterpreter) -> UInt64 {
    var bits: UInt64 = 0
    for (place, rule) in fastCheck.rules.enumerated()
    where rule.then < 0 && (rule.when < 0 || interpreter.verdict(of: rule.when, at: 0) != .invalid)
    {
      bits |= FastRecordCheck.bit(ofRule: place)
    }
    return bits
  }

  private func rulesHold(_ text: NodeText, _ interpreter: inout SchemaInterpreter) -> Bool {
    for rule in fastCheck.rules where rule.then >= 0 {
      if rule.when >= 0 {
        switch interpreter.verdict(of: rule.when, at: 0) {
        case .valid: break
        case .invalid: continue
        case .unknown: return false
        }
      }
      if rule.each >= 0 {
        let holds = fastCheck.paths.all(rule.each, in: text) {
          interpreter.verdict(of: rule.then, at: $0) == .valid
        }
        if !holds { return false }
      } else if interpreter.verdict(of: rule.then, at: 0) != .valid {
        return false
      }
    }
    return true
  }
}
