import Files
import JSONText
import Records
import TestSupport

@testable import Reports

/// A tracker made up in memory: commits are told one after the other, and both the state and the
/// history follow from them.
struct SampleTracker {
  struct Author {
    let name: String
    let email: String
  }

  struct UnknownSchema: Error {}

  let catalog: KindCatalog
  var roster = Roster()
  private(set) var entries: [LogEntry] = []
  private var values: [String: (id: RecordID, value: JSONValue)] = [:]
  private var count: UInt64 = 0

  /// With the repository's own kinds.
  init() throws {
    let names = [
      "action", "common", "config", "decision", "minutes", "pain-point", "people", "retro",
    ].map { "\($0).schema.json" }
    catalog = KindCatalog(
      files: try names.map { name in
        guard let bytes = readFile("\(PackageFolder.path)/schema/\(name)") else {
          throw UnknownSchema()
        }
        return (name, bytes)
      })
  }

  /// Makes a commit; a `nil` text removes the record.
  ///
  /// - Parameters:
  ///   - time: `YYYY-MM-DDThh:mm:ssZ`.
  ///   - broughtAt: when it came to the branch, where that was later.
  mutating func commit(
    _ author: Author, at time: String, _ subject: String, broughtAt: String? = nil,
    _ changes: [(id: String, text: String?)]
  ) throws {
    count += 1
    let seconds = DatePeriod.lastSecond(of: time) ?? 0
    let info = CommitInfo(
      id: Self.commitID(count), parents: count == 1 ? [] : [Self.commitID(count - 1)],
      authorName: author.name, authorEmail: author.email, authoredAt: seconds,
      committedAt: seconds, subject: subject)
    var told: [RecordChange] = []
    for (idText, text) in changes {
      guard let id = RecordID(idText), let kind = catalog.kind(of: id) else { continue }
      let path =
        "docket/\(kind.directory)/\(time.prefix(4))/\(time.dropFirst(5).prefix(2))/\(id).json"
      let place = values.first { $0.value.id == id }?.key ?? path
      let before = values[place]?.value
      let after = try text.map { try JSONDocument(parsing: $0).root.value }
      values[place] = after.map { (id, $0) }
      told.append(
        RecordChange(
          id: id, kind: kind, path: RepositoryPath(place), from: nil,
          type: before == nil ? .added : after == nil ? .deleted : .modified,
          fields: FieldChange.between(before, after, view: kind.view), before: before, after: after,
          problem: nil))
    }
    entries.insert(
      LogEntry(
        commit: info, changes: told,
        broughtAt: broughtAt.flatMap { DatePeriod.lastSecond(of: $0) } ?? seconds),
      at: 0)
  }

  func input(
    name: String = "Kestrel platform", isTruncated: Bool = false,
    unreadable: [UnreadableRecord] = [], findings: [Finding] = []
  ) throws -> AuditInput {
    AuditInput(
      name: name, revision: Self.commitID(count), committedAt: entries.first?.broughtAt ?? 0,
      since: DatePeriod.firstSecond(of: "2026-01-01"),
      until: DatePeriod.lastSecond(of: "2026-09-30"),
      isTruncated: isTruncated, catalog: catalog, roster: roster, records: try records,
      unreadable: unreadable, entries: entries, findings: findings)
  }

  private var records: [RecordFile] {
    get throws {
      try values.sorted { $0.key < $1.key }.map { path, item in
        RecordFile(
          path: RepositoryPath(path), id: item.id,
          document: try JSONDocument(parsing: JSONPrinter.canonical(item.value)))
      }
    }
  }

  func path(of id: String) -> RepositoryPath {
    RepositoryPath(values.first { $0.value.id.text == id }?.key ?? "")
  }

  /// Forty digits that look like a commit's id and are always the same (splitmix64).
  private static func commitID(_ number: UInt64) -> String {
    var text = ""
    var state = number &* 0xD1B5_4A32_D192_ED03
    while text.utf8.count < 40 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      mixed ^= mixed >> 31
      let digits = String(mixed, radix: 16)
      text += String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
    return String(text.prefix(40))
  }
}
