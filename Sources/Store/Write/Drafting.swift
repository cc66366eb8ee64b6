import Files
import Git
import JSONSchema
import JSONText
package import Records

extension Tracker {
  /// Returns a new record of a kind, with its reference to the schema, its id and its first state.
  package func draft(of kind: Kind, id: RecordID? = nil) -> Draft {
    let id = id ?? RecordID(prefix: kind.prefix, random: context.random())
    var object = JSONObject()
    object["$schema"] = .string(
      RecordPath.schemaReference(kind: kind.name, fromFolder: folder))
    object["id"] = .string(id.text)
    if let workflow = kind.workflow { object[workflow.property] = .string(workflow.initial) }
    return Draft(id: id, kind: kind, value: .object(object))
  }

  /// Returns a draft that changes the record that `text` names.
  package func draft(changing text: String) throws(StoreError) -> Draft {
    if let draft = try stagedDraft(text) { return draft }
    let found = try find(text)
    let record = try read(found)
    guard let kind = catalog.kind(of: found.id) else {
      throw .findings([RecordChangesValidator.unknownKind(record, definition: definition)])
    }
    let value = record.value
    return Draft(id: found.id, kind: kind, value: value, base: (found.path, found.item, value))
  }

  /// Returns a draft of a record that docket has staged and not committed, if `text` names just that.
  private func stagedDraft(_ text: String) throws(StoreError) -> Draft? {
    guard let abbreviation = IDAbbreviation(text) else { return nil }
    let staged = try stagedWrites(where: abbreviation.matches)
    guard staged.count == 1, let found = staged.first, let kind = catalog.kind(of: found.id) else {
      return nil
    }
    // Other records may begin alike.
    if let head = try? find(text), head.id != found.id { return nil }
    let now = try value(of: found.item, at: found.path, found.id)
    var draft = Draft(id: found.id, kind: kind, value: now)
    draft.staged = (found.path, found.item, now)
    if let head = found.head {
      draft.base = (found.path, head, try value(of: head, at: found.path, found.id))
    }
    return draft
  }

  package func kind(named word: String) throws(StoreError) -> Kind {
    if let kind = catalog.kind(meantBy: word) { return kind }
    let names = catalog.kinds.map(\.name)
    throw .failed(
      "there is no kind \"\(word)\" here" + Spelling.question(for: word, among: names),
      hint: "kinds: \(names.joined(separator: ", ")); docket schema add KIND brings more")
  }

  /// Validates drafts as one change and commits them together.
  ///
  /// Where another commit changed a record meanwhile, the change is merged with that one, and what both
  /// changed differently is refused.
  package func commit(_ drafts: [Draft], _ options: WriteOptions) async throws(StoreError)
    -> WriteResult
  {
    var drafts = drafts
    var merged: [RecordID] = []
    for _ in 0..<100 {
      do throws(StoreError) {
        var result = try await commitAtOnce(drafts, options)
        result.merged = merged.filter { id in result.ids.contains(id) }
        return result
      } catch .outdated {
        for index in drafts.indices where try update(&drafts[index], onto: options.branch) {
          if !merged.contains(drafts[index].id) { merged.append(drafts[index].id) }
        }
      }
    }
    throw .refused(
      "other commits changed the same records a hundred times meanwhile",
      hint: "type the command again")
  }

  private func commitAtOnce(_ drafts: [Draft], _ options: WriteOptions) async throws(StoreError)
    -> WriteResult
  {
    var result = WriteResult()
    var files: [PlannedFile] = []
    var changed: [Draft] = []
    for var draft in drafts {
      result.pseudonyms += try complete(&draft)
      let bytes = JSONPrinter.canonical(draft.value, order: draft.kind.view)
      if let before = draft.before,
        JSONPrinter.canonical(before, order: draft.kind.view) == bytes
      {
        continue
      }
      if draft.staged != nil, !options.stagesOnly {
        throw .refused(
          "\(draft.id) has changes that are staged and not committed",
          hint: "docket commit; or --no-commit, to stage this one with them")
      }
      let path = draft.path ?? newPath(for: draft)
      files.append(
        PlannedFile(
          path: path, bytes: bytes, base: draft.base?.item, staged: draft.staged?.item))
      changed.append(draft)
      result.ids.append(draft.id)
      result.paths.append(path)
    }
    guard !files.isEmpty else { return result }
    try await write(files, of: changed, options, into: &result)
    return result
  }

  /// Validates files and commits or stages them.
  ///
  /// - Parameter drafts: what is in the files, for warnings and the message.
  func write(
    _ files: [PlannedFile], of drafts: [Draft], _ options: WriteOptions,
    into result: inout WriteResult
  ) async throws(StoreError) {
    try refuseEmpty(options.message)
    let validatedAt = try headCommit()
    result.warnings = try warnings(on: files, branch: options.branch)
    result.warnings += try collectionWarnings(on: drafts, files)
    var plan = CommitPlan(files: files, message: options.message ?? Self.message(for: drafts))
    plan.branch = options.branch
    plan.stagesOnly = options.stagesOnly
    plan.runsHooks = options.runsHooks
    result.outcome = try await RecordWriter(self).carryOut(plan) { (tip) throws(StoreError) in
      if options.branch == nil, tip == validatedAt { return }
      _ = try self.warnings(on: files, branch: options.branch)
    }
  }

  /// Fills in what a draft leaves to docket: people, ids of links and items, pseudonyms, the state.
  ///
  /// - Returns: the pseudonyms that are new.
  private func complete(_ draft: inout Draft) throws(StoreError) -> [String] {
    do throws(KeyProblem) {
      try PersonMention.resolve(in: &draft.value, view: draft.kind.view, handle: handle)
    } catch {
      throw .refused(error.description)
    }
    draft.value = try linksSpelledOut(in: draft.value, of: draft.kind)
    let pseudonyms = Pseudonym.resolve(
      in: &draft.value, view: draft.kind.view, random: context.random)
    ItemID.fill(in: &draft.value, view: draft.kind.view, makeItemID: makeItemID)
    enterState(&draft)
    try refuseRetired(draft)
    return pseudonyms
  }

  /// Returns what a write of a draft would be told, and what of the record it freezes; writes nothing.
  package func preview(_ draft: Draft) throws(StoreError) -> (
    findings: [Finding], freezes: [FrozenPart]
  ) {
    var draft = draft
    _ = try complete(&draft)
    let path = draft.path ?? newPath(for: draft)
    let bytes = JSONPrinter.canonical(draft.value, order: draft.kind.view)
    let file = PlannedFile(
      path: path, bytes: bytes, base: draft.base?.item, staged: draft.staged?.item)
    var findings = try validate([file], branch: nil)
    findings += try collectionWarnings(on: [draft], [file])
    guard let compiled = try? catalog.compiledKind(for: draft.kind),
      let after = try? JSONDocument(parsing: bytes)
    else { return (findings, []) }
    let before = draft.before.flatMap { try? JSONDocument(parsing: JSONPrinter.compact($0)) }
    let freezes = compiled.frozen.filter { _, when in
      guard let when else { return false }
      return when.isValid(after.root) && !(before.map { when.isValid($0.root) } ?? false)
    }
    return (findings, freezes.map(\.part))
  }

  /// Refuses a message without words.
  func refuseEmpty(_ message: String?) throws(StoreError) {
    guard message?.allSatisfy(\.isWhitespace) == true else { return }
    // git-commit(1) aborts on an empty message, too.
    throw .refused(
      "the commit message is empty", hint: "give it words, or leave -m out and docket finds some")
  }

  /// Moves a record in its initial state to the one that its values bring it to.
  private func enterState(_ draft: inout Draft) {
    guard let workflow = draft.kind.workflow,
      draft.before.map({ draft.kind.state(of: $0) ?? workflow.initial == workflow.initial })
        ?? true
    else { return }
    catalog.enterState(&draft.value, of: draft.kind)
  }

  /// Refuses a draft that writes to a list whose items are records of their own now.
  private func refuseRetired(_ draft: Draft) throws(StoreError) {
    for list in draft.kind.retiredLists
    where draft.value[list.name] != draft.before?[list.name] {
      let place = "\(list.name) of \(draft.id)"
      guard catalog.kind(named: list.kind) != nil else {
        throw .refused(
          "\(place) is no longer written, and the kind \(list.kind) that replaces it isn't here",
          hint: "docket migrate")
      }
      throw .refused(
        "\(place) is no longer written: what is added is a record of its own",
        hint: draft.base?.value[list.name]?.array?.isEmpty == false
          ? "docket migrate brings over what is there"
          : "docket add \(draft.base == nil ? "ID" : draft.id.text) \(list.name) key=value…")
    }
  }

  /// Returns the findings that aren't errors; throws if there are errors.
  func warnings(on files: [PlannedFile], branch: String?) throws(StoreError) -> [Finding] {
    let findings = try validate(files, branch: branch)
    guard !findings.contains(where: { $0.severity == .error }) else { throw .findings(findings) }
    return findings
  }

  /// Returns the first error in a draft by itself, or `nil`.
  package func firstError(in draft: Draft) -> Finding? {
    var value = draft.value
    ItemID.fill(in: &value, view: draft.kind.view, makeItemID: { ItemID.make(from: 0) })
    guard let compiled = try? catalog.compiledKind(for: draft.kind),
      case .success(let record) = RecordFile.read(
        JSONPrinter.canonical(value, order: draft.kind.view),
        path: draft.path ?? newPath(for: draft), folder: folder)
    else { return nil }
    return RecordCheck(compiled: compiled, folder: folder, remedy: .values)
      .findings(in: record, checksForm: false, roster: nil)
      .compactMap { config.weighted($0, on: today) }
      .first { $0.severity == .error && $0.rule != "record.duplicate-item" }
  }

  private func newPath(for draft: Draft) -> RepositoryPath {
    RecordPath(
      id: draft.id, directory: draft.kind.directory,
      date: draft.kind.filingDay(of: draft.value, otherwise: today),
      title: config.slugs ? draft.kind.heading(of: draft.value) : nil, folder: folder
    ).path
  }

  /// Returns the findings on files to be written, the same as the hook's on that change.
  func validate(_ files: [PlannedFile], branch: String?) throws(StoreError) -> [Finding] {
    try git { () throws(GitError) in
      var tree = try Self.headTree(of: repository)
      var over: ChangeSide
      if let branch, let tip = try repository.resolveCommit(branch) {
        tree = try repository.commit(tip).tree
        over = .tree(tree, repository)
      } else if repository.workingDirectory == nil {
        over = .tree(tree, repository)
      } else {
        over = .index(try repository.readIndex(), repository)
      }
      let texts = Dictionary(files.map { ($0.path, $0.bytes) }, uniquingKeysWith: { $1 })
      over = .draft(over: over, files: texts)
      let changes = files.map {
        TreeChange(
          path: $0.path, old: $0.base,
          new: TreeItem(mode: .regular, id: repository.hash(blob: $0.bytes)))
      }
      return try RecordChangesValidator(
        base: .tree(tree, repository), proposed: over, baseDefinition: definition,
        definition: definition,
        remedy: .values,
        day: CivilDate(secondsSinceEpoch: repository.committerTime(now: now))
      ).findings(changes).sorted()
    }
  }

  /// Returns the default message of a commit.
  static func message(for drafts: [Draft]) -> String {
    func subject(_ draft: Draft) -> String {
      guard let base = draft.base else {
        let heading = draft.kind.heading(of: draft.value)
        return "Add \(draft.kind.title.lowercased()) \(draft.id)"
          + (heading.isEmpty ? "" : ": \(ChangeWords.shortened(heading, to: 50))")
      }
      let changes = FieldChange.between(base.value, draft.value, view: draft.kind.view)
      // What people said can be taken out of a record, and never out of a commit's message.
      if draft.kind.titleKey == nil {
        var seen: Set<String> = []
        let keys = changes.compactMap { $0.pointer.tokens.first }.filter {
          seen.insert($0).inserted
        }
        return "Change \(draft.kind.title.lowercased()) \(draft.id): "
          + keys.joined(separator: ", ")
      }
      let words = changes.prefix(3).map { ChangeWords.sentence($0, view: draft.kind.view) }
      let more = changes.count > 3 ? " and \(changes.count - 3) more" : ""
      return "\(draft.id): " + words.joined(separator: ", ") + more
    }
    guard drafts.count > 1 else { return drafts.first.map(subject) ?? "Change records" }
    let added = drafts.count { $0.base == nil }
    let parts = [
      added > 0 ? "Add \(added) record\(added == 1 ? "" : "s")" : nil,
      added < drafts.count
        ? "\(added > 0 ? "change" : "Change") \(drafts.count - added) record\(drafts.count - added == 1 ? "" : "s")"
        : nil,
    ].compactMap { $0 }
    return parts.joined(separator: ", ") + "\n\n" + drafts.map(subject).joined(separator: "\n")
  }
}
