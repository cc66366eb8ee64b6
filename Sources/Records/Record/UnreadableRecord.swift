package import Files
import JSONText

/// Why a file can't be read as a record; the other records are still read.
package struct UnreadableRecord: Error, Sendable, Equatable {
  package let path: RepositoryPath
  package let line: Int?
  package let column: Int?
  package let message: String
  /// How to get the file's content, if the file itself isn't the reason that it can't be read.
  package let remedy: String?
  /// Whether both sides of a merge are in the file, between markers.
  package let isConflict: Bool

  package init(
    path: RepositoryPath, line: Int? = nil, column: Int? = nil, message: String,
    remedy: String? = nil, isConflict: Bool = false
  ) {
    self.path = path
    self.line = line
    self.column = column
    self.message = message
    self.remedy = remedy
    self.isConflict = isConflict
  }

  package var finding: Finding {
    let file = ShellWord.quoted(path)
    if isConflict {
      return RuleBook.finding(
        "record.conflict", path: path, line: line, column: column, message,
        hint:
          "keep what both sides say, and take out the lines <<<<<<<, ======= and >>>>>>>; then: docket fmt \(file) && git add \(file)"
      )
    }
    let isForeign = line == nil && remedy == nil
    let fix =
      isForeign
      ? "git rm -q --cached --ignore-unmatch -- \(file); then keep it somewhere else"
      : "correct the text, then: docket fmt \(file) && git add \(file)"
    return RuleBook.finding(
      isForeign ? "record.path" : "record.well-formed", path: path, line: line, column: column,
      message, hint: remedy ?? fix)
  }
}
