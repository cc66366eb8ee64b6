package import JSONText

/// A place in a record as users type it: `jobStory.when`, `evidence.k3x9q.team`, or a JSON Pointer.
package enum FieldKey {
  /// Returns the tokens of a key as typed.
  package static func tokens(_ text: String) throws(KeyProblem) -> [String] {
    if text.hasPrefix("/") {
      do throws(JSONPointerError) {
        return try JSONPointer(parsing: text).tokens
      } catch {
        throw KeyProblem("\"\(text)\" is no JSON Pointer")
      }
    }
    let tokens = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard tokens.allSatisfy({ !$0.isEmpty }) else {
      throw KeyProblem("\"\(text)\" is no key: write it like severity or jobStory.when")
    }
    return tokens
  }

  /// Returns the pointer of a key in `value`, with list items by id or by position from 0.
  ///
  /// - Throws: if the key names an item that the list doesn't have.
  package static func pointer(_ text: String, in value: JSONValue) throws(KeyProblem) -> JSONPointer
  {
    var pointer = JSONPointer.root
    var place: JSONValue? = value
    for token in try tokens(text) {
      if let list = place?.array {
        if let index = list.firstIndex(where: { $0["id"]?.string == token }) {
          pointer = pointer.appending(index)
          place = list[index]
        } else if let index = Int(token), list.indices.contains(index) {
          pointer = pointer.appending(index)
          place = list[index]
        } else {
          let ids = list.compactMap { $0["id"]?.string }
          throw KeyProblem(
            "no item \"\(token)\" in \(pointer.tokens.joined(separator: "."))"
              + (ids.isEmpty ? "" : "; there are \(ids.joined(separator: ", "))"))
        }
      } else {
        pointer = pointer.appending(token)
        place = place?[token]
      }
    }
    return pointer
  }

  /// Returns the pointer of a key in a record, or `nil` if the key names an item that isn't there.
  ///
  /// - Parameter items: remembers the ids of lists for further keys of the same record.
  static func pointer(_ text: String, in root: JSONNode, _ items: ItemPositions) -> JSONPointer? {
    guard let tokens = try? tokens(text) else { return nil }
    var pointer = JSONPointer.root
    var place: JSONNode? = root
    for token in tokens {
      if let list = place, list.isArray {
        guard
          let index = items.position(of: token, in: list)
            ?? Int(token).flatMap({ (0..<list.count).contains($0) ? $0 : nil })
        else { return nil }
        pointer = pointer.appending(index)
        place = list[index]
      } else {
        pointer = pointer.appending(token)
        place = place?[token]
      }
    }
    return pointer
  }

  /// Returns a pointer as a dotted key, with list items by id if they have one.
  package static func text(for pointer: JSONPointer, in root: JSONNode) -> String {
    var names: [String] = []
    var place: JSONNode? = root
    for token in pointer.tokens {
      if let list = place, list.isArray, let index = Int(token), let item = list[index] {
        place = item
        names.append(item["id"]?.string ?? token)
      } else {
        place = place?[token]
        names.append(token)
      }
    }
    return names.joined(separator: ".")
  }
}
