import Files
package import Git
import JSONText
import Records

/// The schema files that this docket brings, and the versions that earlier ones brought.
package struct OwnSchemas: Sendable {
  private let current: @Sendable () -> [(name: String, text: [UInt8])]
  private let earlier: @Sendable () -> String

  /// - Parameters:
  ///   - current: this program's files.
  ///   - earlier: a git blob id and a file's name a line, as `scripts/schema-digests` writes them.
  package init(
    current: @escaping @Sendable () -> [(name: String, text: [UInt8])],
    earlier: @escaping @Sendable () -> String
  ) {
    (self.current, self.earlier) = (current, earlier)
  }

  /// Those of a program that brings none.
  package static let none = OwnSchemas(current: { [] }, earlier: { "" })

  /// Whether a file is as an earlier docket brought it.
  package func isEarlier(_ name: String, _ id: ObjectID) -> Bool {
    let line = "\(id.hex) \(name)"
    return earlier().split(separator: "\n").contains { $0 == line }
  }

  /// Returns the files that a change brings from an earlier docket's version to this one's.
  func upgrades(from base: TrackerDefinition, to proposed: TrackerDefinition) -> Set<String> {
    let changed = proposed.catalog.files.documents.filter { name, new in
      base.catalog.files.documents[name].map { $0.bytes != new.bytes } ?? false
    }
    guard !changed.isEmpty else { return [] }
    var found: Set<String> = []
    for (name, text) in current() where changed[name]?.bytes == text {
      guard let old = base.catalog.files.documents[name] else { continue }
      if isEarlier(name, Repository.hash(blob: old.bytes)) { found.insert(name) }
    }
    return found
  }
}
