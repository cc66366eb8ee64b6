import ArgumentParser
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

  /// Writes text unchanged; record text must be passed through `safe` first.
  static func print(_ text: String, terminator: String = "\n") {
    write(WorkflowCommandEscape.neutral(text + terminator), to: STDOUT_FILENO)
  }

  /// Writes lines that are meant as workflow commands of a CI system.
  static func printCommands(_ text: String) { write(text, to: STDOUT_FILENO) }

  /// Writes a note, which isn't data.
  static func note(_ text: String) { complain("docket: \(text)") }

  static func complain(_ text: String) {
    write(WorkflowCommandEscape.neutral(text + "\n"), to: STDERR_FILENO)
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
    do throws(Files.Problem) {
      try Files.writeAll(bytes, to: descriptor, "output")
    } catch {
      // The reader has closed the pipe, or the disk is full; only the latter is an error.
      Pager.finish()
      exit(error.code == EPIPE ? 0 : 2)
    }
  }

  private static func write(_ text: String, to descriptor: Int32) {
    write(Array(text.utf8), to: descriptor)
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

  enum Style: String {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
  }

  static func styled(_ text: String, _ style: Style, on descriptor: Int32 = STDOUT_FILENO) -> String
  {
    hasColor(on: descriptor) ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
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

  /// Returns record text made harmless: controls and bidirectional overrides are shown, not obeyed.
  static func safe(_ text: String, keepingLines: Bool = false) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    guard text.unicodeScalars.contains(where: { isHarmful($0) }) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if keepingLines && scalar == "\n" || !isHarmful(scalar) {
        result.append(scalar)
      } else if scalar == "\n" || scalar == "\t" {
        result.append(" ")
      } else {
        result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
      }
    }
    return String(result)
  }

  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069,
      0xFEFF:
      true
    default: false
    }
  }

  /// Returns the columns that text takes, closely enough for tables: wide East Asian characters and
  /// emoji take two.
  static func columns(_ text: String) -> Int {
    // In ASCII each byte is a character, except that CR LF is one.
    if text.utf8.allSatisfy({ $0 < 0x80 && $0 != 0x0D }) { return text.utf8.count }
    return text.reduce(0) { sum, character in
      guard let first = character.unicodeScalars.first else { return sum }
      switch first.value {
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
