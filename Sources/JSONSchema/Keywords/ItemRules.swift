/// The operands of `prefixItems` and `items`.
struct ItemRules {
  var prefix: [SchemaNode]
  var rest: SchemaNode?
}
