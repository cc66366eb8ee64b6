import Foundation
import TestSupport

/// Public minutes that nobody here wrote, kept outside the repository.
///
/// `DOCKET_SHARED_DATA` names the folder; without it `../shared/data` beside the project's root.
enum RealMinutes {
  /// The project's own root.
  static let root = PackageFolder.url

  static let folder = PackageFolder.sharedData.path + "/minutes"

  static var isHere: Bool { FileManager.default.fileExists(atPath: folder) }

  /// Every Markdown file, sorted.
  static let files: [String] = {
    guard let walk = FileManager.default.enumerator(atPath: folder) else { return [] }
    return walk.compactMap { $0 as? String }.filter { $0.hasSuffix(".md") }.sorted()
      .map { folder + "/" + $0 }
  }()
}
