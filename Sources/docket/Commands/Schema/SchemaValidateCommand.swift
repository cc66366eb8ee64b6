import ArgumentParser
import Files
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
    @Option(
      help: """
        With --format json, the standard's output format: flag, basic or detailed. Without it: basic.
        """)
    var output: Detail?
    @Argument(help: ArgumentHelp("The instances, - for standard input.", valueName: "instance"))
    var instances: [String]
    @OptionGroup var common: CommonOptions

    mutating func run() throws {
      if output != nil, format != .json {
        throw StoreError.failed(
          "--output says how JSON is written",
          hint: "docket schema validate --format json --output …")
      }
      let compiled = try compile()
      var answers = Answers()
      for name in instances {
        do throws(JSONInput.Problem) {
          let instance = try JSONInput(name)
          switch format {
          case .json: answers.add(compiled.output(instance.document.root, format: standard))
          case .text: answers.tell(compiled.validationResult(instance.document.root), of: instance)
          }
        } catch {
          Terminal.complain("docket: \(error.message)")
          answers.fail(error.message)
        }
      }
      if format == .json {
        Output.write(instances.count == 1 ? answers.list[0] : .array(answers.list))
      }
      if !answers.areKnown { throw ExitCode(2) }
      if !answers.areValid { throw ExitStatus.AlreadyReported() }
    }

    private var standard: OutputFormat {
      switch output ?? .basic {
      case .flag: .flag
      case .basic: .basic
      case .detailed: .detailed
      }
    }

    /// Compiles the schema with all that it refers to.
    private func compile() throws -> Schema {
      let path = FileSystem.absolute(schema, in: Invocation.current.directory)
      let folders = try SchemaFolders(resolve, beside: FileSystem.parent(of: path))
      let document: JSONDocument
      do throws(JSONInput.Problem) {
        document = try JSONInput(schema).document
      } catch {
        throw StoreError.failed(error.message)
      }
      // Standard input has no name; references are relative to the current directory.
      let uri =
        schema == "-"
        ? FileURI.uri(ofPath: Invocation.current.directory + "/") : FileURI.uri(ofPath: path)
      var options = SchemaOptions()
      options.assertFormat = assertFormat
      let registry = SchemaRegistry(
        documents: [(uri: uri, document: document)],
        retrieve: { (uri) throws(SchemaError) in try folders.document(uri) }, options: options)
      do throws(SchemaError) {
        return try registry.schema(uri: uri)
      } catch {
        throw StoreError.failed(
          reported(error, own: uri), hint: error.missing.map { folders.hint(forMissing: $0) })
      }
    }

    /// Returns the error with its location: the file as the user named it, line and column.
    private func reported(_ error: SchemaError, own uri: String) -> String {
      guard let source = error.source, let position = error.position else { return error.message }
      let file =
        source == uri ? JSONInput.shown(schema) : FileURI.path(of: source) ?? source
      return "\(file):\(position): \(error.message)"
    }
  }
}

/// The results for all instances.
private struct Answers {
  private(set) var list: [JSONValue] = []
  private(set) var areValid = true
  private(set) var areKnown = true

  /// Adds an instance that can't be read.
  mutating func fail(_ reason: String) {
    areKnown = false
    list.append(["valid": false, "error": .string(reason)])
  }

  mutating func add(_ output: (value: JSONValue, isDecided: Bool)) {
    if output.value["valid"]?.bool != true { areValid = false }
    if !output.isDecided { areKnown = false }
    list.append(output.value)
  }

  mutating func tell(_ result: ValidationResult, of instance: JSONInput) {
    if !result.isDecided { areKnown = false }
    if !result.isValid { areValid = false }
    for violation in result.violations {
      let text = Self.text(violation, instance)
      if result.isDecided {
        Terminal.print(lines: text)
      } else {
        Terminal.complain("docket: \(prepared: text)")
      }
    }
    let name = Terminal.safe(instance.name)
    if result.omitted > 0 {
      Terminal.print("\(name): at least \(result.omitted) more violations")
    }
    if result.isValid { Terminal.print("\(name): valid") }
  }

  private static func text(_ violation: Violation, _ instance: JSONInput) -> String {
    // If there are alternatives, the violation in the closest one shows where to look.
    let place = violation.innermost
    let position = instance.position(at: place.range.lowerBound)
    let message =
      "\(instance.name):\(position): \(violation.message) [\(place.absoluteKeywordLocation)]"
    let example = violation.schemaNodeExample.map {
      "For example: " + String(decoding: JSONPrinter.compact($0), as: UTF8.self)
    }
    let about = [violation.schemaNodeDescription, example].compactMap { $0 }
    return Terminal.safe(message)
      + (about.isEmpty ? "" : "\n    " + Terminal.safe(about.joined(separator: " ")))
  }
}
