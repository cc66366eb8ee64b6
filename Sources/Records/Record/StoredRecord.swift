package import Files
import JSONText

/// A record kept as text after it was read, because few of many records are used again.
package struct StoredRecord: Sendable {
  package let path: RepositoryPath
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

  /// The record, parsed again if only its text was kept.
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
