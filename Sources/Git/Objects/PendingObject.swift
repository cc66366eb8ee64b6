internal import CLibgit2

/// An object that is made but not yet on disk.
struct PendingObject {
  let kind: ObjectKind
  let bytes: [UInt8]
}
