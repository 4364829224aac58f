/* salvage.c - what can be read of a damaged database goes on in a new one: kiosk/keep/salvage.h. */
#include "kiosk/keep/salvage.h"

#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/db.h"
#include "core/embed.h"
#include "core/event.h"
#include "kiosk/keep/chosen.h"
#include "kiosk/keep/entry.h"
#include "kiosk/keep/identity.h"
#include "kiosk/keep/knob.h"
#include "kiosk/keep/outbox.h"
#include "kiosk/keep/place.h"
#include "kiosk/keep/row.h"

enum { PATH_MAX_BYTES = SALVAGE_PATH_MAX };

static void beside(const char *path, const char *tail, char name[PATH_MAX_BYTES])
{
    int len = snprintf(name, PATH_MAX_BYTES, "%s%s", path, tail);
    assert(len > 0 && len < PATH_MAX_BYTES);
    (void)len;
}

void salvage_mark(const char *path)
{
    char name[PATH_MAX_BYTES];
    beside(path, ".damaged", name);
    FILE *file = fopen(name, "w");
    if (file != NULL) fclose(file); /* where even that fails the next damage tries again */
}

bool salvage_is_marked(const char *path)
{
    char name[PATH_MAX_BYTES];
    beside(path, ".damaged", name);
    return access(name, F_OK) == 0;
}

void salvage_unmark(const char *path)
{
    char name[PATH_MAX_BYTES];
    beside(path, ".damaged", name);
    (void)remove(name);
}

/* ---------------------------------------------------------------------------------------------------- copying */

/* Who the kiosk is. Where that is unreadable, its number stands in each of its events. */
static bool identity_copy(struct db *from, struct db *to, bool *has_identity, struct err *err)
{
    struct keeper_server server = {0};
    struct err           unread;
    uint64_t             kiosk;
    *has_identity = false;
    if (!identity_open(from, &kiosk, &unread)) return true;
    if (!identity_take(to, kiosk, err)) return false;
    *has_identity = identity_server(from, &server, &unread);
    bool is_copied = !*has_identity || identity_enrol(to, &server, err);
    buf_free(&server.ca_pem);
    return is_copied;
}

static bool epoch_put(struct db *to, const struct event *event, const struct hash *name, struct err *err)
{
    struct db_stmt *stmt;
    struct hash     first = chain_first(event->kiosk, event->epoch);
    int64_t         last = event->kind == EVENT_GAP ? event->gap_to : event->seq;
    if (!db_prepare(to, SQL("INSERT INTO epoch (counter, random, last_seq, last_name, acked_seq, acked_name)"
                        " VALUES ($1, $2, $3, $4, 0, $5) ON CONFLICT (counter) DO UPDATE"
                        " SET last_seq = excluded.last_seq, last_name = excluded.last_name"
                        " WHERE excluded.last_seq > epoch.last_seq"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, event->epoch.counter);
    db_bind_int(stmt, 2, (int64_t)event->epoch.random);
    db_bind_int(stmt, 3, last);
    db_bind_blob(stmt, 4, name->bytes, sizeof name->bytes);
    db_bind_blob(stmt, 5, first.bytes, sizeof first.bytes);
    return db_run(stmt, err);
}

static bool event_put(struct db *to, int64_t n, const struct event *event, const struct hash *name, const void *line,
                      size_t len, struct err *err)
{
    struct db_stmt *stmt;
    if (!epoch_put(to, event, name, err)) return false;
    if (!db_prepare(to, SQL("INSERT INTO event (n, counter, seq, is_gap, upto, name, prev, wall_ms, line)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, n);
    db_bind_int(stmt, 2, event->epoch.counter);
    db_bind_int(stmt, 3, event->seq);
    db_bind_int(stmt, 4, event->kind == EVENT_GAP);
    db_bind_int(stmt, 5, event->kind == EVENT_GAP ? event->gap_to : event->seq);
    db_bind_blob(stmt, 6, name->bytes, sizeof name->bytes);
    db_bind_blob(stmt, 7, event->prev.bytes, sizeof event->prev.bytes);
    db_bind_int(stmt, 8, event->wall_ms);
    db_bind_blob(stmt, 9, line, len);
    if (!db_run(stmt, err)) return false;
    return db_changes(to) == 0 || entry_add(to, n, event, err);
}

/* The row that is read now, if its bytes are what their name says. */
static bool row_copy(struct db_stmt *stmt, struct db *to, struct salvaged *salvaged, struct err *err)
{
    struct event event;
    struct err   unread;
    size_t       len, name_len;
    const void  *line = db_blob(stmt, 1, &len), *bytes = db_blob(stmt, 2, &name_len);
    struct hash  name = event_name(line, len);
    if (name_len != sizeof name.bytes || memcmp(bytes, name.bytes, name_len) != 0) return true;
    if (!event_read(line, len, &event, &unread)) return true;
    if (salvaged->events == 0 && !identity_take(to, event.kiosk, err)) return false;
    salvaged->events++;
    return event_put(to, db_int(stmt, 0), &event, &name, line, len, err);
}

/* Until the first page that can't be read: from the beginning, then from the end, so only what lies between is lost. */
static bool rows_copy(struct db *from, const char *sql, struct db *to, struct salvaged *salvaged, struct err *err)
{
    struct db_stmt *stmt;
    struct err      unread;
    bool            row;
    if (!db_prepare(from, sql, &stmt, &unread)) return true;
    while (db_step(stmt, &row, &unread) && row) {
        if (row_copy(stmt, to, salvaged, err)) continue;
        db_reset(stmt);
        return false;
    }
    return true;
}

/* What people set here, for the kiosk and each for himself, as far as it can be read: a kiosk without it works all the
 * same. */
static bool knobs_copy(struct db *from, struct db *to, struct err *err)
{
    struct db_stmt *stmt;
    struct err      unread;
    char            chosen[CHOSEN_TEXT_MAX];
    bool            row;
    if (chosen_read(from, chosen, &unread) && !chosen_put(to, chosen, err)) return false;
    if (!db_prepare(from, SQL("SELECT worker, name, value FROM knob"), &stmt, &unread)) return true;
    while (db_step(stmt, &row, &unread) && row) {
        struct found_knob knob = {.worker = (int32_t)db_int(stmt, 0), .value = db_int(stmt, 2)};
        row_text(stmt, 1, knob.name, sizeof knob.name);
        if (knob_keep(to, &knob, err)) continue;
        db_reset(stmt);
        return false;
    }
    return true;
}

/* Everything counts as not acknowledged: the server says what it has. */
static bool all_copy(struct db *from, struct db *to, struct salvaged *salvaged, struct err *err)
{
    struct place place;
    struct err   unread;
    if (!identity_copy(from, to, &salvaged->has_identity, err)) return false;
    bool has_place = place_read(from, &place, &unread);
    if (!place_open(to, has_place ? place.floor_ms : 0, err)) return false;
    if (has_place && !place_write_dealt(to, place.dealt, err)) return false;
    if (!knobs_copy(from, to, err)) return false;
    if (!rows_copy(from, SQL("SELECT n, line, name FROM event ORDER BY n"), to, salvaged, err)) return false;
    return rows_copy(from, SQL("SELECT n, line, name FROM event ORDER BY n DESC"), to, salvaged, err);
}

/* What was made next may be among what is lost: new events stand in an epoch of their own. */
static bool epoch_open(struct db *to, struct err *err)
{
    struct outbox *outbox;
    if (!outbox_open(to, &outbox, err)) return false;
    bool is_open = outbox_has_work(outbox) ? outbox_new_epoch(outbox, err) : true;
    outbox_close(outbox);
    return is_open;
}

/* ---------------------------------------------------------------------------------------------------- files */

/* A log must never lie beside another file than its own: SQLite would play it back. */
static void logs_remove(const char *path)
{
    static const char *const tails[] = {"-shm", "-wal"};
    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++) {
        char name[PATH_MAX_BYTES];
        beside(path, tails[i], name);
        (void)remove(name);
    }
}

static void number_put(unsigned char bytes[4], size_t number)
{
    for (int i = 0; i < 4; i++) bytes[i] = (unsigned char)(number >> (24 - 8 * i));
}

/* A copy whose first 100 bytes are those of a fresh database of the same schema, which has the same pages behind them: size, no
 * free pages, and no doubt about either (https://www.sqlite.org/fileformat.html, 1.3). */
static bool head_mend(const char *path, const char *fresh, const char *mended)
{
    enum { HEAD = 100, CHANGES = 24, SIZE = 28, FREE = 32, VALID = 92, PAGE_BYTES = 4096 };
    unsigned char page[PAGE_BYTES], head[HEAD];
    size_t        pages = 0;
    FILE         *from = fopen(path, "rb"), *like = fopen(fresh, "rb"), *to = fopen(mended, "w+b");
    bool          is_mended = from != NULL && like != NULL && to != NULL && fread(head, 1, HEAD, like) == HEAD;
    for (; is_mended && fread(page, 1, sizeof page, from) == sizeof page; pages++)
        is_mended = fwrite(page, 1, sizeof page, to) == sizeof page;
    number_put(head + CHANGES, 1);
    number_put(head + SIZE, pages);
    memset(head + FREE, 0, 8);
    number_put(head + VALID, 1);
    is_mended = is_mended && pages > 0 && fseek(to, 0, SEEK_SET) == 0 && fwrite(head, 1, HEAD, to) == HEAD;
    if (from != NULL) fclose(from);
    if (like != NULL) fclose(like);
    return (to == NULL || fclose(to) == 0) && is_mended;
}

/* The damaged file, or where nothing can be made of its head, a copy with another. NULL: neither can be read. */
static struct db *old_open(const char *path, const char *fresh, const char *mended)
{
    struct db      *from = NULL;
    struct db_stmt *stmt;
    struct err      unread;
    bool            row;
    if (db_open(path, DB_READ, NULL, &from, &unread)) return from;
    if (!head_mend(path, fresh, mended) || !db_open(mended, DB_READ, NULL, &from, &unread)) return NULL;
    if (db_prepare(from, SQL("SELECT name FROM sqlite_schema LIMIT 1"), &stmt, &unread) &&
                   db_step(stmt, &row, &unread)) {
        if (row) db_reset(stmt);
        return from;
    }
    db_close(from);
    return NULL;
}

static bool new_fill(const char *path, const char *fresh, struct salvaged *salvaged, struct err *err)
{
    struct db *from = NULL, *to = NULL;
    char       mended[PATH_MAX_BYTES];
    beside(path, ".mended", mended);
    bool is_filled =
        db_open(fresh, DB_WRITE, NULL, &to, err) && db_migrate(to, embed_kiosk_schema, err) && db_checkpoint(to, err);
    if (is_filled) from = old_open(path, fresh, mended);
    is_filled = is_filled && db_begin(to, err);
    if (is_filled) {
        is_filled = from == NULL || all_copy(from, to, salvaged, err);
        is_filled = is_filled && db_commit(to, err);
        if (!is_filled) db_rollback(to);
    }
    is_filled = is_filled && place_open(to, 0, err) && epoch_open(to, err) && db_checkpoint(to, err);
    db_close(from);
    db_close(to);
    (void)remove(mended);
    logs_remove(mended);
    return is_filled;
}

/* The old file gets a second name before the new one takes its place, so there is a database at path at every moment. */
static bool exchange(const char *path, const char *fresh, const char *aside)
{
    char log[PATH_MAX_BYTES], log_aside[PATH_MAX_BYTES], folder[PATH_MAX_BYTES];
    beside(path, "-wal", log);
    beside(aside, "-wal", log_aside);
    if (link(path, aside) != 0) return false;
    (void)!link(log, log_aside); /* there may be none */
    logs_remove(path);
    logs_remove(fresh);
    if (rename(fresh, path) != 0) return false;
    beside(path, "", folder);
    char *slash = strrchr(folder, '/');
    if (slash == NULL)
        snprintf(folder, sizeof folder, ".");
    else
        slash[slash == folder] = 0;
    int  fd = open(folder, O_RDONLY | O_DIRECTORY);
    bool is_synced = fd >= 0 && fsync(fd) == 0; /* names are on the disk before events rely on them */
    if (fd >= 0) close(fd);
    return is_synced;
}

bool salvage(const char *path, int64_t now_ms, struct salvaged *salvaged, struct err *err)
{
    struct salvaged made = {0};
    char            fresh[PATH_MAX_BYTES];
    beside(path, ".fresh", fresh);
    char tail[32];
    snprintf(tail, sizeof tail, ".damaged-%lld", (long long)now_ms);
    beside(path, tail, made.aside);
    (void)remove(fresh); /* of a salvage that was cut */
    logs_remove(fresh);
    if (!new_fill(path, fresh, &made, err)) return false;
    if (!exchange(path, fresh, made.aside)) return err_set(err, ERR_IO, say_text(SAY("salvage.aside"), path));
    salvage_unmark(path);
    *salvaged = made;
    return true;
}
