import JSONText
import Records
import Store

/// What is added to a record and is a record of its own.
struct CollectionDrafts {
  let tracker: Tracker

  /// Returns the collection that a list's name means on records of a kind; `nil` for a plain list.
  ///
  /// - Throws: `StoreError.refused` for a list that is no longer written and has no collection here.
  func collection(_ name: String, of kind: Kind) throws(StoreError) -> ResolvedCollection? {
    if let collection = tracker.catalog.collection(name, of: kind) { return collection }
    let isNamed = kind.collections.contains { $0.name == name }
    if isNamed || kind.retired(name) != nil {
      throw .refused(
        "\(name) of \(kind.plural) is kept as records of a kind that isn't here",
        hint: "docket migrate")
    }
    return nil
  }

  /// Links a draft to a record, beside what it links to already.
  func link(_ draft: inout Draft, to id: RecordID, by relation: LinkRelation) throws(StoreError) {
    guard let place = relation.place else {
      throw .failed("\(relation.name) of \(draft.kind.plural) is set on an item of a list")
    }
    guard draft.kind.view.at(place)?.items != nil else {
      draft.value[place] = .string(id.text)
      return
    }
    var list = draft.value[place]?.array ?? []
    if !list.contains(.string(id.text)) { list.append(.string(id.text)) }
    draft.value[place] = .array(list)
  }

  /// Dates what is noted with today, unless it says when or where it comes from: what is written in a
  /// breath was heard today.
  func fillDay(_ draft: inout Draft) {
    guard draft.kind.note != nil, let day = draft.kind.filedKey, draft.value[day] == nil else {
      return
    }
    let sources = tracker.catalog.kinds.compactMap(\.rankBinding?.evidence.from)
    if sources.allSatisfy({ draft.value[$0] == nil }) {
      draft.value[day] = .string(tracker.today.description)
    }
  }

  /// Refuses to edit what is an item of a collection through the record that it belongs to.
  func refuseItems(_ assignments: [Assignment], of draft: Draft) throws {
    for assignment in assignments {
      let tokens = try FieldKey.tokens(assignment.key)
      guard tokens.count > 1, let collection = try collection(tokens[0], of: draft.kind),
        ItemID.indices(of: tokens[1], in: draft.value[tokens[0]]?.array ?? []).isEmpty
      else { continue }
      let records = try tracker.records(of: collection, about: draft.id)
      let items = records.map { record -> JSONValue in
        ["id": .string(record.id.randomPart)]
      }
      let found = ItemID.indices(of: tokens[1], in: items).map { records[$0].id }
      let rest = tokens.dropFirst(2).joined(separator: ".")
      let value = rest.isEmpty ? "key=value…" : "\(rest)\(assignment.operation.rawValue)…"
      guard found.count < 2 else {
        throw StoreError.refused(
          "\(tokens[0]).\(tokens[1]) could be any of \(found.map(\.text).joined(separator: ", "))")
      }
      throw StoreError.refused(
        found.isEmpty
          ? "\(draft.id) has no \(tokens[0]).\(tokens[1])"
          : "\(tokens[0]).\(tokens[1]) of \(draft.id) is a record of its own",
        hint: found.first.map { "docket edit \($0) \(value)" } ?? "docket show \(draft.id)")
    }
  }

  /// Returns a draft from what was given as an item: an object, or the text alone.
  func draft(from item: JSONValue, in collection: ResolvedCollection, of id: RecordID) throws
    -> Draft
  {
    var draft = tracker.draft(of: collection.kind)
    if let object = item.object {
      let retired = tracker.catalog.kind(of: id)?.retired(collection.collection.name)
      var renamed = JSONObject()
      for member in object.members {
        // An item's id was one among the list's; the record gets one of its own.
        if member.key == "id", ItemID.isValid(member.value.string ?? "") { continue }
        renamed[retired?.renames[member.key] ?? member.key] = member.value
      }
      try draft.fill(from: renamed)
    } else if let text = item.string,
      let place = collection.kind.note?.text ?? collection.kind.tell?.text
    {
      draft.value[place] = try Assignment.reading(
        text, as: collection.kind.view.at(place), key: place.tokens.joined(separator: "."))
    } else {
      throw StoreError.refused(
        "\(collection.collection.name) takes objects of \(collection.kind.plural), like {\"\(collection.kind.form.first ?? "key")\": \"…\"}"
      )
    }
    try link(&draft, to: id, by: collection.relation)
    fillDay(&draft)
    return draft
  }

  /// Takes what a new record is given for its collections out of the assignments.
  ///
  /// - Returns: the drafts of the records that these are.
  func take(from assignments: inout [Assignment], for draft: Draft) throws -> [Draft] {
    var drafts: [Draft] = []
    var rest: [Assignment] = []
    for assignment in assignments {
      let tokens = try FieldKey.tokens(assignment.key)
      guard let first = tokens.first, let collection = try collection(first, of: draft.kind) else {
        rest.append(assignment)
        continue
      }
      guard tokens.count == 1 else {
        throw StoreError.refused(
          "\(first) is kept as records of their own: \(assignment.key) is no key",
          hint:
            "docket new \(draft.kind.name) … \(first)+='{\"\(collection.kind.form.first ?? "key")\": \"…\"}'"
        )
      }
      let isText = !assignment.value.utf8.starts(with: "{".utf8)
      switch assignment.operation {
      case .append where isText, .text:
        drafts.append(
          try self.draft(from: .string(assignment.value), in: collection, of: draft.id))
      case .append:
        let document = try Assignment.parse(assignment.value, key: assignment.key)
        drafts.append(try self.draft(from: document, in: collection, of: draft.id))
      case .json:
        let document = try Assignment.parse(assignment.value, key: assignment.key)
        for item in document.array ?? [document] {
          drafts.append(try self.draft(from: item, in: collection, of: draft.id))
        }
      case .unset: throw StoreError.refused("\(assignment.key) isn't set")
      }
    }
    assignments = rest
    return drafts
  }

  /// The same for an object that describes a new record.
  func take(from object: inout JSONObject, for draft: Draft) throws -> [Draft] {
    var drafts: [Draft] = []
    for name in draft.kind.collections.map(\.name) {
      guard let value = object[name], let collection = try collection(name, of: draft.kind) else {
        continue
      }
      for item in value.array ?? [value] {
        drafts.append(try self.draft(from: item, in: collection, of: draft.id))
      }
      object[name] = nil
    }
    return drafts
  }
}
