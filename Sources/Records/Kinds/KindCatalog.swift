package import JSONSchema
package import JSONText

/// The kinds of one revision, read from its vendored schema files.
package struct KindCatalog: Sendable {
  package let files: SchemaFiles
  /// By name.
  package let kinds: [Kind]
  /// The files that can't be used as kinds, and why; records of those kinds can't be checked.
  package let problems: [KindProblem]
  private let registry: SchemaRegistry

  package static let suffix = ".schema.json"
  /// Schema files that don't define a kind.
  package static let supporting = [
    "common.schema.json", "config.schema.json", "people.schema.json", "docket.metaschema.json",
  ]

  /// - Parameter files: the name (without folder) and content of every file in the schema folder.
  package init(files: [(name: String, bytes: [UInt8])]) {
    var documents: [String: JSONDocument] = [:]
    var problems: [KindProblem] = []
    for (name, bytes) in files.sorted(by: { $0.name < $1.name }) {
      do throws(JSONSyntaxError) {
        documents[name] = try JSONDocument(parsing: bytes, limits: .stored)
      } catch {
        problems.append(
          KindProblem(
            file: name, position: SourcePosition(of: error.offset, in: bytes),
            message: error.message))
      }
    }
    let schemaFiles = SchemaFiles(documents: documents)
    var kinds: [Kind] = []
    var prefixes: [String: Int] = [:]
    var directories: [String: Int] = [:]
    for name in documents.keys.sorted()
    where name.hasSuffix(Self.suffix) && !Self.supporting.contains(name) {
      guard let document = documents[name] else { continue }
      do throws(KindProblem) {
        let kind = try Kind(
          name: String(name.dropLast(Self.suffix.count)), document: document, files: schemaFiles)
        if let other = prefixes[kind.prefix] ?? directories[kind.directory] {
          throw KindProblem(
            file: name, position: document.root.position,
            message: "prefix and directory must be its own; \(kinds[other].fileName) has the same")
        }
        for (verb, other) in [
          ("note", kind.note == nil ? nil : kinds.first { $0.note != nil }),
          ("tell", kind.tell == nil ? nil : kinds.first { $0.tell != nil }),
        ] {
          guard let other else { continue }
          throw KindProblem(
            file: name, position: document.root.position,
            message: "\"\(verb)\" must be its own; \(other.fileName) has it too")
        }
        prefixes[kind.prefix] = kinds.count
        directories[kind.directory] = kinds.count
        kinds.append(kind)
      } catch {
        problems.append(error)
      }
    }
    self.files = schemaFiles
    self.kinds = kinds
    self.problems = problems
    registry = Self.registry(of: schemaFiles, isChecked: false)
  }

  /// - Parameter isChecked: whether schemas are also validated against the meta-schema, which costs
  ///   ten times as much as compiling them: for whole states, not for hooks.
  static func registry(of files: SchemaFiles, isChecked: Bool) -> SchemaRegistry {
    var options = SchemaOptions()
    options.checkSchemas = isChecked
    options.assertDates = true
    return SchemaRegistry(
      documents: files.documents.map { (uri: uri(ofFile: $0.key), document: $0.value) },
      retrieve: { uri in files.document(named: uri) }, options: options)
  }

  /// Returns a copy that validates schemas against the meta-schema when it compiles them.
  package func checkingSchemas() -> KindCatalog {
    KindCatalog(
      files: files, kinds: kinds, problems: problems,
      registry: Self.registry(of: files, isChecked: true))
  }

  private init(
    files: SchemaFiles, kinds: [Kind], problems: [KindProblem], registry: SchemaRegistry
  ) {
    self.files = files
    self.kinds = kinds
    self.problems = problems
    self.registry = registry
  }

  static func uri(ofFile name: String) -> String { "docket:/schema/\(name)" }

  package func kind(named name: String) -> Kind? { kinds.first { $0.name == name } }

  package func kind(of id: RecordID) -> Kind? {
    let prefix = id.prefix
    return kinds.first { $0.prefix == prefix }
  }

  /// Returns the kind that a user named by its name, prefix, directory or plural, in any case.
  package func kind(meantBy word: String) -> Kind? {
    let lower = word.lowercased()
    return kinds.first { kind in
      [kind.name, kind.prefix.lowercased(), kind.directory, kind.plural].contains(lower)
        || kind.name.replacing("-", with: "") == lower
    }
  }

  /// Returns the compiled schema of a file, or of the subschema at `pointer` in it.
  package func schema(inFile name: String, at pointer: JSONPointer = .root) throws(SchemaError)
    -> Schema
  {
    pointer == .root
      ? try registry.schema(uri: Self.uri(ofFile: name))
      : try registry.schema(at: pointer, inDocument: Self.uri(ofFile: name))
  }

  /// Compiles a kind's schema, rules and frozen parts.
  package func compiledKind(for kind: Kind) throws(SchemaError) -> CompiledKind {
    try CompiledKind(kind, in: self)
  }
}

extension KindCatalog {
  /// Returns the view of any schema file, for its order of keys.
  package func view(ofFile name: String) -> SchemaView? {
    files.documents[name].map { SchemaView($0.root, in: files) }
  }
}
