import Files
package import Git
import JSONText
package import Records

/// Where a repository's copy of one of docket's own schemas comes from.
package enum SchemaOrigin: Sendable, Equatable {
  /// It is this program's.
  case current
  /// An earlier docket brought it, and nobody has changed it; the version where the file says it.
  case earlier(DocketVersion?)
  /// A later docket brought it, changed or not: this program doesn't know.
  case later(DocketVersion)
  /// The team changed it.
  case changed
}

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

  /// Returns where a repository's copy of one of docket's own schemas comes from.
  ///
  /// - Parameters:
  ///   - document: the copy.
  ///   - text: this program's.
  func origin(_ name: String, _ document: JSONDocument, _ text: [UInt8]) -> SchemaOrigin {
    if document.bytes == text { return .current }
    let version = DocketVersion(ofSchema: document.root)
    if let version, version > .current { return .later(version) }
    let isUnchanged = isEarlier(name, Repository.hash(blob: document.bytes))
    return isUnchanged ? .earlier(version) : .changed
  }

  /// Returns the copies of docket's own schemas in a catalog and where they come from, by name.
  func origins(in catalog: KindCatalog) -> [(name: String, origin: SchemaOrigin)] {
    current().compactMap { name, text in
      guard let document = catalog.files.documents[name], Self.isOwn(document) else { return nil }
      return (name, origin(name, document, text))
    }
  }

  /// Whether a file is docket's by its `$id`: one of a team's own kinds may have a name that docket later
  /// used for another.
  static func isOwn(_ document: JSONDocument) -> Bool {
    document.root["$id"]?.string?.hasPrefix("urn:docket:") != false
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

extension Tracker {
  /// Returns the copies of docket's own schemas here and where they come from, by name.
  package var schemaOrigins: [(name: String, origin: SchemaOrigin)] {
    context.ownSchemas.origins(in: catalog)
  }

  /// Returns the latest docket whose schemas are here, where that is a later one than this.
  package var laterDocket: DocketVersion? { DocketVersion.latest(in: catalog) }
}

extension DocketVersion {
  /// Returns the latest docket that brought one of a catalog's schemas, `nil` where none is later than
  /// this program.
  package static func latest(in catalog: KindCatalog) -> DocketVersion? {
    catalog.files.documents.values.filter(OwnSchemas.isOwn)
      .compactMap { DocketVersion(ofSchema: $0.root) }
      .filter { $0 > .current }.max()
  }

  /// Returns what somebody does whose program is earlier than this version.
  package var updating: String {
    "update docket to \(self) or later; this is docket \(DocketVersion.current)"
  }
}
