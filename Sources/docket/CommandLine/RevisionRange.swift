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
