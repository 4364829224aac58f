/* correct.c - the office puts an entry right: server/books/correct.h. */
#include "server/books/correct.h"

#include <string.h>

#include "server/books/exception.h"

enum { COUNT_MOST = 1000000 };

/* The entry spoken of, its date in force, and whether its chain says something else now. */
struct entry {
    struct event event;
    int32_t      day;
    int64_t      cancelled_by; /* number of the fact that says something else now */
};

/* Was it this very act? Then it is asked again, and gets its first answer. */
static bool is_own(struct books *books, const struct act_call *call, int64_t number, bool *is, struct err *err)
{
    struct db_stmt *stmt;
    struct event    event = {.kind = EVENT_UNKNOWN};
    struct err      unread;
    bool            row;
    size_t          len;
    *is = number == 0;
    if (*is) return true;
    if (!db_prepare(books->db, SQL("SELECT bytes FROM fact WHERE number = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, number);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    const char *bytes = db_blob(stmt, 0, &len);
    *is = event_read(bytes, len, &event, &unread) && event.act[0] != 0 && strcmp(event.act, call->act->id) == 0;
    db_reset(stmt);
    return true;
}

static bool entry_read(struct books *books, const struct act_call *call, const struct hash *name, struct entry *entry,
                       struct err *err)
{
    struct db_stmt *stmt;
    bool            row, is_newest;
    size_t          len;
    if (!db_prepare(books->db, SQL("SELECT f.bytes, f.kind, f.line, f.day, v.cancelled_by FROM fact AS f"
                        " JOIN verdict AS v ON v.number = f.number WHERE f.name = $1"),
                                   &stmt, err))
        return false;
    db_bind_blob(stmt, 1, name->bytes, sizeof name->bytes);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("decide.target"));
    const char *bytes = db_blob(stmt, 0, &len);
    int64_t     kind = db_int(stmt, 1), line = db_int(stmt, 2);
    entry->day = (int32_t)db_int(stmt, 3);
    entry->cancelled_by = db_int(stmt, 4);
    bool is_read = kind >= 0 && event_read(bytes, len, &entry->event, err);
    db_reset(stmt);
    bool is_work = kind == EVENT_REPORT || kind == EVENT_CORRECT;
    if (!is_work || line <= 0) return err_set(err, ERR_CONFLICT, SAY("correct.kind"));
    if (!is_read || !is_own(books, call, entry->cancelled_by, &is_newest, err)) return false;
    return is_newest || err_set(err, ERR_CONFLICT, SAY("correct.newest"));
}

static bool op_check(struct books *books, const struct event *event, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT code FROM sheet_op WHERE line = $1 AND rev = $2 AND op = $3"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, line_ref_key(event->sheet.line));
    db_bind_int(stmt, 2, event->sheet.rev);
    db_bind_int(stmt, 3, event->op);
    if (!db_step(stmt, &row, err)) return false;
    if (row) db_reset(stmt);
    return row || err_set(err, ERR_INPUT, say_int(SAY("verdict.unknown_op"), event->op));
}

/* Whoever is named is a worker of the house, once. No badge was scanned: the number says who. */
static bool workers_read(struct books *books, const struct act_call *call, struct event *line, struct err *err)
{
    const struct json *list = json_get(call->body, "workers");
    size_t             count = json_count(list);
    if (list == NULL) return true;
    if (count < 1 || count > EVENT_WORKERS_MAX)
        return err_set(err, ERR_INPUT, say_int(SAY("correct.workers"), EVENT_WORKERS_MAX));
    memset(line->workers, 0, sizeof line->workers);
    line->worker_count = (int)count;
    for (size_t i = 0; i < count; i++) {
        int64_t number = json_int(json_at(list, i), 0);
        if (number < 1 || number > INT32_MAX || people_person(&books->people, (int32_t)number) == NULL)
            return err_set(err, ERR_INPUT, say_int(SAY("worker.unknown"), number));
        for (size_t k = 0; k < i; k++)
            if (line->workers[k].number == number)
                return err_set(err, ERR_INPUT, say_int(SAY("correct.twice"), number));
        line->workers[i] = (struct event_worker){.number = (int32_t)number, .share = 1};
    }
    if (count < 2) line->crew[0] = 0; /* alone, he is no crew */
    return true;
}

/* Everything that is said of the entry, anew: a correction is the complete new fact. */
static void entry_copy(const struct entry *entry, struct event *line)
{
    const struct event *old = &entry->event;
    line->has_sheet = old->has_sheet;
    line->sheet = old->sheet;
    line->op = old->op;
    line->count = old->count;
    line->piece_count = old->piece_count;
    memcpy(line->pieces, old->pieces, sizeof line->pieces);
    line->bad_count = old->bad_count;
    memcpy(line->bad, old->bad, sizeof line->bad);
    line->rework = old->rework;
    line->before_stop = old->before_stop;
    line->worker_count = old->worker_count;
    memcpy(line->workers, old->workers, sizeof line->workers);
    memcpy(line->crew, old->crew, sizeof line->crew);
}

static bool changes_read(struct books *books, const struct act_call *call, struct event *line, struct err *err)
{
    int64_t count = line->count, op = line->op;
    if (json_get(call->body, "count") != NULL && !body_int(call, "count", 0, COUNT_MOST, &count, err)) return false;
    if (json_get(call->body, "op") != NULL && !body_int(call, "op", 1, INT32_MAX, &op, err)) return false;
    if (count != line->count && count > 0 && line->piece_count > 0)
        return err_set(err, ERR_INPUT, SAY("correct.pieces"));
    if (count > 0 && count < event_bad_total(line))
        return err_set(err, ERR_INPUT, say_int(say_int(SAY("correct.bad"), event_bad_total(line)), count));
    line->count = (int32_t)count;
    line->op = (int32_t)op;
    return workers_read(books, call, line, err) && (count == 0 || op_check(books, line, err));
}

/* It never happened: an undo says no more than what it takes back. */
static void undo_make(struct event *line)
{
    line->kind = EVENT_UNDO;
    line->count = line->op = 0;
    line->has_sheet = line->rework = line->before_stop = false;
    line->worker_count = line->bad_count = line->piece_count = 0;
    line->crew[0] = 0;
}

bool correct_line(struct books *books, struct act_call *call, struct event *line, struct err *err)
{
    struct event new = {.kind = EVENT_CORRECT, .has_refers = true};
    struct entry entry = {.day = 0};
    const char  *why;
    if (!body_hash(call, "refers", &new.refers, err) || !body_text(call, "why", false, EVENT_WHY_MAX - 1, &why, err) ||
        !entry_read(books, call, &new.refers, &entry, err))
        return false;
    entry_copy(&entry, &new);
    if (!changes_read(books, call, &new, err)) return false;
    if (new.count == 0) undo_make(&new);
    memcpy(new.why, why, strlen(why));
    exception_sign(books, call, &new);
    if (new.kind == EVENT_CORRECT) { /* its own day and shift, whenever it is put right */
        new.shift_day = entry.day;
        memcpy(new.shift, entry.event.shift, sizeof new.shift);
    }
    *line = new;
    return true;
}
