/* postgres.c - PostgreSQL beside us: tests/bench/office/postgres.h. */
#include "tests/bench/office/postgres.h"

#include <stdio.h>
#include <stdlib.h>

#ifdef BENCH_LIBPQ

#include <arpa/inet.h>
#include <endian.h>
#include <inttypes.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <string.h>

enum { INT8 = 20, TEXT = 25, STATEMENTS_MAX = 256, PARAMS_MAX = 12 };

static PGconn *peer;

static void stop(const char *what)
{
    fprintf(stderr, "postgres: %s: %s\n", what, PQerrorMessage(peer));
    exit(1);
}

static void run(const char *sql)
{
    PGresult *result = PQexec(peer, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK) stop(sql);
    PQclear(result);
}

void postgres_open(const char *where)
{
    peer = PQconnectdb(where);
    if (PQstatus(peer) != CONNECTION_OK) stop("connect");
}

void postgres_close(void)
{
    PQfinish(peer);
}

/* ---- Copying */

static sqlite3_stmt *rows_of(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *stmt;
    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK) return stmt;
    fprintf(stderr, "postgres: %s: %s\n", sql, sqlite3_errmsg(db));
    exit(1);
}

static const char *column(sqlite3_stmt *stmt, int i)
{
    return (const char *)sqlite3_column_text(stmt, i);
}

static const char *type_of(const char *sqlite)
{
    return strcmp(sqlite, "INTEGER") == 0 ? "BIGINT" : strcmp(sqlite, "BLOB") == 0 ? "BYTEA" : "TEXT COLLATE \"C\"";
}

/* Columns and key as they stand in the books. */
static void table_create(sqlite3 *db, const char *table)
{
    struct buf    sql = {0}, key = {0};
    sqlite3_stmt *stmt = rows_of(db, "SELECT name, type, \"notnull\", pk FROM pragma_table_info($1) ORDER BY cid");
    sqlite3_bind_text(stmt, 1, table, -1, SQLITE_STATIC);
    buf_fmt(&sql, "CREATE TABLE \"%s\" (", table);
    for (int n = 0; sqlite3_step(stmt) == SQLITE_ROW; n++)
        buf_fmt(&sql, "%s\"%s\" %s%s", n > 0 ? ", " : "", column(stmt, 0), type_of(column(stmt, 1)),
                sqlite3_column_int(stmt, 2) || sqlite3_column_int(stmt, 3) > 0 ? " NOT NULL" : "");
    sqlite3_finalize(stmt);
    buf_str(&sql, ")");
    run(buf_text(&sql));
    buf_free(&sql);
    buf_free(&key);
}

static void key_create(sqlite3 *db, const char *table)
{
    struct buf    sql = {0};
    sqlite3_stmt *stmt = rows_of(db, "SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk");
    int           n = 0;
    sqlite3_bind_text(stmt, 1, table, -1, SQLITE_STATIC);
    buf_fmt(&sql, "ALTER TABLE \"%s\" ADD PRIMARY KEY (", table);
    for (; sqlite3_step(stmt) == SQLITE_ROW; n++) buf_fmt(&sql, "%s\"%s\"", n > 0 ? ", " : "", column(stmt, 0));
    buf_str(&sql, ")");
    if (n > 0) run(buf_text(&sql));
    sqlite3_finalize(stmt);
    buf_free(&sql);
}

static void cell_add(struct buf *out, sqlite3_stmt *stmt, int i)
{
    uint32_t len;
    if (sqlite3_column_type(stmt, i) == SQLITE_NULL) {
        len = htonl(UINT32_MAX);
        buf_add(out, (const char *)&len, sizeof len);
        return;
    }
    if (sqlite3_column_type(stmt, i) == SQLITE_INTEGER) {
        uint64_t number = htobe64((uint64_t)sqlite3_column_int64(stmt, i));
        len = htonl(sizeof number);
        buf_add(out, (const char *)&len, sizeof len);
        buf_add(out, (const char *)&number, sizeof number);
        return;
    }
    const void *bytes = sqlite3_column_blob(stmt, i);
    int         count = sqlite3_column_bytes(stmt, i);
    len = htonl((uint32_t)count);
    buf_add(out, (const char *)&len, sizeof len);
    if (count > 0) buf_add(out, bytes, (size_t)count);
}

/* The binary form of COPY: a head, rows of counted cells, an end. */
static void rows_copy(sqlite3 *db, const char *table)
{
    enum { AT_ONCE = 1 << 18 };
    char       sql[200];
    struct buf out = {0};
    uint16_t   end = UINT16_MAX;
    PGresult  *result;
    snprintf(sql, sizeof sql, "SELECT * FROM \"%s\"", table);
    sqlite3_stmt *stmt = rows_of(db, sql);
    uint16_t      count = htons((uint16_t)sqlite3_column_count(stmt));
    snprintf(sql, sizeof sql, "COPY \"%s\" FROM STDIN WITH (FORMAT binary, FREEZE)", table);
    result = PQexec(peer, sql);
    if (PQresultStatus(result) != PGRES_COPY_IN) stop(sql);
    PQclear(result);
    buf_add(&out, "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        buf_add(&out, (const char *)&count, sizeof count);
        for (int i = 0; i < sqlite3_column_count(stmt); i++) cell_add(&out, stmt, i);
        if (out.len < AT_ONCE) continue;
        if (PQputCopyData(peer, out.bytes, (int)out.len) != 1) stop(table);
        buf_clear(&out);
    }
    buf_add(&out, (const char *)&end, sizeof end);
    if (PQputCopyData(peer, out.bytes, (int)out.len) != 1 || PQputCopyEnd(peer, NULL) != 1) stop(table);
    while ((result = PQgetResult(peer)) != NULL) {
        if (PQresultStatus(result) != PGRES_COMMAND_OK) stop(table);
        PQclear(result);
    }
    sqlite3_finalize(stmt);
    buf_free(&out);
}

/* Under no name, as some mean something else there. In the books an index that isn't unique ends with its table's key, which
 * lets rows be read in that order: so does it here. */
static void indexes_create(sqlite3 *db)
{
    sqlite3_stmt *index = rows_of(db, "SELECT i.name, i.tbl_name, i.sql LIKE 'CREATE UNIQUE%', COALESCE(substr(i.sql, "
                                      "NULLIF(instr(i.sql, ' WHERE '), 0)), ''),"
                                      " (SELECT name FROM pragma_table_info(i.tbl_name) WHERE pk = 1) FROM "
                                      "sqlite_schema AS i WHERE i.type = 'index' AND i.sql"
                                      " IS NOT NULL");
    while (sqlite3_step(index) == SQLITE_ROW) {
        struct buf    sql = {0};
        bool          is_unique = sqlite3_column_int(index, 2) != 0;
        sqlite3_stmt *columns = rows_of(db, "SELECT name, key FROM pragma_index_xinfo($1) ORDER BY seqno");
        sqlite3_bind_text(columns, 1, column(index, 0), -1, SQLITE_STATIC);
        buf_fmt(&sql, "CREATE %sINDEX ON \"%s\" (", is_unique ? "UNIQUE " : "", column(index, 1));
        for (int n = 0; sqlite3_step(columns) == SQLITE_ROW; n++) {
            const char *name = column(columns, 0) != NULL ? column(columns, 0) : column(index, 4);
            if (sqlite3_column_int(columns, 1) == 0 && (is_unique || name == NULL)) continue;
            buf_fmt(&sql, "%s\"%s\"", n > 0 ? ", " : "", name);
        }
        buf_fmt(&sql, ")%s", column(index, 3));
        run(buf_text(&sql));
        sqlite3_finalize(columns);
        buf_free(&sql);
    }
    sqlite3_finalize(index);
}

void postgres_copy(const char *books_path, const char *where)
{
    sqlite3 *db;
    postgres_open(where);
    if (sqlite3_open_v2(books_path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) exit(1);
    run("SET maintenance_work_mem = '512MB'");
    sqlite3_stmt *stmt = rows_of(db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'");
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        run("BEGIN"); /* a table made in the same transaction needs no log of its own */
        table_create(db, column(stmt, 0));
        rows_copy(db, column(stmt, 0));
        key_create(db, column(stmt, 0));
        run("COMMIT");
    }
    sqlite3_finalize(stmt);
    indexes_create(db);
    run("ANALYZE");
    run("CHECKPOINT");
    sqlite3_close(db);
    postgres_close();
}

/* ---- Asking */

/* Number of the prepared statement; -1: it doesn't run here, which is said once. */
static int statement_of(const char *sql, const Oid *types, int count)
{
    static struct {
        const char *sql;
        bool        is_good;
    } known[STATEMENTS_MAX];
    static int known_count;
    char       name[16];
    for (int i = 0; i < known_count; i++)
        if (known[i].sql == sql) return known[i].is_good ? i : -1;
    if (known_count == STATEMENTS_MAX) exit(1);
    snprintf(name, sizeof name, "s%d", known_count);
    PGresult *result = PQprepare(peer, name, sql, count, types);
    known[known_count].sql = sql;
    known[known_count].is_good = PQresultStatus(result) == PGRES_COMMAND_OK;
    if (!known[known_count].is_good) fprintf(stderr, "PostgreSQL doesn't take %.60s...: %s", sql, PQerrorMessage(peer));
    PQclear(result);
    return known[known_count++].is_good ? known_count - 1 : -1;
}

struct values {
    int         count;
    Oid         types[PARAMS_MAX];
    const char *texts[PARAMS_MAX];
    int         lens[PARAMS_MAX], forms[PARAMS_MAX];
    int64_t     numbers[PARAMS_MAX];
};

static void add_number(struct values *values, int64_t number)
{
    int i = values->count++;
    values->numbers[i] = (int64_t)htobe64((uint64_t)number);
    values->types[i] = INT8;
    values->texts[i] = (const char *)&values->numbers[i];
    values->lens[i] = sizeof number;
    values->forms[i] = 1;
}

static void add_text(struct values *values, const char *text)
{
    int i = values->count++;
    values->types[i] = TEXT;
    values->texts[i] = text;
    values->forms[i] = 0;
}

/* Binary answers; reads each cell. */
static int ask(const char *sql, const struct values *values, int64_t *first, int most)
{
    char name[16];
    int  number = statement_of(sql, values->types, values->count);
    if (number < 0) return -1;
    snprintf(name, sizeof name, "s%d", number);
    PGresult *result = PQexecPrepared(peer, name, values->count, values->texts, values->lens, values->forms, 1);
    if (PQresultStatus(result) != PGRES_TUPLES_OK) stop(sql);
    int rows = PQntuples(result);
    for (int r = 0; r < rows && r < most; r++) {
        uint64_t wire = 0;
        if (PQgetlength(result, r, 0) == sizeof wire) memcpy(&wire, PQgetvalue(result, r, 0), sizeof wire);
        first[r] = (int64_t)be64toh(wire);
    }
    PQclear(result);
    return rows;
}

int postgres_ask(const char *sql, const int64_t *numbers, int count, int64_t *first, int most)
{
    struct values values = {0};
    for (int i = 0; i < count; i++) add_number(&values, numbers[i]);
    return ask(sql, &values, first, most);
}

int postgres_ask_text(const char *sql, const char *text, int64_t number, int64_t *first, int most)
{
    struct values values = {0};
    add_text(&values, text);
    if (number != 0) add_number(&values, number);
    return ask(sql, &values, first, most);
}

bool postgres_list(const struct list_ask *asked, int64_t most)
{
    const struct list  *list = asked->list;
    struct list_reading reading = {.list = list};
    struct values       values = {0};
    struct err          err;
    for (int i = 0; i < 2 && list->cursor[i] != NULL; i++) {
        if (list->cursor_kind[i] == DB_INT)
            add_number(&values, list->is_descending ? INT64_MAX : INT64_MIN);
        else
            add_text(&values, "");
    }
    add_number(&values, most);
    if (!list_params(asked, &reading, &err)) exit(1);
    for (int i = 0; i < LIST_PARAMS_MAX && list->params[i].name != NULL; i++) {
        if (reading.params[i].kind == DB_INT)
            add_number(&values, reading.params[i].number);
        else
            add_text(&values, reading.params[i].text);
    }
    return ask(list->sql, &values, NULL, 0) >= 0;
}

#else

static void missing(void)
{
    fprintf(stderr, "made without libpq: no PostgreSQL beside us\n");
    exit(1);
}

void postgres_copy(const char *books_path, const char *where)
{
    (void)books_path, (void)where;
    missing();
}

void postgres_open(const char *where)
{
    (void)where;
    missing();
}

void postgres_close(void)
{
}

bool postgres_list(const struct list_ask *ask, int64_t most)
{
    (void)ask, (void)most;
    return false;
}

int postgres_ask(const char *sql, const int64_t *numbers, int count, int64_t *first, int most)
{
    (void)sql, (void)numbers, (void)count, (void)first, (void)most;
    return -1;
}

int postgres_ask_text(const char *sql, const char *text, int64_t number, int64_t *first, int most)
{
    (void)sql, (void)text, (void)number, (void)first, (void)most;
    return -1;
}

#endif
