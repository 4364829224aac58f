/* db_sqlite.h - what the two files that know SQLite share: a connection and its statements. For them alone. */
#ifndef CORE_DB_SQLITE_H
#define CORE_DB_SQLITE_H

#include <sqlite3.h>

#include "core/db.h"

enum {
    STMT_BUCKETS = 256, /* a program has a few hundred statements at most */
    NEAR_COUNT = 512,
    NUMBERS_MAX = 64 /* placeholders and columns of a statement: a bit each in a word */
};

struct db_stmt {
    struct db      *db;
    sqlite3_stmt   *handle;
    struct db_stmt *next; /* in its bucket */
    char           *sql;
    int             places;                    /* $1..$places */
    int             place_of[NUMBERS_MAX + 1]; /* SQLite's number for $n: it counts names by first appearance */
    uint64_t        bound;                     /* bit n-1: $n has a value */
    uint64_t        asked;                     /* bit c: db_is_null() was asked for column c of this row */
};

struct db {
    sqlite3        *handle;
    enum db_mode    mode;
    bool            is_begun;   /* db_begin() succeeded, and neither commit nor rollback came since */
    size_t          wal_frames; /* frames that the next commit is appended to; a guess from above after opening */
    size_t          frame_bytes;
    struct db_stmt *stmts[STMT_BUCKETS];
    struct db_stmt *near[NEAR_COUNT]; /* by the place of their text */
};

/* SQLite's extended code as an error of ours; false. */
bool db_fail(sqlite3 *handle, int code, struct err *err);

/* False: its transaction is gone, nothing may run until db_rollback(). */
bool db_may_run(struct db *db, struct err *err) MUST_CHECK;

#endif
