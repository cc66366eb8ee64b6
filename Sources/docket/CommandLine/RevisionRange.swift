import ArgumentParser
import Records
import Store

/// Two states as typed: `A..B`, `A...B` (what B did since it left A), or one.
struct RevisionRange {
  let from: String
  /// `nil` if only one is named.
  let to: String?
  /// Whether the comparison starts at the merge base.
  let isSinceParting: Bool

  /// Returns `nil` if the text has no two dots.
  init?(_ text: String) {
    guard let dots = text.firstRange(of: "..") else { return nil }
    let rest = text[dots.upperBound...]
    from = String(text[..<dots.lowerBound])
    to = String(rest.first == "." ? rest.dropFirst() : rest)
    isSinceParting = rest.first == "."
  }

  /// Reads a word that stands among ids and words of a query, which may have two dots too
  /// (`severity:2..4`): returns `nil` unless each end is empty, a date, or without a query's marks.
  private static func among(words word: String) -> RevisionRange? {
    guard let range = RevisionRange(word) else { return nil }
    let ends = [range.from, range.to ?? ""]
    return ends.allSatisfy(isEnd) ? range : nil
  }

  /// Takes the range out of words of a command, of which at most one may be a range.
  static func taken(from words: inout [String]) throws -> RevisionRange? {
    var range: RevisionRange?
    var rest: [String] = []
    for word in words {
      if let found = among(words: word) {
        guard range == nil else {
          throw ValidationError("one range of revisions at most: \(word) is one too many")
        }
        range = found
      } else {
        rest.append(word)
      }
    }
    words = rest
    return range
  }

  /// Whether a word can name a state: a date, also one with a time, or a revision.
  static func isEnd(_ word: String) -> Bool {
    DatePeriod.lastSecond(of: word) != nil || word.contains("@{")
      || !word.utf8.contains { ":<>=\" ".utf8.contains($0) }
  }

  /// Returns the commit of a revision or date; an empty end of a range is HEAD, as in git.
  static func commit(_ text: String, in tracker: Tracker) throws(StoreError) -> Revision {
    try tracker.commit(meantBy: text.isEmpty ? "HEAD" : text)
  }

  /// Returns the merge base of two commits.
  static func parting(_ a: Revision, _ b: Revision, in tracker: Tracker) throws(StoreError)
    -> Revision
  {
    guard let base = try tracker.mergeBase(a, b) else {
      throw .failed(
        "the two ends of the range have no commit in common here",
        hint: tracker.isTruncated ? "git fetch --unshallow" : nil)
    }
    return base
  }
}
