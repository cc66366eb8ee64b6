import Files
import JSONText
import Records
import Store

/// What a write answers: ids alone for people and scripts, or an object for programs.
struct WrittenRecords {
  private let result: WriteResult
  private let printing: Set<RecordID>?
  private let similar: [SimilarRecords.Found]
  private let tracker: Tracker

  /// - Parameter printing: the ids that standard output names; all if `nil`.
  init(
    _ result: WriteResult, printing: Set<RecordID>? = nil, similar: [SimilarRecords.Found] = [],
    tracker: Tracker
  ) {
    (self.result, self.printing, self.similar) = (result, printing, similar)
    self.tracker = tracker
  }

  func report(_ format: Output.Format) {
    WriteFlags.report(result)
    let ids = result.ids.filter { printing?.contains($0) ?? true }
    switch format {
    case .text: Terminal.print(lines: ids.map(\.text).joined(separator: "\n"))
    case .json:
      Output.write(
        Output.envelope(
          "written",
          [
            ("items", .array(items)), ("similar", .array(similar.map(item))),
          ] + (result.outcome?.wholeCommit.map { [("commit", JSONValue.string($0))] } ?? [])))
    case .jsonl: Output.writeLines(items)
    }
  }

  private var items: [JSONValue] {
    zip(result.ids, result.paths).map { id, path in
      Output.object([
        ("id", .string(id.text)),
        ("kind", tracker.catalog.kind(of: id).map { .string($0.name) }),
        ("path", .string(path.text)),
      ])
    }
  }

  private func item(_ record: SimilarRecords.Found) -> JSONValue {
    Output.object([
      ("id", .string(record.id.text)), ("kind", .string(record.kind.name)),
      ("title", .string(record.heading)),
    ])
  }
}
