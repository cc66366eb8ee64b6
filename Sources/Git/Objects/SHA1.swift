/// SHA-1 (FIPS 180-4 §6.1.2), for names of new objects and the index's checksum.
struct SHA1 {
  private var h0: UInt32 = 0x6745_2301
  private var h1: UInt32 = 0xefcd_ab89
  private var h2: UInt32 = 0x98ba_dcfe
  private var h3: UInt32 = 0x1032_5476
  private var h4: UInt32 = 0xc3d2_e1f0
  private var length: UInt64 = 0
  /// The start of an incomplete block.
  private var partial: [UInt8] = []

  mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    length += UInt64(bytes.count)
    var rest = bytes
    if !partial.isEmpty {
      let taken = min(64 - partial.count, rest.count)
      partial.append(contentsOf: rest[..<taken])
      rest = UnsafeRawBufferPointer(rebasing: rest[taken...])
      guard partial.count == 64 else { return }
      let block = partial
      block.withUnsafeBytes { process($0) }
      partial.removeAll(keepingCapacity: true)
    }
    let whole = rest.count & ~63
    process(UnsafeRawBufferPointer(rebasing: rest[..<whole]))
    partial.append(contentsOf: rest[whole...])
  }

  /// Returns the digest; the hash must not be used afterwards.
  mutating func finish() -> ObjectID {
    let bits = length * 8
    var padding: [UInt8] = [0x80]
    let used = (partial.count + 1) % 64
    padding += [UInt8](repeating: 0, count: used <= 56 ? 56 - used : 120 - used)
    withUnsafeBytes(of: bits.bigEndian) { padding.append(contentsOf: $0) }
    update(padding)
    return withUnsafeTemporaryAllocation(byteCount: 20, alignment: 4) { buffer in
      for (index, word) in [h0, h1, h2, h3, h4].enumerated() {
        buffer.storeBytes(of: word.bigEndian, toByteOffset: 4 * index, as: UInt32.self)
      }
      return ObjectID(bytes: UnsafeRawBufferPointer(buffer))
    }
  }

  /// Digests whole blocks; `bytes.count` is a multiple of 64.
  private mutating func process(_ bytes: UnsafeRawBufferPointer) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 80) { words in
      // The allocation has 80 elements, hence an address.
      guard let w = words.baseAddress, let base = bytes.baseAddress else { return }
      var offset = 0
      while offset < bytes.count {
        for index in 0..<16 {
          let word = base.loadUnaligned(fromByteOffset: offset + 4 * index, as: UInt32.self)
          w[index] = UInt32(bigEndian: word)
        }
        for index in 16..<80 {
          w[index] = rotate(w[index - 3] ^ w[index - 8] ^ w[index - 14] ^ w[index - 16], 1)
        }
        block(w)
        offset += 64
      }
    }
  }

  @inline(__always)
  private mutating func block(_ w: UnsafeMutablePointer<UInt32>) {
    var (a, b, c, d, e) = (h0, h1, h2, h3, h4)
    for index in 0..<20 {
      let next = rotate(a, 5) &+ ((b & c) | (~b & d)) &+ e &+ 0x5a82_7999 &+ w[index]
      (e, d, c, b, a) = (d, c, rotate(b, 30), a, next)
    }
    for index in 20..<40 {
      let next = rotate(a, 5) &+ (b ^ c ^ d) &+ e &+ 0x6ed9_eba1 &+ w[index]
      (e, d, c, b, a) = (d, c, rotate(b, 30), a, next)
    }
    for index in 40..<60 {
      let next = rotate(a, 5) &+ ((b & c) | (b & d) | (c & d)) &+ e &+ 0x8f1b_bcdc &+ w[index]
      (e, d, c, b, a) = (d, c, rotate(b, 30), a, next)
    }
    for index in 60..<80 {
      let next = rotate(a, 5) &+ (b ^ c ^ d) &+ e &+ 0xca62_c1d6 &+ w[index]
      (e, d, c, b, a) = (d, c, rotate(b, 30), a, next)
    }
    h0 = h0 &+ a
    h1 = h1 &+ b
    h2 = h2 &+ c
    h3 = h3 &+ d
    h4 = h4 &+ e
  }

  @inline(__always)
  private func rotate(_ value: UInt32, _ count: UInt32) -> UInt32 {
    value << count | value >> (32 &- count)
  }
}
