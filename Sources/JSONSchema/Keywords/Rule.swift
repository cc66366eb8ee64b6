/// A keyword with its operands, or several keywords that are evaluated together.
struct Rule {
  /// As it is written in the schema.
  let keyword: String
  let step: Step
}
