import JSONText

// Collections, and the verbs that write records.
extension SchemaConsistency {
  /// Returns a kind that a node names; adds a finding if there is none.
  private mutating func kind(named node: JSONNode?, _ what: String) -> Kind? {
    guard let node, let name = node.string else { return nil }
    if let found = catalog.kind(named: name) { return found }
    if !known.contains(name) {
      add(
        node, "\(what) names the kind \(name), which isn't there", hint: "docket migrate", .warning)
    }
    return nil
  }

  mutating func collections(_ model: JSONNode) {
    for (key, node) in model["collections"]?.members.map({ $0 }) ?? [] {
      let name = key.string ?? ""
      guard let target = self.kind(named: node["kind"], "the collection \(name)") else { continue }
      let by = node["by"]?.string ?? ""
      guard let relation = target.relation(by) else {
        add(
          node["by"] ?? node,
          "the collection \(name) is held by the relation \(by), which \(target.plural) don't have")
        continue
      }
      if !relation.kinds.isEmpty, !relation.kinds.contains(kind.name) {
        add(
          node["by"] ?? node,
          "the relation \(by) of \(target.plural) doesn't lead to \(kind.plural)")
      }
      if kind.view.property(name) != nil, kind.retired(name) == nil {
        add(
          key, "\(name) is a collection and a list that isn't retired",
          hint: "mark the list: \"retired\": {\"to\": \"\(target.name)\"}", .warning)
      }
    }
    for list in kind.retiredLists {
      let node = root["properties"]?[list.name]?["retired"]?["to"]
      _ = self.kind(named: node, "the retired list \(list.name)")
    }
    if let evidence = model["rank"]?["evidence"], let name = evidence["collection"]?.string,
      let collection = catalog.collection(name, of: kind)
    {
      for key in ["who", "team", "said", "observed", "date", "from"] {
        guard let node = evidence[key], let text = node.string,
          let pattern = PointerPattern(text),
          Self.view(of: pattern.tokens[...], in: collection.kind.view) == nil
        else { continue }
        add(
          node, "the rank points at \(text), which \(collection.kind.plural) don't have", .warning)
      }
    }
  }

  mutating func verbs(_ model: JSONNode) {
    for (verb, relations, places) in [
      ("note", ["about"], ["text"]),
      ("tell", ["about", "answers"], ["text", "to", "by", "on"]),
    ] {
      guard let node = model[verb] else { continue }
      for key in relations {
        if let name = node[key]?.string, kind.relation(name) == nil {
          add(node[key], "\(verb) names the relation \(name), which there isn't")
        }
      }
      for key in places {
        if let place = node[key] { self.place(place, verb) }
      }
    }
    for (key, condition) in model["workflow"]?["enters"]?.members.map({ $0 }) ?? [] {
      if let state = key.string, kind.workflow?.states.contains(state) != true {
        add(key, "enters names the state \(state), which the workflow doesn't have")
      }
      self.condition(condition, kind.view, "enters")
    }
    for bearing in model["bears"]?.elements.map({ $0 }) ?? [] {
      if let at = bearing["at"] { place(at, "bears") }
      if let condition = bearing["where"] { self.condition(condition, kind.view, "bears") }
    }
  }
}
