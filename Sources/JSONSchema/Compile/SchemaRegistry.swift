package import JSONText
import Synchronization

/// Schema documents by URI, compiled on demand. Nothing is ever fetched from a network.
///
/// The meta-schemas of 2020-12 are always known. Safe to use from any thread.
package final class SchemaRegistry: Sendable {
  package typealias Retrieve = @Sendable (String) throws(SchemaError) -> JSONDocument?

  package let options: SchemaOptions
  private let compiler: Mutex<SchemaCompiler>

  /// - Parameters:
  ///   - documents: schemas by retrieval URI; a root `$id` is resolved against it, and both work.
  ///   - retrieve: called for documents of other URIs, given without fragment. It is called while
  ///     the registry is locked, so it must not use the registry.
  package init(
    documents: [(uri: String, document: JSONDocument)] = [], retrieve: Retrieve? = nil,
    options: SchemaOptions = SchemaOptions()
  ) {
    self.options = options
    var given: [String: JSONDocument] = [:]
    for (uri, document) in documents { given[URIReference(uri).base] = document }
    compiler = Mutex(
      SchemaCompiler(documents: given, retrieve: retrieve, options: options))
  }

  deinit {
    compiler.withLock { $0.breakCycles() }
  }

  /// Returns the schema at a URI, whose fragment may be a JSON Pointer or an anchor.
  package func schema(uri: String) throws(SchemaError) -> Schema {
    let node = try compiler.withLock { (compiler) throws(SchemaError) -> SchemaNode in
      try compiler.schema(uri: uri)
    }
    return Schema(root: node, registry: self)
  }

  /// Returns the subschema at `pointer` in a document, with the base URI and the ids in effect
  /// there. The pointer may pass through keywords that are not JSON Schema's.
  package func schema(
    at pointer: JSONPointer, inDocument uri: String
  ) throws(SchemaError) -> Schema {
    try schema(uri: URIReference(uri).base + "#" + pointer.uriFragment)
  }
}
