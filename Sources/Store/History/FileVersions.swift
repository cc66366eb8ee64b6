import Files
import Git
import JSONText
import Records

/// Reads blobs as records and compares them; caches them, since versions recur on both sides of a
/// change.
struct FileVersions {
  private let repository: Repository
  /// The kinds used to describe changes unless others are given.
  private let catalog: KindCatalog
  private var values: [ObjectID: JSONValue?] = [:]
  private var unstored: [ObjectID: JSONValue?] = [:]

  init(_ repository: Repository, _ catalog: KindCatalog) {
    self.repository = repository
    self.catalog = catalog
  }

  /// Adds versions that lie in files and aren't stored in the repository.
  mutating func add(_ versions: [ObjectID: JSONValue?]) { unstored.merge(versions) { $1 } }

  /// Reads many versions in the order of their packs, which is faster than one by one.
  mutating func load(_ changes: some Sequence<RecordFileChange>) {
    var wanted: [ObjectID] = []
    var seen: Set<ObjectID> = []
    for change in changes {
      for side in [change.old, change.new] + change.others {
        guard let blob = side?.blob, values[blob] == nil, seen.insert(blob).inserted else {
          continue
        }
        wanted.append(blob)
      }
    }
    makeRoom(for: wanted.count)
    var read: [ObjectID: JSONValue?] = [:]
    repository.blobs(wanted) { index, result in
      // A blob that can't be read is reported when it is asked for.
      if case .success(let bytes) = result { read[wanted[index]] = .some(.record(parsing: bytes)) }
    }
    values.merge(read) { $1 }
  }

  /// Describes a change field by field, by the kinds at that commit.
  mutating func change(_ change: RecordFileChange, in catalog: KindCatalog? = nil)
    throws(GitError) -> RecordChange
  {
    let path = change.new?.path ?? change.old?.path ?? ""
    let kind = catalog?.kind(of: change.id) ?? self.catalog.kind(of: change.id)
    let before = try version(of: change.old)
    let after = try version(of: change.new)
    let others = try change.others.map { (side) throws(GitError) in try version(of: side) }
    let isUnreadable =
      change.old != nil && before == nil || change.new != nil && after == nil
      || zip(change.others, others).contains { $0 != nil && $1 == nil }
    let fields = ([before] + others).map { FieldChange.between($0, after, view: kind?.view) }
    let from = change.from
    var told = RecordChange(
      id: change.id, kind: kind, path: path, from: from,
      type: change.old == nil
        ? .added : change.new == nil ? .deleted : from != nil ? .renamed : .modified,
      fields: isUnreadable ? [] : others.isEmpty ? fields[0] : FieldChange.own(fields),
      before: before, after: after,
      problem: isUnreadable ? "a version of it is not readable as JSON" : nil)
    told.others = others
    return told
  }

  private mutating func version(of side: RecordFileChange.Side?) throws(GitError) -> JSONValue? {
    guard let side else { return nil }
    return try version(side.blob)
  }

  /// Returns a version, or `nil` if it isn't a JSON object.
  mutating func version(_ id: ObjectID) throws(GitError) -> JSONValue? {
    if let known = values[id] ?? unstored[id] { return known }
    let value = JSONValue.record(parsing: try repository.blob(id))
    makeRoom(for: 1)
    values[id] = .some(value)
    return value
  }

  private mutating func makeRoom(for count: Int) {
    if values.count + count > 20_000 { values.removeAll(keepingCapacity: true) }
  }

}

extension JSONValue {
  /// Returns a record's value, or `nil` if the text isn't a JSON object.
  static func record(parsing bytes: [UInt8]) -> JSONValue? {
    let document = try? JSONDocument(parsing: bytes)
    return document.flatMap { $0.root.isObject ? $0.root.value : nil }
  }
}
