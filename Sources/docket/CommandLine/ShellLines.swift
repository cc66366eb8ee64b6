import Store

/// Lines of words, quoted as in a shell (POSIX.1-2017, shell, §2.2): single and double quotes, backslashes;
/// a backslash at the end of a line joins it with the next; # begins a comment.
///
/// Nothing is expanded.
enum ShellLines {
  /// Returns the lines that have words, each with its number from 1.
  ///
  /// - Throws: `StoreError.failed`, naming the line, for text that isn't UTF-8 and a quote that isn't closed.
  static func lines(of bytes: [UInt8]) throws(StoreError) -> [(number: Int, words: [String])] {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .failed("the lines aren't UTF-8")
    }
    var reader = Reader(text: Array(text.unicodeScalars))
    var lines: [(number: Int, words: [String])] = []
    while let line = try reader.next() {
      if !line.words.isEmpty { lines.append(line) }
    }
    return lines
  }

  private struct Reader {
    let text: [Unicode.Scalar]
    var place = 0
    var number = 1

    private mutating func take() -> Unicode.Scalar? {
      guard place < text.count else { return nil }
      defer { place += 1 }
      if text[place] == "\n" { number += 1 }
      return text[place]
    }

    mutating func next() throws(StoreError) -> (number: Int, words: [String])? {
      guard place < text.count else { return nil }
      let start = number
      var words: [String] = []
      var word: String.UnicodeScalarView?
      func end(_ word: inout String.UnicodeScalarView?, _ words: inout [String]) {
        if let whole = word { words.append(String(whole)) }
        word = nil
      }
      while let scalar = take() {
        switch scalar {
        case "\n":
          end(&word, &words)
          return (start, words)
        case " ", "\t", "\r": end(&word, &words)
        case "#" where word == nil:
          while place < text.count, text[place] != "\n" { place += 1 }
        case "'", "\"":
          word = word ?? .init()
          try quoted(by: scalar, into: &word, start)
        case "\\":
          guard let next = take() else { throw Self.open("a backslash ends the text", start) }
          if next != "\n" { word = (word ?? .init()) + [next] }
        default: word = (word ?? .init()) + [scalar]
        }
      }
      end(&word, &words)
      return (start, words)
    }

    private mutating func quoted(
      by quote: Unicode.Scalar, into word: inout String.UnicodeScalarView?, _ line: Int
    ) throws(StoreError) {
      while let scalar = take() {
        if scalar == quote { return }
        guard scalar == "\\", quote == "\"", place < text.count,
          ["\\", "\"", "$", "`", "\n"].contains(text[place])
        else {
          word?.append(scalar)
          continue
        }
        if let next = take(), next != "\n" { word?.append(next) }
      }
      throw Self.open("a quote isn't closed", line)
    }

    private static func open(_ message: String, _ line: Int) -> StoreError {
      .failed("line \(line): \(message)")
    }
  }
}
