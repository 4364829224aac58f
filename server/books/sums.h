/* sums.h - what a slice changes of workers' days, gathered in memory and written once. */
#ifndef SERVER_BOOKS_SUMS_H
#define SERVER_BOOKS_SUMS_H

#include "core/db.h"
#include "server/books/map.h"

struct day_delta {
    int32_t worker, day;
    int64_t fen, time_fen /* of fen: day work */, facts, pieces, held;
};
struct sums {
    size_t            count, cap;
    struct day_delta *rows;
    struct map        by_day; /* (worker, day) -> row */
};

/* The row of a worker's day, to be added to; worker 0 (nobody known) has one too, which isn't written. Valid until the
 * next call. */
struct day_delta *sums_day(struct sums *sums, int32_t worker, int32_t day);

/* Adds what was gathered to the books' day_sum, and to week_sum where the week was over; rows that become nothing are taken
 * away. newest_day: of all events that the books have: weeks before its own are over. sums_clear() afterwards. */
bool sums_write(const struct sums *sums, int32_t newest_day, struct db *db, struct err *err) MUST_CHECK;
void sums_clear(struct sums *sums);
void sums_free(struct sums *sums);

#endif
