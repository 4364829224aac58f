/* note.c - a delivery note as the books have it: server/books/note.h. */
#include "server/books/note.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "core/code.h"
#include "core/utf8.h"
#include "server/books/ship_tell.h"
#include "server/judge/gate.h"

enum { NOTE_DIGITS = 10 /* 2603-00001 */ };

bool note_read(struct books *books, int64_t id, struct note *note, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    char            text[NOTE_REF_TEXT];
    *note = (struct note){.id = id};
    note_ref_write(id, text);
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
    utf8_copy(note->made_by, sizeof note->made_by, db_text(stmt, 3));
    note->made_ms = db_int(stmt, 4);
    utf8_copy(note->open_by, sizeof note->open_by, db_text(stmt, 5));
    note->open_ms = db_is_null(stmt, 6) ? 0 : db_int(stmt, 6);
    note->open_feed = db_int(stmt, 7);
    utf8_copy(note->void_by, sizeof note->void_by, db_text(stmt, 8));
    note->void_ms = db_is_null(stmt, 9) ? 0 : db_int(stmt, 9);
    note->void_feed = db_int(stmt, 10);
    utf8_copy(note->void_why, sizeof note->void_why, db_text(stmt, 11));
    utf8_copy(note->remarks, sizeof note->remarks, db_text(stmt, 12));
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

bool note_put(struct books *books, const struct note *note, struct err *err)
{
    enum record_did    did;
    const struct value values[] = {
        value_int(note->id),        value_int(note->order),       value_int(note->copy),
        value_int(note->copy_ms),   value_text(note->made_by),    value_int(note->made_ms),
        value_text(note->open_by),  value_or_null(note->open_ms), value_int(note->open_feed),
        value_text(note->void_by),  value_or_null(note->void_ms), value_int(note->void_feed),
        value_text(note->void_why), value_text(note->remarks),
    };
    return record_put(&books->record, NOUN_NOTE, note->version, values, &did, err) && note_way(books, note->id, err);
}

bool note_of_body(struct books *books, const struct act_call *call, struct note *note, struct err *err)
{
    const char *text;
    int64_t     id;
    if (!body_text(call, "note", false, NOTE_REF_TEXT - 1, &text, err)) return false;
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

bool note_stands(struct books *books, const struct note *note, struct err *err)
{
    char text[NOTE_REF_TEXT];
    bool is_done;
    note_ref_write(note->id, text);
    if (note->void_feed != 0) return err_set(err, ERR_CONFLICT, say_text(SAY("ship.is_void"), text));
    if (!note_is_done(books, note->id, &is_done, err)) return false;
    return !is_done || err_set(err, ERR_CONFLICT, say_text(SAY("ship.is_done"), text));
}

void note_renew(struct books *books, int64_t note)
{
    telling_note(&books->telling, TELL_NOTE, note, 0, false);
    books->record.topics |= TOPIC_SHIP;
}

/* Loads are judged by it. */
bool note_told(struct books *books, const struct note *note, int64_t feed, struct err *err)
{
    if (!tell_note(&books->record, note->id, err)) return false;
    assert(books->record.feed == feed);
    note_renew(books, note->id);
    return books_renew_order(books, note->order, err);
}

bool note_open(struct books *books, struct note *note, struct err *err)
{
    note->open_feed = books->record.feed + 1;
    note->open_ms = books->record.now_ms;
    utf8_copy(note->open_by, sizeof note->open_by, books->record.user);
    if (!note_put(books, note, err)) return false;
    note->version++;
    return note_told(books, note, note->open_feed, err);
}

bool note_void(struct books *books, struct note *note, struct say why, struct err *err)
{
    struct buf text = {0};
    say_write(&why, &text);
    note->void_feed = books->record.feed + 1;
    note->void_ms = books->record.now_ms;
    utf8_copy(note->void_by, sizeof note->void_by, books->record.user);
    utf8_copy(note->void_why, sizeof note->void_why, buf_text(&text));
    buf_free(&text);
    if (!note_put(books, note, err)) return false;
    note->version++;
    return note_told(books, note, note->void_feed, err);
}

bool note_line_put(struct books *books, int64_t note, int64_t line, int64_t doors, const char *pieces, struct err *err)
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

void note_answer(const struct note *note, const struct gate *gate, struct act_call *call)
{
    char text[NOTE_REF_TEXT];
    note_ref_write(note->id, text);
    buf_fmt(&call->answer, "{\"note\":\"%s\",\"state\":\"%s\",\"missing_fen\":%" PRId64 ",\"why\":", text,
            note->open_feed != 0 ? "open" : "shut", gate->missing_fen);
    if (say_is_empty(&gate->why))
        buf_str(&call->answer, "[]");
    else
        say_write(&gate->why, &call->answer);
    buf_char(&call->answer, '}');
}
