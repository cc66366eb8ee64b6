package import JSONText

/// The result of validating a value.
package struct ValidationResult: Sendable {
  /// The violations in the order of the instance's text, at most
  /// ``SchemaOptions/maximumViolations``. If the validation was aborted, the last says why.
  package var violations: [Violation] = []

  /// The least number of further violations.
  package var omitted = 0

  /// Whether the value is known to be valid or invalid.
  package var isDecided = true

  package var isValid: Bool { isDecided && violations.isEmpty }
}

extension Schema {
  /// Validates the instance and returns all failures.
  package func validationResult(_ instance: JSONNode) -> ValidationResult {
    var first = Evaluator(options: options, collecting: false)
    if first.isValid(root, instance) { return ValidationResult() }
    if let abort = first.abort {
      return ValidationResult(violations: [abort.violation], isDecided: false)
    }
    // The units nest as deep as the schemas.
    return LargeStack.run { self.collect(instance) } ?? collect(instance)
  }

  private func collect(_ instance: JSONNode) -> ValidationResult {
    var evaluator = Evaluator(options: options, collecting: true)
    let unit = evaluator.output(root, instance)
    var result = ValidationResult(
      violations: unit.violations.enumerated().sorted {
        ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
      }.map(\.element), omitted: evaluator.omitted)
    let excess = result.violations.count - options.maximumViolations
    if excess > 0 {
      result.violations.removeLast(excess)
      result.omitted += excess
    }
    if let abort = evaluator.abort { result.violations.append(abort.violation) }
    return result
  }

  /// Returns the result in one of the output formats of core §12.4.
  package func output(_ instance: JSONNode, format: OutputFormat) -> (
    value: JSONValue, isDecided: Bool
  ) {
    var first = Evaluator(options: options, collecting: false)
    let isValid = first.isValid(root, instance)
    if let abort = first.abort { return (abort.output(format), false) }
    if format == .flag { return (["valid": .bool(isValid)], true) }
    return LargeStack.run { self.tree(instance, isValid, format) }
      ?? tree(instance, isValid, format)
  }

  private func tree(
    _ instance: JSONNode, _ isValid: Bool, _ format: OutputFormat
  ) -> (value: JSONValue, isDecided: Bool) {
    var evaluator = Evaluator(options: options, collecting: true, annotating: isValid)
    var unit = evaluator.output(root, instance)
    if isValid, let abort = evaluator.abort {
      // The instance is known to be valid; only the annotations are incomplete.
      return (["valid": true, "error": .string(abort.violation.message)], true)
    }
    if evaluator.omitted > 0 || evaluator.abort != nil {
      var rest = unit
      rest.failure = evaluator.abort?.failure ?? .more(evaluator.omitted)
      rest.children = []
      unit.children.append(rest)
    }
    return (format == .basic ? unit.basicOutput : unit.detailedOutput, true)
  }
}
