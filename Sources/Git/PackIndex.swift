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
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, Int(status.st_size) > Self.names + 40 else {
      return nil
    }
    let size = Int(status.st_size)
    guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0),
      address != MAP_FAILED
    else { return nil }
    bytes = UnsafeRawBufferPointer(start: address, count: size)
    let word = { (offset: Int) in
      UInt32(
        bigEndian: UnsafeRawPointer(address).loadUnaligned(
          fromByteOffset: offset, as: UInt32.self))
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

  /// The object's offset in the pack, large ones cut to 31 bits; `nil` if it isn't in there.
  func offset(of id: ObjectID) -> UInt32? {
    let slot = Int(id.firstByte)
    var low = slot == 0 ? 0 : Int(word(Self.fanOut + 4 * (slot - 1)))
    var high = Int(word(Self.fanOut + 4 * slot))
    guard low <= high, high <= count else { return nil }
    while low < high {
      let middle = (low + high) / 2
      let start = Self.names + 20 * middle
      let found = ObjectID(
        bytes: UnsafeRawBufferPointer(rebasing: bytes[start..<(start + 20)]))
      if found == id { return word(Self.names + 24 * count + 4 * middle) & 0x7fff_ffff }
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
    var order: [(pack: Int, offset: UInt32, position: Int)] = []
    order.reserveCapacity(ids.count)
    for (position, id) in ids.enumerated() {
      var place = (pack: packs.count, offset: UInt32(0), position: position)
      for (number, pack) in packs.enumerated() {
        if let offset = pack.offset(of: id) {
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
