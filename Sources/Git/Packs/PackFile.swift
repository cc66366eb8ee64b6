internal import CLibgit2

/// A pack (gitformat-pack, version 2) and its index.
final class PackFile {
  let index: PackIndex
  private let file: FileWindow
  /// The offset of the checksum.
  private let end: Int

  /// The offset of compressed bytes and their uncompressed size.
  struct Data {
    let offset: Int
    let size: Int
  }

  enum Entry {
    case whole(git_object_t, Data)
    case delta(base: Int, Data)
  }

  /// Large enough for most delta-compressed trees and most commits.
  private static let window = 4096
  private static let largestMapped = 4 << 20
  /// The longest header of a packed object: its size, and the name or offset of its delta base.
  private static let longestHead = 32

  /// Returns `nil` if the files can't be read or don't belong together.
  init?(_ pathWithoutExtension: String) {
    guard let index = PackIndex(pathWithoutExtension + ".idx"),
      let file = FileWindow(
        pathWithoutExtension + ".pack", width: Self.window, largestMapped: Self.largestMapped),
      file.size >= 32
    else { return nil }
    (self.index, self.file) = (index, file)
    end = file.size - 20
    guard let head = file.bytes(0, 8), head.word(0) == 0x5041_434b, head.word(4) == 2,
      let checksum = file.bytes(end, 20), index.packChecksum == ObjectID(bytes: checksum)
    else { return nil }
  }

  /// Returns compressed bytes from an offset on, perhaps not all; none at the end.
  func bytes(from offset: Int) -> UnsafeRawBufferPointer {
    guard offset >= 0, offset < end else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    return UnsafeRawBufferPointer(rebasing: file.bytes(from: offset).prefix(end - offset))
  }

  /// Returns the object at an offset.
  func entry(at offset: Int) -> Entry? {
    guard offset >= 12, offset < end else { return nil }
    let head = UnsafeRawBufferPointer(
      rebasing: file.bytes(from: offset, atLeast: Self.longestHead).prefix(end - offset))
    guard !head.isEmpty else { return nil }
    var next = 0
    var byte = head[next]
    next += 1
    let type = byte >> 4 & 7
    var size = Int(byte & 15)
    var shift = 4
    while byte & 0x80 != 0 {
      guard next < head.count, shift < Self.mostBits else { return nil }
      byte = head[next]
      next += 1
      size |= Int(byte & 0x7f) << shift
      shift += 7
    }
    guard size < 1 << Self.mostBits else { return nil }
    func data() -> Data { Data(offset: offset + next, size: size) }
    switch type {
    case 1: return .whole(GIT_OBJECT_COMMIT, data())
    case 2: return .whole(GIT_OBJECT_TREE, data())
    case 3: return .whole(GIT_OBJECT_BLOB, data())
    case 4: return .whole(GIT_OBJECT_TAG, data())
    case 6:
      var distance = -1
      repeat {
        guard next < head.count, distance < 1 << 48 else { return nil }
        byte = head[next]
        next += 1
        distance = (distance + 1) << 7 | Int(byte & 0x7f)
      } while byte & 0x80 != 0
      guard distance > 0, distance < offset else { return nil }
      return .delta(base: offset - distance, data())
    case 7:
      guard next + 20 <= head.count else { return nil }
      let id = ObjectID(bytes: UnsafeRawBufferPointer(rebasing: head[next..<(next + 20)]))
      next += 20
      guard let base = index.place(of: id) else { return nil }
      return .delta(base: base, data())
    default: return nil
    }
  }

  /// The limit of an object's size in bits; larger objects are left to libgit2.
  private static let mostBits = 30

  /// Reads a size at the start of a delta: seven bits per byte, lowest first.
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
