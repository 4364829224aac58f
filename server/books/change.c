/* change.c - stop and lift: server/books/change.h. */
#include "server/books/change.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/code.h"
#include "server/books/order.h"

enum { WHY_BYTES = 200 };

/* A standing stop of exactly this line or order. */
struct standing {
    bool    is;
    int64_t id, at_ms, feed;
    char    why[WHY_BYTES + 1], by[132];
};

static bool standing_read(struct books *books, int64_t line, struct standing *standing, struct err *err)
{
    struct db_stmt *stmt;
    *standing = (struct standing){0};
    if (!db_prepare(books->db,
                    SQL("SELECT id, why, by_user, at_ms, feed FROM stop WHERE line = $1 AND lifted_feed IS NULL"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    if (!db_step(stmt, &standing->is, err)) return false;
    if (standing->is) {
        standing->id = db_int(stmt, 0);
        snprintf(standing->why, sizeof standing->why, "%s", db_text(stmt, 1));
        snprintf(standing->by, sizeof standing->by, "%s", db_text(stmt, 2));
        standing->at_ms = db_int(stmt, 3);
        standing->feed = db_int(stmt, 4);
    }
    db_reset(stmt);
    return true;
}

static bool what_read(struct books *books, const struct act_call *call, struct line_ref *ref, const char **text,
                      struct err *err)
{
    bool is;
    if (!body_text(call, "what", false, LINE_REF_TEXT - 1, text, err)) return false;
    if (!line_ref_read(*text, ref)) return err_set(err, ERR_INPUT, say_text(SAY("stop.what"), *text));
    if (!order_is(books, *ref, &is, err)) return false;
    return is || err_set(err, ERR_ABSENT, say_text(SAY("stop.unknown"), *text));
}

static bool stop_next_id(struct books *books, int64_t *id, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT id FROM stop ORDER BY id DESC LIMIT 1"), &stmt, err)) return false;
    if (!db_step(stmt, &row, err)) return false;
    *id = row ? db_int(stmt, 0) + 1 : 1;
    db_reset(stmt);
    return true;
}

bool stop_act(struct books *books, struct act_call *call, struct err *err)
{
    struct line_ref ref;
    struct standing standing;
    enum record_did did;
    const char     *what, *why;
    int64_t         id;
    if (!what_read(books, call, &ref, &what, err) || !body_text(call, "why", true, WHY_BYTES, &why, err)) return false;
    if (!standing_read(books, line_ref_key(ref), &standing, err) || !stop_next_id(books, &id, err)) return false;
    if (standing.is) return err_set(err, ERR_CONFLICT, say_text(say_text(SAY("stop.stands"), what), standing.by));
    int64_t            feed = books->record.feed + 1; /* record_put() tells it */
    const struct value values[] = {value_int(id),
                                   value_int(line_ref_key(ref)),
                                   value_text(why),
                                   value_text(books->record.user),
                                   value_int(books->record.now_ms),
                                   value_int(feed),
                                   value_null()};
    if (!record_put(&books->record, NOUN_STOP, RECORD_NEW, values, &did, err)) return false;
    buf_fmt(&call->answer, "{\"stop\":%" PRId64 ",\"feed\":%" PRId64 "}", id, feed);
    return books_renew_order(books, line_ref_key(ref), err);
}

bool lift_act(struct books *books, struct act_call *call, struct err *err)
{
    struct line_ref ref;
    struct standing standing;
    enum record_did did;
    const char     *what;
    if (!what_read(books, call, &ref, &what, err) || !standing_read(books, line_ref_key(ref), &standing, err))
        return false;
    if (!standing.is) return err_set(err, ERR_ABSENT, say_text(SAY("stop.none"), what));
    const struct value values[] = {value_int(standing.id),           value_int(line_ref_key(ref)),
                                   value_text(standing.why),         value_text(standing.by),
                                   value_int(standing.at_ms),        value_int(standing.feed),
                                   value_int(books->record.feed + 1)};
    return record_put(&books->record, NOUN_STOP, body_base(call), values, &did, err) &&
           books_renew_order(books, line_ref_key(ref), err);
}
