/* telling.c - what kiosks learn of the floor: server/books/telling.h. */
#include "server/books/telling.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/buf.h"
#include "core/clock.h"
#include "core/code.h"
#include "core/json.h"
#include "core/seal.h"
#include "server/books/blame.h"
#include "server/books/paper.h"
#include "server/books/pool_tell.h"
#include "server/books/ship_tell.h"
#include "server/books/tell.h"
#include "server/books/speed.h"
#include "server/judge/line.h"

void telling_note(struct telling *telling, enum tell_what what, int64_t a, int64_t b, bool is_anew)
{
    bool     is_new;
    int64_t *place = map_put(&telling->known[what], (uint64_t)a, (uint64_t)b, &is_new);
    if (is_new) {
        telling->rows = array_more(telling->rows, telling->count, &telling->cap, sizeof *telling->rows);
        telling->rows[telling->count] = (struct tell_row){what, a, b, is_anew};
        *place = (int64_t)telling->count++;
    }
    telling->rows[*place].is_anew |= is_anew;
}

void telling_clear(struct telling *telling)
{
    telling->count = 0;
    for (int i = 0; i < TELLS; i++) map_clear(&telling->known[i]);
}

void telling_free(struct telling *telling)
{
    free(telling->rows);
    for (int i = 0; i < TELLS; i++) map_free(&telling->known[i]);
}

/* ---------------------------------------------------------------------------------------------------- marks */

/* Up to where each kiosk's events about the line are in. */
static bool line_marks(struct db *db, int64_t line, struct buf *out, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("SELECT kiosk, epoch_counter, epoch_random, MAX(seq) FROM fact"
                        " WHERE line = $1 AND line != 0 AND kiosk != 0 GROUP BY kiosk, epoch_counter, epoch_random"
                        " ORDER BY kiosk, epoch_counter, epoch_random"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    return tell_marks(stmt, out, err);
}

/* Up to where the events of kiosks at which he signed in are in: an undo may be anybody's there. */
static bool worker_marks(struct db *db, int64_t worker, struct buf *out, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("SELECT m.kiosk, m.epoch_counter, m.epoch_random, m.seq FROM worker_kiosk AS w"
                        " JOIN kiosk_mark AS m ON m.kiosk = w.kiosk WHERE w.worker = $1"
                        " ORDER BY m.kiosk, m.epoch_counter, m.epoch_random"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, worker);
    return tell_marks(stmt, out, err);
}

/* ---------------------------------------------------------------------------------------------------- totals */

/* Of the newest signed revision; a line without one has no totals. */
static bool totals_ops(struct db *db, int64_t line, bool *is_signed, struct buf *out, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT o.op, coalesce(s.good, 0), coalesce(s.bad, 0), coalesce(s.held, 0) FROM line AS l"
                        " JOIN sheet_op AS o ON o.line = l.line AND o.rev = l.rev"
                        " LEFT JOIN op_sum AS s ON s.line = l.line AND s.rev = l.rev AND s.op = o.op"
                        " WHERE l.line = $1 ORDER BY o.op"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    *is_signed = false;
    buf_char(out, '[');
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        *is_signed = true;
        json_sep(out);
        buf_fmt(out, "[%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64 "]", db_int(stmt, 0), db_int(stmt, 1),
                db_int(stmt, 2), db_int(stmt, 3));
    }
    buf_char(out, ']');
    return true;
}

static bool tell_totals(struct record *record, int64_t line, struct err *err)
{
    struct buf value = {0};
    char       key[LINE_REF_TEXT];
    bool       is_signed, is_done = false;
    line_ref_write(line_ref_of_key(line), key);
    buf_str(&value, "{\"ops\":");
    if (!totals_ops(record->db, line, &is_signed, &value, err)) goto end;
    json_key(&value, "marks");
    if (!line_marks(record->db, line, &value, err) || !paper_tell(record->db, line, &value, err)) goto end;
    buf_char(&value, '}');
    is_done = !is_signed ||
              record_feed(record, &(struct feed_row){.topic = "totals", .key = key, .value = buf_text(&value)}, err);
end:
    buf_free(&value);
    return is_done;
}

/* ---------------------------------------------------------------------------------------------------- verdicts */

static void verdict_write(struct db_stmt *stmt, struct buf *value)
{
    char id[ID_TEXT], epoch[EPOCH_TEXT];
    id_write((uint64_t)db_int(stmt, 1), id);
    epoch_write((struct epoch){(uint32_t)db_int(stmt, 2), (uint64_t)db_int(stmt, 3)}, epoch);
    buf_fmt(value,
            "{\"kiosk\":\"%s\",\"epoch\":\"%s\",\"seq\":%" PRId64 ",\"counted\":%" PRId64 ",\"held\":%" PRId64
            ",\"say\":%s}",
            id, epoch, db_int(stmt, 4), db_int(stmt, 5), db_int(stmt, 6),
            db_text(stmt, 8)[0] == 0 ? "[]" : db_text(stmt, 8));
}

static bool is_told(struct db *db, const char *name, bool *told, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("SELECT 1 FROM feed WHERE topic = 'verdict' AND key = $1"), &stmt, err)) return false;
    db_bind_text(stmt, 1, name);
    if (!db_step(stmt, told, err)) return false;
    db_reset(stmt);
    return true;
}

/* Only what is held, or was and no longer is, and what became of an objection. */
static bool tell_verdict(struct record *record, int64_t number, struct err *err)
{
    struct db_stmt *stmt;
    struct buf      value = {0};
    struct hash     name;
    char            key[HASH_TEXT];
    bool            row, told = true;
    size_t          len;
    if (!db_prepare(
            record->db,
            SQL("SELECT f.name, f.kiosk, f.epoch_counter, f.epoch_random, f.seq, v.counted, v.held, v.kind,"
                        " v.reason, f.kind FROM fact AS f JOIN verdict AS v ON v.number = f.number WHERE f.number = $1"),
                &stmt, err))
        return false;
    db_bind_int(stmt, 1, number);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    const void *bytes = db_blob(stmt, 0, &len);
    memcpy(name.bytes, bytes, HASH_BYTES);
    hash_write(&name, key);
    int64_t kiosk = db_int(stmt, 1);
    bool    is_held = db_int(stmt, 6) > 0 || db_int(stmt, 7) == VERDICT_HELD || db_int(stmt, 9) == EVENT_OBJECT;
    verdict_write(stmt, &value);
    db_reset(stmt);
    bool is_done = kiosk == 0 || is_held || is_told(record->db, key, &told, err);
    if (is_done && kiosk != 0 && told)
        is_done = record_feed(
            record,
            &(struct feed_row){
                .topic = "verdict", .key = key, .value = buf_text(&value), .audience = FEED_KIOSK, .only_for = kiosk},
            err);
    buf_free(&value);
    return is_done;
}

/* ---------------------------------------------------------------------------------------------------- pay */

static void pay_line_write(struct db_stmt *stmt, struct buf *out)
{
    char        name[HASH_TEXT], sheet[LINE_REF_TEXT] = "";
    struct hash hash;
    size_t      len;
    const void *bytes = db_blob(stmt, 0, &len);
    memcpy(hash.bytes, bytes, HASH_BYTES);
    hash_write(&hash, name);
    if (db_int(stmt, 1) > 0) line_ref_write(line_ref_of_key(db_int(stmt, 1)), sheet);
    json_sep(out);
    buf_fmt(out, "[\"%s\",\"%s\"", name, sheet);
    for (int c = 2; c < 7; c++) buf_fmt(out, ",%" PRId64, db_int(stmt, c));
    buf_char(out, ']');
}

/* What he did that day, undone entries left out. */
static bool pay_lines(struct db *db, int64_t worker, int64_t day, int64_t *fen, struct buf *out, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT f.name, f.line, f.op, v.good, v.held, v.rate_cfen, coalesce(d.fen, 0)"
                        " FROM fact_worker AS w JOIN fact AS f ON f.number = w.number"
                        " JOIN verdict AS v ON v.number = f.number"
                        " LEFT JOIN due AS d ON d.worker = w.worker AND d.day = w.day AND d.number = w.number"
                        " AND d.share = w.share"
                        " WHERE w.worker = $1 AND w.day = $2 AND v.kind != $3 AND f.kind IN ($4, $5)"
                        " ORDER BY w.number, w.share"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, worker);
    db_bind_int(stmt, 2, day);
    db_bind_int(stmt, 3, VERDICT_UNDONE);
    db_bind_int(stmt, 4, EVENT_REPORT);
    db_bind_int(stmt, 5, EVENT_CORRECT);
    buf_char(out, '[');
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        *fen += db_int(stmt, 6);
        pay_line_write(stmt, out);
    }
    buf_char(out, ']');
    return true;
}

static bool pay_write(struct db *db, int64_t worker, int64_t day, struct buf *out, struct err *err)
{
    struct buf lines = {0};
    int64_t    fen = 0;
    bool       is_done = pay_lines(db, worker, day, &fen, &lines, err);
    if (is_done) {
        buf_fmt(out, "{\"fen\":%" PRId64 ",\"marks\":", fen);
        is_done = worker_marks(db, worker, out, err);
        json_key(out, "lines");
        buf_str(out, buf_text(&lines));
        buf_char(out, '}');
    }
    buf_free(&lines);
    return is_done;
}

/* False in *has_key: he has no PIN yet, nothing can be sealed to him. */
static bool open_key_of(struct db *db, int64_t worker, uint8_t key[SEAL_KEY_BYTES], bool *has_key, struct err *err)
{
    struct db_stmt *stmt;
    size_t          len;
    if (!db_prepare(db, SQL("SELECT open_key FROM worker WHERE number = $1 AND open_key IS NOT NULL"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, worker);
    if (!db_step(stmt, has_key, err)) return false;
    if (*has_key) {
        const void *bytes = db_blob(stmt, 0, &len);
        if (len == SEAL_KEY_BYTES)
            memcpy(key, bytes, len);
        else
            *has_key = false;
    }
    db_reset(stmt);
    return true;
}

static bool tell_pay(struct record *record, const struct tell_row *row, struct err *err)
{
    uint8_t    open[SEAL_KEY_BYTES];
    struct buf plain = {0}, value = {0};
    char       key[48], day[DAY_TEXT];
    bool       has_key, is_done;
    if (!open_key_of(record->db, row->a, open, &has_key, err)) return false;
    if (!has_key) return true;
    is_done = pay_write(record->db, row->a, row->b, &plain, err);
    if (is_done) {
        struct hash sealed = hash_of(plain.bytes, plain.len);
        day_write((int32_t)row->b, day);
        snprintf(key, sizeof key, "%" PRId64 "/%s", row->a, day);
        buf_str(&value, "{\"box\":\"");
        seal_shut(open, plain.bytes, plain.len, &value);
        buf_str(&value, "\"}");
        is_done = record_feed(record,
                              &(struct feed_row){.topic = "pay",
                                                 .key = key,
                                                 .value = buf_text(&value),
                                                 .audience = FEED_WORKER,
                                                 .only_for = row->a,
                                                 .sealed = &sealed,
                                                 .is_anew = row->is_anew},
                              err);
    }
    buf_free(&plain);
    buf_free(&value);
    return is_done;
}

/* ---------------------------------------------------------------------------------------------------- binds */

/* The newest day of a spare badge: what kiosks of the section need, whichever of them it was bound at. */
static bool tell_bind(struct record *record, int64_t badge, struct err *err)
{
    struct db_stmt *stmt;
    struct buf      value = {0};
    char            key[24], day[DAY_TEXT];
    bool            row;
    if (!db_prepare(record->db, SQL("SELECT worker, day FROM bind WHERE badge = $1 ORDER BY day DESC LIMIT 1"), &stmt,
                                    err))
        return false;
    db_bind_int(stmt, 1, badge);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    day_write((int32_t)db_int(stmt, 1), day);
    buf_fmt(&value, "{\"worker\":%" PRId64 ",\"day\":\"%s\"}", db_int(stmt, 0), day);
    db_reset(stmt);
    snprintf(key, sizeof key, "%015" PRId64, badge);
    bool is_done = record_feed(record, &(struct feed_row){.topic = "bind", .key = key, .value = buf_text(&value)}, err);
    buf_free(&value);
    return is_done;
}

/* ---------------------------------------------------------------------------------------------------- when */

static bool tell_one(struct record *record, const struct tell_row *row, struct err *err)
{
    switch (row->what) {
    case TELL_TOTALS: return tell_totals(record, row->a, err);
    case TELL_VERDICT: return tell_verdict(record, row->a, err);
    case TELL_PAY: return tell_pay(record, row, err);
    case TELL_BIND: return tell_bind(record, row->a, err);
    case TELL_BLAME: return blame_tell(record, row->a, err);
    case TELL_POOL: return pool_tell_number(record, row->a, err);
    case TELL_NOTE: return tell_note(record, row->a, err);
    case TELL_STOCK: return tell_stock(record, row->a, err);
    case TELL_SPEED: return speed_look(record, row->a, row->b, err);
    case TELLS: break;
    }
    return true;
}

static bool row_keep(struct db *db, const struct tell_row *row, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db,
                    SQL("INSERT INTO telling (what, a, b, is_anew) VALUES ($1, $2, $3, $4) ON CONFLICT (what, a, b)"
                        " DO UPDATE SET is_anew = CASE WHEN excluded.is_anew > telling.is_anew THEN excluded.is_anew"
                        " ELSE telling.is_anew END"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, (int64_t)row->what);
    db_bind_int(stmt, 2, row->a);
    db_bind_int(stmt, 3, row->b);
    db_bind_int(stmt, 4, row->is_anew);
    return db_run(stmt, err);
}

bool telling_end(struct telling *telling, struct record *record, bool is_caught_up, struct err *err)
{
    for (size_t i = 0; i < telling->count; i++) {
        if (is_caught_up ? !tell_one(record, &telling->rows[i], err) : !row_keep(record->db, &telling->rows[i], err))
            return false;
    }
    if (telling->count > 0 && !is_caught_up) telling->waiting = -1;
    telling_clear(telling);
    return true;
}

static bool rows_read(struct db *db, int most, struct tell_row *rows, int *count, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT what, a, b, is_anew FROM telling ORDER BY what, a, b LIMIT $1"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, most);
    for (*count = 0; *count < most; (*count)++) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        rows[*count] =
            (struct tell_row){(enum tell_what)db_int(stmt, 0), db_int(stmt, 1), db_int(stmt, 2), db_int(stmt, 3) != 0};
    }
    db_reset(stmt);
    return true;
}

static bool row_drop(struct db *db, const struct tell_row *row, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("DELETE FROM telling WHERE what = $1 AND a = $2 AND b = $3"), &stmt, err)) return false;
    db_bind_int(stmt, 1, (int64_t)row->what);
    db_bind_int(stmt, 2, row->a);
    db_bind_int(stmt, 3, row->b);
    return db_run(stmt, err);
}

bool telling_some(struct telling *telling, struct record *record, int most, struct err *err)
{
    enum { AT_ONCE = 64 };
    struct tell_row rows[AT_ONCE];
    for (int done = 0, count = AT_ONCE; done < most && count == AT_ONCE; done += count) {
        if (!rows_read(record->db, AT_ONCE, rows, &count, err)) return false;
        for (int i = 0; i < count; i++)
            if (!tell_one(record, &rows[i], err) || !row_drop(record->db, &rows[i], err)) return false;
    }
    telling->waiting = -1;
    return true;
}

bool telling_worker(struct telling *telling, struct db *db, int32_t worker, int32_t day, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT day FROM day_sum WHERE day >= $1 AND worker = $2"), &stmt, err)) return false;
    db_bind_int(stmt, 1, day);
    db_bind_int(stmt, 2, worker);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        telling_note(telling, TELL_PAY, worker, db_int(stmt, 0), true);
    }
}

bool telling_has_more(struct telling *telling, struct db *db, bool *has_more, struct err *err)
{
    struct db_stmt *stmt;
    if (telling->waiting < 0) {
        if (!db_prepare(db, SQL("SELECT what FROM telling LIMIT 1"), &stmt, err)) return false;
        if (!db_step(stmt, has_more, err)) return false;
        db_reset(stmt);
        telling->waiting = *has_more;
    }
    *has_more = telling->waiting > 0;
    return true;
}
