package import Foundation

/// The folder of this package, for tests that read its files.
package enum PackageFolder {
  package static let url = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  package static let path = url.path

  /// Real data for tests, too large for the repository: `DOCKET_SHARED_DATA`, or `../shared/data`.
  package static let sharedData: URL =
    ProcessInfo.processInfo.environment["DOCKET_SHARED_DATA"].map { URL(filePath: $0) }
    ?? url.deletingLastPathComponent().appending(path: "shared/data")
}
