internal import CLibgit2

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A pack (gitformat-pack, version 2) and its index.
final class PackFile {
  let index: PackIndex
  private let bytes: UnsafeRawBufferPointer
  /// Where the checksum begins.
  private let end: Int

  /// Compressed bytes, as many as there are after them too, and how many they stand for.
  struct Data {
    let bytes: UnsafeRawBufferPointer
    let size: Int
  }

  enum Entry {
    case whole(git_object_t, Data)
    case delta(base: Int, Data)
  }

  /// `nil` where they can't be read or don't belong together.
  init?(_ pathWithoutExtension: String) {
    guard let index = PackIndex(pathWithoutExtension + ".idx"),
      let bytes = SystemFile.map(pathWithoutExtension + ".pack"), bytes.count >= 32
    else { return nil }
    self.index = index
    self.bytes = bytes
    end = bytes.count - 20
    let word = { (offset: Int) in
      UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
    guard word(0) == 0x5041_434b, word(4) == 2,
      index.packChecksum == ObjectID(bytes: UnsafeRawBufferPointer(rebasing: bytes[end...]))
    else { return nil }
  }

  deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }

  /// Lets go of the memory that was read so far: a long history comes through it once.
  func release() {
    madvise(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count, MADV_DONTNEED)
    index.release()
  }

  /// The object that begins at an offset.
  func entry(at offset: Int) -> Entry? {
    guard offset >= 12, offset < end else { return nil }
    var next = offset
    var byte = bytes[next]
    next += 1
    let type = byte >> 4 & 7
    var size = Int(byte & 15)
    var shift = 4
    while byte & 0x80 != 0 {
      guard next < end, shift < Self.mostBits else { return nil }
      byte = bytes[next]
      next += 1
      size |= Int(byte & 0x7f) << shift
      shift += 7
    }
    guard size < 1 << Self.mostBits else { return nil }
    func data() -> Data {
      Data(bytes: UnsafeRawBufferPointer(rebasing: bytes[next..<end]), size: size)
    }
    switch type {
    case 1: return .whole(GIT_OBJECT_COMMIT, data())
    case 2: return .whole(GIT_OBJECT_TREE, data())
    case 3: return .whole(GIT_OBJECT_BLOB, data())
    case 4: return .whole(GIT_OBJECT_TAG, data())
    case 6:
      var distance = -1
      repeat {
        guard next < end, distance < 1 << 48 else { return nil }
        byte = bytes[next]
        next += 1
        distance = (distance + 1) << 7 | Int(byte & 0x7f)
      } while byte & 0x80 != 0
      guard distance > 0, distance < offset else { return nil }
      return .delta(base: offset - distance, data())
    case 7:
      guard next + 20 <= end else { return nil }
      let id = ObjectID(bytes: UnsafeRawBufferPointer(rebasing: bytes[next..<(next + 20)]))
      next += 20
      guard let base = index.place(of: id) else { return nil }
      return .delta(base: base, data())
    default: return nil
    }
  }

  /// Larger objects are left to libgit2.
  private static let mostBits = 30

  /// A size as deltas begin with: seven bits a byte, the lowest first.
  static func size(_ bytes: UnsafeRawBufferPointer, _ next: inout Int) -> Int? {
    var size = 0
    var shift = 0
    while next < bytes.count, shift < mostBits {
      let byte = bytes[next]
      next += 1
      size |= Int(byte & 0x7f) << shift
      shift += 7
      if byte & 0x80 == 0 { return size < 1 << mostBits ? size : nil }
    }
    return nil
  }
}
