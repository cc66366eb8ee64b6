internal import Files

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A pack's index (gitformat-pack, "pack-*.idx" version 2): the offset of each object.
///
/// Used to read many objects in storage order, which is four times as fast as any other. An
/// unreadable index counts as empty: only the order suffers.
final class PackIndex {
  private let file: FileWindow
  private let count: Int
  /// For each byte, the number of names whose first byte is not greater.
  private let fanOut: [Int]
  /// The checksum of the pack this index belongs to.
  let packChecksum: ObjectID

  private static let fanOutStart = 8
  private static let names = fanOutStart + 256 * 4
  private static let largestMapped = 32 << 20
  /// The number of names read at once.
  private static let together = 192

  /// Returns the paths of the packs in a directory that have an index, without `.pack` and `.idx`;
  /// none if it can't be read, for libgit2 reads instead and reports it.
  static func packs(in directory: String) -> [String] {
    // See above.
    let names = (try? RepositoryFile.names(in: directory)) ?? []
    return names.filter { $0.hasEnding(".idx") }.map { "\(directory)/\($0.text.dropLast(4))" }
  }

  init?(_ path: String) {
    guard
      let file = FileWindow(path, width: Self.together * 20, largestMapped: Self.largestMapped),
      file.size > Self.names + 40
    else { return nil }
    self.file = file
    guard let head = file.bytes(0, Self.names), head.word(0) == 0xff74_4f63, head.word(4) == 2
    else {
      return nil
    }
    fanOut = (0..<256).map { Int(head.word(Self.fanOutStart + 4 * $0)) }
    count = fanOut[255]
    // Names, checksums and offsets of all objects must fit.
    guard Self.names + count * 28 + 40 <= file.size,
      let checksum = file.bytes(file.size - 40, 20)
    else { return nil }
    packChecksum = ObjectID(bytes: checksum)
  }

  /// Returns the object's offset in the pack, or `nil` if it isn't there.
  func place(of id: ObjectID) -> Int? {
    guard let number = number(of: id),
      let offset = file.bytes(Self.names + 24 * count + 4 * number, 4)?.word(0)
    else { return nil }
    if offset >> 31 == 0 { return Int(offset) }
    // An index into the long offsets, which follow the short ones.
    let long = Self.names + 28 * count + 8 * Int(offset & 0x7fff_ffff)
    guard long + 8 <= file.size - 40, let bytes = file.bytes(long, 8) else { return nil }
    return Int(exactly: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)))
  }

  /// Returns the object's position among the names, or `nil` if it isn't there.
  ///
  /// Names are effectively random, so a name's position can be estimated to within a few, which are
  /// read at once.
  private func number(of id: ObjectID) -> Int? {
    let slot = Int(id.firstByte)
    var low = slot == 0 ? 0 : fanOut[slot - 1]
    var high = fanOut[slot]
    guard low <= high, high <= count else { return nil }
    var start = low + Int(Double(high - low) * id.fractionAfterFirstByte) - Self.together / 2
    while low < high {
      start = max(low, min(start, high - Self.together))
      let end = min(start + Self.together, high)
      guard
        let part = file.bytes(Self.names + 20 * start, 20 * (end - start))
      else { return nil }
      if id < part.name(0) {
        high = start
        start -= Self.together
      } else if part.name(end - start - 1) < id {
        low = end
        start = end
      } else {
        return Self.place(of: id, in: part, end - start).map { start + $0 }
      }
      // Far from the estimate: fall back to bisection.
      if high - low > 4 * Self.together { start = (low + high) / 2 }
    }
    return nil
  }

  private static func place(of id: ObjectID, in names: UnsafeRawBufferPointer, _ count: Int) -> Int?
  {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      let found = names.name(middle)
      if found == id { return middle }
      if found < id { low = middle + 1 } else { high = middle }
    }
    return nil
  }
}

extension UnsafeRawBufferPointer {
  /// Reads a number in network byte order.
  func word(_ offset: Int) -> UInt32 {
    UInt32(bigEndian: loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  fileprivate func name(_ number: Int) -> ObjectID {
    ObjectID(bytes: UnsafeRawBufferPointer(rebasing: self[(20 * number)..<(20 * number + 20)]))
  }
}

extension Repository {
  /// Reads many blobs in storage order.
  ///
  /// Calls `body` once for each, with the id's position in `ids`, in unspecified order.
  package func blobs(_ ids: [ObjectID], _ body: (Int, Result<[UInt8], GitError>) -> Void) {
    for position in packOrder(of: ids) {
      do throws(GitError) {
        body(position, .success(try blob(ids[position])))
      } catch {
        body(position, .failure(error))
      }
    }
  }

  /// Returns the positions of `ids` in the fastest order for reading the objects.
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
    PackIndex.packs(in: location.objectsDirectory + "/pack").compactMap { PackIndex($0 + ".idx") }
  }
}
