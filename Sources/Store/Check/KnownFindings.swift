import JSONText
import Records

/// The findings that the base's versions of changed records already had.
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

  /// Whether a finding is no error and the base already had it.
  func excuses(_ finding: Finding, among records: [RecordFile]) -> Bool {
    guard finding.severity < .error, !keys.isEmpty,
      let record = records.first(where: { $0.path == finding.path })
    else { return false }
    return keys.contains(Self.key(finding, record))
  }

  private static func key(_ finding: Finding, _ record: RecordFile) -> Key {
    let pointer = finding.pointer.flatMap { try? JSONPointer(parsing: $0) } ?? .root
    return Key(
      record: record.id, rule: finding.rule,
      place: FieldKey.text(for: pointer, in: record.value), message: finding.message)
  }
}
