/* db_sqlite_stmt.c - statements of the database door on SQLite: core/db.h. Takes SQL with $1..$n and values by number,
 * gives rows whose columns must be of the kind that is asked for. A statement is prepared once in a connection. */
#include "core/db_sqlite.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------------------------------------------- statements */

/* FNV-1a over the text. */
static struct db_stmt **bucket_of(struct db *db, const char *sql)
{
    uint32_t hash = UINT32_C(2166136261);
    for (const char *c = sql; *c != 0; c++) hash = (hash ^ (unsigned char)*c) * UINT32_C(16777619);
    return &db->stmts[hash % STMT_BUCKETS];
}

/* n of "$n", 0 for any other name. */
static int number_of(const char *name)
{
    int n = 0;
    if (name == NULL || name[0] != '$' || name[1] < '1' || name[1] > '9') return 0;
    for (const char *c = name + 1; *c != 0; c++) {
        if (*c < '0' || *c > '9' || n > NUMBERS_MAX) return 0;
        n = n * 10 + (*c - '0');
    }
    return n;
}

/* Maps $n to SQLite's numbers. False where a placeholder is named otherwise, or one below the highest is missing. */
static bool places_map(struct db_stmt *stmt)
{
    int count = sqlite3_bind_parameter_count(stmt->handle);
    for (int i = 1; i <= count; i++) {
        int n = number_of(sqlite3_bind_parameter_name(stmt->handle, i));
        if (n < 1 || n > count || n > NUMBERS_MAX) return false;
        stmt->place_of[n] = i;
    }
    stmt->places = count; /* count different names, all in 1..count: no gap */
    return true;
}

static bool stmt_make(struct db *db, const char *sql, struct db_stmt *stmt, struct err *err)
{
    const char *rest = NULL;
    int         code = sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt->handle, &rest);
    if (code != SQLITE_OK) return db_fail(db->handle, code, err);
    if (stmt->handle == NULL || rest[strspn(rest, " \t\n;")] != 0)
        return err_set(err, ERR_INPUT, say_text(SAY("db.one"), sql));
    if (!places_map(stmt)) return err_set(err, ERR_INPUT, say_text(SAY("db.places"), sql));
    if (sqlite3_column_count(stmt->handle) > NUMBERS_MAX)
        return err_set(err, ERR_INPUT, say_int(say_text(SAY("db.columns"), sql), NUMBERS_MAX));
    return true;
}

/* Most texts are literals, which keep their place: where one was met before, comparing replaces hashing. */
static struct db_stmt **near_of(struct db *db, const char *sql)
{
    return &db->near[((uintptr_t)sql >> 3) % NEAR_COUNT];
}

/* A statement that was prepared before; NULL: none of this text. */
static struct db_stmt *stmt_find(struct db *db, const char *sql)
{
    struct db_stmt **near = near_of(db, sql);
    if (*near != NULL && strcmp((*near)->sql, sql) == 0) return *near;
    for (struct db_stmt *old = *bucket_of(db, sql); old != NULL; old = old->next)
        if (strcmp(old->sql, sql) == 0) return *near = old;
    return NULL;
}

bool db_prepare(struct db *db, const char *sql, struct db_stmt **stmt, struct err *err)
{
    struct db_stmt *old = stmt_find(db, sql);
    if (old != NULL) {
        db_reset(old);
        sqlite3_clear_bindings(old->handle);
        old->bound = 0;
        *stmt = old;
        return true;
    }
    struct db_stmt **bucket = bucket_of(db, sql);
    struct db_stmt *new = calloc(1, sizeof *new);
    if (new == NULL) abort();
    if (!stmt_make(db, sql, new, err)) {
        sqlite3_finalize(new->handle);
        free(new);
        return false;
    }
    new->db = db;
    new->sql = strdup(sql);
    if (new->sql == NULL) abort();
    new->next = *bucket;
    *bucket = new;
    *stmt = new;
    return true;
}

/* SQLite's number for $n, which then has a value. A number that the statement hasn't is a mistake of ours. */
static int place(struct db_stmt *stmt, int n)
{
    assert(n >= 1 && n <= stmt->places);
    stmt->bound |= UINT64_C(1) << (n - 1);
    return stmt->place_of[n];
}

/* Binding fails only in the middle of a reading (ours) and without memory. */
static void bound(int code)
{
    assert(code == SQLITE_OK);
    (void)code;
}

void db_bind_int(struct db_stmt *stmt, int n, int64_t value)
{
    bound(sqlite3_bind_int64(stmt->handle, place(stmt, n), value));
}

void db_bind_text(struct db_stmt *stmt, int n, const char *text)
{
    if (text == NULL)
        db_bind_null(stmt, n);
    else
        db_bind_textn(stmt, n, text, strlen(text));
}

void db_bind_textn(struct db_stmt *stmt, int n, const char *text, size_t len)
{
    bound(sqlite3_bind_text64(stmt->handle, place(stmt, n), len == 0 ? "" : text, len, SQLITE_TRANSIENT, SQLITE_UTF8));
}

void db_bind_blob(struct db_stmt *stmt, int n, const void *bytes, size_t len)
{
    bound(sqlite3_bind_blob64(stmt->handle, place(stmt, n), len == 0 ? "" : bytes, len, SQLITE_TRANSIENT));
}

void db_bind_null(struct db_stmt *stmt, int n)
{
    bound(sqlite3_bind_null(stmt->handle, place(stmt, n)));
}

bool db_step(struct db_stmt *stmt, bool *row, struct err *err)
{
    uint64_t all = stmt->places == 0 ? 0 : UINT64_MAX >> (NUMBERS_MAX - stmt->places);
    assert(stmt->bound == all); /* each placeholder was given a value */
    if (!db_may_run(stmt->db, err)) return false;
    stmt->asked = 0;
    int code = sqlite3_step(stmt->handle);
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        db_fail(stmt->db->handle, code, err);
        db_reset(stmt);
        return false;
    }
    if (code == SQLITE_DONE) db_reset(stmt);
    *row = code == SQLITE_ROW;
    return true;
}

bool db_run(struct db_stmt *stmt, struct err *err)
{
    bool row;
    if (!db_step(stmt, &row, err)) return false;
    assert(!row);
    return true;
}

void db_reset(struct db_stmt *stmt)
{
    sqlite3_reset(stmt->handle); /* its code repeats what the last step said */
    stmt->asked = 0;
}

/* ---------------------------------------------------------------------------------------------------- columns */

bool db_is_null(struct db_stmt *stmt, int column)
{
    assert(column >= 0 && column < sqlite3_data_count(stmt->handle));
    stmt->asked |= UINT64_C(1) << column;
    return sqlite3_column_type(stmt->handle, column) == SQLITE_NULL;
}

/* True where the value is NULL and the reader knows it; otherwise the type must be the one that he reads. */
static bool is_null_or(struct db_stmt *stmt, int column, int type)
{
    assert(column >= 0 && column < sqlite3_data_count(stmt->handle));
    int found = sqlite3_column_type(stmt->handle, column);
    assert(found == type || (found == SQLITE_NULL && (stmt->asked >> column & 1) != 0));
    (void)type;
    return found == SQLITE_NULL;
}

int64_t db_int(struct db_stmt *stmt, int column)
{
    return is_null_or(stmt, column, SQLITE_INTEGER) ? 0 : sqlite3_column_int64(stmt->handle, column);
}

const char *db_text(struct db_stmt *stmt, int column)
{
    if (is_null_or(stmt, column, SQLITE_TEXT)) return "";
    const char *text = (const char *)sqlite3_column_text(stmt->handle, column);
    if (text == NULL) abort();
    return text;
}

const void *db_blob(struct db_stmt *stmt, int column, size_t *len)
{
    *len = 0;
    if (is_null_or(stmt, column, SQLITE_BLOB)) return "";
    const void *bytes = sqlite3_column_blob(stmt->handle, column);
    *len = (size_t)sqlite3_column_bytes(stmt->handle, column);
    if (bytes == NULL && *len > 0) abort();
    return bytes == NULL ? "" : bytes;
}

int db_columns(struct db_stmt *stmt)
{
    return sqlite3_column_count(stmt->handle);
}

const char *db_column_name(struct db_stmt *stmt, int column)
{
    const char *name = sqlite3_column_name(stmt->handle, column);
    if (name == NULL) abort();
    return name;
}

/* The connection is this thread's alone: so the value may be looked at where it lies. */
void db_value(struct db_stmt *stmt, int column, struct db_value *value)
{
    assert(column >= 0 && column < sqlite3_data_count(stmt->handle));
    sqlite3_value *is = sqlite3_column_value(stmt->handle, column);
    *value = (struct db_value){.type = DB_NULL};
    switch (sqlite3_value_type(is)) {
    case SQLITE_INTEGER: *value = (struct db_value){.type = DB_INT, .number = sqlite3_value_int64(is)}; break;
    case SQLITE_TEXT:
        *value = (struct db_value){.type = DB_TEXT, .bytes = (const char *)sqlite3_value_text(is)};
        if (value->bytes == NULL) abort();
        value->len = (size_t)sqlite3_value_bytes(is);
        break;
    case SQLITE_BLOB:
        *value = (struct db_value){.type = DB_BLOB, .bytes = sqlite3_value_blob(is)};
        value->len = (size_t)sqlite3_value_bytes(is);
        if (value->bytes == NULL) value->bytes = "";
        break;
    default: assert(sqlite3_value_type(is) == SQLITE_NULL); /* no fractions: db_type_of() */
    }
}

enum db_type db_type_of(struct db_stmt *stmt, int column)
{
    int type = sqlite3_column_type(stmt->handle, column);
    assert(type != SQLITE_FLOAT); /* no fractions are stored, and no query of ours computes them */
    stmt->asked |= UINT64_C(1) << column;
    return type == SQLITE_NULL ? DB_NULL : type == SQLITE_INTEGER ? DB_INT : type == SQLITE_TEXT ? DB_TEXT : DB_BLOB;
}
