// What a static libgit2 refers to and docket never uses: network goes through the user's own git.
//
// GSSAPI serves HTTP "Negotiate" alone and Debian has no static library of it: its functions fail.
// mbedTLS is linked for real, as libgit2 sets it up when it starts; only reading the system's CA
// bundle, which takes ten times as long as all the rest of the start, answers "failed"
// (--wrap=mbedtls_x509_crt_parse_file), which libgit2 takes for "no certificates".
//
// Part of the program only when it is linked statically (DOCKET_STATIC=1 in Package.swift).

#include <stddef.h>
#include <string.h>
#include "transport_stubs.h"

// GSS_S_FAILURE, shifted as gssapi.h has it.
#define FAILURE (13u << 16)

typedef unsigned int OM_uint32;

void *GSS_C_NT_HOSTBASED_SERVICE = NULL;

#define FAILING(name) \
  OM_uint32 name(OM_uint32 *minor) { \
    if (minor) *minor = 0; \
    return FAILURE; \
  }

FAILING(gss_delete_sec_context)
FAILING(gss_display_status)
FAILING(gss_import_name)
FAILING(gss_indicate_mechs)
FAILING(gss_init_sec_context)
FAILING(gss_release_buffer)
FAILING(gss_release_name)
FAILING(gss_release_oid_set)

int __wrap_mbedtls_x509_crt_parse_file(void *chain, const char *path) {
  (void)chain;
  (void)path;
  return -0x2900;  // MBEDTLS_ERR_X509_FILE_IO_ERROR
}

// Fills OpenSSL's table of error texts, which costs as much as opening a repository. A session of
// libssh2 sets up what it needs when it begins; docket begins none.
int __wrap_libssh2_init(int flags) {
  (void)flags;
  return 0;
}

// mbedTLS has the system's random numbers, and turns a table of its own a thousand times besides,
// which docket makes no use of.
void __wrap_mbedtls_havege_init(void *state) { (void)state; }
int __wrap_mbedtls_havege_random(void *state, unsigned char *output, size_t count) {
  (void)state;
  memset(output, 0, count);
  return 0;
}

// libgit2 asks for the home directory as it starts when HOME is unset; docket does not use the
// answer, and in a static program the question loads shared libraries of the C library's exact
// version. Answers "no such user" (getpwnam(3): success without a result).
int __wrap_getpwuid_r(unsigned int user, void *entry, char *buffer, size_t size, void **result) {
  (void)user;
  (void)entry;
  (void)buffer;
  (void)size;
  *result = NULL;
  return 0;
}
