/* pool_share.h - how the books split the pay of a crew-shift: rows of pool_share, and the facts that they split. pool.h
 * computes them. */
#ifndef SERVER_BOOKS_POOL_SHARE_H
#define SERVER_BOOKS_POOL_SHARE_H

#include "server/books/books.h"
#include "server/judge/pool.h"

/* A crew-shift's shares as the books have them; none: its pay is split as each event says. */
struct pool_shares {
    enum pool_split    split;
    size_t             count, room;
    struct pool_share *rows;
};

struct pool_key pool_key_of(const char *crew, int32_t day, const char *shift);

/* Into an empty one, which pool_shares_free() ends either way. */
bool pool_shares_read(struct db *db, const struct pool_key *key, struct pool_shares *shares,
                      struct err *err) MUST_CHECK;
void pool_shares_free(struct pool_shares *shares);

/* In place of what the books have; until settles_ms they may still change without a word. */
bool pool_shares_write(struct db *db, const struct pool_key *key, const struct pool_shares *shares, int64_t settles_ms,
                       struct err *err) MUST_CHECK;

/* Work that a crew's people did together. */
bool pool_is_shared(const struct event *event);

/* Gives a fact the people and weights of its crew-shift, where it has some. */
bool pool_split_fact(struct db *db, struct judge_fact *fact, int32_t day, struct err *err) MUST_CHECK;

/* Is it one that pool_split_fact() would change? */
bool pool_has(struct db *db, const struct event *event, int32_t day, bool *has, struct err *err) MUST_CHECK;

#endif
