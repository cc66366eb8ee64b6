internal import Files

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Reads the entries of a tree object from its bytes: mode in octal, a space, the name, a zero
/// byte, twenty bytes of id.
struct RawTree {
  struct Entry {
    let mode: FileMode
    let name: UnsafeRawBufferPointer
    let id: ObjectID
    /// The entry's range in the tree's bytes.
    let range: Range<Int>

    var isTree: Bool { mode == .tree }
    var nameText: String { String(decoding: name, as: UTF8.self) }
    var item: TreeItem { TreeItem(mode: mode, id: id) }
  }

  private let bytes: UnsafeRawBufferPointer
  private var offset = 0

  /// - Parameters:
  ///   - bytes: must outlive this value.
  ///   - offset: where an entry starts.
  init(_ bytes: UnsafeRawBufferPointer, from offset: Int = 0) {
    self.bytes = bytes
    self.offset = offset
  }

  /// Returns the next entry, or `nil` at the end.
  mutating func next() throws(GitError) -> Entry? {
    let start = offset
    guard start < bytes.count else { return nil }
    var mode: UInt32 = 0
    while offset < bytes.count, bytes[offset] != UInt8(ascii: " ") {
      let digit = bytes[offset] &- UInt8(ascii: "0")
      guard digit < 8, mode < 1 << 24 else { throw Self.malformed }
      mode = mode << 3 | UInt32(digit)
      offset += 1
    }
    let nameStart = offset + 1
    offset = nameStart
    while offset < bytes.count, bytes[offset] != 0 { offset += 1 }
    let nameEnd = offset
    let end = nameEnd + 21
    guard end <= bytes.count, nameStart < nameEnd, let mode = FileMode(stored: mode) else {
      throw Self.malformed
    }
    offset = end
    return Entry(
      mode: mode, name: UnsafeRawBufferPointer(rebasing: bytes[nameStart..<nameEnd]),
      id: ObjectID(bytes: UnsafeRawBufferPointer(rebasing: bytes[(nameEnd + 1)..<end])),
      range: start..<end)
  }

  /// Returns the unread bytes, starting at `entry` if given.
  private func rest(from entry: Entry?) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[(entry?.range.lowerBound ?? offset)...])
  }

  /// Skips the leading entries both trees share; most of two large trees is the same.
  static func skipCommonStart(_ left: inout RawTree, _ right: inout RawTree) {
    let limit = min(left.bytes.count, right.bytes.count)
    guard limit > 0, let one = left.bytes.baseAddress, let other = right.bytes.baseAddress else {
      return
    }
    var shared = 0
    while shared + 8 <= limit,
      one.loadUnaligned(fromByteOffset: shared, as: UInt64.self)
        == other.loadUnaligned(fromByteOffset: shared, as: UInt64.self)
    { shared += 8 }
    // Find the last entry that lies wholly in the shared bytes.
    var start = 0
    while start < shared, let zero = memchr(one + start, 0, shared - start) {
      let end = UnsafeRawPointer(zero) - one + 21
      if end > shared { break }
      start = end
    }
    left.offset = start
    right.offset = start
  }

  /// Whether both have the same entries left, including the given ones.
  static func endsAlike(
    _ left: RawTree, _ right: RawTree, leftStart: Entry? = nil, rightStart: Entry? = nil
  ) -> Bool {
    let (one, other) = (left.rest(from: leftStart), right.rest(from: rightStart))
    guard one.count == other.count else { return false }
    guard let start = one.baseAddress, let otherStart = other.baseAddress else { return true }
    return memcmp(start, otherStart, one.count) == 0
  }

  private static var malformed: GitError {
    .corrupt("a tree object is malformed", call: "RawTree.next")
  }
}

/// The part of a repository that a query covers: everything, or some paths and everything below
/// them.
struct PathScope {
  enum Relation { case inside, above, outside }

  private let prefixes: [[UInt8]]

  /// No paths, or an empty one, mean everything. A final slash is ignored.
  init(_ paths: [RepositoryPath]) {
    let trimmed = paths.map { path in
      var bytes = path.bytes
      while bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
      return bytes
    }
    prefixes = trimmed.contains { $0.isEmpty } ? [] : trimmed
  }

  func relation(of path: [UInt8]) -> Relation {
    if prefixes.isEmpty { return .inside }
    var result = Relation.outside
    for prefix in prefixes {
      let shared = min(prefix.count, path.count)
      guard prefix[..<shared] == path[..<shared] else { continue }
      if path.count == prefix.count { return .inside }
      if path.count > prefix.count {
        if path[prefix.count] == UInt8(ascii: "/") { return .inside }
      } else if path.isEmpty || prefix[path.count] == UInt8(ascii: "/") {
        result = .above
      }
    }
    return result
  }
}
