/* master.h - what the shop is made of: operations, stations, routings, reasons, crews, settings.
 *
 * Each function writes one row within the caller's transaction and refuses by a sentence what can't be. */
#ifndef SERVER_BOOKS_MASTER_H
#define SERVER_BOOKS_MASTER_H

#include "server/books/act.h"
#include "server/judge/calendar.h"
#include "server/judge/limits.h"

enum { WORD_BYTES = 23 /* of an id or code: what an event's station holds */, NAME_BYTES = 60 };

/* Retired or not; OFF_KEEP: as it is. What is retired stays for all that bears it, and is offered for nothing new. */
enum off { OFF_KEEP = -1, OFF_NO, OFF_YES };

/* part: door, leaf, frame, architrave. */
bool operation_put(struct books *books, const char *code, const char *zh, const char *en, const char *part,
                   enum off off, enum record_did *did, struct err *err) MUST_CHECK;

/* ops: codes separated by spaces, each a known operation; kind: dock, "" = where work is done, NULL = as it is. */
struct station {
    const char *id, *zh, *en, *ops;
    enum off    off;
    const char *kind; /* NULL: as it is */
};
bool station_put(struct books *books, const struct station *station, enum record_did *did, struct err *err) MUST_CHECK;
bool reason_put(struct books *books, int64_t number, const char *zh, const char *en, enum off off, enum record_did *did,
                struct err *err) MUST_CHECK;
bool crew_put(struct books *books, const char *id, const char *name, enum off off, enum record_did *did,
              struct err *err) MUST_CHECK;
bool routing_put(struct books *books, const char *family, int64_t op, const char *code, int64_t per_door, enum off off,
                 enum record_did *did, struct err *err) MUST_CHECK;

/* A number of the house (judge/limits.h), its default where nobody set it. */
bool setting_limit(struct books *books, enum limit limit, int64_t *value, struct err *err) MUST_CHECK;
bool setting_limit_of(struct db *db, enum limit limit, int64_t *value, struct err *err) MUST_CHECK;

/* The text of one, as the settings say it. */
bool setting_is_text(const char *name);
bool setting_text(struct books *books, const char *name, const char *otherwise, char text[NAME_BYTES + 1],
                  struct err *err) MUST_CHECK;

/* All settings that there are, for forms: type int (with least, most and what holds where nobody set it), text or json. */
struct setting_kind {
    const char *name, *type;
    int64_t     least, most, otherwise;
};
bool setting_kind_at(size_t i, struct setting_kind *kind); /* false beyond the last */

/* Holidays from a year ago on, and the weekdays of rest. */
bool books_calendar(struct books *books, struct calendar *calendar, struct err *err) MUST_CHECK;

/* factory, opening_word, leaf_word (texts), offset_min, day_start_min, shifts, numbers of judge/limits.h; value as JSON. A day rule holds from the next event on. */
bool setting_put(struct books *books, const char *name, const char *json, int64_t base, enum record_did *did,
                 struct err *err) MUST_CHECK;

/* Is there such a row? A station that isn't retired. */
bool operation_is(struct books *books, const char *code, bool *is, struct err *err) MUST_CHECK;
bool station_is(struct books *books, const char *id, bool *is, struct err *err) MUST_CHECK;
bool crew_is(struct books *books, const char *id, bool *is, struct err *err) MUST_CHECK;

/* The shift date of now. */
int32_t books_today(struct books *books);

/* The newest day that a person may enter as one that has come. At night the shift date, which pages propose, is yesterday's,
 * and what a bank or a customer wrote bears the calendar's: both have come. */
int32_t books_newest_day(struct books *books);

/* Body: name, value, base. */
bool setting_act(struct books *books, struct act_call *call, struct err *err) MUST_CHECK;

#endif
