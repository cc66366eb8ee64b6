import Files
import Git
import JSONText
import Records

/// The versions of one record in trees: the path of its file and its content.
///
/// This is all that blame needs from git about a record, so that the cache can answer instead.
struct RecordVersions {
  /// A record's file in a tree.
  struct Place: Hashable {
    let path: RepositoryPath
    let item: TreeItem

    /// The record, as the file's name says.
    var id: RecordID? { RecordVersions.id(ofFile: path.name) }
  }

  private let repository: Repository
  /// Entries found at a path below a directory: trees recur from commit to commit.
  private var known: [Step: TreeItem?] = [:]
  private var values: [ObjectID: JSONValue?] = [:]

  private struct Step: Hashable {
    let tree: ObjectID
    /// The rest of the path.
    let path: ArraySlice<UInt8>
  }

  init(_ repository: Repository) { self.repository = repository }

  /// Returns the earlier version of `place` between two trees: the file at the same path, or a file
  /// of the same record that disappeared elsewhere. Returns `nil` if there was none.
  mutating func place(like place: Place, in old: ObjectID, of new: ObjectID) throws(GitError)
    -> Place?
  {
    if let item = try item(at: place.path.bytes[...], in: old) {
      return Place(path: place.path, item: item)
    }
    guard let id = Self.id(ofFile: place.path.name) else { return nil }
    // The path is new; only a file removed in the same step is the same record.
    for change in try repository.changes(from: old, to: new) where change.new == nil {
      if let item = change.old, Self.id(ofFile: change.path.name) == id {
        return Place(path: change.path, item: item)
      }
    }
    return nil
  }

  /// Returns the file in `old` of a record that differs from `old` to `new`; `nil` if there is none.
  func place(of id: RecordID, in old: ObjectID, changedBy new: ObjectID) throws(GitError) -> Place?
  {
    for change in try repository.changes(from: old, to: new)
    where Self.id(ofFile: change.path.name) == id {
      if let item = change.old { return Place(path: change.path, item: item) }
    }
    return nil
  }

  private static func id(ofFile name: RepositoryPath) -> RecordID? {
    guard name.hasEnding(".json") else { return nil }
    return name.bytes.withUnsafeBytes { RecordID(startOfFileName: $0) }
  }

  private mutating func item(at path: ArraySlice<UInt8>, in tree: ObjectID) throws(GitError)
    -> TreeItem?
  {
    let step = Step(tree: tree, path: path)
    if let item = known[step] { return item }
    let slash = path.firstIndex(of: UInt8(ascii: "/")) ?? path.endIndex
    let entry = try repository.entry(at: RepositoryPath(bytes: path[..<slash]), inTree: tree)
    var item: TreeItem?
    if slash == path.endIndex {
      item = entry.flatMap { $0.mode == .tree ? nil : TreeItem(mode: $0.mode, id: $0.id) }
    } else if let entry, entry.mode == .tree {
      item = try self.item(at: path[(slash + 1)...], in: entry.id)
    }
    known[step] = .some(item)
    return item
  }

  /// Returns a version's value, or `nil` if it isn't a JSON object.
  mutating func value(of place: Place) throws(GitError) -> JSONValue? {
    guard place.item.mode == .regular || place.item.mode == .executable else { return nil }
    if let value = values[place.item.id] { return value }
    let value = JSONValue.record(parsing: try repository.blob(place.item.id))
    // Both sides of a step are read, and each is also a side of the next step.
    if values.count > 1000 { values.removeAll(keepingCapacity: true) }
    values[place.item.id] = .some(value)
    return value
  }
}
