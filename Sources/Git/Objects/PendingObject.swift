internal import CLibgit2

/// An object not yet on disk.
struct PendingObject {
  let kind: ObjectKind
  let bytes: [UInt8]
}
