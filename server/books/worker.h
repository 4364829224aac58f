/* worker.h - workers, their badges, and the keys to which their pay is sealed. */
#ifndef SERVER_BOOKS_WORKER_H
#define SERVER_BOOKS_WORKER_H

#include "server/books/act.h"

struct worker {
    int32_t     number;
    const char *name, *crew, *role, *lang;
    int64_t     sign, colour; /* 0..11, 0..7 */
};

/* What he has beyond it (key, day on which he left) stays. */
bool worker_put(struct books *books, const struct worker *worker, enum record_did *did, struct err *err) MUST_CHECK;

/* Gives a badge to a worker. One that another has, or that was revoked, is refused. */
bool badge_put(struct books *books, int64_t badge, int32_t worker, enum record_did *did, struct err *err) MUST_CHECK;

/* Body: worker, salt, open (base64 as core/seal.h); a new PIN is a new pair, his pay lines are sealed again. */
bool worker_pin_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: worker, day (his last; "" = he is back), base. */
bool worker_left_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: badge, worker. Held facts of this badge are judged again. */
bool badge_add_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

/* Body: badge. What kiosks report with it, once they know, is held. */
bool badge_revoke_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
