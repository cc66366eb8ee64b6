/// Why a schema cannot be used.
package struct SchemaError: Error, Sendable, Equatable, CustomStringConvertible {
  /// One sentence.
  package var message: String

  /// The schema's URI and the JSON Pointer of the place: `urn:x:1#/properties/a`.
  package var location: String

  /// Bytes of the schema's document, where one place is meant.
  package var range: Range<Int>?

  package init(message: String, location: String, range: Range<Int>? = nil) {
    self.message = message
    self.location = location
    self.range = range
  }

  package var description: String { "\(location): \(message)" }
}
