#pragma once

#include <git2.h>
#include <git2/sys/repository.h>
#include <stdint.h>
#include <zlib.h>

// Swift cannot call variadic functions; an option of type int gets this one.
static inline int docket_git_set_option(int option, int enabled) {
  return git_libgit2_opts(option, enabled);
}

// The same for an option of type size_t.
static inline int docket_git_set_size(int option, size_t size) {
  return git_libgit2_opts(option, size);
}

// Starts writing a file's pages without waiting for them. A GNU function that Swift's Glibc module
// does not show; elsewhere nothing is done, and the fsync that follows does all the work.
#if defined(__linux__)
extern int sync_file_range(int descriptor, int64_t offset, int64_t count, unsigned int flags);
static inline void docket_start_writeback(int descriptor) {
  sync_file_range(descriptor, 0, 0, 2 /* SYNC_FILE_RANGE_WRITE */);
}

// Writes a file's pages and waits for them, without making the disk empty its cache: the next fsync
// does that. 0 if it was done.
static inline int docket_finish_writeback(int descriptor) {
  return sync_file_range(descriptor, 0, 0, 1 | 2 | 4 /* WAIT_BEFORE, WRITE, WAIT_AFTER */);
}

// Whether the file system at a path journals metadata in order, so that one fsync makes all earlier
// changes of names durable too: ext2 to ext4, XFS, and tmpfs, where nothing is durable.
#include <sys/vfs.h>
static inline int docket_has_ordered_journal(const char *path) {
  struct statfs status;
  if (statfs(path, &status) != 0) return 0;
  return status.f_type == 0xEF53 || status.f_type == 0x58465342 || status.f_type == 0x01021994;
}
#else
static inline void docket_start_writeback(int descriptor) { (void)descriptor; }
static inline int docket_finish_writeback(int descriptor) { (void)descriptor; return -1; }
static inline int docket_has_ordered_journal(const char *path) { (void)path; return 0; }
#endif

#ifdef __GLIBC__
#include <malloc.h>
#endif

// Blocks from a megabyte on are mapped, and unmapped when they are freed, whatever was freed before;
// and threads share two heaps, for what one thread of a pool has freed another can't use otherwise.
static inline void docket_give_back_large_blocks(void) {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
  mallopt(M_ARENA_MAX, 2);
#endif
}
