internal import Files

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Makes one whole list of entries of an index that is split over two files (gitformat-index, "Split
/// index") or that holds directories (gitformat-index, "Sparse directory entries").
///
/// Reading and editing then know one form only. An edited index is written whole; git splits it or
/// collapses directories again when it next writes one.
struct IndexExpansion {
  private struct Entry {
    var name: [UInt8]
    /// Everything before the name: 62 bytes, or 64 with the extended flags.
    var fixed: [UInt8]
  }

  private let repository: Repository
  private var entries: [Entry] = []
  private var kept: [(signature: String, content: [UInt8])] = []

  /// Returns the bytes of a whole index, version 3, in place of those in `file`.
  static func bytes(
    of file: IndexFile, _ layout: IndexLayout, path: String, in repository: Repository
  ) throws(GitError) -> [UInt8] {
    try file.checkIntegrity(path)
    var expansion = IndexExpansion(repository: repository)
    let own = entries(of: file, layout)
    if let link = layout.extensions.first(where: { $0.signature == "link" }) {
      try expansion.merge(own, by: Array(file.bytes[link.range]))
    } else {
      expansion.entries = own
    }
    let isSparse = layout.extensions.contains { $0.signature == "sdir" }
    if isSparse { try expansion.expandDirectories() }
    for part in layout.extensions where part.signature == "REUC" || part.signature == "TREE" {
      // The cached trees of a sparse index count its directories as entries.
      if isSparse, part.signature == "TREE" { continue }
      expansion.kept.append((part.signature, Array(file.bytes[part.range])))
    }
    return expansion.written()
  }

  private static func entries(of file: IndexFile, _ layout: IndexLayout) -> [Entry] {
    (0..<layout.entryCount).map { index in
      let start = Int(layout.offsets[index])
      let length = IndexLayout.fixedLength + (file.bytes[start + 60] & 0x40 != 0 ? 2 : 0)
      return Entry(
        name: Array(layout.name(index, in: file.bytes)),
        fixed: Array(file.bytes[start..<(start + length)]))
    }
  }

  // MARK: Split

  /// Merges the file's own entries into those of the shared index that `link` names.
  private mutating func merge(_ own: [Entry], by link: [UInt8]) throws(GitError) {
    let malformed = GitError.corrupt(
      "index file corrupt: the link to its shared part", call: "readIndex")
    guard link.count >= 20 else { throw malformed }
    let base = link.withUnsafeBytes { ObjectID(bytes: UnsafeRawBufferPointer(rebasing: $0[..<20])) }
    if base == .zero {
      entries = own
      return
    }
    var rest = link[20...]
    // A link without bitmaps changes nothing of the shared part.
    let deleted = rest.isEmpty ? [] : try EWAHBitmap.positions(from: &rest)
    let replaced = rest.isEmpty ? [] : try EWAHBitmap.positions(from: &rest)
    let path = "\(repository.gitDirectory)/sharedindex.\(base)"
    let shared = try IndexFile(path)
    guard shared.modified != nil else {
      throw GitError.corrupt("\(path) is missing, a part of the index", call: "readIndex")
    }
    try shared.checkIntegrity(path)
    let layout = try IndexLayout(shared.bytes, path: path)
    var merged = Self.entries(of: shared, layout)
    // Entries that replace shared ones come first, without names.
    guard own.count >= replaced.count, replaced.allSatisfy({ $0 < merged.count }),
      deleted.allSatisfy({ $0 < merged.count })
    else { throw malformed }
    for (entry, position) in zip(own, replaced.sorted()) {
      guard entry.name.isEmpty else { throw malformed }
      merged[position].fixed = entry.fixed
    }
    let added = own[replaced.count...]
    guard added.allSatisfy({ !$0.name.isEmpty }) else { throw malformed }
    let names = Set(added.map(\.name))
    entries =
      merged.enumerated().filter {
        !deleted.contains($0.offset) && !names.contains($0.element.name)
      }
      .map(\.element) + added
    // A stable order: the stages of a conflict stay as they are.
    entries = entries.enumerated().sorted { left, right in
      let order = Self.order(left.element, right.element)
      return order == 0 ? left.offset < right.offset : order < 0
    }.map(\.element)
  }

  /// As git sorts entries: by name, then stage.
  private static func order(_ left: Entry, _ right: Entry) -> Int {
    let names = left.name.withUnsafeBytes { one in
      right.name.withUnsafeBytes { PathOrder.compare(one, $0) }
    }
    return names != 0 ? Int(names) : Int(left.fixed[60] >> 4 & 3) - Int(right.fixed[60] >> 4 & 3)
  }

  // MARK: Sparse

  /// Replaces each directory by its files, which aren't in the working tree.
  private mutating func expandDirectories() throws(GitError) {
    var expanded: [Entry] = []
    var limit = TreeLimit.walk(of: .root)
    for entry in entries {
      // The mode 040000, in the bytes 24 to 27.
      guard entry.fixed[26] == 0x40, entry.fixed[27] == 0 else {
        expanded.append(entry)
        continue
      }
      let id = entry.fixed.withUnsafeBytes {
        ObjectID(bytes: UnsafeRawBufferPointer(rebasing: $0[40..<60]))
      }
      var prefix = entry.name
      try repository.walk(id, prefix: &prefix, depth: 0, &limit, where: nil) { (path, item) in
        expanded.append(Self.skipped(path.bytes, TreeItem(mode: item.mode, id: item.id)))
      }
    }
    entries = expanded
  }

  private static func skipped(_ name: [UInt8], _ item: TreeItem) -> Entry {
    var fixed = [UInt8](repeating: 0, count: 24)
    withUnsafeBytes(of: item.mode.rawValue.bigEndian) { fixed.append(contentsOf: $0) }
    fixed += [UInt8](repeating: 0, count: 12)
    item.id.append(to: &fixed)
    // Extended, and the length, which is set when it is written; skip-worktree.
    fixed += [0x40, 0, 0x40, 0]
    return Entry(name: name, fixed: fixed)
  }

  // MARK: Writing

  private func written() -> [UInt8] {
    var output: [UInt8] = Array("DIRC".utf8)
    func append(_ value: UInt32) {
      withUnsafeBytes(of: value.bigEndian) { output.append(contentsOf: $0) }
    }
    append(3)
    append(UInt32(entries.count))
    for entry in entries {
      let length = UInt16(min(entry.name.count, 0xfff))
      var fixed = entry.fixed
      fixed[60] = fixed[60] & 0xF0 | UInt8(length >> 8)
      fixed[61] = UInt8(length & 0xFF)
      output += fixed
      output += entry.name
      output += [UInt8](repeating: 0, count: 8 - (fixed.count + entry.name.count) % 8)
    }
    for part in kept {
      output += Array(part.signature.utf8)
      append(UInt32(part.content.count))
      output += part.content
    }
    var hash = SHA1()
    hash.update(output)
    hash.finish().append(to: &output)
    return output
  }
}

/// The compressed bitmaps of git's indexes (gitformat-bitmap, "EWAH").
enum EWAHBitmap {
  /// Removes one bitmap from the start of `bytes` and returns the positions of its set bits.
  static func positions(from bytes: inout ArraySlice<UInt8>) throws(GitError) -> Set<Int> {
    let malformed = GitError.corrupt("index file corrupt: a bitmap", call: "readIndex")
    func take(_ count: Int) throws(GitError) -> UInt64 {
      guard bytes.count >= count else { throw malformed }
      defer { bytes = bytes.dropFirst(count) }
      return bytes.prefix(count).reduce(0) { $0 << 8 | UInt64($1) }
    }
    let bits = Int(try take(4))
    var words = Int(try take(4))
    var positions: Set<Int> = []
    var start = 0
    while words > 0 {
      let marker = try take(8)
      words -= 1
      let (isSet, run, literals) = (marker & 1 != 0, marker >> 1 & 0xFFFF_FFFF, marker >> 33)
      // Set bits beyond the bitmap's size: a bitmap that means memory, not positions.
      guard Int(run) <= bits / 64 + 1, Int(literals) <= words else { throw malformed }
      if isSet { positions.formUnion(start..<(start + Int(run) * 64)) }
      start += Int(run) * 64
      for _ in 0..<Int(literals) {
        let word = try take(8)
        for bit in 0..<64 where word >> UInt64(bit) & 1 != 0 { positions.insert(start + bit) }
        start += 64
      }
      words -= Int(literals)
    }
    _ = try take(4)
    return positions
  }
}
