/* stop.c - stops: server/books/stop.h. */
#include "server/books/stop.h"

#include <inttypes.h>

#include "core/utf8.h"
#include "server/books/change.h"
#include "server/books/form.h"
#include "server/books/order.h"

enum { WHY_BYTES = 200, DOORS_MOST = 999 };

/* A standing stop of exactly this line or order. */
struct standing {
    bool    is;
    int64_t id, line, at_ms, feed, pieces;
    char    why[WHY_BYTES + 1], by[132];
};

static bool standing_read(struct books *books, int64_t line, struct standing *standing, struct err *err)
{
    struct db_stmt *stmt;
    *standing = (struct standing){.line = line};
    if (!db_prepare(books->db, SQL("SELECT id, why, by_user, at_ms, feed, pieces FROM stop WHERE line = $1"
                        " AND lifted_feed IS NULL"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    if (!db_step(stmt, &standing->is, err)) return false;
    if (standing->is) {
        standing->id = db_int(stmt, 0);
        utf8_copy(standing->why, sizeof standing->why, db_text(stmt, 1));
        utf8_copy(standing->by, sizeof standing->by, db_text(stmt, 2));
        standing->at_ms = db_int(stmt, 3);
        standing->feed = db_int(stmt, 4);
        standing->pieces = db_int(stmt, 5);
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

/* Ends it with the next feed number, which record_put() tells. */
static bool standing_lift(struct books *books, const struct standing *standing, int64_t base, struct err *err)
{
    enum record_did    did;
    const struct value values[] = {value_int(standing->id),           value_int(standing->line),
                                   value_text(standing->why),         value_text(standing->by),
                                   value_int(standing->at_ms),        value_int(standing->feed),
                                   value_int(books->record.feed + 1), value_int(standing->pieces)};
    return record_put(&books->record, NOUN_STOP, base, values, &did, err);
}

/* Some doors of a line, fewer than it has: all of them are the line. */
static bool pieces_read(struct books *books, const struct act_call *call, struct line_ref ref, int64_t *pieces,
                        struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    *pieces = 0;
    if (json_get(call->body, "pieces") == NULL) return true;
    if (!body_int(call, "pieces", 0, DOORS_MOST, pieces, err)) return false;
    if (*pieces == 0) return true;
    if (ref.line == 0) return err_set(err, ERR_INPUT, SAY("stop.pieces_order"));
    if (!db_prepare(books->db, SQL("SELECT quantity FROM line WHERE line = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, line_ref_key(ref));
    if (!db_step(stmt, &row, err)) return false;
    int64_t quantity = row ? db_int(stmt, 0) : 0;
    db_reset(stmt);
    if (*pieces > quantity) return err_set(err, ERR_INPUT, say_int(SAY("stop.pieces_most"), quantity));
    if (*pieces == quantity) *pieces = 0;
    return true;
}

static bool stop_put(struct books *books, struct act_call *call, int64_t line, const char *why, int64_t pieces,
                     struct err *err)
{
    enum record_did did;
    int64_t         id, feed = books->record.feed + 1; /* record_put() tells it */
    if (!record_next(&books->record, SQL("SELECT id FROM stop ORDER BY id DESC LIMIT 1"), &id, err)) return false;
    const struct value values[] = {value_int(id),
                                   value_int(line),
                                   value_text(why),
                                   value_text(books->record.user),
                                   value_int(books->record.now_ms),
                                   value_int(feed),
                                   value_null(),
                                   value_int(pieces)};
    if (!record_put(&books->record, NOUN_STOP, RECORD_NEW, values, &did, err)) return false;
    buf_fmt(&call->answer, "{\"stop\":%" PRId64 ",\"feed\":%" PRId64 "}", id, feed);
    return books_renew_order(books, line, err);
}

bool stop_act(struct books *books, struct act_call *call, struct err *err)
{
    struct line_ref ref = {0};
    struct standing standing;
    const char     *what = "", *why = "";
    int64_t         pieces = 0;
    if (!what_read(books, call, &ref, &what, err) || !body_text(call, "why", true, WHY_BYTES, &why, err) ||
        !pieces_read(books, call, ref, &pieces, err) || !standing_read(books, line_ref_key(ref), &standing, err))
        return false;
    if (standing.is && (standing.pieces == 0 || standing.pieces == pieces))
        return err_set(err, ERR_CONFLICT, say_text(say_text(SAY("stop.stands"), what), standing.by));
    return (!standing.is || standing_lift(books, &standing, RECORD_ANY, err)) &&
           stop_put(books, call, line_ref_key(ref), why, pieces, err);
}

bool stop_stands(struct books *books, int64_t line, bool *is, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("SELECT id FROM stop WHERE line IN ($1, $2) AND lifted_feed IS NULL AND pieces = 0"
                        " LIMIT 1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, line - line % 100);
    if (!db_step(stmt, is, err)) return false;
    db_reset(stmt);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- ending one */

/* Work on the old sheet begins again only where nobody is waiting for a new one. */
static bool lift_check(struct books *books, struct line_ref ref, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    char            text[LINE_REF_TEXT];
    int64_t         line = line_ref_key(ref);
    if (!db_prepare(books->db, SQL("SELECT line FROM change WHERE line BETWEEN $1 AND $2 AND state = $3 LIMIT 1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, ref.line == 0 ? line + 99 : line);
    db_bind_int(stmt, 3, CHANGE_OPEN);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    line_ref_write(line_ref_of_key(db_int(stmt, 0)), text);
    db_reset(stmt);
    return err_set(err, ERR_CONFLICT, say_text(SAY("lift.change"), text));
}

bool lift_act(struct books *books, struct act_call *call, struct err *err)
{
    struct line_ref ref = {0};
    struct standing standing;
    const char     *what = "";
    if (!what_read(books, call, &ref, &what, err) || !standing_read(books, line_ref_key(ref), &standing, err))
        return false;
    if (!standing.is) return err_set(err, ERR_ABSENT, say_text(SAY("stop.none"), what));
    return (standing.pieces > 0 || lift_check(books, ref, err)) &&
           standing_lift(books, &standing, body_base(call), err) && books_renew_order(books, line_ref_key(ref), err);
}
