/// A keyword, or keywords that are evaluated together, with its operands.
struct Rule {
  /// As it is written in the schema.
  let keyword: String
  let step: Step
}
