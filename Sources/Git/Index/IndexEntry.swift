package import Files

/// The file status stored in the index, each number truncated to 32 bits.
package struct IndexStat: Sendable, Hashable {
  package var changedSeconds: UInt32 = 0
  package var changedNanoseconds: UInt32 = 0
  package var modifiedSeconds: UInt32 = 0
  package var modifiedNanoseconds: UInt32 = 0
  package var device: UInt32 = 0
  package var inode: UInt32 = 0
  package var user: UInt32 = 0
  package var group: UInt32 = 0
  package var size: UInt32 = 0
}

/// A copy of an index entry.
package struct IndexEntry: Sendable, Hashable {
  /// Relative to the root.
  package let path: RepositoryPath
  package let mode: FileMode
  package let id: ObjectID
  /// 0, or in a conflict 1 (base), 2 (ours), 3 (theirs).
  package let stage: Int
  package let isIntentToAdd: Bool
  package let isSkipWorktree: Bool
  package let isAssumeValid: Bool
  package let stat: IndexStat

  package var item: TreeItem { TreeItem(mode: mode, id: id) }
}

/// A view of an index entry in the mapped file; valid only as long as the snapshot.
package struct IndexEntryView {
  private let base: UnsafeRawPointer
  /// The path's bytes, relative to the root.
  package let pathBytes: UnsafeRawBufferPointer

  /// `base` points to a whole entry.
  init(base: UnsafeRawPointer, pathBytes: UnsafeRawBufferPointer) {
    (self.base, self.pathBytes) = (base, pathBytes)
  }

  @inline(__always)
  private func word(_ offset: Int) -> UInt32 {
    UInt32(bigEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  private var flags: UInt16 {
    UInt16(bigEndian: base.loadUnaligned(fromByteOffset: 60, as: UInt16.self))
  }

  private var extendedFlags: UInt16 {
    guard flags & 0x4000 != 0 else { return 0 }
    return UInt16(bigEndian: base.loadUnaligned(fromByteOffset: 62, as: UInt16.self))
  }

  package var path: RepositoryPath { RepositoryPath(bytes: pathBytes) }
  package var mode: FileMode { FileMode(stored: word(24)) ?? .regular }
  package var id: ObjectID {
    ObjectID(bytes: UnsafeRawBufferPointer(start: base + 40, count: 20))
  }
  /// 0, or in a conflict 1 (base), 2 (ours), 3 (theirs).
  package var stage: Int { Int(flags >> 12 & 3) }
  package var isAssumeValid: Bool { flags & 0x8000 != 0 }
  package var isSkipWorktree: Bool { extendedFlags & 0x4000 != 0 }
  package var isIntentToAdd: Bool { extendedFlags & 0x2000 != 0 }
  package var item: TreeItem { TreeItem(mode: mode, id: id) }

  var modifiedSeconds: UInt32 { word(8) }

  package var stat: IndexStat {
    IndexStat(
      changedSeconds: word(0), changedNanoseconds: word(4), modifiedSeconds: word(8),
      modifiedNanoseconds: word(12), device: word(16), inode: word(20), user: word(28),
      group: word(32), size: word(36))
  }

  /// A copy that outlives the snapshot.
  package var copy: IndexEntry {
    IndexEntry(
      path: path, mode: mode, id: id, stage: stage, isIntentToAdd: isIntentToAdd,
      isSkipWorktree: isSkipWorktree, isAssumeValid: isAssumeValid, stat: stat)
  }
}
