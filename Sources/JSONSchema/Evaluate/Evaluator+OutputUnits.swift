import JSONText

/// Keeps units while collecting.
extension Evaluator {
  /// Whether the limit on units is reached; further failures are only counted.
  var isFull: Bool {
    if annotating { return kept >= options.maximumUnits * 10 }
    // Failures this deep in alternatives explain nothing.
    return kept >= options.maximumUnits || alternatives >= 32
      || alternatives == 0 && listed >= options.maximumViolations
  }

  mutating func omit() { if alternatives == 0 { omitted += 1 } }

  /// Removes and returns the units from index `mark` on.
  mutating func takeUnits(from mark: Int) -> [OutputUnit] {
    guard units.count > mark else { return [] }
    let taken = Array(units[mark...])
    units.removeLast(units.count - mark)
    return taken
  }

  /// Adds a unit if it has content: a failure or, when annotating, annotations.
  mutating func keep(
    _ holds: Bool, _ hasContent: Bool, _ make: (inout Evaluator) -> OutputUnit
  ) {
    guard holds ? annotating && hasContent : !annotating else { return }
    let unit = make(&self)
    if !holds, unit.failure != nil, alternatives == 0 { listed += 1 }
    kept += 1
    units.append(unit)
  }

  /// Adds the unit of a part that is refused by a keyword whose schema is `false`.
  mutating func reject(
    _ part: JSONNode, _ keyword: String, _ schema: SchemaNode, _ item: String,
    _ failure: (inout Evaluator) -> Failure
  ) {
    guard !isFull else { return omit() }
    keywordPath.append(keyword)
    instancePath.append(item)
    keep(false, true) {
      let failure = failure(&$0)
      return $0.unit(keyword, schema, part, valid: false, failure: failure)
    }
    instancePath.removeLast()
    keywordPath.removeLast()
  }

  /// Makes the unit of a keyword, whose name ends `keywordPath`, or of a whole schema.
  func unit(
    _ keyword: String, _ schema: SchemaNode, _ instance: JSONNode, valid: Bool,
    failure: Failure? = nil, children: [OutputUnit] = []
  ) -> OutputUnit {
    let tokens = schema.place.tokens + (keyword.isEmpty ? [] : [keyword])
    let about = schema.about(failure)
    return OutputUnit(
      isValid: valid, keyword: keyword.isEmpty ? keywordPath.last ?? "" : keyword,
      keywordPath: keywordPath,
      absolute: schema.place.resource.uri + "#" + JSONPointer(tokens: tokens).uriFragment,
      instancePath: instancePath, range: instance.range, isAboutKey: isInNames,
      failure: failure, annotation: nil, schemaTitle: keyword.isEmpty ? schema.title : nil,
      schemaDescription: about.description, schemaExample: about.example, children: children)
  }
}
