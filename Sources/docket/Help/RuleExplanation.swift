import ArgumentParser
import JSONText
import Records
import Store

/// The output of `check --explain RULE`: what the rule requires, its severity here, how to fix it.
struct RuleExplanation {
  private let rule: RuleDescription
  /// The tracker's setting; `nil` outside a tracker, and if config has none.
  private let setting: TrackerConfig.RuleSetting?

  init(_ id: String, in invocation: Invocation) throws {
    let tracker = try? Tracker(
      in: invocation.directory, context: invocation.context, toleratesFaults: true)
    let builtIn = KindCatalog(files: BuiltIn.schemas.map { (name: $0.name, bytes: $0.text) })
    // The tracker's own kinds first; docket's can be explained anywhere.
    let rules =
      (tracker.map { RuleBook.descriptions(in: $0.catalog) } ?? [])
      + RuleBook.descriptions(in: builtIn)
    guard let rule = rules.first(where: { $0.id == id }) else {
      let ids = rules.reduce(into: [String]()) { if !$0.contains($1.id) { $0.append($1.id) } }
      let nearest = Spelling.nearest(to: id, among: ids)
      throw StoreError.refused(
        "there is no rule \"\(id)\"" + Spelling.question(for: id, among: ids),
        hint: nearest.map { "docket check --explain \($0)" } ?? Self.listed(ids))
    }
    self.rule = rule
    setting = tracker?.config.rules[id]
  }

  /// Returns the rules, a line for each group: `link: cycle, dangling`.
  private static func listed(_ ids: [String]) -> String {
    var groups: [(name: Substring, rules: [Substring])] = []
    for id in ids {
      let parts = id.split(separator: ".", maxSplits: 1)
      guard let group = parts.first, let rule = parts.last else { continue }
      if let index = groups.firstIndex(where: { $0.name == group }) {
        groups[index].rules.append(rule)
      } else {
        groups.append((group, [rule]))
      }
    }
    return groups.map { "\($0.name). " + $0.rules.joined(separator: ", ") }.joined(separator: "\n")
  }

  func print(as format: FindingFormat) throws {
    switch format {
    case .text: Terminal.print(lines: text)
    case .json: Output.write(json)
    default: throw ValidationError("--explain is printed as text or json")
    }
  }

  private var text: String {
    var lines = [
      "\(Terminal.safe(rule.id)): \(Self.word(rule.severity)); looks at \(rule.looksAt)",
      Terminal.safe(rule.sentence),
    ]
    if let here { lines.append("Here it is \(here), as \(TrackerConfig.path) says.") }
    if !rule.fix.isEmpty { lines.append("fix: \(Terminal.safe(rule.fix))") }
    lines.append("more: \(Terminal.safe(rule.help))")
    return lines.joined(separator: "\n")
  }

  private var json: JSONValue {
    let members: [(String, JSONValue?)] = [
      ("rule", .string(rule.id)), ("severity", .string(rule.severity.rawValue)),
      ("configured", setting.map { .string($0.severity?.rawValue ?? "off") }),
      ("failFrom", setting?.failFrom.map { .string($0.description) }),
      ("looksAt", .string(rule.looksAt)), ("kind", rule.kind.map { .string($0) }),
      ("check", rule.check.map { .string($0) }), ("sentence", .string(rule.sentence)),
      ("mend", .string(rule.fix)), ("help", .string(rule.help)),
    ]
    return Output.envelope("rule", members.compactMap { name, value in value.map { (name, $0) } })
  }

  private var here: String? {
    setting.map { setting in
      (setting.severity.map(Self.word) ?? "off")
        + (setting.failFrom.map { " from \($0) on, and warns until then" } ?? "")
    }
  }

  private static func word(_ severity: Severity) -> String {
    switch severity {
    case .error: "an error"
    case .warning: "a warning"
    case .info: "a note"
    }
  }
}
