/* time.c - day work: server/books/time.h. */
#include "server/books/time.h"

#include <string.h>

#include "core/clock.h"
#include "core/money.h"
#include "server/books/exception.h"
#include "server/books/form.h"

enum { MINUTES_MOST = 1440 };

bool time_renew(struct books *books, int32_t from_day, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT DISTINCT line FROM fact WHERE line <= $1 AND line < 0 AND line != 0"), &stmt,
                                   err))
        return false;
    db_bind_int(stmt, 1, time_line(from_day));
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        lines_renew(&books->lines, db_int(stmt, 0));
    }
}

static bool worker_check(struct books *books, int32_t worker, struct err *err)
{
    return people_person(&books->people, worker) != NULL ||
           err_set(err, ERR_INPUT, say_int(SAY("worker.unknown"), worker));
}

bool time_rate_put(struct books *books, int32_t worker, int32_t from_day, int64_t hour_cfen, enum record_did *did,
                   struct err *err)
{
    const struct value values[] = {value_int(worker), value_int(from_day), value_int(hour_cfen)};
    if (worker != 0 && !worker_check(books, worker, err)) return false;
    return record_put(&books->record, NOUN_TIME_RATE, RECORD_ANY, values, did, err) && time_renew(books, from_day, err);
}

bool time_rate_act(struct books *books, struct act_call *call, struct err *err)
{
    const char     *rate;
    int64_t         worker, hour_cfen;
    int32_t         from_day;
    enum record_did did;
    return body_int(call, "worker", 0, INT32_MAX, &worker, err) && body_day(call, "from", &from_day, err) &&
           body_text(call, "rate", false, MONEY_TEXT, &rate, err) && money_read_rate(rate, &hour_cfen, err) &&
           time_rate_put(books, (int32_t)worker, from_day, hour_cfen, &did, err);
}

bool daywork_line(struct books *books, struct act_call *call, struct event *line, struct err *err)
{
    struct event new = {.kind = EVENT_DAYWORK};
    const char *why;
    int64_t     worker, minutes;
    int32_t     day;
    if (!body_int(call, "worker", 1, INT32_MAX, &worker, err) || !worker_check(books, (int32_t)worker, err) ||
        !body_day(call, "day", &day, err) || !body_int(call, "minutes", 1, MINUTES_MOST, &minutes, err) ||
        !body_text(call, "why", false, EVENT_WHY_MAX - 1, &why, err))
        return false;
    exception_sign(books, call, &new);
    if (day > new.shift_day) return err_set(err, ERR_INPUT, SAY("time.day"));
    new.shift_day = day;
    new.shift[0] = 0;
    new.count = (int32_t)minutes;
    new.worker_count = 1;
    new.workers[0] = (struct event_worker){.number = (int32_t)worker, .share = 1};
    memcpy(new.why, why, strlen(why));
    *line = new;
    return true;
}
