/// An absolute path of bytes, as `RepositoryPath.systemPath(below:)` makes it.
package struct BytePath: SystemPath, Equatable {
  private let bytes: [UInt8]

  package init(bytes: [UInt8]) { self.bytes = bytes }

  package var description: String { String(decoding: bytes, as: UTF8.self) }

  package func withBytes<Result>(_ body: (UnsafePointer<CChar>, Int) -> Result) -> Result {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes.count + 1) { buffer in
      let end = buffer.initialize(fromContentsOf: bytes.lazy.map { CChar(bitPattern: $0) })
      buffer.initializeElement(at: end, to: 0)
      guard let start = buffer.baseAddress else { return "".withBytes(body) }
      return body(UnsafePointer(start), bytes.count)
    }
  }
}
