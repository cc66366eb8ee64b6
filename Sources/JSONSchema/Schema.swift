package import JSONText

/// A compiled schema: validates any number of instances, from any thread.
package final class Schema: Sendable {
  let root: SchemaNode
  /// Owns the graph of nodes.
  private let registry: SchemaRegistry

  init(root: SchemaNode, registry: SchemaRegistry) {
    self.root = root
    self.registry = registry
  }

  /// The schema's absolute URI, with a fragment if it is not a resource's root.
  package var location: String { root.place.location }

  /// The schema's own text.
  package var source: JSONNode { root.place.node }

  /// Whether the instance fits; stops at the first failure.
  package func isValid(_ instance: JSONNode) -> Bool {
    var evaluator = Evaluator(options: registry.options, collecting: false)
    return evaluator.isValid(root, instance)
  }

  /// All failures, in the order of the instance's text.
  package func validate(_ instance: JSONNode) -> [Violation] {
    if isValid(instance) { return [] }
    var evaluator = Evaluator(options: registry.options, collecting: true)
    let violations = evaluator.violations(root, instance)
    return violations.enumerated().sorted {
      ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
    }.map(\.element)
  }

  /// The result in one of the output formats of core §12.4.
  package func output(_ instance: JSONNode, format: OutputFormat) -> JSONValue {
    guard format != .flag else { return ["valid": .bool(isValid(instance))] }
    var evaluator = Evaluator(options: registry.options, collecting: true, annotating: true)
    let unit = evaluator.output(root, instance)
    return format == .basic ? unit.basicOutput : unit.detailedOutput
  }
}

/// The output formats of core §12.4 that docket writes.
package enum OutputFormat: String, Sendable, CaseIterable {
  case flag, basic, detailed
}
