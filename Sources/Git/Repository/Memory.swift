internal import CLibgit2

/// The memory of this process.
package enum Memory {
  /// Makes large blocks return to the system when freed.
  ///
  /// GNU's C library keeps them after the first one is freed (mallopt(3), M_MMAP_THRESHOLD), so
  /// work in several steps would take the sum of each step's peak.
  package static func givesBackLargeBlocks() { docket_give_back_large_blocks() }
}
