/* look.h - what this kiosk knows of a scanned code, its own unsent entries included.
 *
 * Line 4/11: struct code -> struct found
 *
 * Reads on a connection of its own (DB_READ): a look never waits for a save. Nothing is guessed: what the feed hasn't
 * brought is REVISION_UNKNOWN or is_known = false. */
#ifndef KIOSK_KEEP_LOOK_H
#define KIOSK_KEEP_LOOK_H

#include "core/db.h"
#include "core/err.h"
#include "kiosk/words.h"

/* Where and when the question is asked. */
struct look {
    const char    *station; /* id */
    int64_t        now_ms;  /* kiosk time, wall */
    int64_t        mono_ms;
    int32_t        day;          /* shift date of today */
    int            worker_count; /* signed in: for found_sheet.again */
    const int32_t *workers;
};

bool look_code(struct db *db, const struct look *look, const struct code *code, struct found *found,
               struct err *err) MUST_CHECK;
bool look_idle(struct db *db, const struct look *look, struct found_idle *idle, struct err *err) MUST_CHECK;
bool look_page(struct db *db, const struct look *look, int32_t worker, struct found_page *page,
               struct err *err) MUST_CHECK;

/* The sealed pay boxes of a worker, opened with a pair made from badge + PIN (core/seal.h; slow, the caller made it). */
struct seal_pair;
bool look_pay(struct db *db, const struct look *look, int32_t worker, const struct seal_pair *pair,
              struct found_pay *pay, struct err *err) MUST_CHECK;

#endif
