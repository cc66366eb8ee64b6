#include <stdlib.h>
#include <unistd.h>

// Where /proc isn't mounted or readable, Swift's runtime aborts before main: it looks for its own folder
// beside the program, unless SWIFT_ROOT names one. docket then ends in order, for its arguments can't be
// read either. Runs before the runtime's own initializers, which have no priority.
__attribute__((constructor(101))) static void docket_start_without_proc(void) {
  char path[1];
  if (readlink("/proc/self/exe", path, sizeof path) < 0) setenv("SWIFT_ROOT", "/", 0);
}
