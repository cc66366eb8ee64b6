/// A step that makes records of another kind of the items of a list: `pain-point.evidence=feedback.about`.
package struct RecordsStep: Sendable, Hashable {
  package let kind: String
  package let list: String
  package let target: String
  package let relation: String

  /// - Returns: `nil` unless it is written KIND.LIST=KIND.RELATION.
  package init?(_ text: String) {
    let halves = text.split(separator: "=", omittingEmptySubsequences: false).map {
      $0.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }
    guard halves.count == 2, halves.allSatisfy({ $0.count == 2 && !$0.contains("") }) else {
      return nil
    }
    (kind, list) = (halves[0][0], halves[0][1])
    (target, relation) = (halves[1][0], halves[1][1])
  }

  package var text: String { "records \(kind).\(list)=\(target).\(relation)" }

  /// What is wrong with the step, in a sentence without it, and how to write it.
  package struct Problem: Error, Sendable {
    package let message: String
    package let hint: String?
  }

  /// Returns what the step does under these kinds.
  package func migration(under catalog: KindCatalog) throws(Problem) -> ItemMigration {
    func kind(_ name: String) throws(Problem) -> Kind {
      if let kind = catalog.kind(named: name) { return kind }
      let names = catalog.kinds.map(\.name)
      throw Problem(
        message: "there is no kind \"\(name)\" here" + Spelling.question(for: name, among: names),
        hint: "docket schema add brings docket's own kinds; docket schema list shows those here")
    }
    let owner = try kind(self.kind)
    let target = try kind(self.target)
    guard owner.view.property(list)?.itemKey != nil else {
      let lists = owner.view.propertyNames.filter { owner.view.property($0)?.itemKey != nil }
      throw Problem(
        message: "\(owner.name) has no list \"\(list)\" whose items have ids"
          + Spelling.question(for: list, among: lists),
        hint: lists.isEmpty ? nil : "its lists: \(lists.joined(separator: ", "))")
    }
    guard let relation = target.relation(relation),
      relation.kinds.isEmpty || relation.kinds.contains(owner.name)
    else {
      let names = target.links.filter { $0.kinds.isEmpty || $0.kinds.contains(owner.name) }
        .map(\.name)
      throw Problem(
        message: "\(target.withArticle) has no link \"\(self.relation)\" to \(owner.withArticle)",
        hint: names.isEmpty
          ? "declare one in \(target.fileName)" : "those it has: \(names.joined(separator: ", "))")
    }
    return ItemMigration(
      owner: owner, list: list, renames: owner.retired(list)?.renames ?? [:], target: target,
      relation: relation)
  }
}
