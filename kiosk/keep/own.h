/* own.h - this kiosk's own entries, as look-ups read them: cancelled or not, covered by the server's figures or not,
 * and what they are worth. */
#ifndef KIOSK_KEEP_OWN_H
#define KIOSK_KEEP_OWN_H

#include <stdbool.h>
#include <stdint.h>

#include "core/chain.h"
#include "core/db.h"
#include "core/json.h"

/* A place in this kiosk's history. Epochs are sent in their order, so what lies at or before a mark is included in the
 * figures that name it, whatever its epoch. */
struct reach {
    int64_t counter, seq; /* 0, 0: nothing */
};

/* The furthest of the marks [[kiosk,epoch,seq],...] that is this kiosk's own. A copy's epochs, of the same kiosk and
 * with the same counters, have other numbers, and don't count. */
bool own_reach(struct db *db, uint64_t kiosk, const struct json *marks, struct reach *reach,
               struct err *err) MUST_CHECK;

/* One report or correction. */
struct own_entry {
    int64_t      n;
    struct hash  name;
    struct reach place;
    int64_t      line;
    int32_t      op, count, bad, day;
    int64_t      held;    /* pieces, by the newest verdict */
    int64_t      counted; /* likewise; all, where the server has said nothing else */
    bool         is_rework;
    bool         has_rate;
    int64_t      rate_cfen;
    int64_t      wall_ms;
    bool         is_spoken_of; /* by an undo or a correction: own_settle() tells what they left of it */
    bool         is_cancelled;
    int sign; /* what the server's figures lack of it: 1 its pieces, -1: they have it and it no longer counts */
};

/* How far the figures of a line go that m is the mark of; and what of an own entry v they don't include. */
#define OWN_REACHED "(coalesce(m.counter, 0), coalesce(m.seq, 0))"
#define OWN_BEHIND "(v.counter, v.seq) > " OWN_REACHED

/* Own pieces of operation o that its totals lack, and off those that they have and that no longer count: the kinds report
 * and correct are the placeholders given. */
#define OWN_LACKED(report, correct)                                                                         \
    "(SELECT coalesce(sum(CASE WHEN (v.counter, v.seq) <= " OWN_REACHED " THEN"                             \
    "    CASE WHEN EXISTS (SELECT 1 FROM entry x JOIN event w ON w.n = x.n"                                 \
    "                      WHERE x.refers = v.name AND (w.counter, w.seq) > " OWN_REACHED ") THEN -e.count" \
    "     ELSE 0 END"                                                                                       \
    "  WHEN EXISTS (SELECT 1 FROM entry x WHERE x.refers = v.name) THEN 0 ELSE e.count END), 0)"            \
    " FROM entry e JOIN event v ON v.n = e.n LEFT JOIN total_mark m ON m.line = e.line"                     \
    " WHERE e.line = o.line AND e.op = o.number AND e.kind IN (" report ", " correct ") AND e.rework = 0)"

/* A statement that selects OWN_COLUMNS from OWN_TABLES gives rows to own_read(); further columns begin at OWN_NEXT.
 * Nobody is paid for reworking what he made himself. */
#define OWN_COLUMNS                                                                                             \
    "e.n, v.name, v.counter, v.seq, e.line, e.op, e.count, e.bad, e.day, e.rework, v.wall_ms,"                  \
    " CASE WHEN e.rework = 1 AND EXISTS (SELECT 1 FROM entry y JOIN entry_worker yw ON yw.n = y.n"              \
    "   JOIN entry_worker ew ON ew.n = e.n AND ew.worker = yw.worker"                                           \
    "   WHERE y.line = e.line AND y.op = e.op AND y.rework = 0 AND y.n < e.n) THEN 0"                           \
    "  ELSE e.rate_cfen END,"                                                                                   \
    " coalesce(d.held, 0), CASE WHEN EXISTS (SELECT 1 FROM entry x WHERE x.refers = v.name) THEN 1 ELSE 0 END," \
    " coalesce(d.counted, e.count)"
#define OWN_TABLES "entry e JOIN event v ON v.n = e.n LEFT JOIN verdict d ON d.name = v.name"
enum { OWN_NEXT = 15 };
void own_read(struct db_stmt *stmt, struct own_entry *entry);

/* Such a statement of what a worker entered on a shift date; at OWN_NEXT how many entered it together. */
bool own_of_day(struct db *db, int32_t worker, int32_t day, struct db_stmt **stmt, struct err *err) MUST_CHECK;

/* Fills is_cancelled and sign, for figures that include everything up to reach. The first undo or correction that names
 * an entry holds; undoing an undo brings the entry back, undoing a correction doesn't. */
bool own_settle(struct db *db, struct own_entry *entry, struct reach reach, struct err *err) MUST_CHECK;

int64_t own_good(const struct own_entry *entry); /* pieces that are neither bad nor held nor turned down */

/* The share of a worker in fen, as the kiosk reckons it: core/money.h over the good pieces. */
bool own_share(struct db *db, const struct own_entry *entry, int32_t worker, int64_t *fen, struct err *err) MUST_CHECK;

#endif
