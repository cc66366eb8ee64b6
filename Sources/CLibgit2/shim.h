#pragma once

#include <git2.h>
#include <git2/sys/repository.h>
#include <zlib.h>

// Swift cannot call variadic functions; an option of type int gets this one.
static inline int docket_git_set_option(int option, int enabled) {
  return git_libgit2_opts(option, enabled);
}
