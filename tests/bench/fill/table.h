/* table.h - rows into tables as fast as the disk takes them: the engine's own statements, for fill.c alone.
 *
 * Every failure ends the program with the engine's words. */
#ifndef TESTS_BENCH_FILL_TABLE_H
#define TESTS_BENCH_FILL_TABLE_H

#include <sqlite3.h>

struct file {
    sqlite3 *db;
    int      count;
};

void          table_run(struct file *file, const char *sql);
sqlite3_stmt *table_prepare(struct file *file, const char *sql);

/* Into a table's columns without a default: those that later steps of the schema add have one. */
sqlite3_stmt *table_insert(struct file *file, const char *table);

/* Binds from $1 on: i a number (int64_t), t a text, b 32 bytes, n nothing. */
void table_bind(sqlite3_stmt *stmt, const char *types, ...);
void table_step(struct file *file, sqlite3_stmt *stmt);

#endif
