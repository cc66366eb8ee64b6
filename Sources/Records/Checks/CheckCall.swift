import JSONText

/// A rule's call of a named check.
package struct CheckCall: Sendable, Equatable {
  package let check: NamedCheck
  package let arguments: CheckArguments

  package static func == (left: Self, right: Self) -> Bool {
    left.check.name == right.check.name && left.arguments == right.arguments
  }

  /// Reads `check` and `with` of a rule, or returns the problem and its node.
  ///
  /// - Parameter pointer: of the rule, in the schema's file.
  static func read(_ rule: JSONNode, at pointer: JSONPointer) -> Result<CheckCall, RuleProblem> {
    guard let node = rule["check"], let name = node.string else {
      return .failure(RuleProblem("a rule has a \"then\" or names a \"check\"", at: rule))
    }
    guard let check = NamedCheck.named(name) else {
      let names = NamedCheck.all.map(\.name)
      return .failure(
        RuleProblem(
          "there is no check \"\(name)\""
            + Spelling.question(for: name, or: "there are", among: names),
          at: node))
    }
    let with = rule["with"]
    for parameter in check.parameters {
      guard let value = with?[parameter.name] else {
        guard parameter.isRequired else { continue }
        return .failure(
          RuleProblem(
            "the check \(name) needs \"with\": {\"\(parameter.name)\": …}, \(parameter.meaning)",
            at: with ?? node))
      }
      guard parameter.type.accepts(value) else {
        return .failure(
          RuleProblem(
            "\"\(parameter.name)\" of the check \(name) is \(parameter.type.words): \(parameter.meaning)",
            at: value))
      }
    }
    let known = check.parameters.map(\.name)
    for member in with?.members.map({ $0 }) ?? [] {
      let key = member.key.string ?? ""
      guard !known.contains(key) else { continue }
      return .failure(
        RuleProblem(
          "the check \(name) takes no \"\(key)\""
            + Spelling.question(for: key, or: "it takes", among: known),
          at: member.key))
    }
    return .success(
      CheckCall(check: check, arguments: CheckArguments(with, at: pointer.appending("with"))))
  }
}

extension NamedCheck.Parameter.ValueType {
  package var words: String {
    switch self {
    case .place: "a JSON Pointer"
    case .word: "a word"
    case .words: "a list of words"
    case .number: "a number"
    case .flag: "true or false"
    case .condition: "a schema"
    }
  }

  func accepts(_ node: JSONNode) -> Bool {
    switch self {
    case .place: node.string.flatMap(PointerPattern.init) != nil && node.string?.isEmpty == false
    case .word: node.string?.isEmpty == false
    case .words: node.isArray && node.count > 0 && node.elements.allSatisfy { $0.string != nil }
    case .number: node.isNumber
    case .flag: node.bool != nil
    case .condition: node.isObject
    }
  }
}

/// A problem with a rule of a schema; the kind's other rules still apply.
struct RuleProblem: Error {
  let message: String
  let node: JSONNode

  init(_ message: String, at node: JSONNode) {
    self.message = message
    self.node = node
  }
}
