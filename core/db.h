/* db.h - the database door. Everything stored goes through here; only core/db_sqlite*.c know SQLite.
 *
 * Placeholders are $1..$n (64 at most, as columns) and bound by number; gaps are refused at prepare. Settings are
 * checked at each open of a writing connection: WAL, synchronous=FULL, foreign_keys=ON; automatic checkpoints are off
 * everywhere, the one writing connection of a file checkpoints itself (db_checkpoint). A commit that returned true is
 * on the disk.
 *
 * No function here retries; ERR_BUSY, ERR_IO and ERR_FULL say that trying later may help, ERR_DAMAGED that it won't. A
 * row that is there already (UNIQUE, PRIMARY KEY) is ERR_CONFLICT; any other constraint and a wrong statement are
 * ERR_INPUT. */
#ifndef CORE_DB_H
#define CORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/embed.h"
#include "core/err.h"

struct db;
struct db_stmt;

/* Marks statement text, so that a test can prepare every statement on every engine. */
#define SQL(text) (text)

enum db_mode {
    DB_WRITE,       /* the one writing connection of this file; creates it */
    DB_WRITE_PACED, /* the same, for long transactions beside another file whose commits must not wait: synced in pieces */
    DB_READ         /* reads only; never checkpoints, not even at close */
};

/* path: a file; vfs: NULL, or the name of an SQLite VFS (the simulator's disk). */
bool db_open(const char *path, enum db_mode mode, const char *vfs, struct db **db, struct err *err) MUST_CHECK;
void db_close(struct db *db); /* takes NULL; open statements are finalised */

/* How much of the file this connection may keep in memory, in kB; without it 2,000. */
void db_cache(struct db *db, int kilobytes);

/* Brings the file to the last step of schema (1.sql, 2.sql ... in order), each step in one transaction with its
 * user_version. A file newer than the program is refused by a sentence. */
bool db_migrate(struct db *db, const struct embed *schema, struct err *err) MUST_CHECK;

/* Statements are prepared once for a connection and kept: the same text gives the same statement, reset. They belong
 * to the connection; at most one user at a time (connections aren't shared between threads). */
bool db_prepare(struct db *db, const char *sql, struct db_stmt **stmt, struct err *err) MUST_CHECK;

void db_bind_int(struct db_stmt *stmt, int n, int64_t value);
void db_bind_text(struct db_stmt *stmt, int n, const char *text);              /* NULL binds NULL; copied */
void db_bind_textn(struct db_stmt *stmt, int n, const char *text, size_t len); /* copied */
void db_bind_blob(struct db_stmt *stmt, int n, const void *bytes, size_t len); /* copied */
void db_bind_null(struct db_stmt *stmt, int n);

/* One step: *row tells whether a row is there. After false or the last row the statement is reset and its bindings
 * stay. db_run() is for statements without rows. db_reset() ends a reading early (so that it pins no snapshot). */
bool db_step(struct db_stmt *stmt, bool *row, struct err *err) MUST_CHECK;
bool db_run(struct db_stmt *stmt, struct err *err) MUST_CHECK;
void db_reset(struct db_stmt *stmt);

/* Columns of the current row, from 0. A type that doesn't match is our mistake and asserts; NULL is allowed only where
 * db_is_null() was asked. Text and blobs live until the next step or reset. */
bool        db_is_null(struct db_stmt *stmt, int column);
int64_t     db_int(struct db_stmt *stmt, int column);
const char *db_text(struct db_stmt *stmt, int column); /* NUL-terminated; "" for NULL */
const void *db_blob(struct db_stmt *stmt, int column, size_t *len);
int         db_columns(struct db_stmt *stmt);
const char *db_column_name(struct db_stmt *stmt, int column);
enum db_type { DB_NULL, DB_INT, DB_TEXT, DB_BLOB };
enum db_type db_type_of(struct db_stmt *stmt, int column); /* of the current row's value; asks for NULL too */

/* A column as it is stored, in one look: for readers of rows whose types they don't know. bytes: of text (NUL behind it) and
 * blobs, as long as db_text()'s. */
struct db_value {
    enum db_type type;
    int64_t      number;
    const char  *bytes;
    size_t       len;
};
void db_value(struct db_stmt *stmt, int column, struct db_value *value);

int64_t db_changes(struct db *db); /* rows changed by the last statement */

/* A script of several statements without values (schema, PRAGMA of the engine aside). */
bool db_script(struct db *db, const char *sql, struct err *err) MUST_CHECK;

/* Transactions. db_begin() takes the write lock at once on a writing connection; on a reading one it opens a snapshot.
 * db_rollback() never fails: what was not committed is gone either way. A commit that failed is rolled back already;
 * whether it is there after a power cut isn't known until the next commit of this file, which settles it: then it
 * isn't. When an error undid the transaction on its way, all that follows in it is refused until db_rollback(). */
bool db_begin(struct db *db, struct err *err) MUST_CHECK;
bool db_commit(struct db *db, struct err *err) MUST_CHECK;
void db_rollback(struct db *db);
bool db_savepoint(struct db *db, struct err *err) MUST_CHECK; /* one level, inside a transaction */
bool db_release(struct db *db, struct err *err) MUST_CHECK;
void db_savepoint_back(struct db *db);

/* Copies the WAL into the file as far as readers allow (PASSIVE, the WAL is reused, never cut; ERR_BUSY while others
 * hold it). wal_bytes: what a commit would be appended to, 0 once all is copied; after opening a guess from above. */
bool   db_checkpoint(struct db *db, struct err *err) MUST_CHECK;
size_t db_wal_bytes(struct db *db);

/* When a sync fails while the WAL is copied, pages copied earlier may be on no disk either, and nobody can tell which.
 * The WAL has them all: so it is not copied any more, grows, and goes on being what commits are sure of, until all
 * connections of this file are closed; then the next writing one copies it whole. True once that can be: commits work
 * again. The program ends then and begins anew. */
bool db_must_reopen(const struct db *db);

/* A whole copy from a reading connection into a new file, in one step; then the copy is checked. A file that is there
 * is refused; a copy that isn't whole and sound is removed. */
bool db_backup(struct db *db, const char *path, struct err *err) MUST_CHECK;

/* Integrity and foreign keys; false with ERR_DAMAGED and the first complaint. */
bool db_check(struct db *db, struct err *err) MUST_CHECK;

#endif
