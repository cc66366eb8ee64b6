/// The text of docket's own hooks: short shell scripts that only call docket.
///
/// Docket's lines are between two marks, so that everything else in a file stays its owner's.
package enum HookScript {
  static let mark = "# docket's hook;"
  private static let end = "# docket's hook ends here"
  /// The last line of docket's part before there was an end mark.
  private static let formerEnd = "echo \"docket is not installed here"
  /// The suffix of a previous hook's file; it is run first and restored on removal.
  static let previousSuffix = ".before-docket"
  /// The suffix of the file with lines that users added to docket's hook, if another hook takes its
  /// place.
  static let addedSuffix = ".added-to-docket"

  static func isOwn(_ bytes: [UInt8]) -> Bool { parts(of: bytes) != nil }

  /// Whether a hook's text has a line that runs docket's check: `docket hooks run pre-commit`.
  static func calls(_ name: String, in text: [UInt8]) -> Bool {
    let call = Array("hooks run \(name)".utf8)
    return text.split(separator: UInt8(ascii: "\n")).contains { line in
      let words = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      guard words.first != UInt8(ascii: "#"), let start = words.firstRange(of: call) else {
        return false
      }
      // Not `hooks run pre-commit-msg`.
      let next = words[start.upperBound...].first
      return next.map { $0 <= UInt8(ascii: " ") || $0 == UInt8(ascii: ";") } ?? true
    }
  }

  /// A hook's file in three parts: what is before docket's lines, these, and what is after.
  struct Parts {
    var before: [UInt8]
    var own: [UInt8]
    var after: [UInt8]

    var bytes: [UInt8] { before + own + after }

    /// What isn't docket's: `before` and `after`, without the line that names the shell.
    var added: [UInt8] {
      let lines = before + after
      let isShell = lines.starts(with: Array("#!/bin/sh\n".utf8))
      return isShell ? Array(lines.dropFirst("#!/bin/sh\n".utf8.count)) : lines
    }
  }

  static func parts(of bytes: [UInt8]) -> Parts? {
    let newline = UInt8(ascii: "\n")
    var start: Int?
    var place = bytes.startIndex
    while place < bytes.endIndex {
      let next = bytes[place...].firstIndex(of: newline).map { $0 + 1 } ?? bytes.endIndex
      let line = bytes[place..<next]
      if start == nil, line.starts(with: mark.utf8) {
        start = place
      } else if let start, line.starts(with: end.utf8) || line.starts(with: formerEnd.utf8) {
        return Parts(
          before: Array(bytes[..<start]), own: Array(bytes[start..<next]),
          after: Array(bytes[next...]))
      }
      place = next
    }
    // Truncated or edited by hand: everything from the mark on counts as docket's.
    return start.map { Parts(before: Array(bytes[..<$0]), own: Array(bytes[$0...]), after: []) }
  }

  /// Returns the script with the path of the installing docket, for shells without it in their
  /// PATH.
  static func text(_ template: [UInt8], program: String) -> [UInt8] {
    let quoted = "'" + program.replacing("'", with: "'\\''") + "'"
    return Array(
      String(decoding: template, as: UTF8.self).replacing("@DOCKET@", with: quoted).utf8)
  }
}
