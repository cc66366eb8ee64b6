import JSONSchema

/// Suggests corrections of misspelt words.
package enum Spelling {
  package static func nearest(to word: String, among candidates: [String]) -> String? {
    NearestSpelling.of(word, among: candidates)
  }

  /// Returns `; did you mean "severity"?` to end a sentence about an unknown word; empty if nothing
  /// is similar.
  package static func question(for word: String, among candidates: [String]) -> String {
    nearest(to: word, among: candidates).map { "; did you mean \"\($0)\"?" } ?? ""
  }

  /// The same, or all candidates if nothing is similar: `; there are rice, wsjf`.
  package static func question(for word: String, or others: String, among candidates: [String])
    -> String
  {
    nearest(to: word, among: candidates).map { "; did you mean \"\($0)\"?" }
      ?? "; \(others) \(candidates.joined(separator: ", "))"
  }
}
