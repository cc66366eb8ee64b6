package import JSONText

/// A version of docket: three numbers, compared as Semantic Versioning 2.0.0 §11 compares them.
package struct DocketVersion: Comparable, Sendable, CustomStringConvertible {
  private let numbers: [Int]

  /// This program's own.
  package static let current = DocketVersion(numbers: [0, 1, 0])

  private init(numbers: [Int]) { self.numbers = numbers }

  /// Reads `1.2.3`; other texts are no version.
  package init?(_ text: some StringProtocol) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part -> Int? in
      let isNumber = !part.isEmpty && part.allSatisfy { (0x30...0x39).contains($0) }
      return isNumber ? Int(String(decoding: part, as: UTF8.self)) : nil
    }
    guard parts.count == 3, numbers.count == 3 else { return nil }
    self.numbers = numbers
  }

  /// Returns the version that wrote a schema file, `nil` where the file doesn't say: its `$comment` is
  /// `docket 1.2.3` (JSON Schema Core 2020-12 §8.3: for whoever maintains the schema).
  package init?(ofSchema root: JSONNode) {
    guard let comment = root["$comment"]?.string else { return nil }
    let words = comment.utf8.split(separator: UInt8(ascii: " "))
    guard words.count == 2, words[0].elementsEqual("docket".utf8) else { return nil }
    self.init(String(decoding: words[1], as: UTF8.self))
  }

  package var description: String { numbers.map(String.init).joined(separator: ".") }

  package static func < (one: DocketVersion, other: DocketVersion) -> Bool {
    one.numbers.lexicographicallyPrecedes(other.numbers)
  }
}
