/// The operands of `properties`, `patternProperties` and `additionalProperties`.
struct MemberRules {
  var named: PropertyTable
  var patterns: [(pattern: Pattern, schema: SchemaNode)]
  var additional: SchemaNode?
}
