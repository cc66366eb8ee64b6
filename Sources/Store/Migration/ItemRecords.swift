import Files
import Git
import JSONSchema
import JSONText
import Records

/// The records that a migration makes of items, and what it changes in those that are there already.
struct ItemRecords {
  /// An item that is a record of its own after the migration.
  struct Moved: Sendable {
    let owner: RecordID
    let list: String
    let item: String
    let id: RecordID
    let isNew: Bool
  }

  private let definition: TrackerDefinition
  private let choose: (RecordMerge.Conflict) -> RecordMerge.Choice?
  private let remedy: (RecordID, RecordMerge.Side) -> String
  private let existing: (RecordID) throws(StoreError) -> RecordFile?
  private let earlier: (RecordFile) throws(StoreError) -> EarlierItem?
  private var compiledKinds: [String: CompiledKind] = [:]
  /// The new records, in the order of their items.
  private(set) var made: [ItemMigration.Made] = []
  /// The records that get what their item has and they don't.
  private(set) var changed: [(file: RecordFile, kind: Kind, value: JSONValue)] = []
  private(set) var moved: [Moved] = []
  private var ids: Set<RecordID> = []

  /// The owner of an item: its id and its path.
  typealias Owner = (id: RecordID, path: RepositoryPath)

  /// - Parameters:
  ///   - choose: ends what an item and the record that it became disagree about, or returns `nil`.
  ///   - remedy: returns the command that takes one side's word for an owner's items.
  ///   - existing: returns the record of an id, if there is one.
  ///   - earlier: returns what an item was before the migration that made a record of it.
  init(
    _ definition: TrackerDefinition,
    choosing choose: @escaping (RecordMerge.Conflict) -> RecordMerge.Choice?,
    remedy: @escaping (RecordID, RecordMerge.Side) -> String,
    existing: @escaping (RecordID) throws(StoreError) -> RecordFile?,
    earlier: @escaping (RecordFile) throws(StoreError) -> EarlierItem?
  ) {
    (self.definition, self.choose, self.remedy) = (definition, choose, remedy)
    (self.existing, self.earlier) = (existing, earlier)
  }

  /// Takes all items of a list out of its owner's value.
  mutating func takeAll(_ migration: ItemMigration, from value: inout JSONValue, of owner: Owner)
    throws(StoreError)
  {
    guard let list = value[migration.list] else { return }
    guard let items = list.array else {
      throw .refused("\(owner.path): \(migration.list) is no list", hint: "correct the file")
    }
    for item in items { try take(item, base: nil, migration, of: owner, on: .theirs) }
    value[migration.list] = nil
  }

  /// Makes a record of an item, or sees to it that the one that is there has all that the item has.
  ///
  /// - Parameters:
  ///   - base: the item in the version that two branches have in common, if it is known.
  ///   - side: the side of a merge that the item is on.
  mutating func take(
    _ item: JSONValue, base: JSONValue?, _ migration: ItemMigration, of owner: Owner,
    on side: RecordMerge.Side
  ) throws(StoreError) {
    let made = try record(of: item, migration, of: owner)
    guard ids.insert(made.id).inserted else {
      throw .refused(
        "\(owner.path): two items of \(migration.list) are called \(made.origin.item)",
        hint: "give one of them another id in the file, and commit that")
    }
    let present = try existing(made.id)
    moved.append(
      Moved(
        owner: owner.id, list: migration.list, item: made.origin.item, id: made.id,
        isNew: present == nil))
    guard let present else {
      try refuseMisfit(made, migration, owner)
      self.made.append(made)
      return
    }
    guard MigrationOrigin(present.root) == made.origin else {
      throw .refused(
        "\(owner.path): \(migration.list).\(made.origin.item) would be \(made.id), and \(present.path) doesn't say that it is that item",
        hint: "put its \(MigrationOrigin.key) back: git log -- \(ShellWord.quoted(present.path))")
    }
    // A base that can't be a record says nothing.
    let former = try base.flatMap { (base) throws(StoreError) in
      try? migration.record(
        of: base, in: owner.id, at: owner.path, folder: definition.config.folder, definition.catalog
      ).value
    }
    try reconcile(present, with: made, since: former, migration, owner, side)
  }

  /// Returns the record that an item becomes.
  func record(of item: JSONValue, _ migration: ItemMigration, of owner: Owner) throws(StoreError)
    -> ItemMigration.Made
  {
    do throws(ItemMigration.Misfit) {
      return try migration.record(
        of: item, in: owner.id, at: owner.path, folder: definition.config.folder,
        definition.catalog)
    } catch {
      throw .refused("\(owner.path): \(error.message)", hint: error.hint)
    }
  }

  private mutating func refuseMisfit(
    _ made: ItemMigration.Made, _ migration: ItemMigration, _ owner: Owner
  ) throws(StoreError) {
    guard let compiled = try compiled(migration.target),
      let document = try? JSONDocument(parsing: made.bytes),
      let violation = compiled.schema.validate(document.root).map(\.innermost).first
    else { return }
    let place = "\(migration.list).\(made.origin.item)"
    let key = violation.pointer.tokens.first.map { key in
      migration.renames.first { $0.value == key }?.key ?? key
    }
    let name = "\(migration.owner.name).\(migration.list).*\(key.map { "." + $0 } ?? "")"
    throw .refused(
      "\(owner.path): \(place) can't be \(migration.target.withArticle): \(violation.message)",
      hint:
        "docket migrate --\(migration.text) with --map, --rename or --remove \(ShellWord.quoted(name)) changes it on the way"
    )
  }

  private mutating func compiled(_ kind: Kind) throws(StoreError) -> CompiledKind? {
    if let known = compiledKinds[kind.name] { return known }
    // A schema that doesn't compile is reported on the schema itself.
    let compiled = try? definition.catalog.compiledKind(for: kind)
    compiledKinds[kind.name] = compiled
    return compiled
  }

  // MARK: Records that are there

  /// Brings what only the item's side changed into the record; refuses what can't be brought.
  private mutating func reconcile(
    _ present: RecordFile, with made: ItemMigration.Made, since former: JSONValue?,
    _ migration: ItemMigration, _ owner: Owner, _ side: RecordMerge.Side
  ) throws(StoreError) {
    let state = migration.target.workflow?.property
    func fields(_ value: JSONValue) -> JSONValue {
      var value = value
      // The record's state is its own, and says nothing about the item.
      if let state { value[state] = nil }
      return value
    }
    let (record, item) = (fields(present.value), fields(made.value))
    if record == item { return }
    var base = former.map(fields)
    if base == nil, let earlier = try earlier(present) {
      let versions = earlier.items.compactMap { version in
        try? migration.record(
          of: version, in: owner.id, at: owner.path, folder: definition.config.folder,
          definition.catalog)
      }
      base = Self.base(
        of: record, item, versions: versions.map { fields($0.value) }, first: fields(earlier.record)
      )
    }
    let isTheirs = side == .theirs
    let view = migration.target.view
    let merge = RecordMerge.merge(
      base: base, ours: isTheirs ? record : item, theirs: isTheirs ? item : record, view: view,
      choosing: choose)
    let kept: RecordMerge.Side = isTheirs ? .ours : .theirs
    let place = "\(migration.list).\(made.origin.item)"
    if let conflict = merge.conflicts.first {
      throw .refused(
        "\(owner.path): \(place) and \(present.id) (\(present.path)), which it became, were both changed: \(conflict.key)",
        hint: "\(remedy(owner.id, kept)) keeps what \(present.id) says")
    }
    var value = merge.value
    if let state { value[state] = present.value[state] }
    guard fields(value) != record else { return }
    for change in try frozen(from: present, to: value, migration.target) {
      let conflict = RecordMerge.Conflict(
        tokens: change.key.isEmpty ? [] : [change.key], base: nil,
        ours: isTheirs ? change.before : change.after,
        theirs: isTheirs ? change.after : change.before)
      guard choose(conflict) == kept.choice,
        let key = change.pointer.tokens.first
      else {
        throw .refused(
          "\(owner.path): \(place) says something else than \(present.id) (\(present.path)), which it became, and what that says is frozen: \(change.key)",
          hint: "\(remedy(owner.id, kept)) keeps what \(present.id) says")
      }
      value[key] = present.value[key]
    }
    definition.catalog.enterState(&value, of: migration.target)
    if fields(value) != record { changed.append((present, migration.target, value)) }
  }

  /// Returns the changes of a record that its frozen parts forbid.
  private mutating func frozen(from present: RecordFile, to value: JSONValue, _ kind: Kind)
    throws(StoreError) -> [JSONChange]
  {
    guard let compiled = try compiled(kind),
      let document = try? JSONDocument(parsing: JSONPrinter.canonical(value, order: kind.view))
    else { return [] }
    let after = RecordFile(path: present.path, id: present.id, document: document)
    let places = ChangeCheck.findings(from: present, to: after, compiled: compiled)
      .filter { $0.rule == "record.frozen" }.compactMap(\.pointer)
    return JSONDifference.between(
      present.value, after.value, listKey: { kind.view.at($0)?.itemKey }
    ).filter { places.contains($0.pointer.description) }
  }

  /// Returns a base for a merge that has none, key by key: a value that the item had before it became
  /// the record is no change of the item, and one that the record began with none of the record.
  private static func base(
    of record: JSONValue, _ item: JSONValue, versions: [JSONValue], first: JSONValue
  ) -> JSONValue {
    var base = JSONObject()
    let keys = (record.object?.keys ?? []) + (item.object?.keys ?? [])
    for key in keys where base[key] == nil {
      let isOld = versions.contains { $0[key] == item[key] }
      base[key] = isOld ? item[key] : first[key]
    }
    return .object(base)
  }
}

/// What an item was before it became a record.
struct EarlierItem {
  /// All versions of the item in the history before that.
  let items: [JSONValue]
  /// The record as it was first committed.
  let record: JSONValue
}
