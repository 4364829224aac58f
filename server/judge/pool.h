/* pool.h - how a crew shares what it made in a shift: by who was in how long, and by what each is worth an hour.
 *
 * Pure. In: who joined and left, as kiosks said it; the shift's bounds; dated coefficients. Out: minutes and weights of
 * the crew-shift (crew, shift date, shift), and the shares of each fact of it (EVENTS.md "Money", "Crews"). The result
 * depends on what was said alone, not on the order in which it came: each kiosk's word stands in the order of that
 * kiosk, and minutes at several kiosks at the same time count once. */
#ifndef SERVER_JUDGE_POOL_H
#define SERVER_JUDGE_POOL_H

#include "core/clock.h"
#include "server/judge/line.h"

/* Equal: of the event's workers, as the event says it; the others share among all who were in that shift. */
enum pool_split { POOL_EQUAL, POOL_COEFFICIENT, POOL_HOURS, POOL_BOTH, POOL_SPLITS };

enum {
    POOL_COEFFICIENT_ONE = 100,    /* 1.00 */
    POOL_COEFFICIENT_MOST = 10000, /* 100.00: beyond it, a typing error */
    POOL_SETTLES_MS = 12 * 3600000 /* so long after its end a shift's shares may still change without a word */
};

/* The words of import, lists and feed: "equal", "coefficient", "hours", "both". */
const char     *pool_split_word(enum pool_split split);
enum pool_split pool_split_of(const char *word); /* POOL_SPLITS: no such word */

/* One person's join or leave. Who isn't known yet is told apart by his badge. */
struct pool_mark {
    int32_t      worker; /* 0 = nobody known */
    int64_t      badge;  /* 0 where the worker is known */
    uint64_t     kiosk;
    struct epoch epoch;
    int64_t      seq;
    int64_t      at_ms;
    bool         is_join;
};

struct pool_coefficient {
    int32_t worker, from_day;
    int64_t hundredths;
};

struct pool {
    enum pool_split                split;
    int32_t                        day;
    int64_t                        from_ms, to_ms; /* the shift: time outside of it is none of the crew's */
    size_t                         coefficient_count;
    const struct pool_coefficient *coefficients; /* of the crew; of those that fit the newest day holds */
    size_t                         mark_count;
    struct pool_mark              *marks; /* put in order by pool_shares() */
};

struct pool_share {
    int32_t worker;
    int64_t badge;
    int64_t minutes;     /* whole ones */
    int64_t coefficient; /* hundredths */
};

/* Who was in, by worker and badge; shares has room for mark_count. */
size_t pool_shares(struct pool *pool, struct pool_share *shares);

/* Where a fact is the pool's: gives it all who share it, the event's workers first, and their weights. A fact stays as
 * its event says where the split is equal, where it names one person (alone, he is no crew) or one of whom the crew-shift
 * has no time, and where more than MONEY_SHARES_MAX would share it. Who is named was there for a minute at least. */
void pool_fact(enum pool_split split, const struct pool_share *shares, size_t count, struct judge_fact *fact);

/* Bounds of a shift by its name; of the whole day where the rule has no such shift. */
void pool_bounds(const struct day_rule *rule, int32_t day, const char *shift, int64_t *from_ms, int64_t *to_ms);

#endif
