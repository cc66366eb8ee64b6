import Foundation
import TestSupport
import Testing

/// Compares with a file beside the tests.
enum Snapshot {
  /// Fails where `text` isn't what the snapshot of that name holds. A missing snapshot, or
  /// `RECORD_SNAPSHOTS=1`, writes the file and fails too: look at it, then commit it.
  static func expect(
    _ text: String, is name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let folder = PackageFolder.url.appending(path: "Tests/ReportsTests/Snapshots")
    let file = folder.appending(path: name)
    let isRecording = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1"
    guard !isRecording, let data = try? Data(contentsOf: file) else {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      Issue.record("wrote the snapshot \(name)", sourceLocation: sourceLocation)
      return
    }
    let expected = String(decoding: data, as: UTF8.self)
    guard !expected.utf8.elementsEqual(text.utf8) else { return }
    Issue.record(
      "\(name) differs:\n\(difference(expected, text))", sourceLocation: sourceLocation)
  }

  /// The first lines in which two texts differ.
  private static func difference(_ expected: String, _ text: String) -> String {
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let new = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let changes = new.difference(from: old).map { change in
      switch change {
      case .remove(let offset, let line, _): (offset, "- \(offset + 1): \(line)")
      case .insert(let offset, let line, _): (offset, "+ \(offset + 1): \(line)")
      }
    }
    return changes.sorted { $0.0 < $1.0 }.prefix(20).map(\.1).joined(separator: "\n")
  }
}
