/* db_sqlite.c - the database door on SQLite: core/db.h. Takes a path, gives a connection, its transactions, checks and
 * backups; a commit that returned true is on the disk. Only the files db_sqlite*.c know SQLite.
 *
 * A transaction ends in three ways: COMMIT, db_rollback(), or by itself when SQLite meets a full disk or an I/O error
 * in it. The third is why `is_begun` is kept beside SQLite's own flag: a statement after it would run, and be kept,
 * alone; here it is refused until db_rollback(). */
#include "core/db_sqlite.h"

#include <assert.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BUSY_WAIT_MS = 1000 /* longest wait for a lock of another connection */ };

/* ---------------------------------------------------------------------------------------------------- errors */

static const char *file_of(sqlite3 *handle)
{
    const char *path = handle == NULL ? NULL : sqlite3_db_filename(handle, "main");
    const char *slash = path == NULL ? NULL : strrchr(path, '/');
    return slash != NULL ? slash + 1 : path != NULL ? path : "";
}

/* The operating system's own words where it was the one who refused; SQLite remembers its number for these two. */
static bool fail_io(sqlite3 *handle, int code, struct err *err)
{
    bool        is_known = (code & 0xFF) == SQLITE_IOERR || (code & 0xFF) == SQLITE_CANTOPEN;
    int         number = handle == NULL || !is_known ? 0 : sqlite3_system_errno(handle);
    const char *why = number == 0 ? sqlite3_errstr(code & 0xFF) : strerrordesc_np(number);
    if (number == ENOSPC || number == EDQUOT) return err_set(err, ERR_FULL, say_text(SAY("db.full"), file_of(handle)));
    if (why == NULL) why = "";
    return err_set(err, ERR_IO, say_int(say_text(say_text(SAY("db.io"), file_of(handle)), why), code));
}

/* SQLite's extended code as an error of ours. */
bool db_fail(sqlite3 *handle, int code, struct err *err)
{
    const char *words = handle == NULL ? sqlite3_errstr(code) : sqlite3_errmsg(handle);
    assert(code != SQLITE_OK && code != SQLITE_MISUSE && code != SQLITE_RANGE);
    switch (code & 0xFF) {
    case SQLITE_NOMEM: abort(); /* as core/buf.h */
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL: return err_set(err, ERR_BUSY, say_text(SAY("db.busy"), file_of(handle)));
    case SQLITE_FULL: return err_set(err, ERR_FULL, say_text(SAY("db.full"), file_of(handle)));
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT: return err_set(err, ERR_DAMAGED, say_text(say_text(SAY("db.damaged"), file_of(handle)), words));
    case SQLITE_IOERR:
        if (code == SQLITE_IOERR_NOMEM) abort();
        return fail_io(handle, code, err);
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_NOLFS: return fail_io(handle, code, err);
    case SQLITE_ABORT: return err_set(err, ERR_IO, SAY("db.undone"));
    case SQLITE_CONSTRAINT:
        return err_set(err,
                       code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ||
                               code == SQLITE_CONSTRAINT_ROWID
                           ? ERR_CONFLICT
                           : ERR_INPUT,
                       say_text(SAY("db.constraint"), words));
    default: return err_set(err, ERR_INPUT, say_text(SAY("db.sql"), words));
    }
}

/* ---------------------------------------------------------------------------------------------------- opening */

/* What a connection must have; `set` may be NULL. A reader finds the file in WAL or would stop its writer. */
struct setting {
    const char *name;
    const char *set;
    const char *want;
};

#ifdef PLANT_SYNCHRONOUS_NORMAL
#define SYNCHRONOUS "NORMAL"
#define SYNCHRONOUS_NUMBER "1"
#else
#define SYNCHRONOUS "FULL"
#define SYNCHRONOUS_NUMBER "2"
#endif

static const struct setting settings_write[] = {
    {"journal_mode",       "PRAGMA journal_mode=WAL",         "wal"             },
    {"synchronous",        "PRAGMA synchronous=" SYNCHRONOUS, SYNCHRONOUS_NUMBER},
    {"foreign_keys",       "PRAGMA foreign_keys=ON",          "1"               },
    {"journal_size_limit", "PRAGMA journal_size_limit=-1",    "-1"              }, /* the WAL is reused, never cut */
    {"secure_delete",      "PRAGMA secure_delete=OFF",        "0"               }, /* Debian's ON writes more */
};
static const struct setting settings_read[] = {
    {"journal_mode", NULL, "wal"},
};

/* Puts the first value of the first row into text (64 bytes). */
static int first_value(void *text, int columns, char **values, char **names)
{
    (void)names;
    if (columns > 0) snprintf(text, SAY_TEXT_MAX, "%s", values[0] == NULL ? "" : values[0]);
    return 0;
}

static bool setting_make(sqlite3 *handle, const struct setting *setting, struct err *err)
{
    char ask[64], found[SAY_TEXT_MAX] = "";
    int  code = setting->set == NULL ? SQLITE_OK : sqlite3_exec(handle, setting->set, NULL, NULL, NULL);
    snprintf(ask, sizeof ask, "PRAGMA %s", setting->name);
    if (code == SQLITE_OK) code = sqlite3_exec(handle, ask, first_value, found, NULL);
    if (code != SQLITE_OK) return db_fail(handle, code, err);
    if (strcmp(found, setting->want) == 0) return true;
    return err_set(err, ERR_IO, say_text(say_text(say_text(SAY("db.setting"), file_of(handle)), setting->name), found));
}

/* Called by SQLite after each commit with the frames then in the WAL. Takes the place of its own hook, which would
 * checkpoint. */
static int wal_grew(void *db, sqlite3 *handle, const char *name, int frames)
{
    (void)handle, (void)name;
    ((struct db *)db)->wal_frames = (size_t)frames;
    return SQLITE_OK;
}

/* A WAL found at opening may hold frames of an earlier run: its length bounds them. */
static size_t wal_file_bytes(sqlite3 *handle)
{
    sqlite3_file *file = NULL;
    sqlite3_int64 bytes = 0;
    if (sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file) != SQLITE_OK) return 0;
    if (file == NULL || file->pMethods == NULL || file->pMethods->xFileSize(file, &bytes) != SQLITE_OK) return 0;
    return (size_t)bytes;
}

static bool settle(struct db *db, struct err *err)
{
    char                  page[SAY_TEXT_MAX] = "";
    int                   persist = 1, code;
    bool                  is_write = db->mode == DB_WRITE;
    const struct setting *settings = is_write ? settings_write : settings_read;
    size_t count = is_write ? sizeof settings_write / sizeof *settings : sizeof settings_read / sizeof *settings;

    sqlite3_busy_timeout(db->handle, BUSY_WAIT_MS);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL); /* "x" is a name, never a text */
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, is_write ? 0 : 1, NULL);
    if (is_write && sqlite3_db_readonly(db->handle, "main") == 1) return db_fail(db->handle, SQLITE_READONLY, err);
    for (size_t i = 0; i < count; i++)
        if (!setting_make(db->handle, &settings[i], err)) return false;
    if (is_write && !db_wal_sure(db, err)) return false;
    sqlite3_wal_autocheckpoint(db->handle, 0);
    sqlite3_wal_hook(db->handle, wal_grew, db);
    code = sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_PERSIST_WAL, &persist);
    if (code == SQLITE_OK) code = sqlite3_exec(db->handle, "PRAGMA page_size", first_value, page, NULL);
    if (code != SQLITE_OK) return db_fail(db->handle, code, err);
    db->frame_bytes = (size_t)strtoul(page, NULL, 10) + 24; /* a page and its header, fileformat2.html 4.1 */
    db->wal_frames = wal_file_bytes(db->handle) / db->frame_bytes;
    return true;
}

/* SQLite counts its memory under one lock for all threads; nobody asks for the count. Must come before all else. */
static void engine_start(void)
{
    static atomic_flag is_started = ATOMIC_FLAG_INIT;
    if (!atomic_flag_test_and_set(&is_started)) (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

bool db_open(const char *path, enum db_mode mode, const char *vfs, struct db **db, struct err *err)
{
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    engine_start();
    struct db *new = calloc(1, sizeof *new);
    if (new == NULL) abort();
    new->mode = mode == DB_READ ? DB_READ : DB_WRITE;
    if (mode == DB_WRITE_PACED) new->paced = db_paced_make(vfs);
    if (new->paced != NULL) vfs = db_paced_name(new->paced);
    flags |= new->mode == DB_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    int code = sqlite3_open_v2(path, &new->handle, flags, vfs);
    if (code != SQLITE_OK) {
        int number = new->handle == NULL ? 0 : sqlite3_system_errno(new->handle);
        if (mode == DB_READ && (code & 0xFF) == SQLITE_CANTOPEN && number == ENOENT)
            err_set(err, ERR_ABSENT, say_text(SAY("db.absent"), path));
        else
            db_fail(new->handle, code, err);
        goto failed;
    }
    if (!settle(new, err)) goto failed;
    *db = new;
    return true;
failed:
    db_close(new);
    return false;
}

void db_close(struct db *db)
{
    if (db == NULL) return;
    for (int i = 0; i < STMT_BUCKETS; i++)
        for (struct db_stmt *stmt = db->stmts[i], *next; stmt != NULL; stmt = next) {
            next = stmt->next;
            sqlite3_finalize(stmt->handle);
            free(stmt->sql);
            free(stmt);
        }
    int code = sqlite3_close(db->handle);
    assert(code != SQLITE_BUSY);
    (void)code;
    db_paced_free(db->paced);
    free(db);
}

void db_cache(struct db *db, int kilobytes)
{
    char sql[40];
    assert(kilobytes > 0);
    snprintf(sql, sizeof sql, "PRAGMA cache_size=-%d", kilobytes);
    (void)sqlite3_exec(db->handle, sql, NULL, NULL, NULL); /* of a damaged file the next statement says what is wrong */
}

/* ---------------------------------------------------------------------------------------------------- whole texts */

/* A statement may run unless its transaction is gone: see the top. */
bool db_may_run(struct db *db, struct err *err)
{
    if (!db->is_begun || sqlite3_get_autocommit(db->handle) == 0) return true;
    return err_set(err, ERR_IO, SAY("db.undone"));
}

int64_t db_changes(struct db *db)
{
    return sqlite3_changes64(db->handle);
}

bool db_script(struct db *db, const char *sql, struct err *err)
{
    if (!db_may_run(db, err)) return false;
    int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
    return code == SQLITE_OK || db_fail(db->handle, code, err);
}

/* ---------------------------------------------------------------------------------------------------- transactions */

/* A statement without values and without rows that matter. */
static bool command(struct db *db, const char *sql, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, sql, &stmt, err) || !db_step(stmt, &row, err)) return false;
    db_reset(stmt);
    return true;
}

bool db_begin(struct db *db, struct err *err)
{
    assert(!db->is_begun && sqlite3_get_autocommit(db->handle) != 0);
    if (db->mode == DB_WRITE) {
        if (!command(db, "BEGIN IMMEDIATE", err)) return false;
    } else {
        /* SQLite opens the snapshot at the first reading, so one is done here. */
        if (!command(db, "BEGIN", err)) return false;
        if (!command(db, "SELECT count(*) FROM sqlite_schema", err)) {
            db_rollback(db);
            return false;
        }
    }
    db->is_begun = true;
    return true;
}

/* A commit that failed is taken back, so that nothing of it can be committed later by accident. */
bool db_commit(struct db *db, struct err *err)
{
    assert(db->is_begun);
    bool is_done = command(db, "COMMIT", err);
    if (!is_done) db_rollback(db);
    db->must_reopen = is_done && db->is_unsure;
    db->is_begun = false;
    return is_done;
}

/* Readings in progress are ended first: one of them would keep SQLite from recovering after an I/O error. */
void db_rollback(struct db *db)
{
    struct err ignored;
    for (sqlite3_stmt *stmt = NULL; (stmt = sqlite3_next_stmt(db->handle, stmt)) != NULL;) sqlite3_reset(stmt);
    if (sqlite3_get_autocommit(db->handle) == 0 && !command(db, "ROLLBACK", &ignored))
        assert(sqlite3_get_autocommit(db->handle) != 0);
    db->is_begun = false;
}

bool db_savepoint(struct db *db, struct err *err)
{
    assert(db->is_begun);
    return command(db, "SAVEPOINT inner", err);
}

bool db_release(struct db *db, struct err *err)
{
    return command(db, "RELEASE inner", err);
}

/* Where the whole transaction is gone already there is nothing to take back; db_may_run() then stops what follows. */
void db_savepoint_back(struct db *db)
{
    struct err ignored;
    if (command(db, "ROLLBACK TO inner", &ignored) && command(db, "RELEASE inner", &ignored)) return;
    if (sqlite3_get_autocommit(db->handle) == 0) {
        db_rollback(db);
        db->is_begun = true; /* begun and gone: refused until the caller's own db_rollback() */
    }
}

/* ---------------------------------------------------------------------------------------------------- care */

bool db_checkpoint(struct db *db, struct err *err)
{
    int frames = 0, copied = 0;
    assert(db->mode == DB_WRITE && !db->is_begun);
    if (db->is_unsure) return err_set(err, ERR_IO, say_text(SAY("db.unsure"), file_of(db->handle)));
    int code = sqlite3_wal_checkpoint_v2(db->handle, "main", SQLITE_CHECKPOINT_PASSIVE, &frames, &copied);
    if (code == SQLITE_IOERR_FSYNC) {
        db->is_unsure = true;
        sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    }
    if (code != SQLITE_OK) return db_fail(db->handle, code, err);
    /* Once everything is copied, the next commit begins the WAL again, unless a reader still looks at it; then
     * wal_grew() tells. */
    db->wal_frames = frames > copied ? (size_t)frames : 0;
    return true;
}

bool db_must_reopen(const struct db *db)
{
    return db->must_reopen;
}

size_t db_wal_bytes(struct db *db)
{
    if (db == NULL) return 0;
    if (db->mode == DB_READ) return wal_file_bytes(db->handle);
    return db->wal_frames * db->frame_bytes;
}

/* First complaint of a PRAGMA into *complaint; true when it has none. "ok" is no complaint. */
static bool has_no_complaint(sqlite3 *handle, const char *pragma, char complaint[SAY_TEXT_MAX], struct err *err)
{
    complaint[0] = 0;
    int code = sqlite3_exec(handle, pragma, first_value, complaint, NULL);
    if (code != SQLITE_OK) return db_fail(handle, code, err);
    if (complaint[0] == 0 || strcmp(complaint, "ok") == 0) return true;
    return err_set(err, ERR_DAMAGED, say_text(say_text(SAY("db.damaged"), file_of(handle)), complaint));
}

static bool check(sqlite3 *handle, struct err *err)
{
    char complaint[SAY_TEXT_MAX];
    return has_no_complaint(handle, "SELECT integrity_check FROM pragma_integrity_check(1)", complaint, err) &&
           has_no_complaint(handle,
                            "SELECT \"table\" || ': row ' || coalesce(rowid, '?') || ' without its ' || parent"
                            " FROM pragma_foreign_key_check LIMIT 1",
                            complaint, err);
}

bool db_check(struct db *db, struct err *err)
{
    return check(db->handle, err);
}

/* A copy is one file with no log beside it, so it is written the old way, with a journal. EXTRA, because with FULL the
 * journal's removal isn't sure yet when the copy is reported: it could come back and undo all. */
static const struct setting setting_copy = {"synchronous", "PRAGMA synchronous=EXTRA", "3"};

static bool copy_open(const char *path, const char *vfs, sqlite3 **copy, struct err *err)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    int code = sqlite3_open_v2(path, copy, flags, vfs);
    return code == SQLITE_OK ? setting_make(*copy, &setting_copy, err) : db_fail(*copy, code, err);
}

static bool copy_fill(sqlite3 *from, sqlite3 *copy, struct err *err)
{
    sqlite3_backup *backup = sqlite3_backup_init(copy, "main", from, "main");
    if (backup == NULL) return db_fail(copy, sqlite3_extended_errcode(copy), err);
    int code = sqlite3_backup_step(backup, -1);
    int end = sqlite3_backup_finish(backup);
    if (code == SQLITE_DONE && end == SQLITE_OK) return true;
    /* The step's code is what stopped it, on whichever side. */
    return db_fail(copy, code == SQLITE_DONE || code == SQLITE_OK ? end : code, err);
}

bool db_backup(struct db *db, const char *path, struct err *err)
{
    sqlite3_vfs *vfs = NULL;
    sqlite3     *copy = NULL;
    bool         is_good = false;
    int          is_there = 0;
    int          code = sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_VFS_POINTER, &vfs);
    if (code == SQLITE_OK) code = vfs->xAccess(vfs, path, SQLITE_ACCESS_EXISTS, &is_there);
    if (code != SQLITE_OK) return db_fail(db->handle, code, err);
    if (is_there != 0) return err_set(err, ERR_CONFLICT, say_text(SAY("db.there"), path));

    if (!copy_open(path, vfs->zName, &copy, err)) goto end;
    if (!copy_fill(db->handle, copy, err)) goto end;
    sqlite3_close(copy); /* what is checked is what the disk gives back, not what memory still holds */
    copy = NULL;
    if (!copy_open(path, vfs->zName, &copy, err)) goto end;
    is_good = check(copy, err);
end:
    sqlite3_close(copy);
    if (!is_good) vfs->xDelete(vfs, path, 0);
    return is_good;
}
