/* pay.c - a worker's sealed pay boxes, opened with his PIN: look_pay() of kiosk/keep/look.h.
 *
 * A box holds what the books owe him for a day, with the marks up to which they include each kiosk; this kiosk adds its
 * own entries behind its mark. A day without a box is all own entries. The books may have put an entry on another day than
 * this kiosk did, whose clock was wrong: what any box lists isn't added. */
#include <string.h>

#include "core/event.h"
#include "core/json.h"
#include "core/seal.h"
#include "kiosk/keep/identity.h"
#include "kiosk/keep/look.h"
#include "kiosk/keep/own.h"

enum { PAY_DAYS = 35 };

struct counts {
    int boxes, opened;
};

/* One day as it is found: the box's word, then the own entries behind it. */
struct day_pay {
    int32_t      day;
    int64_t      fen, held;
    struct reach reach;
    struct json *box; /* what was in it; NULL: none, or it isn't his */
};

struct days {
    int            count;
    struct day_pay of[PAY_DAYS]; /* newest first */
};

/* What is in an opened box; a box of another form says nothing. */
static bool box_read(struct db *db, uint64_t kiosk, const struct buf *opened, struct day_pay *pay, struct err *err)
{
    struct err unread;
    pay->box = json_read(buf_text(opened), opened->len, &unread);
    const struct json *lines = json_get(pay->box, "lines");
    pay->fen = json_int(json_get(pay->box, "fen"), 0);
    for (size_t i = 0; i < json_count(lines); i++) pay->held += json_int(json_at(json_at(lines, i), 4), 0);
    return own_reach(db, kiosk, json_get(pay->box, "marks"), &pay->reach, err);
}

static bool is_listed(const struct days *days, const struct hash *name)
{
    char text[HASH_TEXT];
    hash_write(name, text);
    for (int i = 0; i < days->count; i++) {
        const struct json *lines = json_get(days->of[i].box, "lines");
        for (size_t k = 0; k < json_count(lines); k++)
            if (strcmp(json_text(json_at(json_at(lines, k), 0), ""), text) == 0) return true;
    }
    return false;
}

/* The box of that day, if there is one and it is his. */
static bool box_open(struct db *db, uint64_t kiosk, int32_t worker, const struct seal_pair *pair, struct day_pay *pay,
                     struct counts *counts, struct err *err)
{
    struct db_stmt *stmt;
    struct buf      opened = {0};
    struct err      shut;
    bool            row;
    if (!db_prepare(db, SQL("SELECT box FROM pay WHERE worker = $1 AND day = $2"), &stmt, err)) return false;
    db_bind_int(stmt, 1, worker);
    db_bind_int(stmt, 2, pay->day);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    const char *box = db_text(stmt, 0);
    bool        is_open = seal_open(pair, box, strlen(box), &opened, &shut);
    db_reset(stmt);
    counts->boxes++;
    counts->opened += is_open;
    bool is_read = !is_open || box_read(db, kiosk, &opened, pay, err);
    buf_free(&opened);
    return is_read;
}

static bool own_pay(struct db *db, int32_t worker, const struct days *days, struct day_pay *pay, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!own_of_day(db, worker, pay->day, &stmt, err)) return false;
    for (;;) {
        struct own_entry entry;
        int64_t          fen;
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        own_read(stmt, &entry);
        if (!own_settle(db, &entry, pay->reach, err) || !own_share(db, &entry, worker, &fen, err)) {
            db_reset(stmt);
            return false;
        }
        if (entry.sign > 0 && is_listed(days, &entry.name)) continue;
        pay->fen += entry.sign * fen;
        if (entry.sign > 0) pay->held += entry.held;
    }
}

/* Days with a box or an own entry, newest first. */
static bool days_read(struct db *db, int32_t worker, int32_t today, struct days *days, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT day FROM pay WHERE worker = $1 AND day > $2 AND day <= $3"
                        " UNION SELECT e.day FROM entry_worker w JOIN entry e ON e.n = w.n"
                        " WHERE w.worker = $1 AND e.day > $2 AND e.day <= $3 ORDER BY 1 DESC LIMIT $4"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, worker);
    db_bind_int(stmt, 2, today - PAY_DAYS);
    db_bind_int(stmt, 3, today);
    db_bind_int(stmt, 4, PAY_DAYS);
    for (;; days->count++) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        days->of[days->count].day = (int32_t)db_int(stmt, 0);
    }
}

static bool pay_find(struct db *db, const struct look *look, int32_t worker, const struct seal_pair *pair,
                     struct days *days, struct found_pay *pay, struct err *err)
{
    struct counts counts = {0};
    uint64_t      kiosk;
    if (!identity_kiosk(db, &kiosk, err) || !days_read(db, worker, look->day, days, err)) return false;
    for (int i = 0; i < days->count; i++)
        if (!box_open(db, kiosk, worker, pair, &days->of[i], &counts, err)) return false;
    for (int i = 0; i < days->count; i++) {
        struct day_pay *one = &days->of[i];
        if (!own_pay(db, worker, days, one, err)) return false;
        pay->total_fen += one->fen;
        pay->held += one->held;
        if (one->day == look->day) pay->today_fen = one->fen;
        if (pay->count == FOUND_PAY_LINES_MAX) continue;
        pay->days[pay->count].day = one->day;
        pay->days[pay->count++].fen = one->fen;
    }
    pay->is_open = counts.opened > 0;
    if (counts.boxes == 0)
        pay->say = SAY("pay.nothing");
    else if (!pay->is_open)
        pay->say = SAY("pay.pin");
    pay->is_wrong = counts.boxes > 0 && !pay->is_open;
    return true;
}

bool look_pay(struct db *db, const struct look *look, int32_t worker, const struct seal_pair *pair,
              struct found_pay *pay, struct err *err)
{
    struct found_pay made = {0};
    struct days      days = {0};
    if (!db_begin(db, err)) return false;
    bool is_found = pay_find(db, look, worker, pair, &days, &made, err);
    db_rollback(db);
    for (int i = 0; i < days.count; i++) json_free(days.of[i].box);
    if (!is_found) return false;
    /* Nothing of it shows without the right PIN. */
    *pay = made.is_open ? made : (struct found_pay){.is_wrong = made.is_wrong, .say = made.say};
    return true;
}
