/// Settings passed in environment variables: `git -c` and GIT_CONFIG_COUNT.
enum CommandLineSettings {
  struct Setting: Equatable {
    /// Section and variable in lower case, subsection as written.
    let key: String
    /// `nil` for a key without `=`, which means true.
    let value: String?
  }

  /// Returns the settings of `environment`, lowest precedence first.
  static func parse(_ environment: [String: String]) -> [Setting] {
    var settings: [Setting] = []
    if let count = environment["GIT_CONFIG_COUNT"].flatMap({ Int($0) }), count > 0 {
      for index in 0..<min(count, 10_000) {
        guard let key = environment["GIT_CONFIG_KEY_\(index)"] else { break }
        settings.append(
          Setting(key: normalize(key), value: environment["GIT_CONFIG_VALUE_\(index)"] ?? ""))
      }
    }
    if let parameters = environment["GIT_CONFIG_PARAMETERS"] {
      settings += parseQuoted(parameters)
    }
    return settings
  }

  /// Parses GIT_CONFIG_PARAMETERS: `'key'='value'` or, before git 2.31, `'key=value'`, separated by
  /// spaces.
  private static func parseQuoted(_ text: String) -> [Setting] {
    var settings: [Setting] = []
    var rest = Array(text.utf8)[...]
    while let first = rest.first {
      if first == UInt8(ascii: " ") {
        rest.removeFirst()
        continue
      }
      guard let word = ShellQuote.take(from: &rest) else { break }
      if rest.first == UInt8(ascii: "=") {
        rest.removeFirst()
        let hasValue = rest.first.map { $0 != UInt8(ascii: " ") } ?? false
        settings.append(
          Setting(key: normalize(word), value: hasValue ? ShellQuote.take(from: &rest) : nil))
      } else if let equals = word.firstIndex(of: "=") {
        settings.append(
          Setting(
            key: normalize(String(word[..<equals])),
            value: String(word[word.index(after: equals)...])))
      } else {
        settings.append(Setting(key: normalize(word), value: nil))
      }
    }
    return settings
  }

  static func normalize(_ key: String) -> String {
    guard let first = key.firstIndex(of: "."), let last = key.lastIndex(of: ".") else {
      return key.lowercased()
    }
    return key[..<first].lowercased() + key[first..<last] + key[last...].lowercased()
  }
}
