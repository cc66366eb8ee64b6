import Files

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads many files below one folder, directory by directory, so that each directory is looked up
/// only once and each file's status comes with its content. For use on one thread.
final class FolderReader {
  private let root: String
  private var directory: [CChar] = []
  private var descriptor: Int32 = -1

  /// - Parameter root: an absolute path.
  init(_ root: String) { self.root = root }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Returns a file's content, and its status when it was opened, or `nil` if it can't be read.
  ///
  /// - Parameter path: relative to the root.
  func read(_ path: RepositoryPath) -> (bytes: [UInt8], status: stat)? {
    (path.bytes + [0]).map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return nil }
      let slash = strrchr(start, Int32(UInt8(ascii: "/")))
      let length = slash.map { UnsafePointer($0) - start } ?? 0
      enter(UnsafeBufferPointer(start: start, count: length))
      guard descriptor >= 0 else { return nil }
      let file = openat(descriptor, start + length + (slash == nil ? 0 : 1), O_RDONLY | O_CLOEXEC)
      guard file >= 0 else { return nil }
      defer { close(file) }
      var status = stat()
      // The caller makes what can't be read a row of its own.
      guard fstat(file, &status) == 0, let bytes = try? Files.contents(of: file, path.text, status)
      else { return nil }
      return (bytes, status)
    }
  }

  private func enter(_ wanted: UnsafeBufferPointer<CChar>) {
    if descriptor >= 0, directory.elementsEqual(wanted) { return }
    if descriptor >= 0 { close(descriptor) }
    directory = Array(wanted)
    let place = root + "/" + String(decoding: wanted.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    descriptor = open(place, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  }
}
