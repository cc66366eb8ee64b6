internal import CLibgit2

/// The four kinds of git objects.
enum ObjectKind: Sendable {
  case commit, tree, blob, tag

  var name: StaticString {
    switch self {
    case .commit: "commit"
    case .tree: "tree"
    case .blob: "blob"
    case .tag: "tag"
    }
  }

  var libgit2: git_object_t {
    switch self {
    case .commit: GIT_OBJECT_COMMIT
    case .tree: GIT_OBJECT_TREE
    case .blob: GIT_OBJECT_BLOB
    case .tag: GIT_OBJECT_TAG
    }
  }
}

/// The uncompressed bytes of one object, without copying what libgit2 read.
final class RawObject {
  /// Valid while the object lives; a `RawTree` keeps it alive, everyone else uses `withBytes`.
  fileprivate let bytes: UnsafeRawBufferPointer
  let kind: git_object_t
  private let handle: OpaquePointer?
  private let copy: UnsafeMutableRawBufferPointer?

  /// Takes over a `git_odb_object`.
  init(adopting handle: OpaquePointer) {
    self.handle = handle
    copy = nil
    kind = git_odb_object_type(handle)
    bytes = UnsafeRawBufferPointer(
      start: git_odb_object_data(handle), count: git_odb_object_size(handle))
  }

  init(_ pending: PendingObject) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: pending.bytes.count, alignment: 1)
    copy.copyBytes(from: pending.bytes)
    self.copy = copy
    handle = nil
    kind = pending.kind.libgit2
    bytes = UnsafeRawBufferPointer(copy)
  }

  /// Hands out the bytes for the time of the call.
  func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(self) {} }
    return try body(bytes)
  }

  deinit {
    if let handle { git_odb_object_free(handle) }
    copy?.deallocate()
  }
}

extension RawTree {
  /// The entries of an object, which stays alive with this value; none where there is no object.
  init(_ object: RawObject?) {
    self.init(object?.bytes ?? UnsafeRawBufferPointer(start: nil, count: 0), owner: object)
  }
}

/// An object that is made but not yet on disk.
struct PendingObject {
  let kind: ObjectKind
  let bytes: [UInt8]
}
