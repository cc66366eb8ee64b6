internal import CLibgit2

/// The memory of this process.
package enum Memory {
  /// Has large blocks go back to the system when they are freed.
  ///
  /// The C library of GNU keeps them after the first that was freed (mallopt(3), M_MMAP_THRESHOLD), so
  /// that work in several steps takes the most that each of them takes, all together.
  package static func givesBackLargeBlocks() { docket_give_back_large_blocks() }
}
