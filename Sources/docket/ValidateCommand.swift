import ArgumentParser
import JSONSchema
import JSONText
import Records
import Store

extension SchemaCommand {
  struct Validate: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "validate", abstract: "Judge any JSON by any schema of draft 2020-12.",
      usage:
        "docket schema validate --schema FILE [--resolve PREFIX=DIR]… [--assert-format] INSTANCE…",
      discussion: """
        Works outside any repository and never fetches anything: references to other documents are \
        read from the folders that --resolve names. Exit status: 0 valid, 1 not, 2 could not run.
        """)

    enum Format: String, CaseIterable, ExpressibleByArgument, Sendable { case text, json }
    enum Detail: String, CaseIterable, ExpressibleByArgument, Sendable {
      case flag, basic, detailed
    }

    @Option(help: ArgumentHelp("The schema.", valueName: "file")) var schema: String
    @Option(
      help: ArgumentHelp(
        "Where documents whose URI begins with a prefix lie.", valueName: "prefix=dir"))
    var resolve: [String] = []
    @Flag(help: "Let \"format\" refuse, not only annotate.") var assertFormat = false
    @Option(help: "text or json.") var format: Format = .text
    @Option(help: "With --format json, the standard's output format: flag, basic or detailed.")
    var output: Detail = .basic
    @Argument(help: ArgumentHelp("The instances, - for standard input.", valueName: "instance"))
    var instances: [String]
    @OptionGroup var common: CommonOptions

    mutating func run() throws {
      let folders = try resolve.map { text -> (prefix: String, folder: String) in
        guard let equals = text.lastIndex(of: "=") else {
          throw ValidationError("--resolve is written PREFIX=DIR")
        }
        return (
          String(text[..<equals]),
          Files.absolute(
            String(text[text.index(after: equals)...]), in: Invocation.current.directory)
        )
      }
      let document = try Self.document(schema)
      let uri = "file://" + Files.absolute(schema, in: Invocation.current.directory)
      let beside = Files.parent(of: Files.absolute(schema, in: Invocation.current.directory))
      var options = SchemaOptions()
      options.assertFormat = assertFormat
      let registry = SchemaRegistry(
        documents: [(uri: uri, document: document)],
        retrieve: { (uri) throws(SchemaError) in
          try Self.retrieve(uri, folders) ?? Self.sibling(uri, of: beside)
        }, options: options)
      let compiled: Schema
      do throws(SchemaError) {
        compiled = try registry.schema(uri: uri)
      } catch {
        let isFar = error.message.hasPrefix("no schema is known as")
        throw StoreError.failed(
          "\(error.message) (\(error.location))",
          hint: isFar
            ? "nothing is fetched: --resolve PREFIX=DIR says where its document lies" : nil)
      }
      var isValid = true
      var results: [JSONValue] = []
      for name in instances {
        let instance = try Self.document(name)
        switch format {
        case .json:
          let standard: OutputFormat =
            switch output {
            case .flag: .flag
            case .basic: .basic
            case .detailed: .detailed
            }
          let result = compiled.output(instance.root, format: standard)
          isValid = isValid && result["valid"]?.bool == true
          results.append(result)
        case .text:
          let violations = compiled.validate(instance.root)
          isValid = isValid && violations.isEmpty
          for violation in violations { Self.tell(violation, name, instance) }
          if violations.isEmpty { Terminal.print("\(Terminal.safe(Self.shown(name))): valid") }
        }
      }
      if format == .json {
        results.count == 1 ? Output.write(results[0]) : Output.write(.array(results))
      }
      if !isValid { throw Failure.Said() }
    }

    private static func tell(_ violation: Violation, _ name: String, _ instance: JSONDocument) {
      let position = instance.position(at: violation.range.lowerBound)
      let place = Terminal.safe("\(shown(name)):\(position)")
      Terminal.print(
        "\(place): \(Terminal.safe(violation.message)) [\(Terminal.safe(violation.absoluteKeywordLocation))]"
      )
      let example = violation.schemaNodeExample.map {
        "For example: " + String(decoding: JSONPrinter.compact($0), as: UTF8.self)
      }
      let about = [violation.schemaNodeDescription, example].compactMap { $0 }
      if !about.isEmpty {
        Terminal.print("    " + Terminal.safe(about.joined(separator: " ")))
      }
    }

    private static func shown(_ name: String) -> String { name == "-" ? "standard input" : name }

    private static func document(_ name: String) throws -> JSONDocument {
      let bytes: [UInt8]
      do {
        bytes =
          name == "-"
          ? try Files.contents(of: 0, "standard input")
          : try Files.contents(Files.absolute(name, in: Invocation.current.directory))
      } catch {
        throw StoreError.failed("can't read \(error)")
      }
      do throws(JSONSyntaxError) {
        return try JSONDocument(parsing: bytes)
      } catch {
        let position = SourcePosition(of: error.offset, in: bytes)
        throw StoreError.failed("\(shown(name)):\(position): \(error.message)")
      }
    }

    /// A file named beside the schema: relative to a URN, a name alone is all that is left.
    private static func sibling(_ uri: String, of folder: String) -> JSONDocument? {
      guard uri.hasPrefix("urn:"), !uri.contains("/"), let name = uri.split(separator: ":").last,
        name.hasSuffix(".json")
      else { return nil }
      return Files.read("\(folder)/\(name)").flatMap { try? JSONDocument(parsing: $0) }
    }

    /// The document that a URI means, from the folder of the longest prefix that fits.
    private static func retrieve(_ uri: String, _ folders: [(prefix: String, folder: String)])
      throws(SchemaError) -> JSONDocument?
    {
      let fitting = folders.filter { uri.hasPrefix($0.prefix) }
      if let best = fitting.max(by: { $0.prefix.utf8.count < $1.prefix.utf8.count }) {
        let rest = uri.dropFirst(best.prefix.utf8.count).split(separator: "#").first ?? ""
        let path = Files.absolute(String(rest), in: best.folder)
        guard path.hasPrefix(best.folder) else { return nil }
        return Files.read(path).flatMap { try? JSONDocument(parsing: $0) }
      }
      guard uri.hasPrefix("file:///") else { return nil }
      return Files.read(String(uri.dropFirst(7))).flatMap { try? JSONDocument(parsing: $0) }
    }
  }
}
