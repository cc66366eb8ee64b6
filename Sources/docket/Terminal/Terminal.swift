import ArgumentParser
import Files
import JSONText
import Store
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Standard output for data, standard error for everything else.
enum Terminal {
  enum ColorChoice: String, CaseIterable, ExpressibleByArgument, Sendable {
    case auto, always, never
  }

  private static let choice = Mutex(ColorChoice.auto)

  static func setColor(_ new: ColorChoice) { choice.withLock { $0 = new } }

  /// Prints lines that are ready. Whatever they are made of, nothing in them but line feeds, tabs and
  /// the styles of `styled` can control the terminal, hide or reorder text, or command a CI system.
  ///
  /// A value inside a line goes through `safe` first, which takes its line feeds as well.
  static func print(lines text: String, terminator: String = "\n") {
    write(harmless(text + terminator), to: STDOUT_FILENO)
  }

  /// Prints a line; the values in it are made safe.
  static func print(_ text: TerminalText) { print(lines: text.text) }

  /// Prints a whole document, which has its own escapes for characters that deceive.
  static func print(_ document: [UInt8], as form: WorkflowCommandEscape.Form) {
    write(
      WorkflowCommandEscape.isObeyed ? WorkflowCommandEscape.escaped(document, in: form) : document)
  }

  /// Prints lines that are meant as workflow commands of a CI system.
  static func printCommands(_ text: String) {
    write(Array(DeceptiveCharacters.shown(in: text, lines: .kept).utf8))
  }

  /// Prints a note, which isn't data, on standard error.
  static func note(_ text: TerminalText) { complain("docket: \(prepared: text.text)") }

  /// Prints a line on standard error, as `print` does.
  static func complain(_ text: TerminalText, _ style: Style? = nil) {
    let styled = style.map { Self.styled(text.text, $0, on: STDERR_FILENO) } ?? text.text
    write(harmless(styled + "\n"), to: STDERR_FILENO)
  }

  /// Prints a question, without a line feed.
  static func ask(_ text: String) { write(harmless(text), to: STDERR_FILENO) }

  private static func harmless(_ text: String) -> [UInt8] {
    let shown = DeceptiveCharacters.shown(in: text, lines: .kept) { Style.sequence(markedBy: $0) }
    let bytes = Array(shown.utf8)
    return WorkflowCommandEscape.isObeyed
      ? WorkflowCommandEscape.escaped(bytes, in: .text) : bytes
  }

  /// Receives the output while the demo runs commands inside this process.
  private static let capture = Mutex<Captured?>(nil)

  struct Captured {
    var output: [UInt8] = []
    var errors: [UInt8] = []
  }

  /// Collects what is printed until `endCapture`.
  static func beginCapture() { capture.withLock { $0 = Captured() } }

  static var isCaptured: Bool { capture.withLock { $0 != nil } }

  static func endCapture() -> Captured {
    capture.withLock { captured in
      defer { captured = nil }
      return captured ?? Captured()
    }
  }

  /// Writes bytes as they are. Only for `print` and its like, and the line of progress.
  static func write(_ bytes: [UInt8], to descriptor: Int32 = STDOUT_FILENO) {
    let isCaptured = capture.withLock { captured in
      if descriptor == STDOUT_FILENO {
        captured?.output += bytes
      } else {
        captured?.errors += bytes
      }
      return captured != nil
    }
    if isCaptured { return }
    do throws(FileError) {
      try OpenFile.write(bytes, to: descriptor, "output")
    } catch {
      // Nothing can be said where standard error itself is gone; what was to be done goes on.
      guard descriptor == STDOUT_FILENO else { return }
      Pager.finish()
      // A reader that has enough closes the pipe, which is no error.
      guard error.number != EPIPE else { exit(0) }
      complain("docket: can't write to standard output: \(error.reason)")
      exit(2)
    }
  }

  static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

  /// The terminal itself, while output goes to a pager.
  private static let screen = Mutex<Int32?>(nil)

  static func keepScreen() {
    let kept = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
    if kept >= 0 { screen.withLock { $0 = kept } }
  }

  private static func shown(_ descriptor: Int32) -> Int32 {
    screen.withLock { $0 } ?? descriptor
  }

  /// The columns of the terminal; 80 if there is none.
  static var width: Int {
    var size = winsize()
    guard ioctl(shown(STDOUT_FILENO), UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else {
      return 80
    }
    return Int(size.ws_col)
  }

  /// Whether a program reads the output, in which case nothing is cut to a width.
  static var isPiped: Bool { isatty(shown(STDOUT_FILENO)) != 1 }

  enum Style: UInt32, CaseIterable {
    case bold = 1
    case dim = 2
    case red = 31
    case green = 32
    case yellow = 33
    case cyan = 36

    /// Noncharacters mark styles inside text until it is written: they are on the list of characters
    /// that deceive, so no value that went through `safe` has one.
    private static let first: UInt32 = 0xFDD0
    fileprivate static let end = Unicode.Scalar(first).map { String($0) } ?? ""

    fileprivate var marker: String {
      let place = Self.allCases.firstIndex(of: self) ?? 0
      return Unicode.Scalar(Self.first + 1 + UInt32(place)).map { String($0) } ?? ""
    }

    /// The escape sequence (ECMA-48, SGR) that a marker is written as; `nil` for other characters.
    fileprivate static func sequence(markedBy scalar: Unicode.Scalar) -> String? {
      guard scalar.value >= first, scalar.value <= first + UInt32(allCases.count) else {
        return nil
      }
      let place = Int(scalar.value - first)
      return "\u{1B}[\(place == 0 ? 0 : allCases[place - 1].rawValue)m"
    }
  }

  static func styled(_ text: String, _ style: Style, on descriptor: Int32 = STDOUT_FILENO) -> String
  {
    hasColor(on: descriptor) ? style.marker + text + Style.end : text
  }

  /// Whether to use colour: NO_COLOR, when not empty, switches it off unless the command line asks
  /// for it (no-color.org).
  static func hasColor(on descriptor: Int32 = STDOUT_FILENO) -> Bool {
    switch choice.withLock({ $0 }) {
    case .always: return true
    case .never: return false
    case .auto:
      let environment = Invocation.current.context.environment
      if environment["NO_COLOR"]?.isEmpty == false || environment["TERM"] == "dumb" { return false }
      return isatty(descriptor) == 1 || descriptor == STDOUT_FILENO && !isPiped
    }
  }

  /// Returns a value as it may be part of a line: deceptive characters are written out, line feeds
  /// and tabs become spaces.
  static func safe(_ text: String, keepingLines: Bool = false) -> String {
    DeceptiveCharacters.shown(in: text, lines: keepingLines ? .kept : .spaces)
  }

  /// Returns the columns that text takes, closely enough for tables: wide East Asian characters and
  /// emoji take two.
  static func columns(_ text: String) -> Int {
    // In ASCII each byte is a character, except that CR LF is one.
    if text.utf8.allSatisfy({ $0 < 0x80 && $0 != 0x0D }) { return text.utf8.count }
    return text.reduce(0) { sum, character in
      guard let first = character.unicodeScalars.first else { return sum }
      switch first.value {
      case 0xFDD0...0xFDEF: return sum
      case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
        0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
        return sum + 2
      default: return sum + 1
      }
    }
  }

  static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - columns(text)))
  }

  /// Returns text as lines that fit on the terminal, the later ones indented; one line for
  /// programs.
  static func wrapped(_ text: String, indent: String) -> [String] {
    let room = width - indent.count
    guard !isPiped, room > 30, columns(text) > room else { return [indent + text] }
    var lines: [String] = []
    var line = ""
    // Words for people: nothing is decided or escaped by it.
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let further = lines.isEmpty ? 0 : 2
      if !line.isEmpty, columns(line) + 1 + columns(String(word)) + further > room {
        lines.append(indent + String(repeating: " ", count: further) + line)
        line = String(word)
      } else {
        line = line.isEmpty ? String(word) : line + " " + word
      }
    }
    return lines + [indent + (lines.isEmpty ? "" : "  ") + line]
  }

  static func cut(_ text: String, to width: Int) -> String { fitted(text, to: width).text }

  /// Returns text cut to at most `width` columns, and the number of columns it takes.
  static func fitted(_ text: String, to width: Int) -> (text: String, columns: Int) {
    let whole = columns(text)
    guard whole > width else { return (text, whole) }
    var result = ""
    var used = 0
    for character in text {
      let more = columns(String(character))
      if used + more > width - 1 { break }
      used += more
      result.append(character)
    }
    return (result + "…", used + 1)
  }
}
