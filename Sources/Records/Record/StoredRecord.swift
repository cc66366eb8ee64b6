package import JSONText

/// A record that was read and is kept as text: of many, few are looked at again.
package struct StoredRecord: Sendable {
  package let path: String
  package let id: RecordID
  private let text: Text

  private enum Text {
    case parsed(JSONDocument)
    case bytes([UInt8])
  }

  package init(_ record: RecordFile, isParsed: Bool) {
    path = record.path
    id = record.id
    text = isParsed ? .parsed(record.document) : .bytes(record.document.bytes)
  }

  /// The record, parsed anew.
  package var file: RecordFile {
    switch text {
    case .parsed(let document): return RecordFile(path: path, id: id, document: document)
    case .bytes(let bytes):
      guard let document = try? JSONDocument(parsing: bytes) else {
        preconditionFailure("\(path) was parsed before")
      }
      return RecordFile(path: path, id: id, document: document)
    }
  }
}
