import ArgumentParser
import JSONSchema
import JSONText
import Records
import Store

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "The kinds of record, and JSON Schema for anything else.",
    subcommands: [
      List.self, Show.self, SchemaAddCommand.self, SchemaNewCommand.self, SchemaCheckCommand.self,
      Validate.self,
    ])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the kinds in use, and those that could be.")
    @OptionGroup var output: FormatOption
    @OptionGroup var common: CommonOptions

    mutating func run() throws {
      let tracker = try Invocation.current.tracker()
      let catalog = tracker.catalog
      let origins = Dictionary(tracker.schemaOrigins.map { ($0.name, $0.origin) }) { $1 }
      let addable = BuiltIn.kinds.kinds.filter { catalog.kind(named: $0.name) == nil }
      switch output.format {
      case .json:
        Output.write(
          Output.envelope(
            "kinds", [("items", .array(Self.items(catalog.kinds, addable, origins)))]))
      case .jsonl: Output.writeLines(Self.items(catalog.kinds, addable, origins))
      case .text:
        for kind in catalog.kinds {
          let origin = origins[kind.fileName].flatMap(Self.note(on:)).map { " (\($0))" } ?? ""
          Terminal.print(
            "\(Terminal.padded(kind.name, to: 14)) \(Terminal.padded(kind.prefix, to: 6)) \(Terminal.safe(kind.view.summary ?? ""))\(Terminal.styled(origin, .dim))"
          )
        }
        for kind in addable {
          let command = Terminal.styled(Self.adding(kind), .dim)
          Terminal.print("\(Terminal.padded(kind.name, to: 14)) \(command)")
        }
      }
    }

    /// Returns what is to be said of a schema that isn't this docket's.
    private static func note(on origin: SchemaOrigin) -> String? {
      switch origin {
      case .current: nil
      case .earlier(let version):
        "of \(version.map { "docket \($0)" } ?? "an earlier docket"): docket migrate brings this one's"
      case .later(let version): "of docket \(version), later than this one"
      case .changed: "changed by your team"
      }
    }

    private static func adding(_ kind: Kind) -> String { "docket schema add \(kind.name)" }

    private static func items(
      _ used: [Kind], _ addable: [Kind], _ origins: [String: SchemaOrigin]
    ) -> [JSONValue] {
      used.map { item($0, isInUse: true, origins[$0.fileName]) }
        + addable.map { item($0, isInUse: false, nil) }
    }

    private static func item(_ kind: Kind, isInUse: Bool, _ origin: SchemaOrigin?) -> JSONValue {
      let (name, version) = origin?.words ?? (nil, nil)
      return Output.object([
        ("kind", .string(kind.name)), ("inUse", .bool(isInUse)), ("prefix", .string(kind.prefix)),
        ("directory", .string(kind.directory)), ("title", .string(kind.title)),
        ("description", kind.view.summary.map { .string($0) }),
        ("schema", isInUse ? .string(".docket/schema/\(kind.fileName)") : nil),
        ("origin", name.map { .string($0) }), ("docket", version.map { .string($0) }),
        ("next", isInUse ? nil : .string(adding(kind))),
      ])
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print a kind's schema.")
    @Argument(help: "The kind.") var kind: String
    @Flag(
      help: "With the shared shapes inside, for other validators: one file that needs no other.")
    var bundle = false
    @OptionGroup var common: CommonOptions

    mutating func run() throws {
      let tracker = try Invocation.current.tracker()
      let kind = try tracker.kindInUse(named: kind)
      guard bundle else {
        Output.writeJSON(kind.document.bytes)
        return
      }
      Output.write(SchemaBundle.bundled(kind, in: tracker.catalog))
    }
  }
}

/// A kind's schema as one compound document (JSON Schema 2020-12 §9.3, bundling).
enum SchemaBundle {
  static func bundled(_ kind: Kind, in catalog: KindCatalog) -> JSONValue {
    var root = kind.document.root.value
    var definitions = root["$defs"]?.object ?? JSONObject()
    var pending = references(in: root)
    var done: Set<String> = []
    while let name = pending.popFirst() {
      guard done.insert(name).inserted, let document = catalog.files.documents[name] else {
        continue
      }
      var file = document.root.value
      let id = file["$id"]?.string ?? name
      pending.formUnion(references(in: file))
      file = rewritten(file, catalog)
      file["$id"] = .string(id)
      definitions[name] = file
    }
    root = rewritten(root, catalog)
    if !definitions.isEmpty { root["$defs"] = .object(definitions) }
    return root
  }

  private static func references(in value: JSONValue) -> Set<String> {
    switch value {
    case .object(let object):
      var found = object.members.reduce(into: Set<String>()) {
        $0.formUnion(references(in: $1.value))
      }
      if let reference = object["$ref"]?.string, !reference.hasPrefix("#"),
        let file = reference.split(separator: "#").first
      {
        found.insert(String(file))
      }
      return found
    case .array(let items): return items.reduce(into: []) { $0.formUnion(references(in: $1)) }
    default: return []
    }
  }

  /// Returns a schema with references by file name replaced by references by `$id`.
  private static func rewritten(_ value: JSONValue, _ catalog: KindCatalog) -> JSONValue {
    switch value {
    case .object(var object):
      for index in object.members.indices {
        let member = object.members[index]
        if member.key == "$ref", let reference = member.value.string, !reference.hasPrefix("#") {
          let parts = reference.split(separator: "#", maxSplits: 1)
          let id = catalog.files.documents[String(parts[0])]?.root["$id"]?.string
          object.members[index].value = .string(
            (id ?? String(parts[0])) + (parts.count > 1 ? "#" + parts[1] : ""))
        } else {
          object.members[index].value = rewritten(member.value, catalog)
        }
      }
      return .object(object)
    case .array(let items): return .array(items.map { rewritten($0, catalog) })
    default: return value
    }
  }
}
