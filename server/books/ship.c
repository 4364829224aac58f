/* ship.c - a delivery note's way: server/books/ship.h. */
#include "server/books/ship.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "server/books/exception.h"
#include "server/books/form.h"
#include "server/books/load.h"
#include "server/books/note.h"
#include "server/books/ship_gate.h"
#include "server/books/stop.h"

enum { COPY_MOST = 99, WHY_MOST = 180 };

/* A reason of people's own in three parts: a sentence's arguments are short. */
static struct say why_say(const char *why)
{
    struct say say = SAY("ship.void_why");
    for (int i = 0; i < 3; i++) {
        char part[SAY_TEXT_MAX];
        utf8_copy(part, sizeof part, why);
        say = say_text(say, part);
        why += strlen(part);
    }
    return say;
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
    char        text[NOTE_REF_TEXT];
    if (!note_of_body(books, call, &note, err) || !note_stands(books, &note, err)) return false;
    note_ref_write(note.id, text);
    if (note.open_feed != 0) return err_set(err, ERR_CONFLICT, say_text(SAY("ship.is_open"), text));
    if (!stops_check(books, note.id, err) || !ship_gate_of(books, &note, &gate, err)) return false;
    if (!gate.is_open) return err_set(err, ERR_CONFLICT, gate.why);
    if (!note_open(books, &note, err)) return false;
    note_answer(&note, &gate, call);
    return true;
}

bool ship_void_act(struct books *books, struct act_call *call, struct err *err)
{
    static const struct cell_want WHY = {CELL_TEXT, true, 0, WHY_MOST};
    struct note                   note = {.id = 0};
    struct cell                   cell;
    const char                   *why;
    struct db_stmt               *stmt;
    bool                          row;
    if (!note_of_body(books, call, &note, err) || !body_text(call, "why", false, WHY_MOST, &why, err) ||
        !cell_read(&WHY, why, strlen(why), &cell, err) || !note_stands(books, &note, err) ||
        !note_void(books, &note, why_say(cell.text), err))
        return false;
    if (!db_prepare(books->db, SQL("SELECT CAST(COALESCE(SUM(doors), 0) AS BIGINT) FROM loaded WHERE note = $1"), &stmt,
                                   err))
        return false;
    db_bind_int(stmt, 1, note.id);
    if (!db_step(stmt, &row, err)) return false;
    buf_fmt(&call->answer, "{\"loaded\":%" PRId64 "}", row ? db_int(stmt, 0) : 0);
    if (row) db_reset(stmt);
    return ship_gate_moved(books, note.order, err); /* what it kept may open another */
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
        utf8_copy(rows[count].pieces, sizeof rows[count].pieces, db_text(stmt, 2));
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
    char        text[NOTE_REF_TEXT];
    bool        is_again = false;
    if (!note_of_body(books, call, &note, err) || !is_done_by(books, note.id, call->act->id, &is_again, err))
        return false;
    if (!is_again && !note_stands(books, &note, err)) return false;
    note_ref_write(note.id, text);
    if (note.open_feed == 0) return err_set(err, ERR_CONFLICT, say_text(SAY("ship.is_shut"), text));
    snprintf(new.note, sizeof new.note, "%s done", text);
    snprintf(new.why, sizeof new.why, "%s done", text);
    exception_sign(books, call, &new);
    *line = new;
    return true;
}
