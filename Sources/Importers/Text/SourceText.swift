/// The lines of a text file, whatever its line endings and encoding.
///
/// Lines end at LF, CRLF or CR, as in CommonMark, so that line numbers match the Markdown parser's.
/// A byte order mark is dropped. If any bytes are not UTF-8, the whole file is read as Latin-1.
struct SourceText: Sendable {
  /// Without line endings; line *n* is `lines[n - 1]`.
  let lines: [String]
  let isLatin1: Bool

  init(_ bytes: [UInt8]) {
    var body = bytes[...]
    if body.starts(with: [0xEF, 0xBB, 0xBF]) {
      body = body.dropFirst(3)
    }
    let text = String(validating: body, as: UTF8.self)
    isLatin1 = text == nil
    let utf8 =
      text.map { Array($0.utf8) } ?? Array(Self.decodeLatin1(body).utf8)
    lines = Self.split(utf8)
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

  private static func decodeLatin1(_ bytes: ArraySlice<UInt8>) -> String {
    var text = ""
    for byte in bytes {
      text.unicodeScalars.append(Unicode.Scalar(byte))
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
