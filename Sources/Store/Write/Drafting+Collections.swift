import JSONText
import Records

extension Tracker {
  /// Returns the findings of rules about the collections of written records, from the records at HEAD
  /// and those written: pre-commit, which opens no other record, doesn't say them.
  ///
  /// What was so before was said before.
  ///
  /// - Parameter files: the files of the drafts, in their order.
  func collectionWarnings(on drafts: [Draft], _ files: [PlannedFile]) throws(StoreError)
    -> [Finding]
  {
    var asked: [(draft: Draft, file: PlannedFile, compiled: CompiledKind)] = []
    for (draft, file) in zip(drafts, files) {
      // A schema that doesn't compile is reported on the schema itself.
      guard let compiled = try? catalog.compiledKind(for: draft.kind),
        compiled.rules.contains(where: { $0.rule.needs(.collections) })
      else { continue }
      asked.append((draft, file, compiled))
    }
    guard !asked.isEmpty else { return [] }
    let written = zip(drafts, files).compactMap { draft, file in
      try? RecordFile.read(file.bytes, path: file.path, id: draft.id).get()
    }
    var findings: [Finding] = []
    var failure: StoreError?
    for (draft, file, compiled) in asked {
      let view = StateView(
        catalog: catalog, config: config, roster: definition.roster,
        collected: { collection, id in
          let own = collection.members(among: written)[id] ?? []
          // Nothing links to a record that isn't written yet.
          if draft.base == nil { return own }
          do throws(StoreError) {
            return own + (try self.records(of: collection, about: id))
          } catch {
            failure = failure ?? error
            return own
          }
        }, find: { _ in nil })
      func judged(_ bytes: [UInt8]) -> [Finding] {
        let record = try? RecordFile.read(bytes, path: file.path, id: draft.id).get()
        return CheckRun(view) { _ in .edit }.findings(
          on: record.map { [$0] } ?? [], compiled: compiled, needing: .collections)
      }
      let found = judged(file.bytes)
      guard !found.isEmpty else { continue }
      let known = Set(
        draft.base.map { judged(JSONPrinter.compact($0.value)).map(\.rule) } ?? [])
      findings += found.filter { !known.contains($0.rule) }
    }
    if let failure { throw failure }
    return findings.compactMap { config.weighted($0, on: today) }.map { finding in
      // It is written: an error refuses later, where all records are looked at.
      var finding = finding
      if finding.severity == .error { finding.severity = .warning }
      return finding
    }
  }
}
