import Files
import JSONText
import Records

/// The facts about a record that reports show.
struct RecordMention: Sendable {
  let id: RecordID
  /// The kind's name; `nil` if no schema is known for the id's prefix.
  let kind: String?
  let kindTitle: String
  let path: RepositoryPath
  let title: String
  let state: String?
  /// The date shown for the record, as written.
  let date: String?
  /// The newest commit of the period that changed it, or `nil` if none did.
  let lastCommit: CommitInfo?

  init(_ record: RecordFile, catalog: KindCatalog, lastCommit: CommitInfo?) {
    let kind = catalog.kind(of: record.id)
    let value = record.value
    id = record.id
    self.kind = kind?.name
    kindTitle = kind?.title ?? record.id.prefix
    path = record.path
    title = kind?.heading(of: value) ?? ""
    state = kind?.state(of: value)
    date = kind?.dateKey.flatMap { value[$0]?.string }
    self.lastCommit = lastCommit
  }

  /// Orders by date, undated ones last, then by id.
  static func precedes(_ left: RecordMention, _ right: RecordMention) -> Bool {
    switch (left.date, right.date) {
    case (let first?, let second?) where first != second: first < second
    case (_?, nil): true
    case (nil, _?): false
    default: left.id < right.id
    }
  }
}
