import Files
import Foundation
import JSONText
import TestSupport
import Testing

@testable import Records

/// Docket's own schemas, read from the repository.
enum BuiltInKinds {
  static let folder = PackageFolder.path + "/schema"

  static let catalog: KindCatalog = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return KindCatalog(
      files: names.filter { $0.hasSuffix(".json") }.map { name in
        (
          name: name,
          bytes: [UInt8](FileManager.default.contents(atPath: folder + "/" + name) ?? Data())
        )
      })
  }()

  static func kind(_ name: String) throws -> Kind { try #require(catalog.kind(named: name)) }

  /// A record of a kind, as it would be read from a file.
  static func file(_ kind: Kind, _ value: JSONValue) throws -> RecordFile {
    let id = try #require(value["id"]?.string.flatMap { RecordID($0) })
    let path = "docket/\(kind.directory)/2026/01/\(id).json"
    return try RecordFile.read(
      JSONPrinter.canonical(value, order: kind.view), path: RepositoryPath(path), folder: "docket"
    ).get()
  }

  static func findings(_ kind: Kind, _ value: JSONValue) throws -> [Finding] {
    try RecordCheck(compiled: catalog.compiledKind(for: kind), folder: "docket", remedy: .edit)
      .findings(in: file(kind, value), checksForm: true, roster: nil)
  }

  static func parse(_ text: String) throws -> JSONValue {
    try JSONDocument(parsing: text).root.value
  }
}
