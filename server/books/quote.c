/* quote.c - quotes and their confirmation: server/books/quote.h. */
#include "server/books/quote.h"

#include <inttypes.h>
#include <string.h>

#include "core/clock.h"
#include "core/utf8.h"
#include "server/books/file.h"
#include "server/books/form.h"
#include "server/books/head.h"
#include "server/books/master.h"
#include "server/books/question.h"

enum { NAME_MOST = 60, NOTE_MOST = 390 };

struct quoted {
    int64_t order, n, sent_ms, confirmed_n, confirmed_ms, chased_ms, version; /* times 0: not yet */
    int32_t confirmed_day;
    char    how[16], person[CELL_TEXT_MAX], note[CELL_TEXT_MAX], by[132], chased_by[132];
};

static bool quoted_read(struct books *books, int64_t order, struct quoted *quoted, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    *quoted = (struct quoted){.order = order};
    if (!db_prepare(books->db,
                    SQL("SELECT n, sent_ms, confirmed_n, confirmed_day, how, person, note, by_user, confirmed_ms,"
                        " chased_by, chased_ms, version FROM quoted WHERE order_id = $1"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, order);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    quoted->n = db_int(stmt, 0);
    quoted->sent_ms = db_int(stmt, 1);
    quoted->confirmed_n = db_int(stmt, 2);
    quoted->confirmed_day = db_is_null(stmt, 3) ? 0 : (int32_t)db_int(stmt, 3);
    utf8_copy(quoted->how, sizeof quoted->how, db_text(stmt, 4));
    utf8_copy(quoted->person, sizeof quoted->person, db_text(stmt, 5));
    utf8_copy(quoted->note, sizeof quoted->note, db_text(stmt, 6));
    utf8_copy(quoted->by, sizeof quoted->by, db_text(stmt, 7));
    quoted->confirmed_ms = db_is_null(stmt, 8) ? 0 : db_int(stmt, 8);
    utf8_copy(quoted->chased_by, sizeof quoted->chased_by, db_text(stmt, 9));
    quoted->chased_ms = db_is_null(stmt, 10) ? 0 : db_int(stmt, 10);
    quoted->version = db_int(stmt, 11);
    db_reset(stmt);
    return true;
}

static bool quoted_put(struct books *books, const struct quoted *quoted, struct err *err)
{
    enum record_did    did;
    const struct value values[] = {
        value_int(quoted->order),
        value_int(quoted->n),
        value_int(quoted->sent_ms),
        value_int(quoted->confirmed_n),
        quoted->confirmed_n == 0 ? value_null() : value_int(quoted->confirmed_day),
        value_text(quoted->how),
        value_text(quoted->person),
        value_text(quoted->note),
        value_text(quoted->by),
        value_or_null(quoted->confirmed_ms),
        value_text(quoted->chased_by),
        value_or_null(quoted->chased_ms),
    };
    return record_put(&books->record, NOUN_QUOTED, quoted->version, values, &did, err);
}

/* ---------------------------------------------------------------------------------------------------- making */

/* Every line has fields and a price. */
static bool lines_check(struct books *books, int64_t order, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db,
                    SQL("SELECT l.line, COALESCE(s.fields, ''), COALESCE(s.price_fen, 0) FROM line AS l"
                        " LEFT JOIN spec AS s ON s.line = l.line WHERE l.order_id = $1"
                        " AND (s.fields IS NULL OR s.fields = '' OR s.price_fen = 0) ORDER BY l.line LIMIT 1"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, order);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    int64_t number = db_int(stmt, 0) % 100;
    bool    is_imported = db_text(stmt, 1)[0] == 0;
    db_reset(stmt);
    return err_set(err, ERR_INPUT, is_imported ? SAY("quote.imported") : say_int(SAY("quote.price"), number));
}

static bool quote_write(struct books *books, int64_t order, int64_t n, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("INSERT INTO quote (order_id, n, at_ms, by_user, total_fen) SELECT $1, $2, $3, $4,"
                        " CAST(SUM(s.amount_fen) AS BIGINT) FROM line AS l JOIN spec AS s ON s.line = l.line"
                        " WHERE l.order_id = $1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, order);
    db_bind_int(stmt, 2, n);
    db_bind_int(stmt, 3, books->record.now_ms);
    db_bind_text(stmt, 4, books->record.user);
    if (!db_run(stmt, err)) return false;
    if (!db_prepare(books->db,
                    SQL("INSERT INTO quote_line (order_id, n, line, fields, price_fen, extra_fen, extra_why,"
                        " amount_fen) SELECT $1, $2, s.line, s.fields, s.price_fen, s.extra_fen, s.extra_why,"
                        " s.amount_fen FROM line AS l JOIN spec AS s ON s.line = l.line WHERE l.order_id = $1"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, order);
    db_bind_int(stmt, 2, n);
    return db_run(stmt, err);
}

bool quote_make_act(struct books *books, struct act_call *call, struct err *err)
{
    struct line_ref ref;
    struct quoted   quoted;
    bool            is;
    if (!body_ref(call, "order", false, &ref, err)) return false;
    int64_t order = line_ref_key(ref);
    if (!head_is(books, order, &is, err)) return false;
    if (!is) return err_set(err, ERR_ABSENT, SAY("register.absent"));
    if (!lines_check(books, order, err) || !question_check(books, order, false, err) ||
        !quoted_read(books, order, &quoted, err) || !quote_write(books, order, quoted.n + 1, err))
        return false;
    quoted.n++;
    quoted.sent_ms = books->record.now_ms;
    quoted.chased_by[0] = 0;
    quoted.chased_ms = 0;
    if (!quoted_put(books, &quoted, err)) return false;
    buf_fmt(&call->answer, "{\"n\":%" PRId64 "}", quoted.n);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- confirming */

static const char *const HOWS[] = {"wechat", "fax", "mail", "signed"};

static bool how_is(const char *how)
{
    for (size_t i = 0; i < sizeof HOWS / sizeof *HOWS; i++)
        if (strcmp(HOWS[i], how) == 0) return true;
    return false;
}

/* Not before the quote went out, not after today. */
static bool day_take(struct books *books, const struct act_call *call, struct quoted *quoted, struct err *err)
{
    const struct day_rule *rule = chains_rule(&books->chains, books->applied_to + 1);
    const char            *text;
    if (!body_text(call, "day", false, DAY_TEXT - 1, &text, err)) return false;
    if (!day_read(text, &quoted->confirmed_day)) return err_set(err, ERR_INPUT, say_text(SAY("import.day"), text));
    int64_t sent = day_of(rule, quoted->sent_ms, NULL); /* at night the shift's day, which the page proposes */
    return (quoted->confirmed_day >= sent && quoted->confirmed_day <= books_newest_day(books)) ||
           err_set(err, ERR_INPUT, SAY("quote.day"));
}

bool quote_confirm_act(struct books *books, struct act_call *call, struct err *err)
{
    struct line_ref ref;
    struct quoted   quoted;
    const char     *how, *person, *note;
    int64_t         n;
    int             count;
    if (!body_ref(call, "order", false, &ref, err) || !body_int(call, "n", 1, 9999, &n, err) ||
        !body_text(call, "how", false, sizeof quoted.how - 1, &how, err) ||
        !body_text(call, "person", false, NAME_MOST, &person, err) ||
        !body_text(call, "note", true, NOTE_MOST, &note, err) || !quoted_read(books, line_ref_key(ref), &quoted, err))
        return false;
    if (n != quoted.n) return err_set(err, ERR_CONFLICT, say_int(say_int(SAY("quote.newer"), n), quoted.n));
    if (quoted.confirmed_n == n) return err_set(err, ERR_CONFLICT, say_text(SAY("quote.confirmed"), quoted.by));
    if (!how_is(how)) return err_set(err, ERR_INPUT, say_text(SAY("quote.how"), how));
    if (!day_take(books, call, &quoted, err) || !question_check(books, quoted.order, true, err)) return false;
    quoted.confirmed_n = n;
    quoted.confirmed_ms = books->record.now_ms;
    utf8_copy(quoted.how, sizeof quoted.how, how);
    utf8_copy(quoted.person, sizeof quoted.person, person);
    utf8_copy(quoted.note, sizeof quoted.note, note);
    utf8_copy(quoted.by, sizeof quoted.by, books->record.user);
    return quoted_put(books, &quoted, err) &&
           file_attach(books, json_get(call->body, "files"), 0, quoted.order, "confirmation", &count, err);
}

bool quote_chase_act(struct books *books, struct act_call *call, struct err *err)
{
    struct line_ref ref;
    struct quoted   quoted;
    if (!body_ref(call, "order", false, &ref, err) || !quoted_read(books, line_ref_key(ref), &quoted, err))
        return false;
    if (quoted.n == 0 || quoted.confirmed_n == quoted.n) return err_set(err, ERR_CONFLICT, SAY("quote.nothing"));
    quoted.chased_ms = books->record.now_ms;
    utf8_copy(quoted.chased_by, sizeof quoted.chased_by, books->record.user);
    return quoted_put(books, &quoted, err);
}

/* ---------------------------------------------------------------------------------------------------- for the sheet */

/* Has the order been changed since? Lines added later have no row in the quote. */
static bool is_current(struct books *books, int64_t order, int64_t n, bool *is, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db,
                    SQL("SELECT l.line FROM line AS l JOIN spec AS s ON s.line = l.line LEFT JOIN quote_line AS q"
                        " ON q.order_id = l.order_id AND q.n = $2 AND q.line = l.line WHERE l.order_id = $1"
                        " AND (q.fields IS NULL OR q.fields != s.fields OR q.amount_fen != s.amount_fen) LIMIT 1"),
                        &stmt, err))
        return false;
    bool row;
    db_bind_int(stmt, 1, order);
    db_bind_int(stmt, 2, n);
    if (!db_step(stmt, &row, err)) return false;
    db_reset(stmt);
    *is = !row;
    return true;
}

bool quote_confirmed(struct books *books, int64_t order, int64_t line, int64_t *n, struct buf *fields, struct err *err)
{
    struct quoted   quoted;
    struct db_stmt *stmt;
    bool            row, is;
    if (!quoted_read(books, order, &quoted, err)) return false;
    if (quoted.confirmed_n == 0 || quoted.confirmed_n != quoted.n)
        return err_set(err, ERR_INPUT, SAY("quote.unconfirmed"));
    if (!is_current(books, order, quoted.n, &is, err)) return false;
    if (!is) return err_set(err, ERR_INPUT, say_int(SAY("quote.changed"), quoted.n));
    if (!db_prepare(books->db, SQL("SELECT fields FROM quote_line WHERE order_id = $1 AND n = $2 AND line = $3"), &stmt,
                                   err))
        return false;
    db_bind_int(stmt, 1, order);
    db_bind_int(stmt, 2, quoted.n);
    db_bind_int(stmt, 3, line);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("register.absent"));
    buf_str(fields, db_text(stmt, 0));
    *n = quoted.n;
    db_reset(stmt);
    return true;
}
