import Files
import JSONText
import Records
import Reports

/// Records as tables, one for each kind.
enum RecordTable {
  /// - Parameter showsScores: whether to show computed scores too, because the query uses them.
  static func text(_ subjects: [QuerySubject], kinds: [Kind], showsScores: Bool = false) -> String {
    var text = ""
    let present = kinds.filter { kind in subjects.contains { $0.kind.name == kind.name } }
    for kind in present {
      let rows = subjects.filter { $0.kind.name == kind.name }
      if present.count > 1 {
        let heading =
          "\(kind.plural.capitalizedFirst) (\(rows.count))"
        text += (text.isEmpty ? "" : "\n") + Terminal.styled(Terminal.safe(heading), .bold) + "\n"
      }
      text += table(rows, kind, showsScores)
    }
    return text
  }

  /// Returns one table for a spreadsheet, in the query's order: id, kind and path, then the keys of
  /// the kinds' columns in the order of their first use.
  static func csv(
    _ subjects: [QuerySubject], paths: [RecordID: RepositoryPath], showsScores: Bool
  ) -> String {
    var keys: [String] = []
    var seen: Set<String> = []
    for kind in subjects.map(\.kind) where seen.insert(kind.name).inserted {
      keys += columns(of: kind, showsScores).filter { !keys.contains($0) }
    }
    var text = CSVText()
    text.add(["id", "kind", "path"] + keys)
    for subject in subjects {
      text.add(
        [subject.id.text, subject.kind.name, paths[subject.id]?.text ?? ""]
          + keys.map { value(of: $0, in: subject) ?? "" })
    }
    return text.text
  }

  private static func columns(of kind: Kind, _ showsScores: Bool) -> [String] {
    var columns =
      kind.columns.isEmpty
      ? [kind.titleKey, kind.workflow?.property].compactMap { $0 } : kind.columns
    if showsScores, kind.hasScore, !columns.contains(QuerySubject.scoreKey) {
      columns.insert(QuerySubject.scoreKey, at: 0)
    }
    return columns
  }

  private static func table(_ subjects: [QuerySubject], _ kind: Kind, _ showsScores: Bool)
    -> String
  {
    let columns = columns(of: kind, showsScores)
    // The heading is cut when the terminal is narrow, so it goes last.
    let ordered = columns.filter { $0 != kind.titleKey } + columns.filter { $0 == kind.titleKey }
    let heading = ["id"] + ordered.map { kind.view.property($0)?.title?.lowercased() ?? $0 }
    let rows = subjects.map { subject in
      [subject.id.text]
        + ordered.map { Terminal.safe(ChangeWords.shortened(cell($0, of: subject), to: 200)) }
    }
    return TextTable.text([heading] + rows)
  }

  private static func cell(_ key: String, of subject: QuerySubject) -> String {
    value(of: key, in: subject) ?? "–"
  }

  private static func value(of key: String, in subject: QuerySubject) -> String? {
    if key == QuerySubject.scoreKey, subject.kind.view.property(key) == nil {
      let scores = subject.kind.scores(of: subject.record).compactMap { score in
        score.value.map { "\(score.formula.name) \($0.printed)\(score.formula.unit)" }
      }
      let all = scores + [subject.points].compactMap { $0 }
      return all.isEmpty ? nil : all.joined(separator: ", ")
    }
    guard let value = subject.record[key] else { return nil }
    return value.array?.map(\.plainText).joined(separator: ", ") ?? value.plainText
  }
}
