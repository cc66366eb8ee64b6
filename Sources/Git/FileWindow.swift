#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A part of a large file at a time.
///
/// Files that are mapped count as memory, as far as they were looked at, and giving such memory back
/// costs more than reading anew what is in the system's cache.
final class FileWindow {
  let size: Int
  private let descriptor: Int32
  private let buffer: UnsafeMutableRawBufferPointer
  /// Where in the file the buffer begins, and how much of it is filled.
  private var start = 0
  private var count = 0

  /// - Parameter width: how many bytes are read at one time.
  init?(_ path: String, width: Int) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      close(descriptor)
      return nil
    }
    size = Int(status.st_size)
    buffer = .allocate(byteCount: width, alignment: 8)
  }

  deinit {
    close(descriptor)
    buffer.deallocate()
  }

  /// What follows an offset, as much as there is in the window: the next call overwrites it.
  ///
  /// - Parameter least: so many at least, as long as the window can hold them and the file has them.
  func bytes(from offset: Int, atLeast least: Int = 1) -> UnsafeRawBufferPointer {
    if offset < start || offset + least > start + count {
      start = offset
      count = 0
      while count < buffer.count {
        let read = pread(
          descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count,
          off_t(offset + count))
        if read < 0, errno == EINTR { continue }
        if read <= 0 { break }
        count += read
      }
    }
    return UnsafeRawBufferPointer(rebasing: buffer[(offset - start)..<max(offset - start, count)])
  }
}
