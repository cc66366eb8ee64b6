package import JSONText

/// A record's file, read: where it is, whose it is, what it says.
package struct RecordFile: Sendable {
  package let path: String
  package let id: RecordID
  package let document: JSONDocument
  package var root: JSONNode { document.root }
  package var value: JSONValue { document.root.value }

  package init(path: String, id: RecordID, document: JSONDocument) {
    self.path = path
    self.id = id
    self.document = document
  }
}

/// Why a file can't be read as a record; the other records are not hidden by it.
package struct UnreadableRecord: Error, Sendable, Equatable {
  package let path: String
  package let line: Int?
  package let column: Int?
  package let message: String
  /// How to get at what the file holds, where it isn't the file's fault that it can't be read.
  package let remedy: String?

  package init(
    path: String, line: Int? = nil, column: Int? = nil, message: String, remedy: String? = nil
  ) {
    self.path = path
    self.line = line
    self.column = column
    self.message = message
    self.remedy = remedy
  }

  package var finding: Finding {
    let file = ShellWord.quoted(path)
    let isForeign = line == nil && remedy == nil
    let fix =
      isForeign
      ? "git rm -q --cached --ignore-unmatch -- \(file); then keep it somewhere else"
      : "correct the text, then: docket fmt \(file) && git add \(file)"
    return RuleBook.finding(
      isForeign ? "record.path" : "record.well-formed", path: path, line: line, column: column,
      message, hint: remedy ?? fix)
  }
}

extension RecordFile {
  /// Reads a record; the path says whose file it is.
  package static func read(_ bytes: [UInt8], path: String, folder: String)
    -> Result<RecordFile, UnreadableRecord>
  {
    let place: RecordPath
    do throws(RecordPath.Problem) {
      place = try RecordPath(path, inFolder: folder)
    } catch {
      switch error {
      case .foreign(let reason):
        return .failure(UnreadableRecord(path: path, message: reason))
      }
    }
    return read(bytes, path: path, id: place.id)
  }

  /// The same where the path has told the id.
  package static func read(_ bytes: [UInt8], path: String, id: RecordID)
    -> Result<RecordFile, UnreadableRecord>
  {
    do throws(JSONSyntaxError) {
      let document = try JSONDocument(parsing: bytes)
      if let key = document.duplicateKeys.first {
        return .failure(
          UnreadableRecord(
            path: path, line: key.position.line, column: key.position.column,
            message: "the key \"\(key.string ?? "")\" stands here a second time"))
      }
      guard document.root.isObject else {
        let position = document.root.position
        return .failure(
          UnreadableRecord(
            path: path, line: position.line, column: position.column,
            message: "a record is a JSON object"))
      }
      return .success(RecordFile(path: path, id: id, document: document))
    } catch {
      let position = SourcePosition(of: error.offset, in: bytes)
      return .failure(
        UnreadableRecord(
          path: path, line: position.line, column: position.column, message: error.message))
    }
  }
}

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
