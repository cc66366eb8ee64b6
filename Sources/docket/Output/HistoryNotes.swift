import Store

/// What an answer from history can't know, on standard error.
enum HistoryNotes {
  /// - Parameter words: what it means for the answer that the clone is shallow; `nil` where it means
  ///   nothing.
  static func show(
    of tracker: Tracker, _ words: String? = "what came before its boundary is unknown"
  ) {
    if tracker.isTruncated, let words {
      Terminal.note("this clone is shallow: \(words) (git fetch --unshallow)")
    }
    if tracker.hasGrafts {
      Terminal.note(
        "git follows info/grafts here, docket doesn't (git replace --convert-graft-file)")
    }
  }
}
