#pragma once

#include <git2.h>
#include <git2/sys/repository.h>
#include <stdint.h>
#include <zlib.h>

// Swift cannot call variadic functions; an option of type int gets this one.
static inline int docket_git_set_option(int option, int enabled) {
  return git_libgit2_opts(option, enabled);
}

// Starts writing a file's pages without waiting for them. A GNU function that Swift's Glibc module
// does not show; elsewhere nothing is done, and the fsync that follows does all the work.
#if defined(__linux__)
extern int sync_file_range(int descriptor, int64_t offset, int64_t count, unsigned int flags);
static inline void docket_start_writeback(int descriptor) {
  sync_file_range(descriptor, 0, 0, 2 /* SYNC_FILE_RANGE_WRITE */);
}
#else
static inline void docket_start_writeback(int descriptor) { (void)descriptor; }
#endif
