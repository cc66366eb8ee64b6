import Files
package import Git
import JSONText
import Records

/// Carries out a commit plan so that nothing acknowledged is lost and nothing else is changed.
///
/// The order is: objects, made durable; the working-tree file, exclusively and whole; the index
/// entry of that path; the ref, by compare-and-swap; then everything is read back. A crash leaves
/// at worst a staged change. All of it happens under docket's own lock; git's locks are waited for.
package struct RecordWriter {
  private let repository: Repository
  private let context: ExecutionContext

  package init(_ tracker: Tracker) {
    self.init(repository: tracker.repository, context: tracker.context)
  }

  init(repository: Repository, context: ExecutionContext) {
    self.repository = repository
    self.context = context
  }

  /// - Throws: `refused` with nothing written, or with everything restored that nobody else changed
  ///   meanwhile.
  ///
  /// - Parameter recheck: validates the plan on the tip that it will be committed on, under the
  ///   lock: two changes that are each valid can be wrong together.
  package func carryOut(
    _ plan: CommitPlan, recheck: ((ObjectID?) throws(StoreError) -> Void)? = nil
  ) async throws(StoreError) -> CommitOutcome {
    guard Set(plan.files.map(\.path)).count == plan.files.count else {
      throw .refused("the same record would be changed twice at once; nothing was written")
    }
    let lock = try TrackerLock(commonDirectory: repository.commonDirectory)
    defer { withExtendedLifetime(lock) {} }
    let target = try target(of: plan)
    let checkout = target.isCheckedOut ? repository.workingDirectory : nil
    if checkout != nil { try refuseUnlessIdle(plan) }

    var tip = try tip(of: target.reference)
    try refuseMoved(plan.files, at: tip)
    if let checkout { try refuseEdited(plan.files, at: tip, in: checkout) }
    try recheck?(tip)

    let writer = repository.objectWriter()
    let items = try plan.files.map { (file) throws(StoreError) -> (RepositoryPath, TreeItem) in
      let id = try git { () throws(GitError) in try writer.writeBlob(file.bytes) }
      return (file.path, TreeItem(mode: file.base?.mode ?? .regular, id: id))
    }
    var undo = WriteUndo(repository: repository)
    do throws(StoreError) {
      if plan.stagesOnly {
        try git { () throws(GitError) in try writer.flush() }
        if let checkout { try place(plan.files, items, in: checkout, undo: &undo) }
        return .staged
      }
      // The team's hooks may read the files, so if there are hooks the files are written first.
      let hooks = TeamHooks(repository, context)
      let hooked = plan.runsHooks && checkout != nil && hooks.judgeCommits
      if hooked, let checkout {
        try git { () throws(GitError) in try writer.flush() }
        try place(plan.files, items, in: checkout, undo: &undo)
      }
      var draft = try await commit(items, on: tip, plan: plan, writer: writer, hooked: hooked)
      try git { () throws(GitError) in try writer.flush() }
      if !hooked, let checkout { try place(plan.files, items, in: checkout, undo: &undo) }
      for _ in 0..<100 {
        if try swap(target, from: tip, to: draft.id, identity: draft.committer, plan.message) {
          undo.forget()
          try readBack(draft.id, items)
          if plan.runsHooks { await hooks.afterCommit() }
          return .committed(draft.id)
        }
        tip = try self.tip(of: target.reference)
        if let tip, try holds(items, at: tip) { return .alreadyThere(tip) }
        try refuseMoved(plan.files, at: tip)
        try recheck?(tip)
        draft = try await commit(items, on: tip, plan: plan, writer: writer, hooked: false)
        try git { () throws(GitError) in try writer.flush() }
      }
      throw .refused(
        "\(target.reference) moved a hundred times while docket was committing",
        hint: "type the command again")
    } catch {
      // Undoing what a plain `git commit` has included meanwhile would stage its deletion.
      if !undo.isEmpty, let tip = try? self.tip(of: target.reference),
        (try? holds(items, at: tip)) == true
      {
        return .alreadyThere(tip)
      }
      undo.carryOut()
      throw error
    }
  }

  private struct Target {
    let reference: String
    let isCheckedOut: Bool
  }

  private func target(of plan: CommitPlan) throws(StoreError) -> Target {
    let head = try git { () throws(GitError) in try repository.head() }
    let current = head.branch ?? "HEAD"
    guard let branch = plan.branch else {
      return Target(reference: current, isCheckedOut: repository.workingDirectory != nil)
    }
    let name = branch.hasPrefix("refs/heads/") ? branch : "refs/heads/" + branch
    if name == current {
      return Target(reference: name, isCheckedOut: repository.workingDirectory != nil)
    }
    guard try git({ () throws(GitError) in try repository.reference(name) }) != nil else {
      throw .refused("there is no branch \(branch)", hint: "git branch \(branch)")
    }
    return Target(reference: name, isCheckedOut: false)
  }

  private func tip(of reference: String) throws(StoreError) -> ObjectID? {
    try git { () throws(GitError) in
      reference == "HEAD" ? try repository.head().commit : try repository.reference(reference)
    }
  }

  private func refuseUnlessIdle(_ plan: CommitPlan) throws(StoreError) {
    let index = try git { () throws(GitError) in try repository.readIndex() }
    let conflicts = index.conflictedPaths()
    let own = Set(plan.files.map(\.path))
    // Staging beside another file's conflict is allowed; committing then isn't.
    if let path = conflicts.first(where: { !plan.stagesOnly || own.contains($0) }) {
      throw .refused(
        "the index has unresolved conflicts: \(path)"
          + (conflicts.count > 1 ? " and \(conflicts.count - 1) more" : ""),
        hint: "git checkout --ours or --theirs each, or correct it by hand; then git add it")
    }
    // A bisection has a detached HEAD, where git commits too.
    let operation = try git { () throws(GitError) in try repository.operationInProgress }
    if let operation, operation != .bisect, !plan.stagesOnly {
      throw .refused(
        "a \(operation.name) is in progress here",
        hint: "\(operation.hint); or only write and stage: --no-commit")
    }
  }

  /// Throws if the branch no longer has what the change is based on.
  private func refuseMoved(_ files: [PlannedFile], at tip: ObjectID?) throws(StoreError) {
    for file in files {
      let item = try item(at: file.path, in: tip)
      if item == file.base { continue }
      throw file.base == nil
        ? .refused("\(file.path) exists already", hint: "docket edit changes a record")
        : .refused(
          "\(file.path) was changed by another commit meanwhile", hint: "type the command again")
    }
  }

  private func item(at path: RepositoryPath, in commit: ObjectID?) throws(StoreError) -> TreeItem? {
    guard let commit else { return nil }
    return try git { () throws(GitError) in
      let tree = try repository.commit(commit).tree
      return try repository.entry(at: path, inTree: tree).map { TreeItem(mode: $0.mode, id: $0.id) }
    }
  }

  /// Throws if a path has staged or unstaged edits by the user.
  private func refuseEdited(_ files: [PlannedFile], at tip: ObjectID?, in checkout: String)
    throws(StoreError)
  {
    let index = try git { () throws(GitError) in try repository.readIndex() }
    for file in files {
      let entry = index.entry(at: file.path)
      let staged = entry.map { TreeItem(mode: $0.mode, id: $0.id) }
      // A file that already has the planned content loses nothing.
      let planned = repository.hash(blob: file.bytes)
      guard staged == file.base || staged?.id == planned else {
        throw .refused(
          "\(file.path) has staged edits of your own",
          hint:
            "git commit -- \(ShellWord.quoted(file.path)) keeps them; git restore --staged --worktree \(ShellWord.quoted(file.path)) drops them"
        )
      }
      let path = file.path.systemPath(below: checkout)
      let type = try git { () throws(GitError) in try fileType(path) }
      let present = type == .file ? try contents(path) : nil
      switch (type, file.base) {
      case (nil, nil): continue
      case (.file, _) where present == file.bytes: continue
      case (nil, _) where entry?.isSkipWorktree == true: continue
      case (.file, let base?):
        guard repository.hash(blob: present ?? []) == base.id else {
          throw .refused(
            "\(file.path) has edits of your own that are not committed",
            hint:
              "git commit -- \(ShellWord.quoted(file.path)) keeps them; git restore \(ShellWord.quoted(file.path)) drops them"
          )
        }
      case (nil, _):
        throw .refused(
          "\(file.path) is missing from the working tree",
          hint: "git restore \(ShellWord.quoted(file.path))")
      default:
        throw .refused("something else is at \(file.path)", hint: "move it away")
      }
    }
  }

  /// Returns a file's content, or `nil` if there is none.
  private func contents(_ path: some SystemPath) throws(StoreError) -> [UInt8]? {
    try git { () throws(GitError) in
      try reading { () throws(FileError) in try FileSystem.read(path) }
    }
  }

  private struct Draft {
    let id: ObjectID
    let committer: Signature
  }

  private func commit(
    _ items: [(RepositoryPath, TreeItem)], on tip: ObjectID?, plan: CommitPlan,
    writer: ObjectWriter,
    hooked: Bool
  ) async throws(StoreError) -> Draft {
    let tree = try git { () throws(GitError) in
      let base = try tip.map { (id) throws(GitError) in try repository.commit(id).tree }
      return try writer.writeTree(basedOn: base, edits: items.map { (path: $0.0, item: $0.1) })
    }
    var message = plan.message
    let hooks = TeamHooks(repository, context)
    if plan.runsHooks, hooked, hooks.areWaiting {
      try git { () throws(GitError) in try writer.flush() }
      message = try await hooks.beforeCommit(tree: tree, message: message)
    }
    let now = context.now()
    do throws(GitError) {
      let author = try repository.identity(.author, now: now)
      let committer = try repository.identity(.committer, now: now)
      let id = try await writer.writeCommit(
        tree: tree, parents: tip.map { [$0] } ?? [], author: author, committer: committer,
        message: message, sign: nil)
      return Draft(id: id, committer: committer)
    } catch {
      throw .git(error)
    }
  }

  /// Puts files and index entries in place and records how to undo that.
  private func place(
    _ files: [PlannedFile], _ items: [(RepositoryPath, TreeItem)], in checkout: String,
    undo: inout WriteUndo
  ) throws(StoreError) {
    let index = try git { () throws(GitError) in try repository.readIndex() }
    for file in files where index.entry(at: file.path)?.isSkipWorktree != true {
      let path = file.path.systemPath(below: checkout)
      let type = try git { () throws(GitError) in try fileType(path) }
      if type == .file, try contents(path) == file.bytes { continue }
      do throws(FileError) {
        undo.note(
          directories: try FileSystem.makeDirectories(file.path.parent, below: checkout))
        let previous = file.base == nil ? nil : try FileSystem.contents(path)
        try FileSystem.write(
          file.bytes, to: path, previous == nil ? .mustBeAbsent : .replace,
          durable: repository.syncsNamesLater(in: checkout) ? .content : .contentAndName)
        undo.note(file: path, wrote: file.bytes, previous: previous)
      } catch {
        throw error.exists
          ? .refused("\(file.path) exists already in the working tree", hint: "move it away")
          : .failed("can't write \(error)")
      }
    }
    // The user may have staged it already.
    let previous = files.map { file in
      let staged = index.entry(at: file.path)?.item
      return staged?.id == repository.hash(blob: file.bytes) ? staged : file.base
    }
    let edits = zip(zip(files, items), previous).map { pair, previous in
      IndexEdit(
        path: pair.0.path, item: pair.1.1, expecting: previous.map { .item($0) } ?? .absent)
    }
    try git { () throws(GitError) in try repository.editIndex(edits) }
    for ((file, item), previous) in zip(zip(files, items), previous) {
      undo.note(entry: file.path, wrote: item.1, previous: previous)
    }
  }

  private func swap(
    _ target: Target, from old: ObjectID?, to new: ObjectID, identity: Signature, _ message: String
  ) throws(StoreError) -> Bool {
    let subject = message.split(separator: "\n").first.map(String.init) ?? ""
    return try git { () throws(GitError) in
      try repository.updateReference(
        target.reference, to: new, expecting: old, identity: identity,
        reason: (old == nil ? "commit (initial): " : "commit: ") + subject)
    }
  }

  private func holds(_ items: [(RepositoryPath, TreeItem)], at tip: ObjectID) throws(StoreError)
    -> Bool
  {
    for (path, item) in items where try self.item(at: path, in: tip) != item { return false }
    return true
  }

  /// Reads the commit and its files again through a newly opened repository, to verify the write.
  private func readBack(_ commit: ObjectID, _ items: [(RepositoryPath, TreeItem)])
    throws(StoreError)
  {
    do throws(GitError) {
      let fresh = try repository.location.open()
      let tree = try fresh.commit(commit).tree
      for (path, item) in items {
        let entry = try fresh.entry(at: path, inTree: tree)
        guard entry?.id == item.id, fresh.hash(blob: try fresh.blob(item.id)) == item.id else {
          throw GitError(
            .notFound, call: "read back", "\(path) is not in \(commit) as written")
        }
      }
    } catch {
      throw .failed(
        "the commit could not be read back: \(error.message)",
        hint: "git fsck; the disk may be full or failing")
    }
  }
}
