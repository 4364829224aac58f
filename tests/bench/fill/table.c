/* table.c - rows into tables: tests/bench/fill/table.h. */
#include "tests/bench/fill/table.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static void check(struct file *file, int result)
{
    if (result == SQLITE_OK || result == SQLITE_DONE || result == SQLITE_ROW) return;
    fprintf(stderr, "fill: %s\n", sqlite3_errmsg(file->db));
    exit(1);
}

void table_run(struct file *file, const char *sql)
{
    check(file, sqlite3_exec(file->db, sql, NULL, NULL, NULL));
}

sqlite3_stmt *table_prepare(struct file *file, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    check(file, sqlite3_prepare_v2(file->db, sql, -1, &stmt, NULL));
    return stmt;
}

sqlite3_stmt *table_insert(struct file *file, const char *table)
{
    char          sql[1200], values[200];
    int           len = snprintf(sql, sizeof sql, "INSERT INTO %s (", table), end = 0, count = 0;
    sqlite3_stmt *columns =
        table_prepare(file, "SELECT name FROM pragma_table_info($1) WHERE dflt_value IS NULL ORDER BY cid");
    sqlite3_bind_text(columns, 1, table, -1, SQLITE_STATIC);
    while (sqlite3_step(columns) == SQLITE_ROW) {
        const char *comma = count++ > 0 ? "," : "";
        len += snprintf(sql + len, sizeof sql - (size_t)len, "%s\"%s\"", comma,
                        (const char *)sqlite3_column_text(columns, 0));
        end += snprintf(values + end, sizeof values - (size_t)end, "%s?%d", comma, count);
    }
    sqlite3_finalize(columns);
    snprintf(sql + len, sizeof sql - (size_t)len, ") VALUES (%s)", values);
    return table_prepare(file, sql);
}

void table_bind(sqlite3_stmt *stmt, const char *types, ...)
{
    va_list values;
    va_start(values, types);
    for (int i = 0; types[i] != 0; i++) {
        if (types[i] == 'i') sqlite3_bind_int64(stmt, i + 1, va_arg(values, int64_t));
        if (types[i] == 't') sqlite3_bind_text(stmt, i + 1, va_arg(values, const char *), -1, SQLITE_TRANSIENT);
        if (types[i] == 'b') sqlite3_bind_blob(stmt, i + 1, va_arg(values, const void *), 32, SQLITE_TRANSIENT);
        if (types[i] == 'n') sqlite3_bind_null(stmt, i + 1);
    }
    va_end(values);
}

void table_step(struct file *file, sqlite3_stmt *stmt)
{
    check(file, sqlite3_step(stmt));
    sqlite3_reset(stmt);
    if (++file->count % 500000 == 0) table_run(file, "COMMIT; BEGIN");
}
