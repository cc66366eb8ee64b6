/// A record's file before and after a commit.
package struct CachedChange: Sendable {
  package var sequence: Int64 = 0
  package let record: String
  package let oldPath: String?
  package let oldBlob: [UInt8]?
  package let newPath: String?
  package let newBlob: [UInt8]?
  /// The file in each of the merge's other parents.
  package let others: [(path: String, blob: [UInt8])?]

  package init(
    record: String, oldPath: String?, oldBlob: [UInt8]?, newPath: String?, newBlob: [UInt8]?,
    others: [(path: String, blob: [UInt8])?] = []
  ) {
    self.others = others
    self.record = record
    self.oldPath = oldPath
    self.oldBlob = oldBlob
    self.newPath = newPath
    self.newBlob = newBlob
  }
}
