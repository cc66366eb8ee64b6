import ArgumentParser
import Files
import JSONText
import Store

/// The sources of a record's content besides `key=value` words.
struct DraftInput: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Read a JSON object, or JSON Lines for many records, from a file or - for standard input.",
      valueName: "file"))
  var from: String?

  @Flag(help: "Write it in your editor.")
  var edit = false

  /// Reads one object, or one for each line.
  static func objects(from source: String) throws -> [JSONObject] {
    let bytes: [UInt8]
    do {
      bytes =
        source == "-"
        ? try OpenFile.standardInput()
        : try FileSystem.contents(FileSystem.absolute(source, in: Invocation.current.directory))
    } catch {
      throw StoreError.failed("can't read \(error)")
    }
    let name = source == "-" ? "standard input" : source
    if let document = try? JSONDocument(parsing: bytes) {
      guard let object = document.root.value.object else {
        throw StoreError.failed("\(name) holds no JSON object; many records are given one a line")
      }
      try refuseDuplicates(document, name, line: 0)
      return [object]
    }
    var objects: [JSONObject] = []
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated()
    where !line.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) {
      do {
        let document = try JSONDocument(parsing: Array(line))
        guard let object = document.root.value.object else {
          throw StoreError.failed("\(name):\(index + 1):1: a record is a JSON object")
        }
        try refuseDuplicates(document, name, line: index)
        objects.append(object)
      } catch let error as JSONSyntaxError {
        // For invalid JSON of several lines, the position in the whole text is more useful.
        if objects.isEmpty, let whole = syntaxError(in: bytes) {
          let position = SourcePosition(of: whole.offset, in: bytes)
          throw StoreError.failed("\(name):\(position): \(whole.message)")
        }
        throw StoreError.failed("\(name):\(index + 1):\(error.offset + 1): \(error.message)")
      }
    }
    return objects
  }

  private static func refuseDuplicates(_ document: JSONDocument, _ name: String, line: Int) throws {
    guard let node = document.duplicateKeys.first else { return }
    throw StoreError.failed(
      "\(name):\(node.position.line + line):\(node.position.column): the key \"\(node.string ?? "")\" is here a second time"
    )
  }

  private static func syntaxError(in bytes: [UInt8]) -> JSONSyntaxError? {
    do throws(JSONSyntaxError) {
      _ = try JSONDocument(parsing: bytes)
      return nil
    } catch {
      return error
    }
  }
}
