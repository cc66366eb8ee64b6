import Testing

@testable import JSONText

@Suite("characters that deceive") struct DeceptiveCharactersTests {
  private static let all = (0...UInt32(0x10FFFF)).compactMap(Unicode.Scalar.init)

  @Test("the list is what Unicode's properties say, but for what shows")
  func properties() {
    // Signs that stand before numbers, hieroglyphs' joiners: format characters that show something.
    let shows: [ClosedRange<UInt32>] = [
      0x600...0x605, 0x6DD...0x6DD, 0x70F...0x70F, 0x890...0x891, 0x8E2...0x8E2, 0x110BD...0x110BD,
      0x110CD...0x110CD, 0x13430...0x1343F,
    ]
    var wrong: [UInt32] = []
    for scalar in Self.all where scalar != "\n" && scalar != "\t" {
      let properties = scalar.properties
      let isHidden =
        properties.generalCategory == .control || properties.isDefaultIgnorableCodePoint
        || properties.generalCategory == .format || properties.isNoncharacterCodePoint
        || properties.generalCategory == .lineSeparator
        || properties.generalCategory == .paragraphSeparator
      let expected = isHidden && !shows.contains { $0.contains(scalar.value) }
      if DeceptiveCharacters.mayDeceive(scalar) != expected { wrong.append(scalar.value) }
    }
    #expect(wrong.isEmpty)
  }

  @Test("a text is searched by bytes as by scalars, whatever surrounds a character")
  func search() {
    var leads: [UInt32] = []
    for scalar in Self.all {
      let begins = UTF8.encode(scalar)?.first.map(DeceptiveCharacters.mayBegin) ?? false
      if !begins && DeceptiveCharacters.mayDeceive(scalar) { leads.append(scalar.value) }
    }
    #expect(leads.isEmpty)
    let neighbours = ["", "a", "\"", ",", "#", ":", "|", "<", "\u{1B}", "\n", "é", "😀", "\u{301}"]
    // The first and the last of each range, with their neighbours.
    let edges = Self.all.filter { scalar in
      let listed = DeceptiveCharacters.mayDeceive(scalar)
      return [scalar.value &- 1, scalar.value + 1].contains { value in
        Unicode.Scalar(value).map(DeceptiveCharacters.mayDeceive) != .some(listed)
      }
    }
    var wrong: [[UInt32]] = []
    for scalar in edges {
      for before in neighbours {
        for after in ["", "a", "\n", "\u{301}"] {
          let text = "12345678" + before + String(scalar) + after + "x"
          var scalars = text.unicodeScalars.map { Optional($0) }
          scalars.append(nil)
          var expected: [Unicode.Scalar] = []
          for (place, scalar) in text.unicodeScalars.enumerated()
          where DeceptiveCharacters.isDeceptive(
            scalar, after: place == 0 ? nil : scalars[place - 1], before: scalars[place + 1])
          {
            expected.append(scalar)
          }
          let shown = DeceptiveCharacters.shown(in: text)
          if found(in: text) != expected || !found(in: shown).isEmpty || shown.utf8.contains(0x0A) {
            wrong.append(text.unicodeScalars.map(\.value))
          }
        }
      }
    }
    #expect(wrong.isEmpty)
  }

  private func found(in text: String) -> [Unicode.Scalar] {
    var found: [Unicode.Scalar] = []
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      var at = 0
      while let next = DeceptiveCharacters.next(in: bytes, from: at) {
        found.append(next.scalar)
        at = next.at + next.length
      }
    }
    return found
  }

  @Test(
    "joiners and selectors are left where writing needs them",
    arguments: [
      ("👩\u{200D}👩\u{200D}👧", true), ("❤\u{FE0F}\u{200D}🔥", true), ("क्\u{200D}ष", true),
      ("می\u{200C}خواهم", true), ("1\u{FE0F}\u{20E3}", true), ("葛\u{E0100}", true),
      ("a\u{200D}b", false), ("\u{200D}👧", false), ("👩\u{200D}", false),
      ("x\u{FE00}\u{FE01}", false), (" \u{FE0F}", false), ("🏴\u{E0067}\u{E007F}", false),
      ("soft\u{AD}hyphen", false), ("zero\u{200B}width", false),
    ])
  func joiners(text: String, isPlain: Bool) {
    #expect(DeceptiveCharacters.occur(in: text) == !isPlain)
  }

  @Test("line feeds and tabs are kept, made spaces or written out, as asked")
  func lines() {
    let text = "a\n\tb\u{202E}"
    #expect(DeceptiveCharacters.shown(in: text, lines: .kept) == "a\n\tb\\u{202E}")
    #expect(DeceptiveCharacters.shown(in: text, lines: .spaces) == "a  b\\u{202E}")
    #expect(DeceptiveCharacters.shown(in: text) == "a\\u{A}\\u{9}b\\u{202E}")
    #expect(DeceptiveCharacters.shown(in: "plain – é") == "plain – é")
  }
}
