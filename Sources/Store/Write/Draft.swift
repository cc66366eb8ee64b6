package import Files
package import Git
package import JSONText
package import Records

/// A record to be written.
package struct Draft: Sendable {
  package var id: RecordID
  package var kind: Kind
  package var value: JSONValue
  /// The record at HEAD; `nil` for a new one.
  package var base: (path: RepositoryPath, item: TreeItem, value: JSONValue)?
  /// What docket has staged of it and not committed, on which the draft is based then.
  package var staged: (path: RepositoryPath, item: TreeItem, value: JSONValue)?

  /// The path that the record has already.
  package var path: RepositoryPath? { staged?.path ?? base?.path }
  /// The value before the change.
  package var before: JSONValue? { staged?.value ?? base?.value }

  package init(
    id: RecordID, kind: Kind, value: JSONValue,
    base: (path: RepositoryPath, item: TreeItem, value: JSONValue)? = nil
  ) {
    self.id = id
    self.kind = kind
    self.value = value
    self.base = base
  }
}
