/* stock.c - what the dock's events make of a line: server/books/stock.h. */
#include "server/books/stock.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/code.h"
#include "server/books/record.h"

/* ---------------------------------------------------------------------------------------------------- reading */

static void pieces_read(const char *text, uint8_t pieces[JUDGE_PIECES], bool *is_named)
{
    char *end;
    memset(pieces, 0, JUDGE_PIECES);
    *is_named = false;
    for (long number; (number = strtol(text, &end, 10)) > 0 && number < JUDGE_PIECES; text = end) {
        pieces[number] = 1;
        *is_named = true;
    }
}

bool stock_read(struct line_book *book, struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (book->line <= 0) return true;
    if (!db_prepare(db, SQL("SELECT n.id, l.doors, n.open_feed, n.void_feed, l.pieces FROM note_line AS l"
                        " JOIN note AS n ON n.id = l.note WHERE l.line = $1 ORDER BY n.id"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, book->line);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        book->notes = array_more(book->notes, book->judge.note_count, &book->note_cap, sizeof *book->notes);
        struct judge_note *note = &book->notes[book->judge.note_count++];
        *note = (struct judge_note){db_int(stmt, 0), db_int(stmt, 1), db_int(stmt, 2), db_int(stmt, 3), false, {0}};
        pieces_read(db_text(stmt, 4), note->pieces, &note->is_named);
    }
    book->judge.notes = book->notes;
    return true;
}

/* ---------------------------------------------------------------------------------------------------- writing */

static void pieces_write(const uint8_t pieces[JUDGE_PIECES], struct buf *out)
{
    for (int i = 1; i < JUDGE_PIECES; i++)
        if (pieces[i] != 0) buf_fmt(out, "%s%d", out->len > 0 ? " " : "", i);
}

/* All rows of the line as one text: what is there, and what there shall be, are compared whole. */
static bool rows_there(struct db *db, int64_t line, struct buf *out, struct err *err)
{
    static const char *const READS[] = {
        SQL("SELECT note, day, doors, pieces FROM loaded WHERE line = $1 ORDER BY note, day"),
            SQL("SELECT place, doors FROM stock WHERE line = $1 ORDER BY place"),
                SQL("SELECT packed, returned, found, went, shorted FROM stock_sum WHERE line = $1"),
                    SQL("SELECT number, place, expected, counted FROM stock_count WHERE line = $1 ORDER BY number"),
                };
    for (size_t i = 0; i < sizeof READS / sizeof *READS; i++) {
        struct db_stmt *stmt;
        bool            row;
        if (!db_prepare(db, READS[i], &stmt, err)) return false;
        db_bind_int(stmt, 1, line);
        for (;;) {
            if (!db_step(stmt, &row, err)) return false;
            if (!row) break;
            for (int c = 0; c < db_columns(stmt); c++)
                if (db_type_of(stmt, c) == DB_INT)
                    buf_fmt(out, " %" PRId64, db_int(stmt, c));
                else
                    buf_fmt(out, " [%s]", db_text(stmt, c));
            buf_char(out, ';');
        }
        buf_char(out, '\n');
    }
    return true;
}

static void rows_wanted(const struct line_book *book, const struct judgement *judged, struct buf *out)
{
    const struct stock_sum *sum = &judged->stock;
    for (size_t i = 0; i < judged->load_count; i++) {
        const struct dock_load *load = &judged->loads[i];
        struct buf              pieces = {0};
        pieces_write(load->pieces, &pieces);
        buf_fmt(out, " %" PRId64 " %d %" PRId64 " [%s];", load->note, load->day, load->doors, buf_text(&pieces));
        buf_free(&pieces);
    }
    buf_char(out, '\n');
    for (size_t i = 0; i < judged->place_count; i++)
        buf_fmt(out, " %" PRId64 " %" PRId64 ";", judged->places[i].place, judged->places[i].doors);
    buf_char(out, '\n');
    if (sum->packed != 0 || sum->returned != 0 || sum->found != 0 || sum->went != 0)
        buf_fmt(out, " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 ";", sum->packed, sum->returned,
                sum->found, sum->went, sum->shorted);
    buf_char(out, '\n');
    for (size_t i = 0; i < judged->count_count; i++) {
        const struct stock_count *count = &judged->counts[i];
        buf_fmt(out, " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 ";", book->facts[count->fact].number, count->place,
                count->expected, count->counted);
    }
    buf_char(out, '\n');
}

static bool run_int(struct db *db, const char *sql, const int64_t *values, int count, const char *text, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, sql, &stmt, err)) return false;
    for (int i = 0; i < count; i++) db_bind_int(stmt, i + 1, values[i]);
    if (text != NULL) db_bind_text(stmt, count + 1, text);
    return db_run(stmt, err);
}

static bool rows_drop(struct db *db, int64_t line, struct err *err)
{
    return run_int(db, SQL("DELETE FROM loaded WHERE line = $1"), &line, 1, NULL, err) &&
                   run_int(db, SQL("DELETE FROM stock WHERE line = $1"), &line, 1, NULL, err) &&
                           run_int(db, SQL("DELETE FROM stock_sum WHERE line = $1"), &line, 1, NULL, err) &&
                                   run_int(db, SQL("DELETE FROM stock_count WHERE line = $1"), &line, 1, NULL, err);
}

static bool loads_put(struct db *db, int64_t line, const struct judgement *judged, struct err *err)
{
    for (size_t i = 0; i < judged->load_count; i++) {
        const struct dock_load *load = &judged->loads[i];
        const int64_t           values[] = {load->note, line, load->day, load->doors};
        struct buf              pieces = {0};
        pieces_write(load->pieces, &pieces);
        bool is_done =
            run_int(db, SQL("INSERT INTO loaded (note, line, day, doors, pieces) VALUES ($1, $2, $3, $4, $5)"), values,
                            4, buf_text(&pieces), err);
        buf_free(&pieces);
        if (!is_done) return false;
    }
    return true;
}

static bool rows_put(struct db *db, const struct line_book *book, const struct judgement *judged, struct err *err)
{
    const struct stock_sum *sum = &judged->stock;
    int64_t                 line = book->line;
    if (!loads_put(db, line, judged, err)) return false;
    for (size_t i = 0; i < judged->place_count; i++) {
        const int64_t values[] = {line, judged->places[i].place, judged->places[i].doors};
        if (!run_int(db, SQL("INSERT INTO stock (line, place, doors) VALUES ($1, $2, $3)"), values, 3, NULL, err))
            return false;
    }
    for (size_t i = 0; i < judged->count_count; i++) {
        const struct stock_count *count = &judged->counts[i];
        const int64_t values[] = {line, book->facts[count->fact].number, count->place, count->expected, count->counted};
        if (!run_int(db, SQL("INSERT INTO stock_count (line, number, place, expected, counted)"
                         " VALUES ($1, $2, $3, $4, $5)"),
                             values, 5, NULL, err))
            return false;
    }
    const int64_t sums[] = {line, sum->packed, sum->returned, sum->found, sum->went, sum->shorted};
    if (sum->packed == 0 && sum->returned == 0 && sum->found == 0 && sum->went == 0) return true;
    return run_int(db,
                   SQL("INSERT INTO stock_sum (line, packed, returned, found, went, shorted) VALUES ($1, $2, $3, $4,"
                       " $5, $6)"),
                       sums, 6, NULL, err);
}

/* Notes that ask for the line, and those that have it on the truck. */
static void notes_tell(const struct line_book *book, const struct judgement *judged, struct telling *telling)
{
    for (size_t i = 0; i < book->judge.note_count; i++) telling_note(telling, TELL_NOTE, book->notes[i].id, 0, false);
    for (size_t i = 0; i < judged->load_count; i++)
        if (judged->loads[i].note != 0) telling_note(telling, TELL_NOTE, judged->loads[i].note, 0, false);
}

bool stock_write(const struct line_book *book, const struct judgement *judged, const struct worth_out *out,
                 struct err *err)
{
    struct buf there = {0}, wanted = {0};
    if (!judged->has_dock || book->line <= 0) return true;
    bool is_done = rows_there(out->db, book->line, &there, err);
    rows_wanted(book, judged, &wanted);
    if (is_done && strcmp(buf_text(&there), buf_text(&wanted)) != 0) {
        is_done = rows_drop(out->db, book->line, err) && rows_put(out->db, book, judged, err);
        *out->topics |= TOPIC_SHIP;
    }
    /* Where nothing differs the marks do: whoever sent what was held must not count it any longer. */
    telling_note(out->telling, TELL_STOCK, book->line, 0, false);
    notes_tell(book, judged, out->telling);
    buf_free(&there);
    buf_free(&wanted);
    return is_done;
}

/* ---------------------------------------------------------------------------------------------------- the end */

enum { NOTE_DIGITS = 10 };

bool stock_done(struct db *db, struct telling *telling, const struct event *event, const struct hash *name,
                int64_t number, int32_t day, int64_t taken_ms, struct err *err)
{
    struct db_stmt *stmt;
    int64_t         note;
    if (event->kind != EVENT_NOTE || event->has_unknown || !dock_note_read(event->note, &note)) return true;
    if (strcmp(event->note + NOTE_DIGITS, " done") != 0) return true;
    if (!db_prepare(db, SQL("INSERT INTO note_done (note, number, day, at_ms, name) VALUES ($1, $2, $3, $4, $5)"
                        " ON CONFLICT (note) DO NOTHING"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, note);
    db_bind_int(stmt, 2, number);
    db_bind_int(stmt, 3, day);
    db_bind_int(stmt, 4, taken_ms);
    db_bind_blob(stmt, 5, name->bytes, sizeof name->bytes);
    telling_note(telling, TELL_NOTE, note, 0, false);
    return db_run(stmt, err);
}

/* How many doors the note asks for and has not on the truck; is_open: the order desk has not said what becomes of them. */
static bool left_read(struct db *db, int64_t note, int64_t *left, bool *is_open, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT CAST(COALESCE(SUM(l.doors - COALESCE((SELECT SUM(d.doors) FROM loaded AS d"
                        " WHERE d.note = l.note AND d.line = l.line), 0)), 0) AS BIGINT),"
                        " (SELECT COUNT(*) FROM leftover AS f WHERE f.note = $1),"
                        " (SELECT COUNT(*) FROM note AS n WHERE n.id = $1 AND n.void_feed = 0)"
                        " FROM note_line AS l WHERE l.note = $1"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, note);
    if (!db_step(stmt, &row, err)) return false;
    *left = row ? db_int(stmt, 0) : 0;
    *is_open = row && db_int(stmt, 1) == 0 && db_int(stmt, 2) > 0;
    if (row) db_reset(stmt);
    return true;
}

/* Goods arrived short, wrong or damaged, and nobody has settled it, or opened a case of it, yet. */
static bool wrong_read(struct db *db, int64_t note, bool *is_open, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("SELECT day FROM arrival WHERE note = $1 AND settled_by = ''"
                        " AND (is_model = 0 OR is_quantity = 0 OR is_intact = 0)"
                        " AND NOT EXISTS (SELECT c.id FROM cases AS c WHERE c.note = $1 AND c.note != 0)"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, note);
    if (!db_step(stmt, is_open, err)) return false;
    if (*is_open) db_reset(stmt);
    return true;
}

static bool left_settle(const struct worth_out *out, const struct worth_fact *fact, bool is_open, const struct say *say,
                        struct err *err)
{
    return is_open ? worth_exception(out, fact, say, err) : worth_exception_drop(out, say->id, fact->name, err);
}

bool stock_left(const struct worth_out *out, int64_t note, struct err *err)
{
    struct db_stmt *stmt;
    struct hash     name;
    bool            row, is_open, is_wrong;
    int64_t         left;
    size_t          len;
    if (!db_prepare(out->db, SQL("SELECT number, at_ms, name, day FROM note_done WHERE note = $1"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, note);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    struct worth_fact fact = {.number = db_int(stmt, 0), .taken_ms = db_int(stmt, 1), .name = &name};
    memcpy(name.bytes, db_blob(stmt, 2, &len), sizeof name.bytes);
    fact.day = (int32_t)db_int(stmt, 3);
    db_reset(stmt);
    if (!left_read(out->db, note, &left, &is_open, err) || !wrong_read(out->db, note, &is_wrong, err)) return false;
    char text[16];
    snprintf(text, sizeof text, "%04d-%05d", (int)(note / 100000 % 10000), (int)(note % 100000));
    struct say behind = say_text(say_int(SAY("ship.left"), left), text), wrong = say_text(SAY("ship.arrival"), text);
    return left_settle(out, &fact, left > 0 && is_open, &behind, err) && left_settle(out, &fact, is_wrong, &wrong, err);
}
