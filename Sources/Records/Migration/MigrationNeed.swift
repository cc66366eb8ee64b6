import JSONSchema
import JSONText

/// What a record can't keep because its schema changed: all that a migration may do to a frozen part.
///
/// Whoever may change the schema could otherwise rewrite approved minutes with it. So a frozen value
/// changes only where the changed schema refuses it or no longer knows its key; and a value comes
/// new only where it is now required, or carries over what went.
package struct MigrationNeed: Sendable {
  /// Places of the base's record whose value can't stay.
  private let misfits: [JSONPointer]
  /// Places that have to be filled.
  private let missing: [JSONPointer]
  /// What stood at the misfits, leaf by leaf.
  private let released: [JSONValue]
  private let before: JSONValue
  private let kind: Kind

  /// - Parameters:
  ///   - before: the record as the base has it.
  ///   - old: the base's judge of the kind; `new` the changed one.
  package init(of before: RecordFile, from old: CompiledKind, to new: CompiledKind) {
    self.before = before.value
    kind = new.kind
    let alreadyUnknown = Self.unknownKeys(of: before, old.kind)
    var misfits = Self.unknownKeys(of: before, new.kind).filter {
      !alreadyUnknown.contains($0)
    }
    var missing: [JSONPointer] = []
    for violation in new.schema.validate(before.root).map(\.innermost) {
      if case .missing(let keys) = violation.failure {
        missing += keys.map { violation.pointer.appending($0) }
      } else if violation.pointer != .root {
        misfits.append(violation.pointer)
      }
    }
    self.misfits = misfits
    self.missing = missing
    let value = before.value
    released = misfits.flatMap { value[$0].map(Self.leaves) ?? [] }
  }

  private static func unknownKeys(of record: RecordFile, _ kind: Kind) -> [JSONPointer] {
    var walk = RecordWalk(record: record, roster: nil)
    walk.visit(record.root, at: .root, view: kind.view, on: nil)
    return walk.findings.filter { $0.rule == "record.unknown-key" }
      .compactMap { $0.pointer.flatMap { try? JSONPointer(parsing: $0) } }
  }

  /// Whether the state that a record was in is one that the changed workflow no longer has.
  func releases(state: String) -> Bool { kind.workflow?.states.contains(state) == false }

  /// Whether a change of a frozen value had to be.
  func excuses(_ change: JSONChange) -> Bool {
    guard let old = change.before else {
      if missing.contains(where: { $0.contains(change.pointer) }) { return true }
      guard let new = change.after else { return false }
      return Self.leaves(new).allSatisfy { released.contains($0) }
    }
    if misfits.contains(where: { $0.contains(change.pointer) }) { return true }
    // A plain list is one change; in it only the items that can't stay may differ.
    guard let old = old.array, let new = change.after?.array, old.count == new.count else {
      return false
    }
    return old.indices.allSatisfy { index in
      let place = change.pointer.appending(index)
      return old[index] == new[index] || misfits.contains { $0.contains(place) }
    }
  }

  /// What a value says, without its keys; a text and the list of its lines say the same.
  private static func leaves(_ value: JSONValue) -> [JSONValue] {
    switch value {
    case .object(let object): object.members.flatMap { leaves($0.value) }
    case .array(let items): items.flatMap(leaves)
    case .string(let text): Assignment.lines(text)
    default: [value]
    }
  }
}
