/// A record's id: the kind's prefix and fifty random bits, `PP-8KX3M2Q4TZ`.
///
/// The grammar is `^[A-Z]{2,5}-[0-9A-HJKMNP-TV-Z]{10}$`; the alphabet is Douglas Crockford's base32
/// (no I, L, O, U). The prefix alone determines the kind. Ids have no order and no date, so two
/// branches can create records at the same time without conflicts.
package struct RecordID: Hashable, Sendable {
  /// The prefix's ASCII bytes, right-aligned, big-endian.
  private let packedPrefix: UInt64
  /// The ten base32 digits, five bits each, the first digit highest.
  private let digits: UInt64

  package static let digitCount = 10
  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  /// Crockford digit values by ASCII code; 255 if the byte isn't a digit (lower case included).
  private static let values: [UInt8] = {
    var table = [UInt8](repeating: 255, count: 256)
    for (value, letter) in alphabet.enumerated() { table[Int(letter)] = UInt8(value) }
    return table
  }()

  /// Makes a new id from the low fifty bits of `random`.
  package init(prefix: String, random: UInt64) {
    packedPrefix = prefix.utf8.prefix(5).reduce(0) { $0 << 8 | UInt64($1) }
    digits = random & (1 << 50 - 1)
  }

  /// Parses an id written exactly as in a file; `nil` for anything else.
  package init?(_ text: some StringProtocol) {
    var text = String(text)
    let length = text.utf8.count
    guard let (id, end) = text.withUTF8({ Self.parse(UnsafeRawBufferPointer($0)) }), end == length
    else { return nil }
    self = id
  }

  /// Parses an id from the bytes of a text.
  package init?(bytes: UnsafeRawBufferPointer) {
    guard let (id, end) = Self.parse(bytes), end == bytes.count else { return nil }
    self = id
  }

  private init(packedPrefix: UInt64, digits: UInt64) {
    self.packedPrefix = packedPrefix
    self.digits = digits
  }

  /// Parses the id at the start of a file's name; an extension or a slug must follow it.
  package init?(startOfFileName bytes: UnsafeRawBufferPointer) {
    guard let (id, end) = Self.parse(bytes), end < bytes.count,
      bytes[end] == UInt8(ascii: ".") || bytes[end] == UInt8(ascii: "-")
    else { return nil }
    self = id
  }

  /// Parses the id at the start of `bytes`; also returns the offset of the byte after it.
  private static func parse(_ bytes: UnsafeRawBufferPointer) -> (RecordID, Int)? {
    var index = 0
    var prefix: UInt64 = 0
    while index < bytes.count, index < 6, bytes[index] >= 65, bytes[index] <= 90 {
      prefix = prefix << 8 | UInt64(bytes[index])
      index += 1
    }
    guard (2...5).contains(index), index < bytes.count, bytes[index] == UInt8(ascii: "-"),
      bytes.count >= index + 1 + digitCount
    else { return nil }
    index += 1
    var digits: UInt64 = 0
    for _ in 0..<digitCount {
      let value = values[Int(bytes[index])]
      guard value != 255 else { return nil }
      digits = digits << 5 | UInt64(value)
      index += 1
    }
    return (RecordID(packedPrefix: prefix, digits: digits), index)
  }

  /// Whether it has `prefix`, if one is given, and begins with these canonical digits.
  func begins(withPrefix prefix: String?, digits: String) -> Bool {
    if let prefix, prefix.utf8.reduce(0, { $0 << 8 | UInt64($1) }) != packedPrefix { return false }
    let missing = Self.digitCount - digits.utf8.count
    return missing >= 0
      && self.digits >> (5 * UInt64(missing))
        == digits.utf8.reduce(0) { $0 << 5 | UInt64(Self.values[Int($1)]) }
  }

  /// The number of letters in the prefix.
  private var prefixLength: Int { (64 - packedPrefix.leadingZeroBitCount + 7) / 8 }

  /// The length of the text, in bytes.
  var length: Int { prefixLength + 1 + Self.digitCount }

  /// A number that is equal for ids with the same prefix.
  package var prefixCode: UInt64 { packedPrefix }

  package var prefix: String {
    String(unsafeUninitializedCapacity: prefixLength) { writePrefix(to: $0) }
  }

  package var text: String {
    String(unsafeUninitializedCapacity: length) { buffer in
      let start = writePrefix(to: buffer) + 1
      buffer[start - 1] = UInt8(ascii: "-")
      for place in 0..<Self.digitCount {
        let shift = 5 * UInt64(Self.digitCount - 1 - place)
        buffer[start + place] = Self.alphabet[Int(digits >> shift) & 31]
      }
      return length
    }
  }

  /// The ten digits after the prefix.
  package var randomPart: String { String(text.utf8.suffix(Self.digitCount)) ?? "" }

  private func writePrefix(to buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
    for place in 0..<prefixLength {
      let shift = 8 * UInt64(prefixLength - 1 - place)
      buffer[place] = UInt8(truncatingIfNeeded: packedPrefix >> shift)
    }
    return prefixLength
  }
}

extension RecordID: CustomStringConvertible, Comparable {
  package var description: String { text }

  package static func < (left: RecordID, right: RecordID) -> Bool {
    left.packedPrefix == right.packedPrefix
      ? left.digits < right.digits : left.prefix < right.prefix
  }
}
