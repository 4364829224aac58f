/* chains.h - where each kiosk's chain of events stands in the books, on which day, and what its `seen` means here.
 *
 * Takes lines of the inbox in order; gives their shift date (EVENTS.md "Day rule"), the feed number that their kiosk had
 * seen in this server's numbering, and whether a line is a fork. */
#ifndef SERVER_BOOKS_CHAINS_H
#define SERVER_BOOKS_CHAINS_H

#include "core/clock.h"
#include "core/db.h"
#include "core/event.h"
#include "server/books/map.h"

struct chain_mark {
    uint64_t     kiosk;
    struct epoch epoch;
    int64_t      seq;
    int32_t      day; /* shift date of its newest event */
    int64_t      taken_ms;
    bool         is_dirty; /* changed since the books were written */
};
struct run_row {
    uint64_t     run;
    struct epoch server;
    int64_t      last_feed; /* INT64_MAX: still going */
};
struct rule_row {
    int64_t         from_number;
    struct day_rule rule;
};
struct chains {
    bool               is_read;
    size_t             mark_count, mark_cap, run_count, run_cap, rule_count, rule_cap;
    struct chain_mark *marks;
    struct map         by_chain;
    struct run_row    *runs;
    struct rule_row   *rules;      /* by number */
    struct day_rule    first;      /* before the first of them */
    struct map         signed_in;  /* (worker, kiosk) -> day */
    int32_t            newest_day; /* of all marks; 0 without */
};

bool chains_read(struct chains *chains, struct db *db, struct err *err) MUST_CHECK; /* where it is forgotten */
void chains_forget(struct chains *chains);
void chains_free(struct chains *chains);

/* Feed number in this server's numbering; 0 where the kiosk never heard of a server; -1 of an unknown epoch or run, or
 * beyond the run's end (this server was set back). */
int64_t chains_seen(const struct chains *chains, const struct event_seen *seen);

struct chain_place {
    int32_t day;
    bool    is_moved; /* the kiosk wrote another day, which can't be */
    bool    is_fork;  /* another event holds this number already: the kiosk was copied or set back; both count */
};

/* A line of the inbox; event NULL: of bytes that are none. */
struct chain_line {
    int64_t             number, seq, taken_ms;
    uint64_t            kiosk;
    struct epoch        epoch;
    const struct event *event;
};

/* Takes the next line: its place, and the chain stands there, behind a gap's end. What a supervisor entered or bound has the
 * day that he said, which may lie before the chain's and doesn't move it; bytes that are no event have the day of taking. */
struct chain_place chains_take(struct chains *chains, const struct chain_line *line);

/* Writes the marks that changed. */
bool chains_write(struct chains *chains, struct db *db, struct err *err) MUST_CHECK;

/* The rule in force for an inbox number. */
const struct day_rule *chains_rule(const struct chains *chains, int64_t number);

/* Reads a rule: {"offset_min":480,"day_start_min":360,"shifts":[["day",480,1200],...]}, as in table day_rule. */
bool chains_rule_read(const char *json, size_t len, struct day_rule *rule, struct err *err) MUST_CHECK;

#endif
