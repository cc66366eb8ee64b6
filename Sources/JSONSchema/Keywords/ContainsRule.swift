/// The operands of `contains`, `minContains` and `maxContains`.
struct ContainsRule {
  var schema: SchemaNode
  var minimum: Int
  var maximum: Int?
}
