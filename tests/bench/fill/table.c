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
    char          sql[400];
    sqlite3_stmt *all;
    snprintf(sql, sizeof sql, "SELECT * FROM %s", table);
    all = table_prepare(file, sql);
    int columns = sqlite3_column_count(all), len = snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (", table);
    sqlite3_finalize(all);
    for (int i = 1; i <= columns; i++)
        len += snprintf(sql + len, sizeof sql - (size_t)len, "%s?%d", i > 1 ? "," : "", i);
    snprintf(sql + len, sizeof sql - (size_t)len, ")");
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
