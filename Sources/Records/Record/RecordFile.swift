package import Files
package import JSONText

/// A record read from its file: its path, id and parsed document.
package struct RecordFile: Sendable {
  package let path: RepositoryPath
  package let id: RecordID
  package let document: JSONDocument
  package var root: JSONNode { document.root }
  package var value: JSONValue { document.root.value }

  package init(path: RepositoryPath, id: RecordID, document: JSONDocument) {
    self.path = path
    self.id = id
    self.document = document
  }
}

extension RecordFile {
  /// Reads a record, with the id from its path.
  package static func read(_ bytes: [UInt8], path: RepositoryPath, folder: RepositoryPath)
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

  /// The same with an id already taken from the path.
  package static func read(_ bytes: [UInt8], path: RepositoryPath, id: RecordID)
    -> Result<RecordFile, UnreadableRecord>
  {
    do throws(JSONSyntaxError) {
      let document = try JSONDocument(parsing: bytes, limits: .stored)
      if let key = document.duplicateKeys.first {
        return .failure(
          UnreadableRecord(
            path: path, line: key.position.line, column: key.position.column,
            message: "the key \"\(key.string ?? "")\" is here a second time"))
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
      let isConflict = ConflictText(marked: bytes) != nil
      return .failure(
        UnreadableRecord(
          path: path, line: position.line, column: position.column,
          message: isConflict
            ? "both sides of a merge conflict are in it, between <<<<<<< and >>>>>>>"
            : error.message, isConflict: isConflict))
    }
  }
}
