import Store

/// Keeps text from being interpreted by the CI system that shows it.
///
/// GitHub's runner treats a line whose first characters, after blanks, are `::` as a command, and
/// `##[` anywhere in a line (actions/runner, ActionCommand.cs). Both get a visible escape there.
enum WorkflowCommandEscape {
  static func neutral(_ text: String) -> String {
    isObeyed ? escaped(text) : text
  }

  /// Whether GitHub's runner reads the output.
  static var isObeyed: Bool {
    Invocation.current.context.environment["GITHUB_ACTIONS"]?.isEmpty == false
  }

  static func escaped(_ text: String) -> String {
    guard text.contains("::") || text.contains("##[") else { return text }
    return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { line in
        let start = line.prefix(while: \.isWhitespace)
        let rest = line.dropFirst(start.count)
        let safe = rest.hasPrefix("::") ? start + "\\u{3a}:" + rest.dropFirst(2) : line
        return safe.replacing("##[", with: "#\\u{23}[")
      }.joined(separator: "\n")
  }
}
