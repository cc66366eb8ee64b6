import Records
import Store

/// The parser's messages in docket's words, with the verb's own usage.
enum UsageWords {
  /// Whether a successful parse resulted in a page of help.
  static func asksForHelp(_ arguments: [String]) -> Bool {
    !arguments.contains {
      $0.hasPrefix("---") || $0.hasPrefix("--experimental") || $0.hasPrefix("--generate")
    }
  }

  static func problem(_ message: String, in arguments: [String]) -> StoreError {
    guard let page = VerbPage.all()?.page(for: arguments.filter { !$0.hasPrefix("-") }) else {
      return .failed(message)
    }
    let words = parts(of: message)
    if !page.parts.isEmpty, message.contains("nexpected argument"), let word = words.first {
      return unknown(word, in: page)
    }
    return .failed(
      misspelt(message, words, arguments) ?? reported(message, words),
      hint: (page.usage + [help(page)]).joined(separator: "\n"))
  }

  /// Returns the message for a missing option that was typed with a similar name, or `nil`.
  private static func misspelt(
    _ message: String, _ words: [String], _ arguments: [String]
  ) -> String? {
    guard message.hasPrefix("Missing expected argument"), let option = words.first.map(name),
      option.hasPrefix("--")
    else { return nil }
    let typed = arguments.first {
      $0.hasPrefix("--") && $0 != option && Spelling.nearest(to: $0, among: [option]) != nil
    }
    return typed.map { "there is no option \($0); did you mean \(option)?" }
  }

  /// Returns the error for an unknown word like `docket hooks instal`.
  static func unknown(_ word: String, in page: VerbPage) -> StoreError {
    let verbs = page.parts.compactMap(\.path.last)
    return .failed(
      "\(page.name) has no verb \"\(word)\"" + Spelling.question(for: word, among: verbs),
      hint: "it has \(verbs.joined(separator: ", "))\n" + help(page))
  }

  private static func help(_ page: VerbPage) -> String {
    page.path.isEmpty
      ? "docket help lists the verbs"
      : "docket help \(page.path.joined(separator: " ")) says more"
  }

  private static func reported(_ message: String, _ words: [String]) -> String {
    let first = words.first ?? ""
    let rest = words.dropFirst()
    if message.hasPrefix("Missing expected argument") { return "\(plain(first)) is missing" }
    if message.hasPrefix("Missing value for") {
      if first.hasPrefix("-n") { return "-n takes a number of commits, 0 or more" }
      return "\(first.split(separator: " ").first ?? "") needs a value"
    }
    if message.contains("is invalid for"), let option = rest.first {
      let values = rest.dropFirst()
      guard let last = values.last else { return "\(plain(option)) can't be \"\(first)\"" }
      let list =
        values.count == 1 ? last : values.dropLast().joined(separator: ", ") + " or " + last
      return "\(plain(name(option))) can be \(list), not \"\(first)\""
    }
    if message.hasPrefix("Unknown option") {
      // The parser suggests the nearest option, however different it is.
      let near = rest.first.flatMap { Spelling.nearest(to: first, among: [$0]) }
      return "there is no option \(first)" + (near.map { "; did you mean \($0)?" } ?? "")
    }
    if message.contains("nexpected argument") {
      let list = words.map { "\"\($0)\"" }.joined(separator: " and ")
      return words.count == 1 ? "\(list) is one word too many" : "\(list) are too many words"
    }
    return message
  }

  /// Returns `--format` for `--format <format>`; an argument unchanged.
  private static func name(_ option: String) -> String {
    option.hasPrefix("-") ? String(option.split(separator: " ").first ?? "") : option
  }

  /// Returns `KIND` for `<kind>`.
  private static func plain(_ name: String) -> String {
    name.split(separator: " ").map { word in
      word.hasPrefix("<") && word.hasSuffix(">")
        ? word.dropFirst().dropLast().uppercased() : String(word)
    }.joined(separator: " ")
  }

  /// Returns the texts in single quotes.
  private static func parts(of message: String) -> [String] {
    let pieces = message.split(separator: "'", omittingEmptySubsequences: false)
    return pieces.indices.filter { $0 % 2 == 1 && $0 < pieces.count - 1 }.map { String(pieces[$0]) }
  }
}
