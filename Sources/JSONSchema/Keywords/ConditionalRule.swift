/// The operands of `if`, `then` and `else`.
struct ConditionalRule {
  var condition: SchemaNode
  var consequence: SchemaNode?
  var alternative: SchemaNode?
}
