import Files
package import JSONText

/// The merge of three versions of a record, judged by the kind's schema and rules.
package struct MergedRecord: Sendable {
  /// With ours where the sides conflict.
  package private(set) var value: JSONValue
  /// The same with theirs there.
  package private(set) var theirs: JSONValue
  package private(set) var conflicts: [RecordMerge.Conflict]
  /// Why the value isn't valid, if no choice between the sides can mend it.
  package private(set) var findings: [Finding] = []

  package var isClean: Bool { conflicts.isEmpty && findings.isEmpty }

  /// - Parameters:
  ///   - base: the version that both sides come from, if there is one.
  ///   - kind: its schema says how lists merge; without one, they merge by elements.
  ///   - choose: ends a conflict, or returns `nil`.
  ///   - judge: returns what is wrong with a value.
  package init(
    base: JSONValue?, ours: JSONValue, theirs: JSONValue, kind: Kind?,
    choosing choose: @escaping (RecordMerge.Conflict) -> RecordMerge.Choice? = { _ in nil },
    judgedBy judge: (JSONValue) -> [Finding]
  ) {
    func merge(
      _ choose: @escaping (RecordMerge.Conflict) -> RecordMerge.Choice?
    ) -> (value: JSONValue, conflicts: [RecordMerge.Conflict]) {
      RecordMerge.merge(
        base: base, ours: ours, theirs: theirs, view: kind?.view, workflow: kind?.workflow,
        choosing: choose)
    }
    let merged = merge(choose)
    (value, conflicts, self.theirs) = (merged.value, merged.conflicts, merged.value)
    guard merged.conflicts.isEmpty else {
      self.theirs = merge { merged.conflicts.contains($0) ? .theirs : choose($0) }.value
      return
    }
    findings = judge(value)
    if findings.isEmpty { return }
    // What a rule holds against a side already isn't the merge's; the schema holds for all.
    let known = Set((judge(ours) + judge(theirs)).map { [$0.rule, $0.message] })
    func news(_ value: JSONValue) -> [Finding] {
      judge(value).filter { finding in
        finding.rule == "record.schema" || !known.contains([finding.rule, finding.message])
      }
    }
    findings = news(value)
    if !findings.isEmpty { disputeFields(base, ours, theirs, choose, news) }
  }

  /// Puts fields in conflict that are right on each side, and wrong together.
  private mutating func disputeFields(
    _ base: JSONValue?, _ ours: JSONValue, _ theirs: JSONValue,
    _ choose: (RecordMerge.Conflict) -> RecordMerge.Choice?, _ judge: (JSONValue) -> [Finding]
  ) {
    let names = (ours.object?.members ?? []) + (theirs.object?.members ?? [])
    var changed: [String] = []
    for name in names.map(\.key) where ours[name] != theirs[name] && !changed.contains(name) {
      changed.append(name)
    }
    guard !changed.isEmpty else { return }
    let blamed = Set(
      findings.compactMap { finding in
        finding.pointer.flatMap { try? JSONPointer(parsing: $0) }?.tokens.first
      })
    func with(_ fields: [String], of side: JSONValue) -> JSONValue {
      var result = value
      for field in fields { result[field] = side[field] }
      return result
    }
    // Those that the findings name, if either side's are enough; else all that differ.
    let named = changed.filter(blamed.contains)
    let isEnough =
      !named.isEmpty && judge(with(named, of: ours)).isEmpty
      && judge(with(named, of: theirs)).isEmpty
    let fields = isEnough ? named : changed
    (value, self.theirs) = (with(fields, of: ours), with(fields, of: theirs))
    for field in fields {
      let conflict = RecordMerge.Conflict(
        tokens: [field], base: base?[field], ours: ours[field], theirs: theirs[field])
      switch choose(conflict) {
      case .ours: self.theirs[field] = ours[field]
      case .theirs: value[field] = theirs[field]
      case .both, nil: conflicts.append(conflict)
      }
    }
    findings = conflicts.isEmpty ? judge(value) : []
  }

  /// Returns the file's text, with the two sides where they conflict.
  package func text(_ view: SchemaView?) -> ConflictText {
    ConflictText(
      ours: JSONPrinter.canonical(value, order: view),
      theirs: JSONPrinter.canonical(theirs, order: view))
  }
}

extension MergedRecord {
  /// Returns the value of a text that may be in conflict itself, as the common ancestor of two merges may
  /// be: what its sides disagree on equals nothing, so that it isn't taken for unchanged.
  ///
  /// - Returns: `nil` if it is no JSON object.
  package static func base(_ text: [UInt8]) -> JSONValue? {
    if let value = object(text) { return value }
    guard let sides = ConflictText(marked: text), let ours = object(sides.ours),
      let theirs = object(sides.theirs)
    else { return nil }
    return unsettled(ours, theirs)
  }

  private static func object(_ text: [UInt8]) -> JSONValue? {
    guard let document = try? JSONDocument(parsing: text, limits: .stored), document.root.isObject,
      document.duplicateKeys.isEmpty
    else { return nil }
    return document.root.value
  }

  private static func unsettled(_ ours: JSONValue, _ theirs: JSONValue) -> JSONValue {
    if ours == theirs { return ours }
    guard let mine = ours.object, let other = theirs.object else {
      // No text that a person writes has this character.
      return .string("\u{0}")
    }
    var result = JSONObject()
    let (left, right) = (mine.byName, other.byName)
    for name in Set(left.keys).union(right.keys) {
      let value =
        if let one = left[name], let two = right[name] {
          unsettled(one, two)
        } else {
          JSONValue.string("\u{0}")
        }
      result.members.append(JSONMember(key: name.text, value: value))
    }
    return .object(result)
  }
}
