import Files
import JSONText
import Records

/// Decides whether config, people and schemas may change; the base's policy applies.
///
/// If the base names maintainers, only they may change anything under `.docket/`. If it names none,
/// anybody may add, but nobody may weaken the rules that apply to them.
struct DefinitionPolicy {
  let handle: String?
  /// The judging program's own schemas: bringing an older docket's up to them weakens nothing.
  var own = OwnSchemas.none

  func findings(
    from base: TrackerDefinition, to proposed: TrackerDefinition, changed paths: [RepositoryPath]
  ) -> [Finding] {
    // Without a definition in the base, there is nothing to weaken.
    guard base.isTracked else { return [] }
    let maintainers = base.config.maintainers
    if let handle, maintainers.contains(handle) { return [] }
    if !proposed.isTracked {
      // One finding says it; what every file in the folder says would hide it.
      let path = TrackerDefinition.folder
      return [
        RuleBook.finding(
          maintainers.isEmpty ? "policy.weakened" : "policy.maintainers-only",
          path: TrackerConfig.path, line: 1, column: 1,
          "\(TrackerConfig.path) would be gone, and with it every rule: the change ends docket here",
          hint: "git restore --staged --worktree \(path)")
      ]
    }
    if !maintainers.isEmpty {
      let named = maintainers.prefix(8).joined(separator: ", ")
      let others = maintainers.count > 8 ? " and \(maintainers.count - 8) others" : ""
      return paths.map {
        RuleBook.finding(
          "policy.maintainers-only", path: $0, line: 1, column: 1,
          "only \(named)\(others) may change this; you are \(handle ?? "nobody that git config docket.handle names")",
          hint: "ask one of them, in a pull request; git restore --staged --worktree \($0)")
      }
    }
    return weakenings(from: base, to: proposed)
  }

  private func weakenings(from base: TrackerDefinition, to proposed: TrackerDefinition) -> [Finding]
  {
    var tally = FindingTally(atMost: FindingTally.limitInChange)
    func weakened(
      _ path: RepositoryPath, _ node: @autoclosure () -> JSONNode?, _ pointer: String?,
      _ message: String
    ) {
      let rule = "policy.weakened"
      tally.add(rule, RuleBook.severity(of: rule)) {
        let position = node()?.position
        return RuleBook.finding(
          rule, path: path, line: position?.line ?? 1, column: position?.column ?? 1,
          pointer: pointer, message,
          hint:
            "git restore --staged --worktree \(ShellWord.quoted(path)); or first name maintainers, in a commit of its own: \"policy\": {\"maintainers\": [\"…\"]}"
        )
      }
    }
    let path = TrackerConfig.path
    if proposed.config.folder != base.config.folder {
      weakened(
        path, nil, "/recordsFolder",
        "recordsFolder would move from \(base.config.folder) to \(proposed.config.folder): the records there would go unjudged"
      )
    }
    let ids = Set(base.config.rules.keys).union(proposed.config.rules.keys).sorted()
    let (before, after) = (RuleSettings(base), RuleSettings(proposed))
    for id in ids where after.isWeaker(id, than: before) {
      weakened(
        path, proposed.ruleNode(id), JSONPointer(tokens: ["rules", id]).description,
        "the rule \(id) would go from \(before.name(of: id)) to \(after.name(of: id))")
    }
    // Without them config, people and the schemas that kinds share would go unchecked.
    for name in KindCatalog.supporting.sorted()
    where base.catalog.files.documents[name] != nil && proposed.catalog.files.documents[name] == nil
    {
      weakened(
        TrackerDefinition.schemaFolder.appending(name), nil, nil,
        "\(name) would be gone, and what it describes unchecked")
    }
    let upgrades = own.upgrades(from: base, to: proposed)
    for kind in base.catalog.kinds {
      let file = TrackerDefinition.schemaFolder.appending(kind.fileName)
      guard let new = proposed.catalog.kind(named: kind.name) else {
        // A schema that can't be used says itself what is wrong with it.
        if proposed.catalog.problems.contains(where: { $0.file == kind.fileName }) { continue }
        weakened(file, nil, nil, "the kind \(kind.name) would be gone, and its records unchecked")
        continue
      }
      if !upgrades.contains(kind.fileName) {
        for loss in losses(from: kind, to: new) { weakened(file, new.document.root, nil, loss) }
      }
      guard !SchemaAcceptance.isDescribedAlike(kind, new, base, proposed),
        !Self.changed(kind, base, proposed).isSubset(of: upgrades)
      else { continue }
      for loss in AnnotationLosses.between(kind, new) {
        weakened(file, new.document.root, nil, "\(kind.name) \(loss)")
      }
    }
    for (name, old) in base.catalog.files.documents.sorted(by: { $0.key < $1.key }) {
      guard let new = proposed.catalog.files.documents[name], old.bytes != new.bytes,
        !upgrades.contains(name)
      else { continue }
      for loss in SchemaStrictness.losses(from: old.root.value, to: new.root.value) {
        let node =
          new.root.node(at: loss.pointer) ?? loss.pointer.parent.flatMap(new.root.node(at:))
        weakened(
          "\(TrackerDefinition.schemaFolder)/\(name)", node ?? new.root, loss.pointer.description,
          "\(name) \(loss.message)")
      }
    }
    return tally.findings
  }

  /// Returns the files that describe a kind and differ in what they describe so far: a new shape among
  /// those that kinds share takes nothing from them.
  private static func changed(
    _ kind: Kind, _ base: TrackerDefinition, _ proposed: TrackerDefinition
  ) -> Set<String> {
    base.catalog.files.closure(of: kind.fileName)
      .union(proposed.catalog.files.closure(of: kind.fileName))
      .filter { name in
        let (old, new) = (
          base.catalog.files.documents[name], proposed.catalog.files.documents[name]
        )
        guard old?.bytes != new?.bytes else { return false }
        guard let old = old?.root.value, let new = new?.root.value else { return true }
        return !onlyAddsShapes(from: old, to: new)
      }
  }

  /// Whether two schemas differ only by definitions that the second has in addition.
  private static func onlyAddsShapes(from old: JSONValue, to new: JSONValue) -> Bool {
    let key = "$defs"
    func rest(_ value: JSONValue) -> JSONValue {
      var value = value
      value[key] = nil
      return value
    }
    guard rest(old) == rest(new), let before = old[key]?.object, let after = new[key]?.object else {
      return false
    }
    let known = after.byName
    return before.members.allSatisfy { known[JSONName($0.key)] == $0.value }
  }

  /// Returns what a schema would no longer require.
  private func losses(from old: Kind, to new: Kind) -> [String] {
    guard old.document.bytes != new.document.bytes else { return [] }
    var losses: [String] = []
    func list(_ kind: Kind, _ key: String) -> [JSONValue] {
      kind.document.root["x-docket"]?[key]?.value.array ?? []
    }
    let frozen = Set(list(new, "frozen"))
    if list(old, "frozen").contains(where: { !frozen.contains($0) }) {
      losses.append("\(old.name) would no longer freeze all that it froze")
    }
    let successors = Dictionary(
      new.rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let (asked, asking) = (ruleNodes(of: old), ruleNodes(of: new))
    for rule in old.rules {
      guard let successor = successors[rule.id],
        successor.severity >= rule.severity
      else {
        losses.append("\(old.name) would lose or lower the rule \(rule.id)")
        continue
      }
      // Whether different keywords require less can't be decided; that they differ can.
      let (before, after) = (asked[rule.id], asking[rule.id])
      if rule.call != successor.call || rule.each != successor.each
        || ["then", "when"].contains(where: { before?[$0]?.value != after?[$0]?.value })
      {
        losses.append("\(old.name) would ask something else in the rule \(rule.id)")
      }
    }
    for relation in old.links {
      let successor = new.relation(relation.name)
      let isWider =
        !relation.kinds.isEmpty
        && (successor?.kinds.isEmpty != false
          || !Set(successor?.kinds ?? []).isSubset(of: relation.kinds))
      let places = successor?.places ?? []
      if !relation.places.allSatisfy(places.contains) || isWider
        || relation.isAcyclic && successor?.isAcyclic != true
      {
        losses.append("\(old.name) would ask less of its links \(relation.name)")
      }
    }
    if let before = old.workflow, let after = new.workflow {
      for state in before.states {
        for next in after.next(after: state)
        where !before.reachable(from: state).contains(next) && before.states.contains(next) {
          losses.append("\(old.name) would allow the step \(state) → \(next)")
        }
      }
    } else if old.workflow != nil {
      losses.append("\(old.name) would lose its workflow")
    }
    return losses
  }

  /// Returns the first rule of each id, as the schema has it.
  private func ruleNodes(of kind: Kind) -> [String: JSONNode] {
    let nodes = kind.document.root["x-docket"]?["rules"]?.elements.map { $0 } ?? []
    return Dictionary(
      nodes.compactMap { node in node["id"]?.string.map { ($0, node) } },
      uniquingKeysWith: { first, _ in first })
  }
}

/// How strict each rule is under one definition.
private struct RuleSettings {
  private let config: TrackerConfig
  /// The severities of the rules of kinds.
  private let ofKinds: [String: Severity]

  init(_ definition: TrackerDefinition) {
    config = definition.config
    ofKinds = Dictionary(
      definition.catalog.kinds.flatMap(\.rules).map { ($0.id, $0.severity) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Whether a rule is less strict than under `other`: of a lower severity, or an error only from a
  /// later day on.
  func isWeaker(_ id: String, than other: RuleSettings) -> Bool {
    let (mine, others) = (severity(of: id), other.severity(of: id))
    guard mine == others else { return order(mine) < order(others) }
    // Before that day an error only warns; other severities don't depend on it.
    guard mine == .error, let start = config.rules[id]?.failFrom else { return false }
    guard let start2 = other.config.rules[id]?.failFrom else { return true }
    return start > start2
  }

  private func order(_ severity: Severity?) -> Int {
    switch severity {
    case nil: 0
    case .info?: 1
    case .warning?: 2
    case .error?: 3
    }
  }

  private func severity(of id: String) -> Severity? {
    if let setting = config.rules[id] { return setting.severity }
    return RuleBook.rule(id)?.severity ?? ofKinds[id] ?? .warning
  }

  func name(of id: String) -> String {
    (severity(of: id)?.rawValue ?? "off")
      + (config.rules[id]?.failFrom.map { " from \($0)" } ?? "")
  }
}

extension TrackerDefinition {
  /// Returns where the config sets a rule.
  func ruleNode(_ id: String) -> JSONNode? { configRoot?["rules"]?[id] }
}
