package import JSONText

/// The `x-docket.rank` of a kind: the formula that ranks its records, and the places of its inputs.
package struct RankBinding: Sendable {
  /// The items of evidence, and the places of the values in each.
  package struct Evidence: Sendable {
    /// The items in a list of the record; `nil` if there is no such list.
    package let items: PointerPattern?
    /// The collection whose records are items; the places then lie in those.
    package let collection: RecordCollection?
    package let who: JSONPointer?
    package let team: JSONPointer?
    package let said: JSONPointer?
    package let observed: JSONPointer?
    package let date: JSONPointer?
    /// The record that an item was taken from; its date is used if the item has none.
    package let from: JSONPointer?
  }

  /// The positions of board members on working on it: items with a link to the ranked record, in
  /// records of any kind that has the relation.
  package struct Positions: Sendable {
    package let relation: String
    package let value: JSONPointer
    package let who: JSONPointer?
    package let team: JSONPointer?
    package let valuable: [String]
    package let notValuable: [String]
  }

  /// The formula's id, `evidence/1`.
  package let formula: String
  package let evidence: Evidence
  package let severity: JSONPointer?
  package let frequency: JSONPointer?
  package let reach: JSONPointer?
  /// The relation from a duplicate to the record that its evidence counts for.
  package let duplicates: String?
  package let positions: Positions?
  /// The relation by which records of other kinds address a ranked one.
  package let answers: String?

  static func read(
    _ node: JSONNode, view: SchemaView, links: [LinkRelation], collections: [RecordCollection]
  ) -> Result<RankBinding, BindingProblem> {
    do throws(BindingProblem) {
      return .success(try RankBinding(node, view: view, links: links, collections: collections))
    } catch {
      return .failure(error)
    }
  }

  private init(
    _ node: JSONNode, view: SchemaView, links: [LinkRelation], collections: [RecordCollection]
  ) throws(BindingProblem) {
    let formula = node["formula"]?.string ?? ""
    guard EvidenceFormula.ids.contains(formula) else {
      throw BindingProblem(
        "there is no formula \"\(formula)\" to rank by; there are "
          + EvidenceFormula.ids.joined(separator: " and "), at: node["formula"] ?? node)
    }
    self.formula = formula
    guard let evidence = node["evidence"], evidence["at"] ?? evidence["collection"] != nil else {
      throw BindingProblem(
        "\(formula) needs \"evidence\": {\"collection\": …} or {\"at\": …}, the place of the items of evidence",
        at: node["evidence"] ?? node)
    }
    self.evidence = try Evidence(evidence, view: view, collections: collections)
    severity = try Self.place(node["severity"], in: view)
    frequency = try Self.place(node["frequency"], in: view)
    reach = try Self.place(node["reach"], in: view)
    duplicates = node["duplicates"]?.string
    if let duplicates, !links.contains(where: { $0.name == duplicates }) {
      throw BindingProblem(
        "the kind has no relation \"\(duplicates)\"", at: node["duplicates"] ?? node)
    }
    positions = try node["positions"].map { (node) throws(BindingProblem) in
      try Positions(node)
    }
    answers = node["answers"]?.string
  }

  /// Reads a place, which the view must have; `nil` if the binding doesn't name one.
  ///
  /// - Parameter view: `nil` for the record of another kind, which isn't known here.
  fileprivate static func place(_ node: JSONNode?, in view: SchemaView?) throws(BindingProblem)
    -> JSONPointer?
  {
    guard let node else { return nil }
    guard let text = node.string, let pointer = try? JSONPointer(parsing: text), pointer != .root
    else { throw BindingProblem("a JSON Pointer is expected here", at: node) }
    guard let view else { return pointer }
    guard view.at(pointer) != nil else {
      throw BindingProblem("there is no property \(text) here", at: node)
    }
    return pointer
  }
}

extension RankBinding.Evidence {
  /// Reads `evidence`. A retired list of the collection's name holds items too, with the same places.
  fileprivate init(_ node: JSONNode, view: SchemaView, collections: [RecordCollection])
    throws(BindingProblem)
  {
    var items: PointerPattern?
    var itemView: SchemaView?
    if let named = node["collection"] {
      guard let collection = collections.first(where: { $0.name == named.string }) else {
        throw BindingProblem("the kind has no collection \(named.plainText)", at: named)
      }
      self.collection = collection
      if let list = view.property(collection.name)?.items {
        items = PointerPattern(tokens: [collection.name, "*"])
        itemView = list
      }
    } else {
      collection = nil
      guard let at = node["at"], let pattern = at.string.flatMap(PointerPattern.init),
        !pattern.tokens.isEmpty
      else { throw BindingProblem("a JSON Pointer is expected here", at: node["at"] ?? node) }
      itemView = view.at(JSONPointer(tokens: pattern.tokens))
      guard itemView != nil else {
        throw BindingProblem("the kind has no property \(pattern)", at: at)
      }
      items = pattern
    }
    self.items = items
    func place(_ name: String) throws(BindingProblem) -> JSONPointer? {
      try RankBinding.place(node[name], in: itemView)
    }
    who = try place("who")
    team = try place("team")
    said = try place("said")
    observed = try place("observed")
    date = try place("date")
    from = try place("from")
  }
}

extension RankBinding.Positions {
  /// Reads `positions`; the places are in schemas of other kinds, so only their syntax is checked
  /// here.
  fileprivate init(_ node: JSONNode) throws(BindingProblem) {
    func pointer(_ name: String) -> JSONPointer? {
      node[name]?.string.flatMap { try? JSONPointer(parsing: $0) }
    }
    guard let relation = node["relation"]?.string, let value = pointer("value") else {
      throw BindingProblem(
        "\"positions\" names the \"relation\" and the place of the \"value\"", at: node)
    }
    self.relation = relation
    self.value = value
    who = pointer("who")
    team = pointer("team")
    valuable = node["for"]?.elements.compactMap(\.string) ?? []
    notValuable = node["against"]?.elements.compactMap(\.string) ?? []
  }
}
