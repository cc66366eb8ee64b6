#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A pack's index of objects (gitformat-pack, "pack-*.idx" version 2): where each one lies.
///
/// Used to read many objects in the order in which they are stored, which is four times as fast as
/// any other. What cannot be read is taken for empty: only the order suffers.
final class PackIndex {
  private let bytes: UnsafeRawBufferPointer
  private let count: Int
  private static let fanOut = 8
  private static let names = fanOut + 256 * 4

  init?(_ path: String) {
    guard let bytes = SystemFile.map(path), bytes.count > Self.names + 40 else { return nil }
    self.bytes = bytes
    let size = bytes.count
    let word = { (offset: Int) in
      UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
    count = Int(word(Self.names - 4))
    // Magic number and version; names, checksums and offsets of all objects must fit.
    guard word(0) == 0xff74_4f63, word(4) == 2, Self.names + count * 28 + 40 <= size else {
      return nil
    }
  }

  deinit {
    munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
  }

  /// Lets go of the memory that was looked at so far.
  func release() {
    madvise(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count, MADV_DONTNEED)
  }

  /// The checksum of the pack that it is of.
  var packChecksum: ObjectID {
    ObjectID(bytes: UnsafeRawBufferPointer(rebasing: bytes[(bytes.count - 40)...]))
  }

  /// The object's offset in the pack; `nil` if it isn't in there.
  func place(of id: ObjectID) -> Int? {
    guard let number = number(of: id) else { return nil }
    let offset = word(Self.names + 24 * count + 4 * number)
    if offset >> 31 == 0 { return Int(offset) }
    // The number of one of the long offsets, which follow the short ones.
    let long = Self.names + 28 * count + 8 * Int(offset & 0x7fff_ffff)
    guard long + 8 <= bytes.count - 40 else { return nil }
    return Int(
      exactly: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: long, as: UInt64.self)))
  }

  /// The object's place among the names; `nil` if it isn't in there.
  private func number(of id: ObjectID) -> Int? {
    let slot = Int(id.firstByte)
    var low = slot == 0 ? 0 : Int(word(Self.fanOut + 4 * (slot - 1)))
    var high = Int(word(Self.fanOut + 4 * slot))
    guard low <= high, high <= count else { return nil }
    while low < high {
      let middle = (low + high) / 2
      let start = Self.names + 20 * middle
      let found = ObjectID(
        bytes: UnsafeRawBufferPointer(rebasing: bytes[start..<(start + 20)]))
      if found == id { return middle }
      if found < id { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  private func word(_ offset: Int) -> UInt32 {
    UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }
}

extension Repository {
  /// Reads many blobs, in the order in which they are stored.
  ///
  /// `body` is called once for each, with the id's position in `ids`, in no order it can rely on.
  package func blobs(_ ids: [ObjectID], _ body: (Int, Result<[UInt8], GitError>) -> Void) {
    for position in packOrder(of: ids) {
      do throws(GitError) {
        body(position, .success(try blob(ids[position])))
      } catch {
        body(position, .failure(error))
      }
    }
  }

  /// The positions of `ids` in the order in which the objects are best read.
  package func packOrder(of ids: [ObjectID]) -> [Int] {
    let packs = ids.count < 16 ? [] : packIndexes()
    guard !packs.isEmpty else { return Array(ids.indices) }
    var order: [(pack: Int, offset: Int, position: Int)] = []
    order.reserveCapacity(ids.count)
    for (position, id) in ids.enumerated() {
      var place = (pack: packs.count, offset: 0, position: position)
      for (number, pack) in packs.enumerated() {
        if let offset = pack.place(of: id) {
          place = (number, offset, position)
          break
        }
      }
      order.append(place)
    }
    order.sort { ($0.pack, $0.offset, $0.position) < ($1.pack, $1.offset, $1.position) }
    return order.map(\.position)
  }

  private func packIndexes() -> [PackIndex] {
    let directory = location.objectsDirectory + "/pack"
    return SystemFile.names(in: directory).filter { $0.hasSuffix(".idx") }.sorted()
      .compactMap { PackIndex(directory + "/" + $0) }
  }
}
