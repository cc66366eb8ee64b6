import JSONText

/// Fills `{name}` placeholders in messages and hints.
package enum Placeholders {
  /// Replaces placeholders by facts; a name without a fact stays as written.
  package static func fill(
    _ text: String, _ facts: [String: String], escape: (String, String) -> String = { $1 }
  ) -> String {
    var filled = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      filled += rest[..<open]
      rest = rest[open...]
      guard let close = rest.firstIndex(of: "}") else { break }
      let name = String(rest[rest.index(after: open)..<close])
      filled += facts[name].map { escape(name, $0) } ?? String(rest[...close])
      rest = rest[rest.index(after: close)...]
    }
    return filled + rest
  }

  /// The same for a command that people paste into a shell: quotes the facts, which may come from
  /// anywhere.
  package static func fillCommand(_ text: String, _ facts: [String: String]) -> String {
    fill(text, facts) { name, fact in name == "items" ? fact : ShellWord.quoted(fact) }
  }

  /// Returns the names in a text, in order.
  package static func names(in text: String) -> [String] {
    // Most texts have none, and searching characters costs much more than searching for a byte.
    if !text.utf8.contains(UInt8(ascii: "{")) { return [] }
    return text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap {
      part in
      part.firstIndex(of: "}").map { String(part[..<$0]) }
    }.filter { !$0.isEmpty && $0.allSatisfy { $0.isLetter && $0.isASCII } }
  }
}
