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

  /// All failures, in the order of the instance's text; see ``ValidationResult``.
  package func validate(_ instance: JSONNode) -> [Violation] {
    validationResult(instance).violations
  }

  var options: SchemaOptions { registry.options }
}
