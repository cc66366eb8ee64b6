import Git
import JSONText
import Records

/// The versions of one record in trees: where its file stands, and what it says.
///
/// All that blame asks of git about a record, so that an index of history can answer instead.
struct RecordVersions {
  /// A record's file in a tree.
  struct Place: Hashable {
    let path: String
    let item: TreeItem
  }

  private let repository: Repository
  /// What stands at the end of a path below a directory: trees repeat from commit to commit.
  private var known: [Step: TreeItem?] = [:]
  private var values: [ObjectID: JSONValue?] = [:]

  private struct Step: Hashable {
    let tree: ObjectID
    /// The rest of the path.
    let path: Substring
  }

  init(_ repository: Repository) { self.repository = repository }

  /// The version that became `place` between two trees: the file at the same path, or the one of the
  /// same record that went from elsewhere meanwhile. `nil` where there was none.
  mutating func place(like place: Place, in old: ObjectID, of new: ObjectID) throws(GitError)
    -> Place?
  {
    if let item = try item(at: place.path[...], in: old) {
      return Place(path: place.path, item: item)
    }
    guard let name = place.path.split(separator: "/").last,
      let id = Self.id(ofFile: String(name))
    else { return nil }
    // The path is new; only what left its place in the same step is the same file.
    for change in try repository.changes(from: old, to: new) where change.new == nil {
      if let item = change.old, let name = change.path.split(separator: "/").last,
        Self.id(ofFile: String(name)) == id
      {
        return Place(path: change.path, item: item)
      }
    }
    return nil
  }

  private static func id(ofFile name: String) -> RecordID? {
    guard name.hasSuffix(".json") else { return nil }
    var name = name
    return name.withUTF8 { RecordID(startOfFileName: UnsafeRawBufferPointer($0)) }
  }

  private mutating func item(at path: Substring, in tree: ObjectID) throws(GitError) -> TreeItem? {
    let step = Step(tree: tree, path: path)
    if let item = known[step] { return item }
    let slash = path.firstIndex(of: "/") ?? path.endIndex
    let entry = try repository.entry(at: String(path[..<slash]), inTree: tree)
    var item: TreeItem?
    if slash == path.endIndex {
      item = entry.flatMap { $0.mode == .tree ? nil : TreeItem(mode: $0.mode, id: $0.id) }
    } else if let entry, entry.mode == .tree {
      item = try self.item(at: path[path.index(after: slash)...], in: entry.id)
    }
    known[step] = .some(item)
    return item
  }

  /// What a version says; `nil` where it isn't a JSON object.
  mutating func value(of place: Place) throws(GitError) -> JSONValue? {
    guard place.item.mode == .regular || place.item.mode == .executable else { return nil }
    if let value = values[place.item.id] { return value }
    let value = JSONValue.record(parsing: try repository.blob(place.item.id))
    // Both sides of a step are asked for, and each is the other side of the next.
    if values.count > 1000 { values.removeAll(keepingCapacity: true) }
    values[place.item.id] = .some(value)
    return value
  }
}
