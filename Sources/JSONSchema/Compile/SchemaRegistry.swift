package import JSONText
import Synchronization

/// Schema documents by URI, compiled when asked for; nothing is ever fetched from a network.
///
/// The meta-schemas of 2020-12 are always known. Safe to use from any thread.
package final class SchemaRegistry: Sendable {
  package typealias Retrieve = @Sendable (String) throws(SchemaError) -> JSONDocument?

  package let options: SchemaOptions
  private let compiler: Mutex<SchemaCompiler>

  /// - Parameters:
  ///   - documents: schemas by retrieval URI; a root `$id` is resolved against it, and both work.
  ///   - retrieve: asked for documents of other URIs, without fragment; it is called while the
  ///     registry is locked, so it must not use the registry.
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

  /// The schema of a URI, which may have a fragment: a JSON Pointer or an anchor.
  package func schema(uri: String) throws(SchemaError) -> Schema {
    let node = try compiler.withLock { (compiler) throws(SchemaError) -> SchemaNode in
      try compiler.schema(uri: uri)
    }
    return Schema(root: node, registry: self)
  }

  /// The subschema at `pointer` of a document, with the base URI and the ids in force there; the
  /// pointer may lead through keywords that are not JSON Schema's own.
  package func schema(
    at pointer: JSONPointer, inDocument uri: String
  ) throws(SchemaError) -> Schema {
    try schema(uri: URIReference(uri).base + "#" + pointer.uriFragment)
  }
}
