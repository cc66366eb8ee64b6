import Records

/// Rows under a heading as a terminal shows them: columns aligned, the last one cut to the width.
enum TextTable {
  /// - Parameters:
  ///   - rows: the heading first; texts are safe already.
  ///   - id: the column that holds ids.
  ///   - numbers: columns that stand flush right.
  static func text(_ rows: [[String]], id: Int = 0, numbers: Set<Int> = []) -> String {
    guard let heading = rows.first else { return "" }
    let widths = heading.indices.map { column in
      min(40, rows.map { Terminal.columns($0[column]) }.max() ?? 0)
    }
    let room = Terminal.isPiped ? Int.max : Terminal.width
    return rows.enumerated().map { number, row in
      var line = ""
      var used = 0
      for (column, text) in row.enumerated() {
        var cell: String
        if column == row.count - 1 {
          cell = room == .max ? text : Terminal.cut(text, to: max(8, room - used))
        } else {
          cell = Terminal.cut(text, to: widths[column])
          let blanks = String(repeating: " ", count: widths[column] - Terminal.columns(cell))
          cell = numbers.contains(column) ? blanks + cell : cell + blanks
        }
        used += Terminal.columns(cell) + 2
        if number > 0, column == id {
          let word = cell.prefix { $0 != " " }
          cell = Terminal.styled(String(word), .cyan) + cell.dropFirst(word.count)
        }
        line += cell + (column == row.count - 1 ? "" : "  ")
      }
      let end = line.lastIndex { $0 != " " }.map { line.index(after: $0) } ?? line.startIndex
      let shown = String(line[..<end])
      return (number == 0 ? Terminal.styled(shown, .dim) : shown) + "\n"
    }.joined()
  }
}
