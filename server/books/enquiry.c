/* enquiry.c - "where is my order?": server/books/enquiry.h. */
#include "server/books/enquiry.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/code.h"
#include "core/utf8.h"
#include "server/books/form.h"
#include "server/books/master.h"
#include "server/books/order.h"
#include "server/books/user.h"

enum {
    TEXT_BYTES = 300,
    QUESTION_BYTES = 120 /* what a kiosk shows in full */,
    WHO_BYTES = 90,
    MINUTE_MS = 60000,
    USER_ROOM = 132
};

struct enquiry {
    int64_t id, order, line, asked_ms, until_ms, station_line, station_ms, station_feed, closed_ms, version;
    char    who[WHO_BYTES + 1], text[TEXT_BYTES + 1], told[TEXT_BYTES + 1], to_note[TEXT_BYTES + 1];
    char    first_owner[USER_ROOM], owner[USER_ROOM], to_user[USER_ROOM], closed_by[USER_ROOM];
    char    station[WORD_BYTES + 1];
};

/* ---------------------------------------------------------------------------------------------------- rows */

static void enquiry_of_row(struct db_stmt *stmt, struct enquiry *enquiry)
{
    *enquiry = (struct enquiry){.id = db_int(stmt, 0),
                                .order = db_int(stmt, 1),
                                .line = db_int(stmt, 2),
                                .asked_ms = db_int(stmt, 9),
                                .until_ms = db_int(stmt, 10),
                                .station_line = db_int(stmt, 12),
                                .station_ms = db_is_null(stmt, 13) ? 0 : db_int(stmt, 13),
                                .station_feed = db_int(stmt, 14),
                                .closed_ms = db_is_null(stmt, 17) ? 0 : db_int(stmt, 17),
                                .version = db_int(stmt, 18)};
    utf8_copy(enquiry->who, sizeof enquiry->who, db_text(stmt, 3));
    utf8_copy(enquiry->text, sizeof enquiry->text, db_text(stmt, 4));
    utf8_copy(enquiry->first_owner, sizeof enquiry->first_owner, db_text(stmt, 5));
    utf8_copy(enquiry->owner, sizeof enquiry->owner, db_text(stmt, 6));
    utf8_copy(enquiry->to_user, sizeof enquiry->to_user, db_text(stmt, 7));
    utf8_copy(enquiry->to_note, sizeof enquiry->to_note, db_text(stmt, 8));
    utf8_copy(enquiry->station, sizeof enquiry->station, db_text(stmt, 11));
    utf8_copy(enquiry->told, sizeof enquiry->told, db_text(stmt, 15));
    utf8_copy(enquiry->closed_by, sizeof enquiry->closed_by, db_text(stmt, 16));
}

static bool enquiry_read(struct books *books, int64_t id, struct enquiry *enquiry, struct err *err)
{
    struct db_stmt *stmt;
    bool            is;
    *enquiry = (struct enquiry){.id = 0};
    if (!db_prepare(books->db,
                    SQL("SELECT id, order_id, line, who, text, first_owner, owner, to_user, to_note, asked_ms,"
                                   " until_ms, station, station_line, station_ms, station_feed, told, closed_by, closed_ms,"
                                   " version FROM enquiry WHERE id = $1"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, id);
    if (!db_step(stmt, &is, err)) return false;
    if (!is) return err_set(err, ERR_ABSENT, say_int(SAY("enquiry.absent"), id));
    enquiry_of_row(stmt, enquiry);
    db_reset(stmt);
    return true;
}

static bool enquiry_put(struct books *books, const struct enquiry *enquiry, int64_t base, struct err *err)
{
    enum record_did    did;
    const struct value values[] = {
        value_int(enquiry->id),           value_int(enquiry->order),          value_int(enquiry->line),
        value_text(enquiry->who),         value_text(enquiry->text),          value_text(enquiry->first_owner),
        value_text(enquiry->owner),       value_text(enquiry->to_user),       value_text(enquiry->to_note),
        value_int(enquiry->asked_ms),     value_int(enquiry->until_ms),       value_text(enquiry->station),
        value_int(enquiry->station_line), value_or_null(enquiry->station_ms), value_int(enquiry->station_feed),
        value_text(enquiry->told),        value_text(enquiry->closed_by),     value_or_null(enquiry->closed_ms),
    };
    return record_put(&books->record, NOUN_ENQUIRY, base, values, &did, err);
}

/* An open one that the body names. */
static bool enquiry_body(struct books *books, const struct act_call *call, struct enquiry *enquiry, struct err *err)
{
    int64_t id;
    if (!body_int(call, "enquiry", 1, INT64_MAX, &id, err) || !enquiry_read(books, id, enquiry, err)) return false;
    return enquiry->closed_by[0] == 0 ||
           err_set(err, ERR_CONFLICT, say_user(books->db, SAY("enquiry.closed"), enquiry->closed_by));
}

/* ---------------------------------------------------------------------------------------------------- the station */

/* Where the line, or any line of the order, was scanned last: by a kiosk, which has a station. */
static bool station_last(struct books *books, int64_t from, int64_t to, char station[WORD_BYTES + 1], int64_t *line,
                         struct err *err)
{
    struct db_stmt     *stmt;
    static struct event event; /* large; one thread writes the books */
    bool                row, has_read;
    size_t              len;
    station[0] = 0;
    if (!db_prepare(books->db,
                    SQL("SELECT bytes, line FROM fact WHERE line BETWEEN $1 AND $2 AND line != 0 AND kiosk != 0"
                                   " AND kind > 0 ORDER BY number DESC LIMIT 1"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, from);
    db_bind_int(stmt, 2, to);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    const char *bytes = db_blob(stmt, 0, &len);
    has_read = event_read(bytes, len, &event, err);
    *line = db_int(stmt, 1);
    db_reset(stmt);
    if (has_read) utf8_copy(station, WORD_BYTES + 1, event.station);
    return has_read;
}

/* The line to ask another station about: the enquiry's, or the order's first that has a sheet. */
static bool line_first(struct books *books, const struct enquiry *enquiry, int64_t *line, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    *line = enquiry->line;
    if (*line != 0) return true;
    if (!db_prepare(books->db, SQL("SELECT line FROM line WHERE order_id = $1 AND rev > 0 ORDER BY line LIMIT 1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, enquiry->order);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_INPUT, SAY("enquiry.no_station"));
    *line = db_int(stmt, 0);
    db_reset(stmt);
    return true;
}

/* station "": the one that saw it last; without one nobody is asked. */
static bool enquiry_aim(struct books *books, struct enquiry *enquiry, const char *station, struct err *err)
{
    bool    is, has_line = enquiry->line != 0;
    int64_t line = enquiry->line, from = has_line ? line : enquiry->order + 1,
            to = has_line ? line : enquiry->order + 99;
    if (station[0] == 0) {
        if (!station_last(books, from, to, enquiry->station, &line, err)) return false;
        if (enquiry->station[0] == 0) return true;
    } else {
        if (!station_is(books, station, &is, err) || !line_first(books, enquiry, &line, err)) return false;
        if (!is) return err_set(err, ERR_ABSENT, say_text(SAY("enquiry.station"), station));
        utf8_copy(enquiry->station, sizeof enquiry->station, station);
    }
    enquiry->station_line = line;
    enquiry->station_ms = books->record.now_ms;
    enquiry->station_feed = books->record.feed + 1; /* record_put() tells it */
    return true;
}

/* ---------------------------------------------------------------------------------------------------- acts */

static bool order_body(struct books *books, const struct act_call *call, struct enquiry *enquiry, struct err *err)
{
    bool            has_line = json_text(json_get(call->body, "line"), "")[0] != 0;
    struct line_ref order, line = {0};
    if (!body_ref(call, "order", false, &order, err) || (has_line && !body_ref(call, "line", true, &line, err)))
        return false;
    enquiry->order = line_ref_key(order);
    enquiry->line = has_line ? line_ref_key(line) : 0;
    return order_must(books, enquiry->order, enquiry->line, err);
}

bool enquiry_open_act(struct books *books, struct act_call *call, struct err *err)
{
    struct enquiry enquiry = {.asked_ms = books->record.now_ms};
    const char    *who = "", *text = "";
    int64_t        minutes, ask = 0;
    if (!order_body(books, call, &enquiry, err) || !body_text(call, "who", true, WHO_BYTES, &who, err) ||
        !body_text(call, "text", true, QUESTION_BYTES, &text, err) ||
        !setting_limit(books, LIMIT_ENQUIRY_MINUTES, &minutes, err) ||
        !record_next(&books->record, SQL("SELECT id FROM enquiry ORDER BY id DESC LIMIT 1"), &enquiry.id, err))
        return false;
    if (json_get(call->body, "ask") != NULL && !body_int(call, "ask", 0, 1, &ask, err)) return false;
    utf8_copy(enquiry.who, sizeof enquiry.who, who);
    utf8_copy(enquiry.text, sizeof enquiry.text, text);
    utf8_copy(enquiry.first_owner, sizeof enquiry.first_owner, books->record.user);
    utf8_copy(enquiry.owner, sizeof enquiry.owner, books->record.user);
    enquiry.until_ms = enquiry.asked_ms + minutes * MINUTE_MS;
    if (ask == 1 && !enquiry_aim(books, &enquiry, "", err)) return false;
    if (!enquiry_put(books, &enquiry, RECORD_NEW, err)) return false;
    buf_fmt(&call->answer, "{\"enquiry\":%" PRId64 ",\"until\":%" PRId64 ",\"station\":", enquiry.id, enquiry.until_ms);
    json_cstr(&call->answer, enquiry.station);
    buf_char(&call->answer, '}');
    return true;
}

bool enquiry_ask_act(struct books *books, struct act_call *call, struct err *err)
{
    struct enquiry enquiry;
    const char    *station = "";
    if (!enquiry_body(books, call, &enquiry, err)) return false;
    if (json_get(call->body, "station") != NULL && !body_text(call, "station", true, WORD_BYTES, &station, err))
        return false;
    if (!enquiry_aim(books, &enquiry, station, err)) return false;
    if (enquiry.station[0] == 0) return err_set(err, ERR_INPUT, SAY("enquiry.no_station"));
    if (!enquiry_put(books, &enquiry, body_base(call), err)) return false;
    buf_str(&call->answer, "{\"station\":");
    json_cstr(&call->answer, enquiry.station);
    buf_char(&call->answer, '}');
    return true;
}

bool enquiry_close_act(struct books *books, struct act_call *call, struct err *err)
{
    struct enquiry enquiry;
    const char    *told = "";
    if (!enquiry_body(books, call, &enquiry, err) || !body_text(call, "told", false, TEXT_BYTES, &told, err))
        return false;
    utf8_copy(enquiry.told, sizeof enquiry.told, told);
    utf8_copy(enquiry.closed_by, sizeof enquiry.closed_by, books->record.user);
    enquiry.closed_ms = books->record.now_ms;
    enquiry.to_user[0] = 0;
    return enquiry_put(books, &enquiry, body_base(call), err);
}

bool enquiry_is_user(struct books *books, const char *name, bool *is, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("SELECT name FROM \"user\" WHERE name = $1 AND is_off = 0"), &stmt, err))
        return false;
    db_bind_text(stmt, 1, name);
    if (!db_step(stmt, is, err)) return false;
    db_reset(stmt);
    return true;
}

/* [R9] Whoever took it first, or owns it now, passes it on; so may a manager. */
static bool may_hand(struct books *books, const struct enquiry *enquiry, struct err *err)
{
    bool is_manager = false;
    if (strcmp(enquiry->owner, books->record.user) == 0) return true;
    if (!act_user_has(books, books->record.user, "manager", &is_manager, err)) return false;
    return is_manager || err_set(err, ERR_RIGHTS, say_user(books->db, SAY("enquiry.owner"), enquiry->owner));
}

bool enquiry_hand_act(struct books *books, struct act_call *call, struct err *err)
{
    struct enquiry enquiry;
    const char    *to = "", *note = "";
    bool           is = false;
    if (!enquiry_body(books, call, &enquiry, err) || !body_text(call, "to", false, USER_ROOM - 1, &to, err) ||
        !body_text(call, "note", true, TEXT_BYTES, &note, err) || !may_hand(books, &enquiry, err) ||
        !enquiry_is_user(books, to, &is, err))
        return false;
    if (!is) return err_set(err, ERR_ABSENT, say_text(SAY("enquiry.user"), to));
    if (strcmp(to, enquiry.owner) == 0) return err_set(err, ERR_INPUT, say_text(SAY("enquiry.own"), to));
    utf8_copy(enquiry.to_user, sizeof enquiry.to_user, to);
    utf8_copy(enquiry.to_note, sizeof enquiry.to_note, note);
    return enquiry_put(books, &enquiry, body_base(call), err);
}

bool enquiry_take_act(struct books *books, struct act_call *call, struct err *err)
{
    struct enquiry enquiry;
    bool           is_manager = false;
    if (!enquiry_body(books, call, &enquiry, err)) return false;
    if (strcmp(enquiry.to_user, books->record.user) != 0) {
        if (!act_user_has(books, books->record.user, "manager", &is_manager, err)) return false;
        if (!is_manager) return err_set(err, ERR_RIGHTS, say_user(books->db, SAY("enquiry.not_handed"), enquiry.owner));
    }
    utf8_copy(enquiry.owner, sizeof enquiry.owner, books->record.user);
    enquiry.to_user[0] = enquiry.to_note[0] = 0;
    return enquiry_put(books, &enquiry, body_base(call), err);
}

/* The next open one of a user that isn't on its way to `to` already; id 0: none. */
static bool enquiry_after(struct books *books, const char *user, int64_t after, int64_t *id, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT id FROM enquiry WHERE closed_by = '' AND owner = $1 AND id > $2 ORDER BY id"
                                   " LIMIT 1"),
                                   &stmt, err))
        return false;
    db_bind_text(stmt, 1, user);
    db_bind_int(stmt, 2, after);
    if (!db_step(stmt, &row, err)) return false;
    *id = row ? db_int(stmt, 0) : 0;
    db_reset(stmt);
    return true;
}

bool enquiry_hand_all(struct books *books, const char *user, const char *to, const char *note, int64_t *count,
                      struct err *err)
{
    struct enquiry enquiry;
    int64_t        id = 0;
    for (*count = 0;; ++*count) {
        if (!enquiry_after(books, user, id, &id, err)) return false;
        if (id == 0) return true;
        if (to[0] == 0) continue;
        if (!enquiry_read(books, id, &enquiry, err)) return false;
        utf8_copy(enquiry.to_user, sizeof enquiry.to_user, to);
        utf8_copy(enquiry.to_note, sizeof enquiry.to_note, note);
        if (!enquiry_put(books, &enquiry, RECORD_ANY, err)) return false;
    }
}

/* ---------------------------------------------------------------------------------------------------- answers */

/* "asked 12 today" -> 12 and the word; false: another note. */
static bool note_read(const char *note, int64_t *id, const char **word)
{
    static const char *const WORDS[] = {"working", "today", "material", "absent"};
    char                    *end = NULL;
    if (strncmp(note, "asked ", 6) != 0 || note[6] < '1' || note[6] > '9') return false;
    *id = strtoll(note + 6, &end, 10);
    if (*end != ' ') return false;
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        if (strcmp(WORDS[i], end + 1) != 0) continue;
        *word = WORDS[i];
        return true;
    }
    return false;
}

static bool answer_write(struct books *books, int64_t number, int64_t id, const char *word, int64_t seen_feed,
                         struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db,
                    SQL("INSERT INTO enquiry_answer (number, enquiry, word, seen_feed) VALUES ($1, $2, $3, $4)"), &stmt,
                        err))
        return false;
    db_bind_int(stmt, 1, number);
    db_bind_int(stmt, 2, id);
    db_bind_text(stmt, 3, word);
    db_bind_int(stmt, 4, seen_feed);
    return db_run(stmt, err);
}

bool enquiry_note(struct books *books, const struct event *event, int64_t number, int64_t seen_feed, struct err *err)
{
    struct db_stmt *stmt;
    const char     *word = "";
    int64_t         id = 0;
    bool            is;
    char            key[24];
    if (event->kind != EVENT_NOTE || !note_read(event->note, &id, &word)) return true;
    if (!answer_write(books, number, id, word, seen_feed, err)) return false;
    books->record.topics |= TOPIC_ORDER;
    if (!db_prepare(books->db, SQL("SELECT id FROM enquiry WHERE id = $1 AND station_feed <= $2"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, id);
    db_bind_int(stmt, 2, seen_feed);
    if (!db_step(stmt, &is, err)) return false;
    db_reset(stmt);
    if (!is) return true;
    snprintf(key, sizeof key, "%" PRId64, id);
    return record_feed(&books->record,
                       &(struct feed_row){.topic = "asked", .key = key, .value = "", .audience = FEED_ALL}, err);
}
