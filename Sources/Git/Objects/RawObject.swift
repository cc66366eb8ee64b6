internal import CLibgit2

/// The uncompressed bytes of one object, not copied from libgit2's buffer.
///
/// The bytes are freed with the object, which Swift may release right after its last use: end every
/// read of `bytes` with `withExtendedLifetime`.
final class RawObject {
  let bytes: UnsafeRawBufferPointer
  let kind: git_object_t
  private let handle: OpaquePointer?
  private let copy: UnsafeMutableRawBufferPointer?

  /// Takes ownership of a `git_odb_object`.
  init(adopting handle: OpaquePointer) {
    self.handle = handle
    copy = nil
    kind = git_odb_object_type(handle)
    bytes = UnsafeRawBufferPointer(
      start: git_odb_object_data(handle), count: git_odb_object_size(handle))
  }

  /// Takes ownership of `bytes`.
  init(_ bytes: UnsafeMutableRawBufferPointer, _ kind: git_object_t) {
    copy = bytes
    handle = nil
    self.kind = kind
    self.bytes = UnsafeRawBufferPointer(bytes)
  }

  init(_ pending: PendingObject) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: pending.bytes.count, alignment: 1)
    copy.copyBytes(from: pending.bytes)
    self.copy = copy
    handle = nil
    kind = pending.kind.libgit2
    bytes = UnsafeRawBufferPointer(copy)
  }

  deinit {
    if let handle { git_odb_object_free(handle) }
    copy?.deallocate()
  }
}
