import ArgumentParser
import Files
import JSONText
import Records
import Store

struct SchemaAddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Vendor docket's own kinds, in one commit.",
    usage: "docket schema add KIND…\ndocket schema add --all",
    discussion: """
      `docket init` brings the first five kinds; these are the others:

        docket schema add interview measure
        docket schema add board story-map team
      """)

  @Argument(help: "The kinds.") var kinds: [String] = []
  @Flag(help: "All kinds that docket brings.") var all = false
  @OptionGroup var write: WriteFlags
  @OptionGroup var common: CommonOptions

  mutating func validate() throws {
    if all == kinds.isEmpty { return }
    let names = BuiltIn.kinds.kinds.map(\.name).filter { !BuiltIn.firstKinds.contains($0) }
    throw ValidationError(
      all
        ? "--all brings all kinds; name none beside it"
        : "name a kind: \(names.joined(separator: ", ")), or --all")
  }

  mutating func run() async throws {
    let tracker = try Invocation.current.tracker(isWritten: true)
    let own = BuiltIn.kinds
    var wanted: [Kind] = all ? own.kinds : []
    for word in kinds {
      guard let kind = own.kind(meantBy: word) else {
        throw StoreError.refused(
          "docket has no kind \"\(word)\" of its own",
          hint:
            "it has \(own.kinds.map(\.name).joined(separator: ", ")); a kind of yours: docket schema new \(word)"
        )
      }
      if !wanted.contains(where: { $0.name == kind.name }) { wanted.append(kind) }
    }
    let present = wanted.filter { tracker.catalog.kind(named: $0.name) != nil }
    if !all {
      for kind in present { Terminal.note("\(kind.name) is in use already") }
    }
    wanted.removeAll { kind in present.contains { $0.name == kind.name } }
    guard !wanted.isEmpty else {
      if all { Terminal.note("all kinds that docket brings are in use already") }
      return
    }
    for kind in wanted {
      guard
        let other = tracker.catalog.kinds.first(where: {
          $0.prefix == kind.prefix || $0.directory == kind.directory
        })
      else { continue }
      throw StoreError.refused(
        "\(kind.name) can't be added: \(other.name), a kind of this repository's own, has the prefix \(other.prefix) and the folder \(other.directory)",
        hint: "no two kinds can share one; docket schema show \(other.name) shows what is there")
    }
    var files = wanted.map {
      PlannedFile(
        path: "\(TrackerDefinition.schemaFolder)/\($0.fileName)", bytes: $0.document.bytes,
        base: nil)
    }
    if let shapes = try shapes(for: wanted, in: tracker) { files.append(shapes) }
    let names = wanted.map(\.plural)
    let change = DefinitionChange(
      files: files,
      message: write.message
        ?? "Keep \(Self.list(names))\n\nVendor docket's \(names.count == 1 ? "schema of the kind" : "schemas of these kinds")."
    )
    let (outcome, warnings) = try await tracker.commit(change, try write.options())
    FindingText.complain(warnings)
    let commit = outcome.commit.map { " in commit \($0)" } ?? ", not committed"
    for file in files { Terminal.note("saved \(file.path)\(commit)") }
    if let first = wanted.first {
      Terminal.complain("Next: docket new \(first.name)")
    }
  }

  /// Returns the shared definitions with those added that these kinds need and the file vendored by
  /// an earlier docket lacks, or `nil` if it lacks none.
  private func shapes(for kinds: [Kind], in tracker: Tracker) throws -> PlannedFile? {
    let name = "common.schema.json"
    guard let own = BuiltIn.kinds.files.documents[name],
      let present = tracker.catalog.files.documents[name], let head = try tracker.headCommit(),
      let bytes = SharedShapes(own).completing(present, for: kinds.map(\.document.root))
    else { return nil }
    let path = TrackerDefinition.schemaFolder.appending(name)
    return PlannedFile(
      path: path, bytes: bytes, base: try tracker.item(path, in: tracker.tree(of: head)))
  }

  private static func list(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}

/// The definitions of `common.schema.json` in this docket.
struct SharedShapes {
  private let own: JSONDocument

  init(_ own: JSONDocument) { self.own = own }

  /// Returns `present` with the missing definitions that `schemas` refer to, or `nil` if none is
  /// missing; its existing text stays the same, byte for byte.
  func completing(_ present: JSONDocument, for schemas: [JSONNode]) -> [UInt8]? {
    guard let definitions = own.root["$defs"], let old = present.root["$defs"] else { return nil }
    var needed: Set<String> = []
    var pending = schemas.flatMap { Self.names(in: $0.value, prefix: "common.schema.json#/$defs/") }
    while let name = pending.popLast() {
      guard old[name] == nil, let definition = definitions[name],
        needed.insert(name).inserted
      else { continue }
      pending += Self.names(in: definition.value, prefix: "#/$defs/")
    }
    guard !needed.isEmpty, let last = Array(old.members).last?.value.range.upperBound else {
      return nil
    }
    let added = definitions.members.filter { needed.contains($0.key.string ?? "") }
      .map { ",\n    \($0.key.sourceText): \($0.value.sourceText)" }.joined()
    return present.bytes[..<last] + Array(added.utf8) + present.bytes[last...]
  }

  private static func names(in value: JSONValue, prefix: String) -> [String] {
    switch value {
    case .object(let object):
      object.members.flatMap { member -> [String] in
        if member.key == "$ref", let text = member.value.string, text.hasPrefix(prefix) {
          return [String(text.dropFirst(prefix.count))]
        }
        return names(in: member.value, prefix: prefix)
      }
    case .array(let items): items.flatMap { names(in: $0, prefix: prefix) }
    default: []
    }
  }
}
