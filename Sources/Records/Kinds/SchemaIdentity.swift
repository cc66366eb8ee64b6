import Files
import JSONSchema
import JSONText

/// Finds schema files that could be taken for one another.
///
/// A reference names a file by a URI, its last name, or its `$id`. Where two files answer to one, an
/// added file could take the place of one that was checked before.
package enum SchemaIdentity {
  package static func problems(in catalog: KindCatalog) -> [KindProblem] {
    var problems: [KindProblem] = []
    let documents = catalog.files.documents.sorted { $0.key < $1.key }
    var files: [FoldedPath: String] = [:]
    for (name, document) in documents {
      let folded = RepositoryPath(name).folded
      if let other = files[folded] {
        problems.append(
          KindProblem(
            file: name, position: document.root.position,
            message: "some file systems take this file for \(other)"))
      } else {
        files[folded] = name
      }
    }
    var owners: [String: String] = [:]
    // What files are retrieved by goes before what others say that they are.
    for (name, _) in documents { owners[KindCatalog.uri(ofFile: name)] = name }
    for (name, document) in documents {
      var claimed: Set<String> = []
      for (uri, node) in ClaimedURIs.of(document, at: KindCatalog.uri(ofFile: name)) {
        func claim(_ message: String) {
          problems.append(KindProblem(file: name, position: node.position, message: message))
        }
        if ClaimedURIs.isReserved(uri) {
          claim("$id is \(uri), which is JSON Schema's own")
        } else if let other = owners[uri], other != name || claimed.contains(uri) {
          claim("$id is \(uri), and so is that of \(other); a URI names one schema")
        } else if let other = files[lastName(of: uri)], other != name {
          claim("$id is \(uri), by which references name the file \(other)")
        } else {
          owners[uri] = name
          claimed.insert(uri)
        }
      }
    }
    return problems
  }

  /// Returns what `SchemaFiles` looks for among the names of files.
  private static func lastName(of uri: String) -> FoldedPath {
    let bytes = Array(uri.utf8)
    let start = bytes.lastIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") }
    return RepositoryPath(bytes: bytes[(start.map { $0 + 1 } ?? 0)...]).folded
  }
}
