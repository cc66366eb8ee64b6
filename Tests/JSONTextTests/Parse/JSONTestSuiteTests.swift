import Foundation
import JSONText
import TestSupport
import Testing

/// Inputs of nst/JSONTestSuite: `y_` has to be accepted, `n_` refused, `i_` may be either.
@Suite("JSONTestSuite", .enabled(if: JSONTestSuite.isThere, "needs ../shared/data"))
struct JSONTestSuiteTests {
  @Test("each input is accepted or refused as its name says", arguments: JSONTestSuite.files)
  func compiledKinds(_ file: String) throws {
    let bytes = try JSONTestSuite.bytes(file)
    let outcome = Result { try JSONDocument(parsing: bytes) }
    switch (file.first, outcome) {
    case ("y", .success(let document)): expectLossless(document)
    case ("y", .failure(let error)): Issue.record("\(file) is refused: \(error)")
    case ("n", .success): Issue.record("\(file) is accepted")
    default: break
    }
  }

  /// The choices where RFC 8259 leaves one: numbers are text and may be as large as they like;
  /// what is not Unicode is refused, and so is nesting beyond the limit.
  @Test("inputs that may be either are accepted for their numbers only")
  func documentsChoices() throws {
    for file in JSONTestSuite.files where file.hasPrefix("i_") {
      let accepted = (try? JSONDocument(parsing: JSONTestSuite.bytes(file))) != nil
      #expect(accepted == file.hasPrefix("i_number"), "\(file)")
    }
  }

  @Test("the suite is there as a whole")
  func isComplete() { #expect(JSONTestSuite.files.count > 100) }
}

enum JSONTestSuite {
  static let folder = PackageFolder.sharedData.appending(path: "json-test-suite/test_parsing")

  static var isThere: Bool { FileManager.default.fileExists(atPath: folder.path) }

  static let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".json") }.sorted()

  static func bytes(_ file: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: file)))
  }
}

/// Printing keeps everything and, done again, changes nothing.
func expectLossless(
  _ document: JSONDocument, sourceLocation: SourceLocation = #_sourceLocation
) {
  let value = document.root.value
  for print in [JSONPrinter.compact, { JSONPrinter.canonical($0) }] {
    let printed = print(value)
    guard let again = try? JSONDocument(parsing: printed) else {
      Issue.record("what was printed cannot be read", sourceLocation: sourceLocation)
      return
    }
    #expect(again.root.value.isIdentical(to: value), sourceLocation: sourceLocation)
    #expect(again.root.isEqual(to: document.root), sourceLocation: sourceLocation)
    #expect(print(again.root.value) == printed, sourceLocation: sourceLocation)
    #expect(again.duplicateKeys.count == document.duplicateKeys.count)
  }
}
