package import JSONText

/// A rule about records of a kind, defined in the kind's schema.
package struct RecordRule: Sendable {
  package let id: String
  package let when: JSONPointer?
  package let severity: Severity
  package let message: String
  package let hint: String?
  /// Where the finding points; the whole record if `nil`.
  package let place: PointerPattern?
  /// The items that `then` is applied to, one by one; the whole record if `nil`.
  package let each: PointerPattern?
  /// The subschema that such a record has to match; `nil` if the rule calls a check.
  package let then: JSONPointer?
  package let call: CheckCall?

  /// Whether the rule calls a check that needs this to run.
  package func needs(_ need: NamedCheck.Need) -> Bool { call?.check.needs.contains(need) ?? false }

  /// Reads a rule; `nil` if the node has no `id`.
  static func read(_ node: JSONNode, at pointer: JSONPointer) -> Result<RecordRule, RuleProblem>? {
    guard let id = node["id"]?.string else { return nil }
    guard node["then"] == nil else {
      if let check = node.keyNode("check") {
        return .failure(RuleProblem("a rule has a \"then\" or a \"check\", not both", at: check))
      }
      return checked(RecordRule(id, node, at: pointer, call: nil), node)
    }
    switch CheckCall.read(node, at: pointer) {
    case .success(let call): return checked(RecordRule(id, node, at: pointer, call: call), node)
    case .failure(let problem): return .failure(problem)
    }
  }

  private init(_ id: String, _ node: JSONNode, at pointer: JSONPointer, call: CheckCall?) {
    self.id = id
    self.call = call
    when = node["when"].map { _ in pointer.appending("when") }
    then = call == nil ? pointer.appending("then") : nil
    severity = node["severity"]?.string.flatMap(Severity.init) ?? .warning
    message = node["message"]?.string ?? id
    hint = node["hint"]?.string
    place = node["at"]?.string.flatMap(PointerPattern.init)
    each = node["each"]?.string.flatMap(PointerPattern.init)
  }

  /// Rejects a message or hint with an unknown placeholder, which would be printed with its braces.
  private static func checked(_ rule: RecordRule, _ node: JSONNode) -> Result<
    RecordRule, RuleProblem
  > {
    let known = RuleWords.commonFacts.map(\.name) + (rule.call?.check.facts.map(\.name) ?? [])
    for key in ["message", "hint"] {
      guard let text = node[key]?.string,
        let name = Placeholders.names(in: text).first(where: { !known.contains($0) })
      else { continue }
      return .failure(
        RuleProblem(
          "nothing supplies {\(name)} here; there are "
            + known.map { "{\($0)}" }.joined(separator: ", "), at: node[key] ?? node))
    }
    return .success(rule)
  }
}
