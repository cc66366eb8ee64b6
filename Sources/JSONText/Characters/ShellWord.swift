/// Quotes words of commands that people copy into a POSIX shell (POSIX.1-2017, shell, §2.2).
package enum ShellWord {
  /// Returns `text` as one word of a command line, quoted if necessary.
  package static func quoted(_ text: String) -> String { quoted(bytes: Array(text.utf8)) }

  /// Returns bytes, such as those of a file's name, as one word of a command line.
  ///
  /// What can't be shown as it is (characters that deceive, line feeds, bytes that aren't UTF-8) is
  /// written by printf(1), so that the command can be pasted and means the same bytes.
  package static func quoted(bytes: [UInt8]) -> String {
    let isPlain = bytes.allSatisfy {
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
        || "._-/+@%,:=".utf8.contains($0)
    }
    if isPlain, let first = bytes.first, first != UInt8(ascii: "-") {
      return String(decoding: bytes, as: UTF8.self)
    }
    guard let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0x0A),
      !text.utf8.contains(0x09), !DeceptiveCharacters.occur(in: text)
    else { return printed(bytes) }
    let quote = UInt8(ascii: "'")
    let inner = bytes.flatMap { $0 == quote ? Array(#"'\''"#.utf8) : [$0] }
    return "'" + String(decoding: inner, as: UTF8.self) + "'"
  }

  /// `"$(printf 'a\302\255b')"`. The shell drops line feeds at the end; names that end so are left to
  /// their owners.
  private static func printed(_ bytes: [UInt8]) -> String {
    let format = bytes.map { byte -> String in
      switch byte {
      case UInt8(ascii: "%"): "%%"
      case UInt8(ascii: "'"), UInt8(ascii: "\\"), 0..<0x20, 0x7F...:
        "\\" + String(UInt32(byte) | 0o1000, radix: 8).dropFirst()
      default: String(Unicode.Scalar(byte))
      }
    }.joined()
    // A dash in front would begin an option of printf's.
    return "\"$(printf \(bytes.first == UInt8(ascii: "-") ? "-- " : "")'\(format)')\""
  }
}
