package import JSONText

/// Why a schema cannot be used.
package struct SchemaError: Error, Sendable, Equatable, CustomStringConvertible {
  /// One sentence.
  package var message: String

  /// The schema's URI and the JSON Pointer of the place: `urn:x:1#/properties/a`.
  package var location: String

  /// Bytes of the schema's document, where one place is meant.
  package var range: Range<Int>?

  /// Where the document was found: the URI it was asked for by, which may differ from its `$id`.
  package var source: String?

  /// The line and column of ``range`` there.
  package var position: SourcePosition?

  /// The URI of a document that isn't there, where that is what is wrong.
  package var missing: String?

  package init(
    message: String, location: String, range: Range<Int>? = nil, source: String? = nil,
    position: SourcePosition? = nil
  ) {
    self.message = message
    self.location = location
    self.range = range
    self.source = source
    self.position = position
  }

  /// Whether a reference leads to a document that isn't there, and no `$schema` does.
  var isReference: Bool { missing != nil && !location.hasSuffix("#/$schema") }

  package var description: String { "\(location): \(message)" }
}
