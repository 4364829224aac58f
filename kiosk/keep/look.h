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
    const char    *shift;        /* for look_roll() */
    int            worker_count; /* signed in: for found_sheet.again */
    const int32_t *workers;
    int            skip; /* of look_page(): newer entries passed over */
    bool           is_dock;
    int64_t        note; /* note_ref_key() of the delivery note in hand; 0: none */
};

bool look_code(struct db *db, const struct look *look, const struct code *code, struct found *found,
               struct err *err) MUST_CHECK;
bool look_stops(struct db *db, const struct look *look, struct found_stops *stops, struct err *err) MUST_CHECK;

/* What the office asks at look's station, and nobody here has answered (asked.c). */
bool look_asked(struct db *db, const struct look *look, struct found_asked *asked, struct err *err) MUST_CHECK;
bool look_idle(struct db *db, const struct look *look, struct found_idle *idle, struct err *err) MUST_CHECK;
bool look_page(struct db *db, const struct look *look, int32_t worker, struct found_page *page,
               struct err *err) MUST_CHECK;

/* What each of look's workers has today from entries of several people at this kiosk. */
bool look_crew(struct db *db, const struct look *look, struct found_crew *crew, struct err *err) MUST_CHECK;

/* Who is in by what was recorded in this shift; nobody where less than two are. */
bool look_roll(struct db *db, const struct look *look, struct found_roll *roll, struct err *err) MUST_CHECK;

/* Lines that a number as people say it means [R25]: 301, 301-1, 1-101, 1-101-2, 2603-0001, 2603-0001-02, of whatever
 * year; nothing of a text that is none. */
bool look_lines(struct db *db, const struct look *look, const char *number, struct found_lines *lines,
                struct err *err) MUST_CHECK;

/* The newest sheet of a line, without a copy: nobody has the paper in hand. */
bool look_newest(struct db *db, int64_t line, struct sheet_ref *sheet, bool *is_there, struct err *err) MUST_CHECK;
/* Workers to choose from (people.c); and an own event, false with ERR_ABSENT where it isn't kept any more. */
bool look_workers(struct db *db, const struct people_ask *ask, struct found_people *people, struct err *err) MUST_CHECK;
bool look_event(struct db *db, const struct hash *name, struct event *event, struct err *err) MUST_CHECK;

/* An order by its lines, with the sheet of the one asked for. An order that isn't known has that line alone. */
bool look_order(struct db *db, const struct look *look, struct line_ref line, struct found_order *order,
                struct err *err) MUST_CHECK;

/* What supervisors ask, of look's day or the one before (day); of the view asked for its rows. */
bool look_board(struct db *db, const struct look *look, enum board_view view, int32_t day, struct found_board *board,
                struct err *err) MUST_CHECK;

/* At a dock (dock.c): a delivery note again; and those that wait. */
bool look_note(struct db *db, const struct look *look, int64_t note, struct found *found, struct err *err) MUST_CHECK;
bool look_notes(struct db *db, struct found_notes *notes, struct err *err) MUST_CHECK;

/* Whether pieces of one part go on to the other: parts run side by side until they meet at the whole door. */
bool look_goes_on(const char *part, const char *next_part);

/* A sheet, within a transaction that the caller has begun; *sheet starts zero-initialised. rev 0: whichever is newest. */
bool look_at_sheet(struct db *db, const struct look *look, struct sheet_ref ref, struct found_sheet *sheet,
                   struct err *err) MUST_CHECK;

/* The sealed pay boxes of a worker, opened with a pair made from badge + PIN (core/seal.h; slow, the caller made it). */
struct seal_pair;
bool look_pay(struct db *db, const struct look *look, int32_t worker, const struct seal_pair *pair,
              struct found_pay *pay, struct err *err) MUST_CHECK;

#endif
