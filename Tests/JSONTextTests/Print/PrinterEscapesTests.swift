import Testing

@testable import JSONText

@Suite("text without steering characters") struct PrinterEscapesTests {
  private static let steering: [ClosedRange<UInt32>] = [
    0x7F...0x9F, 0xAD...0xAD, 0x61C...0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,
    0xFDD0...0xFDEF, 0xFEFF...0xFEFF, 0xFFF0...0xFFFB, 0xE0000...0xE007F,
  ]

  @Test("escapes each of them and nothing else, in any company")
  func each() throws {
    let edges = Self.steering.flatMap { [$0.lowerBound - 1, $0.upperBound + 1] }
    let plain = (edges + [0x41, 0xE9, 0x20AC, 0x1F600, 0x10FFFD]).compactMap(Unicode.Scalar.init)
      .filter { !DeceptiveCharacters.mayDeceive($0) }
    let risky = Self.steering.flatMap { Array($0) }.compactMap(Unicode.Scalar.init)
    for scalar in risky + plain {
      // Nothing that a joiner could join.
      let before: Unicode.Scalar = "a"
      let after = (plain + risky).randomElement() ?? "z"
      var text = String.UnicodeScalarView([before, scalar])
      text.append(after)
      let value = JSONValue.string(String(text))
      let shown = JSONPrinter.withoutControls(JSONPrinter.canonical(value))
      let scalars = String(decoding: shown, as: UTF8.self).unicodeScalars
      #expect(
        !scalars.contains { scalar in Self.steering.contains { $0.contains(scalar.value) } })
      #expect(scalars.contains(scalar) == plain.contains(scalar), "\(scalar.value)")
      #expect(try JSONDocument(parsing: shown).root.value == value)
    }
  }
}
