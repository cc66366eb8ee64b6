import Foundation

/// Public minutes that nobody here wrote, kept outside the repository.
///
/// `DOCKET_SHARED_DATA` names the folder; without it `../shared/data` beside the project's root.
enum RealMinutes {
  /// The project's own root.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let folder: String = {
    let named = ProcessInfo.processInfo.environment["DOCKET_SHARED_DATA"]
    return (named ?? root.appendingPathComponent("../shared/data").standardized.path) + "/minutes"
  }()

  static var isHere: Bool { FileManager.default.fileExists(atPath: folder) }

  /// Every Markdown file, sorted.
  static let files: [String] = {
    guard let walk = FileManager.default.enumerator(atPath: folder) else { return [] }
    return walk.compactMap { $0 as? String }.filter { $0.hasSuffix(".md") }.sorted()
      .map { folder + "/" + $0 }
  }()
}
