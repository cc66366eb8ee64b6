/// Compares names as bytes.
enum PathOrder {
  /// Returns a negative number, zero or a positive number as `left` sorts before, with or after
  /// `right`, byte by byte.
  @inline(__always)
  static func compare(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
    let shared = min(left.count, right.count)
    for index in 0..<shared where left[index] != right[index] {
      return Int(left[index]) - Int(right[index])
    }
    return left.count - right.count
  }

  /// Compares in the order of entries in a tree: a directory sorts as if its name ended with a
  /// slash.
  @inline(__always)
  static func compareEntries(
    _ left: UnsafeRawBufferPointer, isTree leftIsTree: Bool,
    _ right: UnsafeRawBufferPointer, isTree rightIsTree: Bool
  ) -> Int {
    let shared = min(left.count, right.count)
    for index in 0..<shared where left[index] != right[index] {
      return Int(left[index]) - Int(right[index])
    }
    let slash = Int(UInt8(ascii: "/"))
    let leftNext = left.count > shared ? Int(left[shared]) : leftIsTree ? slash : 0
    let rightNext = right.count > shared ? Int(right[shared]) : rightIsTree ? slash : 0
    return leftNext - rightNext
  }
}
