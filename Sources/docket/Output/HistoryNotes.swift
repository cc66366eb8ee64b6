import Store

/// Notes on standard error about what a result from history can't know.
enum HistoryNotes {
  /// - Parameter words: what a shallow clone means for the result; `nil` if it makes no difference.
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
