internal import CLibgit2

/// The SHA-1 name of a git object.
///
/// Stored as three integers rather than libgit2's tuple of twenty bytes, so comparing and hashing
/// take a few instructions. Ordered as the hexadecimal text.
package struct ObjectID: Hashable, Comparable, Sendable, CustomStringConvertible {
  private let high: UInt64
  private let middle: UInt64
  private let low: UInt32

  /// All zeros: "no object" in git's own interfaces.
  package static let zero = ObjectID(high: 0, middle: 0, low: 0)
  /// The tree without entries, which git knows without storing it.
  package static let emptyTree = ObjectID(
    high: 0x4b82_5dc6_42cb_6eb9, middle: 0xa060_e54b_f8d6_9288, low: 0xfbee_4904)

  private init(high: UInt64, middle: UInt64, low: UInt32) {
    (self.high, self.middle, self.low) = (high, middle, low)
  }

  /// Reads the first twenty bytes; `bytes` must have at least that many.
  package init(bytes: UnsafeRawBufferPointer) {
    precondition(bytes.count >= 20, "an object id has twenty bytes")
    high = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
    middle = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    low = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
  }

  /// Parses forty hexadecimal digits of either case; `nil` for anything else.
  package init?(hex: some StringProtocol) { self.init(hexDigits: hex.utf8) }

  /// Parses the same from ASCII.
  init?(hexDigits: some Collection<UInt8>) {
    var (high, middle, low): (UInt64, UInt64, UInt32) = (0, 0, 0)
    var count = 0
    for byte in hexDigits {
      let value: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = byte - UInt8(ascii: "A") + 10
      default: return nil
      }
      switch count {
      case 0..<16: high = high << 4 | UInt64(value)
      case 16..<32: middle = middle << 4 | UInt64(value)
      case 32..<40: low = low << 4 | UInt32(value)
      default: return nil
      }
      count += 1
    }
    guard count == 40 else { return nil }
    self.init(high: high, middle: middle, low: low)
  }

  init(_ oid: git_oid) {
    self = withUnsafeBytes(of: oid.id) { ObjectID(bytes: $0) }
  }

  /// The twenty bytes.
  package var bytes: [UInt8] {
    var result: [UInt8] = []
    append(to: &result)
    return result
  }

  func append(to bytes: inout [UInt8]) {
    withUnsafeBytes(of: high.bigEndian) { bytes.append(contentsOf: $0) }
    withUnsafeBytes(of: middle.bigEndian) { bytes.append(contentsOf: $0) }
    withUnsafeBytes(of: low.bigEndian) { bytes.append(contentsOf: $0) }
  }

  /// The first byte, which chooses a loose object's directory and a pack index's fan-out slot.
  var firstByte: UInt8 { UInt8(high >> 56) }

  /// The bits after the first byte as a fraction: the likely position among names with the same
  /// first byte.
  var fractionAfterFirstByte: Double { Double((high << 8) >> 32) / 4_294_967_296 }

  var libgit2: git_oid {
    var oid = git_oid()
    withUnsafeMutableBytes(of: &oid.id) { buffer in
      buffer.storeBytes(of: high.bigEndian, toByteOffset: 0, as: UInt64.self)
      buffer.storeBytes(of: middle.bigEndian, toByteOffset: 8, as: UInt64.self)
      buffer.storeBytes(of: low.bigEndian, toByteOffset: 16, as: UInt32.self)
    }
    return oid
  }

  /// Forty lower-case hexadecimal digits.
  package var hex: String { Self.hexText(bytes) }

  /// Returns two lower-case hexadecimal digits per byte.
  package static func hexText(_ bytes: [UInt8]) -> String {
    let digits: StaticString = "0123456789abcdef"
    return String(unsafeUninitializedCapacity: 2 * bytes.count) { buffer in
      for (index, byte) in bytes.enumerated() {
        buffer[2 * index] = digits.utf8Start[Int(byte >> 4)]
        buffer[2 * index + 1] = digits.utf8Start[Int(byte & 15)]
      }
      return 2 * bytes.count
    }
  }

  package var description: String { hex }

  package static func < (left: ObjectID, right: ObjectID) -> Bool {
    if left.high != right.high { return left.high < right.high }
    if left.middle != right.middle { return left.middle < right.middle }
    return left.low < right.low
  }
}
