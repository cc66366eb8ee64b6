import JSONText

/// The JSON output formats (core §12.4.2, §12.4.3).
extension OutputUnit {
  /// A flat list of errors, or of annotations.
  var basicOutput: JSONValue {
    var list: [JSONValue] = []
    appendTo(&list, valid: isValid)
    return [
      "valid": .bool(isValid),
      isValid ? "annotations" : "errors": .array(list),
    ]
  }

  private func appendTo(_ list: inout [JSONValue], valid: Bool) {
    guard isValid == valid else { return }
    if valid {
      if let annotation { list.append(object(["annotation": annotation])) }
    } else {
      list.append(object(["error": .string(errorText)]))
    }
    for child in children { child.appendTo(&list, valid: valid) }
  }

  /// A tree; a unit with a single child and no content is left out.
  var detailedOutput: JSONValue {
    var tree = condensed(valid: isValid) ?? object([:])
    tree["valid"] = .bool(isValid)
    return tree
  }

  private func condensed(valid: Bool) -> JSONValue? {
    let inner = children.filter { $0.isValid == valid }.compactMap { $0.condensed(valid: valid) }
    let own: JSONObject
    if valid {
      if annotation == nil, inner.count <= 1 { return inner.first }
      own = JSONObject(annotation.map { [(key: "annotation", value: $0)] } ?? [])
    } else {
      if failure == nil, inner.count == 1 { return inner.first }
      own = JSONObject(
        failure == nil && !inner.isEmpty ? [] : [(key: "error", value: .string(errorText))])
    }
    var result = object(own)
    if !inner.isEmpty { result[valid ? "annotations" : "errors"] = .array(inner) }
    return result
  }

  private var errorText: String {
    failure == nil
      ? "\(Wording.subject(JSONPointer(tokens: instancePath))) does not fit the schema"
      : violations.first?.message ?? ""
  }

  private func object(_ more: JSONObject) -> JSONValue {
    var object = JSONObject([
      (key: "valid", value: .bool(isValid)),
      (key: "keywordLocation", value: .string(JSONPointer(tokens: keywordPath).description)),
      (key: "absoluteKeywordLocation", value: .string(absolute)),
      (key: "instanceLocation", value: .string(JSONPointer(tokens: instancePath).description)),
    ])
    object.members += more.members
    return .object(object)
  }
}
