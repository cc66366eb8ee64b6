import Files
import Git
import JSONText
import Records

/// Finds new names that a file system may take for docket's own, or for one another.
///
/// On such a file system a checkout of both leaves one of them, and which is a matter of luck: what
/// was checked as `.docket/config.json` may be what `.Docket/config.json` says.
struct AmbiguousPaths {
  let base: ChangeSide
  let proposed: ChangeSide

  /// Returns the findings on names beside `.docket` and beside the records folder.
  ///
  /// Reads the names at the root and, where one of them leads to the records folder, below it.
  func findings(besides folder: RepositoryPath) throws(GitError) -> [Finding] {
    var findings: [Finding] = []
    for own in [TrackerDefinition.folder, folder] {
      try look(for: own.components[...], in: [.root], meaning: .root, &findings)
    }
    return findings
  }

  /// Returns the findings on names in `.docket` that fold onto each other or onto docket's own.
  func findingsInDefinition() throws(GitError) -> [Finding] {
    var findings: [Finding] = []
    let own = [TrackerConfig.path, Roster.path, TrackerDefinition.schemaFolder]
    for folder in [TrackerDefinition.folder, TrackerDefinition.schemaFolder] {
      var first: [FoldedPath: RepositoryPath] = [:]
      for path in own where path.parent == folder { first[path.folded] = path }
      for name in try proposed.names(in: folder) {
        let path = folder.appending(name)
        let other =
          first[path.folded]
          ?? own.first { $0 != path && $0.parent == folder && path.folds(atOrBelow: $0) }
        if let other, other != path {
          findings.append(Self.finding(path, other))
        } else {
          first[path.folded] = path
        }
      }
    }
    return findings
  }

  /// - Parameters:
  ///   - rest: the names of docket's own path below `meaning`.
  ///   - places: the folders that fold onto `meaning`.
  private func look(
    for rest: ArraySlice<RepositoryPath>, in places: [RepositoryPath], meaning: RepositoryPath,
    _ findings: inout [Finding]
  ) throws(GitError) {
    guard let wanted = rest.first else { return }
    let own = meaning.appending(wanted)
    var next: [RepositoryPath] = []
    for place in places {
      for name in try proposed.names(in: place, foldingOnto: wanted) {
        let path = place.appending(name)
        if rest.count > 1, try proposed.isFolder(path) {
          next.append(path)
        } else if path != own, try !base.holds(path) {
          // Also a file or link in place of a folder on the way.
          findings.append(Self.finding(path, own))
        }
      }
    }
    if !next.isEmpty { try look(for: rest.dropFirst(), in: next, meaning: own, &findings) }
  }

  private static func finding(_ path: RepositoryPath, _ other: RepositoryPath) -> Finding {
    RuleBook.finding(
      "path.ambiguous", path: path,
      "some file systems take this for \(other): the two differ only in case, in Unicode form, or in what such a file system leaves out",
      hint:
        "git rm -r -q --cached --ignore-unmatch -- \(ShellWord.quoted(path)); then keep it under another name"
    )
  }
}

extension FoldedPath {
  /// Whether a name may be taken for `other`; most can't be, which their bytes tell at once.
  fileprivate static func mayFold(_ name: UnsafeRawBufferPointer, onto other: RepositoryPath)
    -> Bool
  {
    let isPlain = name.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: ":"), UInt8(ascii: "\\"), UInt8(ascii: "~"), UInt8(ascii: " "): false
      default: byte < 0x80
      }
    }
    // Plain names fold by their letters alone.
    if isPlain, name.last != UInt8(ascii: "."), other.bytes.allSatisfy({ $0 < 0x80 }) {
      return name.count == other.bytes.count
        && zip(name, other.bytes).allSatisfy { $0 == $1 || $0 | 0x20 == $1 | 0x20 && isLetter($0) }
    }
    return RepositoryPath(bytes: name).folds(atOrBelow: other)
  }
}

private func isLetter(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
}

extension ChangeSide {
  /// Returns the names directly in a folder; none if there is no such folder.
  func names(in folder: RepositoryPath) throws(GitError) -> [RepositoryPath] {
    try names(in: folder) { _ in true }
  }

  /// Returns those that a file system may take for `wanted`.
  func names(in folder: RepositoryPath, foldingOnto wanted: RepositoryPath) throws(GitError)
    -> [RepositoryPath]
  {
    try names(in: folder) { FoldedPath.mayFold($0, onto: wanted) }
  }

  private func names(in folder: RepositoryPath, where isWanted: (UnsafeRawBufferPointer) -> Bool)
    throws(GitError) -> [RepositoryPath]
  {
    var names: [RepositoryPath] = []
    switch self {
    case .tree(nil, _): break
    case .tree(let tree?, let repository):
      guard let entry = try repository.entry(at: folder, inTree: tree), entry.mode == .tree else {
        break
      }
      try repository.forEachName(inTree: entry.id) { name in
        if isWanted(name) { names.append(RepositoryPath(bytes: name)) }
      }
    case .index(let index, _):
      index.forEachName(in: folder) { name, _ in
        if isWanted(name) { names.append(RepositoryPath(bytes: name)) }
      }
    case .draft(let side, let files):
      names = try side.names(in: folder, where: isWanted)
      var known = Set(names)
      for path in files.keys.sorted() {
        guard let name = path.relative(to: folder)?.components.first,
          name.bytes.withUnsafeBytes(isWanted), known.insert(name).inserted
        else { continue }
        names.append(name)
      }
    }
    return names
  }

  func isFolder(_ path: RepositoryPath) throws(GitError) -> Bool {
    switch self {
    case .tree(nil, _): return false
    case .tree(let tree?, let repository):
      return try repository.entry(at: path, inTree: tree)?.mode == .tree
    case .index(let index, _):
      var isFolder = false
      index.forEachName(in: path) { _, _ in isFolder = true }
      return isFolder
    case .draft(let side, let files):
      if files.keys.contains(where: { $0.isBelow(path) }) { return true }
      return try side.isFolder(path)
    }
  }

  /// Whether there is a file or folder at a path.
  func holds(_ path: RepositoryPath) throws(GitError) -> Bool {
    switch self {
    case .tree(nil, _): return false
    case .tree(let tree?, let repository):
      return try repository.entry(at: path, inTree: tree) != nil
    case .index(let index, _):
      if index.entry(at: path) != nil { return true }
      return try isFolder(path)
    case .draft(let side, let files):
      if files.keys.contains(where: { $0.isAtOrBelow(path) }) { return true }
      return try side.holds(path)
    }
  }
}
