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
  private let misfits: Set<JSONPointer>
  /// Places that have to be filled.
  private let missing: Set<JSONPointer>
  /// The values at the misfits, leaf by leaf.
  private let released: Set<JSONValue>
  private let before: JSONValue
  private let kind: Kind

  /// - Parameters:
  ///   - before: the record at the base.
  ///   - old: the kind at the base; `new` is the changed one.
  package init(of before: RecordFile, from old: CompiledKind, to new: CompiledKind) {
    self.before = before.value
    kind = new.kind
    var misfits = Self.unknownKeys(of: before, new.kind)
    misfits.subtract(Self.unknownKeys(of: before, old.kind))
    var missing: Set<JSONPointer> = []
    for violation in new.schema.validate(before.root).map(\.innermost) {
      if case .missing(let keys) = violation.failure {
        missing.formUnion(keys.map { violation.pointer.appending($0) })
      } else if violation.pointer != .root {
        misfits.insert(violation.pointer)
      }
    }
    self.misfits = misfits
    self.missing = missing
    var released: Set<JSONValue> = []
    if !misfits.isEmpty { Self.release(before.root, at: .root, misfits, into: &released) }
    self.released = released
  }

  /// Adds the leaves of all values at `misfits`.
  private static func release(
    _ node: JSONNode, at pointer: JSONPointer, _ misfits: Set<JSONPointer>,
    into released: inout Set<JSONValue>
  ) {
    if misfits.contains(pointer) {
      released.formUnion(leaves(node.value))
      return
    }
    for (key, value) in node.members {
      release(value, at: pointer.appending(key.string ?? ""), misfits, into: &released)
    }
    for (index, element) in node.elements.enumerated() {
      release(element, at: pointer.appending(index), misfits, into: &released)
    }
  }

  private static func unknownKeys(of record: RecordFile, _ kind: Kind) -> Set<JSONPointer> {
    var unknown: Set<JSONPointer> = []
    noteUnknownKeys(in: record.root, at: .root, kind.view, &unknown)
    return unknown
  }

  private static func noteUnknownKeys(
    in node: JSONNode, at pointer: JSONPointer, _ view: SchemaView,
    _ unknown: inout Set<JSONPointer>
  ) {
    for (key, value) in node.members {
      let name = key.string ?? ""
      if let place = view.property(name) {
        noteUnknownKeys(in: value, at: pointer.appending(name), place, &unknown)
      } else if !view.isOpen, !DerivedFact.isNamed(by: name) {
        unknown.insert(pointer.appending(name))
      }
    }
    guard let items = view.items else { return }
    for (index, element) in node.elements.enumerated() {
      noteUnknownKeys(in: element, at: pointer.appending(index), items, &unknown)
    }
  }

  /// Whether the changed workflow no longer has the record's old state.
  func releases(state: String) -> Bool { kind.workflow?.states.contains(state) == false }

  /// Whether a change of a frozen value was necessary.
  func excuses(_ change: JSONChange) -> Bool {
    guard let old = change.before else {
      if Self.holds(missing, change.pointer) { return true }
      guard let new = change.after else { return false }
      return Self.leaves(new).allSatisfy { released.contains($0) }
    }
    if Self.holds(misfits, change.pointer) { return true }
    // A plain list is one change, in which only the items that can't stay may differ.
    guard let old = old.array, let new = change.after?.array, old.count == new.count else {
      return false
    }
    return old.indices.allSatisfy { index in
      let place = change.pointer.appending(index)
      return old[index] == new[index] || Self.holds(misfits, place)
    }
  }

  /// Whether one of the places is `pointer` or holds it.
  private static func holds(_ places: Set<JSONPointer>, _ pointer: JSONPointer) -> Bool {
    (0...pointer.tokens.count).contains {
      places.contains(JSONPointer(tokens: Array(pointer.tokens.prefix($0))))
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
