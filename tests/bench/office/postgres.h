/* postgres.h - PostgreSQL beside us: the same rows under the same keys and indexes, the same statements, prepared, over its own
 * protocol. Made with libpq where that is there (BENCH_LIBPQ); every failure ends the program with the engine's words. */
#ifndef TESTS_BENCH_OFFICE_POSTGRES_H
#define TESTS_BENCH_OFFICE_POSTGRES_H

#include "server/ask/list.h"

/* Copies every table of a data folder's books; then indexes, statistics. */
void postgres_copy(const char *books_path, const char *where);

void postgres_open(const char *where);
void postgres_close(void);

/* Asks a list's statement with the values that list_open() binds, and reads every row. False: it doesn't run there, said once. */
bool postgres_list(const struct list_ask *ask, int64_t most);

/* One statement: numbers for $1, $2 ..., or one text and a number. Returns its rows; first: the first column of each, up to most. */
int postgres_ask(const char *sql, const int64_t *numbers, int count, int64_t *first, int most);
int postgres_ask_text(const char *sql, const char *text, int64_t number, int64_t *first, int most);

#endif
