import JSONText
import Store

/// One line of a story: a verb and its words, quoted as in a shell.
///
/// Single quotes keep blanks and newlines, a backslash keeps the next character, and one at the end
/// of a line joins the next line to it.
struct StoryLine {
  enum Verb: String {
    case scene = "@"
    case `as`, title, say, schemas, docket, git, copy, remove, path, replace
  }

  let verb: Verb
  var words: [String] = []
  /// The text after the verb as it is written, for lines that print it.
  let rest: String
  /// The line's number in its file, from 1.
  let number: Int
  /// `$ ` in front: the command and its output are printed.
  private(set) var shows = false
  /// `! ` in front: the command must fail.
  private(set) var mustFail = false
  /// `-> NAME` at the end: what the line answers is kept under that name.
  private(set) var keepsAs: String?

  /// Returns the lines of a story, without blank lines and comments (`# …`).
  ///
  /// - Throws: `StoreError.failed` with file and line for a word that is no verb, or an open quote.
  static func lines(of bytes: [UInt8], file: String) throws(StoreError) -> [StoryLine] {
    var scanner = Scanner(text: Array(String(decoding: bytes, as: UTF8.self).unicodeScalars))
    var lines: [StoryLine] = []
    while scanner.skipsToLine() {
      let number = scanner.number
      do throws(Problem) {
        lines.append(try StoryLine(&scanner))
      } catch {
        throw .failed("demo/\(file):\(number): \(error.message)")
      }
    }
    return lines
  }

  private struct Problem: Error { let message: String }

  private init(_ scanner: inout Scanner) throws(Problem) {
    number = scanner.number
    var first = scanner.plainWord()
    if first == "$" {
      shows = true
      first = scanner.plainWord()
    }
    if first == "!" {
      mustFail = true
      first = scanner.plainWord()
    }
    guard let verb = Verb(rawValue: first) else {
      throw Problem(message: "\"\(first)\" is no verb")
    }
    self.verb = verb
    if verb == .title || verb == .say {
      rest = scanner.restOfLine()
      return
    }
    rest = ""
    guard let words = scanner.words() else { throw Problem(message: "a quote isn't closed") }
    self.words = words
    if words.count > 2, words[words.count - 2] == "->" {
      keepsAs = words.last
      self.words.removeLast(2)
    }
  }

  private struct Scanner {
    let text: [Unicode.Scalar]
    var at = 0
    var number = 1

    /// Moves to the next line that is neither blank nor a comment; `false` at the end.
    mutating func skipsToLine() -> Bool {
      while at < text.count {
        switch text[at] {
        case "\n":
          number += 1
          at += 1
        case " ": at += 1
        case "#": while at < text.count, text[at] != "\n" { at += 1 }
        default: return true
        }
      }
      return false
    }

    mutating func plainWord() -> String {
      let start = at
      while at < text.count, text[at] != " ", text[at] != "\n" { at += 1 }
      let word = String(String.UnicodeScalarView(text[start..<at]))
      if at < text.count, text[at] == " " { at += 1 }
      return word
    }

    mutating func restOfLine() -> String {
      let start = at
      while at < text.count, text[at] != "\n" { at += 1 }
      return String(String.UnicodeScalarView(text[start..<at]))
    }

    /// Returns the words up to the end of the line, or `nil` where a quote isn't closed.
    mutating func words() -> [String]? {
      var words: [String] = []
      var word: String.UnicodeScalarView?
      var isQuoted = false
      while at < text.count {
        let scalar = text[at]
        at += 1
        if scalar == "\n" { number += 1 }
        switch scalar {
        case "'":
          isQuoted.toggle()
          if word == nil { word = .init() }
        case _ where isQuoted: word?.append(scalar)
        case "\\":
          guard at < text.count else { return nil }
          if text[at] == "\n" { number += 1 } else { word = (word ?? .init()) + [text[at]] }
          at += 1
        case " ", "\n":
          if let finished = word { words.append(String(finished)) }
          word = nil
          if scalar == "\n" { return words }
        default: word = (word ?? .init()) + [scalar]
        }
      }
      if let finished = word { words.append(String(finished)) }
      return isQuoted ? nil : words
    }
  }
}
