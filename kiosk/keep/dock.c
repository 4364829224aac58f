/* dock.c - delivery notes and finished doors: kiosk/keep/dock.h.
 *
 * Figures are the feed's, plus own entries behind the mark that their row names (own.h): a dock counts what it loaded
 * at once, and nothing twice. */
#include "kiosk/keep/dock.h"

#include <string.h>

#include "core/code.h"
#include "kiosk/keep/own.h"
#include "kiosk/keep/row.h"

#define NOTE_DONE " done" /* behind the number, in the event that ends a loading */

/* ---------------------------------------------------------------------------------------------------- learning */

static enum note_state state_of(const char *word)
{
    static const char *const WORDS[] = {
        [NOTE_OPEN] = "open", [NOTE_SHUT] = "shut", [NOTE_VOID] = "void", [NOTE_CLOSED] = "loaded"};
    for (size_t i = NOTE_OPEN; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (strcmp(WORDS[i], word) == 0) return (enum note_state)i;
    return NOTE_VOID; /* a word of a newer server: nothing is loaded by it */
}

static int64_t int_of(const struct json *o, const char *key)
{
    return json_int(json_get(o, key), 0);
}

static const char *text_in(const struct json *o, const char *key)
{
    return json_text(json_get(o, key), "");
}

/* The numbers of a list in a row's place. */
static void bind_list(struct db_stmt *stmt, int n, const struct json *row, size_t at)
{
    const struct json *list = json_at(row, at);
    struct buf         text = {0};
    if (list != NULL && json_kind_of(list) == JSON_LIST) json_write(list, &text);
    db_bind_text(stmt, n, text.len > 0 ? buf_text(&text) : "[]");
    buf_free(&text);
}

static bool lines_put(struct db *db, int64_t note, const struct json *lines, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db,
                    SQL("INSERT INTO note_line (note, place, line, rev, product, size, colour, asked, loaded, pieces,"
                        " done) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING"),
                        &stmt, err))
        return false;
    for (size_t i = 0; i < json_count(lines); i++) {
        const struct json *row = json_at(lines, i);
        struct line_ref    line;
        if (!line_ref_read(json_text(json_at(row, 0), ""), &line)) continue;
        db_bind_int(stmt, 1, note);
        db_bind_int(stmt, 2, (int64_t)i);
        db_bind_int(stmt, 3, line_ref_key(line));
        db_bind_int(stmt, 4, json_int(json_at(row, 1), 0));
        for (int c = 0; c < 3; c++) db_bind_text(stmt, 5 + c, json_text(json_at(row, (size_t)c + 2), ""));
        for (int c = 0; c < 2; c++) db_bind_int(stmt, 8 + c, json_int(json_at(row, (size_t)c + 5), 0));
        for (int c = 0; c < 2; c++) bind_list(stmt, 10 + c, row, (size_t)c + 7);
        if (!db_run(stmt, err)) return false;
    }
    return true;
}

static bool note_put(struct db *db, int64_t note, const struct json *o, struct reach reach, struct err *err)
{
    struct db_stmt    *stmt;
    struct line_ref    order = {0, 0, 0};
    struct buf         why = {0};
    const struct json *say = json_get(o, "why");
    if (!db_prepare(db, SQL("INSERT INTO note (note, state, copy, order_line, customer, truck, why, counter, seq)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
                            &stmt, err))
        return false;
    if (!line_ref_read(text_in(o, "order"), &order)) order = (struct line_ref){0, 0, 0};
    if (say != NULL) json_write(say, &why);
    db_bind_int(stmt, 1, note);
    db_bind_int(stmt, 2, state_of(text_in(o, "state")));
    db_bind_int(stmt, 3, int_of(o, "copy"));
    db_bind_int(stmt, 4, line_ref_key(order));
    db_bind_text(stmt, 5, text_in(o, "customer"));
    db_bind_text(stmt, 6, text_in(o, "truck"));
    db_bind_text(stmt, 7, buf_text(&why));
    db_bind_int(stmt, 8, reach.counter);
    db_bind_int(stmt, 9, reach.seq);
    bool is_put = db_run(stmt, err);
    buf_free(&why);
    return is_put;
}

bool dock_learn_note(struct db *db, uint64_t kiosk, const char *key, const struct json *o, struct err *err)
{
    struct reach reach;
    int64_t      note;
    if (!note_ref_read(key, &note)) return true;
    if (!row_run_int(db, SQL("DELETE FROM note WHERE note = $1"), note, err) ||
                     !row_run_int(db, SQL("DELETE FROM note_line WHERE note = $1"), note, err))
        return false;
    if (o == NULL) return true;
    return own_reach(db, kiosk, json_get(o, "marks"), &reach, err) && note_put(db, note, o, reach, err) &&
           lines_put(db, note, json_get(o, "lines"), err);
}

bool dock_learn_stock(struct db *db, uint64_t kiosk, const char *key, const struct json *o, struct err *err)
{
    struct db_stmt *stmt;
    struct line_ref line;
    struct reach    reach;
    if (!line_ref_read(key, &line)) return true;
    if (!row_run_int(db, SQL("DELETE FROM stock WHERE line = $1"), line_ref_key(line), err)) return false;
    if (o == NULL) return true;
    if (!own_reach(db, kiosk, json_get(o, "marks"), &reach, err) ||
        !db_prepare(db, SQL("INSERT INTO stock (line, doors_in, doors_out, counter, seq) VALUES ($1, $2, $3, $4, $5)"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, line_ref_key(line));
    db_bind_int(stmt, 2, int_of(o, "in"));
    db_bind_int(stmt, 3, int_of(o, "out"));
    db_bind_int(stmt, 4, reach.counter);
    db_bind_int(stmt, 5, reach.seq);
    return db_run(stmt, err);
}

bool dock_forget(struct db *db, struct err *err)
{
    return db_script(db, SQL("DELETE FROM note; DELETE FROM note_line; DELETE FROM stock;"), err);
}

/* ---------------------------------------------------------------------------------------------------- own entries */

bool dock_is_kind(enum event_kind kind)
{
    return kind == EVENT_PACK || kind == EVENT_LOAD || kind == EVENT_TRANSFER || kind == EVENT_COUNT ||
           kind == EVENT_RETURN;
}

int64_t dock_note_of(const struct event *event)
{
    char    text[NOTE_REF_TEXT];
    size_t  len = strlen(event->note), done = strlen(NOTE_DONE);
    int64_t note;
    if (event->kind != EVENT_LOAD && event->kind != EVENT_NOTE) return 0;
    if (event->kind == EVENT_NOTE) {
        if (len <= done || strcmp(event->note + len - done, NOTE_DONE) != 0) return 0;
        len -= done;
    }
    if (len >= sizeof text) return 0;
    memcpy(text, event->note, len);
    text[len] = '\0';
    return note_ref_read(text, &note) ? note : 0;
}

bool dock_keep(struct db *db, int64_t n, const struct event *event, struct err *err)
{
    struct db_stmt *stmt;
    if (!dock_is_kind(event->kind) || event->piece_count == 0) return true;
    if (!db_prepare(db, SQL("INSERT INTO entry_piece (n, piece) VALUES ($1, $2) ON CONFLICT DO NOTHING"), &stmt, err))
        return false;
    for (int i = 0; i < event->piece_count; i++) {
        db_bind_int(stmt, 1, n);
        db_bind_int(stmt, 2, event->pieces[i]);
        if (!db_run(stmt, err)) return false;
    }
    return true;
}

/* ---------------------------------------------------------------------------------------------------- notes */

static bool head_read(struct db *db, int64_t key, struct found_note *note, struct reach *reach, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db,
                    SQL("SELECT state, copy, order_line, customer, truck, why, counter, seq FROM note WHERE note = $1"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, key);
    if (!db_step(stmt, &row, err)) return false;
    note->key = key;
    note->state = NOTE_UNKNOWN;
    if (!row) return true;
    note->state = (enum note_state)db_int(stmt, 0);
    note->copy = (int)db_int(stmt, 1);
    note->order = line_ref_of_key(db_int(stmt, 2));
    row_text(stmt, 3, note->customer, sizeof note->customer);
    row_text(stmt, 4, note->truck, sizeof note->truck);
    const char *why = db_text(stmt, 5);
    if (!say_read(why, strlen(why), &note->why)) note->why = (struct say){0};
    *reach = (struct reach){db_int(stmt, 6), db_int(stmt, 7)};
    db_reset(stmt);
    return true;
}

static bool lines_read(struct db *db, struct found_note *note, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT l.line, l.rev, l.product, l.size, l.colour, l.asked, l.loaded,"
                " CASE WHEN EXISTS (SELECT 1 FROM stop s WHERE s.pieces = 0 AND s.line IN (l.line, l.line - l.line % 100))"
                "  THEN 1 ELSE 0 END FROM note_line l WHERE l.note = $1 ORDER BY l.place LIMIT $2"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, note->key);
    db_bind_int(stmt, 2, FOUND_NOTE_LINES_MAX);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        struct found_note_line *line = &note->lines[note->line_count++];
        line->line = line_ref_of_key(db_int(stmt, 0));
        line->rev = (int)db_int(stmt, 1);
        row_text(stmt, 2, line->product, sizeof line->product);
        row_text(stmt, 3, line->size, sizeof line->size);
        row_text(stmt, 4, line->colour, sizeof line->colour);
        line->asked = db_int(stmt, 5);
        line->loaded = db_int(stmt, 6);
        line->is_stopped = db_int(stmt, 7) != 0;
    }
}

/* What the row lacks of own loads: those behind its mark, and those before it that were undone behind it. */
static bool loads_add(struct db *db, struct found_note *note, struct reach reach, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db,
                    SQL("SELECT " OWN_COLUMNS " FROM " OWN_TABLES " WHERE e.note = $1 AND e.kind = $2 ORDER BY e.n"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, note->key);
    db_bind_int(stmt, 2, EVENT_LOAD);
    for (;;) {
        struct own_entry entry;
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        own_read(stmt, &entry);
        if (!own_settle(db, &entry, reach, err)) {
            db_reset(stmt);
            return false;
        }
        for (int i = 0; i < note->line_count; i++)
            if (line_ref_key(note->lines[i].line) == entry.line)
                note->lines[i].loaded += (int64_t)entry.sign * entry.count;
    }
}

/* Loading was ended here, and the server hasn't heard of it yet. */
static bool end_find(struct db *db, struct found_note *note, struct reach reach, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT 1 FROM entry e JOIN event v ON v.n = e.n WHERE e.note = $1 AND e.kind = $2"
                        " AND (v.counter, v.seq) > ($3, $4) LIMIT 1"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, note->key);
    db_bind_int(stmt, 2, EVENT_NOTE);
    db_bind_int(stmt, 3, reach.counter);
    db_bind_int(stmt, 4, reach.seq);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    note->state = NOTE_CLOSED;
    db_reset(stmt);
    return true;
}

bool dock_note(struct db *db, int64_t key, struct found_note *note, struct err *err)
{
    struct reach reach = {0, 0};
    if (!head_read(db, key, note, &reach, err)) return false;
    if (note->state == NOTE_UNKNOWN) return true;
    return lines_read(db, note, err) && loads_add(db, note, reach, err) && end_find(db, note, reach, err);
}

/* ---------------------------------------------------------------------------------------------------- doors */

static bool stock_read(struct db *db, int64_t line, struct found_door *door, struct reach *reach, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT doors_in, doors_out, counter, seq FROM stock WHERE line = $1"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    door->in = db_int(stmt, 0);
    door->out = db_int(stmt, 1);
    *reach = (struct reach){db_int(stmt, 2), db_int(stmt, 3)};
    db_reset(stmt);
    return true;
}

static bool stock_add(struct db *db, int64_t line, struct found_door *door, struct reach reach, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT " OWN_COLUMNS ", e.kind FROM " OWN_TABLES
                        " WHERE e.line = $1 AND e.kind IN ($2, $3, $4) ORDER BY e.n"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, EVENT_PACK);
    db_bind_int(stmt, 3, EVENT_LOAD);
    db_bind_int(stmt, 4, EVENT_RETURN);
    for (;;) {
        struct own_entry entry;
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        own_read(stmt, &entry);
        bool is_out = db_int(stmt, OWN_NEXT) == EVENT_LOAD;
        if (!own_settle(db, &entry, reach, err)) {
            db_reset(stmt);
            return false;
        }
        *(is_out ? &door->out : &door->in) += (int64_t)entry.sign * entry.count;
    }
}

/* What was recorded here of that very piece last, and stands. */
static bool piece_find(struct db *db, int64_t line, int piece, struct found_door *door, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db,
                    SQL("SELECT e.kind, v.wall_ms, e.note FROM entry e JOIN event v ON v.n = e.n"
                        " JOIN entry_piece p ON p.n = e.n WHERE e.line = $1 AND p.piece = $2 AND e.kind IN ($3, $4, $5)"
                        " AND NOT EXISTS (SELECT 1 FROM entry x WHERE x.refers = v.name) ORDER BY e.n DESC LIMIT 1"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, piece);
    db_bind_int(stmt, 3, EVENT_PACK);
    db_bind_int(stmt, 4, EVENT_LOAD);
    db_bind_int(stmt, 5, EVENT_RETURN);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    door->last = (enum event_kind)db_int(stmt, 0);
    door->last_ms = db_int(stmt, 1);
    door->last_note = db_int(stmt, 2);
    db_reset(stmt);
    return true;
}

/* Whether a list of numbers has one; none: what an empty list means. */
static bool list_has(const char *text, int piece, bool none)
{
    struct err   unread;
    struct json *list = json_read(text, strlen(text), &unread);
    size_t       count = json_count(list);
    bool         has = count == 0 && none;
    for (size_t i = 0; i < count; i++) has = has || json_int(json_at(list, i), 0) == piece;
    json_free(list);
    return has;
}

/* Of a piece that was loaded here at any time, own entries say whether it still is. */
static bool own_load_find(struct db *db, int64_t line, int piece, bool *is_own, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("SELECT 1 FROM entry e JOIN entry_piece p ON p.n = e.n"
                        " WHERE e.line = $1 AND p.piece = $2 AND e.kind = $3 LIMIT 1"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, piece);
    db_bind_int(stmt, 3, EVENT_LOAD);
    if (!db_step(stmt, is_own, err)) return false;
    if (*is_own) db_reset(stmt);
    return true;
}

/* A note that names pieces means those alone; a sheet can't tell which it means. Another dock may have loaded it. */
static bool named_find(struct db *db, int64_t note, int64_t line, int piece, struct found_door *door, struct err *err)
{
    struct db_stmt *stmt;
    bool            row, is_done, is_own = false;
    if (!db_prepare(db, SQL("SELECT pieces, done FROM note_line WHERE note = $1 AND line = $2"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, note);
    db_bind_int(stmt, 2, line);
    if (!db_step(stmt, &row, err)) return false;
    door->is_named = row;
    if (!row || piece == 0) {
        if (row) db_reset(stmt);
        return true;
    }
    door->is_named = list_has(db_text(stmt, 0), piece, true);
    is_done = list_has(db_text(stmt, 1), piece, false);
    db_reset(stmt);
    if (!is_done) return true;
    if (!own_load_find(db, line, piece, &is_own, err)) return false;
    if (is_own) return true;
    door->last = EVENT_LOAD;
    door->last_ms = 0;
    door->last_note = note;
    return true;
}

bool dock_door(struct db *db, const struct look *look, struct line_ref line, int piece, struct found_door *door,
               struct err *err)
{
    int64_t      key = line_ref_key(line);
    struct reach reach = {0, 0};
    return stock_read(db, key, door, &reach, err) && stock_add(db, key, door, reach, err) &&
           (piece == 0 || piece_find(db, key, piece, door, err)) &&
           (look->note == 0 || named_find(db, look->note, key, piece, door, err));
}

bool dock_has_line(struct db *db, int64_t line, bool *has, struct err *err)
{
    struct found_door door = {0};
    struct reach      reach = {0, 0};
    struct db_stmt   *stmt;
    bool              row;
    if (!stock_read(db, line, &door, &reach, err) || !stock_add(db, line, &door, reach, err)) return false;
    *has = door.in > door.out;
    if (*has) return true;
    if (!db_prepare(db, SQL("SELECT 1 FROM note_line l JOIN note n ON n.note = l.note"
                        " WHERE l.line = $1 AND n.state IN ($2, $3) LIMIT 1"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, NOTE_OPEN);
    db_bind_int(stmt, 3, NOTE_SHUT);
    if (!db_step(stmt, &row, err)) return false;
    if (row) db_reset(stmt);
    *has = row;
    return true;
}

/* ---------------------------------------------------------------------------------------------------- looking */

bool look_note(struct db *db, const struct look *look, int64_t note, struct found *found, struct err *err)
{
    struct code      code = {.kind = CODE_NOTE};
    static const int SERIALS = 100000;
    code.note = (struct code_note){(int)(note / SERIALS), (int)(note % SERIALS), 0};
    return look_code(db, look, &code, found, err);
}

/* Those that may be loaded, those that wait for money, and void ones of which something stands on a truck. */
static bool keys_read(struct db *db, int64_t keys[FOUND_NOTES_MAX], int *count, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT n.note FROM note n WHERE n.state IN ($1, $2) OR (n.state = $3 AND EXISTS"
                        " (SELECT 1 FROM note_line l WHERE l.note = n.note AND l.loaded > 0))"
                        " ORDER BY n.state, n.note LIMIT $4"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, NOTE_OPEN);
    db_bind_int(stmt, 2, NOTE_SHUT);
    db_bind_int(stmt, 3, NOTE_VOID);
    db_bind_int(stmt, 4, FOUND_NOTES_MAX);
    for (*count = 0;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        keys[(*count)++] = db_int(stmt, 0);
    }
}

static bool notes_find(struct db *db, struct found_notes *notes, struct err *err)
{
    static struct found_note note; /* the one thread that looks; large */
    int64_t                  keys[FOUND_NOTES_MAX];
    int                      count;
    if (!keys_read(db, keys, &count, err)) return false;
    for (int i = 0; i < count; i++) {
        memset(&note, 0, sizeof note);
        if (!dock_note(db, keys[i], &note, err)) return false;
        if (note.state == NOTE_CLOSED) continue; /* here, a moment ago */
        int at = notes->count++;
        notes->rows[at].key = note.key;
        notes->rows[at].state = note.state;
        notes->rows[at].order = note.order;
        memcpy(notes->rows[at].customer, note.customer, sizeof note.customer);
        memcpy(notes->rows[at].truck, note.truck, sizeof note.truck);
        for (int k = 0; k < note.line_count; k++) {
            notes->rows[at].asked += note.lines[k].asked;
            notes->rows[at].loaded += note.lines[k].loaded;
        }
    }
    return true;
}

bool look_notes(struct db *db, struct found_notes *notes, struct err *err)
{
    struct found_notes made = {0};
    if (!db_begin(db, err)) return false; /* one snapshot */
    bool is_found = notes_find(db, &made, err);
    db_rollback(db);
    if (is_found) *notes = made;
    return is_found;
}
