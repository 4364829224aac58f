/* exception.c - what needs a person, and what he decides: server/books/exception.h. */
#include "server/books/exception.h"

#include <inttypes.h>
#include <string.h>

#include "core/buf.h"
#include "core/code.h"

/* ---------------------------------------------------------------------------------------------------- the line */

/* The event decided about: its sheet and operation go into the decision, so that it reads by itself. Decisions are put in
 * force where a line is judged: about what belongs to none a decision would wait for ever. */
static bool target_read(struct books *books, const struct hash *name, struct event *target, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    size_t          len;
    if (!db_prepare(books->db, SQL("SELECT bytes, kind, line FROM fact WHERE name = $1"), &stmt, err)) return false;
    db_bind_blob(stmt, 1, name->bytes, sizeof name->bytes);
    if (!db_step(stmt, &row, err)) return false;
    if (!row || db_int(stmt, 1) < 0) {
        db_reset(stmt);
        return err_set(err, ERR_ABSENT, SAY("decide.target"));
    }
    const char *bytes = db_blob(stmt, 0, &len);
    bool        is_read = event_read(bytes, len, target, err), has_line = db_int(stmt, 2) != 0;
    db_reset(stmt);
    return is_read && (has_line || err_set(err, ERR_CONFLICT, SAY("decide.loose")));
}

static bool bad_read(const struct act_call *call, struct event *line, struct err *err)
{
    const struct json *bad = json_get(call->body, "bad");
    size_t             count = json_count(bad);
    if (count > EVENT_BAD_MAX) return err_set(err, ERR_INPUT, say_text(SAY("act.missing"), "bad"));
    for (size_t i = 0; i < count; i++) {
        const struct json *row = json_at(bad, i);
        int64_t            pieces = json_int(json_at(row, 0), 0), reason = json_int(json_at(row, 1), -1);
        int64_t            op = json_int(json_at(row, 2), -1);
        if (pieces < 1 || pieces > 1000000 || reason < 0 || reason > INT32_MAX || op < 0 || op > INT32_MAX)
            return err_set(err, ERR_INPUT, SAY("decide.bad"));
        line->bad[i] = (struct event_bad){(int32_t)pieces, (int32_t)reason, (int32_t)op};
    }
    line->bad_count = (int)count;
    return true;
}

void exception_sign(struct books *books, const struct act_call *call, struct event *line)
{
    const struct day_rule *rule = chains_rule(&books->chains, books->applied_to + 1);
    const struct shift    *shift = NULL;
    line->v = EVENT_VERSION;
    line->how = HOW_ACT;
    line->seen = (struct event_seen){books->server, books->run, books->record.feed};
    line->wall_ms = books->record.now_ms;
    line->shift_day = day_of(rule, line->wall_ms, &shift);
    if (shift != NULL) memcpy(line->shift, shift->name, sizeof line->shift);
    memcpy(line->program, "office", sizeof "office");
    memcpy(line->act, call->act->id, sizeof line->act);
    size_t len = strlen(call->act->user);
    memcpy(line->users, call->act->user, len);
    if (call->act->second[0] == 0) return;
    line->users[len] = ',';
    memcpy(line->users + len + 1, call->act->second, strlen(call->act->second) + 1);
}

/* [R14] Whose fault bad pieces are, quality and supervisors say; what is paid, the office. */
static bool decide_may(struct books *books, const struct act_call *call, const struct event *line, struct err *err)
{
    bool may = line->bad_count > 0;
    if (!may && !act_user_has(books, call->act->user, "administrator payroll manager", &may, err)) return false;
    return may || err_set(err, ERR_RIGHTS, SAY("decide.office"));
}

bool decide_line(struct books *books, struct act_call *call, struct event *line, struct err *err)
{
    struct event new = {.kind = EVENT_DECIDE, .has_refers = true}, target = {0};
    const char *why = "";
    int64_t     count = 0;
    if (!body_hash(call, "refers", &new.refers, err) || !target_read(books, &new.refers, &target, err)) return false;
    if (json_get(call->body, "count") != NULL && !body_int(call, "count", 0, 1000000, &count, err)) return false;
    if (json_get(call->body, "why") != NULL && !body_text(call, "why", true, EVENT_WHY_MAX - 1, &why, err))
        return false;
    new.has_replaces = json_get(call->body, "replaces") != NULL;
    if (new.has_replaces && !body_hash(call, "replaces", &new.replaces, err)) return false;
    if (!bad_read(call, &new, err) || !decide_may(books, call, &new, err)) return false;
    new.count = (int32_t)count;
    if (new.bad_count > 0 && event_bad_total(&new) > new.count) new.count = event_bad_total(&new);
    memcpy(new.why, why, strlen(why));
    new.has_sheet = target.has_sheet;
    new.sheet = target.sheet;
    new.op = target.op;
    exception_sign(books, call, &new);
    *line = new;
    return true;
}

struct hash decide_hash(const struct event *line)
{
    struct buf text = {0};
    buf_fmt(&text, "%s %" PRId32 " ", event_kind_word(line->kind), line->count);
    buf_hex(&text, line->refers.bytes, sizeof line->refers.bytes);
    if (line->has_replaces) buf_hex(&text, line->replaces.bytes, sizeof line->replaces.bytes);
    for (int i = 0; i < line->bad_count; i++)
        buf_fmt(&text, " %" PRId32 ":%" PRId32 ":%" PRId32, line->bad[i].count, line->bad[i].reason, line->bad[i].op);
    if (line->kind == EVENT_CORRECT) buf_fmt(&text, " op%" PRId32, line->op);
    for (int i = 0; i < line->worker_count; i++) /* a bind: whom the badge means, and when */
        buf_fmt(&text, " %" PRId64 "=%" PRId32 "@%" PRId32, line->workers[i].badge, line->workers[i].number,
                line->shift_day);
    if (line->worker_count > 0) buf_fmt(&text, " %" PRId32 "@%" PRId32, line->workers[0].number, line->shift_day);
    if (line->kind == EVENT_COLLECT) /* which paper */
        buf_fmt(&text, " %" PRId64 "/%d/%d", line_ref_key(line->sheet.line), line->sheet.rev, line->sheet.copy);
    buf_fmt(&text, "\n%s\n%s", line->why, line->users);
    struct hash hash = act_hash(event_kind_word(line->kind), line->users, "", text.bytes, text.len);
    buf_free(&text);
    return hash;
}

/* ---------------------------------------------------------------------------------------------------- the answer */

/* What became of an event: its verdict in the books. */
struct outcome {
    struct event event;
    char         name[HASH_TEXT];
    int64_t      number, counted, held, cancelled_by;
    struct say   reason;
};

static bool outcome_read(struct books *books, int64_t number, struct outcome *outcome, struct err *err)
{
    struct db_stmt *stmt;
    struct hash     name;
    bool            row;
    size_t          len;
    if (!db_prepare(books->db, SQL("SELECT f.bytes, f.name, v.counted, v.held, v.cancelled_by, v.reason FROM fact AS f"
                        " JOIN verdict AS v ON v.number = f.number WHERE f.number = $1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, number);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("decide.target"));
    const char *bytes = db_blob(stmt, 0, &len);
    bool        is_read = event_read(bytes, len, &outcome->event, err);
    if (is_read) {
        memcpy(name.bytes, db_blob(stmt, 1, &len), sizeof name.bytes);
        hash_write(&name, outcome->name);
        outcome->number = number;
        outcome->counted = db_int(stmt, 2);
        outcome->held = db_int(stmt, 3);
        outcome->cancelled_by = db_int(stmt, 4);
        const char *reason = db_text(stmt, 5);
        outcome->reason = (struct say){0};
        if (reason[0] != 0 && !say_read(reason, strlen(reason), &outcome->reason)) outcome->reason = (struct say){0};
    }
    db_reset(stmt);
    return is_read;
}

static bool number_of(struct books *books, const struct hash *name, int64_t *number, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT number FROM fact WHERE name = $1"), &stmt, err)) return false;
    db_bind_blob(stmt, 1, name->bytes, sizeof name->bytes);
    if (!db_step(stmt, &row, err)) return false;
    *number = row ? db_int(stmt, 0) : 0;
    db_reset(stmt);
    return true;
}

static void outcome_write(const char *key, const struct outcome *outcome, struct buf *out)
{
    json_key(out, key);
    buf_fmt(out, "{\"event\":\"%s\",\"counted\":%" PRId64 ",\"held\":%" PRId64 ",\"by\":", outcome->name,
            outcome->counted, outcome->held);
    json_cstr(out, outcome->event.users);
    json_key(out, "count");
    buf_fmt(out, "%" PRId32 ",\"say\":", outcome->event.count);
    if (say_is_empty(&outcome->reason))
        buf_str(out, "[]");
    else
        say_write(&outcome->reason, out);
    buf_char(out, '}');
}

/* A decision that had no effect was overtaken by another (or is impossible): 409, and the one in force is told. */
static bool answer_write(struct books *books, const struct outcome *own, int *status, struct buf *out, struct err *err)
{
    struct outcome target = {0}, other = {0};
    int64_t        number = 0;
    struct act     refusal = {0};
    bool           stands = own->event.kind == EVENT_DAYWORK; /* held or not: it is in, and says what it waits for */
    if (!number_of(books, &own->event.refers, &number, err)) return false;
    if (number != 0 && !outcome_read(books, number, &target, err)) return false;
    if (own->event.kind == EVENT_CORRECT) stands = number != 0 && target.cancelled_by == own->number;
    *status = say_is_empty(&own->reason) || stands ? 200 : 409;
    if (*status == 200) {
        buf_str(out, "{");
    } else {
        struct err why = {.kind = ERR_CONFLICT, .say = own->reason};
        act_refuse(&refusal, &why);
        buf_add(out, refusal.answer.bytes, refusal.answer.len - 1);
        buf_free(&refusal.answer);
    }
    outcome_write("decision", own, out);
    if (number != 0) outcome_write("event", &target, out);
    if (*status == 409 && own->cancelled_by != 0) {
        if (!outcome_read(books, own->cancelled_by, &other, err)) return false;
        outcome_write("in_force", &other, out);
    }
    buf_char(out, '}');
    return true;
}

static bool answer_keep(struct books *books, const struct office_fact *fact, const struct outcome *own, int status,
                        const char *answer, struct err *err)
{
    struct record *record = &books->record;
    struct buf new = {0};
    const struct act_kept kept = {.id = fact->act,
                                  .user = own->event.users,
                                  .second = "",
                                  .name = event_kind_word(own->event.kind),
                                  .hash = decide_hash(&own->event),
                                  .number = fact->number,
                                  .status = status,
                                  .answer = answer};
    memcpy(record->act, fact->act, sizeof record->act);
    size_t len = strnlen(own->event.users, sizeof record->user - 1);
    memcpy(record->user, own->event.users, len);
    record->user[len] = 0;
    buf_fmt(&new, "{\"event\":\"%s\",\"status\":%d}", own->name, status);
    bool is_done = act_keep(books, &kept, err) &&
                   record_audit(record, event_kind_word(own->event.kind), own->name, "", buf_text(&new), err);
    buf_free(&new);
    return is_done;
}

static bool is_kept(struct books *books, const char *id, bool *kept, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("SELECT status FROM act WHERE id = $1"), &stmt, err)) return false;
    db_bind_text(stmt, 1, id);
    if (!db_step(stmt, kept, err)) return false;
    db_reset(stmt);
    return true;
}

bool exception_answer(struct books *books, const struct office_fact *fact, struct err *err)
{
    struct outcome own = {0};
    struct buf     answer = {0};
    int            status = 0;
    bool           kept;
    if (!is_kept(books, fact->act, &kept, err)) return false;
    if (kept) return true; /* answered before the books were built anew */
    bool is_done = outcome_read(books, fact->number, &own, err) && answer_write(books, &own, &status, &answer, err) &&
                   answer_keep(books, fact, &own, status, buf_text(&answer), err);
    buf_free(&answer);
    return is_done;
}
