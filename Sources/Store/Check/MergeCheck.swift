import Files
package import Git
import JSONText
import Records

extension Tracker {
  /// Checks what a merge of two commits would bring to the first, without a checkout, as docket's driver
  /// merges records; writes nothing.
  ///
  /// A record that can't be merged is a finding, `record.conflict`, with both values.
  ///
  /// - Parameters:
  ///   - base: the branch that is merged into.
  ///   - head: the branch that is merged.
  ///   - names: what the two are called.
  package func checkMerge(
    of head: ObjectID, into base: ObjectID, names: (base: String, head: String)
  ) throws(StoreError) -> CheckResult {
    try git { () throws(GitError) in
      try repository.withoutReplacements { () throws(GitError) in
        guard let ancestor = try repository.mergeBase(base, head) else {
          throw GitError(
            .notFound, call: "merge-base", "the two commits have no commit in common here",
            hint: repository.isShallow ? "git fetch --unshallow" : nil)
        }
        // Holds what is merged until it has been judged.
        let writer = repository.objectWriter()
        defer { withExtendedLifetime(writer) {} }
        var merge = try TreeMerge(
          ancestor, into: base, of: head, names: (names.base, names.head), in: repository)
        let tree = try merge.run(writer)
        let range = RangeCheck(repository, handle: handle, own: context.ownSchemas)
        let commit = try repository.commit(head)
        var result = try range.check(
          from: base, toTree: tree, at: CivilDate(secondsSinceEpoch: commit.committer.time))
        result.findings = (result.findings + merge.conflicts).sorted()
        return result
      }
    }
  }
}

/// A merge of the records and the definition of two commits, in memory.
private struct TreeMerge {
  private let repository: Repository
  private let ancestor: ObjectID
  private let base: ObjectID
  private let head: ObjectID
  private let definition: TrackerDefinition
  private let names: (ours: String, theirs: String)
  /// The paths that can't be merged.
  private(set) var conflicts: [Finding] = []

  init(
    _ ancestor: ObjectID, into base: ObjectID, of head: ObjectID,
    names: (ours: String, theirs: String), in repository: Repository
  ) throws(GitError) {
    self.repository = repository
    self.ancestor = try repository.commit(ancestor).tree
    self.base = try repository.commit(base).tree
    self.head = try repository.commit(head).tree
    definition = try TrackerDefinition(tree: self.base, in: repository)
    self.names = names
  }

  /// Returns the merged tree; it is never written to disk.
  mutating func run(_ writer: ObjectWriter) throws(GitError) -> ObjectID {
    let folders = [TrackerDefinition.folder, definition.config.folder]
    let theirs = try repository.changes(from: ancestor, to: head, under: folders)
    let ours = try repository.changes(from: ancestor, to: base, under: folders)
    let changed = Dictionary(ours.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    var edits: [(path: RepositoryPath, item: TreeItem?)] = []
    for change in theirs {
      guard let other = changed[change.path], other.new != change.new else {
        if changed[change.path] == nil { edits.append((change.path, change.new)) }
        continue
      }
      if let bytes = try merged(change.path, change.old, other.new, change.new) {
        edits.append((change.path, TreeItem(mode: .regular, id: try writer.writeBlob(bytes))))
      }
    }
    return edits.isEmpty ? base : try writer.writeTree(basedOn: base, edits: edits)
  }

  /// Returns a file that both changed; `nil` if it is in conflict.
  private mutating func merged(
    _ path: RepositoryPath, _ old: TreeItem?, _ ours: TreeItem?, _ theirs: TreeItem?
  ) throws(GitError) -> [UInt8]? {
    let stages = [1: old, 2: ours, 3: theirs].compactMapValues { $0 }
    let folder = definition.config.folder
    guard let file = try UnmergedRecords.file(path, stages, definition, folder, repository) else {
      conflicts.append(
        RuleBook.finding(
          path.isBelow(TrackerDefinition.folder) ? "config.invalid" : "record.conflict", path: path,
          "\(names.ours) and \(names.theirs) both changed it",
          hint: "merge \(names.ours) into the branch, and keep what both sides say"))
      return nil
    }
    guard let merge = file.merged, merge.conflicts.isEmpty else {
      conflicts.append(
        UnmergedRecords.finding(
          on: file, file.merged?.conflicts ?? [UnmergedRecords.wholeRecord(file)], names: names,
          hint: "merge \(names.ours) into the branch, and \(file.command)"))
      return nil
    }
    return JSONPrinter.canonical(merge.value, order: file.kind.view)
  }
}
