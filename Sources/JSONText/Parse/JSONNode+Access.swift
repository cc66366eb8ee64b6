/// Access to elements, members and the targets of pointers.
extension JSONNode {
  /// The elements of an array, else none.
  package struct Elements: Sequence, IteratorProtocol, Sendable {
    let document: JSONDocument
    var index: Int
    let end: Int

    package mutating func next() -> JSONNode? {
      guard index < end else { return nil }
      defer { index = Int(document.nodes[index].next) }
      return JSONNode(document: document, index: index)
    }
  }

  /// The members of an object, else none.
  package struct Members: Sequence, IteratorProtocol, Sendable {
    let document: JSONDocument
    var index: Int
    let end: Int

    package mutating func next() -> (key: JSONNode, value: JSONNode)? {
      guard index < end else { return nil }
      defer { index = Int(document.nodes[index + 1].next) }
      return (
        JSONNode(document: document, index: index), JSONNode(document: document, index: index + 1)
      )
    }
  }

  package var elements: Elements {
    let packed = packed
    let end = packed.kind == .array ? Int(packed.next) : index + 1
    return Elements(document: document, index: index + 1, end: end)
  }

  package var members: Members {
    let packed = packed
    let end = packed.kind == .object ? Int(packed.next) : index + 1
    return Members(document: document, index: index + 1, end: end)
  }

  /// The value of the first member with this name.
  package subscript(key: String) -> JSONNode? { member(key)?.value }

  /// The element at this index, from 0.
  package subscript(index: Int) -> JSONNode? {
    guard isArray, index >= 0, index < count else { return nil }
    var elements = elements
    for _ in 0..<index { _ = elements.next() }
    return elements.next()
  }

  /// Returns the key node of the first member with this name.
  package func keyNode(_ key: String) -> JSONNode? { member(key)?.key }

  /// Returns the first member with this name, compared by code points.
  package func member(_ key: String) -> (key: JSONNode, value: JSONNode)? {
    var key = key
    return key.withUTF8 { wanted in
      document.bytes.withUnsafeBufferPointer { bytes -> (key: JSONNode, value: JSONNode)? in
        var members = members
        while let member = members.next() {
          if member.key.packed.matches(wanted, in: bytes) { return member }
        }
        return nil
      }
    }
  }

  /// Returns the node `pointer` refers to, relative to this one, or nil.
  package func node(at pointer: JSONPointer) -> JSONNode? {
    var node = self
    for token in pointer.tokens {
      let next: JSONNode?
      switch node.kind {
      case .object: next = node[token]
      case .array: next = JSONPointer.index(token).flatMap { node[$0] }
      default: next = nil
      }
      guard let next else { return nil }
      node = next
    }
    return node
  }
}

extension PackedNode {
  /// Whether the unescaped string equals `wanted`.
  func matches(
    _ wanted: UnsafeBufferPointer<UInt8>, in bytes: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    if flag {
      return StringText.decode(bytes, self).utf8.elementsEqual(wanted)
    }
    let start = Int(start) + 1
    guard Int(end) - 1 - start == wanted.count else { return false }
    for offset in 0..<wanted.count where bytes[start + offset] != wanted[offset] { return false }
    return true
  }
}
