package import Files
import JSONText

/// Checks that a kind's `x-docket` model and its properties agree: what the model names exists, and
/// what exists can be reached.
package struct SchemaConsistency {
  let kind: Kind
  let catalog: KindCatalog
  private let path: RepositoryPath
  let known: Set<String>
  private var findings: [Finding] = []

  /// - Parameters:
  ///   - folder: the folder of the schema files.
  ///   - known: names of kinds that aren't in the catalog but could be added.
  package static func findings(
    of kind: Kind, in catalog: KindCatalog, folder: RepositoryPath, known: Set<String> = []
  ) -> [Finding] {
    var check = SchemaConsistency(
      kind: kind, catalog: catalog, path: "\(folder)/\(kind.fileName)", known: known)
    check.run()
    return check.findings
  }

  private init(kind: Kind, catalog: KindCatalog, path: RepositoryPath, known: Set<String>) {
    (self.kind, self.catalog, self.path, self.known) = (kind, catalog, path, known)
  }

  var root: JSONNode { kind.document.root }
  private var model: JSONNode? { root["x-docket"] }

  private mutating func run() {
    identity()
    workflow()
    names()
    links()
    if let model {
      if let (key, place) = KnownKeys.firstUnknown(in: model, isDeep: true) {
        let problem = KindProblem.unknownKey(key, place, file: kind.fileName)
        add(key, problem.message, hint: problem.hint)
      }
      collections(model)
      verbs(model)
    }
    frozen()
    rules()
    lists(kind.view, at: root)
  }

  mutating func add(
    _ node: JSONNode?, _ message: String, hint: String? = nil, _ severity: Severity = .error
  ) {
    let position = (node ?? root).position
    var finding = RuleBook.finding(
      "schema.inconsistent", path: path, line: position.line, column: position.column, message,
      hint: hint ?? "correct \(path); docs/schema-vocabulary.md describes each key")
    finding.severity = severity
    findings.append(finding)
  }

  // MARK: What the kind is

  private mutating func identity() {
    let parts = root["$id"]?.string?.split(separator: ":").map(String.init) ?? []
    if parts.count == 4, parts[2] != kind.name {
      add(
        root["$id"], "$id says \(parts[2]), and the file is \(kind.fileName)",
        hint: "$id is urn:WHO:\(kind.name):VERSION", .warning)
    }
    if let node = root["properties"]?["id"], let pattern = node["pattern"]?.string,
      pattern.hasPrefix("^"), !pattern.dropFirst().hasPrefix(kind.prefix + "-")
    {
      add(
        node["pattern"],
        "the pattern of id is \(pattern), and ids of this kind begin with \(kind.prefix)-",
        hint: "\"pattern\": \"^\(kind.prefix)-[0-9A-HJKMNP-TV-Z]{10}$\"")
    }
    for node in root["required"]?.elements.map({ $0 }) ?? [] {
      property(node, "required")
    }
    closed()
    for (key, use) in [("title", "what it is called"), ("description", "what it is for")]
    where root[key] == nil {
      add(
        root, "the kind has no \(key) that says \(use)",
        hint: "add \"\(key)\": \"…\" to \(path)", .info)
    }
  }

  /// Reports a schema that allows only its own keys but doesn't declare those that every record
  /// has.
  private mutating func closed() {
    for keyword in ["additionalProperties", "unevaluatedProperties"] {
      guard let node = root[keyword], node.bool == false else { continue }
      let missing = Kind.identityKeys.filter { root["properties"]?[$0] == nil }
      guard !missing.isEmpty else { continue }
      add(
        node,
        "\(keyword) is false, and properties leave out \(missing.joined(separator: " and ")), which every record has",
        hint: "add them to properties: \(missing.map { "\"\($0)\": true" }.joined(separator: ", "))"
      )
    }
  }

  /// Whether a node names a property of the kind; adds a finding if it doesn't.
  @discardableResult
  private mutating func property(
    _ node: JSONNode, _ what: String, _ severity: Severity = .warning
  ) -> Bool {
    guard let name = node.string, kind.view.property(name) == nil else { return true }
    add(
      node,
      "\(what) names the property \(name), which there isn't"
        + Spelling.question(for: name, among: kind.view.propertyNames), severity)
    return false
  }

  private mutating func names() {
    for key in ["title", "date", "filed"] {
      if let node = model?[key] { property(node, key) }
    }
    for key in ["columns", "form"] {
      for node in model?[key]?.elements.map({ $0 }) ?? []
      // A column may be computed.
      where key != "columns" || node.string != QuerySubject.scoreKey || !kind.hasScore {
        property(node, key)
      }
    }
    for (key, _) in model?["lists"]?.members.map({ $0 }) ?? [] {
      // Nested lists may be described too.
      if let name = key.string, !Self.has(name, in: kind.view, depth: 6) { property(key, "lists") }
    }
  }

  /// Adds a finding if a node names a place that records of the kind can't have.
  mutating func place(_ node: JSONNode, _ what: String) {
    guard let text = node.string, let pattern = PointerPattern(text) else { return }
    if Self.view(of: pattern.tokens[...], in: kind.view) == nil {
      add(node, "\(what) points at \(text), which the schema doesn't describe", .warning)
    }
  }

  private static func has(_ name: String, in view: SchemaView, depth: Int) -> Bool {
    if view.property(name) != nil { return true }
    guard depth > 0 else { return false }
    if let items = view.items, has(name, in: items, depth: depth - 1) { return true }
    return view.propertyNames.contains { inner in
      view.property(inner).map { has(name, in: $0, depth: depth - 1) } ?? false
    }
  }

  /// Returns the view at a place; `nil` if the schema doesn't describe it.
  static func view(of tokens: ArraySlice<String>, in view: SchemaView) -> SchemaView? {
    guard let token = tokens.first else { return view }
    let rest = tokens.dropFirst()
    if let inner = view.property(token) { return Self.view(of: rest, in: inner) }
    if token == "*", view.items == nil {
      for name in view.propertyNames {
        guard let inner = view.property(name) else { continue }
        if let found = Self.view(of: rest, in: inner) { return found }
      }
    }
    if token == "*" || JSONPointer.index(token) != nil, let items = view.items {
      return Self.view(of: rest, in: items)
    }
    // An explicitly open object may have any key.
    return view.isOpen && !view.types.contains("array") && view.items == nil ? view : nil
  }

  // MARK: Workflow

  private mutating func workflow() {
    guard let workflow = kind.workflow, let node = model?["workflow"] else { return }
    if let name = node["property"], !property(name, "the workflow", .error) { return }
    let view = kind.view.property(workflow.property)
    let choices = view?.choices ?? []
    let states = workflow.states
    let named = root["properties"]?[workflow.property] ?? node
    if choices.isEmpty {
      add(
        named, "\(workflow.property) holds the state, but has no enum of the states",
        hint: "\"enum\": [\(states.map { "\"\($0)\"" }.joined(separator: ", "))]", .warning)
      return
    }
    for state in states where !choices.contains(state) {
      add(
        node,
        "the workflow has the state \(state), which the enum of \(workflow.property) doesn't allow",
        hint: "add \"\(state)\" to the enum of \(workflow.property), or take it out of the workflow"
      )
    }
    for choice in choices where !states.contains(choice) {
      add(
        named,
        "\(workflow.property) may be \(choice), but no step from \(workflow.initial) leads there",
        hint: "add a step to it in x-docket.workflow.transitions, or take it out of the enum")
    }
    for (key, _) in node["transitions"]?.members.map({ $0 }) ?? [] {
      if let state = key.string, !states.contains(state), !choices.contains(state) {
        add(key, "steps are named from \(state), which no step leads to")
      }
    }
    for state in node["closed"]?.elements.map({ $0 }) ?? [] {
      if let name = state.string, !states.contains(name) {
        add(state, "closed names the state \(name), which the workflow doesn't have")
      }
    }
  }

  // MARK: Links and frozen parts

  private mutating func links() {
    for relation in kind.links {
      guard let node = model?["links"]?[relation.name] else { continue }
      if let at = node["at"] {
        for place in at.elements.map({ $0 }) { self.place(place, "the relation \(relation.name)") }
      } else if kind.view.property(relation.name) == nil {
        add(
          node,
          "the relation \(relation.name) is kept in a property of its name, which there isn't",
          hint: "add the property, or say where its ids are: \"at\": [\"/…\"]")
      }
      for name in node["kinds"]?.elements.map({ $0 }) ?? [] {
        guard let text = name.string else { continue }
        guard let target = catalog.kind(named: text) else {
          guard !known.contains(text) else { continue }
          let names = (Array(known) + catalog.kinds.map(\.name)).sorted()
          add(
            name, "the kind \(text) isn't there" + Spelling.question(for: text, among: names),
            hint: "docket schema new \(text)", .info)
          continue
        }
        if let moves = relation.moves, target.workflow?.states.contains(moves) != true {
          add(
            node["moves"],
            "\(relation.name) moves \(target.plural) to \(moves), a state they don't have"
          )
        }
      }
    }
  }

  private mutating func frozen() {
    for part in model?["frozen"]?.elements.map({ $0 }) ?? [] {
      for key in ["only", "except", "append"] {
        for node in part[key]?.elements.map({ $0 }) ?? [] { place(node, "frozen.\(key)") }
      }
      if let first = part["append"]?.elements.first(where: { _ in true }),
        let pattern = first.string.flatMap(PointerPattern.init),
        let view = Self.view(of: pattern.tokens[...], in: kind.view), view.items == nil
      {
        add(
          first, "the first place of append is where corrections go, and \(pattern) is no list",
          hint: "name a list there first, such as /amendments", .warning)
      }
      if let when = part["when"] { condition(when, kind.view, "frozen") }
    }
  }

  // MARK: Rules

  private mutating func rules() {
    var seen: Set<String> = []
    for rule in model?["rules"]?.elements.map({ $0 }) ?? [] {
      guard let node = rule["id"], let id = node.string else { continue }
      if !seen.insert(id).inserted { add(node, "another rule has the id \(id)") }
      if id.split(separator: ".").first.map(String.init) != kind.name {
        add(node, "the rule \(id) should begin with its kind: \(kind.name).…", .warning)
      }
      if let at = rule["at"] { place(at, "the rule \(id)") }
      if let when = rule["when"] { condition(when, kind.view, "the rule \(id)") }
      if let each = rule["each"] { place(each, "the rule \(id)") }
      let tokens = rule["each"]?.string.flatMap(PointerPattern.init)?.tokens ?? []
      if let then = rule["then"], let view = Self.view(of: tokens[...], in: kind.view) {
        condition(then, view, "the rule \(id)")
      }
      if let hint = rule["hint"], let text = hint.string {
        for problem in HintCheck.problems(in: text, of: kind) {
          add(hint, "the hint of \(id) can't be typed: \(problem)", .warning)
        }
      }
    }
  }

  /// Reports a condition on keys or values that records can't have, which would always or never
  /// hold.
  mutating func condition(_ node: JSONNode, _ view: SchemaView, _ what: String) {
    guard node.isObject else { return }
    for (key, inner) in node["properties"]?.members.map({ $0 }) ?? [] {
      guard let name = key.string else { continue }
      guard let place = view.property(name) else {
        if !view.isOpen { unknown(key, name, view, what) }
        continue
      }
      condition(inner, place, what)
    }
    for key in node["required"]?.elements.map({ $0 }) ?? [] {
      if let name = key.string, view.property(name) == nil, !view.isOpen {
        unknown(key, name, view, what)
      }
    }
    let choices = view.choices
    if !choices.isEmpty {
      let values = node["const"].map { [$0] } ?? node["enum"]?.elements.map { $0 } ?? []
      for value in values where !choices.contains(value.plainText) {
        add(
          value,
          "\(what) compares with \(value.plainText), which can't be: "
            + "there are \(choices.joined(separator: ", "))", .warning)
      }
    }
    if let items = view.items {
      for key in ["items", "contains"] {
        if let inner = node[key] { condition(inner, items, what) }
      }
    }
    for key in ["not", "if", "then", "else"] {
      if let inner = node[key] { condition(inner, view, what) }
    }
    for key in ["allOf", "anyOf", "oneOf"] {
      for inner in node[key]?.elements.map({ $0 }) ?? [] { condition(inner, view, what) }
    }
  }

  private mutating func unknown(
    _ node: JSONNode, _ name: String, _ view: SchemaView, _ what: String
  ) {
    add(
      node,
      "\(what) asks for \(name), which the schema doesn't describe"
        + Spelling.question(for: name, among: view.propertyNames), .warning)
  }

  // MARK: Lists

  private mutating func lists(_ view: SchemaView, at node: JSONNode) {
    for name in view.propertyNames {
      guard let property = view.property(name) else { continue }
      if let key = property.itemKey, let items = property.items {
        let required = items.keyword("required")?.elements.compactMap(\.string) ?? []
        if !required.contains(key) {
          add(
            node["properties"]?[name],
            "the items of \(name) are matched by \(key), so each needs one",
            hint: "require \"\(key)\" in its items: common.schema.json#/$defs/itemId", .info)
        }
      }
    }
  }
}
