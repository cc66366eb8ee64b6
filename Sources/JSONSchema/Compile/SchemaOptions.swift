/// How schemas are compiled and how much work one validation may cost.
package struct SchemaOptions: Sendable {
  /// Whether `format` is checked; by default it is an annotation (2020-12 validation §7.2.1).
  package var assertFormat = false

  /// Whether each schema document is checked against its meta-schema before use.
  package var checkSchemas = true

  /// Backtracking steps that one match of a regular expression may take from one start.
  package var regexMatchLimit: UInt32 = 100_000

  /// Schemas that may be applied inside one another: `$ref` recursion and nesting together.
  package var maximumDepth = 4096

  /// Schemas that one validation may apply in all; the instance's size is added a hundredfold.
  package var maximumApplications = 1_000_000

  /// Violations that are kept of one value; others are counted.
  package var maximumViolations = 1000

  /// Failing keywords and schemas that are kept of one value, those in alternatives included.
  package var maximumUnits = 20_000

  /// Words that are compared with wrong ones of one value, to say what was meant.
  package var maximumSpellings = 20_000

  package init(
    assertFormat: Bool = false, checkSchemas: Bool = true, regexMatchLimit: UInt32 = 100_000,
    maximumDepth: Int = 4096, maximumApplications: Int = 1_000_000
  ) {
    self.assertFormat = assertFormat
    self.checkSchemas = checkSchemas
    self.regexMatchLimit = regexMatchLimit
    self.maximumDepth = maximumDepth
    self.maximumApplications = maximumApplications
  }
}
