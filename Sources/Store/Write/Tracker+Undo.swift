package import Files
package import Git
import JSONText
import Records

/// How a commit is undone.
package enum UndoOutcome: Sendable {
  /// It is gone from the branch; nobody else had it.
  case takenBack(commit: ObjectID, subject: String, paths: [RepositoryPath])
  /// A new commit reverses what it did.
  case reversed(WriteResult)
}

extension Tracker {
  /// Undoes a commit that wrote records: takes it back if it is HEAD and nobody else can have it, else
  /// writes the change that reverses it, by the same rules as any other.
  ///
  /// - Parameter revision: HEAD if `nil`.
  package func undo(_ revision: String?, _ options: WriteOptions) async throws(StoreError)
    -> UndoOutcome
  {
    let head = try git { () throws(GitError) in try repository.head() }
    guard let tip = head.commit else { throw .refused("there is no commit to undo") }
    let id: ObjectID = if let revision { try self.commit(meantBy: revision) } else { tip }
    let commit = try git { () throws(GitError) in try repository.commit(id) }
    let short = id.hex.prefix(10)
    guard commit.parents.count == 1, let parent = commit.parents.first else {
      throw .refused(
        commit.parents.isEmpty
          ? "\(short) is the first commit, which nothing comes before"
          : "\(short) is a merge, which brought commits of their own",
        hint: "docket undo COMMIT names one of them; docket log shows them")
    }
    let changes = try git { () throws(GitError) in
      try repository.changes(from: try repository.commit(parent).tree, to: commit.tree)
    }
    if let other = changes.first(where: { (try? RecordPath($0.path, inFolder: folder)) == nil }) {
      throw .refused(
        "\(short) isn't of records alone: it changes \(other.path)",
        hint: revision == nil
          ? "docket undo COMMIT names an earlier one; docket log shows them" : "git revert \(short)"
      )
    }
    guard !changes.isEmpty else { throw .refused("\(short) changes nothing") }
    if let deleted = changes.first(where: { $0.new == nil }) {
      throw .refused(
        "\(short) deletes \(deleted.path), which docket never does",
        hint: "git revert \(short) brings it again")
    }
    if id == tip, try !isShared(id, on: head.branch) {
      try takeBack(id, to: parent, changes, head)
      return .takenBack(commit: id, subject: commit.subject, paths: changes.map(\.path))
    }
    return .reversed(try await reverse(changes, of: id, options))
  }

  /// Whether anything but the branch itself leads to a commit: a remote's branch, a tag, another branch.
  private func isShared(_ commit: ObjectID, on branch: String?) throws(StoreError) -> Bool {
    try git { () throws(GitError) in
      for reference in try repository.references(under: "refs/") {
        if reference.name == branch || RepositoryPath(reference.name).isBelow("refs/stash") {
          continue
        }
        guard let tip = try repository.resolveCommit(reference.name) else { continue }
        if try repository.isAncestor(commit, of: tip) { return true }
      }
      return false
    }
  }

  /// Moves the branch back, then index and files, which have to be as the commit left them.
  private func takeBack(
    _ commit: ObjectID, to parent: ObjectID, _ changes: [TreeChange], _ head: Head
  ) throws(StoreError) {
    let lock = try TrackerLock(repository)
    defer { withExtendedLifetime(lock) {} }
    if let operation = try git({ () throws(GitError) in try repository.operationInProgress }),
      operation != .bisect
    {
      throw .refused("a \(operation.name) is in progress here", hint: operation.hint)
    }
    var undo = WriteUndo(repository: repository)
    if let root = repository.workingDirectory {
      let index = try git { () throws(GitError) in try repository.readIndex() }
      for change in changes {
        let present = try git { () throws(GitError) in
          try WorkingTree(repository, root: root).read(change.path)
        }
        guard index.entry(at: change.path)?.item == change.new,
          present.map({ repository.hash(blob: $0) }) == change.new?.id
        else {
          throw .refused(
            "\(change.path) has edits of your own since \(commit.hex.prefix(10))",
            hint:
              "git commit -- \(ShellWord.quoted(change.path)) keeps them; git restore --staged --worktree \(ShellWord.quoted(change.path)) drops them"
          )
        }
        let previous = try git { () throws(GitError) in
          try change.old.map { (item) throws(GitError) in try repository.blob(item.id) }
        }
        if let new = change.new {
          undo.note(file: change.path, wrote: present ?? [], previous: previous)
          undo.note(entry: change.path, wrote: new, previous: change.old)
        }
        if change.old == nil { undo.note(emptiedBelow: change.path, folder: folder) }
      }
    }
    let moved = try git { () throws(GitError) in
      try repository.updateReference(
        head.branch ?? "HEAD", to: parent, expecting: commit,
        identity: try repository.identity(.committer, now: context.now()),
        reason: "docket undo: back to \(parent.hex.prefix(10))")
    }
    guard moved else {
      throw .refused("the branch moved meanwhile", hint: "type the command again")
    }
    do throws(WriteUndo.Left) {
      try undo.carryOut { (_, _) throws(GitError) in false }
    } catch {
      throw .failed(
        "commit \(commit.hex.prefix(10)) is off the branch, but \(error.message)", hint: error.hint)
    }
  }

  /// Writes what reverses a commit's changes, merged with what came after it.
  private func reverse(
    _ changes: [TreeChange], of commit: ObjectID, _ options: WriteOptions
  ) async throws(StoreError) -> WriteResult {
    let short = commit.hex.prefix(10)
    var drafts: [Draft] = []
    for change in changes {
      guard let id = (try? RecordPath(change.path, inFolder: folder))?.id else { continue }
      guard let old = change.old else {
        throw .refused(
          "\(id) is new in \(short), and others may have it: a record isn't deleted",
          hint:
            "docket show \(id); docket move \(id) STATE, or docket edit \(id), says what holds now")
      }
      guard let new = change.new else { continue }
      var draft = try draft(changing: id.text)
      let (before, after) = (
        try value(of: old, at: change.path, id), try value(of: new, at: change.path, id)
      )
      let merge = RecordMerge.merge(
        base: after, ours: draft.value, theirs: before, view: draft.kind.view)
      if let conflict = merge.conflicts.first {
        throw .refused(
          "\(id) changed again since \(short): "
            + ConflictWords(view: draft.kind.view, names: ("it", "the state before \(short)"))
            .sentence(conflict),
          hint: "docket edit \(id) \(conflict.key)=…")
      }
      draft.value = merge.value
      drafts.append(draft)
    }
    var options = options
    if options.message == nil {
      options.message = "Undo \(short)\n\n\(Self.message(for: drafts))"
    }
    return try await self.commit(drafts, options)
  }
}
