#pragma once

#include <sqlite3.h>
#include <stddef.h>

// A GNU and BSD function that Swift's Glibc module does not show.
extern void *memmem(const void *text, size_t count, const void *part, size_t part_count);
static inline int docket_contains(
    const void *text, size_t count, const void *part, size_t part_count) {
  return memmem(text, count, part, part_count) != 0;
}

// Swift cannot call variadic functions, nor read a macro that casts a number to a function pointer.
static inline int docket_sqlite_set_option(sqlite3 *database, int option, int enabled) {
  return sqlite3_db_config(database, option, enabled, (int *)0);
}

// Text and bytes, copied. An address of nothing would be taken for null.
static inline int docket_sqlite_bind_text(
    sqlite3_stmt *statement, int place, const char *text, int count) {
  return sqlite3_bind_text(statement, place, text ? text : "", count, SQLITE_TRANSIENT);
}
static inline int docket_sqlite_bind_blob(
    sqlite3_stmt *statement, int place, const void *bytes, int count) {
  return sqlite3_bind_blob(statement, place, bytes ? bytes : "", count, SQLITE_TRANSIENT);
}
static inline void docket_sqlite_result_text(
    sqlite3_context *context, const char *text, int count) {
  sqlite3_result_text(context, text, count, SQLITE_TRANSIENT);
}
