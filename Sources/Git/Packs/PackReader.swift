internal import CLibgit2

/// Reads objects from packs, fast enough for walks through history.
///
/// Covers the packs of the repository itself (gitformat-pack, version 2) and caches delta bases,
/// many more of them than libgit2 does. Everything else is left to libgit2: loose objects,
/// alternates, damage. Bytes aren't verified against their names, so use it only for data that can
/// be discarded and rebuilt.
final class PackReader {
  private let packs: [PackFile]
  private let inflater: Inflater
  private var kept: [Place: Kept] = [:]
  private var places: [ObjectID: Place] = [:]
  /// The cached objects, oldest first, from `oldest` on.
  private var order: [Place] = []
  private var oldest = 0
  private var size = 0
  private let limit: Int
  private let kind: git_object_t
  private static let longestChain = 10_000

  private struct Place: Hashable {
    let pack: Int
    let offset: Int
  }

  private struct Kept {
    let object: RawObject
    var id: ObjectID?
  }

  /// - Parameters:
  ///   - limit: the size of the cache in bytes.
  ///   - kind: the kind of objects to cache.
  init?(packsIn directory: String, keeping limit: Int = 32 << 20, of kind: ObjectKind = .tree) {
    (self.limit, self.kind) = (limit, kind.libgit2)
    packs = PackIndex.packs(in: directory).compactMap { PackFile($0) }
    guard !packs.isEmpty, let inflater = Inflater() else { return nil }
    self.inflater = inflater
  }

  /// Returns the object, or `nil` if it isn't packed here, is too large to be read, or its packed
  /// form is damaged.
  func object(_ id: ObjectID) -> RawObject? {
    if let place = places[id] { return kept[place]?.object }
    for (number, pack) in packs.enumerated() {
      guard let offset = pack.index.place(of: id) else { continue }
      let place = Place(pack: number, offset: offset)
      guard let object = read(place) else { continue }
      if kept[place] != nil {
        kept[place]?.id = id
        places[id] = place
      }
      return object
    }
    return nil
  }

  private func read(_ start: Place) -> RawObject? {
    let pack = packs[start.pack]
    var deltas: [(place: Place, data: PackFile.Data)] = []
    var here = start
    var found: RawObject?
    while found == nil {
      if let known = kept[here] {
        found = known.object
        break
      }
      guard deltas.count < Self.longestChain, let entry = pack.entry(at: here.offset) else {
        return nil
      }
      switch entry {
      case .whole(let kind, let data):
        guard data.size <= Repository.largestObject,
          let bytes = inflater.inflate(data, of: pack)
        else { return nil }
        let object = RawObject(bytes, kind)
        keep(object, at: here)
        found = object
      case .delta(let base, let data):
        deltas.append((here, data))
        here = Place(pack: start.pack, offset: base)
      }
    }
    for delta in deltas.reversed() {
      guard let base = found, delta.data.size <= Repository.largestObject,
        let script = inflater.script(delta.data, of: pack),
        let bytes = Delta.apply(script, to: base.bytes)
      else { return nil }
      let object = RawObject(bytes, base.kind)
      keep(object, at: delta.place)
      found = object
    }
    return found
  }

  /// Caches what will be read again: delta bases, and trees that the next commit shares.
  private func keep(_ object: RawObject, at place: Place) {
    guard object.kind == kind else { return }
    kept[place] = Kept(object: object)
    order.append(place)
    size += object.bytes.count
    while size > limit, oldest < order.count {
      if let old = kept.removeValue(forKey: order[oldest]) {
        size -= old.object.bytes.count
        if let id = old.id { places[id] = nil }
      }
      oldest += 1
    }
    if oldest > 100_000 {
      order.removeFirst(oldest)
      oldest = 0
    }
  }
}

extension Repository {
  /// Reads packs with docket's own reader from here on.
  ///
  /// Like `withoutHashVerification`, only for data that can be discarded and rebuilt.
  ///
  /// - Parameter limit: the number of bytes of trees to cache; a large one pays where trees are
  ///   compared.
  package func readPacks(keeping limit: Int = 32 << 20) {
    packReader = PackReader(packsIn: location.objectsDirectory + "/pack", keeping: limit)
  }

  /// Does the same for reading many blobs, which may differ little from one another.
  package func readPacksForBlobs() {
    packReader = PackReader(
      packsIn: location.objectsDirectory + "/pack", keeping: 8 << 20, of: .blob)
  }

  /// Does the same while `body` runs.
  package func readingPacks<Result, Failure: Error>(
    keeping limit: Int = 32 << 20, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    readPacks(keeping: limit)
    defer { packReader = nil }
    return try body()
  }
}

/// Decompresses zlib streams, reusing one state.
private final class Inflater {
  private let stream: UnsafeMutablePointer<z_stream>
  private var space = UnsafeMutableRawBufferPointer.allocate(byteCount: 1024, alignment: 8)

  init?() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard inflateInit_(stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      stream.deallocate()
      space.deallocate()
      return nil
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    space.deallocate()
  }

  /// Returns exactly as many bytes as the pack declares, which the caller must free; `nil` for
  /// anything else.
  func inflate(_ data: PackFile.Data, of pack: PackFile) -> UnsafeMutableRawBufferPointer? {
    // One extra byte detects a stream that is too long.
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: data.size + 1, alignment: 8)
    guard inflate(data, of: pack, to: bytes) else {
      bytes.deallocate()
      return nil
    }
    return UnsafeMutableRawBufferPointer(start: bytes.baseAddress, count: data.size)
  }

  /// Does the same for bytes used at once: the next call overwrites them.
  func script(_ data: PackFile.Data, of pack: PackFile) -> UnsafeRawBufferPointer? {
    if space.count <= data.size {
      space.deallocate()
      space = .allocate(byteCount: 2 * data.size + 1024, alignment: 8)
    }
    return inflate(data, of: pack, to: space)
      ? UnsafeRawBufferPointer(start: space.baseAddress, count: data.size) : nil
  }

  private func inflate(
    _ data: PackFile.Data, of pack: PackFile, to bytes: UnsafeMutableRawBufferPointer
  ) -> Bool {
    guard inflateReset(stream) == Z_OK else { return false }
    stream.pointee.next_out = bytes.bindMemory(to: UInt8.self).baseAddress
    stream.pointee.avail_out = uInt(data.size + 1)
    var offset = data.offset
    while true {
      let part = pack.bytes(from: offset).bindMemory(to: UInt8.self)
      guard !part.isEmpty else { return false }
      stream.pointee.next_in = UnsafeMutablePointer(mutating: part.baseAddress)
      stream.pointee.avail_in = uInt(part.count)
      let code = CLibgit2.inflate(stream, Z_NO_FLUSH)
      if code == Z_STREAM_END { return stream.pointee.total_out == UInt(data.size) }
      // More bytes than the pack declares, or not a zlib stream.
      guard code == Z_OK, stream.pointee.avail_in == 0 else { return false }
      offset += part.count
    }
  }
}

/// Applies deltas (gitformat-pack, "Deltified representation").
enum Delta {
  /// Returns bytes that the caller must free, or `nil` if the script doesn't fit the base.
  static func apply(_ script: UnsafeRawBufferPointer, to base: UnsafeRawBufferPointer)
    -> UnsafeMutableRawBufferPointer?
  {
    var next = 0
    guard PackFile.size(script, &next) == base.count, let size = PackFile.size(script, &next),
      size <= Repository.largestObject
    else { return nil }
    let result = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 8)
    var end = 0
    while next < script.count {
      let code = script[next]
      next += 1
      let part: UnsafeRawBufferPointer
      if code & 0x80 != 0 {
        var offset = 0
        var count = 0
        for bit in 0..<7 where code >> bit & 1 != 0 {
          guard next < script.count else { break }
          if bit < 4 {
            offset |= Int(script[next]) << (8 * bit)
          } else {
            count |= Int(script[next]) << (8 * (bit - 4))
          }
          next += 1
        }
        if count == 0 { count = 0x10000 }
        guard offset + count <= base.count else { break }
        part = UnsafeRawBufferPointer(rebasing: base[offset..<(offset + count)])
      } else {
        let count = Int(code)
        guard count > 0, next + count <= script.count else { break }
        part = UnsafeRawBufferPointer(rebasing: script[next..<(next + count)])
        next += count
      }
      guard end + part.count <= size, let start = part.baseAddress else { break }
      result.baseAddress?.advanced(by: end).copyMemory(from: start, byteCount: part.count)
      end += part.count
      if next == script.count, end == size { return result }
    }
    if size == 0, next == script.count { return result }
    result.deallocate()
    return nil
  }
}
