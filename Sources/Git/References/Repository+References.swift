internal import CLibgit2
internal import JSONText

/// Where HEAD points.
package struct Head: Sendable, Hashable {
  /// `refs/heads/main`; `nil` when HEAD is detached.
  package let branch: String?
  /// `nil` when the branch has no commit yet.
  package let commit: ObjectID?

  package init(branch: String?, commit: ObjectID?) {
    (self.branch, self.commit) = (branch, commit)
  }
}

extension Repository {
  package func head() throws(GitError) -> Head {
    guard let value = try directReference("HEAD") else {
      throw GitError.corrupt("'\(gitDirectory)/HEAD' is missing or unreadable")
    }
    switch value {
    case .object(let id): return Head(branch: nil, commit: id)
    case .symbolic(let target): return Head(branch: target, commit: try reference(target))
    }
  }

  /// Returns the object a full reference name points to, following symbolic ones, or `nil` if it
  /// does not exist.
  package func reference(_ name: String) throws(GitError) -> ObjectID? {
    var current = name
    for _ in 0..<5 {
      switch try directReference(current) {
      case nil: return nil
      case .object(let id)?: return id
      case .symbolic(let target)?: current = target
      }
    }
    throw GitError.corrupt("reference '\(name)' goes in a circle")
  }

  enum ReferenceValue: Equatable {
    case object(ObjectID)
    case symbolic(String)
  }

  /// Returns the value of one reference without following it.
  func directReference(_ name: String) throws(GitError) -> ReferenceValue? {
    var handle: OpaquePointer?
    let code = git_reference_lookup(&handle, raw, name)
    if code == GIT_ENOTFOUND.rawValue { return nil }
    try check("git_reference_lookup", code)
    guard let handle else { return nil }
    defer { git_reference_free(handle) }
    return Self.value(of: handle)
  }

  private static func value(of handle: OpaquePointer) -> ReferenceValue? {
    if let target = git_reference_symbolic_target(handle) {
      return .symbolic(String(cString: target))
    }
    return git_reference_target(handle).map { .object(ObjectID($0.pointee)) }
  }

  /// Returns all references whose names begin with `prefix`, by name. Symbolic ones are followed;
  /// dangling ones are left out.
  package func references(under prefix: String) throws(GitError) -> [(name: String, id: ObjectID)] {
    var iterator: OpaquePointer?
    try check("git_reference_iterator_new", git_reference_iterator_new(&iterator, raw))
    defer { git_reference_iterator_free(iterator) }
    var result: [(name: String, id: ObjectID)] = []
    var handle: OpaquePointer?
    while true {
      let code = git_reference_next(&handle, iterator)
      if code == GIT_ITEROVER.rawValue { break }
      try check("git_reference_next", code)
      guard let found = handle else { break }
      defer { git_reference_free(found) }
      guard let text = git_reference_name(found) else { continue }
      let name = String(cString: text)
      guard name.hasPrefix(prefix) else { continue }
      switch Self.value(of: found) {
      case .object(let id)?: result.append((name, id))
      case .symbolic(let target)?:
        if let id = try reference(target) { result.append((name, id)) }
      case nil: continue
      }
    }
    return result.sorted { $0.name < $1.name }
  }

  /// Returns the commit that a revision names, as `git rev-parse --verify REVISION^{commit}` would.
  ///
  /// - Returns: `nil` if it does not exist or is not a commit.
  /// - Throws: `.ambiguous` if an abbreviation matches several objects.
  package func resolveCommit(_ revision: String) throws(GitError) -> ObjectID? {
    if let id = ObjectID(hex: revision), pendingObjects[id] != nil { return id }
    var object: OpaquePointer?
    let code = git_revparse_single(&object, raw, revision)
    if code == GIT_EAMBIGUOUS.rawValue {
      // Git requires at least four digits for an object's name (core.abbrev).
      if revision.utf8.count < 4 { return nil }
      throw GitError(
        .ambiguous, call: "git_revparse_single",
        "'\(revision)' is ambiguous: it abbreviates several objects",
        hint: "git rev-parse --disambiguate=\(ShellWord.quoted(revision))")
    }
    // Also revisions that parse but are impossible, such as peeling a branch to a blob.
    let absent = [GIT_ENOTFOUND, GIT_EINVALIDSPEC, GIT_EPEEL].map(\.rawValue)
    if absent.contains(code) { return nil }
    try check("git_revparse_single", code)
    defer { git_object_free(object) }
    var commit: OpaquePointer?
    let peeled = git_object_peel(&commit, object, GIT_OBJECT_COMMIT)
    if peeled == GIT_EPEEL.rawValue || peeled == GIT_EINVALIDSPEC.rawValue
      || peeled == GIT_EAMBIGUOUS.rawValue
    {
      return nil
    }
    try check("git_object_peel", peeled)
    defer { git_object_free(commit) }
    return git_object_id(commit).map { ObjectID($0.pointee) }
  }
}
