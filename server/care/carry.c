/* carry.c - events that an old data directory holds and a new one lacks: server/care/carry.h.
 *
 * In: inbox and books of the old directory, whatever their state. Out: rows of the new inbox, one an event, in the old order and
 * with the old numbers. Where an event can't be read from either, the later ones of the same kiosk and epoch stay behind: the
 * kiosk sends all of them again, and its chain stays whole. */
#include "server/care/carry.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/db.h"
#include "core/event.h"
#include "server/care/paths.h"
#include "server/take/batch.h"

enum { TRIES_MOST = 100000 /* numbers tried behind the last that could be read: a page that is gone held fewer */ };

struct one {
    int64_t     number, taken_ms, seq;
    uint64_t    kiosk;
    int64_t     counter, random; /* of the epoch */
    struct buf  bytes;           /* of the line, without LF */
    struct hash name;
};

/* How far one kiosk's epoch is in the new inbox. */
struct reach {
    uint64_t kiosk;
    int64_t  counter, random, last;
};

struct carry {
    struct db      *inbox, *books; /* the old ones; NULL: not to be read */
    struct db      *to;
    int64_t         end; /* newest number in `to` */
    struct reach   *reaches;
    size_t          reach_count;
    struct carried *carried;
};

/* ---------------------------------------------------------------------------------------------------- the old files */

static struct db *old_open(const char *folder, const char *name)
{
    char       path[PATH_ROOM];
    struct db *db = NULL;
    struct err ignored; /* damaged or gone: that is why we are here */
    if (!path_join(path, folder, name, &ignored) || !path_is_there(path)) return NULL;
    return db_open(path, DB_READ, NULL, &db, &ignored) ? db : NULL;
}

/* The line of this number within its row; false: it isn't there, or can't be read. */
static bool inbox_one(struct carry *carry, int64_t number, struct one *one)
{
    struct db_stmt *stmt;
    struct err      ignored;
    bool            row = false;
    size_t          len;
    if (carry->inbox == NULL ||
        !db_prepare(carry->inbox,
                    SQL("SELECT number, count, kiosk, epoch_counter, epoch_random, first_seq, taken_ms, bytes"
                                      " FROM inbox WHERE number <= $1 ORDER BY number DESC LIMIT 1"),
                        &stmt, &ignored))
        return false;
    db_bind_int(stmt, 1, number);
    if (!db_step(stmt, &row, &ignored) || !row) return false;
    int64_t at = number - db_int(stmt, 0);
    bool    is_there = at < db_int(stmt, 1);
    *one = (struct one){.number = number,
                        .kiosk = (uint64_t)db_int(stmt, 2),
                        .counter = db_int(stmt, 3),
                        .random = db_int(stmt, 4),
                        .seq = db_int(stmt, 5) + at,
                        .taken_ms = db_int(stmt, 6),
                        .bytes = one->bytes};
    const char *bytes = db_blob(stmt, 7, &len), *ends = bytes + len, *lf = NULL;
    for (; is_there && at >= 0; at--, bytes = lf + 1) {
        lf = bytes >= ends ? NULL : memchr(bytes, '\n', (size_t)(ends - bytes));
        if (lf == NULL || at == 0) break;
    }
    is_there = is_there && lf != NULL;
    buf_clear(&one->bytes);
    if (is_there) buf_add(&one->bytes, bytes, (size_t)(lf - bytes));
    db_reset(stmt);
    if (is_there) one->name = event_name(buf_text(&one->bytes), one->bytes.len);
    return is_there;
}

/* The same of the books; *is_true: the bytes have the name that stands beside them. */
static bool books_one(struct carry *carry, int64_t number, struct one *one)
{
    struct db_stmt *stmt;
    struct err      ignored;
    bool            row = false;
    size_t          len, name_len;
    if (carry->books == NULL ||
        !db_prepare(carry->books, SQL("SELECT kiosk, epoch_counter, epoch_random, seq, taken_ms, bytes, name FROM fact"
                                      " WHERE number = $1"),
                                      &stmt, &ignored))
        return false;
    db_bind_int(stmt, 1, number);
    if (!db_step(stmt, &row, &ignored) || !row) return false;
    *one = (struct one){.number = number,
                        .kiosk = (uint64_t)db_int(stmt, 0),
                        .counter = db_int(stmt, 1),
                        .random = db_int(stmt, 2),
                        .seq = db_int(stmt, 3),
                        .taken_ms = db_int(stmt, 4),
                        .bytes = one->bytes};
    const char *bytes = db_blob(stmt, 5, &len);
    buf_clear(&one->bytes);
    buf_add(&one->bytes, bytes, len);
    one->name = event_name(bytes, len);
    const void *name = db_blob(stmt, 6, &name_len);
    bool        is_true = name_len == sizeof one->name.bytes && memcmp(name, one->name.bytes, name_len) == 0;
    db_reset(stmt);
    return is_true;
}

/* Books that know the event have its name too, so that their bytes are believed before those of a damaged inbox. */
static bool old_one(struct carry *carry, int64_t number, struct one *one)
{
    return books_one(carry, number, one) || inbox_one(carry, number, one);
}

/* The newest number that can be read at all. */
static int64_t old_end(struct db *db, const char *sql)
{
    struct db_stmt *stmt;
    struct err      ignored;
    bool            row = false;
    int64_t         end = 0;
    if (db == NULL || !db_prepare(db, sql, &stmt, &ignored) || !db_step(stmt, &row, &ignored) || !row) return 0;
    end = db_int(stmt, 0);
    db_reset(stmt);
    return end;
}

/* ---------------------------------------------------------------------------------------------------- the new inbox */

static struct reach *reach_of(struct carry *carry, uint64_t kiosk, int64_t counter, int64_t random)
{
    for (size_t i = carry->reach_count; i-- > 0;) { /* few: kiosks times the lives of their cards */
        struct reach *reach = &carry->reaches[i];
        if (reach->kiosk == kiosk && reach->counter == counter && reach->random == random) return reach;
    }
    carry->reaches = reallocarray(carry->reaches, carry->reach_count + 1, sizeof *carry->reaches);
    if (carry->reaches == NULL) abort();
    carry->reaches[carry->reach_count] = (struct reach){kiosk, counter, random, 0};
    return &carry->reaches[carry->reach_count++];
}

static bool reaches_read(struct carry *carry, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(carry->to, SQL("SELECT kiosk, epoch_counter, epoch_random, last_seq, number + count - 1 FROM inbox"
                                   " ORDER BY number"),
                                   &stmt, err))
        return false;
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        struct reach *reach = reach_of(carry, (uint64_t)db_int(stmt, 0), db_int(stmt, 1), db_int(stmt, 2));
        if (db_int(stmt, 3) > reach->last) reach->last = db_int(stmt, 3);
        carry->end = db_int(stmt, 4);
    }
}

static bool row_add(struct carry *carry, struct one *one, int64_t last_seq, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(carry->to, SQL("INSERT INTO inbox (number, kiosk, epoch_counter, epoch_random, first_seq, count,"
                                   " last_seq, taken_ms, bytes) VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8)"),
                                   &stmt, err))
        return false;
    buf_char(&one->bytes, '\n');
    db_bind_int(stmt, 1, carry->end + 1);
    db_bind_int(stmt, 2, (int64_t)one->kiosk);
    db_bind_int(stmt, 3, one->counter);
    db_bind_int(stmt, 4, one->random);
    db_bind_int(stmt, 5, one->seq);
    db_bind_int(stmt, 6, last_seq);
    db_bind_int(stmt, 7, one->taken_ms);
    db_bind_blob(stmt, 8, one->bytes.bytes, one->bytes.len);
    return db_run(stmt, err);
}

/* Is the same event in the new inbox already? A server on a damaged inbox may have taken it a second time: it no longer
 * knew it as the one that it had. *has is false for another event of that place: a fork, both are kept. */
static bool has_it(struct carry *carry, const struct one *one, bool *has, struct err *err)
{
    struct carry    own = {.inbox = carry->to};
    struct one      other = {.number = 0};
    struct db_stmt *stmt;
    bool            row = true, is_good = true;
    *has = false;
    if (!db_prepare(carry->to, SQL("SELECT number, first_seq FROM inbox WHERE kiosk = $1 AND epoch_counter = $2 AND"
                                   " epoch_random = $3 AND $4 BETWEEN first_seq AND first_seq + count - 1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, (int64_t)one->kiosk);
    db_bind_int(stmt, 2, one->counter);
    db_bind_int(stmt, 3, one->random);
    db_bind_int(stmt, 4, one->seq);
    while (!*has && (is_good = db_step(stmt, &row, err)) && row) {
        int64_t number = db_int(stmt, 0) + one->seq - db_int(stmt, 1);
        *has = inbox_one(&own, number, &other) && hash_equal(&one->name, &other.name);
    }
    db_reset(stmt);
    buf_free(&other.bytes);
    return is_good;
}

/* A number that its kiosk's chain can't go on with stays behind. */
static bool one_carry(struct carry *carry, struct one *one, struct err *err)
{
    struct carried *carried = carry->carried;
    struct reach   *reach = reach_of(carry, one->kiosk, one->counter, one->random);
    struct hash     next;
    int64_t         last = one->seq;
    bool            has = false;
    if (one->seq <= reach->last && !has_it(carry, one, &has, err)) return false;
    if (has) {
        carried->is_moved = true; /* what comes behind it */
        return true;
    }
    if (one->seq > reach->last + 1) {
        carried->left++;
        carried->office += one->kiosk == 0;
        return true;
    }
    if (!batch_line_is_gap(buf_text(&one->bytes), one->bytes.len, &last, &next)) last = one->seq;
    carried->is_moved |= one->number != carry->end + 1;
    if (!row_add(carry, one, last, err)) return false;
    if (last > reach->last) reach->last = last;
    carry->end++;
    carried->events++;
    return true;
}

/* The newest event of the new inbox must be the old one's of that number. */
static bool is_same_life(struct carry *carry, struct one *one)
{
    struct carry own = {.inbox = carry->to};
    struct one   mine = {.number = 0};
    bool         is_same = carry->end == 0 || (old_one(carry, carry->end, one) && inbox_one(&own, carry->end, &mine) &&
                                       hash_equal(&one->name, &mine.name));
    buf_free(&mine.bytes);
    return is_same;
}

static bool all_carry(struct carry *carry, struct one *one, struct err *err)
{
    int64_t booked = old_end(carry->books, SQL("SELECT number FROM fact ORDER BY number DESC LIMIT 1"));
    int64_t taken = old_end(carry->inbox, SQL("SELECT number + count - 1 FROM inbox ORDER BY number DESC LIMIT 1"));
    int64_t known = booked > taken ? booked : taken, read = carry->end;
    if (!db_begin(carry->to, err)) return false;
    for (int64_t number = carry->end + 1; number <= known || number < read + TRIES_MOST; number++) {
        if (number > known && taken > 0) break; /* both ends could be read */
        if (!old_one(carry, number, one)) continue;
        read = number;
        if (!one_carry(carry, one, err)) {
            db_rollback(carry->to);
            return false;
        }
    }
    return db_commit(carry->to, err);
}

bool carry_on(const char *old, const char *part, struct carried *carried, struct err *err)
{
    char         path[PATH_ROOM];
    struct carry carry = {.carried = carried};
    struct one   one = {.number = 0};
    *carried = (struct carried){.is_other = false};
    bool is_done = path_join(path, part, INBOX_FILE, err) && db_open(path, DB_WRITE, NULL, &carry.to, err) &&
                   reaches_read(&carry, err);
    if (is_done) {
        carry.inbox = old_open(old, INBOX_FILE);
        carry.books = old_open(old, BOOKS_FILE);
        carried->is_other = !is_same_life(&carry, &one);
        is_done = carried->is_other || all_carry(&carry, &one, err);
    }
    buf_free(&one.bytes);
    free(carry.reaches);
    db_close(carry.books);
    db_close(carry.inbox);
    db_close(carry.to);
    return is_done;
}
