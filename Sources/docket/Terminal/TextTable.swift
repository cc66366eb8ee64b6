import Records

/// Rows under a heading for a terminal: columns aligned, the last one cut to the width.
enum TextTable {
  /// - Parameters:
  ///   - rows: the heading first; texts are already safe.
  ///   - id: the column that holds ids.
  ///   - numbers: columns that are right-aligned.
  static func text(_ rows: [[String]], id: Int = 0, numbers: Set<Int> = []) -> String {
    guard let heading = rows.first else { return "" }
    let widths = heading.indices.map { column in
      min(40, rows.map { Terminal.columns($0[column]) }.max() ?? 0)
    }
    let room = Terminal.isPiped ? Int.max : Terminal.width
    let hasColor = Terminal.hasColor()
    func styled(_ text: String, _ style: Terminal.Style) -> String {
      hasColor ? Terminal.styled(text, style) : text
    }
    let space = UInt8(ascii: " ")
    var table = ""
    for (number, row) in rows.enumerated() {
      var line = ""
      var used = 0
      for (column, text) in row.enumerated() {
        let isLast = column == row.count - 1
        let limit = isLast ? (room == .max ? room : max(8, room - used)) : widths[column]
        let (cut, columns) = Terminal.fitted(text, to: limit)
        var cell = cut
        if number > 0, column == id, hasColor {
          let end = cut.utf8.firstIndex(of: space) ?? cut.endIndex
          cell = styled(String(cut[..<end]), .cyan) + cut[end...]
        }
        if !isLast {
          let blanks = String(repeating: " ", count: widths[column] - columns)
          cell = numbers.contains(column) ? blanks + cell : cell + blanks
        }
        used += (isLast ? columns : widths[column]) + 2
        line += cell
        if !isLast { line += "  " }
      }
      if line.utf8.last == space {
        let end = line.utf8.lastIndex { $0 != space }.map { line.utf8.index(after: $0) }
        line = String(line[..<(end ?? line.startIndex)])
      }
      table += number == 0 ? styled(line, .dim) : line
      table += "\n"
    }
    return table
  }
}
