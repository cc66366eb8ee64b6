import Files
import JSONText
import Records

/// Decides whether config, people and schemas may change; the base's policy applies.
///
/// If the base names maintainers, only they may change anything under `.docket/`. If it names none,
/// anybody may add, but nobody may weaken the rules that apply to them.
struct DefinitionPolicy {
  let handle: String?

  func findings(
    from base: TrackerDefinition, to proposed: TrackerDefinition, changed paths: [RepositoryPath]
  ) -> [Finding] {
    // Without a definition in the base, there is nothing to weaken.
    guard base.isTracked else { return [] }
    let maintainers = base.config.maintainers
    if let handle, maintainers.contains(handle) { return [] }
    if !maintainers.isEmpty {
      return paths.map {
        RuleBook.finding(
          "policy.maintainers-only", path: $0, line: 1, column: 1,
          "only \(maintainers.joined(separator: ", ")) may change this; you are \(handle ?? "nobody that git config docket.handle names")",
          hint: "ask one of them, in a pull request; git restore --staged --worktree \($0)")
      }
    }
    return weakenings(from: base, to: proposed)
  }

  private func weakenings(from base: TrackerDefinition, to proposed: TrackerDefinition) -> [Finding]
  {
    var findings: [Finding] = []
    func weakened(_ path: RepositoryPath, _ node: JSONNode?, _ pointer: String?, _ message: String)
    {
      findings.append(
        RuleBook.finding(
          "policy.weakened", path: path, line: node?.position.line ?? 1,
          column: node?.position.column ?? 1, pointer: pointer, message,
          hint:
            "git restore --staged --worktree \(ShellWord.quoted(path)); or first name maintainers, in a commit of its own: \"policy\": {\"maintainers\": [\"…\"]}"
        ))
    }
    let path = TrackerConfig.path
    if !proposed.isTracked {
      weakened(path, nil, nil, "\(path) would be gone, and with it every rule")
      return findings
    }
    if proposed.config.folder != base.config.folder {
      weakened(
        path, nil, "/recordsFolder",
        "recordsFolder would move from \(base.config.folder) to \(proposed.config.folder): the records there would go unjudged"
      )
    }
    let ids = Set(base.config.rules.keys).union(proposed.config.rules.keys).sorted()
    for id in ids {
      let before = strictness(of: id, in: base)
      let after = strictness(of: id, in: proposed)
      if after < before {
        weakened(
          path, proposed.ruleNode(id), "/rules/\(id)",
          "the rule \(id) would go from \(name(of: id, in: base)) to \(name(of: id, in: proposed))")
      }
    }
    // Without them config, people and the schemas that kinds share would go unchecked.
    for name in KindCatalog.supporting.sorted()
    where base.catalog.files.documents[name] != nil && proposed.catalog.files.documents[name] == nil
    {
      weakened(
        TrackerDefinition.schemaFolder.appending(name), nil, nil,
        "\(name) would be gone, and what it describes unchecked")
    }
    for kind in base.catalog.kinds {
      let file = TrackerDefinition.schemaFolder.appending(kind.fileName)
      guard let new = proposed.catalog.kind(named: kind.name) else {
        weakened(file, nil, nil, "the kind \(kind.name) would be gone, and its records unchecked")
        continue
      }
      for loss in losses(from: kind, to: new) { weakened(file, new.document.root, nil, loss) }
    }
    for (name, old) in base.catalog.files.documents.sorted(by: { $0.key < $1.key }) {
      guard let new = proposed.catalog.files.documents[name], old.bytes != new.bytes else {
        continue
      }
      for loss in SchemaStrictness.losses(from: old.root.value, to: new.root.value) {
        let node =
          new.root.node(at: loss.pointer) ?? loss.pointer.parent.flatMap(new.root.node(at:))
        weakened(
          "\(TrackerDefinition.schemaFolder)/\(name)", node ?? new.root, loss.pointer.description,
          "\(name) \(loss.message)")
      }
    }
    return findings
  }

  /// Returns what a schema would no longer require.
  private func losses(from old: Kind, to new: Kind) -> [String] {
    guard old.document.bytes != new.document.bytes else { return [] }
    var losses: [String] = []
    func list(_ kind: Kind, _ key: String) -> [JSONValue] {
      kind.document.root["x-docket"]?[key]?.value.array ?? []
    }
    if list(old, "frozen").contains(where: { !list(new, "frozen").contains($0) }) {
      losses.append("\(old.name) would no longer freeze all that it froze")
    }
    for rule in old.rules {
      guard let successor = new.rules.first(where: { $0.id == rule.id }),
        successor.severity >= rule.severity
      else {
        losses.append("\(old.name) would lose or lower the rule \(rule.id)")
        continue
      }
      // Whether different keywords require less can't be decided; that they differ can.
      let root = new.document.root
      if value(rule.then, in: old.document.root) != value(successor.then, in: root)
        || rule.call != successor.call || rule.each != successor.each
        || value(rule.when, in: old.document.root) != value(successor.when, in: root)
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

  private func value(_ pointer: JSONPointer?, in root: JSONNode) -> JSONValue? {
    pointer.flatMap { root.node(at: $0)?.value }
  }

  /// Higher is stricter; a date only postpones strictness.
  private func strictness(of id: String, in definition: TrackerDefinition) -> Int {
    let severity = severity(of: id, in: definition)
    let rank = [nil: 0, .info: 2, .warning: 4, .error: 6][severity] ?? 0
    return rank - (definition.config.rules[id]?.failFrom == nil ? 0 : 1)
  }

  private func severity(of id: String, in definition: TrackerDefinition) -> Severity? {
    if let setting = definition.config.rules[id] { return setting.severity }
    if let rule = RuleBook.rule(id) { return rule.severity }
    return definition.catalog.kinds.flatMap(\.rules).first { $0.id == id }?.severity ?? .warning
  }

  private func name(of id: String, in definition: TrackerDefinition) -> String {
    let name = severity(of: id, in: definition)?.rawValue ?? "off"
    return name + (definition.config.rules[id]?.failFrom.map { " from \($0)" } ?? "")
  }
}

extension TrackerDefinition {
  /// Returns where the config sets a rule.
  func ruleNode(_ id: String) -> JSONNode? { configRoot?["rules"]?[id] }
}
