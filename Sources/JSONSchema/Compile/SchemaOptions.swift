/// Options for compiling schemas, and limits on the work of one validation.
package struct SchemaOptions: Sendable {
  /// Whether `format` is checked; by default it is an annotation (2020-12 validation §7.2.1).
  package var assertFormat = false

  /// Whether the formats `date`, `time` and `date-time` are checked although others aren't: the calendar
  /// knows no 30 February, and no schema can say it otherwise.
  package var assertDates = false

  /// Whether each schema document is checked against its meta-schema before use.
  package var checkSchemas = true

  /// The most backtracking steps one match of a regular expression may take from one start.
  package var regexMatchLimit: UInt32 = 100_000

  /// The deepest nesting of applied schemas, counting `$ref` recursion and nesting together.
  package var maximumDepth = 4096

  /// The most schemas one validation may apply, plus 100 for each byte of the instance.
  package var maximumApplications = 1_000_000

  /// The most violations kept for one value; further ones are only counted.
  package var maximumViolations = 1000

  /// The most failing keywords and schemas kept for one value, those in alternatives included.
  package var maximumUnits = 20_000

  /// The most words compared with misspelled ones of one value to suggest what was meant.
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
