import JSONSchema
import JSONText
import Store

/// Where `schema validate` finds the documents that a schema refers to; nothing is fetched.
struct SchemaFolders: Sendable {
  /// Folders by the beginning of the URIs that lie in them, as `--resolve` names them.
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
      let folder = Files.absolute(
        String(text[text.index(after: equals)...]), in: Invocation.current.directory)
      guard Files.names(in: folder) != nil else {
        throw StoreError.failed("--resolve \(text): there is no folder \(folder)")
      }
      folders.append((String(text[..<equals]), folder))
    }
  }

  /// The document that a URI means; `nil` where none is there. One that can't be read is an error.
  func document(_ uri: String) throws(SchemaError) -> JSONDocument? {
    for path in paths(of: uri) where Files.fileType(path) != nil {
      do throws(JSONInput.Problem) {
        return try JSONInput(path: path, name: path).document
      } catch {
        throw SchemaError(message: error.message, location: uri)
      }
    }
    return nil
  }

  /// What is to be done about a document that isn't there.
  func hint(forMissing uri: String) -> String {
    if let path = paths(of: uri).first {
      return Files.fileType(path) == nil
        ? "it would be \(path), which isn't there" : "\(path) is not what it was taken for"
    }
    return "nothing is fetched: --resolve PREFIX=DIR says where its document lies"
  }

  /// Where a URI may lie: in the folder of the longest prefix that fits, at its own path, or beside
  /// the schema.
  private func paths(of uri: String) -> [String] {
    let fitting = folders.filter { uri.hasPrefix($0.prefix) }
    if let best = fitting.max(by: { $0.prefix.utf8.count < $1.prefix.utf8.count }) {
      let rest = uri.dropFirst(best.prefix.utf8.count).drop { $0 == "/" }
      // As it is written comes second: a file may have % in its name.
      return [FileURI.decoded(rest), String(rest)].map {
        Files.absolute($0, in: best.folder)
      }.filter { $0.hasPrefix(best.folder == "/" ? "/" : best.folder + "/") }
    }
    if let path = FileURI.path(of: uri) { return [path, String(uri.dropFirst(7))] }
    // Relative to a URN, a name alone is all that is left.
    if uri.hasPrefix("urn:"), !uri.contains("/"), let name = uri.split(separator: ":").last,
      name.hasSuffix(".json")
    {
      return ["\(beside)/\(FileURI.decoded(name))"]
    }
    return []
  }
}
