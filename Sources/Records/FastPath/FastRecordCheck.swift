import JSONSchema
package import JSONText

/// Sees at a glance that a record of a kind is as it should be, as nearly all are; of the others it
/// says that somebody has to look closer.
///
/// Made once for a kind, from its judge; each thread looks through a ``RecordLens`` of its own.
package final class RecordGlance: Sendable {
  /// What a glance shows.
  package struct Look: Sendable {
    /// Whether `RecordCheck` would surely find nothing, a file's form aside.
    package var isInnocent = false
    /// The rules that name a check and may be about the record: a bit for each.
    package var concerned = UInt64.max
    /// The links of the record, in the order of its kind's relations: place in `kind.links`, target.
    package var links: [(relation: Int, target: RecordID)] = []

    package init() {}

    /// What a record is linked to, and nothing else.
    package init(linksOf record: JSONNode, _ kind: Kind) {
      for (place, relation) in kind.links.enumerated() {
        links += relation.links(in: record).map { (place, $0.target) }
      }
    }
  }

  /// The bit of a rule in `Look.concerned`; the last ones share theirs.
  static func bit(ofRule place: Int) -> UInt64 { 1 << UInt64(min(place, 63)) }

  struct Rule {
    /// Schemas of the program, -1 where there is none.
    let when: Int
    let then: Int
    /// A path, -1 where the rule is about the record as a whole.
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
  /// Whether the kind says nothing that can't be seen at a glance.
  let isUsable: Bool

  package init(_ judge: KindJudge) {
    kind = judge.kind
    var schemas = [judge.schema]
    var paths = FlatPaths()
    func place(_ schema: Schema?) -> Int {
      guard let schema else { return -1 }
      schemas.append(schema)
      return schemas.count - 1
    }
    rules = judge.rules.map { rule, when, then in
      Rule(
        when: place(when), then: place(then), each: rule.each.map { paths.add($0.tokens) } ?? -1)
    }
    links = judge.kind.links.map { relation in
      let first = paths.count
      for pattern in relation.places { paths.add(pattern.tokens) }
      return first..<paths.count
    }
    let first = paths.count
    for (_, pointer) in judge.kind.scoreBindings.flatMap(\.inputs) { paths.add(pointer.tokens) }
    scores = first..<paths.count
    program = SchemaProgram(schemas)
    shapes = FlatShapes(judge.kind.view)
    isUsable = paths.isPlain && shapes.isPlain
    self.paths = paths
  }
}

/// One thread's look at the records of one kind.
package final class RecordLens {
  private let glance: RecordGlance
  private let run: SchemaRun
  private let people: [String: Roster.Person]
  private let directory: [UInt8]
  private let schemaPath: [UInt8]

  package init(_ glance: RecordGlance, folder: String, roster: Roster) {
    self.glance = glance
    run = SchemaRun(glance.program)
    people = roster.people
    directory = Array("\(folder)/\(glance.kind.directory)/".utf8)
    schemaPath = Array(
      RecordPath.schemaReference(kind: glance.kind.name, fromFolder: folder).utf8)
  }

  package func look(at record: RecordFile) -> RecordGlance.Look {
    let innocent = record.document.bytes.withUnsafeBufferPointer { TextScan.isInnocent($0) }
    guard innocent, glance.isUsable else {
      return RecordGlance.Look(linksOf: record.root, glance.kind)
    }
    return record.document.withNodes { text in
      run.withJudge(of: text) { judge in
        var look = RecordGlance.Look()
        links(of: text, &look)
        look.concerned = concerned(&judge)
        look.isInnocent =
          isItself(record, text) && judge.verdict(of: 0, at: 0) == .valid
          && glance.scores.allSatisfy { glance.paths.all($0, in: text) { _ in false } }
          && glance.shapes.fit(text, people) && rulesHold(text, &judge)
        return look
      }
    }
  }

  /// Whether id, schema and folder are those that belong together.
  private func isItself(_ record: RecordFile, _ text: NodeText) -> Bool {
    var path = record.path
    guard path.withUTF8({ $0.starts(with: directory) }) else { return false }
    guard let id = text.member("id", of: 0), let schema = text.member("$schema", of: 0),
      text.isString(id), text.isString(schema)
    else { return false }
    return RecordID(bytes: UnsafeRawBufferPointer(text.content(id))) == record.id
      && text.content(schema).elementsEqual(schemaPath)
  }

  private func links(of text: NodeText, _ look: inout RecordGlance.Look) {
    for (relation, paths) in glance.links.enumerated() {
      for path in paths {
        _ = glance.paths.all(path, in: text) { index in
          if text.isString(index) {
            note(index, relation, text, &look)
          } else if text.isArray(index) {
            text.forEachChild(index) { if text.isString($0) { note($0, relation, text, &look) } }
          }
          return true
        }
      }
    }
  }

  private func note(
    _ index: Int, _ relation: Int, _ text: NodeText, _ look: inout RecordGlance.Look
  ) {
    if let id = RecordID(bytes: UnsafeRawBufferPointer(text.content(index))) {
      look.links.append((relation, id))
    }
  }

  private func concerned(_ judge: inout SchemaJudge) -> UInt64 {
    var bits: UInt64 = 0
    for (place, rule) in glance.rules.enumerated()
    where rule.then < 0 && (rule.when < 0 || judge.verdict(of: rule.when, at: 0) != .invalid) {
      bits |= RecordGlance.bit(ofRule: place)
    }
    return bits
  }

  private func rulesHold(_ text: NodeText, _ judge: inout SchemaJudge) -> Bool {
    for rule in glance.rules where rule.then >= 0 {
      if rule.when >= 0 {
        switch judge.verdict(of: rule.when, at: 0) {
        case .valid: break
        case .invalid: continue
        case .unknown: return false
        }
      }
      if rule.each >= 0 {
        let holds = glance.paths.all(rule.each, in: text) {
          judge.verdict(of: rule.then, at: $0) == .valid
        }
        if !holds { return false }
      } else if judge.verdict(of: rule.then, at: 0) != .valid {
        return false
      }
    }
    return true
  }
}
