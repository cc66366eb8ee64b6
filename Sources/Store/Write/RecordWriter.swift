import Files
package import Git
import JSONText
import Records

/// Carries out a commit plan so that nothing acknowledged is lost and nothing else is changed.
///
/// The order is: objects, made durable; the working-tree file, exclusively and whole; the team's
/// hooks; the index entry of that path; the ref, by compare-and-swap; then everything is read back.
/// So what a hook refuses was never staged, and a crash leaves at worst a staged change. All of it
/// happens under docket's own lock; git's locks are waited for.
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
    let lock = try TrackerLock(repository)
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
    var draft: Draft?
    TerminationSignals.holdBack()
    defer { TerminationSignals.release() }
    do throws(StoreError) {
      if plan.stagesOnly {
        try git { () throws(GitError) in try writer.flush() }
        if let checkout {
          try git { () throws(GitError) in
            var own = try StagedWrites(repository)
            try own.add(items.map(\.1.id))
          }
          try place(plan.files, items, [.file, .entry], in: checkout, undo: &undo)
        }
        return .staged
      }
      // The team's hooks may read the files, so if there are hooks the files are written first.
      let hooks = TeamHooks(repository, context)
      let hooked = plan.runsHooks && checkout != nil && hooks.judgeCommits
      if hooked, let checkout {
        try git { () throws(GitError) in try writer.flush() }
        try place(plan.files, items, .file, in: checkout, undo: &undo)
      }
      var next = try await commit(items, on: tip, plan: plan, writer: writer, hooked: hooked)
      try git { () throws(GitError) in try writer.flush() }
      if let checkout {
        // What hooks have made of the files is the user's to look at.
        try place(
          plan.files, items, hooked ? .entry : [.file, .entry], in: checkout, undo: &undo)
      }
      for _ in 0..<100 {
        if let signal = TerminationSignals.signal { throw .interrupted(signal) }
        draft = next
        if try swap(target, from: tip, to: next.id, identity: next.committer, plan.message) {
          try readBack(next.id, items)
          if plan.runsHooks { await hooks.afterCommit() }
          return .committed(next.id)
        }
        tip = try self.tip(of: target.reference)
        if let tip, try holds(items, at: tip) { return .alreadyThere(tip) }
        try refuseMoved(plan.files, at: tip)
        try recheck?(tip)
        next = try await commit(items, on: tip, plan: plan, writer: writer, hooked: false)
        try git { () throws(GitError) in try writer.flush() }
      }
      throw .refused(
        "\(target.reference) moved a hundred times while docket was committing",
        hint: "type the command again")
    } catch {
      // Interrupted calls fail; what they say isn't why.
      let error = TerminationSignals.signal.map { .interrupted($0) } ?? error
      if let draft { try refuseUndo(of: draft.id, on: target, after: error) }
      return try takeBack(undo, items, on: target, after: error)
    }
  }

  /// Throws if the branch has, or may have, the new commit: nothing is taken back then.
  private func refuseUndo(
    of commit: ObjectID, on target: Target, after error: StoreError
  ) throws(StoreError) {
    let short = commit.hex.prefix(10)
    let branch = RepositoryPath(target.reference).relative(to: "refs/heads")?.text ?? "HEAD"
    let moved: Bool
    do throws(StoreError) {
      moved = try tip(of: target.reference) == commit
    } catch {
      throw .failed(
        "whether commit \(short) is on \(branch) can't be told: \(error.text)",
        hint: "git log -1 \(branch) shows it; if it isn't there, type the command again")
    }
    guard moved else { return }
    throw .failed(
      "commit \(short) is on \(branch), but a crash may still lose it: \(error.text)",
      hint: "don't type the command again; mend the disk, then: git fsck && sync")
  }

  /// Puts files and index entries back.
  ///
  /// - Returns: the commit that has them, if another's `git commit -a` took them in.
  /// - Throws: otherwise, why the write was refused, and what stays in place, if anything does.
  private func takeBack(
    _ undo: WriteUndo, _ items: [(RepositoryPath, TreeItem)], on target: Target,
    after error: StoreError
  ) throws(StoreError) -> CommitOutcome {
    if undo.isEmpty { throw error }
    do throws(WriteUndo.Left) {
      try undo.carryOut { (path, id) throws(GitError) in
        let tip =
          target.reference == "HEAD"
          ? try repository.head().commit : try repository.reference(target.reference)
        guard let tip else { return false }
        return try repository.entry(at: path, inTree: try repository.commit(tip).tree)?.id == id
      }
    } catch let left {
      throw error.adding(left.message, hint: left.hint)
    }
    if let tip = try tip(of: target.reference), try holds(items, at: tip) {
      return .alreadyThere(tip)
    }
    throw error
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
      let records = try git { () throws(GitError) in
        try UnmergedRecords(repository, index).files.map(\.command)
      }
      throw .refused(
        "the index has unresolved conflicts: \(path)"
          + (conflicts.count > 1 ? " and \(conflicts.count - 1) more" : ""),
        hint: records.isEmpty
          ? "keep what both sides say, and take out the lines <<<<<<<, ======= and >>>>>>>; then git add each"
          : records.joined(separator: "\n")
      )
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
        : .outdated(file.path)
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
      guard staged == file.present || staged?.id == planned else {
        throw .refused(
          "\(file.path) has staged edits of your own",
          hint:
            "git commit -- \(ShellWord.quoted(file.path)) keeps them; git restore --staged --worktree \(ShellWord.quoted(file.path)) drops them"
        )
      }
      let path = file.path.systemPath(below: checkout)
      let type = try git { () throws(GitError) in try fileType(path) }
      let present = type == .file ? try contents(path) : nil
      switch (type, file.present) {
      case (nil, nil): continue
      case (.file, _) where present == file.bytes: continue
      case (nil, _) where entry?.isSkipWorktree == true: continue
      case (.file, let base?):
        let stored = try git { () throws(GitError) in
          try WorkingTree(repository, root: checkout).stored(present ?? [], at: file.path)
        }
        guard repository.hash(blob: stored) == base.id else {
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
      let id = try writer.writeCommit(
        tree: tree, parents: tip.map { [$0] } ?? [], author: author, committer: committer,
        message: message, sign: nil)
      return Draft(id: id, committer: committer)
    } catch {
      throw .git(error)
    }
  }

  private struct Parts: OptionSet {
    let rawValue: Int
    static let file = Parts(rawValue: 1)
    static let entry = Parts(rawValue: 2)
  }

  /// Puts files or index entries, or both, in place and records how to undo that.
  ///
  /// Both under git's index lock: no `git commit -a` comes between, and where another program holds
  /// the lock nothing is put in place.
  private func place(
    _ files: [PlannedFile], _ items: [(RepositoryPath, TreeItem)], _ parts: Parts,
    in checkout: String, undo: inout WriteUndo
  ) throws(StoreError) {
    var lock: IndexLock
    do throws(GitError) { lock = try IndexLock(repository) } catch { throw .git(error) }
    let index = lock.snapshot
    if parts.contains(.file) {
      for file in files where index.entry(at: file.path)?.isSkipWorktree != true {
        try place(file, in: checkout, undo: &undo)
      }
    }
    guard parts.contains(.entry) else { return }
    // The user may have staged it already.
    let previous = files.map { file in
      let staged = index.entry(at: file.path)?.item
      return staged?.id == repository.hash(blob: file.bytes) ? staged : file.present
    }
    let edits = zip(zip(files, items), previous).map { pair, previous in
      IndexEdit(
        path: pair.0.path, item: pair.1.1, expecting: previous.map { .item($0) } ?? .absent)
    }
    do throws(GitError) {
      try lock.prepare(edits)
      for ((file, item), previous) in zip(zip(files, items), previous) {
        undo.note(entry: file.path, wrote: item.1, previous: previous)
      }
      try lock.commit()
    } catch {
      throw .git(error)
    }
  }

  private func place(
    _ file: PlannedFile, in checkout: String, undo: inout WriteUndo
  ) throws(StoreError) {
    let path = file.path.systemPath(below: checkout)
    let type = try git { () throws(GitError) in try fileType(path) }
    let present = type == .file ? try contents(path) : nil
    if present == file.bytes { return }
    let previous = file.present == nil ? nil : present
    do throws(FileError) {
      undo.note(
        directories: try FileSystem.makeDirectories(file.path.parent, below: checkout))
      try FileSystem.write(
        file.bytes, to: path, previous == nil ? .mustBeAbsent : .replace,
        durable: repository.syncsNamesLater(in: checkout) ? .content : .contentAndName)
      undo.note(file: file.path, wrote: file.bytes, previous: previous)
    } catch {
      if error.exists {
        throw .refused("\(file.path) exists already in the working tree", hint: "move it away")
      }
      // The name may be there already, only not durably.
      undo.note(file: file.path, wrote: file.bytes, previous: previous)
      throw .failed("can't write \(error)")
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
