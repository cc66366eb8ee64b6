import Foundation
import JSONText
import TestSupport
import Testing

@Suite("JSON parser, on random input")
struct JSONParserPropertyTests {
  @Test("any value survives printing and parsing", arguments: 0..<4)
  func roundTrips(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<150 {
      let value = Self.value(&random, depth: 4)
      let document = try JSONDocument(parsing: JSONPrinter.compact(value))
      #expect(document.root.value.isIdentical(to: value))
      expectLossless(document)
    }
  }

  @Test("the canonical form is its own canonical form, and loses nothing", arguments: 0..<4)
  func printsOnce(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &+ 500)
    let order = NamedOrder(keys: ["id", "title", "a", "b"])
    for _ in 0..<150 {
      let value = Self.value(&random, depth: 4)
      let plain = JSONPrinter.canonical(value)
      #expect(try JSONDocument(parsing: plain).root.value.isIdentical(to: value))
      let ordered = JSONPrinter.canonical(value, order: order)
      let again = try JSONDocument(parsing: ordered).root.value
      #expect(JSONPrinter.canonical(again, order: order) == ordered)
      // Only keys have changed places.
      #expect(again == value)
    }
  }

  /// Whatever Foundation refuses is refused, but for what Foundation is too narrow for; what is
  /// accepted has ranges inside the text and nodes that can be read.
  @Test("mutated texts never crash, and no garbage is accepted", arguments: 0..<4)
  func survivesMutation(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &+ 1000)
    let clock = ContinuousClock()
    let end = clock.now + .milliseconds(700)
    var accepted = 0
    for _ in 0..<20_000 where clock.now < end {
      var bytes = JSONPrinter.compact(Self.value(&random, depth: 3))
      for _ in 0..<Int.random(in: 1...3, using: &random) { Self.mutate(&bytes, &random) }
      guard let document = try? JSONDocument(parsing: bytes) else { continue }
      accepted += 1
      #expect(String(validating: bytes, as: UTF8.self) != nil)
      check(document.root, inside: 0..<bytes.count)
      _ = JSONPrinter.canonical(document.root.value)
      if accepted % 10 == 0 {
        let theirs = try? JSONSerialization.jsonObject(
          with: Data(bytes), options: .fragmentsAllowed)
        #expect(theirs != nil || bytes.contains(UInt8(ascii: "e")), "\(bytes)")
      }
    }
    #expect(accepted > 50)
  }

  private func check(_ node: JSONNode, inside range: Range<Int>) {
    #expect(range.contains(node.range.lowerBound) && node.range.upperBound <= range.upperBound)
    var count = 0
    var last = node.range.lowerBound
    for element in node.elements {
      #expect(element.range.lowerBound > last)
      last = element.range.upperBound
      check(element, inside: node.range)
      count += 1
    }
    for (key, value) in node.members {
      #expect(key.isString && key.range.upperBound < value.range.lowerBound)
      check(value, inside: node.range)
      count += 1
    }
    #expect(count == node.count)
  }

  static func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    guard !bytes.isEmpty else { return }
    let place = Int.random(in: 0..<bytes.count, using: &random)
    let marks = Array("{}[]\",:\\ue0-. \n\u{1}tfn".utf8) + [0x80, 0xC0, 0xED, 0xF4, 0xFF]
    switch Int.random(in: 0..<4, using: &random) {
    case 0: bytes[place] = marks.randomElement(using: &random) ?? 0
    case 1: bytes.insert(marks.randomElement(using: &random) ?? 0, at: place)
    case 2: bytes.remove(at: place)
    default: bytes.removeSubrange(place..<min(bytes.count, place + 4))
    }
  }

  static func value(_ random: inout SeededGenerator, depth: Int) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2, 3: return .string(text(&random))
    case 4:
      let texts = ["0", "-0", "1.50", "1e400", "-12E-7", "123456789012345678901234567890", "7"]
      return .number(JSONNumber(texts.randomElement(using: &random) ?? "0") ?? JSONNumber(0))
    case 5:
      return .array(
        (0..<Int.random(in: 0..<5, using: &random)).map { _ in
          value(&random, depth: depth - 1)
        })
    default:
      return .object(
        JSONObject(
          (0..<Int.random(in: 0..<6, using: &random)).map { _ in
            (key: text(&random), value: value(&random, depth: depth - 1))
          }))
    }
  }

  static func text(_ random: inout SeededGenerator) -> String {
    let pieces = [
      "a", "key", "é", "e\u{301}", "\n", "\"", "\\", "/", "\u{0}", "\u{1F}", "😀", " ", "\u{7F}",
      "\u{2028}",
    ]
    return (0..<Int.random(in: 0..<6, using: &random))
      .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
  }
}
