import Files
import Git
import JSONText
import Records

/// The check of schemas: each by itself, and the changed ones against the existing records.
package struct SchemaCheck {
  private let tracker: Tracker
  /// Drafts that replace the schema files of the working tree, by name.
  private let drafts: [String: [UInt8]]
  /// Names of kinds that can be added at any time; a link to one of them is no mistake.
  private let addable: Set<String>

  package init(_ tracker: Tracker, drafts: [String: [UInt8]] = [:], addable: Set<String> = []) {
    self.tracker = tracker
    self.drafts = drafts
    self.addable = addable
  }

  /// The result of the check and how much it looked at.
  package struct Outcome: Sendable {
    package var result: CheckResult
    package var schemas: Int
    package var records: Int
  }

  /// - Parameter names: file names of the schemas to report on; all if empty.
  package func run(_ names: Set<String> = []) throws(StoreError) -> Outcome {
    let head = try git { () throws(GitError) in try Tracker.headTree(of: tracker.repository) }
    let repository = tracker.repository
    let base = try git { () throws(GitError) in try TrackerDefinition(tree: head, in: repository) }
    let proposed = try proposedDefinition(base)
    let state: RecordState
    if repository.workingDirectory != nil {
      state = try tracker.workingRecords(folder: proposed.config.folder)
    } else if let commit = try tracker.headCommit() {
      state = try tracker.records(at: commit)
    } else {
      state = RecordState()
    }
    // A record that the user is changing with the schema is checked as it is now, not as it was.
    let isWanted = { (finding: Finding) in
      guard let name = finding.path.relative(to: TrackerDefinition.schemaFolder)?.text else {
        return false
      }
      return names.isEmpty || names.contains(name)
    }
    let notes = proposed.catalog.kinds.flatMap {
      SchemaConsistency.findings(
        of: $0, in: proposed.catalog, folder: TrackerDefinition.schemaFolder, known: addable)
    }.filter { $0.severity == .info }
    var findings = (proposed.thoroughFindings() + notes).compactMap {
      proposed.config.weighted($0, on: tracker.today)
    }.filter(isWanted)
    if base.isTracked {
      let acceptance = SchemaAcceptance(from: base, to: proposed, day: tracker.today)
      let kinds = names.isEmpty ? nil : names
      let records = state.records.filter { record in
        guard let kinds else { return true }
        let kind = base.catalog.kind(of: record.id)
        return kind.map {
          !base.catalog.files.closure(of: $0.fileName).isDisjoint(with: kinds)
        } ?? true
      }
      findings += acceptance.findings(on: records) + acceptance.findingsOfOthers(on: records)
    }
    let count = proposed.catalog.files.documents.keys.count {
      names.isEmpty || names.contains($0)
    }
    return Outcome(
      result: CheckResult(findings: findings.sorted(), checked: count), schemas: count,
      records: state.records.count)
  }

  private func proposedDefinition(_ base: TrackerDefinition) throws(StoreError) -> TrackerDefinition
  {
    let drafts = Dictionary(
      uniqueKeysWithValues: drafts.map {
        (TrackerDefinition.schemaFolder.appending($0.key), $0.value)
      }
    )
    guard tracker.repository.workingDirectory != nil else {
      return try git { () throws(GitError) in
        try ChangeSide.draft(
          over: .tree(Tracker.headTree(of: tracker.repository), tracker.repository), files: drafts
        ).definition()
      }
    }
    return try git { () throws(GitError) in
      try TrackerDefinition(workingTreeOf: tracker.repository, drafts: drafts)
    }
  }
}
