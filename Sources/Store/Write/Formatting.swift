package import Files
import Git
import JSONText
package import Records

/// Puts files into canonical form, in the working tree only.
package struct Formatting {
  package struct Outcome: Sendable {
    /// Paths that weren't canonical, relative to the root.
    package var changed: [RepositoryPath] = []
    /// Files that can't be read; they are left unchanged.
    package var unreadable: [UnreadableRecord] = []
    package var checked = 0
  }

  private let tracker: Tracker

  package init(_ tracker: Tracker) { self.tracker = tracker }

  /// - Parameters:
  ///   - paths: files or folders relative to the root; the records folder if empty.
  ///   - writes: whether to write, or only to report.
  package func run(paths: [RepositoryPath], writes: Bool) throws(StoreError) -> Outcome {
    guard let root = tracker.repository.workingDirectory else {
      throw .refused("a bare repository has no files to format")
    }
    let definition = try git { () throws(GitError) in
      try TrackerDefinition(workingTreeOf: tracker.repository)
    }
    let state = try tracker.workingRecords(folder: definition.config.folder)
    let covers = { (path: RepositoryPath) in
      paths.isEmpty || paths.contains { $0.isRoot || path.isAtOrBelow($0) }
    }
    // One docket writes at a time.
    let lock = writes ? try TrackerLock(tracker.repository) : nil
    defer { withExtendedLifetime(lock) {} }
    var outcome = Outcome()
    outcome.unreadable = state.unreadable.filter { covers($0.path) }
    for record in state.records where covers(record.path) {
      // What a sparse checkout leaves out isn't there to be written.
      guard
        try git({ () throws(GitError) in try fileType(record.path.systemPath(below: root)) }) != nil
      else { continue }
      outcome.checked += 1
      guard let kind = definition.catalog.kind(of: record.id) else { continue }
      let canonical = JSONPrinter.canonical(record.value, order: kind.view)
      guard canonical != record.document.bytes else { continue }
      outcome.changed.append(record.path)
      if writes {
        do throws(FileError) {
          try FileSystem.write(canonical, to: record.path.systemPath(below: root), .replace)
        } catch {
          // The name may be in place and only not be durable.
          let isThere = (try? FileSystem.read(record.path.systemPath(below: root))) == canonical
          throw .failed(
            isThere
              ? "\(record.path) is formatted, but a crash may still undo that: \(error)"
              : "can't write \(error)")
        }
      }
    }
    return outcome
  }
}
