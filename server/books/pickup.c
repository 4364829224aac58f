/* pickup.c - a pick-up order: server/books/pickup.h. */
#include "server/books/pickup.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "server/books/form.h"
#include "server/books/load.h"
#include "server/books/master.h"
#include "server/books/order.h"
#include "server/books/ship_gate.h"
#include "server/books/ship_tell.h"
#include "server/books/stop.h"

enum { SERIAL_MOST = 99999 };

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

bool pickup_act(struct books *books, struct act_call *call, struct err *err)
{
    static const struct cell_want REMARKS = {CELL_TEXT, false, 0, 390};
    struct note                   note = {.copy = 1};
    struct line_ref               ref;
    struct gate                   gate = {.is_open = false};
    struct cell                   remarks;
    const char                   *text = json_text(json_get(call->body, "remarks"), "");
    bool                          is;
    if (!body_ref(call, "order", false, &ref, err) || !order_is(books, ref, &is, err)) return false;
    if (!is) return err_set(err, ERR_ABSENT, SAY("register.absent"));
    if (!cell_read(&REMARKS, text, strlen(text), &remarks, err) || !note_next(books, &note.id, err)) return false;
    note.order = line_ref_key(ref);
    note.made_ms = note.copy_ms = books->record.now_ms;
    memcpy(note.made_by, books->record.user, sizeof note.made_by);
    memcpy(note.remarks, remarks.text, sizeof note.remarks);
    if (!note_put(books, &note, err)) return false;
    note.version = 1;
    if (!wants_put(books, call, &note, err) || !ship_gate_of(books, &note, &gate, err)) return false;
    bool is_done = gate.is_open ? note_open(books, &note, err) : note_told(books, &note, books->record.feed + 1, err);
    note_answer(&note, &gate, call);
    return is_done && tell_old_notes(&books->record, err);
}
