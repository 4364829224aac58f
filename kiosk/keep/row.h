/* row.h - what the files of keep/ do with rows: columns into structs, statements with one value. */
#ifndef KIOSK_KEEP_ROW_H
#define KIOSK_KEEP_ROW_H

#include "core/chain.h"
#include "core/db.h"

/* A column's text, cut at a character where it is longer than cap - 1 bytes. */
void row_text(struct db_stmt *stmt, int column, char *text, size_t cap);

/* A column's hash; what is no hash there is damage. */
bool row_hash(struct db_stmt *stmt, int column, struct hash *hash, struct err *err) MUST_CHECK;

/* Runs a statement of which $1 is the only value. */
bool row_run_int(struct db *db, const char *sql, int64_t value, struct err *err) MUST_CHECK;
bool row_run_text(struct db *db, const char *sql, const char *value, struct err *err) MUST_CHECK;

#endif
