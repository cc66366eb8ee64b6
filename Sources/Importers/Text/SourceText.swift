/// The lines of a text file, whatever its line endings and encoding.
///
/// Lines end at LF, CRLF or CR, as in CommonMark, so that line numbers match the Markdown parser's.
/// A byte order mark is dropped, and says whether the file is UTF-16. If any bytes are not UTF-8, the
/// whole file is read as Windows-1252.
struct SourceText: Sendable {
  /// Without line endings; line *n* is `lines[n - 1]`.
  let lines: [String]
  let encoding: Encoding

  enum Encoding: Sendable, Equatable {
    case utf8, utf16
    /// A guess: any bytes can be read as it.
    case windows1252
    /// A byte order mark says UTF-16, and the bytes aren't; no line is read.
    case brokenUTF16
  }

  init(_ bytes: [UInt8]) {
    var body = bytes[...]
    let isLittle = body.starts(with: [0xFF, 0xFE])
    if isLittle || body.starts(with: [0xFE, 0xFF]) {
      let text = Self.decodeUTF16(body.dropFirst(2), isLittle: isLittle)
      encoding = text == nil ? .brokenUTF16 : .utf16
      lines = Self.split(Array((text ?? "").utf8))
      return
    }
    if body.starts(with: [0xEF, 0xBB, 0xBF]) {
      body = body.dropFirst(3)
    }
    let text = String(validating: body, as: UTF8.self)
    encoding = text == nil ? .windows1252 : .utf8
    lines = Self.split(Array((text ?? Self.decodeWindows1252(body)).utf8))
  }

  /// All lines, each ended by LF.
  var normalized: String {
    lines.reduce(into: "") { text, line in
      text += line
      text += "\n"
    }
  }

  private static func split(_ utf8: [UInt8]) -> [String] {
    var lines: [String] = []
    var start = utf8.startIndex
    var index = start
    while index < utf8.endIndex {
      let byte = utf8[index]
      index += 1
      guard byte == 0x0A || byte == 0x0D else { continue }
      lines.append(String(decoding: utf8[start..<(index - 1)], as: UTF8.self))
      if byte == 0x0D, index < utf8.endIndex, utf8[index] == 0x0A {
        index += 1
      }
      start = index
    }
    if start < utf8.endIndex {
      lines.append(String(decoding: utf8[start...], as: UTF8.self))
    }
    return lines
  }

  /// Returns `nil` for half a code unit or half a surrogate pair.
  private static func decodeUTF16(_ bytes: ArraySlice<UInt8>, isLittle: Bool) -> String? {
    guard bytes.count.isMultiple(of: 2) else { return nil }
    let units = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map { index in
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      return isLittle ? first | second << 8 : first << 8 | second
    }
    return String(validating: units, as: UTF16.self)
  }

  /// The characters of the bytes 0x80 to 0x9F; the others are Latin-1's (WHATWG Encoding Standard,
  /// index windows-1252).
  private static let windows1252: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
  ]

  private static func decodeWindows1252(_ bytes: ArraySlice<UInt8>) -> String {
    var text = ""
    for byte in bytes {
      let number = (0x80...0x9F).contains(byte) ? windows1252[Int(byte) - 0x80] : UInt32(byte)
      text.unicodeScalars.append(Unicode.Scalar(number) ?? Unicode.Scalar(byte))
    }
    return text
  }
}

extension StringProtocol {
  /// The text without leading and trailing white space.
  var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
    while rest.last?.isWhitespace == true { rest = rest.dropLast() }
    return String(rest)
  }

  var isBlank: Bool { allSatisfy(\.isWhitespace) }

  /// The leading spaces and tabs.
  var indentation: SubSequence { prefix { $0 == " " || $0 == "\t" } }
}
