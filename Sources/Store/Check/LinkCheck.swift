import Files
import JSONText
import Records

/// Findings about links, shared by the checks of staged changes and of whole states.
enum LinkCheck {
  static func finding(
    _ link: Link, relation: LinkRelation, of record: RecordFile, exists: Bool, catalog: KindCatalog
  ) -> Finding? {
    let position = link.node.position
    func finding(_ rule: String, _ message: String, _ hint: String) -> Finding {
      RuleBook.finding(
        rule, path: record.path, line: position.line, column: position.column,
        pointer: link.pointer.description, message, hint: hint)
    }
    guard exists else {
      return finding(
        "link.dangling", "\(relation.name) names \(link.target), and there is no such record",
        "docket list finds the id you mean; git add the record if it is new")
    }
    let target = catalog.kind(of: link.target)
    if !relation.kinds.isEmpty, !relation.kinds.contains(target?.name ?? "") {
      return finding(
        "link.wrong-kind",
        "\(relation.name) names \(link.target), \(target?.withArticle ?? "no kind known here"); it takes "
          + relation.kinds.joined(separator: " or "),
        "name another record, or use another relation")
    }
    return nil
  }

  static func duplicate(_ record: RecordFile, other: RepositoryPath) -> Finding {
    let position = record.root["id"]?.position ?? record.root.position
    return RuleBook.finding(
      "record.duplicate-id", path: record.path, line: position.line, column: position.column,
      pointer: "/id", "\(record.id) is also the id of \(other)",
      hint:
        "git rm --cached -- \(ShellWord.quoted(record.path)); docket new gives a record an id of its own"
    )
  }

  static func cycle(_ way: [RecordID], relation: LinkRelation, of record: RecordFile, at link: Link)
    -> Finding
  {
    let position = link.node.position
    return RuleBook.finding(
      "link.cycle", path: record.path, line: position.line, column: position.column,
      pointer: link.pointer.description,
      "\(relation.name) leads back to itself: " + shown(way),
      hint: "take one of these links away: " + unlinking(link, of: record))
  }

  /// Returns the ids on a way; of a long one the first and the last.
  private static func shown(_ way: [RecordID]) -> String {
    let ids = way.map(\.text)
    guard ids.count > 12 else { return ids.joined(separator: " → ") }
    return (ids.prefix(8) + ["… (\(ids.count - 10) more)"] + ids.suffix(2)).joined(separator: " → ")
  }

  /// Returns the command that removes one link from a record.
  private static func unlinking(_ link: Link, of record: RecordFile) -> String {
    guard let list = link.pointer.parent, let node = record.root.node(at: list), node.isArray else {
      let key = FieldKey.text(for: link.pointer, in: record.root)
      return "docket edit \(record.id) \(key)-="
    }
    let key = FieldKey.text(for: list, in: record.root)
    let others = node.elements.map(\.value).filter { $0 != link.node.value }
    if others.isEmpty { return "docket edit \(record.id) \(key)-=" }
    let text = String(decoding: JSONPrinter.compact(.array(others)), as: UTF8.self)
    return "docket edit \(record.id) " + ShellWord.quoted("\(key):=\(text)")
  }
}
