import JSONText

/// Why and where a validation was aborted.
struct Interruption {
  let failure: Failure
  /// The value or key being validated.
  let node: JSONNode
  /// The keyword's own URI and fragment.
  let location: String

  var violation: Violation {
    let pointer = node.pointer
    return Violation(
      pointer: pointer.path, range: node.range, isAboutKey: pointer.isKey, keyword: "",
      keywordLocation: .root, absoluteKeywordLocation: location, failure: failure, branch: nil,
      causes: [],
      schemaNodeDescription: nil, schemaNodeExample: nil)
  }
}

extension Interruption {
  /// Returns the output in a format. In addition to the standard's members, `error` says why there
  /// is no result.
  func output(_ format: OutputFormat) -> JSONValue {
    let violation = violation
    let error: JSONValue = .string(violation.message)
    guard format != .flag else { return ["valid": false, "error": error] }
    let unit: JSONValue = [
      "valid": false, "keywordLocation": "",
      "absoluteKeywordLocation": .string(location),
      "instanceLocation": .string(violation.pointer.description), "error": error,
    ]
    return format == .basic ? ["valid": false, "errors": [unit]] : unit
  }
}

extension JSONNode {
  /// The pointer from the document's root; for a key, that of its value.
  fileprivate var pointer: (path: JSONPointer, isKey: Bool) {
    var tokens: [String] = []
    var node = document.root
    while node.index != index {
      var next: (node: JSONNode, token: String)?
      if node.isArray {
        for (place, element) in node.elements.enumerated() {
          if element.index > index { break }
          next = (element, String(place))
        }
      } else {
        for (key, value) in node.members {
          if key.index > index { break }
          next = (value, key.string ?? "")
          if key.index == index {
            return (JSONPointer(tokens: tokens + [key.string ?? ""]), true)
          }
        }
      }
      guard let next else { break }
      tokens.append(next.token)
      node = next.node
    }
    return (JSONPointer(tokens: tokens), false)
  }
}
