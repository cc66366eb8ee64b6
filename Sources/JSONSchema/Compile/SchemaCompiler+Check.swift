import JSONText

/// Checks schemas against the meta-schemas they name.
extension SchemaCompiler {
  /// Checks a resource against the meta-schema it names. Embedded resources that name their own are
  /// skipped (core §9.3.3).
  func check(_ resource: SchemaResource) throws(SchemaError) {
    let uri = resource.root["$schema"]?.string ?? Dialect.standardURI
    let meta = try target(
      of: URIReference(uri), origin: SchemaError(message: "", location: resource.uri))
    let node = node(at: meta.place)
    try compilePending()
    let others = Set(
      (embedded[ObjectIdentifier(resource.root.document)] ?? []).map(\.root.index)
    ).subtracting([resource.root.index])
    var evaluator = Evaluator(options: SchemaOptions(), collecting: false)
    evaluator.leftAlone = others
    if evaluator.isValid(node, resource.root) { return }
    let place = SchemaPlace(resource: resource, node: resource.root, tokens: [])
    if let abort = evaluator.abort {
      throw place.error("the schema cannot be checked: \(abort.violation.message)")
    }
    evaluator = Evaluator(options: SchemaOptions(), collecting: true)
    evaluator.leftAlone = others
    guard let first = evaluator.output(node, resource.root).violations.first?.innermost else {
      return
    }
    throw SchemaError(
      message: "the schema does not fit its meta-schema: "
        + (Self.repeated(first, in: resource.root) ?? first.message),
      location: resource.uri + "#" + first.pointer.uriFragment, range: first.range,
      source: resource.source,
      position: resource.root.document.position(at: first.range.lowerBound))
  }

  /// Returns the message naming an item that a keyword's list has twice; else `nil`.
  static func repeated(_ violation: Violation, in root: JSONNode) -> String? {
    guard case .notUnique(let first, _) = violation.failure,
      let keyword = violation.pointer.tokens.last,
      let item = root.node(at: violation.pointer)?[first]
    else { return nil }
    return "\(keyword) names \(Wording.value(item.value)) twice"
  }
}
