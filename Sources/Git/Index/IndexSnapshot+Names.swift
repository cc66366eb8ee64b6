package import Files

extension IndexSnapshot {
  /// Calls `body` with each name directly in a directory, in the index's order.
  ///
  /// Passes over what is below each name, so that the cost is that of the names. A name is valid
  /// only during the call.
  package func forEachName(
    in directory: RepositoryPath,
    _ body: (_ name: UnsafeRawBufferPointer, _ isDirectory: Bool) -> Void
  ) {
    defer { withExtendedLifetime(self) {} }
    let prefix = directory.isRoot ? [] : directory.bytes + [UInt8(ascii: "/")]
    let range = layout.entries(below: prefix, in: file.bytes, range: 0..<entryCount)
    var next = range.lowerBound
    while next < range.upperBound {
      let path = layout.name(next, in: file.bytes)
      let rest = UnsafeRawBufferPointer(rebasing: path.dropFirst(prefix.count))
      guard let slash = rest.firstIndex(of: UInt8(ascii: "/")) else {
        body(rest, false)
        next += 1
        continue
      }
      body(UnsafeRawBufferPointer(rebasing: rest[..<slash]), true)
      let below = layout.entries(
        below: Array(path.prefix(prefix.count + slash + 1)), in: file.bytes,
        range: next..<range.upperBound)
      next = max(below.upperBound, next + 1)
    }
  }
}
