package import JSONText

/// A kind of record, read from its schema; code knows nothing about particular kinds.
package struct Kind: Sendable {
  /// The schema's file name without `.schema.json`.
  package let name: String
  package let document: JSONDocument
  package let view: SchemaView
  package let prefix: String
  package let directory: String
  /// Singular and plural: "Pain point" and "pain points".
  package let title: String
  package let plural: String
  /// The property with a record's title, and the one with the date shown to people.
  package let titleKey: String?
  package let dateKey: String?
  /// The property with the day that decides a new record's folder; `nil`: the day it is written.
  package let filedKey: String?
  /// What many people add to a record of this kind, as records of their own.
  package let collections: [RecordCollection]
  /// How `docket note` and `docket tell` write records of this kind, if they do.
  package let note: NoteBinding?
  package let tell: TellBinding?
  package let workflow: Workflow?
  package let links: [LinkRelation]
  package let frozen: [FrozenPart]
  package var rules: [RecordRule] { ruleSet.value.rules }
  /// The rules that can't be read, and why; the kind works without them.
  package var ruleProblems: [KindProblem] { ruleSet.value.problems }
  package var scoreBindings: [ScoreBinding] { computing.value.scores }
  package var rankBinding: RankBinding? { computing.value.rank }
  /// The evidence on others that records of this kind hold, for ``EvidenceFormula/second``.
  package var bearings: [EvidenceBearing] { computing.value.bearings }
  /// The scores and ranks that can't be computed, and why; the kind works without them.
  package var formulaProblems: [KindProblem] { computing.value.problems }
  package let columns: [String]
  package let form: [String]
  /// What a new record takes over from earlier ones.
  package let carries: CarryOver?
  /// What open records wait for, and who has to act.
  package let waits: [WaitingRule]

  // Read lazily: half of a kind's schema, which most commands don't need.
  private let ruleSet: Lazy<RuleSet>
  private let computing: Lazy<Computing>
  private let retiring: Lazy<[RetiredList]>

  /// The keys that every record begins with, whether its schema declares them or not.
  package static let identityKeys = ["$schema", "id"]

  package var fileName: String { "\(name).schema.json" }

  init(name: String, document: JSONDocument, files: SchemaFiles) throws(KindProblem) {
    func problem(_ message: String, at node: JSONNode? = nil) -> KindProblem {
      KindProblem(
        file: "\(name).schema.json", position: (node ?? document.root).position, message: message)
    }
    let root = document.root
    guard let model = root["x-docket"], model.isObject else {
      throw problem("a kind's schema has an \"x-docket\" object")
    }
    if let (key, place) = KnownKeys.firstUnknown(in: model, isDeep: false) {
      throw KindProblem.unknownKey(key, place, file: "\(name).schema.json")
    }
    guard let prefix = model["prefix"]?.string, RecordID("\(prefix)-0000000000") != nil else {
      throw problem("\"prefix\" is two to five capital letters", at: model["prefix"] ?? model)
    }
    guard let directory = model["directory"]?.string, !directory.isEmpty,
      !directory.contains("/"), !directory.hasPrefix(".")
    else {
      throw problem("\"directory\" is one folder's name", at: model["directory"] ?? model)
    }
    self.name = name
    self.document = document
    view = SchemaView(root, in: files, leading: Self.identityKeys)
    self.prefix = prefix
    self.directory = directory
    // Words that go into every output: nothing in them may forge a line.
    let title = root["title"]?.string ?? name
    self.title = DeceptiveCharacters.shown(in: title, lines: .spaces)
    plural = DeceptiveCharacters.shown(
      in: model["plural"]?.string ?? title.lowercased() + "s", lines: .spaces)
    titleKey = model["title"]?.string ?? (view.property("title") == nil ? nil : "title")
    dateKey = model["date"]?.string
    filedKey = model["filed"]?.string
    collections =
      model["collections"]?.members.compactMap {
        RecordCollection(name: $0.key.string ?? "", $0.value)
      }
      ?? []
    note = model["note"].flatMap { NoteBinding($0) }
    tell = model["tell"].flatMap { TellBinding($0) }
    if let node = model["workflow"] {
      guard let workflow = Workflow(node, at: JSONPointer(tokens: ["x-docket", "workflow"])) else {
        throw problem("\"workflow\" has a \"property\" and an \"initial\" state", at: node)
      }
      self.workflow = workflow
    } else {
      workflow = nil
    }
    links =
      model["links"]?.members.compactMap { LinkRelation(name: $0.key.string ?? "", $0.value) } ?? []
    let base = JSONPointer(tokens: ["x-docket"])
    frozen = (model["frozen"]?.elements.map { $0 } ?? []).enumerated().map {
      FrozenPart($0.element, at: base.appending("frozen").appending($0.offset))
    }
    ruleSet = Lazy { RuleSet(model, at: base, file: "\(name).schema.json") }
    computing = Lazy { [view, links, collections] in
      Computing(
        model, view: view, links: links, collections: collections, file: "\(name).schema.json")
    }
    retiring = Lazy {
      root["properties"]?.members.compactMap { RetiredList(name: $0.key.string ?? "", $0.value) }
        ?? []
    }
    columns = model["columns"]?.elements.compactMap(\.string) ?? []
    form = model["form"]?.elements.compactMap(\.string) ?? []
    carries = model["carries"].flatMap { CarryOver($0) }
    waits = (model["waits"]?.elements.map { $0 } ?? []).enumerated().compactMap {
      WaitingRule($0.element, at: base.appending("waits").appending($0.offset))
    }
  }

  /// Returns the list of this name, if it is retired.
  package func retired(_ name: String) -> RetiredList? {
    retiredLists.first { $0.name == name }
  }

  /// The retired lists, in the schema's order.
  package var retiredLists: [RetiredList] { retiring.value }

  /// The day that decides a new record's folder: the property's that the kind names, else `today`.
  package func filingDay(of record: JSONValue, otherwise today: CivilDate) -> CivilDate {
    filedKey.flatMap { record[$0]?.string }.flatMap { CivilDate($0) } ?? today
  }

  package func relation(_ name: String?) -> LinkRelation? { links.first { $0.name == name } }

  /// Returns the links of a record of this kind under a relation; none if there is no such
  /// relation.
  package func links(_ relation: String?, of record: JSONNode) -> [Link] {
    self.relation(relation)?.links(in: record) ?? []
  }

  /// Returns the value of a record's title property; empty if it has none.
  package func heading(of record: some JSONReadable) -> String {
    titleKey.flatMap { record[$0]?.string } ?? ""
  }

  /// Returns a record's heading, else the beginning of its first text, for people who see it in a
  /// list; never for what stays: paths and commit messages.
  package func caption(of record: JSONValue) -> String {
    let heading = heading(of: record)
    guard heading.isEmpty else { return heading }
    for name in view.propertyNames {
      guard let place = view.property(name), place.isText, !place.isHidden,
        let lines = record[name]?.array, !lines.isEmpty
      else { continue }
      return ChangeWords.shortened(lines.map(\.plainText).joined(separator: " "), to: 80)
    }
    return ""
  }

  package func state(of record: some JSONReadable) -> String? {
    workflow.flatMap { record[$0.property]?.string }
  }

  package func isClosed(_ record: some JSONReadable) -> Bool {
    guard let workflow, let state = state(of: record) else { return false }
    return workflow.isClosed(state)
  }

  /// The same for a record that was only parsed, which is much cheaper for many records.
  package func isClosed(_ record: JSONNode) -> Bool {
    guard let workflow, let state = record[workflow.property]?.string else { return false }
    return workflow.isClosed(state)
  }

  /// Returns "pain point" for one, "pain points" for any other number.
  package func noun(_ count: Int) -> String { count == 1 ? title.lowercased() : plural }

  /// "a pain point", "an action"; plain "minutes", a plural.
  package var withArticle: String {
    let word = title.lowercased()
    if word == plural { return word }
    return ("aeiou".contains(word.first ?? " ") ? "an " : "a ") + word
  }
}

/// The rules of a kind.
private struct RuleSet: Sendable {
  private(set) var rules: [RecordRule] = []
  private(set) var problems: [KindProblem] = []

  init(_ model: JSONNode, at base: JSONPointer, file: String) {
    for (index, node) in (model["rules"]?.elements.map { $0 } ?? []).enumerated() {
      switch RecordRule.read(node, at: base.appending("rules").appending(index)) {
      case .success(let rule): rules.append(rule)
      case .failure(let wrong):
        problems.append(
          KindProblem(file: file, position: wrong.node.position, message: wrong.message))
      case nil: continue
      }
    }
  }
}

/// The scores and rank computed for a kind's records.
private struct Computing: Sendable {
  private(set) var scores: [ScoreBinding] = []
  private(set) var rank: RankBinding?
  private(set) var bearings: [EvidenceBearing] = []
  private(set) var problems: [KindProblem] = []

  init(
    _ model: JSONNode, view: SchemaView, links: [LinkRelation], collections: [RecordCollection],
    file: String
  ) {
    var faults: [BindingProblem] = []
    for node in model["score"].map({ $0.isArray ? Array($0.elements) : [$0] }) ?? [] {
      switch ScoreBinding.read(node, view: view) {
      case .success(let score): scores.append(score)
      case .failure(let fault): faults.append(fault)
      }
    }
    if let node = model["rank"] {
      switch RankBinding.read(node, view: view, links: links, collections: collections) {
      case .success(let binding): rank = binding
      case .failure(let fault): faults.append(fault)
      }
    }
    for (index, node) in (model["bears"]?.elements.map { $0 } ?? []).enumerated() {
      let pointer = JSONPointer(tokens: ["x-docket", "bears"]).appending(index)
      if let bearing = EvidenceBearing(node, at: pointer) { bearings.append(bearing) }
    }
    problems = faults.map {
      KindProblem(file: file, position: $0.node.position, message: $0.message)
    }
  }
}
