import JSONText
import Records
import Store

/// Brings docket's own schemas to this program's versions.
struct SchemaUpgrade {
  private let tracker: Tracker
  private let built = BuiltIn.schemas

  init(_ tracker: Tracker) { self.tracker = tracker }

  /// Returns the migration that brings every schema that the team hasn't changed, and says on standard
  /// error which ones it leaves.
  ///
  /// - Parameter words: the kinds whose schema is taken though the team has changed it.
  func migration(taking words: [String]) throws -> Migration {
    let taken = try words.map { (word) throws -> String in
      let names = [word, word + KindCatalog.suffix]
      guard let name = built.map(\.name).first(where: names.contains) else {
        throw StoreError.failed(
          "docket has no schema \"\(word)\" of its own",
          hint: "docket schema list shows the kinds here")
      }
      return name
    }
    // Files of two versions together, the shared shapes among them, would fit neither.
    if let later = tracker.laterDocket {
      throw StoreError.refused(
        "docket \(Docket.version) would take schemas of docket \(later) back",
        hint: later.updating)
    }
    var schemas: [String: [UInt8]] = [:]
    for schema in try tracker.vendored(built) {
      let kind = schema.name.replacing(KindCatalog.suffix, with: "")
      let origin = schema.broughtBy.map { " since \($0)" } ?? ""
      switch schema.status {
      case .current: continue
      case .outdated: break
      case .edited where !taken.contains(schema.name):
        Terminal.note(
          "\(schema.name) is yours: you changed it\(origin), and docket's is the same as then")
        continue
      case .editedAndOutdated where !taken.contains(schema.name):
        Terminal.note(
          "\(schema.name) is kept: you changed it\(origin), and docket's own has changed, too")
        let path = ".docket/schema/\(schema.name)"
        if let commit = schema.broughtBy {
          Terminal.complain("  git diff \(commit) HEAD -- \(path)     what you changed")
        }
        Terminal.complain(
          "  docket migrate --take \(kind) --dry-run     what docket's own would bring")
        continue
      case .edited, .editedAndOutdated: break
      }
      schemas[schema.name] = text(schema.name)
    }
    try bring([], with: &schemas)
    var migration = Migration(schemas: schemas, steps: [])
    migration.takesRetired = true
    if !schemas.isEmpty {
      migration.subject = "Bring docket's schemas to version \(Docket.version)"
    }
    migration.notes = schemas.keys.sorted().map { note($0, schemas[$0] ?? []) }
    return migration
  }

  /// Adds docket's own kinds that are named or that a collection needs, where they aren't here yet, and
  /// the shapes that kinds share and a `common.schema.json` of the team's lacks.
  func bring(_ kinds: [String], with schemas: inout [String: [UInt8]]) throws {
    let present = tracker.catalog.files.documents
    var catalog = KindCatalog(files: files(schemas))
    var wanted = kinds
    var brought = Set(schemas.keys)
    while true {
      wanted += catalog.kinds.flatMap { $0.collections.map(\.kind) }
      let missing = Set(
        wanted.filter { catalog.kind(named: $0) == nil }.map { $0 + KindCatalog.suffix }
      )
      .filter { present[$0] == nil && schemas[$0] == nil && text($0) != nil }
      guard !missing.isEmpty else { break }
      for name in missing { schemas[name] = text(name) }
      brought.formUnion(missing)
      catalog = KindCatalog(files: files(schemas))
    }
    let common = "common.schema.json"
    let edited = schemas[common].flatMap { try? JSONDocument(parsing: $0) }
    guard let mine = edited ?? present[common],
      let own = text(common).flatMap({ try? JSONDocument(parsing: $0) })
    else { return }
    let roots = brought.sorted().compactMap { catalog.files.documents[$0]?.root }
    if let bytes = SharedShapes(own).completing(mine, for: roots) { schemas[common] = bytes }
  }

  /// Returns the note on a file that a migration brings. What the trailer says was vendored is docket's
  /// own, and the next upgrade replaces it: a team's file with shapes added isn't.
  func note(_ name: String, _ bytes: [UInt8]) -> String {
    (text(name) == bytes ? "vendor " : "add to ") + name
  }

  private func text(_ name: String) -> [UInt8]? { built.first { $0.name == name }?.text }

  /// Returns the schema files with those of a migration in place.
  private func files(_ schemas: [String: [UInt8]]) -> [(name: String, bytes: [UInt8])] {
    var files = tracker.catalog.files.documents.mapValues(\.bytes)
    files.merge(schemas) { $1 }
    return files.map { (name: $0.key, bytes: $0.value) }
  }
}
