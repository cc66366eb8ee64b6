import JSONText
import Records
import Store

/// Asks on the terminal how conflicts in a record end, each once.
final class ConflictQuestions {
  private let words: ConflictWords
  private let file: UnmergedRecords.File
  private var answers: [(conflict: RecordMerge.Conflict, choice: RecordMerge.Choice?)] = []
  /// The values that were typed instead of a side's.
  private(set) var typed: [Assignment] = []

  init(_ words: ConflictWords, _ file: UnmergedRecords.File) {
    (self.words, self.file) = (words, file)
  }

  /// Returns what the user chose; `nil` leaves the conflict.
  func answer(to conflict: RecordMerge.Conflict) -> RecordMerge.Choice? {
    if let known = answers.first(where: { $0.conflict == conflict }) { return known.choice }
    let choice = ask(conflict)
    answers.append((conflict, choice))
    return choice
  }

  private func ask(_ conflict: RecordMerge.Conflict) -> RecordMerge.Choice? {
    let what = conflict.tokens.isEmpty ? file.id.text : conflict.key
    Terminal.complain(conflict.isOrder ? "the order of \(what):" : "\(what):")
    Terminal.complain("  1  \(words.side(.ours, of: conflict))")
    Terminal.complain("  2  \(words.side(.theirs, of: conflict))")
    let takesValue = !conflict.tokens.isEmpty && !conflict.isOrder
    while true {
      Terminal.ask(
        "  1, 2, b for both\(takesValue ? ", =VALUE for another" : ""), or nothing to leave it: ")
      guard let line = readLine() else { return nil }
      let answer = line.trimmed
      switch answer {
      case "": return nil
      case "1": return .ours
      case "2": return .theirs
      case "b", "both": return .both
      default:
        guard takesValue, answer.utf8.first == UInt8(ascii: "="),
          let assignment = try? Assignment(conflict.key + answer)
        else { continue }
        typed.append(assignment)
        return .ours
      }
    }
  }
}
