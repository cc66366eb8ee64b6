import Cache
import Files
import Git
package import Records

/// Records that belong to another by a link of theirs.
extension Tracker {
  /// Returns the records of a collection of the record `id` at a commit (HEAD by default), oldest
  /// first by date and then by id; those that were set aside too.
  package func records(
    of collection: ResolvedCollection, about id: RecordID, at commit: Revision? = nil
  ) throws(StoreError) -> [RecordFile] {
    try records(
      ofKind: collection.kind, linkingTo: id, by: [collection.relation.name], at: commit
    )
  }

  /// Returns the records of a kind that link to `id` under one of the relations.
  package func records(
    ofKind kind: Kind, linkingTo id: RecordID, by relations: [String], at commit: Revision? = nil
  ) throws(StoreError) -> [RecordFile] {
    let head = try headCommit()
    guard let commit = commit ?? head else { return [] }
    var found: [RecordFile]?
    if commit == head {
      found = try answer(.records) { (cache) throws(SQLiteError) in
        let ids = try cache.sources(of: id.text).filter {
          RecordID($0)?.prefix == kind.prefix
        }
        return try cache.files(of: Set(ids)).compactMap { file in
          try? RecordFile.read(
            file.json, path: RepositoryPath(file.path), folder: folder
          ).get()
        }
      }
    }
    let candidates =
      if let found { found } else {
        try records(at: commit).records.filter { $0.id.prefix == kind.prefix }
      }
    return candidates.filter { record in
      relations.contains { name in
        kind.links(name, of: record.root).contains { $0.target == id }
      }
    }.sorted { Self.key($0, kind) < Self.key($1, kind) }
  }

  /// Returns id and heading of the records of a kind at HEAD that aren't closed.
  package func openHeadings(of kind: Kind) throws(StoreError) -> [(id: RecordID, heading: String)] {
    guard let head = try headCommit() else { return [] }
    let found = try answer(.records) { (cache) throws(SQLiteError) in
      try cache.headings(ofKind: kind.name).compactMap { row -> (id: RecordID, heading: String)? in
        let isClosed = row.state.map { kind.workflow?.isClosed($0) ?? false } ?? false
        return isClosed ? nil : RecordID(row.id).map { ($0, row.heading) }
      }
    }
    if let found { return found }
    return try records(at: head).records.compactMap { record in
      guard record.id.prefix == kind.prefix, !kind.isClosed(record.root) else { return nil }
      return (record.id, kind.heading(of: record.root))
    }
  }

  private static func key(_ record: RecordFile, _ kind: Kind) -> (String, String) {
    (kind.day(of: record.root)?.description ?? "", record.id.text)
  }

  /// Returns the feedback about a record that nobody has answered yet.
  package func unanswered(about id: RecordID, at commit: Revision? = nil) throws(StoreError)
    -> [RecordFile]
  {
    let head = try headCommit()
    guard let (teller, tell) = catalog.tellKind, let (noter, note) = catalog.noteKind,
      let commit = commit ?? head
    else { return [] }
    let feedback = try records(ofKind: noter, linkingTo: id, by: [note.about], at: commit)
      .filter { !noter.isClosed($0.root) }
    guard !feedback.isEmpty else { return [] }
    return try unanswered(among: feedback, teller, tell, at: commit)
  }

  /// Returns what nobody has answered of some feedback at a commit.
  package func unanswered(
    among feedback: [RecordFile], _ teller: Kind, _ tell: TellBinding, at commit: Revision
  ) throws(StoreError) -> [RecordFile] {
    guard let (noter, note) = catalog.noteKind else { return [] }
    var answers: [RecordID: RecordFile] = [:]
    var seen: Set<RecordID> = []
    for file in feedback {
      let targets = noter.links(note.about, of: file.root).map(\.target)
      for target in [file.id] + targets where seen.insert(target).inserted {
        let found = try records(
          ofKind: teller, linkingTo: target, by: [tell.about, tell.answers], at: commit)
        for answer in found { answers[answer.id] = answer }
      }
    }
    guard !answers.isEmpty else { return feedback }
    var ids = Set(feedback.map(\.id)).union(answers.keys)
    // What it was before a migration says when it came.
    for file in feedback + answers.values {
      if let origin = MigrationOrigin(file.root) { ids.insert(origin.record) }
    }
    let found = try self.answers(milestones(to: commit, of: ids, catalog), catalog)
    return feedback.filter { found.ofFeedback[$0.id] == nil }
  }
}
