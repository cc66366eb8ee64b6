/// Finds what somebody probably meant to type.
package enum Spelling {
  /// The candidate within two edits (one, for short words), if there is one.
  package static func nearest(to word: String, among candidates: [String]) -> String? {
    let limit = word.utf8.count < 5 ? 1 : 2
    let scored = candidates.map { ($0, distance(word.lowercased(), $0.lowercased())) }
    return scored.filter { $0.1 <= limit }.min { $0.1 < $1.1 }?.0
  }

  /// Edits between two words: insertions, deletions, replacements and swaps of neighbours
  /// (Damerau and Levenshtein's optimal string alignment distance).
  static func distance(_ left: String, _ right: String) -> Int {
    let (a, b) = (Array(left.utf8), Array(right.utf8))
    guard abs(a.count - b.count) <= 2 else { return 3 }
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var rows = [Array(0...b.count)]
    for i in 1...a.count {
      var row = [i] + Array(repeating: 0, count: b.count)
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        row[j] = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          row[j] = min(row[j], rows[i - 2][j - 2] + 1)
        }
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
