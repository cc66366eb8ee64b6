import JSONText
import Testing

@Suite("text without steering characters") struct PrinterEscapesTests {
  private static let steering: [ClosedRange<UInt32>] = [
    0x7F...0x9F, 0x61C...0x61C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF...0xFEFF,
  ]

  @Test("escapes each of them and nothing else, in any company")
  func each() throws {
    let edges = Self.steering.flatMap { [$0.lowerBound - 1, $0.upperBound + 1] }
    let plain = (edges + [0x41, 0xE9, 0x20AC, 0x1F600, 0x10FFFF]).compactMap(Unicode.Scalar.init)
      .filter { scalar in !Self.steering.contains { $0.contains(scalar.value) } }
    let risky = Self.steering.flatMap { Array($0) }.compactMap(Unicode.Scalar.init)
    for scalar in risky + plain {
      let before = plain.randomElement() ?? "a"
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
