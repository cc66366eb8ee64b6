package import JSONText

/// The searchable facets of a record: for each value, a hash of its top-level key and its
/// lower-case text. Also the record's whole text in lower case.
package struct RecordFacets {
  package private(set) var hashes: Set<Int64> = []
  /// The same text as `QuerySubject.text(of:)`.
  package private(set) var body: [UInt8] = []

  /// The longest value that is hashed, in bytes; longer ones are found only by reading the records.
  package static let longest = 100

  package init(_ root: JSONNode) {
    hashes.reserveCapacity(24)
    body.reserveCapacity(root.range.count)
    append(root, under: nil)
  }

  init(_ bytes: [UInt8]) {
    hashes = []
    if let document = try? JSONDocument(parsing: bytes) { append(document.root, under: nil) }
  }

  package static func hash(key: String, value: String) -> Int64 {
    var hash = FNV()
    hash.add(key.utf8)
    hash.add(CollectionOfOne(0))
    hash.add(value.utf8)
    return hash.value
  }

  private mutating func append(_ node: JSONNode, under key: FNV?) {
    switch node.kind {
    case .object:
      var isFirst = true
      for (name, value) in node.members {
        let name = name.string ?? ""
        if name == "$schema" {
          if key == nil { add(value, under: Self.start(name)) }
          continue
        }
        if !isFirst { body.append(0x0A) }
        isFirst = false
        append(value, under: key ?? Self.start(name))
      }
    case .array:
      var isFirst = true
      for element in node.elements {
        if !isFirst { body.append(0x0A) }
        isFirst = false
        append(element, under: key)
      }
    default:
      let text = Self.text(of: node)
      body += text
      if let key { Self.add(text, to: key, into: &hashes) }
    }
  }

  /// Adds a value's hash but not its text.
  private mutating func add(_ node: JSONNode, under key: FNV) {
    switch node.kind {
    case .object: for (_, value) in node.members { add(value, under: key) }
    case .array: for element in node.elements { add(element, under: key) }
    default: Self.add(Self.text(of: node), to: key, into: &hashes)
    }
  }

  private static func add(_ text: [UInt8], to key: FNV, into hashes: inout Set<Int64>) {
    guard text.count <= longest else { return }
    var hash = key
    hash.add(text)
    hashes.insert(hash.value)
  }

  private static func start(_ key: String) -> FNV {
    var hash = FNV()
    hash.add(key.utf8)
    hash.add(CollectionOfOne(0))
    return hash
  }

  /// Returns the value in the form used for comparison: strings in lower case, everything else as
  /// JSON.
  private static func text(of node: JSONNode) -> [UInt8] {
    if node.isString {
      let ascii = node.withStringUTF8 { bytes -> [UInt8]? in
        var lower = [UInt8](repeating: 0, count: bytes.count)
        for index in bytes.indices {
          let byte = bytes[index]
          if byte >= 0x80 { return nil }
          lower[index] = byte >= 65 && byte <= 90 ? byte | 0x20 : byte
        }
        return lower
      }
      if let ascii = ascii ?? nil { return ascii }
      return Array((node.string ?? "").lowercased().utf8)
    }
    return JSONPrinter.compact(node.value)
  }
}

/// The 64-bit FNV-1a hash of Fowler, Noll and Vo.
private struct FNV {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325
  var value: Int64 { Int64(bitPattern: state) }

  mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
  }
}
