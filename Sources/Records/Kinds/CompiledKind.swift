package import JSONSchema
import JSONText

/// A kind's schema, rules and frozen parts, compiled once to check many records.
package struct CompiledKind: Sendable {
  package let kind: Kind
  package let schema: Schema
  package let rules: [(rule: RecordRule, when: Schema?, then: Schema?)]
  package let frozen: [(part: FrozenPart, when: Schema?)]

  /// Whether any rule calls a check, so that a change has to run `CheckRun` too.
  package var namesChecks: Bool { rules.contains { $0.rule.call != nil } }

  init(_ kind: Kind, in catalog: KindCatalog) throws(SchemaError) {
    self.kind = kind
    schema = try catalog.schema(inFile: kind.fileName)
    var rules: [(rule: RecordRule, when: Schema?, then: Schema?)] = []
    for rule in kind.rules {
      var when: Schema?
      if let pointer = rule.when { when = try catalog.schema(inFile: kind.fileName, at: pointer) }
      var then: Schema?
      if let pointer = rule.then { then = try catalog.schema(inFile: kind.fileName, at: pointer) }
      rules.append((rule, when, then))
    }
    self.rules = rules
    var frozen: [(part: FrozenPart, when: Schema?)] = []
    for part in kind.frozen {
      var when: Schema?
      if let pointer = part.condition {
        when = try catalog.schema(inFile: kind.fileName, at: pointer)
      }
      frozen.append((part, when))
    }
    self.frozen = frozen
  }
}
