/// Subschemas by property name, found by the name's bytes without making a string.
///
/// The names come from the schema, so an instance cannot choose keys that collide.
struct PropertyTable {
  private(set) var names: [String] = []
  private(set) var schemas: [SchemaNode] = []
  private var texts: [[UInt8]] = []
  /// An open-addressing table whose length is a power of two; -1 in free slots.
  private var slots: [Int32] = []

  init(_ properties: [(name: String, schema: SchemaNode)] = []) {
    guard !properties.isEmpty else { return }
    var size = 4
    while size < properties.count * 2 { size *= 2 }
    slots = Array(repeating: -1, count: size)
    for (name, schema) in properties where find(name) == nil {
      let text = Array(name.utf8)
      var slot = text.withUnsafeBufferPointer(Self.hash) & (size - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int32(names.count)
      names.append(name)
      texts.append(text)
      schemas.append(schema)
    }
  }

  var isEmpty: Bool { names.isEmpty }

  func find(_ name: String) -> Int? {
    var name = name
    return name.withUTF8(find)
  }

  /// Returns the index of a name, or `nil`.
  func find(_ name: UnsafeBufferPointer<UInt8>) -> Int? {
    guard !slots.isEmpty else { return nil }
    var slot = Self.hash(name) & (slots.count - 1)
    while true {
      let place = Int(slots[slot])
      if place < 0 { return nil }
      let text = texts[place]
      if text.count == name.count, text.elementsEqual(name) { return place }
      slot = (slot + 1) & (slots.count - 1)
    }
  }

  /// FNV-1a.
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: hash ^ hash >> 32)
  }
}
