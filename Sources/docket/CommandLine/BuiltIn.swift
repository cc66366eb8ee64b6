import Files
import Records
import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the program carries: docket's own kinds, hooks and sample story.
enum BuiltIn {
  /// The kinds that `init` vendors; `schema add` brings the rest.
  static let firstKinds = [
    "feedback", "answer", "pain-point", "minutes", "decision", "retro", "action",
  ]

  /// The schema files; those of an earlier docket while the sample story has not come to this one.
  static var schemas: [(name: String, text: [UInt8])] {
    let current = EmbeddedFiles.schemas.map { (name: $0.name, text: bytes($0.text)) }
    guard Invocation.current.usesEarlierSchemas else { return current }
    let earlier = Dictionary(
      EmbeddedFiles.january.map { ($0.name, bytes($0.text)) }, uniquingKeysWith: { $1 })
    let added = Set(["feedback", "answer"].map { $0 + KindCatalog.suffix })
    return current.filter { !added.contains($0.name) }.map {
      ($0.name, earlier[$0.name] ?? $0.text)
    }
  }

  /// The same files with the versions that earlier programs carried.
  static let ownSchemas = OwnSchemas(
    current: { schemas },
    earlier: {
      EmbeddedFiles.earlier.map { String(decoding: bytes($0.text), as: UTF8.self) }.joined()
    })

  static var hooks: [(name: String, text: [UInt8])] {
    EmbeddedFiles.hooks.map { ($0.name, bytes($0.text)) }
  }

  /// The story of the sample repository and the files it uses, from `demo/`.
  static var demo: [(name: String, text: [UInt8])] {
    EmbeddedFiles.demo.map { ($0.name, bytes($0.text)) }
  }

  private static func bytes(_ text: StaticString) -> [UInt8] {
    text.withUTF8Buffer { Array($0) }
  }

  /// The files of a fresh tracker: the first kinds and what all kinds share.
  static var vendored: [(name: String, text: [UInt8])] {
    let kinds = Set(firstKinds.map { $0 + KindCatalog.suffix })
    return schemas.filter { kinds.contains($0.name) || KindCatalog.supporting.contains($0.name) }
  }

  /// All of docket's own kinds, in use or not.
  static var kinds: KindCatalog {
    KindCatalog(files: schemas.map { (name: $0.name, bytes: $0.text) })
  }

  static var materials: Setup.Materials {
    Setup.Materials(schemas: vendored, hooks: hooks, program: programPath)
  }

  /// Whether a shell finds docket by its name.
  static var isOnPath: Bool {
    let folders = Invocation.environment["PATH"]?.split(separator: ":") ?? []
    return folders.contains { FileSystem.isExecutable("\($0)/docket") }
  }

  /// This program's own file, for hooks in shells whose PATH lacks it.
  static var programPath: String {
    #if os(Linux)
      // Where /proc isn't mounted the name has to do.
      if let path = try? FileSystem.realPath("/proc/self/exe") { return path }
    #endif
    let name = CommandLine.arguments.first ?? "docket"
    let absolute = FileSystem.absolute(name, in: FileSystem.currentDirectory)
    // As above.
    return (try? FileSystem.realPath(absolute)) ?? name
  }
}

extension Tracker {
  /// The kind that a word means; of docket's own that aren't in use yet, says how to bring them.
  func kindInUse(named word: String) throws(StoreError) -> Kind {
    if catalog.kind(meantBy: word) == nil, let kind = BuiltIn.kinds.kind(meantBy: word) {
      throw .failed(
        "no \(kind.plural) are kept here yet", hint: "docket schema add \(kind.name)")
    }
    return try kind(named: word)
  }
}
