package import Files
import JSONSchema
package import JSONText

/// How the items of a list become records of another kind that link back to the list's owner.
///
/// What an item becomes depends on nothing but the item, its owner's id and path, and the schemas: two
/// branches that migrate it write the same bytes to the same path.
package struct ItemMigration: Sendable {
  /// The kind whose records have the list.
  package let owner: Kind
  package let list: String
  /// The keys of an item that are called something else in the record.
  package let renames: [String: String]
  package let target: Kind
  /// The relation of the target that leads back to the owner.
  package let relation: LinkRelation

  package init(
    owner: Kind, list: String, renames: [String: String], target: Kind, relation: LinkRelation
  ) {
    (self.owner, self.list, self.renames) = (owner, list, renames)
    (self.target, self.relation) = (target, relation)
  }

  /// As written on a command line and in a commit's trailer.
  package var text: String {
    "records \(owner.name).\(list)=\(target.name).\(relation.name)"
  }

  /// The key that the items are known by.
  package var itemKey: String? { owner.view.property(list)?.itemKey }

  /// Why an item can't become a record.
  package struct Misfit: Error, Sendable {
    package let message: String
    /// What to do about it.
    package let hint: String
  }

  /// A record made of an item.
  package struct Made: Sendable {
    package let origin: MigrationOrigin
    package let id: RecordID
    package let path: RepositoryPath
    package let value: JSONValue
    package let bytes: [UInt8]
  }

  /// Returns the record that an item becomes.
  ///
  /// - Parameters:
  ///   - owner: the record that has the item, and its path.
  ///   - catalog: the kinds, which decide the record's first state.
  package func record(
    of item: JSONValue, in owner: RecordID, at path: RepositoryPath, folder: RepositoryPath,
    _ catalog: KindCatalog
  ) throws(Misfit) -> Made {
    guard let key = itemKey, let name = item[key]?.string, !name.isEmpty else {
      throw Misfit(
        message: "an item of \(list) has no \(itemKey ?? "id")",
        hint: "give it one in the file, five letters or digits, and commit that")
    }
    let origin = MigrationOrigin(record: owner, list: list, item: name)
    let id = origin.derivedID(prefix: target.prefix)
    var record = JSONObject()
    record["$schema"] = .string(
      RecordPath.schemaReference(kind: target.name, fromFolder: folder))
    record["id"] = .string(id.text)
    if let workflow = target.workflow { record[workflow.property] = .string(workflow.initial) }
    for member in item.object?.members ?? [] where !member.key.isSameText(as: key) {
      try put(member, of: name, into: &record)
    }
    try link(owner, of: name, in: &record)
    record[MigrationOrigin.key] = origin.value
    var value = JSONValue.object(record)
    catalog.enterState(&value, of: target)
    return Made(
      origin: origin, id: id, path: filingPath(id, value, ownerPath: path, folder: folder),
      value: value, bytes: JSONPrinter.canonical(value, order: target.view))
  }

  private func put(_ member: JSONMember, of item: String, into record: inout JSONObject)
    throws(Misfit)
  {
    let key = renames[member.key] ?? member.key
    let place = "\(owner.name).\(list).*.\(member.key)"
    guard let view = target.view.property(key), key != MigrationOrigin.key,
      !Kind.identityKeys.contains(key), record[key] == nil
    else {
      throw Misfit(
        message: "\(list).\(item).\(member.key) has no place in \(target.withArticle)",
        hint:
          "--rename \(ShellWord.quoted(place))=KEY gives it another key, and --remove \(ShellWord.quoted(place)) shows it and drops it; or \(target.fileName) describes it"
      )
    }
    record[key] = Self.fitted(member.value, view)
  }

  /// Returns a value as the record has it: one value where the record has a list is the list of it.
  private static func fitted(_ value: JSONValue, _ view: SchemaView) -> JSONValue {
    guard view.types == ["array"], value.array == nil else { return value }
    if view.isText, let text = value.string { return .array(Assignment.lines(text)) }
    return .array([value])
  }

  private func link(_ id: RecordID, of item: String, in record: inout JSONObject) throws(Misfit) {
    guard let place = relation.place,
      place.tokens.count == 1
    else {
      throw Misfit(
        message: "\(relation.name) of \(target.withArticle) is no key of the record itself",
        hint: "name a relation that is")
    }
    let key = place.tokens[0]
    let present = record[key]
    if target.view.property(key)?.types == ["array"] {
      let ids = present?.array ?? []
      record[key] = .array(ids.contains(.string(id.text)) ? ids : [.string(id.text)] + ids)
    } else if let present, present.string != id.text {
      throw Misfit(
        message: "\(list).\(item) has a \(key) already, \(present.plainText)",
        hint: "name a relation of \(target.name) that is a list, or change that value")
    } else {
      record[key] = .string(id.text)
    }
  }

  /// Returns where the record lies: in the year and month of its own day, else in its owner's.
  private func filingPath(
    _ id: RecordID, _ value: JSONValue, ownerPath: RepositoryPath, folder: RepositoryPath
  ) -> RepositoryPath {
    let own = target.filedKey.flatMap { value[$0]?.string }.flatMap { CivilDate($0) }
    if let own {
      return RecordPath(id: id, directory: target.directory, date: own, title: nil, folder: folder)
        .path
    }
    let parts = ownerPath.components
    return folder.appending(target.directory).appending(parts[max(0, parts.count - 3)])
      .appending(parts[max(0, parts.count - 2)]).appending("\(id).json")
  }
}

extension ItemMigration {
  /// Whether a record still has what nobody may change of the item that it was: its origin and, where
  /// its kind freezes some parts, those; otherwise everything.
  package func keeps(_ made: Made, in record: RecordFile) -> Bool {
    guard record.id == made.id, MigrationOrigin(record.root) == made.origin else { return false }
    let state = target.workflow?.property
    return (made.value.object?.members ?? []).allSatisfy { member in
      let place = JSONPointer.root.appending(member.key)
      if member.key == state || member.key == "$schema" || !isLasting(place) { return true }
      return record.root[member.key]?.value == member.value
    }
  }

  private func isLasting(_ place: JSONPointer) -> Bool {
    guard !target.frozen.isEmpty else { return true }
    return target.frozen.contains { part in !part.frees(place) }
  }
}

extension KindCatalog {
  /// Returns how the items of a kind's retired lists become records: for the lists that a collection
  /// of the same name takes the place of.
  package func itemMigrations(of kind: Kind) -> [ItemMigration] {
    kind.retiredLists.compactMap { list in
      guard let collection = collection(list.name, of: kind), collection.kind.name == list.kind
      else { return nil }
      return ItemMigration(
        owner: kind, list: list.name, renames: list.renames, target: collection.kind,
        relation: collection.relation)
    }
  }

  /// Moves a record in its initial state to the one that its values bring it to.
  package func enterState(_ value: inout JSONValue, of kind: Kind) {
    guard let workflow = kind.workflow, !workflow.enters.isEmpty,
      kind.state(of: value) ?? workflow.initial == workflow.initial,
      let document = try? JSONDocument(parsing: JSONPrinter.compact(value))
    else { return }
    for (state, condition) in workflow.enters {
      // A condition that doesn't compile is an error in the definition; `docket check` reports it.
      let schema = try? schema(inFile: kind.fileName, at: condition)
      guard schema?.isValid(document.root) == true else { continue }
      value[workflow.property] = .string(state)
      return
    }
  }
}
