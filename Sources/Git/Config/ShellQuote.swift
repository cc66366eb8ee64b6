/// Words in single quotes as git's `sq_quote` writes them: `'it'\''s'`.
enum ShellQuote {
  /// Removes one quoted word from the start of `bytes`; returns `nil` if there is none.
  static func take(from bytes: inout ArraySlice<UInt8>) -> String? {
    let quote = UInt8(ascii: "'")
    guard bytes.first == quote else { return nil }
    bytes.removeFirst()
    var word: [UInt8] = []
    while let byte = bytes.popFirst() {
      if byte != quote {
        word.append(byte)
        continue
      }
      // An escaped character between two quoted parts continues the word.
      let next = bytes.prefix(3)
      guard next.count == 3, next.first == UInt8(ascii: "\\"), next.last == quote else {
        return String(decoding: word, as: UTF8.self)
      }
      word.append(next[next.startIndex + 1])
      bytes.removeFirst(3)
    }
    return nil
  }
}
