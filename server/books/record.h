/* record.h - the one door by which facts of the office change.
 *
 * Back 1/4: a changed record -> old and new in the chained audit, a feed number for what kiosks must know, the live
 * topic
 *
 * Whoever changes a recorded datum leaves who, when, old and new value [R38]; nothing is ever deleted [R1]. All of it
 * happens in the transaction that the caller has begun; after a rollback he puts back the struct record that he copied
 * before. */
#ifndef SERVER_BOOKS_RECORD_H
#define SERVER_BOOKS_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/chain.h"
#include "core/db.h"
#include "core/err.h"
#include "core/event.h"

/* Live topics: the office's pages ask again where one of theirs changed. */
enum topic {
    TOPIC_ORDER = 1 << 0,     /* orders, lines, sheets */
    TOPIC_FLOOR = 1 << 1,     /* what is done: facts, verdicts, sums */
    TOPIC_PAY = 1 << 2,       /* dues */
    TOPIC_EXCEPTION = 1 << 3, /* what needs a person */
    TOPIC_STOP = 1 << 4,
    TOPIC_MASTER = 1 << 5,
    TOPIC_KIOSK = 1 << 6,
    TOPIC_USER = 1 << 7,
    TOPIC_MONEY = 1 << 8,
    TOPIC_SHIP = 1 << 9 /* finished goods, delivery notes, loading */
};

/* The word of bit 1 << i, NULL beyond the last. */
const char *topic_word(int i);

/* A column's value. Bytes are the caller's. */
struct value {
    enum db_type type;
    int64_t      number;
    const char  *bytes;
    size_t       len;
};
struct value value_int(int64_t number);
struct value value_text(const char *text);
struct value value_blob(const void *bytes, size_t len);
struct value value_null(void);
struct value value_or_null(int64_t number); /* NULL for 0: a moment that has not come */

/* What can be changed; rows of tables in record_floor.c and record_orders.c, which name the columns. To add a noun: a row here and
 * there. */
enum noun {
    NOUN_SETTING,
    NOUN_STATION,
    NOUN_OPERATION,
    NOUN_REASON,
    NOUN_CREW,
    NOUN_WORKER,
    NOUN_BADGE,
    NOUN_ROUTING,
    NOUN_RATE,
    NOUN_ORDER,
    NOUN_LINE,
    NOUN_STOP,
    NOUN_USER,
    NOUN_LINK,
    NOUN_SESSION,
    NOUN_KIOSK,
    NOUN_TOKEN,
    NOUN_PERIOD,
    NOUN_PAYEE,
    NOUN_ADJUSTMENT,
    NOUN_TIME_RATE,
    NOUN_CUSTOMER, /* the first of record_orders.c */
    NOUN_PRODUCT,
    NOUN_PRICE,
    NOUN_LEAD,
    NOUN_HOLIDAY,
    NOUN_ROUTING_DUE,
    NOUN_RECEIPT,
    NOUN_HEAD,
    NOUN_SPEC,
    NOUN_ATTACHED,
    NOUN_QUESTION,
    NOUN_QUOTED,
    NOUN_DRAFT,
    NOUN_DIFFERENCE,
    NOUN_REVIEW,
    NOUN_DEPUTY,
    NOUN_PLAN,
    NOUN_FOLLOW,
    NOUN_CREW_SPLIT,
    NOUN_CREW_COEFFICIENT,
    NOUN_REMAKE,
    NOUN_BATCH,
    NOUN_ENQUIRY,
    NOUN_NOTE, /* delivery notes and what belongs to them */
    NOUN_NOTE_LINE,
    NOUN_SHIPMENT,
    NOUN_ARRIVAL,
    NOUN_LEFTOVER,
    NOUN_TRUCK,
    NOUN_SPOT,
    NOUN_TRANSFER,
    NOUN_SPREAD,
    NOUN_AMOUNT,
    NOUN_GUARANTOR,
    NOUN_COVER,
    NOUN_UNPAID,
    NOUN_SETTLED,
    NOUN_DAY_CLOSE,
    NOUN_CHANGE,
    NOUN_STAYS,
    NOUN_COPY_LOST,
    NOUN_LOSS,
    NOUN_LOSS_SHARE,
    NOUN_LOSS_RULE,
    NOUN_CASE,
    NOUN_REBATE,
    NOUN_AGAIN,
    NOUNS
};

enum { GATES_MOST = 32 };

struct record {
    struct db  *db;
    int64_t     now_ms;
    char        act[EVENT_ACT_MAX]; /* whose change it is; "" = the program's own */
    char        user[132];          /* both, separated by a comma, where two persons act */
    int64_t     feed;               /* newest feed number */
    int64_t     audit;              /* newest audit row, and its hash */
    struct hash audit_hash;
    unsigned    topics;     /* changed since the caller set it to 0 */
    int         gate_count; /* orders whose money gate may have moved in this act; above GATES_MOST: any may */
    int64_t     gates[GATES_MOST];
};

/* Reads where feed and audit stand. */
bool record_open(struct db *db, struct record *record, struct err *err) MUST_CHECK;

enum { RECORD_ANY = -1, RECORD_NEW = 0 }; /* base versions: whatever it is; it must not be there yet */

enum record_did { RECORD_SAME, RECORD_MADE, RECORD_CHANGED };

/* Writes a row: values in the order of the table's columns, without its version. base: the version that the change was
 * made upon; another one in the books is ERR_CONFLICT. A row that says the same already is left alone. */
bool record_put(struct record *record, enum noun noun, int64_t base, const struct value *values, enum record_did *did,
                struct err *err) MUST_CHECK;

/* What the row of these keys says: its version, RECORD_NEW where there is none, and the number in a column. */
bool record_look(struct record *record, enum noun noun, const struct value *keys, int column, int64_t *version,
                 int64_t *number, struct err *err) MUST_CHECK;

/* Refused with ERR_CONFLICT, as record_put() does, where its version isn't base. */
bool record_base(struct record *record, enum noun noun, int64_t base, const struct value *keys,
                 struct err *err) MUST_CHECK;

/* The number behind the newest of a table, 1 for the first: SELECT id FROM ... ORDER BY id DESC LIMIT 1. */
bool record_next(struct record *record, const char *newest_sql, int64_t *number, struct err *err) MUST_CHECK;

/* Would record_put() leave it alone? */
bool record_is_same(struct record *record, enum noun noun, const struct value *values, bool *is_same,
                    struct err *err) MUST_CHECK;

/* An audit row of something that is no fact of the office: a signature, a decision. JSON, "" = nothing. */
bool record_audit(struct record *record, const char *noun, const char *key, const char *old, const char *new,
                  struct err *err) MUST_CHECK;

/* Walks the whole audit. *bad is the number of the first row whose hash doesn't fit, 0 where all do. */
bool record_audit_check(struct db *db, int64_t *rows, int64_t *bad, struct err *err) MUST_CHECK;

enum audience {
    FEED_ALL,
    FEED_KIOSK, /* the kiosk only_for */
    FEED_WORKER /* kiosks where worker only_for signed in within 35 days */
};
struct feed_row {
    const char        *topic, *key;
    const char        *value; /* JSON; "" = gone */
    enum audience      audience;
    int64_t            only_for;
    const struct hash *sealed;  /* hash of what is in a sealed value; NULL: not sealed */
    bool               is_anew; /* gives it a new number although it says the same */
};

/* The next feed number for a key's latest row. What says the same already, and is gone already, is left alone. */
bool record_feed(struct record *record, const struct feed_row *row, struct err *err) MUST_CHECK;

#endif
