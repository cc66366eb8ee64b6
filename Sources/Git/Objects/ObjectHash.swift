/// Computes the names of objects from their bytes.
enum ObjectHash {
  /// Returns the SHA-1 of `<kind> <length>\0<bytes>`.
  static func id(_ kind: ObjectKind, _ bytes: [UInt8]) -> ObjectID {
    var hash = SHA1()
    hash.update(header(kind, count: bytes.count))
    hash.update(bytes)
    return hash.finish()
  }

  static func header(_ kind: ObjectKind, count: Int) -> [UInt8] {
    Array("\(kind.name) \(count)".utf8) + [0]
  }
}
