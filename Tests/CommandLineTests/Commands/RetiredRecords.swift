import Foundation
import TestSupport
import Testing

/// Records with items in lists that docket no longer writes, as an older one left them.
extension ScratchRepository {
  /// Puts items, given as JSON, at the end of a list of a record and commits that, as `handle` would
  /// have with an older docket.
  func plant(_ items: String..., in list: String, of id: String) throws {
    let path = try path(of: id)
    let data = Data(try #require(read(path)).utf8)
    var record = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    var present = record[list] as? [Any] ?? []
    for item in items { present.append(try JSONSerialization.jsonObject(with: Data(item.utf8))) }
    record[list] = present
    try save(record, at: path, "Add to \(list)")
  }

  /// Changes one value of an item, or takes the item away, and commits that.
  func replant(
    _ item: String, _ key: String? = nil, _ value: Any? = nil, in list: String, of id: String
  )
    throws
  {
    let path = try path(of: id)
    let data = Data(try #require(read(path)).utf8)
    var record = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    var items = try #require(record[list] as? [[String: Any]])
    let place = try #require(items.firstIndex { $0["id"] as? String == item })
    if let key { items[place][key] = value } else { items.remove(at: place) }
    record[list] = items
    try save(record, at: path, "Change \(list)")
  }

  private func save(_ record: [String: Any], at path: String, _ message: String) throws {
    let data = try JSONSerialization.data(withJSONObject: record, options: [.sortedKeys])
    try write(path, String(decoding: data, as: UTF8.self))
    try docket("fmt", path).succeeded()
    try git("commit", "-qm", message, "--", path)
  }

  /// The records that items became: by item id, the record and its path.
  func migrated() throws -> [String: (record: [String: Any], path: String)] {
    var found: [String: (record: [String: Any], path: String)] = [:]
    let unmerged = try git("diff", "--name-only", "--diff-filter=U").split(separator: "\n")
    for path in try git("ls-files", "--", "docket").split(separator: "\n").map(String.init)
    where !unmerged.contains(path[...]) {
      let data = Data(try git("show", ":\(path)").utf8)
      guard let record = try JSONSerialization.jsonObject(with: data) as? [String: Any],
        let origin = record["migrated"] as? [String: Any], let item = origin["item"] as? String
      else { continue }
      #expect(found[item] == nil, "\(item) twice")
      found[item] = (record, path)
    }
    return found
  }
}
