internal import JSONText

/// The offsets of entries and extensions in an index file (gitformat-index).
///
/// Versions 2 to 4. No entry is copied, but version 4 abbreviates names, so they are expanded once.
struct IndexLayout {
  let version: UInt32
  /// The start of each entry, then the end of the last one.
  private(set) var offsets: [UInt32] = []
  private(set) var extensions: [Extension] = []
  /// Version 4 only: all names concatenated, and the start of each.
  private var names: NameTable?
  private var nameStarts: [UInt32] = []

  struct Extension {
    let signature: String
    /// The content, without signature and length.
    let range: Range<Int>
  }

  var entryCount: Int { offsets.count - 1 }

  /// Whether the entries are not all there are: see `IndexExpansion`.
  var isPartial: Bool { extensions.contains { ["link", "sdir"].contains($0.signature) } }

  static let headerLength = 12
  static let checksumLength = 20
  /// The length of an entry up to and including the flags, before the name.
  static let fixedLength = 62

  /// Creates the layout of a missing index: no entries.
  init() {
    version = 2
    offsets = [UInt32(Self.headerLength)]
  }

  init(_ bytes: UnsafeRawBufferPointer, path: String) throws(GitError) {
    guard let base = bytes.baseAddress, bytes.count >= Self.headerLength + Self.checksumLength,
      UInt32(bigEndian: base.loadUnaligned(as: UInt32.self)) == 0x4449_5243  // DIRC
    else { throw Self.corrupt(path) }
    version = UInt32(bigEndian: base.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
    let count = Int(UInt32(bigEndian: base.loadUnaligned(fromByteOffset: 8, as: UInt32.self)))
    guard 2...4 ~= version else {
      throw GitError(
        .unsupported, call: "readIndex", "index file version \(version) is not supported",
        hint: "git update-index --index-version 2")
    }
    let limit = bytes.count - Self.checksumLength
    guard count <= limit / Self.fixedLength, bytes.count <= Int(UInt32.max) else {
      throw Self.corrupt(path)
    }
    let end =
      version == 4
      ? try scanAbbreviated(base, count: count, limit: limit, path: path)
      : try scan(base, count: count, limit: limit, path: path)
    try scanExtensions(base, from: end, limit: limit, path: path)
  }

  private static func corrupt(_ path: String) -> GitError {
    GitError(
      .corrupt, call: "readIndex", "index file corrupt: '\(path)'",
      hint: """
        The index can be rebuilt from HEAD; staged changes are lost, files are not touched:

        \trm \(ShellWord.quoted(path)) && git reset
        """)
  }

  /// Scans versions 2 and 3: whole names, entries padded with zeros to a multiple of eight.
  private mutating func scan(
    _ base: UnsafeRawPointer, count: Int, limit: Int, path: String
  ) throws(GitError) -> Int {
    var offset = Self.headerLength
    var isSound = true
    offsets = [UInt32](unsafeUninitializedCapacity: count + 1) { buffer, initialized in
      for index in 0..<count {
        buffer[index] = UInt32(truncatingIfNeeded: offset)
        initialized = index + 1
        guard offset + Self.fixedLength + 2 <= limit else {
          isSound = false
          return
        }
        let flags = UInt16(
          bigEndian: base.loadUnaligned(fromByteOffset: offset + 60, as: UInt16.self))
        let fixed = Self.fixedLength + (flags & 0x4000 != 0 ? 2 : 0)
        var length = Int(flags & 0xfff)
        if length == 0xfff {
          while offset + fixed + length < limit,
            base.load(fromByteOffset: offset + fixed + length, as: UInt8.self) != 0
          {
            length += 1
          }
        }
        offset += (fixed + length + 8) & ~7
        if offset > limit {
          isSound = false
          return
        }
      }
      buffer[count] = UInt32(truncatingIfNeeded: offset)
      initialized = count + 1
    }
    guard isSound else { throw Self.corrupt(path) }
    return offset
  }

  /// Scans version 4: the number of bytes to drop from the previous name, then the new suffix; no
  /// padding.
  private mutating func scanAbbreviated(
    _ base: UnsafeRawPointer, count: Int, limit: Int, path: String
  ) throws(GitError) -> Int {
    var offset = Self.headerLength
    offsets.reserveCapacity(count + 1)
    nameStarts.reserveCapacity(count + 1)
    var names: [UInt8] = []
    names.reserveCapacity(count * 48)
    var previousStart = 0
    for _ in 0..<count {
      offsets.append(UInt32(offset))
      guard offset + Self.fixedLength + 2 <= limit else { throw Self.corrupt(path) }
      let flags = UInt16(
        bigEndian: base.loadUnaligned(fromByteOffset: offset + 60, as: UInt16.self))
      offset += Self.fixedLength + (flags & 0x4000 != 0 ? 2 : 0)
      let removed = OffsetVarint.read(base, &offset, limit: limit)
      let previousLength = names.count - previousStart
      guard let removed, removed <= previousLength else { throw Self.corrupt(path) }
      let start = names.count
      names.append(contentsOf: names[previousStart..<(previousStart + previousLength - removed)])
      while true {
        guard offset < limit else { throw Self.corrupt(path) }
        let byte = base.load(fromByteOffset: offset, as: UInt8.self)
        offset += 1
        if byte == 0 { break }
        names.append(byte)
      }
      nameStarts.append(UInt32(start))
      previousStart = start
    }
    offsets.append(UInt32(offset))
    nameStarts.append(UInt32(names.count))
    self.names = NameTable(names)
    return offset
  }

  private mutating func scanExtensions(
    _ base: UnsafeRawPointer, from start: Int, limit: Int, path: String
  ) throws(GitError) {
    var offset = start
    while offset + 8 <= limit {
      let bytes = UnsafeRawBufferPointer(start: base + offset, count: 4)
      let signature = String(decoding: bytes, as: UTF8.self)
      let length = Int(
        UInt32(bigEndian: base.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)))
      guard length <= limit - offset - 8 else { throw Self.corrupt(path) }
      extensions.append(
        Extension(signature: signature, range: (offset + 8)..<(offset + 8 + length)))
      // "If the first byte is 'A'..'Z' the extension is optional and can be ignored."
      if !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[0]), !isPartial {
        throw GitError(
          .unsupported, call: "readIndex",
          "the index has an extension '\(signature)' that must be understood, and is not")
      }
      offset += 8 + length
    }
  }

  // MARK: Entries

  /// Returns the name of an entry; `bytes` are those the layout was made from. The name is valid as
  /// long as they and the layout are.
  @inline(__always)
  func name(_ index: Int, in bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    if let names {
      let range = Int(nameStarts[index])..<Int(nameStarts[index + 1])
      return UnsafeRawBufferPointer(rebasing: names.bytes[range])
    }
    return storedName(index, in: bytes)
  }

  /// Returns the name in the file; versions 2 and 3 only.
  @inline(__always)
  private func storedName(_ index: Int, in bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer
  {
    let start = Int(offsets[index])
    let flags = UInt16(
      bigEndian: bytes.loadUnaligned(fromByteOffset: start + 60, as: UInt16.self))
    let fixed = Self.fixedLength + (flags & 0x4000 != 0 ? 2 : 0)
    var length = Int(flags & 0xfff)
    if length == 0xfff {
      while bytes[start + fixed + length] != 0 { length += 1 }
    }
    return UnsafeRawBufferPointer(rebasing: bytes[(start + fixed)..<(start + fixed + length)])
  }

  /// Returns the first entry in `range` whose name does not sort before `name`.
  func lowerBound(_ name: [UInt8], in bytes: UnsafeRawBufferPointer, range: Range<Int>) -> Int {
    name.withUnsafeBytes { wanted in
      var low = range.lowerBound
      var high = range.upperBound
      while low < high {
        let middle = (low + high) / 2
        let isBefore = PathOrder.compare(self.name(middle, in: bytes), wanted) < 0
        if isBefore { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }

  /// Returns the entries below a directory, whose name includes its final slash.
  func entries(below directory: [UInt8], in bytes: UnsafeRawBufferPointer, range: Range<Int>)
    -> Range<Int>
  {
    guard !directory.isEmpty else { return range }
    let low = lowerBound(directory, in: bytes, range: range)
    // The byte after a slash is "0".
    let after = directory.dropLast() + [UInt8(ascii: "0")]
    return low..<lowerBound(Array(after), in: bytes, range: low..<range.upperBound)
  }
}

/// Expanded names at a stable address.
private final class NameTable {
  let bytes: UnsafeRawBufferPointer

  init(_ names: [UInt8]) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: names.count, alignment: 1)
    copy.copyBytes(from: names)
    bytes = UnsafeRawBufferPointer(copy)
  }

  deinit { bytes.deallocate() }
}

/// The variable-length integers of version 4 (and of pack files' offsets).
enum OffsetVarint {
  static func read(_ base: UnsafeRawPointer, _ offset: inout Int, limit: Int) -> Int? {
    guard offset < limit else { return nil }
    var byte = base.load(fromByteOffset: offset, as: UInt8.self)
    offset += 1
    var value = Int(byte & 127)
    while byte & 128 != 0 {
      guard offset < limit, value < 1 << 40 else { return nil }
      byte = base.load(fromByteOffset: offset, as: UInt8.self)
      offset += 1
      value = (value + 1) << 7 + Int(byte & 127)
    }
    return value
  }

  static func append(_ value: Int, to bytes: inout [UInt8]) {
    var rest = value
    var digits = [UInt8(rest & 127)]
    rest >>= 7
    while rest != 0 {
      rest -= 1
      digits.append(UInt8(128 | (rest & 127)))
      rest >>= 7
    }
    bytes.append(contentsOf: digits.reversed())
  }
}
