import Files
import Git
import Records

/// Checks a merge in progress: what equals a parent's version belongs to that parent, all else to
/// the merge.
extension ChangeValidator {
  /// Returns the changes that no other parent already contains.
  func own(among changes: [TreeChange]) throws(GitError) -> [TreeChange] {
    var own: [TreeChange] = []
    for change in changes where try parent(with: change) == nil { own.append(change) }
    return own
  }

  /// Returns the tree of the other parent that a change comes from, or `nil` if none has it.
  func parent(with change: TreeChange) throws(GitError) -> ObjectID? {
    for tree in otherParents {
      let entry = try repository.entry(at: change.path, inTree: tree)
      if entry.map({ TreeItem(mode: $0.mode, id: $0.id) }) == change.new { return tree }
    }
    return nil
  }

  /// Returns why config, people and schemas may not change like this. A merge is responsible only
  /// for what it changes relative to every parent, not for what one of them decided.
  func refusals(
    of changes: [TreeChange], from baseDefinition: TrackerDefinition,
    to definition: TrackerDefinition
  )
    throws(GitError) -> [Finding]
  {
    let own = otherParents.isEmpty ? changes : try own(among: changes)
    guard !own.isEmpty else { return [] }
    let policy = DefinitionPolicy(handle: handle, own: ownSchemas)
    var refusals = policy.findings(from: baseDefinition, to: definition, changed: own.map(\.path))
    for tree in otherParents where !refusals.isEmpty {
      let parent = try TrackerDefinition(tree: tree, in: repository)
      guard parent.isTracked else { continue }
      let same = Set(policy.findings(from: parent, to: definition, changed: own.map(\.path)))
      refusals = refusals.filter(same.contains)
    }
    return refusals
  }

  /// Returns the findings that arise only from combining two sides, each valid by itself: one id in
  /// two files, a cycle of links.
  ///
  /// Findings that a parent already has are left out.
  func meetings(
    of changes: [TreeChange], own: [TreeChange], baseDefinition: TrackerDefinition,
    definition: TrackerDefinition
  ) throws(GitError) -> [Finding] {
    let ownPaths = Set(own.map(\.path))
    var findings: [Finding] = []
    for tree in otherParents {
      var brought: [TreeChange] = []
      for change in changes where change.new != nil && !ownPaths.contains(change.path) {
        if try parent(with: change) == tree { brought.append(change) }
      }
      let records = read(brought, definition: definition)
      guard !records.isEmpty else { continue }
      func validator(_ side: ChangeSide) -> RecordChangesValidator {
        RecordChangesValidator(
          base: base, proposed: side, baseDefinition: baseDefinition, definition: definition,
          remedy: .file,
          day: day)
      }
      let known = Set(
        try validator(.tree(tree, repository)).neighbours(of: records).map(FindingKey.init))
      findings += try validator(proposed).neighbours(of: records).filter {
        !known.contains(FindingKey($0))
      }
    }
    return findings.compactMap { definition.config.weighted($0, on: day) }
  }

  /// Returns findings on items that another parent brings into lists that are no longer written.
  func arrivals(of changes: [TreeChange], own: [TreeChange], definition: TrackerDefinition)
    throws(GitError) -> [Finding]
  {
    let ownPaths = Set(own.map(\.path))
    let folder = definition.config.folder
    let retiring = Set(definition.catalog.kinds.filter { !$0.retiredLists.isEmpty }.map(\.prefix))
    let brought = changes.filter { change in
      guard change.new != nil, !ownPaths.contains(change.path) else { return false }
      return (try? RecordPath(change.path, inFolder: folder)).map {
        retiring.contains($0.id.prefix)
      } ?? false
    }
    var findings: [Finding] = []
    for (record, kind) in read(brought, definition: definition) {
      var before: RecordFile?
      if let bytes = try base.bytes(at: record.path) {
        before = try? RecordFile.read(bytes, path: record.path, folder: folder).get()
      }
      findings += RetiredItems.findings(from: before, to: record, kind: kind)
    }
    return findings.compactMap { definition.config.weighted($0, on: day) }
  }

  /// The fields by which two findings are the same, in whichever state they were found.
  private struct FindingKey: Hashable {
    let rule: String
    let path: RepositoryPath
    let message: String

    init(_ finding: Finding) {
      (rule, path, message) = (finding.rule, finding.path, finding.message)
    }
  }

  private func read(_ changes: [TreeChange], definition: TrackerDefinition) -> [(
    record: RecordFile, kind: Kind
  )] {
    let items = changes.compactMap { change in change.new.map { (path: change.path, item: $0) } }
    return repository.records(items, folder: definition.config.folder).compactMap { record in
      definition.catalog.kind(of: record.id).map { (record, $0) }
    }
  }
}

extension Repository {
  /// Reads the files that are valid records, in the order of `items`; the others are skipped.
  func records(_ items: [(path: RepositoryPath, item: TreeItem)], folder: RepositoryPath)
    -> [RecordFile]
  {
    let files = items.filter { $0.item.mode == .regular || $0.item.mode == .executable }
    var found: [(Int, RecordFile)] = []
    blobs(files.map(\.item.id)) { index, result in
      guard case .success(let bytes) = result,
        case .success(let record) = RecordFile.read(bytes, path: files[index].path, folder: folder)
      else { return }
      found.append((index, record))
    }
    return found.sorted { $0.0 < $1.0 }.map(\.1)
  }
}
