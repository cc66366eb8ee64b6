import Foundation
import TestSupport

/// Public data beside the project; tests that need it are skipped by name where it is missing.
enum SharedData {
  static let folder = PackageFolder.sharedData

  static let suite = folder.appending(path: "json-schema-test-suite")

  static var hasSuite: Bool { FileManager.default.fileExists(atPath: suite.path) }

  /// The `.json` files under a folder, sorted by path, with paths relative to it.
  static func files(under folder: URL) -> [String] {
    guard let paths = FileManager.default.enumerator(atPath: folder.path) else { return [] }
    return paths.compactMap { $0 as? String }.filter { $0.hasSuffix(".json") }.sorted()
  }
}
