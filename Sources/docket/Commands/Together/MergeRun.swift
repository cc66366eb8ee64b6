import Files
import Records
import Store

/// A merge as git's driver calls it, before the command line's grammar is built: the grammar costs more
/// than the merge.
enum MergeRun {
  /// Returns the request of the line that git's driver calls; `nil` for any other line.
  static func request(_ words: [String]) -> MergeDriver.Request? {
    guard words.count == 7, words[3] == "--path", words[5] == "--marker-size",
      let size = Int(words[6]), !words.prefix(3).contains(where: { $0.utf8.first == 0x2D })
    else { return nil }
    return MergeDriver.Request(
      base: words[0], ours: words[1], theirs: words[2], path: RepositoryPath(words[4]),
      markerSize: size)
  }

  static func run(_ request: MergeDriver.Request, _ invocation: Invocation) -> Int32 {
    do {
      return try merge(request, invocation) ? 0 : 1
    } catch {
      return ExitStatus.of(error)
    }
  }

  /// Merges, and says what is in conflict.
  ///
  /// - Returns: whether nothing is.
  static func merge(_ request: MergeDriver.Request, _ invocation: Invocation) throws -> Bool {
    let outcome = try MergeDriver.run(
      request, in: invocation.directory, context: invocation.context)
    if outcome.isClean { return true }
    let subject = outcome.id?.text ?? request.path?.text ?? request.ours
    for message in outcome.messages { Terminal.complain("docket: \(subject): \(message)") }
    if request.path != nil, let id = outcome.id {
      Terminal.complain("  fix: docket resolve \(id.text)")
    }
    return false
  }
}
