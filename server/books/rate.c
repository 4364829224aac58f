/* rate.c - piece rates: server/books/rate.h. */
#include "server/books/rate.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/money.h"
#include "server/books/form.h"
#include "server/books/master.h"

static bool code_check(struct books *books, const char *code, struct err *err)
{
    bool is;
    if (!operation_is(books, code, &is, err)) return false;
    return is || err_set(err, ERR_INPUT, say_text(SAY("master.operation"), code));
}

bool rate_put(struct books *books, const char *code, const char *family, int32_t from_day, struct rate rate,
              enum record_did *did, struct err *err)
{
    const struct value values[] = {value_text(code), value_text(family), value_int(from_day), value_int(rate.rate_cfen),
                                   value_int(rate.rework_rate_cfen)};
    return code_check(books, code, err) && record_put(&books->record, NOUN_RATE, RECORD_ANY, values, did, err);
}

bool rate_on(struct books *books, const char *code, const char *family, int32_t day, bool *has, struct rate *rate,
             struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("SELECT rate_cfen, rework_rate_cfen FROM rate WHERE code = $1 AND family IN ($2, '')"
                        " AND from_day <= $3 ORDER BY family DESC, from_day DESC LIMIT 1"),
                                   &stmt, err))
        return false;
    db_bind_text(stmt, 1, code);
    db_bind_text(stmt, 2, family);
    db_bind_int(stmt, 3, day);
    if (!db_step(stmt, has, err)) return false;
    if (*has) *rate = (struct rate){db_int(stmt, 0), db_int(stmt, 1)};
    db_reset(stmt);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- changes */

struct rate_change {
    const char *code, *family;
    int32_t     from_day, to_day;
    struct rate rate;
};

static bool body_rate(const struct act_call *call, const char *field, int64_t *rate_cfen, struct err *err)
{
    const char *text;
    return body_text(call, field, false, 32, &text, err) && money_read_rate(text, rate_cfen, err);
}

static bool change_read(const struct act_call *call, struct rate_change *change, struct err *err)
{
    if (!body_text(call, "code", false, WORD_BYTES, &change->code, err) ||
        !body_text(call, "family", true, WORD_BYTES, &change->family, err) ||
        !body_day(call, "from", &change->from_day, err) || !body_day(call, "to", &change->to_day, err) ||
        !body_rate(call, "rate", &change->rate.rate_cfen, err) ||
        !body_rate(call, "rework", &change->rate.rework_rate_cfen, err))
        return false;
    return change->from_day <= change->to_day || err_set(err, ERR_INPUT, SAY("rate.days"));
}

static bool change_write(struct books *books, const struct rate_change *change, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db,
                    SQL("INSERT INTO rate_change (code, family, from_day, to_day, rate_cfen, rework_rate_cfen, at_ms,"
                        " by_users) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
                        &stmt, err))
        return false;
    db_bind_text(stmt, 1, change->code);
    db_bind_text(stmt, 2, change->family);
    db_bind_int(stmt, 3, change->from_day);
    db_bind_int(stmt, 4, change->to_day);
    db_bind_int(stmt, 5, change->rate.rate_cfen);
    db_bind_int(stmt, 6, change->rate.rework_rate_cfen);
    db_bind_int(stmt, 7, books->record.now_ms);
    db_bind_text(stmt, 8, books->record.user);
    return db_run(stmt, err);
}

static bool change_audit(struct books *books, const struct rate_change *change, struct err *err)
{
    struct buf new = {0};
    buf_str(&new, "{\"family\":");
    json_cstr(&new, change->family);
    buf_fmt(&new,
            ",\"from_day\":%" PRId32 ",\"to_day\":%" PRId32 ",\"rate_cfen\":%" PRId64 ",\"rework_rate_cfen\":%" PRId64
            "}",
            change->from_day, change->to_day, change->rate.rate_cfen, change->rate.rework_rate_cfen);
    bool is_done = record_audit(&books->record, "rate_change", change->code, "", buf_text(&new), err);
    buf_free(&new);
    return is_done;
}

/* Lines on whose sheets the operation stands and which have facts at it. */
static bool change_renew(struct books *books, const struct rate_change *change, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db,
                    SQL("SELECT DISTINCT f.line FROM fact AS f JOIN sheet_op AS s ON s.line = f.line AND s.rev = f.rev"
                        " AND s.op = f.op WHERE f.line != 0 AND s.code = $1 AND f.day BETWEEN $2 AND $3"),
                        &stmt, err))
        return false;
    db_bind_text(stmt, 1, change->code);
    db_bind_int(stmt, 2, change->from_day);
    db_bind_int(stmt, 3, change->to_day);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        lines_renew(&books->lines, db_int(stmt, 0));
    }
}

static int by_worker(const void *a, const void *b)
{
    const struct day_delta *x = a, *y = b;
    return x->worker < y->worker ? -1 : x->worker > y->worker;
}

/* What the judging just done changes of each worker's money: sums_write() adds the same rows to the books. */
static void gains_write(const struct sums *sums, struct buf *out)
{
    int64_t           all_fen = 0;
    struct day_delta *rows = calloc(sums->count + 1, sizeof *rows);
    if (rows == NULL) abort();
    if (sums->count > 0) memcpy(rows, sums->rows, sums->count * sizeof *rows);
    qsort(rows, sums->count, sizeof *rows, by_worker);
    json_key(out, "workers");
    buf_char(out, '[');
    for (size_t i = 0, end; i < sums->count; i = end) {
        int64_t fen = 0;
        for (end = i; end < sums->count && rows[end].worker == rows[i].worker; end++) fen += rows[end].fen;
        all_fen += fen;
        if (fen == 0) continue;
        json_sep(out);
        buf_fmt(out, "[%" PRId32 ",%" PRId64 "]", rows[i].worker, fen);
    }
    buf_fmt(out, "],\"fen\":%" PRId64, all_fen);
    free(rows);
}

bool rate_change_act(struct books *books, struct act_call *call, struct err *err)
{
    struct rate_change change;
    if (!change_read(call, &change, err) || !code_check(books, change.code, err)) return false;
    books->record.topics |= TOPIC_PAY;
    if (!change_write(books, &change, err) || !change_audit(books, &change, err)) return false;
    lines_forget(&books->lines); /* each line in memory holds the changes of its rates */
    if (!change_renew(books, &change, err)) return false;
    buf_fmt(&call->answer, "{\"lines\":%zu", books->lines.touched_count);
    struct worth_out out = books_worth_out(books);
    if (!lines_judge(&books->lines, &out, err)) return false;
    gains_write(&books->sums, &call->answer);
    buf_char(&call->answer, '}');
    return true;
}

bool rate_try_act(struct books *books, struct act_call *call, struct err *err)
{
    call->is_dry = true;
    return rate_change_act(books, call, err);
}
