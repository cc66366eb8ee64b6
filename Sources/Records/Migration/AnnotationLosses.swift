import JSONText

/// Finds where a changed kind would no longer have what its annotations ask of records.
///
/// Compares what the check of a record sees at each place, not the text of two schemas: a keyword
/// beside a `$ref` takes the place of that in its target, so nothing need go to be stripped.
package struct AnnotationLosses {
  private var losses: [String] = []
  /// The pairs of subschemas that were compared, for schemas that refer to themselves.
  private var seen: Set<[Int]> = []
  private static let mostDepth = 64

  /// Parts of `x-docket` that are words and forms for people, not rules about records.
  private static let words: Set<String> = [
    "plural", "title", "columns", "form", "lists", "waits",
  ]

  /// Returns a sentence without its subject for each loss, such as "would no longer take owner for a
  /// person's handle".
  package static func between(_ old: Kind, _ new: Kind) -> [String] {
    var comparison = AnnotationLosses()
    comparison.compareModels(old, new)
    comparison.compareRetired(old, new)
    comparison.compare(old.view, new.view, at: .root)
    return comparison.losses
  }

  private mutating func compareModels(_ old: Kind, _ new: Kind) {
    let model = new.document.root["x-docket"]
    for (key, value) in old.document.root["x-docket"]?.members.map({ $0 }) ?? [] {
      guard let name = key.string, !Self.words.contains(name) else { continue }
      guard let successor = model?[name] else {
        losses.append("would lose its x-docket.\(name)")
        continue
      }
      switch name {
      case "collections":
        for (key, collection) in value.members
        where successor[key.string ?? ""]?.value != collection.value {
          losses.append("would no longer collect \(key.string ?? "") as it did")
        }
      case "workflow":
        for (key, condition) in value["enters"]?.members.map({ $0 }) ?? []
        where successor["enters"]?[key.string ?? ""]?.value != condition.value {
          losses.append("would no longer bring records to \(key.string ?? "") as it did")
        }
      default: break
      }
      // The day by which a person's time on the roster is judged.
      if name == "date", successor.value != value.value {
        losses.append("would take its date from elsewhere")
      }
    }
  }

  /// What is frozen may leave a retired list, for records that may freeze less.
  private mutating func compareRetired(_ old: Kind, _ new: Kind) {
    guard !old.frozen.isEmpty else { return }
    for list in new.retiredLists
    where old.retired(list.name) != list && old.view.hasProperty(list.name) {
      losses.append("would let the items of \(list.name) be taken out of what is frozen")
    }
  }

  private mutating func compare(_ old: SchemaView, _ new: SchemaView?, at pointer: JSONPointer) {
    guard let first = old.layers.first, pointer.tokens.count < Self.mostDepth else { return }
    let pair = [first, new?.layers.first].compactMap { $0 }.flatMap {
      [ObjectIdentifier($0.document).hashValue, $0.index]
    }
    guard seen.insert(pair).inserted else { return }
    let place = pointer == .root ? "the record" : pointer.tokens.joined(separator: ".")
    if old.isPerson, new?.isPerson != true {
      losses.append("would no longer take \(place) for a person's handle")
    }
    if old.isText, new?.isText != true {
      losses.append("would no longer keep \(place) as the lines of a text")
    }
    if let key = old.itemKey, new?.itemKey != key {
      losses.append("would no longer know the items of \(place) by their \(key)")
    }
    guard let new else { return }
    if !old.isOpen, new.isOpen {
      losses.append("would no longer report unknown keys of \(place)")
    }
    for name in old.propertyNames {
      guard let property = old.property(name) else { continue }
      compare(property, new.property(name), at: pointer.appending(name))
    }
    if let items = old.items { compare(items, new.items, at: pointer.appending("*")) }
  }
}
