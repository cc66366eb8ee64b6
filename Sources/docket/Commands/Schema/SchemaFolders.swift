import Files
import JSONSchema
import JSONText
import Store

/// Finds the documents that a schema refers to, for `schema validate`; nothing is fetched.
struct SchemaFolders: Sendable {
  /// Folders by URI prefix, as given with `--resolve`.
  private var folders: [(prefix: String, folder: String)] = []
  /// The folder of the schema itself.
  private let beside: String

  /// - Parameter arguments: `PREFIX=DIR` each.
  init(_ arguments: [String], beside: String) throws {
    self.beside = beside
    for text in arguments {
      guard let equals = text.lastIndex(of: "=") else {
        throw StoreError.failed(
          "--resolve is written PREFIX=DIR, not \(text)",
          hint: "docket schema validate --resolve https://example.org/=schemas …")
      }
      let folder = FileSystem.absolute(
        String(text[text.index(after: equals)...]), in: Invocation.current.directory)
      guard try FileSystem.names(in: folder) != nil else {
        throw StoreError.failed("--resolve \(text): there is no folder \(folder)")
      }
      folders.append((String(text[..<equals]), folder))
    }
  }

  /// Returns the document of a URI, or `nil` if there is none. One that can't be read is an error.
  func document(_ uri: String) throws(SchemaError) -> JSONDocument? {
    for path in paths(of: uri) {
      do throws(JSONInput.Problem) {
        if let input = try JSONInput(ifPresent: path) { return input.document }
      } catch {
        throw SchemaError(message: error.message, location: uri)
      }
    }
    return nil
  }

  /// Returns what to do about a missing document.
  func hint(forMissing uri: String) -> String {
    if let path = paths(of: uri).first {
      // The document was looked for before: what can't be read has been reported.
      return (try? FileSystem.fileType(path)) == nil
        ? "it would be \(path), which isn't there" : "\(path) is not what it was taken for"
    }
    return "nothing is fetched: --resolve PREFIX=DIR says where its document is"
  }

  /// Returns the possible paths of a URI: in the folder of the longest matching prefix, at its own
  /// path, or beside the schema.
  private func paths(of uri: String) -> [String] {
    let fitting = folders.filter { uri.hasPrefix($0.prefix) }
    if let best = fitting.max(by: { $0.prefix.utf8.count < $1.prefix.utf8.count }) {
      let rest = uri.dropFirst(best.prefix.utf8.count).drop { $0 == "/" }
      // The undecoded name comes second: a file may have % in its name.
      return [FileURI.decoded(rest), String(rest)].map {
        FileSystem.absolute($0, in: best.folder)
      }.filter { $0.hasPrefix(best.folder == "/" ? "/" : best.folder + "/") }
    }
    if let path = FileURI.path(of: uri) { return [path, String(uri.dropFirst(7))] }
    // Resolved against a URN, only a file name is left.
    if uri.hasPrefix("urn:"), !uri.contains("/"), let name = uri.split(separator: ":").last,
      name.hasSuffix(".json")
    {
      return ["\(beside)/\(FileURI.decoded(name))"]
    }
    return []
  }
}
