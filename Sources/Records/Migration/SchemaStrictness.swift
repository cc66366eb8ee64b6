package import JSONText

/// Finds where a changed schema is less strict, as far as two schemas can be compared by their
/// text.
///
/// A removed or changed assertion counts as less strict, unless the new value is clearly stricter:
/// a narrower bound, fewer values or types. An added one counts as stricter. Annotations don't
/// count, but for those that rules hang on: persons, texts and the keys of lists. Subschemas in `$defs` may be used under a `not`, which reverses strictness, so any change
/// there counts.
package enum SchemaStrictness {
  package struct Loss: Sendable, Equatable {
    /// The pointer in the old schema.
    package let pointer: JSONPointer
    /// For example "would no longer require severity".
    package let message: String
  }

  /// Keywords that are assertions by themselves (JSON Schema 2020-12, Validation §6 and Core §10,
  /// §11).
  private static let assertions: Set<String> = [
    "type", "enum", "const", "multipleOf", "maximum", "exclusiveMaximum", "minimum",
    "exclusiveMinimum", "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems",
    "maxContains", "minContains", "maxProperties", "minProperties", "dependentRequired", "$ref",
    "$dynamicRef", "not", "if", "then", "else", "anyOf", "oneOf", "contains", "propertyNames",
    "unevaluatedItems", "unevaluatedProperties", "x-docket-merge",
    "x-docket-person", "x-docket-text",
  ]
  /// Keywords whose value maps names to subschemas.
  private static let maps: Set<String> = [
    "properties", "patternProperties", "$defs", "dependentSchemas",
  ]
  private static let schemas: Set<String> = ["items", "additionalProperties"]
  private static let lists: Set<String> = ["allOf", "prefixItems"]

  package static func losses(from old: JSONValue, to new: JSONValue) -> [Loss] {
    var losses: [Loss] = []
    compare(old, new, at: .root, &losses)
    return losses
  }

  private static func compare(
    _ old: JSONValue, _ new: JSONValue?, at pointer: JSONPointer, _ losses: inout [Loss]
  ) {
    guard let members = old.object?.members else {
      if old != new, old.bool == false {
        losses.append(Loss(pointer: pointer, message: "would allow what it forbids at \(pointer)"))
      }
      return
    }
    for member in members {
      let place = pointer.appending(member.key)
      let successor = new?[member.key]
      if member.key == "required" {
        let kept = Set(successor?.array?.compactMap(\.string) ?? [])
        for key in member.value.array?.compactMap(\.string) ?? [] where !kept.contains(key) {
          let suffix = pointer == .root ? "" : " at \(pointer)"
          losses.append(Loss(pointer: place, message: "would no longer require \(key)\(suffix)"))
        }
      } else if assertions.contains(member.key) {
        if successor != member.value,
          pointer.tokens.contains("$defs")
            || !isStricter(member.key, than: member.value, successor)
        {
          losses.append(Loss(pointer: place, message: "would ask something else at \(place)"))
        }
      } else if maps.contains(member.key) {
        let described = successor?.object?.byName ?? [:]
        for inner in member.value.object?.members ?? [] {
          let name = place.appending(inner.key)
          guard let schema = described[JSONName(inner.key)] else {
            losses.append(Loss(pointer: name, message: "would no longer describe \(name)"))
            continue
          }
          compare(inner.value, schema, at: name, &losses)
        }
      } else if schemas.contains(member.key) {
        compare(member.value, successor, at: place, &losses)
      } else if lists.contains(member.key) {
        for (index, inner) in (member.value.array ?? []).enumerated() {
          compare(inner, successor?[index], at: place.appending(index), &losses)
        }
      }
    }
  }

  /// Whether a keyword's new value allows nothing that the old one rejected.
  private static func isStricter(_ keyword: String, than old: JSONValue, _ new: JSONValue?) -> Bool
  {
    if keyword == "x-docket-person", old.bool != true { return true }
    guard let new else { return false }
    switch keyword {
    case "x-docket-person": return new.bool == true
    case "x-docket-text": return true
    case "maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties":
      return isOrdered(new, old)
    case "minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties":
      return isOrdered(old, new)
    case "enum":
      guard let before = old.array, let after = new.array else { return false }
      return after.allSatisfy(before.contains)
    case "type":
      let (before, after) = (types(old), types(new))
      return !after.isEmpty
        && after.allSatisfy { before.contains($0) || $0 == "integer" && before.contains("number") }
    default: return false
    }
  }

  private static func isOrdered(_ small: JSONValue, _ large: JSONValue) -> Bool {
    guard let small = small.number.flatMap({ ExactRatio($0) }),
      let large = large.number.flatMap({ ExactRatio($0) })
    else { return false }
    return small <= large
  }

  private static func types(_ value: JSONValue) -> [String] {
    value.string.map { [$0] } ?? value.array?.compactMap(\.string) ?? []
  }
}
