package import JSONText

/// A compiled schema, which validates any number of instances from any thread.
package final class Schema: Sendable {
  let root: SchemaNode
  /// Owns the graph of nodes.
  private let registry: SchemaRegistry

  init(root: SchemaNode, registry: SchemaRegistry) {
    self.root = root
    self.registry = registry
  }

  /// The schema's absolute URI, with a fragment unless it is a resource's root.
  package var location: String { root.place.location }

  /// The schema's source.
  package var source: JSONNode { root.place.node }

  /// Returns whether the instance is valid; stops at the first failure.
  package func isValid(_ instance: JSONNode) -> Bool {
    var evaluator = Evaluator(options: registry.options, collecting: false)
    return evaluator.isValid(root, instance)
  }

  /// Returns all failures, in the order of the instance's text; see ``ValidationResult``.
  package func validate(_ instance: JSONNode) -> [Violation] {
    validationResult(instance).violations
  }

  var options: SchemaOptions { registry.options }
}
