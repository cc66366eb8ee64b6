import Files
import JSONText
import Testing

@testable import Records

@Suite("items that become records") struct ItemMigrationTests {
  private static let loan = #"""
    {"title": "Loan", "x-docket": {"prefix": "LO", "directory": "loans",
       "collections": {"notes": {"kind": "remark", "by": "on"}},
       "frozen": [{"append": ["/amendments"]}]}, "type": "object",
     "properties": {"title": {"type": "string"}, "notes": {"type": "array",
       "x-docket-merge": {"by": "id"}, "retired": {"to": "remark", "renames": {"text": "said"}},
       "items": {"type": "object", "properties": {"id": {}, "text": {"type": "string"}}}}}}
    """#
  private static let remark = #"""
    {"title": "Remark", "x-docket": {"prefix": "RM", "directory": "remarks", "filed": "day",
       "workflow": {"property": "status", "initial": "new", "transitions": {"new": ["sorted"]},
         "enters": {"sorted": {"required": ["on"]}}},
       "links": {"on": {"kinds": ["loan"]}, "of": {"kinds": ["loan"]}},
       "frozen": [{"when": {"required": ["never"]}, "only": ["/said"]}]}, "type": "object",
     "properties": {"status": {}, "said": {"type": "array", "x-docket-text": "plain"},
       "to": {"type": "array"}, "day": {"type": "string"}, "on": {"type": "array"},
       "of": {"type": "string"}, "migrated": {}}}
    """#

  private let catalog = KindCatalog(files: [
    ("loan.schema.json", Array(loan.utf8)), ("remark.schema.json", Array(remark.utf8)),
  ])
  private let path: RepositoryPath = "docket/loans/2024/05/LO-0123456789-a-loan.json"

  private func migration() throws -> ItemMigration {
    let kind = try #require(catalog.kind(named: "loan"))
    return try #require(catalog.itemMigrations(of: kind).first)
  }

  private func value(_ text: String) throws -> JSONValue {
    try JSONDocument(parsing: Array(text.utf8)).root.value
  }

  private func made(_ item: String, by migration: ItemMigration? = nil) throws
    -> ItemMigration.Made
  {
    try (migration ?? self.migration()).record(
      of: value(item), in: #require(RecordID("LO-0123456789")), at: path, folder: "docket", catalog)
  }

  @Test("the record's id is the first fifty bits of the SHA-256 of owner, list and item")
  func id() throws {
    let made = try made(#"{"id": "k3x9q", "text": "Late"}"#)
    // printf 'LO-0123456789\nnotes\nk3x9q' | sha256sum
    let bits = SHA256.leadingBits(50, of: Array("LO-0123456789\nnotes\nk3x9q".utf8))
    #expect(made.id == RecordID(prefix: "RM", random: bits))
    #expect(made.origin == MigrationOrigin(made.value))
  }

  @Test("keys are renamed, texts become lines, one value a list, and the state follows")
  func fitted() throws {
    let made = try made(#"{"id": "k3x9q", "text": "Late\nagain", "to": "ada"}"#)
    #expect(made.value["said"] == ["Late", "again"] && made.value["to"] == ["ada"])
    #expect(made.value["on"] == ["LO-0123456789"] && made.value["status"] == "sorted")
    #expect(made.value["text"] == nil)
    let own = try self.made(#"{"id": "k3x9q", "on": "LO-9876543210"}"#)
    #expect(own.value["on"] == ["LO-0123456789", "LO-9876543210"])
  }

  @Test(
    "it is filed by its own day, else in its owner's month",
    arguments: [("2023-11-02", "2023/11"), ("soon", "2024/05"), ("", "2024/05")])
  func filed(_ day: String, _ folder: String) throws {
    let made = try made(#"{"id": "k3x9q", "text": "Late", "day": "\#(day)"}"#)
    #expect(made.path.text == "docket/remarks/\(folder)/\(made.id).json")
  }

  @Test(
    "what has no place in the record is refused",
    arguments: [
      (#"{"id": "k3x9q", "mood": "sour"}"#, "notes.k3x9q.mood has no place"),
      (#"{"id": "k3x9q", "migrated": {}}"#, "notes.k3x9q.migrated has no place"),
      (#"{"id": "k3x9q", "status": "sorted"}"#, "notes.k3x9q.status has no place"),
      (#"{"id": "k3x9q", "text": "a", "said": "b"}"#, "has no place"),
      (#"{"text": "a"}"#, "has no id"),
    ])
  func misfit(_ item: String, _ says: String) throws {
    let error = #expect(throws: ItemMigration.Misfit.self) { try made(item) }
    #expect(error?.message.contains(says) == true, "\(String(describing: error))")
  }

  @Test("a link with room for one is refused where the item has another")
  func oneLink() throws {
    let step = try #require(RecordsStep("loan.notes=remark.of"))
    let migration = try step.migration(under: catalog)
    #expect(try made(#"{"id": "k3x9q"}"#, by: migration).value["of"] == "LO-0123456789")
    #expect(throws: ItemMigration.Misfit.self) {
      try made(#"{"id": "k3x9q", "of": "LO-9876543210"}"#, by: migration)
    }
  }

  @Test(
    "steps are read and resolved",
    arguments: [
      ("loan.notes", nil), ("loan.notes=remark", nil), ("loan=remark.on", nil), (".a=b.c", nil),
      ("lone.notes=remark.on", "no kind \"lone\""), ("loan.title=remark.on", "no list \"title\""),
      ("loan.notes=remark.by", "no link \"by\""), ("loan.notes=remark.on", ""),
    ] as [(String, String?)])
  func steps(_ text: String, _ says: String?) throws {
    guard let step = RecordsStep(text) else {
      #expect(says == nil)
      return
    }
    if says == "" {
      _ = try step.migration(under: catalog)
      #expect(step.text == "records \(text)")
    } else {
      let problem = #expect(throws: RecordsStep.Problem.self) {
        try step.migration(under: catalog)
      }
      #expect(problem?.message.contains(says ?? "?") == true, "\(String(describing: problem))")
    }
  }

  // MARK: What is frozen

  private func file(_ path: RepositoryPath, _ value: JSONValue) throws -> RecordFile {
    try RecordFile.read(
      JSONPrinter.compact(value), path: path, folder: "docket"
    ).get()
  }

  /// Returns the rules of the findings on taking the items out of a frozen record.
  private func rules(
    before: String, after: String, records: [ItemMigration.Made],
    change: (inout JSONValue) -> Void = { _ in }
  ) throws -> [String] {
    let kind = try #require(catalog.kind(named: "loan"))
    let (old, new) = (try file(path, value(before)), try file(path, value(after)))
    let moved = try MovedItems(from: old, to: new, kind: kind, catalog, folder: "docket") {
      (id) throws(JSONSyntaxError) -> RecordFile? in
      guard let made = records.first(where: { $0.id == id }) else { return nil }
      var value = made.value
      change(&value)
      return RecordFile(
        path: made.path, id: id, document: try JSONDocument(parsing: JSONPrinter.compact(value)))
    }
    return ChangeCheck.findings(
      from: old, to: new, compiled: try catalog.compiledKind(for: kind), moved: moved
    ).map(\.rule)
  }

  @Test("a frozen list may lose exactly the items that are records")
  func frozen() throws {
    let (one, two) = (#"{"id": "k3x9q", "text": "Late"}"#, #"{"id": "p7r2d", "text": "Never"}"#)
    let records = [try made(one), try made(two)]
    let both = #"{"title": "A", "notes": [\#(one), \#(two)]}"#
    let none = #"{"title": "A"}"#
    #expect(try rules(before: both, after: none, records: records) == ["record.migrated"])
    #expect(try rules(before: both, after: none, records: []) == ["record.frozen"])
    #expect(try rules(before: both, after: none, records: [records[0]]) == ["record.frozen"])
    let left = #"{"title": "A", "notes": [\#(two)]}"#
    #expect(try rules(before: both, after: left, records: records) == ["record.migrated"])
    #expect(try rules(before: both, after: left, records: [records[1]]) == ["record.frozen"])
    let other = #"{"title": "B"}"#
    #expect(
      try rules(before: both, after: other, records: records).sorted()
        == ["record.frozen", "record.migrated"])
    let changed = #"{"title": "A", "notes": [{"id": "p7r2d", "text": "Ever"}]}"#
    #expect(
      try rules(before: both, after: changed, records: records).contains("record.frozen"))
    // Two items of one name can't both be in the one record.
    let twin = #"{"title": "A", "notes": [\#(one), {"id": "k3x9q", "text": "Early"}]}"#
    #expect(try rules(before: twin, after: none, records: records).contains("record.frozen"))
  }

  @Test("a record that doesn't keep the item's words or where it is from is no such record")
  func forged() throws {
    let item = #"{"id": "k3x9q", "text": "Late", "to": "ada"}"#
    let before = #"{"title": "A", "notes": [\#(item)]}"#
    let records = [try made(item)]
    func rules(_ change: (inout JSONValue) -> Void) throws -> [String] {
      try self.rules(before: before, after: #"{"title": "A"}"#, records: records, change: change)
    }
    #expect(try rules { $0["said"] = ["Early"] } == ["record.frozen"])
    #expect(try rules { $0["said"] = nil } == ["record.frozen"])
    #expect(try rules { $0[MigrationOrigin.key] = nil } == ["record.frozen"])
    // What its kind never freezes, and its state, may have gone on.
    #expect(try rules { $0["to"] = ["ada", "olaf"] } == ["record.migrated"])
    #expect(try rules { $0["status"] = "new" } == ["record.migrated"])
  }
}
