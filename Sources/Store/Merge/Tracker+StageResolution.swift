import Files
import Git
import Records

extension Tracker {
  /// Writes the files of a merge that are resolved now, and stages them; commits nothing.
  ///
  /// All or nothing: where a file can't be written those before it are put back.
  package func stage(_ merge: MergeResolution) throws(StoreError) {
    guard let root = repository.workingDirectory else { return }
    let lock = try TrackerLock(repository)
    defer { withExtendedLifetime(lock) {} }
    let writer = repository.objectWriter()
    let texts = merge.resolved.map(\.bytes) + merge.records.map(\.bytes)
    let items = try texts.map { (bytes) throws(StoreError) -> TreeItem? in
      guard let bytes else { return nil }
      return TreeItem(
        mode: .regular, id: try git { () throws(GitError) in try writer.writeBlob(bytes) })
    }
    try git { () throws(GitError) in try writer.flush() }
    var undo = WriteUndo(repository: repository)
    TerminationSignals.holdBack()
    defer { TerminationSignals.release() }
    do throws(StoreError) {
      try place(merge, items, below: root, &undo)
    } catch {
      do throws(WriteUndo.Left) {
        try undo.carryOut { (_, _) throws(GitError) in false }
      } catch let left {
        throw error.adding(left.message, hint: left.hint)
      }
      throw error
    }
  }

  private func place(
    _ merge: MergeResolution, _ items: [TreeItem?], below root: String, _ undo: inout WriteUndo
  ) throws(StoreError) {
    var lock: IndexLock
    do throws(GitError) { lock = try IndexLock(repository) } catch { throw .git(error) }
    var edits: [IndexEdit] = []
    for (file, item) in zip(merge.resolved, items) {
      guard lock.snapshot.stages(of: file.path) == file.stages else {
        throw .refused("\(file.path) was resolved meanwhile", hint: "git status")
      }
      edits.append(IndexEdit(path: file.path, item: item))
    }
    for (file, item) in zip(merge.records, items.dropFirst(merge.resolved.count)) {
      edits.append(
        IndexEdit(
          path: file.path, item: item, expecting: file.base.map { .item($0) } ?? .absent))
    }
    for file in merge.records {
      try write(file.path, file.bytes, over: Set([file.base].compactMap { $0?.id }), root, &undo)
    }
    for file in merge.resolved {
      try write(file.path, file.bytes, over: file.replaceable, root, &undo)
    }
    do throws(GitError) {
      try lock.prepare(edits)
      try lock.commit()
    } catch {
      throw .git(error)
    }
  }

  /// - Parameter known: the versions that may be replaced; another is the user's own.
  private func write(
    _ path: RepositoryPath, _ bytes: [UInt8]?, over known: Set<ObjectID>, _ root: String,
    _ undo: inout WriteUndo
  ) throws(StoreError) {
    let place = path.systemPath(below: root)
    let present = try git { () throws(GitError) in
      try fileType(place) == nil
        ? nil : try reading { () throws(FileError) in try FileSystem.read(place) }
    }
    if present == bytes { return }
    if let present {
      let stored = try git { () throws(GitError) in
        try WorkingTree(repository, root: root).stored(present, at: path)
      }
      guard known.contains(repository.hash(blob: stored)) else {
        throw .refused(
          "\(path) has content of your own in the working tree",
          hint: "move it away, and type the command again")
      }
    }
    guard let bytes else {
      undo.note(file: path, wrote: [], previous: present)
      do throws(FileError) { try FileSystem.removeFile(place) } catch {
        throw .failed("can't remove \(error)")
      }
      return
    }
    do throws(FileError) {
      undo.note(directories: try FileSystem.makeDirectories(path.parent, below: root))
      try FileSystem.write(
        bytes, to: place, present == nil ? .mustBeAbsent : .replace, durable: .contentAndName)
      undo.note(file: path, wrote: bytes, previous: present)
    } catch {
      undo.note(file: path, wrote: bytes, previous: present)
      throw .failed("can't write \(error)")
    }
  }
}
