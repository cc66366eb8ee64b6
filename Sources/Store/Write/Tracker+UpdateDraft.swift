import Files
import Git
package import JSONText
package import Records

extension Tracker {
  /// Puts a draft on the record as a branch has it now, merged with what changed there since.
  ///
  /// - Parameters:
  ///   - branch: HEAD's if `nil`.
  ///   - choose: ends a conflict, or returns `nil`.
  /// - Returns: whether the record has changed.
  /// - Throws: `StoreError.refused`, naming both values, if both changed the same field.
  package func update(
    _ draft: inout Draft, onto branch: String?,
    choosing choose: @escaping (RecordMerge.Conflict) -> RecordMerge.Choice? = { _ in nil }
  ) throws(StoreError) -> Bool {
    guard let base = draft.base else { return false }
    let present = try git { () throws(GitError) -> TreeItem? in
      let tip =
        if let branch { try repository.resolveCommit(branch) } else {
          try repository.head().commit
        }
      guard let tip else { return nil }
      return try repository.entry(at: base.path, inTree: try repository.commit(tip).tree).map {
        TreeItem(mode: $0.mode, id: $0.id)
      }
    }
    if present == base.item { return false }
    guard let present else {
      throw .refused(
        "\(draft.id) was moved or deleted by another commit meanwhile",
        hint: "docket show \(draft.id)")
    }
    let now = try value(of: present, at: base.path, draft.id)
    let merge = mergedDraft(draft, since: base.value, with: now, choosing: choose)
    guard let conflict = merge.conflicts.first else {
      draft.value = merge.value
      draft.base = (base.path, present, now)
      return true
    }
    throw .refused(
      "\(draft.id) was changed by another commit meanwhile: \(words(conflict, draft.kind))",
      hint: "docket show \(draft.id); then type the command again, or leave it so")
  }

  /// Returns what a record and a change of it disagree about, with both values.
  package func words(_ conflict: RecordMerge.Conflict, _ kind: Kind) -> String {
    ConflictWords(view: kind.view, names: ("it", "your change")).sentence(conflict)
  }

  /// Returns the record that a blob holds: what the author of a text saw, who keeps its id.
  package func value(ofBlob name: String) throws(StoreError) -> JSONValue? {
    guard let id = ObjectID(hex: name) else { return nil }
    let bytes = try git { () throws(GitError) in try repository.blob(id) }
    return (try? JSONDocument(parsing: bytes, limits: .stored))?.root.value
  }

  /// Returns the value of a record's blob.
  func value(of item: TreeItem, at path: RepositoryPath, _ id: RecordID) throws(StoreError)
    -> JSONValue
  {
    let bytes = try git { () throws(GitError) in try repository.blob(item.id) }
    switch RecordFile.read(bytes, path: path, id: id) {
    case .success(let record): return record.value
    case .failure(let problem): throw .findings([problem.finding])
    }
  }

  /// Merges a draft's value with a later version of the record that it is based on.
  ///
  /// - Parameter base: what the draft's author saw.
  package func mergedDraft(
    _ draft: Draft, since base: JSONValue, with present: JSONValue,
    choosing choose: @escaping (RecordMerge.Conflict) -> RecordMerge.Choice? = { _ in nil }
  ) -> (value: JSONValue, conflicts: [RecordMerge.Conflict]) {
    var value = draft.value
    // What is added gets its name now, so that it isn't taken for another's.
    ItemID.fill(in: &value, view: draft.kind.view, makeItemID: makeItemID)
    return RecordMerge.merge(
      base: base, ours: present, theirs: value, view: draft.kind.view,
      workflow: draft.kind.workflow, choosing: choose)
  }
}
