import Foundation
import JSONText
import TestSupport
import Testing

/// Texts that parsers have stumbled over: `Tests/Corpus/texts`, `yes-…` and `no-…`.
@Suite("kept texts") struct CorpusTests {
  static let folder = PackageFolder.url
    .appending(path: "Tests/Corpus/texts")
  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .sorted()

  @Test("there are some of both") func isThere() {
    #expect(Self.names.count { $0.hasPrefix("yes-") } > 10)
    #expect(Self.names.count { $0.hasPrefix("no-") } > 20)
  }

  @Test(
    "is read, printed and read again without loss", arguments: names.filter { $0.hasPrefix("yes-") }
  )
  func accepted(_ name: String) throws {
    let bytes = [UInt8](try Data(contentsOf: Self.folder.appending(path: name)))
    let value = try JSONDocument(parsing: bytes).root.value
    let canonical = JSONPrinter.canonical(value)
    for printed in [canonical, JSONPrinter.compact(value)] {
      let again = try JSONDocument(parsing: printed).root.value
      #expect(JSONPrinter.canonical(again) == canonical)
      #expect(again.isIdentical(to: value))
    }
  }

  @Test("is refused at a place inside it", arguments: names.filter { $0.hasPrefix("no-") })
  func refused(_ name: String) throws {
    let bytes = [UInt8](try Data(contentsOf: Self.folder.appending(path: name)))
    do throws(JSONSyntaxError) {
      _ = try JSONDocument(parsing: bytes)
      Issue.record("\(name) was accepted")
    } catch {
      #expect((0...bytes.count).contains(error.offset))
      #expect(!error.message.isEmpty)
    }
  }
}
