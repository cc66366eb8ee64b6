import Git
import JSONText
import Records

/// Docket's own schemas as a repository has them, beside this program's.
package struct VendoredSchema: Sendable {
  package enum Status: Sendable, Equatable {
    /// As this program has it.
    case current
    /// As an older docket wrote it.
    case outdated
    /// Changed by the team; docket's own hasn't changed since.
    case edited
    /// Changed by the team, and by docket since.
    case editedAndOutdated
  }

  package let name: String
  package let status: Status
  /// The commit that brought docket's version, abbreviated.
  package let broughtBy: String?
}

extension Tracker {
  /// How each of docket's schemas stands at HEAD.
  ///
  /// What docket last wrote is told by history: the commit that added the file, or the last one whose
  /// trailer says that it brought docket's version.
  package func vendored(_ builtIn: [(name: String, text: [UInt8])]) throws(StoreError)
    -> [VendoredSchema]
  {
    guard let head = try headCommit() else { return [] }
    return try git { () throws(GitError) in
      var open: [String: ObjectID] = [:]
      for entry in try schemaEntries(of: head) { open[entry.key] = entry.value }
      var found: [VendoredSchema] = []
      var pending: [String: (present: ObjectID, wanted: ObjectID)] = [:]
      for (name, text) in builtIn {
        // A kind of the team's own may have the name that docket took for one later.
        guard let present = open[name],
          catalog.files.documents[name]?.root["$id"]?.string?.hasPrefix("urn:docket:")
            != false
        else { continue }
        let wanted = repository.hash(blob: text)
        if present == wanted {
          found.append(VendoredSchema(name: name, status: .current, broughtBy: nil))
        } else {
          pending[name] = (present, wanted)
        }
      }
      let walk = try repository.commits(from: [head])
      while !pending.isEmpty, let commit = try walk.next() {
        let own = try schemaEntries(of: commit.id)
        let parents = try commit.parents.map { (id) throws(GitError) in try schemaEntries(of: id) }
        for (name, sides) in pending {
          guard let blob = own[name], parents.allSatisfy({ $0[name] != blob }) else { continue }
          let isAdded = parents.allSatisfy { $0[name] == nil }
          guard isAdded || commit.message.contains("\(Migration.trailer): vendor \(name)") else {
            continue
          }
          let status: VendoredSchema.Status =
            blob == sides.present ? .outdated : blob == sides.wanted ? .edited : .editedAndOutdated
          found.append(
            VendoredSchema(
              name: name, status: status, broughtBy: String(commit.id.hex.prefix(10))))
          pending[name] = nil
        }
      }
      // History that ends before it (a shallow clone) doesn't tell whose the changes are.
      for name in pending.keys {
        found.append(VendoredSchema(name: name, status: .editedAndOutdated, broughtBy: nil))
      }
      return found.sorted { $0.name < $1.name }
    }
  }

  private func schemaEntries(of commit: ObjectID) throws(GitError) -> [String: ObjectID] {
    guard let tree = try? repository.commit(commit).tree,
      let folder = try repository.entry(at: TrackerDefinition.schemaFolder, inTree: tree),
      folder.mode == .tree
    else { return [:] }
    let entries = try repository.entries(ofTree: folder.id)
    return Dictionary(entries.map { ($0.name, $0.id) }, uniquingKeysWith: { $1 })
  }
}
