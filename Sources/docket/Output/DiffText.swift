import Records

/// A difference in words: what was added, closed, changed.
enum DiffText {
  static func text(_ changes: [RecordChange]) -> String {
    RecordChange.Deed.allCases.compactMap { deed -> String? in
      let group = changes.filter { $0.deed == deed }
      guard !group.isEmpty else { return nil }
      let heading = "\(deed)".prefix(1).uppercased() + "\(deed)".dropFirst() + " (\(group.count))"
      let lines = group.flatMap { ChangeText.lines($0, saysDeed: false) }
      return Terminal.styled(heading, .bold) + "\n" + lines.map { $0 + "\n" }.joined()
    }.joined(separator: "\n")
  }
}
