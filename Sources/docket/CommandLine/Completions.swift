import ArgumentParser
import Files
import Records
import Store

/// What the shell offers after Tab: ids, keys and kinds of the current repository.
///
/// A shell asks at every Tab, so nothing here prints or fails: without a repository there is
/// nothing to offer.
enum Completions {
  static let ids = CompletionKind.custom { _, _, prefix in offer(prefix, ids) }
  static let keys = CompletionKind.custom { words, _, prefix in
    offer(prefix) { keys($0, words: words) }
  }
  static let kinds = CompletionKind.custom { _, _, prefix in
    offer(prefix) { $0.catalog.kinds.map(\.name) }
  }

  /// `severity=`, for setting values.
  static let assignments = CompletionKind.custom { words, _, prefix in
    offer(prefix) { keys($0, words: words).map { $0 + "=" } }
  }
  /// `status:`, for queries.
  static let terms = CompletionKind.custom { _, _, prefix in
    offer(prefix) { tracker in
      (RecordQuery.reserved + keys(tracker, words: [])).map { $0 + ":" }
    }
  }
  static let states = CompletionKind.custom { words, _, prefix in
    offer(prefix) { unique(kinds(named: words, in: $0).flatMap { $0.workflow?.states ?? [] }) }
  }
  static let relations = CompletionKind.custom { words, _, prefix in
    offer(prefix) { unique(kinds(named: words, in: $0).flatMap { $0.links.map(\.name) }) }
  }

  private static func offer(_ prefix: String, _ candidates: (Tracker) throws -> [String])
    -> [String]
  {
    let environment = Invocation.environment
    guard
      let tracker = try? Tracker(
        in: FileSystem.currentDirectory, context: .process(environment: environment),
        toleratesFaults: true),
      let all = try? candidates(tracker)
    else { return [] }
    return all.filter { $0.lowercased().hasPrefix(prefix.lowercased()) }
  }

  /// Returns the ids from file names alone: no record is read.
  private static func ids(_ tracker: Tracker) throws -> [String] {
    guard let head = try tracker.headCommit() else { return [] }
    return try tracker.ids(at: head).map(\.text).sorted()
  }

  private static func keys(_ tracker: Tracker, words: [String]) -> [String] {
    unique(
      kinds(named: words, in: tracker).flatMap { kind in
        kind.view.propertyNames.filter { kind.view.property($0)?.isHidden != true && $0 != "id" }
      })
  }

  /// Returns the kinds that the line names or names a record of, or all kinds if it names none.
  private static func kinds(named words: [String], in tracker: Tracker) -> [Kind] {
    let named = words.lazy.compactMap { word in
      tracker.catalog.kind(named: word)
        ?? IDAbbreviation(word)?.prefix.flatMap { prefix in
          tracker.catalog.kinds.first { $0.prefix == prefix }
        }
    }.first
    return named.map { [$0] } ?? tracker.catalog.kinds
  }

  private static func unique(_ words: [String]) -> [String] {
    var seen: Set<String> = []
    return words.filter { seen.insert($0).inserted }
  }
}
