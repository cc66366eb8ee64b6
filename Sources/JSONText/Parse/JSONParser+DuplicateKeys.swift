/// Finds keys that repeat an earlier key of the same object.
extension JSONParser {
  /// Records the repeated keys of `object`, whose members have all been read.
  @inline(__always)
  mutating func noteDuplicateKeys(of object: UInt32) {
    let count = nodes[Int(object)].count
    guard count > 1 else { return }
    if count <= 24, noneRepeats(object, count) { return }
    noteRepeats(object, count)
  }

  /// Whether the keys of `object`, at most 24, are certainly all different.
  @inline(__always)
  private func noneRepeats(_ object: UInt32, _ count: Int) -> Bool {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) { seen in
      var filter: UInt64 = 0
      var index = Int(object) + 1
      for position in 0..<count {
        guard !nodes[index].flag else { return false }
        let signature = signature(nodes[index])
        let bit: UInt64 = 1 &<< (signature &* 0x9E37_79B9_7F4A_7C15 &>> 58)
        if filter & bit != 0 {
          for earlier in 0..<position where seen[earlier] == signature { return false }
        }
        filter |= bit
        seen[position] = signature
        index = Int(nodes[index + 1].next)
      }
      return true
    }
  }

  /// Returns a hash of the length and up to sixteen bytes of a key, nearly always different for
  /// different keys.
  @inline(__always)
  private func signature(_ key: PackedNode) -> UInt64 {
    let start = Int(key.start) + 1
    let length = Int(key.end) - 1 - start
    let text = UnsafeRawPointer(base)
    if length >= 8 {
      let head = text.loadUnaligned(fromByteOffset: start, as: UInt64.self)
      let tail = text.loadUnaligned(fromByteOffset: start + length - 8, as: UInt64.self)
      return (head &* 31 &+ tail) &* 31 &+ UInt64(truncatingIfNeeded: length)
    }
    var word: UInt64 = 0
    for offset in start..<start + length { word = word &<< 8 | UInt64(base[offset]) }
    return word &* 31 &+ UInt64(truncatingIfNeeded: length)
  }

  /// Finds repeats exactly, using a hash seeded per process so that no text can make it slow.
  @inline(never)
  private mutating func noteRepeats(_ object: UInt32, _ count: Int) {
    var keys: [(hash: Int, index: UInt32)] = []
    keys.reserveCapacity(count)
    var index = Int(object) + 1
    for _ in 0..<count {
      keys.append((hash(nodes[index]), UInt32(truncatingIfNeeded: index)))
      index = Int(nodes[index + 1].next)
    }
    keys.sort { ($0.hash, $0.index) < ($1.hash, $1.index) }
    var run = 0
    while run < keys.count {
      var firsts: [String] = []
      var end = run
      while end < keys.count, keys[end].hash == keys[run].hash { end += 1 }
      if end > run + 1 {
        for key in keys[run..<end] {
          let name = text(nodes[Int(key.index)])
          if firsts.contains(where: { $0.utf8.elementsEqual(name.utf8) }) {
            duplicateKeys.append(key.index)
          } else {
            firsts.append(name)
          }
        }
      }
      run = end
    }
  }

  private func hash(_ key: PackedNode) -> Int {
    var hasher = Hasher()
    if key.flag {
      var name = text(key)
      name.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    } else {
      let start = Int(key.start) + 1
      hasher.combine(
        bytes: UnsafeRawBufferPointer(start: base + start, count: Int(key.end) - 1 - start))
    }
    return hasher.finalize()
  }

  private func text(_ key: PackedNode) -> String {
    StringText.decode(UnsafeBufferPointer(start: base, count: end), key)
  }
}
