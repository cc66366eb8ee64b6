import JSONSchema
import JSONText

/// The effects of a change beyond the record's fields: state, frozen parts and links.
package struct ChangeEffects: Sendable {
  package struct LinkEffect: Sendable, Hashable {
    /// The relation's label: "addresses", "duplicate of".
    package let label: String
    package let target: RecordID
  }

  /// The workflow state before and after; equal if it didn't change, `nil` if there is none.
  package private(set) var state: (before: String?, after: String?)
  /// Whether the change freezes parts of the record, or unfreezes them.
  package private(set) var freezes = false
  package private(set) var thaws = false
  /// The only places that it freezes; empty if it freezes the record.
  package private(set) var frozenPlaces: [String] = []
  package private(set) var linked: [LinkEffect] = []
  package private(set) var unlinked: [LinkEffect] = []

  /// - Parameter compiled: the compiled kind; `nil` if its schema is unknown or invalid.
  package init(of change: RecordChange, compiled: CompiledKind?) {
    let kind = change.kind
    state = (
      change.before.flatMap { kind?.state(of: $0) }, change.after.flatMap { kind?.state(of: $0) }
    )
    let before = change.before.flatMap(Self.root)
    let after = change.after.flatMap(Self.root)
    if let compiled, let after {
      let was = before.map { Self.isFrozen($0, compiled) } ?? false
      let isNow = Self.isFrozen(after, compiled)
      freezes = isNow && !was
      thaws = was && !isNow
      let parts = compiled.frozen.filter { $0.when?.isValid(after) ?? true }.map(\.part)
      if freezes, parts.allSatisfy({ !$0.only.isEmpty }) {
        frozenPlaces = parts.flatMap { $0.only.map { $0.tokens.joined(separator: ".") } }
      }
    }
    guard let kind else { return }
    let old = before.map { Self.links(in: $0, kind) } ?? []
    let new = after.map { Self.links(in: $0, kind) } ?? []
    linked = new.filter { !old.contains($0) }
    unlinked = old.filter { !new.contains($0) }
  }

  private static func root(_ value: JSONValue) -> JSONNode? {
    try? JSONDocument(parsing: JSONPrinter.compact(value)).root
  }

  private static func isFrozen(_ root: JSONNode, _ compiled: CompiledKind) -> Bool {
    compiled.frozen.contains { $0.when?.isValid(root) ?? true }
  }

  private static func links(in root: JSONNode, _ kind: Kind) -> [LinkEffect] {
    var seen: Set<LinkEffect> = []
    return kind.links.flatMap { relation in
      relation.links(in: root).map { LinkEffect(label: relation.label, target: $0.target) }
    }.filter { seen.insert($0).inserted }
  }
}
