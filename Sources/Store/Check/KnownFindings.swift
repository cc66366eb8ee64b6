import JSONText
import Records

/// The findings that the base's versions of records already had.
///
/// List items are identified by their ids, so a finding stays the same when its item moves in its
/// list.
struct KnownFindings {
  private struct Key: Hashable {
    let record: RecordID
    let rule: String
    let place: String
    let message: String
  }

  private var keys: Set<Key> = []

  mutating func add(_ findings: [Finding], of record: RecordFile) {
    for finding in findings { keys.insert(Self.key(finding, record)) }
  }

  /// Whether a finding on a record is no error and the base already had it.
  func excuses(_ finding: Finding, of record: RecordFile) -> Bool {
    finding.severity < .error && !keys.isEmpty && keys.contains(Self.key(finding, record))
  }

  private static func key(_ finding: Finding, _ record: RecordFile) -> Key {
    let pointer = finding.pointer.flatMap { try? JSONPointer(parsing: $0) } ?? .root
    return Key(
      record: record.id, rule: finding.rule,
      place: FieldKey.text(for: pointer, in: record.root), message: finding.message)
  }
}
