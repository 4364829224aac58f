/* ship.c - delivery notes: server/books/ship.h. */
#include "server/books/ship.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/utf8.h"
#include "server/books/exception.h"
#include "server/books/form.h"
#include "server/books/load.h"
#include "server/books/master.h"
#include "server/books/money.h"
#include "server/books/ship_tell.h"
#include "server/books/stop.h"

enum { NOTES_MOST = 99, SERIAL_MOST = 99999, COPY_MOST = 99, NOTE_DIGITS = 10, WHY_MOST = 180 };

/* ---------------------------------------------------------------------------------------------------- notes */

static void copy(char *to, size_t room, const char *from)
{
    snprintf(to, room, "%s", from);
}

static bool note_read(struct books *books, int64_t id, struct note *note, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    char            text[NOTE_TEXT];
    *note = (struct note){.id = id};
    note_write(id, text);
    if (!db_prepare(
            books->db,
            SQL("SELECT order_id, copy, copy_ms, made_by, made_ms, open_by, open_ms, open_feed, void_by, void_ms,"
                        " void_feed, void_why, remarks, version FROM note WHERE id = $1"),
                &stmt, err))
        return false;
    db_bind_int(stmt, 1, id);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, say_text(SAY("ship.absent"), text));
    note->order = db_int(stmt, 0);
    note->copy = db_int(stmt, 1);
    note->copy_ms = db_int(stmt, 2);
    copy(note->made_by, sizeof note->made_by, db_text(stmt, 3));
    note->made_ms = db_int(stmt, 4);
    copy(note->open_by, sizeof note->open_by, db_text(stmt, 5));
    note->open_ms = db_is_null(stmt, 6) ? 0 : db_int(stmt, 6);
    note->open_feed = db_int(stmt, 7);
    copy(note->void_by, sizeof note->void_by, db_text(stmt, 8));
    note->void_ms = db_is_null(stmt, 9) ? 0 : db_int(stmt, 9);
    note->void_feed = db_int(stmt, 10);
    copy(note->void_why, sizeof note->void_why, db_text(stmt, 11));
    copy(note->remarks, sizeof note->remarks, db_text(stmt, 12));
    note->version = db_int(stmt, 13);
    db_reset(stmt);
    return true;
}

bool note_way(struct books *books, int64_t id, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("DELETE FROM note_way WHERE note = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, id);
    if (!db_run(stmt, err)) return false;
    if (!db_prepare(books->db,
                    SQL("INSERT INTO note_way (note) SELECT n.id FROM note AS n WHERE n.id = $1 AND n.void_feed = 0"
                                   " AND NOT EXISTS (SELECT a.note FROM arrival AS a WHERE a.note = n.id)"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, id);
    return db_run(stmt, err);
}

static bool note_put(struct books *books, const struct note *note, struct err *err)
{
    enum record_did    did;
    const struct value values[] = {
        value_int(note->id),
        value_int(note->order),
        value_int(note->copy),
        value_int(note->copy_ms),
        value_text(note->made_by),
        value_int(note->made_ms),
        value_text(note->open_by),
        note->open_ms == 0 ? value_null() : value_int(note->open_ms),
        value_int(note->open_feed),
        value_text(note->void_by),
        note->void_ms == 0 ? value_null() : value_int(note->void_ms),
        value_int(note->void_feed),
        value_text(note->void_why),
        value_text(note->remarks),
    };
    return record_put(&books->record, NOUN_NOTE, note->version, values, &did, err) && note_way(books, note->id, err);
}

bool note_of_body(struct books *books, const struct act_call *call, struct note *note, struct err *err)
{
    const char *text;
    int64_t     id;
    if (!body_text(call, "note", false, NOTE_TEXT - 1, &text, err)) return false;
    if (strlen(text) != NOTE_DIGITS || !dock_note_read(text, &id))
        return err_set(err, ERR_ABSENT, say_text(SAY("ship.absent"), text));
    return note_read(books, id, note, err);
}

bool note_is_done(struct books *books, int64_t note, bool *is, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books->db, SQL("SELECT day FROM note_done WHERE note = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, note);
    if (!db_step(stmt, is, err)) return false;
    if (*is) db_reset(stmt);
    return true;
}

void note_renew(struct books *books, int64_t note)
{
    telling_note(&books->telling, TELL_NOTE, note, 0, false);
    books->record.topics |= TOPIC_SHIP;
}

/* The note as it stands now reaches docks under the number that it was given beforehand; loads are judged by it. */
static bool note_told(struct books *books, const struct note *note, int64_t feed, struct err *err)
{
    if (!tell_note(&books->record, note->id, err)) return false;
    assert(books->record.feed == feed);
    note_renew(books, note->id);
    return books_renew_order(books, note->order, err);
}

static bool note_open(struct books *books, struct note *note, struct err *err)
{
    note->open_feed = books->record.feed + 1;
    note->open_ms = books->record.now_ms;
    copy(note->open_by, sizeof note->open_by, books->record.user);
    if (!note_put(books, note, err)) return false;
    note->version++;
    return note_told(books, note, note->open_feed, err);
}

static bool note_void(struct books *books, struct note *note, struct say why, struct err *err)
{
    struct buf text = {0};
    say_write(&why, &text);
    note->void_feed = books->record.feed + 1;
    note->void_ms = books->record.now_ms;
    copy(note->void_by, sizeof note->void_by, books->record.user);
    copy(note->void_why, sizeof note->void_why, buf_text(&text));
    buf_free(&text);
    if (!note_put(books, note, err)) return false;
    note->version++;
    return note_told(books, note, note->void_feed, err);
}

/* ---------------------------------------------------------------------------------------------------- the gate */

static bool gate_read(struct books *books, int64_t order, const struct load *load, struct gate *gate, struct err *err)
{
    struct gate_money money;
    int64_t           fen = load_worth(load);
    bool              is_over = false;
    if (!money_of(books, order, &money, err)) return false;
    *gate = gate_dispatch(&money, fen);
    if (gate->is_open) return true;
    if (!money_override(books, order, fen, &is_over, err)) return false;
    if (is_over) *gate = (struct gate){.is_open = true};
    return true;
}

/* Notes of the order that stand: neither void nor ended. */
static bool standing_read(struct books *books, int64_t order, int64_t ids[NOTES_MOST], int *count, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db,
                    SQL("SELECT n.id FROM note AS n LEFT JOIN note_done AS d ON d.note = n.id"
                        " WHERE n.order_id = $1 AND n.void_feed = 0 AND d.note IS NULL ORDER BY n.id LIMIT $2"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, order);
    db_bind_int(stmt, 2, NOTES_MOST);
    for (*count = 0; *count < NOTES_MOST; ++*count) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        ids[*count] = db_int(stmt, 0);
    }
    db_reset(stmt);
    return true;
}

/* One standing note: an open one that the gate no longer lets go is void; a shut one that it does is open. */
static bool note_follow(struct books *books, int64_t id, bool wants_open, struct load *load, struct err *err)
{
    struct note note = {.id = 0};
    struct gate gate;
    int64_t     doors;
    if (!note_read(books, id, &note, err)) return false;
    if ((note.open_feed != 0) != wants_open) return true;
    if (!load_add(books, id, 1, load, &doors, err)) return false;
    if (doors == 0) return true;
    if (!gate_read(books, note.order, load, &gate, err)) return false;
    if (gate.is_open == wants_open || (gate.is_open && note_open(books, &note, err))) return true;
    if (gate.is_open) return false;
    if (!load_add(books, id, -1, load, &doors, err)) return false;
    return !wants_open || note_void(books, &note, SAY("ship.void_money"), err);
}

bool ship_money_changed(struct books *books, int64_t order, struct err *err)
{
    struct gate_money money;
    struct load       load;
    int64_t           ids[NOTES_MOST];
    int               count;
    if (!standing_read(books, order, ids, &count, err)) return false;
    if (count == 0) return true;
    if (!money_of(books, order, &money, err) || !load_read(books, order, money.goods_fen, &load, err)) return false;
    for (int i = 0; i < count; i++)
        if (!note_follow(books, ids[i], true, &load, err)) return false;
    for (int i = 0; i < count; i++)
        if (!note_follow(books, ids[i], false, &load, err)) return false;
    return true;
}

/* The next order after `order` that has a note which isn't void; 0 at the end. */
static bool next_standing(struct books *books, int64_t order, int64_t *next, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT order_id FROM note WHERE order_id > $1 AND void_feed = 0 ORDER BY order_id"
                        " LIMIT 1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, order);
    if (!db_step(stmt, &row, err)) return false;
    *next = row ? db_int(stmt, 0) : 0;
    if (row) db_reset(stmt);
    return true;
}

bool ship_follow(struct books *books, struct err *err)
{
    struct record *record = &books->record;
    int64_t        order = 0;
    for (int i = 0; record->gate_count <= GATES_MOST && i < record->gate_count; i++)
        if (!ship_money_changed(books, record->gates[i], err)) return false;
    while (record->gate_count > GATES_MOST) {
        if (!next_standing(books, order, &order, err)) return false;
        if (order == 0) break;
        if (!ship_money_changed(books, order, err)) return false;
    }
    record->gate_count = 0;
    return true;
}

/* ---------------------------------------------------------------------------------------------------- making one */

struct want {
    int64_t    line, doors;
    struct buf pieces;
};

/* What of the line may still be asked for: what is ordered and didn't leave, and what is in the house, both without what
 * standing notes ask for. */
static bool free_read(struct books *books, int64_t line, int64_t *ordered, int64_t *there, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(
            books->db,
            SQL("SELECT l.quantity - CAST(COALESCE((SELECT SUM(d.doors) FROM loaded AS d WHERE d.line = l.line), 0) AS"
                " BIGINT), CAST(COALESCE((SELECT SUM(s.doors) FROM stock AS s WHERE s.line = l.line), 0) AS BIGINT),"
                " CAST(COALESCE((SELECT SUM(n.doors - COALESCE((SELECT SUM(d.doors) FROM loaded AS d"
                "  WHERE d.note = n.note AND d.line = n.line), 0)) FROM note_line AS n JOIN note AS o ON o.id = n.note"
                "  LEFT JOIN note_done AS e ON e.note = n.note WHERE n.line = l.line AND o.void_feed = 0"
                "  AND e.note IS NULL), 0) AS BIGINT) FROM line AS l WHERE l.line = $1"),
                &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("register.absent"));
    *ordered = db_int(stmt, 0) - db_int(stmt, 2);
    *there = db_int(stmt, 1) - db_int(stmt, 2);
    db_reset(stmt);
    return true;
}

/* Numbers on labels: as many as doors, each once. */
static bool pieces_read(const struct json *list, struct want *want, struct err *err)
{
    uint8_t seen[JUDGE_PIECES] = {0};
    size_t  count = json_count(list);
    if (count == 0) return true;
    if ((int64_t)count != want->doors) return err_set(err, ERR_INPUT, SAY("ship.pieces"));
    for (size_t i = 0; i < count; i++) {
        int64_t piece = json_int(json_at(list, i), 0);
        if (piece < 1 || piece >= JUDGE_PIECES || seen[piece] != 0) return err_set(err, ERR_INPUT, SAY("ship.pieces"));
        seen[piece] = 1;
        buf_fmt(&want->pieces, "%s%" PRId64, want->pieces.len > 0 ? " " : "", piece);
    }
    return true;
}

static bool want_read(struct books *books, const struct json *one, int64_t order, struct want *want, struct err *err)
{
    struct line_ref ref;
    int64_t         ordered = 0, there = 0;
    char            text[LINE_REF_TEXT];
    bool            is_stopped;
    const char     *line = json_text(json_get(one, "line"), "");
    if (!line_ref_read(line, &ref) || ref.line == 0 || line_ref_key(ref) / 100 * 100 != order)
        return err_set(err, ERR_INPUT, say_text(SAY("ship.line"), line));
    want->line = line_ref_key(ref);
    want->doors = json_int(json_get(one, "doors"), 0);
    line_ref_short(ref, text);
    if (want->doors < 1) return err_set(err, ERR_INPUT, say_text(SAY("ship.doors"), text));
    if (!free_read(books, want->line, &ordered, &there, err) || !stop_stands(books, want->line, &is_stopped, err))
        return false;
    if (is_stopped) return err_set(err, ERR_CONFLICT, say_text(SAY("ship.stopped"), text));
    if (want->doors > ordered)
        return err_set(err, ERR_CONFLICT, say_int(say_text(SAY("ship.ordered"), text), ordered > 0 ? ordered : 0));
    if (want->doors > there)
        return err_set(err, ERR_CONFLICT,
                       say_int(say_int(say_text(SAY("ship.stock"), text), there > 0 ? there : 0), want->doors));
    return pieces_read(json_get(one, "pieces"), want, err);
}

static bool note_line_put(struct books *books, int64_t note, int64_t line, int64_t doors, const char *pieces,
                          struct err *err)
{
    struct db_stmt *stmt;
    enum record_did did;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT rev, product, size, colour, opening FROM line WHERE line = $1"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("register.absent"));
    const struct value values[] = {value_int(note),
                                   value_int(line),
                                   value_int(doors),
                                   value_text(pieces),
                                   value_int(db_int(stmt, 0)),
                                   value_text(db_text(stmt, 1)),
                                   value_text(db_text(stmt, 2)),
                                   value_text(db_text(stmt, 3)),
                                   value_text(db_text(stmt, 4))};
    bool               is_done = record_put(&books->record, NOUN_NOTE_LINE, RECORD_ANY, values, &did, err);
    db_reset(stmt);
    return is_done;
}

static bool wants_put(struct books *books, const struct act_call *call, const struct note *note, struct err *err)
{
    const struct json *lines = json_get(call->body, "lines");
    size_t             count = json_count(lines);
    struct want        wants[LOAD_LINES_MOST] = {0};
    bool               is_done = true;
    if (count == 0 || count > LOAD_LINES_MOST) return err_set(err, ERR_INPUT, SAY("ship.nothing"));
    for (size_t i = 0; is_done && i < count; i++) {
        is_done = want_read(books, json_at(lines, i), note->order, &wants[i], err);
        for (size_t k = 0; is_done && k < i; k++)
            if (wants[k].line == wants[i].line) is_done = err_set(err, ERR_INPUT, SAY("ship.twice"));
    }
    for (size_t i = 0; is_done && i < count; i++)
        is_done = note_line_put(books, note->id, wants[i].line, wants[i].doors, buf_text(&wants[i].pieces), err);
    for (size_t i = 0; i < count; i++) buf_free(&wants[i].pieces);
    return is_done;
}

/* This month's next number, by the calendar of the factory. */
static bool note_next(struct books *books, int64_t *id, struct err *err)
{
    struct db_stmt *stmt;
    char            day[DAY_TEXT];
    bool            row;
    day_write(books_today(books), day);
    int64_t month = (strtoll(day + 2, NULL, 10) * 100 + strtoll(day + 5, NULL, 10)) * 100000;
    if (!db_prepare(books->db, SQL("SELECT id FROM note WHERE id BETWEEN $1 AND $2 ORDER BY id DESC LIMIT 1"), &stmt,
                                   err))
        return false;
    db_bind_int(stmt, 1, month);
    db_bind_int(stmt, 2, month + SERIAL_MOST);
    if (!db_step(stmt, &row, err)) return false;
    *id = row ? db_int(stmt, 0) + 1 : month + 1;
    if (row) db_reset(stmt);
    return *id <= month + SERIAL_MOST || err_set(err, ERR_CONFLICT, SAY("ship.full"));
}

/* Of the order's standing notes with this one: may they all leave? */
static bool note_gate(struct books *books, const struct note *note, struct gate *gate, struct err *err)
{
    struct gate_money money;
    struct load       load;
    struct note       other = {.id = 0};
    int64_t           ids[NOTES_MOST], doors;
    int               count;
    if (!money_of(books, note->order, &money, err) || !load_read(books, note->order, money.goods_fen, &load, err) ||
        !standing_read(books, note->order, ids, &count, err))
        return false;
    for (int i = 0; i < count; i++) {
        if (!note_read(books, ids[i], &other, err)) return false;
        if (other.id != note->id && other.open_feed == 0) continue;
        if (!load_add(books, ids[i], 1, &load, &doors, err)) return false;
    }
    return gate_read(books, note->order, &load, gate, err);
}

static void note_answer(const struct note *note, const struct gate *gate, struct act_call *call)
{
    char text[NOTE_TEXT];
    note_write(note->id, text);
    buf_fmt(&call->answer, "{\"note\":\"%s\",\"state\":\"%s\",\"missing_fen\":%" PRId64 ",\"why\":", text,
            note->open_feed != 0 ? "open" : "shut", gate->missing_fen);
    if (say_is_empty(&gate->why))
        buf_str(&call->answer, "[]");
    else
        say_write(&gate->why, &call->answer);
    buf_char(&call->answer, '}');
}

static bool order_is_known(struct books *books, struct line_ref ref, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT version FROM orders WHERE id = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, line_ref_key(ref));
    if (!db_step(stmt, &row, err)) return false;
    if (row) db_reset(stmt);
    return row || err_set(err, ERR_ABSENT, SAY("register.absent"));
}

bool ship_order_act(struct books *books, struct act_call *call, struct err *err)
{
    static const struct cell_want REMARKS = {CELL_TEXT, false, 0, 390};
    struct note                   note = {.copy = 1};
    struct line_ref               ref;
    struct gate                   gate = {.is_open = false};
    struct cell                   remarks;
    const char                   *text = json_text(json_get(call->body, "remarks"), "");
    if (!body_ref(call, "order", false, &ref, err) || !order_is_known(books, ref, err) ||
        !cell_read(&REMARKS, text, strlen(text), &remarks, err) || !note_next(books, &note.id, err))
        return false;
    note.order = line_ref_key(ref);
    note.made_ms = note.copy_ms = books->record.now_ms;
    copy(note.made_by, sizeof note.made_by, books->record.user);
    copy(note.remarks, sizeof note.remarks, remarks.text);
    if (!note_put(books, &note, err)) return false;
    note.version = 1;
    if (!wants_put(books, call, &note, err) || !note_gate(books, &note, &gate, err)) return false;
    bool is_done = gate.is_open ? note_open(books, &note, err) : note_told(books, &note, books->record.feed + 1, err);
    note_answer(&note, &gate, call);
    return is_done && tell_old_notes(&books->record, err);
}

/* ---------------------------------------------------------------------------------------------------- its way */

/* A reason of people's own in three parts: a sentence's arguments are short. */
static struct say why_say(const char *why)
{
    struct say say = SAY("ship.void_why");
    for (int i = 0; i < 3; i++) {
        char   part[SAY_TEXT_MAX] = "";
        size_t len = utf8_fit(why, strlen(why), sizeof part - 1);
        snprintf(part, sizeof part, "%.*s", (int)len, why);
        say = say_text(say, part);
        why += len;
    }
    return say;
}

static bool note_stands(struct books *books, const struct note *note, struct err *err)
{
    char text[NOTE_TEXT];
    bool is_done;
    note_write(note->id, text);
    if (note->void_feed != 0) return err_set(err, ERR_CONFLICT, say_text(SAY("ship.is_void"), text));
    if (!note_is_done(books, note->id, &is_done, err)) return false;
    return !is_done || err_set(err, ERR_CONFLICT, say_text(SAY("ship.is_done"), text));
}

/* A stop that came after the pick-up order. */
static bool stops_check(struct books *books, int64_t note, struct err *err)
{
    int64_t         lines[LOAD_LINES_MOST];
    int             count;
    struct db_stmt *stmt;
    bool            row, is_stopped;
    char            text[LINE_REF_TEXT];
    if (!db_prepare(books->db, SQL("SELECT line FROM note_line WHERE note = $1 ORDER BY line LIMIT 99"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, note);
    for (count = 0;; count++) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        lines[count] = db_int(stmt, 0);
    }
    for (int i = 0; i < count; i++) {
        if (!stop_stands(books, lines[i], &is_stopped, err)) return false;
        line_ref_short(line_ref_of_key(lines[i]), text);
        if (is_stopped) return err_set(err, ERR_CONFLICT, say_text(SAY("ship.stopped"), text));
    }
    return true;
}

bool ship_open_act(struct books *books, struct act_call *call, struct err *err)
{
    struct note note = {.id = 0};
    struct gate gate;
    char        text[NOTE_TEXT];
    if (!note_of_body(books, call, &note, err) || !note_stands(books, &note, err)) return false;
    note_write(note.id, text);
    if (note.open_feed != 0) return err_set(err, ERR_CONFLICT, say_text(SAY("ship.is_open"), text));
    if (!stops_check(books, note.id, err) || !note_gate(books, &note, &gate, err)) return false;
    if (!gate.is_open) return err_set(err, ERR_CONFLICT, gate.why);
    if (!note_open(books, &note, err)) return false;
    note_answer(&note, &gate, call);
    return true;
}

bool ship_void_act(struct books *books, struct act_call *call, struct err *err)
{
    struct note     note = {.id = 0};
    const char     *why;
    struct db_stmt *stmt;
    bool            row;
    if (!note_of_body(books, call, &note, err) || !body_text(call, "why", false, WHY_MOST, &why, err) ||
        !note_stands(books, &note, err) || !note_void(books, &note, why_say(why), err))
        return false;
    if (!db_prepare(books->db, SQL("SELECT CAST(COALESCE(SUM(doors), 0) AS BIGINT) FROM loaded WHERE note = $1"), &stmt,
                                   err))
        return false;
    db_bind_int(stmt, 1, note.id);
    if (!db_step(stmt, &row, err)) return false;
    buf_fmt(&call->answer, "{\"loaded\":%" PRId64 "}", row ? db_int(stmt, 0) : 0);
    if (row) db_reset(stmt);
    return ship_money_changed(books, note.order, err); /* what it kept may open another */
}

struct snapshot {
    int64_t line, doors;
    char    pieces[4096];
};

static bool snapshots_put(struct books *books, int64_t note, struct err *err)
{
    struct db_stmt  *stmt;
    struct snapshot *rows = calloc(LOAD_LINES_MOST, sizeof *rows);
    int              count = 0;
    bool             row = true, is_done = rows != NULL;
    if (rows == NULL) abort();
    if (!db_prepare(books->db, SQL("SELECT line, doors, pieces FROM note_line WHERE note = $1 ORDER BY line LIMIT 99"),
                                   &stmt, err)) {
        free(rows);
        return false;
    }
    db_bind_int(stmt, 1, note);
    while (is_done && row) {
        is_done = db_step(stmt, &row, err);
        if (!is_done || !row) break;
        rows[count].line = db_int(stmt, 0);
        rows[count].doors = db_int(stmt, 1);
        copy(rows[count].pieces, sizeof rows[count].pieces, db_text(stmt, 2));
        count++;
    }
    for (int i = 0; is_done && i < count; i++)
        is_done = note_line_put(books, note, rows[i].line, rows[i].doors, rows[i].pieces, err);
    free(rows);
    return is_done;
}

bool ship_copy_act(struct books *books, struct act_call *call, struct err *err)
{
    struct note note = {.id = 0};
    if (!note_of_body(books, call, &note, err) || !note_stands(books, &note, err)) return false;
    if (note.copy == COPY_MOST) return err_set(err, ERR_CONFLICT, SAY("ship.copies"));
    note.copy++;
    note.copy_ms = books->record.now_ms;
    if (!note_put(books, &note, err) || !snapshots_put(books, note.id, err)) return false;
    note_renew(books, note.id);
    buf_fmt(&call->answer, "{\"copy\":%" PRId64 "}", note.copy);
    return true;
}

/* Did this very act end it? Then it is asked again for its answer. */
static bool is_done_by(struct books *books, int64_t note, const char *act, bool *is, struct err *err)
{
    struct db_stmt *stmt;
    struct event    event;
    struct err      ignored;
    size_t          len;
    if (!db_prepare(books->db,
                    SQL("SELECT f.bytes FROM note_done AS d JOIN fact AS f ON f.number = d.number WHERE d.note = $1"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, note);
    if (!db_step(stmt, is, err)) return false;
    if (!*is) return true;
    const char *bytes = db_blob(stmt, 0, &len);
    *is = event_read(bytes, len, &event, &ignored) && strcmp(event.act, act) == 0;
    db_reset(stmt);
    return true;
}

bool ship_done_line(struct books *books, struct act_call *call, struct event *line, struct err *err)
{
    struct event new = {.kind = EVENT_NOTE};
    struct note note = {.id = 0};
    char        text[NOTE_TEXT];
    bool        is_again = false;
    if (!note_of_body(books, call, &note, err) || !is_done_by(books, note.id, call->act->id, &is_again, err))
        return false;
    if (!is_again && !note_stands(books, &note, err)) return false;
    note_write(note.id, text);
    if (note.open_feed == 0) return err_set(err, ERR_CONFLICT, say_text(SAY("ship.is_shut"), text));
    snprintf(new.note, sizeof new.note, "%s done", text);
    snprintf(new.why, sizeof new.why, "%s done", text);
    exception_sign(books, call, &new);
    *line = new;
    return true;
}
