/// Quotes words of commands that people copy into a POSIX shell.
package enum ShellWord {
  /// Returns `text` as one word of a command line, quoted if necessary.
  package static func quoted(_ text: String) -> String {
    let isPlain =
      !text.isEmpty && !text.hasPrefix("-")
      && text.utf8.allSatisfy {
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
          || "._-/+@%,:=".utf8.contains($0)
      }
    return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
  }
}
