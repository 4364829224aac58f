/* carry.c - what waits, as a file for a USB stick: kiosk/keep/carry.h.
 *
 * A line of JSON a request, epoch after epoch as they would be sent; the last line says how many there are, and the hash
 * of all before it: a file that was cut short or altered is known at once. */
#include "kiosk/keep/carry.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/json.h"
#include "kiosk/keep/identity.h"
#include "kiosk/keep/outbox.h"
#include "kiosk/keep/place.h"
#include "kiosk/keep/row.h"

enum { PATH_BYTES = 1200, EPOCHS_MOST = 64, NONCE_BYTES = 16 };

/* What is written, and for whom. */
struct carrying {
    struct db      *db;
    uint64_t        kiosk;
    struct key      key;
    struct place    place;
    int64_t         wall_ms;
    struct buf      out;
    struct carried *carried;
};

/* ---- Requests */

static void request_write(struct carrying *carrying, struct outbox_batch *batch)
{
    struct buf body = {0};
    uint8_t    bytes[NONCE_BYTES];
    char       nonce[NONCE_TEXT], kiosk[ID_TEXT], mac[HASH_TEXT];
    chain_random(bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++) snprintf(nonce + 2 * i, 3, "%02x", bytes[i]);
    id_write(carrying->kiosk, kiosk);
    outbox_words(carrying->kiosk, &carrying->place, batch, carrying->wall_ms, &body);
    buf_add(&body, buf_text(&batch->lines), batch->lines.len);
    struct hash signed_by = mac_request(&carrying->key, "POST", OUTBOX_PATH, nonce, buf_text(&body), body.len);
    hash_write(&signed_by, mac);
    buf_fmt(&carrying->out, "{\"path\":\"%s\",\"nonce\":\"%s\",\"kiosk\":\"%s\",\"mac\":\"%s\",\"body\":", OUTBOX_PATH,
            nonce, kiosk, mac);
    json_str(&carrying->out, buf_text(&body), body.len);
    buf_str(&carrying->out, "}\n");
    carrying->carried->events += batch->count;
    carrying->carried->requests++;
    buf_free(&body);
    buf_clear(&batch->lines);
}

/* ---- Epochs */

struct part {
    struct epoch epoch;
    int64_t      last_seq;
    struct mark  acked;
};

static bool parts_read(struct db *db, struct part *parts, int *count, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT counter, random, last_seq, acked_seq, acked_name FROM epoch"
                        " WHERE acked_seq < last_seq ORDER BY counter LIMIT $1"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, EPOCHS_MOST);
    for (*count = 0;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        struct part *part = &parts[*count];
        part->epoch = (struct epoch){(uint32_t)db_int(stmt, 0), (uint64_t)db_int(stmt, 1)};
        part->last_seq = db_int(stmt, 2);
        part->acked = (struct mark){.epoch = part->epoch, .seq = db_int(stmt, 3)};
        if (!row_hash(stmt, 4, &part->acked.hash, err)) {
            db_reset(stmt);
            return false;
        }
        ++*count;
    }
}

static void batch_begin(const struct part *part, int64_t first, const struct hash *prev, struct outbox_batch *batch)
{
    struct buf lines = batch->lines;
    *batch = (struct outbox_batch){
        .is_set = true, .epoch = part->epoch, .first = first, .prev = *prev, .acked = part->acked, .lines = lines};
}

/* All of an epoch that waits, up to the first number that isn't kept: a gap is made and signed when it is sent. */
static bool part_write(struct carrying *carrying, const struct part *part, struct err *err)
{
    struct db_stmt     *stmt;
    struct outbox_batch batch = {0};
    int64_t             expected = part->acked.seq + 1;
    bool                row, is_good = false;
    if (!db_prepare(carrying->db, SQL("SELECT seq, upto, prev, line FROM event WHERE counter = $1 AND seq > $2"
                        " ORDER BY seq"),
                                      &stmt, err))
        return false;
    db_bind_int(stmt, 1, part->epoch.counter);
    db_bind_int(stmt, 2, part->acked.seq);
    for (;;) {
        struct hash prev;
        size_t      len;
        if (!db_step(stmt, &row, err)) goto end;
        if (!row || db_int(stmt, 0) != expected) break;
        const char *line = db_blob(stmt, 3, &len);
        bool        is_gap = db_int(stmt, 1) != expected;
        bool is_full = batch.count == OUTBOX_BATCH_EVENTS || batch.lines.len + len >= OUTBOX_BATCH_BYTES || is_gap;
        if (batch.count > 0 && is_full) request_write(carrying, &batch);
        if (batch.count == 0 || is_full) {
            if (!row_hash(stmt, 2, &prev, err)) goto end;
            batch_begin(part, expected, &prev, &batch);
        }
        batch.count++;
        buf_add(&batch.lines, line, len);
        buf_char(&batch.lines, '\n');
        expected = db_int(stmt, 1) + 1;
        if (is_gap) { /* goes alone, as it is sent */
            request_write(carrying, &batch);
            batch.count = 0;
        }
    }
    if (row) db_reset(stmt);
    if (batch.count > 0) request_write(carrying, &batch);
    carrying->carried->is_part = carrying->carried->is_part || expected <= part->last_seq;
    is_good = true;
end:
    if (!is_good) db_reset(stmt);
    buf_free(&batch.lines);
    return is_good;
}

static bool parts_write(struct carrying *carrying, struct err *err)
{
    struct part parts[EPOCHS_MOST];
    int         count;
    if (!place_read(carrying->db, &carrying->place, err) || !parts_read(carrying->db, parts, &count, err)) return false;
    for (int i = 0; i < count; i++)
        if (!part_write(carrying, &parts[i], err)) return false;
    if (carrying->carried->requests == 0) return err_set(err, ERR_ABSENT, SAY("carry.nothing"));
    return true;
}

/* ---- The file */

static bool file_fail(const char *name, struct err *err)
{
    bool is_full = errno == ENOSPC || errno == EDQUOT;
    return err_set(err, is_full ? ERR_FULL : ERR_IO, say_text(is_full ? SAY("carry.full") : SAY("carry.write"), name));
}

static bool bytes_write(int file, const struct buf *bytes)
{
    for (size_t at = 0; at < bytes->len;) {
        ssize_t done = write(file, bytes->bytes + at, bytes->len - at);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return false;
        at += (size_t)done;
    }
    return fsync(file) == 0;
}

/* The name's own place on the stick is on it too before anybody is told to pull it out. */
static bool folder_sync(const char *folder)
{
    int  file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool is_good = file >= 0 && (fsync(file) == 0 || errno == EINVAL); /* some file systems have nothing to do there */
    if (file >= 0) close(file);
    return is_good;
}

static bool file_write(const char *folder, const char *name, const struct buf *bytes, struct err *err)
{
    char part[PATH_BYTES], whole[PATH_BYTES];
    snprintf(whole, sizeof whole, "%.1000s/%s", folder, name);
    snprintf(part, sizeof part, "%.1000s/%s.part", folder, name);
    int file = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return file_fail(folder, err);
    bool is_good = bytes_write(file, bytes);
    int  why = errno;
    is_good = close(file) == 0 && is_good;
    if (is_good) {
        is_good = rename(part, whole) == 0 && folder_sync(folder);
        why = errno;
    }
    if (is_good) return true;
    unlink(part);
    errno = why;
    return file_fail(folder, err);
}

/* baogong-9f3a0c22-0317-1432.jsonl: short enough to be read out on the telephone. */
static void name_make(uint64_t kiosk, int64_t wall_ms, int32_t offset_min, char name[CARRY_NAME])
{
    char id[ID_TEXT], time[TIME_TEXT];
    id_write(kiosk, id);
    time_write(wall_ms, offset_min, time); /* 2026-03-17T14:32:00+08:00 */
    snprintf(name, CARRY_NAME, "baogong-%.8s-%.2s%.2s-%.2s%.2s.jsonl", id, time + 5, time + 8, time + 11, time + 14);
}

static void end_write(struct carrying *carrying)
{
    struct hash sum = hash_of(carrying->out.bytes, carrying->out.len);
    char        text[HASH_TEXT];
    hash_write(&sum, text);
    buf_fmt(&carrying->out, "{\"end\":%d,\"events\":%lld,\"sum\":\"%s\"}\n", carrying->carried->requests,
            (long long)carrying->carried->events, text);
}

bool carry_write(struct db *db, const char *folder, int64_t wall_ms, int32_t offset_min, struct carried *carried,
                 struct err *err)
{
    struct carried       made = {0};
    struct keeper_server server;
    struct carrying      carrying = {.db = db, .wall_ms = wall_ms, .carried = &made};
    if (!db_begin(db, err)) return false; /* one snapshot, while the kiosk goes on saving */
    bool is_good = identity_kiosk(db, &carrying.kiosk, err) && identity_server(db, &server, err);
    if (is_good) {
        carrying.key = server.key;
        buf_free(&server.ca_pem);
        is_good = parts_write(&carrying, err);
    }
    db_rollback(db);
    if (is_good) {
        name_make(carrying.kiosk, wall_ms, offset_min, made.name);
        end_write(&carrying);
        is_good = file_write(folder, made.name, &carrying.out, err);
    }
    buf_free(&carrying.out);
    if (is_good) *carried = made;
    return is_good;
}

struct say carry_say(const struct carried *carried)
{
    struct say say = carried->is_part ? SAY("kiosk.carried_part") : SAY("kiosk.carried");
    return say_text(say_int(say, carried->events), carried->name);
}
