package import JSONText

/// The reason a schema cannot be used.
package struct SchemaError: Error, Sendable, Equatable, CustomStringConvertible {
  /// One sentence.
  package var message: String

  /// The schema's URI with the JSON Pointer of the place: `urn:x:1#/properties/a`.
  package var location: String

  /// The range in the schema's document, in bytes, if the error is about one place.
  package var range: Range<Int>?

  /// The URI the document was requested by, which may differ from its `$id`.
  package var source: String?

  /// The line and column of ``range`` in that document.
  package var position: SourcePosition?

  /// The URI of the missing document, if that is the error.
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

  /// Whether the missing document is the target of a reference, not of `$schema`.
  var isReference: Bool { missing != nil && !location.hasSuffix("#/$schema") }

  package var description: String { "\(location): \(message)" }
}
