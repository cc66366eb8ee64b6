internal import Files

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A file read in parts: mapped if small, otherwise a window at a time.
///
/// Mapped pages count towards the process's memory once read, and releasing them costs more than
/// rereading from the system's cache. Unmapped files keep a descriptor open, so the many small
/// files of a repository that was never repacked are mapped.
final class FileWindow {
  let size: Int
  private let mapped: UnsafeRawBufferPointer?
  /// Open if not mapped.
  private let file: OpenFile?
  private let buffer: UnsafeMutableRawBufferPointer
  /// The buffer's offset in the file, and the number of bytes in it.
  private var start = 0
  private var count = 0

  /// - Parameters:
  ///   - width: the number of bytes read at a time.
  ///   - largestMapped: the size of the largest file that is mapped.
  init?(_ path: String, width: Int, largestMapped: Int) {
    // What can't be read here libgit2 reads, and reports.
    guard let opened = (try? OpenFile.reading(path)) ?? nil, let status = try? opened.status()
    else {
      return nil
    }
    size = Int(status.st_size)
    if size <= largestMapped {
      // As above.
      guard let mapped = try? opened.map(), mapped.count == size, size > 0 else { return nil }
      self.mapped = mapped
      file = nil
      buffer = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    } else {
      mapped = nil
      file = opened
      buffer = .allocate(byteCount: width, alignment: 8)
    }
  }

  deinit {
    if let mapped {
      munmap(UnsafeMutableRawPointer(mutating: mapped.baseAddress), mapped.count)
    } else {
      buffer.deallocate()
    }
  }

  /// Returns the bytes after an offset, as many as the window has; the next call may overwrite
  /// them.
  ///
  /// - Parameter least: the minimum number of bytes, as far as the window can hold them and the
  ///   file has them.
  func bytes(from offset: Int, atLeast least: Int = 1) -> UnsafeRawBufferPointer {
    if let mapped {
      guard offset >= 0, offset < mapped.count else {
        return UnsafeRawBufferPointer(start: nil, count: 0)
      }
      return UnsafeRawBufferPointer(rebasing: mapped[offset...])
    }
    guard let file else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    if offset < start || offset + least > start + count {
      start = offset
      count = 0
      while count < buffer.count {
        let read = file.withDescriptor { descriptor in
          pread(
            descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count,
            off_t(offset + count))
        }
        if read < 0, errno == EINTR { continue }
        if read <= 0 { break }
        count += read
      }
    }
    return UnsafeRawBufferPointer(rebasing: buffer[(offset - start)..<max(offset - start, count)])
  }

  /// Returns exactly `count` bytes, or `nil` if the file ends before.
  func bytes(_ offset: Int, _ count: Int) -> UnsafeRawBufferPointer? {
    let bytes = bytes(from: offset, atLeast: count)
    return bytes.count < count ? nil : UnsafeRawBufferPointer(rebasing: bytes.prefix(count))
  }
}
