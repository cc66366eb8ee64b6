package import Files
import Git
import JSONSchema
import JSONText
package import Records

/// Merges three versions of a record's file, as git's merge driver (gitattributes(5)).
package struct MergeDriver {
  /// What a merge came to.
  package struct Outcome: Sendable {
    package let isClean: Bool
    /// What is in conflict, a sentence each.
    package let messages: [String]
    /// The record, for the command that resolves it.
    package let id: RecordID?
  }

  /// The file names of the three versions, and what git says about them.
  package struct Request: Sendable {
    package let base: String
    package let ours: String
    package let theirs: String
    /// The path that git merges, if it is git who asks.
    package let path: RepositoryPath?
    /// The length of conflict markers.
    package let markerSize: Int

    package init(
      base: String, ours: String, theirs: String, path: RepositoryPath?, markerSize: Int
    ) {
      (self.base, self.ours, self.theirs) = (base, ours, theirs)
      (self.path, self.markerSize) = (path, markerSize)
    }
  }

  private let request: Request
  private let repository: Repository?
  private let directory: String
  private let context: ExecutionContext

  /// Merges, and writes the result to the file with our version.
  ///
  /// - Throws: where a version can't be read, or the result can't be written; ours is as it was then.
  package static func run(
    _ request: Request, in directory: String, context: ExecutionContext
  ) throws(StoreError) -> Outcome {
    let repository = try git { () throws(GitError) in
      try Repository.discover(from: directory, environment: context.environment)
    }
    return try MergeDriver(
      request: request, repository: repository, directory: directory, context: context
    ).merge()
  }

  private func bytes(_ name: String) throws(StoreError) -> [UInt8] {
    do throws(FileError) {
      return try FileSystem.contents(FileSystem.absolute(name, in: directory))
    } catch {
      throw .failed("can't read \(error)")
    }
  }

  private func merge() throws(StoreError) -> Outcome {
    let base = try bytes(request.base)
    let (ours, theirs) = (try bytes(request.ours), try bytes(request.theirs))
    let sides = try git { () throws(GitError) in try repository?.mergeSides }
    let names = sides.map { ($0.ours, $0.theirs) } ?? (request.ours, request.theirs)
    let (mine, other) = (Self.record(ours), Self.record(theirs))
    guard case .success(let mine) = mine, case .success(let other) = other else {
      let failures = [(names.0, mine), (names.1, other)].compactMap { name, side in
        if case .failure(let error) = side {
          "\(name) has a text that is no record: \(error)"
        } else {
          nil as String?
        }
      }
      return try mergeTexts(base, ours, theirs, names, because: failures)
    }
    let old = MergedRecord.base(base)
    var first: (merge: MergedRecord, kind: Kind?)?
    for tree in try trees(sides) {
      guard let judge = try judge(of: mine, and: other, in: tree) else { continue }
      let merge = MergedRecord(
        base: old, ours: mine, theirs: other, kind: judge.kind, judgedBy: judge.findings)
      if merge.isClean || first == nil { first = (merge, judge.kind) }
      if merge.isClean { break }
    }
    let merged =
      first
      ?? (MergedRecord(base: old, ours: mine, theirs: other, kind: nil, judgedBy: { _ in [] }), nil)
    return try write(merged.merge, merged.kind, names)
  }

  private func write(
    _ merge: MergedRecord, _ kind: Kind?, _ names: (ours: String, theirs: String)
  ) throws(StoreError) -> Outcome {
    let text = merge.text(kind?.view)
    let words = ConflictWords(view: kind?.view, names: names)
    try write(
      merge.conflicts.isEmpty ? text.ours : text.marked(size: request.markerSize, labels: names))
    return Outcome(
      isClean: merge.isClean,
      messages: merge.conflicts.map(words.sentence)
        + merge.findings.map { "what both sides make together isn't valid: \($0.message)" },
      id: merge.value["id"]?.string.flatMap { RecordID($0) })
  }

  private func write(_ bytes: [UInt8]) throws(StoreError) {
    do throws(FileError) {
      // Git reads it at once, and has both sides still.
      try FileSystem.writeOutput(
        bytes, to: FileSystem.absolute(request.ours, in: directory), durable: .none)
    } catch {
      throw .failed("can't write \(error)")
    }
  }

  private enum Unreadable: Error, CustomStringConvertible {
    case syntax(JSONSyntaxError)
    case other(String)

    var description: String {
      switch self {
      case .syntax(let error): error.message
      case .other(let reason): reason
      }
    }
  }

  private static func record(_ bytes: [UInt8]) -> Result<JSONValue, Unreadable> {
    do throws(JSONSyntaxError) {
      let document = try JSONDocument(parsing: bytes, limits: .stored)
      guard document.root.isObject else { return .failure(.other("a record is a JSON object")) }
      if let key = document.duplicateKeys.first {
        return .failure(.other("the key \"\(key.string ?? "")\" is there twice"))
      }
      return .success(document.root.value)
    } catch {
      return .failure(.syntax(error))
    }
  }

  /// Merges line by line what can't be read as records: a conflict, unless the outcome is a record.
  private func mergeTexts(
    _ base: [UInt8], _ ours: [UInt8], _ theirs: [UInt8], _ names: (ours: String, theirs: String),
    because reasons: [String]
  ) throws(StoreError) -> Outcome {
    let text = ConflictText(base: base, ours: ours, theirs: theirs)
    try write(text.marked(size: request.markerSize, labels: names))
    return Outcome(
      isClean: false, messages: reasons,
      id: request.path.flatMap { path in
        path.name.bytes.withUnsafeBytes { RecordID(startOfFileName: $0) }
      })
  }
}

extension MergeDriver {
  /// Returns the trees whose definition may know the record's kind: HEAD's, then those of the commits that
  /// are merged, whose schemas the merge may bring.
  private func trees(_ sides: MergeSides?) throws(StoreError) -> [ObjectID] {
    guard let repository else { return [] }
    return try git { () throws(GitError) in
      var trees = [try Tracker.headTree(of: repository)].compactMap { $0 }
      if let other = sides?.other { trees.append(try repository.commit(other).tree) }
      return trees
    }
  }

  /// Returns the kind of a record, and what judges its values; `nil` if the tree's definition doesn't know
  /// it.
  private func judge(of record: JSONValue, and other: JSONValue, in tree: ObjectID)
    throws(StoreError) -> (
      kind: Kind, findings: (JSONValue) -> [Finding]
    )?
  {
    guard let repository, let id = record["id"]?.string.flatMap({ RecordID($0) }) else {
      return nil
    }
    // The schema that the record names, and what all share, are nearly always enough; reading all of them
    // takes longer than the merge.
    var narrow: Set<String>?
    if let reference = record["$schema"]?.string {
      narrow = [RepositoryPath(reference).name.text, KindCatalog.supporting[0]]
    }
    for only in narrow.map({ [$0, nil] }) ?? [nil] {
      let definition = try git { () throws(GitError) in
        try TrackerDefinition(tree: tree, in: repository, isWhole: false, only: only)
      }
      guard let kind = definition.catalog.kind(of: id) else { continue }
      // The kind's rules are for the hook, which judges the merge as a whole: compiling them takes as long
      // as all the rest.
      let keys = (record.object?.keys ?? []) + (other.object?.keys ?? [])
      guard let schema = try? definition.catalog.schema(of: kind, forKeys: keys) else {
        if only != nil { continue }
        return (kind, { _ in [] })
      }
      let path = path(of: id, kind, definition)
      return (kind, { Self.violations(of: schema, in: $0, kind, path) })
    }
    return nil
  }

  /// Returns what is invalid about a value, nothing if it is valid.
  private static func violations(
    of schema: Schema, in value: JSONValue, _ kind: Kind, _ path: RepositoryPath
  ) -> [Finding] {
    guard let document = try? JSONDocument(parsing: JSONPrinter.canonical(value, order: kind.view)),
      !schema.isValid(document.root)
    else { return [] }
    return schema.validationResult(document.root).violations.map {
      RuleBook.finding(
        "record.schema", path: path, pointer: $0.pointer.description, $0.message,
        hint: "docket resolve")
    }
  }

  /// Returns the path that git merges, or one that the record might have.
  private func path(of id: RecordID, _ kind: Kind, _ definition: TrackerDefinition)
    -> RepositoryPath
  {
    request.path
      ?? RecordPath(
        id: id, directory: kind.directory, date: CivilDate(secondsSinceEpoch: 0), title: nil,
        folder: definition.config.folder
      ).path
  }
}
