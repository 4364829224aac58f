/* settle.c - one list of what needs a person: server/books/settle.h. */
#include "server/books/settle.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "server/books/case.h"
#include "server/books/enquiry.h"
#include "server/books/master.h"

enum { ITEMS_MOST = 500, REASON_BYTES = 60, NAME_ROOM = 96, WHY_BYTES = 300, USER_ROOM = 132, TOLD_BYTES = 1024 };

/* A key of an exception. */
struct item {
    char    reason[REASON_BYTES + 1];
    uint8_t name[NAME_ROOM];
    size_t  len;
};

/* What the books say of it. */
struct state {
    bool    is_there;
    bool    is_decided;       /* a decision is wanted, not a word */
    char    told[TOLD_BYTES]; /* what it says now */
    char    owner[USER_ROOM], to_user[USER_ROOM], to_note[WHY_BYTES + 1], why[WHY_BYTES + 1], settled_by[USER_ROOM];
    char    settled_told[TOLD_BYTES];
    int64_t carried, settled_ms;
};

/* ---------------------------------------------------------------------------------------------------- keys */

static int hex_value(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool name_read(const char *hex, struct item *item)
{
    size_t len = strlen(hex);
    if (len == 0 || len % 2 != 0 || len / 2 > NAME_ROOM) return false;
    for (size_t i = 0; i < len; i += 2) {
        int high = hex_value(hex[i]), low = hex_value(hex[i + 1]);
        if (high < 0 || low < 0) return false;
        item->name[i / 2] = (uint8_t)(high << 4 | low);
    }
    item->len = len / 2;
    return true;
}

static bool item_read(const struct act_call *call, size_t i, struct item *item, struct err *err)
{
    const struct json *row = json_at(json_get(call->body, "items"), i);
    const char        *reason = json_text(json_at(row, 0), ""), *name = json_text(json_at(row, 1), "");
    *item = (struct item){.len = 0};
    if (reason[0] == 0 || strlen(reason) > REASON_BYTES || !name_read(name, item))
        return err_set(err, ERR_INPUT, SAY("settle.items"));
    utf8_copy(item->reason, sizeof item->reason, reason);
    return true;
}

static bool items_count(const struct act_call *call, size_t *count, struct err *err)
{
    *count = json_count(json_get(call->body, "items"));
    return (*count >= 1 && *count <= ITEMS_MOST) || err_set(err, ERR_INPUT, SAY("settle.items"));
}

/* A case is a record of its own, named "case <number>"; 0: it is none. */
static int64_t case_of(const struct item *item)
{
    char text[NAME_ROOM + 1];
    memcpy(text, item->name, item->len);
    text[item->len] = 0;
    return strncmp(item->reason, "case.", 5) == 0 && strncmp(text, "case ", 5) == 0 ? strtoll(text + 5, NULL, 10) : 0;
}

/* ---------------------------------------------------------------------------------------------------- what stands */

/* An exception of an event; whether it has pieces that wait for a decision. */
static bool event_find(struct books *books, const struct item *item, struct state *state, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(
            books->db,
            SQL("SELECT e.say, CASE WHEN f.line != 0 AND f.kind > 0 AND (v.held > 0 OR v.kind = 2 OR v.bad_open > 0)"
                        " THEN 1 ELSE 0 END FROM exception AS e LEFT JOIN fact AS f ON f.number = e.number"
                        " LEFT JOIN verdict AS v ON v.number = e.number WHERE e.reason = $1 AND e.name = $2"),
                &stmt, err))
        return false;
    db_bind_text(stmt, 1, item->reason);
    db_bind_blob(stmt, 2, item->name, item->len);
    if (!db_step(stmt, &state->is_there, err)) return false;
    if (!state->is_there) return true;
    utf8_copy(state->told, sizeof state->told, db_text(stmt, 0));
    state->is_decided = db_int(stmt, 1) != 0 && strncmp(item->reason, "books.", 6) != 0;
    db_reset(stmt);
    return true;
}

/* Its name is "missing <line> <revision> <operation>". */
static bool missing_find(struct books *books, const struct item *item, struct state *state, struct err *err)
{
    struct db_stmt *stmt;
    char            text[NAME_ROOM + 1], *at = text + sizeof "missing";
    int64_t         parts[3]; /* line, revision, operation */
    memcpy(text, item->name, item->len);
    text[item->len] = 0;
    if (strncmp(text, "missing ", sizeof "missing") != 0) return true;
    for (int i = 0; i < 3; i++) {
        char *end;
        parts[i] = strtoll(at, &end, 10);
        if (end == at || *end != (i < 2 ? ' ' : 0)) return true;
        at = end + 1;
    }
    if (!db_prepare(books->db, SQL("SELECT say FROM op_missing WHERE line = $1 AND op = $2 AND rev = $3"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, parts[0]);
    db_bind_int(stmt, 2, parts[2]);
    db_bind_int(stmt, 3, parts[1]);
    if (!db_step(stmt, &state->is_there, err)) return false;
    if (state->is_there) utf8_copy(state->told, sizeof state->told, db_text(stmt, 0));
    db_reset(stmt);
    return true;
}

static bool flag_find(struct books *books, const struct item *item, struct state *state, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("SELECT say FROM speed_flag WHERE what = $1 AND name = $2"), &stmt, err))
        return false;
    db_bind_text(stmt, 1, item->reason);
    db_bind_blob(stmt, 2, item->name, item->len);
    if (!db_step(stmt, &state->is_there, err)) return false;
    if (state->is_there) utf8_copy(state->told, sizeof state->told, db_text(stmt, 0));
    db_reset(stmt);
    return true;
}

/* An objection is decided; that a kiosk is silent, nobody but its page knows. */
static bool item_find(struct books *books, const struct item *item, struct state *state, struct err *err)
{
    if (strcmp(item->reason, "books.missing") == 0) return missing_find(books, item, state, err);
    if (strncmp(item->reason, "speed.", 6) == 0) return flag_find(books, item, state, err);
    if (strcmp(item->reason, "kiosk.silent") == 0) {
        state->is_there = true;
        return true;
    }
    if (strcmp(item->reason, "verdict.object") != 0) return event_find(books, item, state, err);
    state->is_there = state->is_decided = true;
    return true;
}

static bool word_find(struct books *books, const struct item *item, struct state *state, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db,
                    SQL("SELECT owner, to_user, to_note, carried, why, settled_by, settled_ms, told FROM settled"
                                   " WHERE reason = $1 AND name = $2"),
                        &stmt, err))
        return false;
    db_bind_text(stmt, 1, item->reason);
    db_bind_blob(stmt, 2, item->name, item->len);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    utf8_copy(state->owner, sizeof state->owner, db_text(stmt, 0));
    utf8_copy(state->to_user, sizeof state->to_user, db_text(stmt, 1));
    utf8_copy(state->to_note, sizeof state->to_note, db_text(stmt, 2));
    state->carried = db_int(stmt, 3);
    utf8_copy(state->why, sizeof state->why, db_text(stmt, 4));
    utf8_copy(state->settled_by, sizeof state->settled_by, db_text(stmt, 5));
    state->settled_ms = db_is_null(stmt, 6) ? 0 : db_int(stmt, 6);
    utf8_copy(state->settled_told, sizeof state->settled_told, db_text(stmt, 7));
    db_reset(stmt);
    return true;
}

static bool state_read(struct books *books, const struct item *item, struct state *state, struct err *err)
{
    *state = (struct state){.is_there = false};
    return item_find(books, item, state, err) && word_find(books, item, state, err);
}

/* It says something else than when it was settled: open again. */
static bool is_settled(const struct state *state)
{
    return state->settled_by[0] != 0 && strcmp(state->told, state->settled_told) == 0;
}

static bool state_write(struct books *books, const struct item *item, const struct state *state, struct err *err)
{
    enum record_did    did;
    const struct value values[] = {
        value_text(item->reason),        value_blob(item->name, item->len), value_text(state->owner),
        value_text(state->to_user),      value_text(state->to_note),        value_int(state->carried),
        value_text(state->why),          value_text(state->settled_by),     value_or_null(state->settled_ms),
        value_text(state->settled_told),
    };
    return record_put(&books->record, NOUN_SETTLED, RECORD_ANY, values, &did, err);
}

/* ---------------------------------------------------------------------------------------------------- acts */

/* What an act does to an exception, and to a case among them. */
struct doing {
    bool (*change)(struct books *books, const struct act_call *call, struct state *state, struct err *err);
    bool (*of_case)(struct books *books, const struct act_call *call, int64_t id, bool *done, struct err *err);
};

/* Does it to each that is still open; the answer counts them, and those that are gone. */
static bool items_do(struct books *books, struct act_call *call, const struct doing *doing, struct err *err)
{
    size_t count, done = 0;
    if (!items_count(call, &count, err)) return false;
    for (size_t i = 0; i < count; i++) {
        struct item  item;
        struct state state;
        bool         is_done = false;
        if (!item_read(call, i, &item, err)) return false;
        if (case_of(&item) != 0) {
            if (!doing->of_case(books, call, case_of(&item), &is_done, err)) return false;
            done += is_done ? 1 : 0;
            continue;
        }
        if (!state_read(books, &item, &state, err)) return false;
        if (!state.is_there || is_settled(&state)) continue;
        if (!doing->change(books, call, &state, err) || !state_write(books, &item, &state, err)) return false;
        done++;
    }
    if (done == 0) return err_set(err, ERR_CONFLICT, SAY("settle.gone"));
    buf_fmt(&call->answer, "{\"done\":%zu,\"gone\":%zu}", done, count - done);
    return true;
}

static bool settle_one(struct books *books, const struct act_call *call, struct state *state, struct err *err)
{
    if (state->is_decided) return err_set(err, ERR_INPUT, SAY("settle.decide"));
    utf8_copy(state->why, sizeof state->why, json_text(json_get(call->body, "why"), ""));
    utf8_copy(state->settled_by, sizeof state->settled_by, books->record.user);
    if (state->owner[0] == 0) utf8_copy(state->owner, sizeof state->owner, books->record.user);
    utf8_copy(state->settled_told, sizeof state->settled_told, state->told);
    state->settled_ms = books->record.now_ms;
    state->to_user[0] = 0;
    return true;
}

/* A case isn't settled by a word: it is decided and closed. */
static bool case_settle(struct books *books, const struct act_call *call, int64_t id, bool *done, struct err *err)
{
    (void)books, (void)call, (void)done;
    return err_set(err, ERR_INPUT, say_int(SAY("case.settle"), id));
}

bool exception_settle_act(struct books *books, struct act_call *call, struct err *err)
{
    const char *why;
    return body_text(call, "why", false, WHY_BYTES, &why, err) &&
           items_do(books, call, &(struct doing){settle_one, case_settle}, err);
}

static bool take_one(struct books *books, const struct act_call *call, struct state *state, struct err *err)
{
    (void)call, (void)err;
    utf8_copy(state->owner, sizeof state->owner, books->record.user);
    state->to_user[0] = state->to_note[0] = state->settled_by[0] = 0;
    state->settled_ms = 0;
    return true;
}

static bool case_take_one(struct books *books, const struct act_call *call, int64_t id, bool *done, struct err *err)
{
    (void)call;
    return case_take(books, id, done, err);
}

bool exception_take_act(struct books *books, struct act_call *call, struct err *err)
{
    return items_do(books, call, &(struct doing){take_one, case_take_one}, err);
}

/* Who hands over what nobody has taken yet answers for it till it is accepted. */
static bool hand_one(struct books *books, const struct act_call *call, struct state *state, struct err *err)
{
    const char *to = json_text(json_get(call->body, "to"), "");
    if (state->owner[0] == 0) utf8_copy(state->owner, sizeof state->owner, books->record.user);
    if (strcmp(to, state->owner) == 0) return err_set(err, ERR_INPUT, say_text(SAY("enquiry.own"), to));
    utf8_copy(state->to_user, sizeof state->to_user, to);
    utf8_copy(state->to_note, sizeof state->to_note, json_text(json_get(call->body, "note"), ""));
    return true;
}

static bool case_hand_one(struct books *books, const struct act_call *call, int64_t id, bool *done, struct err *err)
{
    return case_hand(books, id, json_text(json_get(call->body, "to"), ""), json_text(json_get(call->body, "note"), ""),
                     done, err);
}

/* to: a user who may log in, "" where it may be empty. */
static bool to_read(struct books *books, const struct act_call *call, bool may_be_empty, const char **to,
                    struct err *err)
{
    const char *note;
    bool        is = true;
    if (!body_text(call, "to", may_be_empty, USER_ROOM - 1, to, err) ||
        !body_text(call, "note", true, WHY_BYTES, &note, err))
        return false;
    if ((*to)[0] != 0 && !enquiry_is_user(books, *to, &is, err)) return false;
    return is || err_set(err, ERR_ABSENT, say_text(SAY("enquiry.user"), *to));
}

bool exception_hand_act(struct books *books, struct act_call *call, struct err *err)
{
    const char *to;
    return to_read(books, call, false, &to, err) &&
           items_do(books, call, &(struct doing){hand_one, case_hand_one}, err);
}

/* ---------------------------------------------------------------------------------------------------- the day's close */

/* The next of a user's open ones behind `after`. */
static bool own_after(struct books *books, const char *user, const struct item *after, struct item *item, bool *is,
                      struct err *err)
{
    struct db_stmt *stmt;
    size_t          len;
    if (!db_prepare(books->db, SQL("SELECT reason, name FROM settled WHERE owner = $1 AND settled_by = ''"
                                   " AND (reason, name) > ($2, $3) ORDER BY reason, name LIMIT 1"),
                                   &stmt, err))
        return false;
    db_bind_text(stmt, 1, user);
    db_bind_text(stmt, 2, after->reason);
    db_bind_blob(stmt, 3, after->name, after->len);
    if (!db_step(stmt, is, err)) return false;
    if (!*is) return true;
    struct item found = {.len = 0};
    utf8_copy(found.reason, sizeof found.reason, db_text(stmt, 0));
    const void *name = db_blob(stmt, 1, &len);
    found.len = len < NAME_ROOM ? len : NAME_ROOM;
    memcpy(found.name, name, found.len);
    db_reset(stmt);
    *item = found;
    return true;
}

static bool own_carry(struct books *books, const char *to, const char *note, int64_t *count, struct err *err)
{
    struct item  item = {.len = 0};
    struct state state;
    bool         is;
    for (*count = 0;;) {
        if (!own_after(books, books->record.user, &item, &item, &is, err)) return false;
        if (!is) return true;
        if (!state_read(books, &item, &state, err)) return false;
        if (!state.is_there) continue;
        ++*count;
        state.carried++;
        if (to[0] != 0) {
            utf8_copy(state.to_user, sizeof state.to_user, to);
            utf8_copy(state.to_note, sizeof state.to_note, note);
        }
        if (!state_write(books, &item, &state, err)) return false;
    }
}

bool day_close_act(struct books *books, struct act_call *call, struct err *err)
{
    enum record_did did;
    const char     *to = "", *user = books->record.user;
    int64_t         exceptions, enquiries, cases;
    if (!to_read(books, call, true, &to, err)) return false;
    if (strcmp(to, user) == 0) return err_set(err, ERR_INPUT, say_text(SAY("enquiry.own"), to));
    const char *note = json_text(json_get(call->body, "note"), "");
    if (!own_carry(books, to, note, &exceptions, err) || !enquiry_hand_all(books, user, to, note, &enquiries, err) ||
        !case_hand_all(books, user, to, note, &cases, err))
        return false;
    const struct value values[] = {
        value_text(user),
        value_int(books_today(books)),
        value_int(books->record.now_ms),
        value_int(exceptions + enquiries + cases),
        value_text(to),
        value_text(note),
    };
    if (!record_put(&books->record, NOUN_DAY_CLOSE, RECORD_ANY, values, &did, err)) return false;
    buf_fmt(&call->answer, "{\"carried\":%" PRId64 "}", exceptions + enquiries + cases);
    return true;
}
