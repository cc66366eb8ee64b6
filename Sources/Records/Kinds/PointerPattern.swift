package import JSONText

/// A JSON Pointer (RFC 6901) in which a token `*` matches any key or item.
package struct PointerPattern: Hashable, Sendable, CustomStringConvertible {
  package let tokens: [String]

  package init?(_ text: String) {
    guard let pointer = try? JSONPointer(parsing: text) else { return nil }
    tokens = pointer.tokens
  }

  package init(tokens: [String]) { self.tokens = tokens }

  package var description: String { JSONPointer(tokens: tokens).description }

  /// Whether `pointer` matches the pattern or is inside a match.
  package func covers(_ pointer: JSONPointer) -> Bool {
    pointer.tokens.count >= tokens.count
      && zip(tokens, pointer.tokens).allSatisfy { $0 == "*" || $0 == $1 }
  }

  package func matches(_ pointer: JSONPointer) -> Bool {
    pointer.tokens.count == tokens.count && covers(pointer)
  }

  /// Returns the places in `node` that match the pattern, in source order.
  package func places(in node: JSONNode) -> [(pointer: JSONPointer, node: JSONNode)] {
    var places = [(pointer: JSONPointer.root, node: node)]
    for token in tokens {
      places = places.flatMap { place in
        if token == "*" {
          switch place.node.kind {
          case .array:
            return place.node.elements.enumerated().map {
              (place.pointer.appending($0.offset), $0.element)
            }
          case .object:
            return place.node.members.map {
              (place.pointer.appending($0.key.string ?? ""), $0.value)
            }
          default: return []
          }
        }
        let pointer = JSONPointer(tokens: [token])
        return place.node.node(at: pointer).map { [(place.pointer.appending(token), $0)] } ?? []
      }
    }
    return places
  }
}
