import JSONSchema
import JSONText

/// What a record can't keep because its schema changed, which is all that a migration may change in
/// a frozen part.
///
/// Otherwise anyone allowed to change the schema could rewrite approved minutes along with it. So a
/// frozen value may change only if the new schema rejects it or no longer knows its key, and may be
/// added only if it is now required or consists of removed values.
package struct MigrationNeed: Sendable {
  /// Places in the base's record whose value can't stay.
  private let misfits: [JSONPointer]
  /// Places that have to be filled.
  private let missing: [JSONPointer]
  /// The values at the misfits, leaf by leaf.
  private let released: [JSONValue]
  private let before: JSONValue
  private let kind: Kind

  /// - Parameters:
  ///   - before: the record at the base.
  ///   - old: the kind at the base; `new` is the changed one.
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

  /// Whether the changed workflow no longer has the record's old state.
  func releases(state: String) -> Bool { kind.workflow?.states.contains(state) == false }

  /// Whether a change of a frozen value was necessary.
  func excuses(_ change: JSONChange) -> Bool {
    guard let old = change.before else {
      if missing.contains(where: { $0.contains(change.pointer) }) { return true }
      guard let new = change.after else { return false }
      return Self.leaves(new).allSatisfy { released.contains($0) }
    }
    if misfits.contains(where: { $0.contains(change.pointer) }) { return true }
    // A plain list is one change, in which only the items that can't stay may differ.
    guard let old = old.array, let new = change.after?.array, old.count == new.count else {
      return false
    }
    return old.indices.allSatisfy { index in
      let place = change.pointer.appending(index)
      return old[index] == new[index] || misfits.contains { $0.contains(place) }
    }
  }

  /// Returns the scalars in a value, without keys; a text counts the same as the list of its lines.
  private static func leaves(_ value: JSONValue) -> [JSONValue] {
    switch value {
    case .object(let object): object.members.flatMap { leaves($0.value) }
    case .array(let items): items.flatMap(leaves)
    case .string(let text): Assignment.lines(text)
    default: [value]
    }
  }
}
