/// Finds the word that a misspelled one was probably meant to be.
package enum NearestSpelling {
  /// Returns the candidate with the fewest edits (insert, delete, replace, swap neighbours;
  /// ignoring case), if they are at most a third of the longer length, or one; of equals the first.
  package static func of(_ text: String, among candidates: [String]) -> String? {
    guard text.utf8.count <= 64 else { return nil }
    let wanted = Array(text.lowercased().unicodeScalars)
    var best: (distance: Int, candidate: String)?
    for candidate in candidates where candidate.utf8.count <= 64 {
      let scalars = Array(candidate.lowercased().unicodeScalars)
      let limit = max(1, max(scalars.count, wanted.count) / 3)
      guard abs(scalars.count - wanted.count) <= limit, min(scalars.count, wanted.count) > 1 else {
        continue
      }
      let distance = distance(wanted, scalars)
      if distance <= limit, distance < best?.distance ?? Int.max { best = (distance, candidate) }
    }
    return best?.candidate
  }

  /// Returns the edit distance of two non-empty words: insertions, deletions, replacements and
  /// swaps of neighbours (optimal string alignment, after Damerau and Levenshtein).
  static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var earlier: [Int] = []
    var previous = Array(0...right.count)
    for row in 1...left.count {
      var current = [row]
      for column in 1...right.count {
        let same = left[row - 1] == right[column - 1]
        var cost = min(
          previous[column] + 1, current[column - 1] + 1, previous[column - 1] + (same ? 0 : 1))
        if row > 1, column > 1, left[row - 1] == right[column - 2],
          left[row - 2] == right[column - 1]
        {
          cost = min(cost, earlier[column - 2] + 1)
        }
        current.append(cost)
      }
      (earlier, previous) = (previous, current)
    }
    return previous[right.count]
  }
}
