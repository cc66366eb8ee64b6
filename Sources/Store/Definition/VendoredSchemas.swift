import Git
import JSONText
import Records

/// A repository's copy of one of docket's own schemas, compared with this program's; a later docket's
/// isn't told from one that the team changed (`Tracker.laterDocket`).
package struct VendoredSchema: Sendable {
  package enum Status: Sendable, Equatable {
    /// Same as this program's.
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
  /// The commit that added docket's version, abbreviated.
  package let broughtBy: String?
}

extension Tracker {
  /// Compares each of docket's schemas with HEAD's copy.
  ///
  /// A version that an earlier docket brought is outdated. Of others history shows what docket last
  /// wrote: the commit that added the file, or the last one whose trailer says that it brought
  /// docket's version.
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
        guard let present = open[name],
          catalog.files.documents[name].map(OwnSchemas.isOwn) != false
        else { continue }
        let wanted = repository.hash(blob: text)
        if present == wanted {
          found.append(VendoredSchema(name: name, status: .current, broughtBy: nil))
        } else if context.ownSchemas.isEarlier(name, present) {
          // So it is also where history doesn't reach back: in a shallow clone.
          found.append(VendoredSchema(name: name, status: .outdated, broughtBy: nil))
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
      // If history ends before that (a shallow clone), it doesn't show who made the changes.
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
