import JSONText
import Records
import Store

/// Values and their commits as a table, one value a line.
enum BlameText {
  static func table(_ values: [BlamedValue]) -> String {
    // On a terminal the value gets what room there is; for programs nothing is cut.
    let screen = Terminal.isPiped ? Int.max : Terminal.width
    let longest = (author: max(10, screen / 6), key: max(16, screen / 10 * 3))
    let rows = values.map { value in
      [
        (value.isBoundary ? "^" : "") + value.commit.shortID,
        Terminal.cut(Terminal.safe(value.commit.authorName), to: longest.author),
        CivilDate(secondsSinceEpoch: value.commit.committedAt).description,
        Terminal.cut(Terminal.safe(value.leaf.key), to: longest.key), text(of: value.leaf.value),
      ]
    }
    let widths = (0..<4).map { column in rows.map { Terminal.columns($0[column]) }.max() ?? 0 }
    let styles: [Terminal.Style?] = [.yellow, nil, .dim, .cyan]
    let before = widths.reduce(0) { $0 + $1 + 2 }
    let room = screen == .max ? Int.max : max(10, screen - before)
    return rows.map { row in
      let cells = zip(zip(row, widths), styles).map { cell, style in
        let text = Terminal.padded(cell.0, to: cell.1)
        return style.map { Terminal.styled(text, $0) } ?? text
      }
      let value = room == .max ? row[4] : Terminal.cut(row[4], to: room)
      return cells.joined(separator: "  ") + (value.isEmpty ? "" : "  " + value) + "\n"
    }.joined()
  }

  /// A value on one line.
  private static func text(of value: JSONValue) -> String {
    Terminal.safe(value.plainText)
  }
}
