import Files
import Records

/// Finds the paths of a few records among very many, mostly by comparing eight bytes of each.
struct IDFilter {
  private let wanted: Set<RecordID>
  private let folderLength: Int
  /// A bit for each hash value of the wanted ids' last eight digits.
  private var bits: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  init(_ wanted: Set<RecordID>, folder: RepositoryPath) {
    self.wanted = wanted
    folderLength = folder.bytes.count
    for id in wanted {
      var text = id.text
      let slot = text.withUTF8 { bytes in
        Self.slot(UnsafeRawBufferPointer(bytes), at: bytes.count - 8)
      }
      set(slot)
    }
  }

  /// Returns the wanted id that the path's file name starts with, or `nil`.
  func match(_ path: UnsafeRawBufferPointer) -> RecordID? {
    let start = nameStart(path)
    // Two to five letters, a dash, ten digits.
    var dash = start + 2
    while dash < start + 6, dash < path.count, path[dash] != UInt8(ascii: "-") { dash += 1 }
    guard dash + 11 <= path.count, has(Self.slot(path, at: dash + 3)) else { return nil }
    let name = UnsafeRawBufferPointer(rebasing: path[start...])
    guard let id = RecordID(startOfFileName: name), wanted.contains(id) else { return nil }
    return id
  }

  /// Returns where the file name begins: nearly always after `<folder>/<directory>/<yyyy>/<mm>/`.
  private func nameStart(_ path: UnsafeRawBufferPointer) -> Int {
    var slash = folderLength + 1
    while slash < path.count, path[slash] != UInt8(ascii: "/") { slash += 1 }
    let usual = slash + 9
    if usual < path.count, path[usual - 1] == UInt8(ascii: "/") { return usual }
    var start = path.count
    while start > 0, path[start - 1] != UInt8(ascii: "/") { start -= 1 }
    return start
  }

  private static func slot(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int {
    let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    return Int((word &* 0x9E37_79B9_7F4A_7C15) >> 56)
  }

  private mutating func set(_ slot: Int) {
    let bit = UInt64(1) << UInt64(slot & 63)
    switch slot >> 6 {
    case 0: bits.0 |= bit
    case 1: bits.1 |= bit
    case 2: bits.2 |= bit
    default: bits.3 |= bit
    }
  }

  private func has(_ slot: Int) -> Bool {
    let bit = UInt64(1) << UInt64(slot & 63)
    switch slot >> 6 {
    case 0: return bits.0 & bit != 0
    case 1: return bits.1 & bit != 0
    case 2: return bits.2 & bit != 0
    default: return bits.3 & bit != 0
    }
  }
}
