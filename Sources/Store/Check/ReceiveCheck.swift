import Files
import Git
import Records

/// The check of a push before any branch moves, as run by a server's `pre-receive`.
package enum ReceiveCheck {
  /// One branch that the push would move, and the result of its check.
  package struct Answer: Sendable {
    /// `refs/heads/main`.
    package let reference: String
    package let result: CheckResult
  }

  /// Checks each branch of a push before it leaves a clone, against what the remote has as far as is known
  /// here.
  ///
  /// - Parameter lines: what git passes to `pre-push`, `<local ref> <local id> <remote ref> <remote id>`
  ///   each (githooks(5)).
  package static func runBeforePush(
    _ lines: [String], in directory: String, context: ExecutionContext
  ) throws(StoreError) -> [Answer] {
    let updates = try lines.filter { !$0.isEmpty }.map { (line) throws(StoreError) in
      let words = line.split(separator: " ").map(String.init)
      guard words.count == 4, let new = ObjectID(hex: words[1]), let old = ObjectID(hex: words[3])
      else {
        throw .failed(
          "\"\(line)\" is not what git hands to pre-push: <local ref> <local id> <remote ref> <remote id>",
          hint: "githooks(5) describes it")
      }
      return (old: old, new: new, reference: words[2])
    }
    return try check(updates, in: directory, context: context, isPushed: false) {
      (repository, old) throws(GitError) in
      // What the remote has may never have been fetched.
      try repository.resolveCommit(old.hex) == nil ? .zero : old
    }
  }

  /// Checks each branch against what the server has, never against another branch of the same push.
  ///
  /// - Throws: `.refused` for a push of `refs/replace/`, which git would follow everywhere: it puts
  ///   other content in place of what is there already, unchecked.
  /// - Parameters:
  ///   - lines: what git passes to the hook, `<old> <new> <ref>` each.
  ///   - context: the hook's, with the quarantine that holds the pushed objects. Its handle is the
  ///     pusher as authenticated by the server; the server's git config identifies nobody.
  package static func run(_ lines: [String], in directory: String, context: ExecutionContext)
    throws(StoreError) -> [Answer]
  {
    let updates = try lines.filter { !$0.isEmpty }.map { (line) throws(StoreError) in
      let words = line.split(separator: " ", maxSplits: 2).map(String.init)
      guard words.count == 3, let old = ObjectID(hex: words[0]), let new = ObjectID(hex: words[1])
      else {
        throw .failed(
          "\"\(line)\" is not what git hands to pre-receive: <old> <new> <ref>",
          hint: "githooks(5) describes it")
      }
      return (old: old, new: new, reference: words[2])
    }
    if let update = updates.first(where: {
      $0.new != .zero && RepositoryPath($0.reference).folds(atOrBelow: "refs/replace")
    }) {
      throw .refused(
        "\(update.reference) may not be pushed: it would replace objects that are here already",
        hint: "git push REMOTE BRANCH pushes the branch alone")
    }
    return try check(updates, in: directory, context: context, isPushed: true) {
      (_, old) throws(GitError) in old
    }
  }

  /// - Parameters:
  ///   - isPushed: whether this is the server, where the handle is the pusher's alone.
  ///   - start: returns where a branch's change begins.
  private static func check(
    _ updates: [(old: ObjectID, new: ObjectID, reference: String)], in directory: String,
    context: ExecutionContext, isPushed: Bool,
    from start: (Repository, ObjectID) throws(GitError) -> ObjectID
  ) throws(StoreError) -> [Answer] {
    let answers = try git { () throws(GitError) -> [Answer]? in
      guard
        let repository = try Repository.discover(
          from: directory, environment: context.environment)
      else { return nil }
      var handle = context.handle
      if handle == nil, !isPushed { handle = try repository.config("docket.handle") }
      let check = RangeCheck(repository, handle: handle, own: context.ownSchemas)
      var answers: [Answer] = []
      for update in updates where update.reference.hasPrefix("refs/heads/") {
        let result = try check.run(
          from: try start(repository, update.old), to: update.new, isPushed: isPushed)
        answers.append(Answer(reference: update.reference, result: result))
      }
      return answers
    }
    guard let answers else { throw .failed("hooks run inside a git repository") }
    return answers
  }
}
