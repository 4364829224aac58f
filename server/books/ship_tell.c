/* ship_tell.c - what docks learn: server/books/ship_tell.h. */
#include "server/books/ship_tell.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/code.h"
#include "core/json.h"
#include "server/books/tell.h"
#include "server/books/telling.h"
#include "server/judge/limits.h"

#define DAY_MS INT64_C(86400000)

/* "1 2 7" -> [1,2,7] */
static void pieces_add(const char *pieces, struct buf *out)
{
    buf_char(out, '[');
    for (; *pieces != 0; pieces++) buf_char(out, *pieces == ' ' ? ',' : *pieces);
    buf_char(out, ']');
}

/* What is on the truck of a line: doors, and the numbers of those loaded by their label. */
static bool loaded_read(struct db *db, int64_t note, int64_t line, int64_t *doors, struct buf *pieces, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    *doors = 0;
    if (!db_prepare(db, SQL("SELECT doors, pieces FROM loaded WHERE note = $1 AND line = $2 ORDER BY day"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, note);
    db_bind_int(stmt, 2, line);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        *doors += db_int(stmt, 0);
        if (db_text(stmt, 1)[0] != 0) buf_fmt(pieces, "%s%s", pieces->len > 0 ? " " : "", db_text(stmt, 1));
    }
}

struct asked {
    int64_t line, doors, rev;
};

/* A row of the note: [line, revision, product, size, colour, doors asked, doors loaded, [numbers asked], [loaded]]. */
static bool line_add(struct db *db, int64_t note, const struct asked *asked, const struct buf *words,
                     const char *pieces, struct buf *out, struct err *err)
{
    struct buf loaded = {0};
    char       ref[LINE_REF_TEXT];
    int64_t    doors;
    bool       is_done = loaded_read(db, note, asked->line, &doors, &loaded, err);
    line_ref_write(line_ref_of_key(asked->line), ref);
    json_sep(out);
    buf_fmt(out, "[\"%s\",%" PRId64 ",%s,%" PRId64 ",%" PRId64 ",", ref, asked->rev, buf_text(words), asked->doors,
            is_done ? doors : 0);
    pieces_add(pieces, out);
    buf_char(out, ',');
    pieces_add(buf_text(&loaded), out);
    buf_char(out, ']');
    buf_free(&loaded);
    return is_done;
}

/* The words are those of today: what changed after the paper was printed reaches the dock [R36]. */
static bool lines_add_all(struct db *db, int64_t note, struct buf *out, struct err *err)
{
    struct db_stmt *stmt;
    bool            row, is_done = true;
    if (!db_prepare(db, SQL("SELECT n.line, n.doors, n.pieces, l.rev, l.product, l.size, l.colour FROM note_line AS n"
                        " JOIN line AS l ON l.line = n.line WHERE n.note = $1 ORDER BY n.line"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, note);
    json_key(out, "lines");
    buf_char(out, '[');
    for (; is_done;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        const struct asked asked = {db_int(stmt, 0), db_int(stmt, 1), db_int(stmt, 3)};
        struct buf         words = {0};
        for (int c = 4; c < 7; c++) {
            if (c > 4) buf_char(&words, ',');
            json_cstr(&words, db_text(stmt, c));
        }
        is_done = line_add(db, note, &asked, &words, db_text(stmt, 2), out, err);
        buf_free(&words);
    }
    if (!is_done) db_reset(stmt);
    buf_char(out, ']');
    return is_done;
}

/* Up to where the events of each kiosk that loads by the note are in: it adds its own behind them itself. */
static bool marks_add(struct db *db, int64_t note, struct buf *out, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("SELECT m.kiosk, m.epoch_counter, m.epoch_random, m.seq FROM kiosk_mark AS m WHERE m.kiosk"
                        " IN (SELECT f.kiosk FROM note_line AS n JOIN fact AS f ON f.line = n.line AND f.line != 0"
                        " WHERE n.note = $1 AND f.kind IN ($2, $3))"
                        " ORDER BY m.kiosk, m.epoch_counter, m.epoch_random"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, note);
    db_bind_int(stmt, 2, EVENT_LOAD);
    db_bind_int(stmt, 3, EVENT_RETURN);
    json_key(out, "marks");
    return tell_marks(stmt, out, err);
}

/* The same of each that has packed, moved, counted, loaded or taken back doors of the line. */
static bool stock_marks(struct db *db, int64_t line, struct buf *out, struct err *err)
{
    static const enum event_kind KINDS[] = {EVENT_PACK, EVENT_LOAD, EVENT_TRANSFER, EVENT_COUNT, EVENT_RETURN};
    struct db_stmt              *stmt;
    if (!db_prepare(db, SQL("SELECT m.kiosk, m.epoch_counter, m.epoch_random, m.seq FROM kiosk_mark AS m WHERE m.kiosk"
                        " IN (SELECT f.kiosk FROM fact AS f WHERE f.line = $1 AND f.line != 0"
                        " AND f.kind IN ($2, $3, $4, $5, $6)) ORDER BY m.kiosk, m.epoch_counter, m.epoch_random"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    for (int i = 0; i < 5; i++) db_bind_int(stmt, i + 2, (int64_t)KINDS[i]);
    json_key(out, "marks");
    return tell_marks(stmt, out, err);
}

/* Columns: order_id, copy, open_feed, void_feed, void_why, customer, plate, ended. */
static void head_add(struct db_stmt *stmt, bool is_loaded, struct buf *out)
{
    struct buf  why = {0};
    char        order[LINE_REF_TEXT];
    bool        is_void = db_int(stmt, 3) != 0, is_shut = db_int(stmt, 2) == 0;
    struct say  unpaid = SAY("ship.unpaid");
    const char *state = is_void ? "void" : is_loaded ? "loaded" : is_shut ? "shut" : "open";
    line_ref_write(line_ref_of_key(db_int(stmt, 0)), order);
    buf_fmt(out, "{\"state\":\"%s\",\"copy\":%" PRId64 ",\"order\":\"%s\",\"customer\":", state, db_int(stmt, 1),
            order);
    json_cstr(out, db_text(stmt, 5));
    json_key(out, "truck");
    json_cstr(out, db_text(stmt, 6));
    json_key(out, "why");
    if (is_void && db_text(stmt, 4)[0] != 0)
        buf_str(&why, db_text(stmt, 4));
    else if (is_shut && !is_void)
        say_write(&unpaid, &why);
    buf_str(out, why.len > 0 ? buf_text(&why) : "[]");
    buf_free(&why);
}

bool tell_note(struct record *record, int64_t note, struct err *err)
{
    struct db_stmt *stmt;
    struct buf      value = {0};
    char            key[NOTE_REF_TEXT];
    bool            row, is_done = true;
    if (!db_prepare(record->db,
                    SQL("SELECT n.order_id, n.copy, n.open_feed, n.void_feed, n.void_why, o.customer,"
                        " COALESCE(s.plate, ''), COALESCE(d.at_ms, n.void_ms, 0), COALESCE(d.number, 0) FROM note AS n"
                        " JOIN orders AS o ON o.id = n.order_id LEFT JOIN shipment AS s ON s.note = n.id"
                        " LEFT JOIN note_done AS d ON d.note = n.id WHERE n.id = $1"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, note);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    int64_t ended = db_int(stmt, 7);
    if (ended == 0 || ended > record->now_ms - TOLD_DAYS * DAY_MS) {
        head_add(stmt, db_int(stmt, 8) != 0, &value);
        db_reset(stmt);
        is_done = lines_add_all(record->db, note, &value, err) && marks_add(record->db, note, &value, err);
        buf_char(&value, '}');
    } else {
        db_reset(stmt);
    }
    note_ref_write(note, key);
    is_done =
        is_done && record_feed(record, &(struct feed_row){.topic = "note", .key = key, .value = buf_text(&value)}, err);
    buf_free(&value);
    record->topics |= TOPIC_SHIP;
    return is_done;
}

enum { OLD_MOST = 20 };

static bool old_read(struct record *record, int64_t notes[OLD_MOST], int *count, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(
            record->db,
            SQL("SELECT n.id FROM feed AS f JOIN note AS n ON n.id = CAST(substr(f.key, 1, 4) || substr(f.key, 6)"
                        " AS BIGINT) LEFT JOIN note_done AS d ON d.note = n.id WHERE f.topic = 'note' AND f.value != ''"
                        " AND COALESCE(d.at_ms, n.void_ms) <= $1 ORDER BY n.id LIMIT $2"),
                &stmt, err))
        return false;
    db_bind_int(stmt, 1, record->now_ms - TOLD_DAYS * DAY_MS);
    db_bind_int(stmt, 2, OLD_MOST);
    for (*count = 0; *count < OLD_MOST; ++*count) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        notes[*count] = db_int(stmt, 0);
    }
    db_reset(stmt);
    return true;
}

bool tell_old_notes(struct record *record, struct err *err)
{
    int64_t notes[OLD_MOST];
    int     count;
    if (!old_read(record, notes, &count, err)) return false;
    for (int i = 0; i < count; i++)
        if (!tell_note(record, notes[i], err)) return false;
    return true;
}

bool tell_stock(struct record *record, int64_t line, struct err *err)
{
    struct db_stmt *stmt;
    struct buf      value = {0};
    char            key[LINE_REF_TEXT];
    bool            row, is_done = true;
    if (!db_prepare(record->db,
                    SQL("SELECT s.packed + s.returned + s.found, s.went - s.shorted,"
                        " COALESCE((SELECT p.place FROM stock AS p WHERE p.line = s.line ORDER BY p.doors DESC, p.place"
                        " LIMIT 1), 0), COALESCE((SELECT t.name FROM stock AS p JOIN spot AS t ON t.number = p.place"
                        " WHERE p.line = s.line ORDER BY p.doors DESC, p.place LIMIT 1), '')"
                        " FROM stock_sum AS s WHERE s.line = $1"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    if (!db_step(stmt, &row, err)) return false;
    if (row) {
        buf_fmt(&value, "{\"in\":%" PRId64 ",\"out\":%" PRId64 ",\"place\":", db_int(stmt, 0), db_int(stmt, 1));
        if (db_text(stmt, 3)[0] != 0 || db_int(stmt, 2) == 0)
            json_cstr(&value, db_text(stmt, 3));
        else
            buf_fmt(&value, "\"%" PRId64 "\"", db_int(stmt, 2));
        db_reset(stmt);
        is_done = stock_marks(record->db, line, &value, err);
        buf_char(&value, '}');
    }
    line_ref_write(line_ref_of_key(line), key);
    is_done = is_done &&
              record_feed(record, &(struct feed_row){.topic = "stock", .key = key, .value = buf_text(&value)}, err);
    buf_free(&value);
    return is_done;
}

/* Kiosks keep it among their settings: whoever scans the code reads the name. */
bool tell_spot(struct record *record, int64_t number, const char *name, struct err *err)
{
    struct buf value = {0};
    char       key[32];
    snprintf(key, sizeof key, "place.%" PRId64, number);
    buf_str(&value, "{\"value\":");
    json_cstr(&value, name);
    buf_char(&value, '}');
    bool is_done =
        record_feed(record, &(struct feed_row){.topic = "setting", .key = key, .value = buf_text(&value)}, err);
    buf_free(&value);
    return is_done;
}

enum { NOTES_MOST = 200 };

static bool notes_of_line(struct db *db, int64_t line, int64_t notes[NOTES_MOST], int *count, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT l.note FROM note_line AS l JOIN note AS n ON n.id = l.note WHERE l.line = $1"
                        " AND n.void_feed = 0 AND NOT EXISTS (SELECT 1 FROM note_done AS d WHERE d.note = l.note)"
                        " ORDER BY l.note LIMIT $2"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, NOTES_MOST);
    for (*count = 0; *count < NOTES_MOST; ++*count) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        notes[*count] = db_int(stmt, 0);
    }
    db_reset(stmt);
    return true;
}

bool tell_line_notes(struct record *record, const struct value *values, struct err *err)
{
    int64_t notes[NOTES_MOST];
    int     count;
    if (!notes_of_line(record->db, values[0].number, notes, &count, err)) return false;
    for (int i = 0; i < count; i++)
        if (!tell_note(record, notes[i], err)) return false;
    return true;
}
