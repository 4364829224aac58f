/* db_sqlite.h - what the files that know SQLite share: a connection and its statements. For them alone. */
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

struct db_paced;

struct db {
    sqlite3         *handle;
    struct db_paced *paced; /* NULL, or the VFS of this connection alone */
    enum db_mode     mode;
    bool             is_begun;   /* db_begin() succeeded, and neither commit nor rollback came since */
    size_t           wal_frames; /* frames that the next commit is appended to; a guess from above after opening */
    size_t           frame_bytes;
    bool             is_unsure;   /* a sync failed while the WAL was copied: db_checkpoint() refuses from then on */
    bool             must_reopen; /* and commits work again */
    struct db_stmt  *stmts[STMT_BUCKETS];
    struct db_stmt  *near[NEAR_COUNT]; /* by the place of their text */
};

/* SQLite's extended code as an error of ours; false. */
bool db_fail(sqlite3 *handle, int code, struct err *err);

/* A WAL that is found at opening is on the disk, whatever became of the syncs of an earlier run. */
bool db_wal_sure(struct db *db, struct err *err) MUST_CHECK;

/* A VFS above `vfs` (NULL: the system's) for one connection: db_sqlite_paced.c. Freed when the connection is closed. */
struct db_paced *db_paced_make(const char *vfs);
const char      *db_paced_name(const struct db_paced *paced);
void             db_paced_free(struct db_paced *paced); /* takes NULL */

/* False: its transaction is gone, nothing may run until db_rollback(). */
bool db_may_run(struct db *db, struct err *err) MUST_CHECK;

#endif
