internal import Files
internal import JSONText

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Builds the bytes of a changed index from those of the current one.
struct IndexEditor {
  /// A change and the entries it replaces.
  private struct Splice {
    let path: [UInt8]
    let item: TreeItem?
    /// The path's current entries; if there are none, an empty range at its sorted position.
    let replaced: Range<Int>
  }

  private let snapshot: IndexSnapshot
  private let repository: Repository
  private let splices: [Splice]

  private var bytes: UnsafeRawBufferPointer { snapshot.file.bytes }
  private var layout: IndexLayout { snapshot.layout }

  /// - Throws: if an edit's expectation fails, or its path is a directory or below a file.
  init(_ snapshot: IndexSnapshot, repository: Repository, edits: [IndexEdit]) throws(GitError) {
    (self.snapshot, self.repository) = (snapshot, repository)
    var splices: [Splice] = []
    let all = 0..<snapshot.entryCount
    for edit in edits {
      _ = try PathRules.components(edit.path)
      let path = edit.path.bytes
      let low = snapshot.layout.lowerBound(path, in: snapshot.file.bytes, range: all)
      let high = snapshot.layout.lowerBound(
        path + [0], in: snapshot.file.bytes, range: low..<all.upperBound)
      try Self.check(edit, snapshot, low..<high)
      splices.append(Splice(path: path, item: edit.item, replaced: low..<high))
    }
    splices.sort { $0.path.lexicographicallyPrecedes($1.path) }
    for (one, next) in zip(splices, splices.dropFirst()) where one.path == next.path {
      throw GitError(
        .invalidName, call: "editIndex",
        "two edits of '\(String(decoding: one.path, as: UTF8.self))'")
    }
    self.splices = splices
    try checkDirectories()
  }

  private static func check(_ edit: IndexEdit, _ snapshot: IndexSnapshot, _ found: Range<Int>)
    throws(GitError)
  {
    let present = found.first.map { index in
      snapshot.withEntry(index) { ($0.stage, $0.isIntentToAdd ? nil : $0.item) }
    }
    let isExpected: Bool
    switch edit.expecting {
    case .anything: isExpected = true
    case .absent: isExpected = present == nil
    case .item(let item): isExpected = present.map { $0 == (0, item) } ?? false
    }
    guard isExpected else {
      throw GitError(
        .modified, call: "editIndex", "'\(edit.path)' has other changes in the index",
        hint: "git diff --cached -- \(ShellWord.quoted(bytes: edit.path.bytes))")
    }
  }

  /// Checks that no path is both a file and a directory.
  private func checkDirectories() throws(GitError) {
    let removed = Set(splices.filter { $0.item == nil }.map(\.path))
    let added = Set(splices.filter { $0.item != nil }.map(\.path))
    for splice in splices where splice.item != nil {
      let below = layout.entries(
        below: splice.path + [UInt8(ascii: "/")], in: bytes, range: 0..<layout.entryCount)
      for index in below {
        let name = Array(layout.name(index, in: bytes))
        if !removed.contains(name) { throw Self.conflict(splice.path, "is a directory") }
      }
      var parent = splice.path[...]
      while let slash = parent.lastIndex(of: UInt8(ascii: "/")) {
        parent = parent[..<slash]
        let path = Array(parent)
        let isFile =
          added.contains(path) || (!removed.contains(path) && exists(path))
        if isFile { throw Self.conflict(path, "is a file") }
      }
    }
  }

  private func exists(_ path: [UInt8]) -> Bool {
    let index = layout.lowerBound(path, in: bytes, range: 0..<layout.entryCount)
    guard index < layout.entryCount else { return false }
    let name = layout.name(index, in: bytes)
    return path.withUnsafeBytes { PathOrder.compare(name, $0) == 0 }
  }

  private static func conflict(_ path: [UInt8], _ words: String) -> GitError {
    GitError(
      .directoryConflict, call: "editIndex",
      "'\(String(decoding: path, as: UTF8.self))' \(words) in the index")
  }

  /// Whether the new file must keep the old one's modification time.
  ///
  /// A file changed in the second when the index was written may have changed again since without
  /// its status showing it. Git compares the contents of such entries as long as they are not older
  /// than the index; a newer index would hide the change. Git therefore marks ("smudges") them when
  /// it writes; keeping the time preserves their bytes.
  var mustKeepTime: Bool {
    guard let modified = snapshot.file.modified else { return false }
    let seconds = UInt32(truncatingIfNeeded: modified.tv_sec)
    let edited = Set(splices.flatMap { Array($0.replaced) })
    for index in 0..<layout.entryCount where !edited.contains(index) {
      if snapshot.withEntry(index, { $0.modifiedSeconds >= seconds }) { return true }
    }
    return false
  }

  /// Returns the whole file.
  func result() throws(GitError) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + 256 * splices.count)
    output.append(contentsOf: "DIRC".utf8)
    append(layout.version, to: &output)
    let removed = splices.reduce(0) { $0 + $1.replaced.count }
    let added = splices.count { $0.item != nil }
    append(UInt32(layout.entryCount - removed + added), to: &output)
    appendEntries(to: &output)
    try appendExtensions(to: &output)
    if hasNoChecksum {
      output.append(contentsOf: [UInt8](repeating: 0, count: IndexLayout.checksumLength))
    } else {
      var hash = SHA1()
      hash.update(output)
      hash.finish().append(to: &output)
    }
    return output
  }

  /// index.skipHash: the current file has no checksum, so the new one gets none either.
  private var hasNoChecksum: Bool {
    !bytes.isEmpty && bytes.suffix(IndexLayout.checksumLength).allSatisfy { $0 == 0 }
  }

  private func append(_ value: UInt32, to output: inout [UInt8]) {
    withUnsafeBytes(of: value.bigEndian) { output.append(contentsOf: $0) }
  }

  // MARK: Entries

  private func appendEntries(to output: inout [UInt8]) {
    var position = 0
    // Version 4 abbreviates each name by the one before it, which changes after a splice.
    var before: [UInt8]?
    for splice in splices {
      copy(position..<splice.replaced.lowerBound, after: &before, to: &output)
      position = splice.replaced.upperBound
      if let item = splice.item {
        let previous = before ?? name(before: splice.replaced.lowerBound)
        appendEntry(
          splice.path, item, isSkipped: isSkipped(splice), after: previous, to: &output)
        before = splice.path
      } else if !splice.replaced.isEmpty {
        before = before ?? name(before: splice.replaced.lowerBound)
      }
    }
    copy(position..<layout.entryCount, after: &before, to: &output)
  }

  private func name(before index: Int) -> [UInt8] {
    guard index > 0 else { return [] }
    return Array(layout.name(index - 1, in: bytes))
  }

  /// Copies entries unchanged. `before` is the name that now precedes them if it differs from the
  /// old one.
  private func copy(_ range: Range<Int>, after before: inout [UInt8]?, to output: inout [UInt8]) {
    guard !range.isEmpty else { return }
    var first = range.lowerBound
    if layout.version == 4, let previous = before {
      let start = Int(layout.offsets[first])
      let fixed = IndexLayout.fixedLength + (bytes[start + 60] & 0x40 != 0 ? 2 : 0)
      output.append(contentsOf: bytes[start..<(start + fixed)])
      let name = Array(layout.name(first, in: bytes))
      appendAbbreviated(name, after: previous, to: &output)
      first += 1
    }
    let part = Int(layout.offsets[first])..<Int(layout.offsets[range.upperBound])
    output.append(contentsOf: bytes[part])
    before = nil
  }

  private func appendAbbreviated(
    _ name: [UInt8], after previous: [UInt8], to output: inout [UInt8]
  ) {
    let shared = zip(name, previous).prefix { $0 == $1 }.count
    OffsetVarint.append(previous.count - shared, to: &output)
    output.append(contentsOf: name[shared...])
    output.append(0)
  }

  /// Whether the file is not in the working tree (a sparse checkout), and need not come there.
  private func isSkipped(_ splice: Splice) -> Bool {
    splice.replaced.count == 1
      && snapshot.withEntry(splice.replaced.lowerBound) { $0.isSkipWorktree }
  }

  private func appendEntry(
    _ path: [UInt8], _ item: TreeItem, isSkipped: Bool, after previous: [UInt8],
    to output: inout [UInt8]
  ) {
    let start = output.count
    let stat =
      isSkipped ? IndexStat() : WorkingFile.stat(path, item, in: repository) ?? IndexStat()
    for word in [
      stat.changedSeconds, stat.changedNanoseconds, stat.modifiedSeconds,
      stat.modifiedNanoseconds, stat.device, stat.inode, item.mode.rawValue, stat.user, stat.group,
      stat.size,
    ] {
      append(word, to: &output)
    }
    item.id.append(to: &output)
    // Extended flags, with skip-worktree; the version allows them, for the entry had them before.
    let flags = UInt16(min(path.count, 0xfff)) | (isSkipped ? 0x4000 : 0)
    withUnsafeBytes(of: flags.bigEndian) { output.append(contentsOf: $0) }
    if isSkipped { output += [0x40, 0] }
    if layout.version == 4 {
      appendAbbreviated(path, after: previous, to: &output)
      return
    }
    output.append(contentsOf: path)
    // "1-8 nul bytes as necessary to pad the entry to a multiple of eight bytes"
    let length = output.count - start
    output.append(contentsOf: [UInt8](repeating: 0, count: 8 - length % 8))
  }

  // MARK: Extensions

  /// Keeps the extensions that are still valid. Drops caches that git rebuilds: the file system
  /// monitor's and the untracked cache (when names are added or removed), and tables of offsets.
  private func appendExtensions(to output: inout [UInt8]) throws(GitError) {
    let entriesEnd = output.count
    let keepsNames = splices.allSatisfy { $0.item != nil && $0.replaced.count == 1 }
    for part in layout.extensions {
      switch part.signature {
      case "TREE":
        let content = try UpdatedCachedTree(
          UnsafeRawBufferPointer(rebasing: bytes[part.range]), repository: repository
        ).content(forIndex: output[..<entriesEnd], changed: splices.map(\.path))
        append(part.signature, content, to: &output)
      case "REUC":
        append(part.signature, Array(bytes[part.range]), to: &output)
      case "UNTR" where keepsNames:
        append(part.signature, Array(bytes[part.range]), to: &output)
      default:
        continue
      }
    }
  }

  private func append(_ signature: String, _ content: [UInt8], to output: inout [UInt8]) {
    output.append(contentsOf: signature.utf8)
    append(UInt32(content.count), to: &output)
    output.append(contentsOf: content)
  }
}

/// The working directory's file for a new entry.
private enum WorkingFile {
  /// Returns its status if it has exactly the entry's content, else `nil`, so that git compares
  /// contents.
  static func stat(_ path: [UInt8], _ item: TreeItem, in repository: Repository) -> IndexStat? {
    guard let directory = repository.workingDirectory else { return nil }
    let absolute = RepositoryPath(bytes: path).systemPath(below: directory)
    // Where it can't be read, git compares contents itself.
    guard let before = (try? RepositoryFile.status(absolute)) ?? nil else { return nil }
    let content: [UInt8]?
    switch before.st_mode & S_IFMT {
    case S_IFREG where item.mode == .regular || item.mode == .executable:
      // Where it can't be read, git compares contents itself.
      content = (try? RepositoryFile.read(absolute)) ?? nil
    case S_IFLNK where item.mode == .symlink:
      // As above.
      content = (try? FileSystem.linkTarget(absolute)) ?? nil
    default: return nil
    }
    guard let content, ObjectHash.id(.blob, content) == item.id,
      // As above.
      let after = (try? RepositoryFile.status(absolute)) ?? nil
    else { return nil }
    let stat = IndexStat(before)
    return stat == IndexStat(after) ? stat : nil
  }
}
