import JSONSchema

/// Says what somebody probably meant to type.
package enum Spelling {
  package static func nearest(to word: String, among candidates: [String]) -> String? {
    NearestSpelling.of(word, among: candidates)
  }

  /// `; did you mean "severity"?`, the end of a sentence that says that there is no such word; empty
  /// where nothing is near.
  package static func question(for word: String, among candidates: [String]) -> String {
    nearest(to: word, among: candidates).map { "; did you mean \"\($0)\"?" } ?? ""
  }

  /// The same, or what there is where nothing is near: `; there are rice, wsjf`.
  package static func question(for word: String, or others: String, among candidates: [String])
    -> String
  {
    nearest(to: word, among: candidates).map { "; did you mean \"\($0)\"?" }
      ?? "; \(others) \(candidates.joined(separator: ", "))"
  }
}
