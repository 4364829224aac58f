/* diagnosis.c - how this kiosk is: kiosk/keep/diagnosis.h. */
#include "kiosk/keep/diagnosis.h"

#include <stdio.h>
#include <sys/stat.h>

#include "kiosk/keep/identity.h"
#include "kiosk/keep/place.h"
#include "kiosk/keep/space.h"

#define DAY_MS (INT64_C(24) * 3600 * 1000)

enum {
    GROWTH_DAYS = 7,
    ROW_BYTES = 400, /* of an event besides its line: its entry, and the indexes of both */
    DAYS_MOST = 9999,
    PATH_BYTES = 1100
};

static bool who_look(struct db *db, struct found_diagnosis *diagnosis, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT kiosk, address, port, is_tls FROM identity"), &stmt, err) ||
                    !db_step(stmt, &row, err))
        return false;
    if (!row) return true;
    diagnosis->kiosk = (uint64_t)db_int(stmt, 0);
    diagnosis->server[0] = '\0';
    if (!db_is_null(stmt, 1) && !db_is_null(stmt, 2) && !db_is_null(stmt, 3)) {
        snprintf(diagnosis->server, sizeof diagnosis->server, "%.56s:%lld", db_text(stmt, 1),
                 (long long)db_int(stmt, 2));
        diagnosis->is_tls = db_int(stmt, 3) != 0;
    }
    db_reset(stmt);
    return true;
}

static bool waiting_look(struct db *db, struct found_diagnosis *diagnosis, struct err *err)
{
    struct db_stmt *stmt;
    struct event    event;
    struct err      unread;
    bool            row;
    diagnosis->waiting_count = 0;
    if (!db_prepare(db, SQL("SELECT event.line FROM event JOIN epoch USING (counter)"
                        " WHERE event.is_gap = 0 AND event.seq > epoch.acked_seq ORDER BY event.n LIMIT $1"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, FOUND_WAITING_MAX);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        size_t      len;
        const void *line = db_blob(stmt, 0, &len);
        if (!event_read(line, len, &event, &unread)) continue; /* of a newer program: sent as it is, shown by that */
        diagnosis->waiting[diagnosis->waiting_count++] = (struct found_waiting){
            .seq = event.seq, .kind = event.kind, .sheet = event.sheet, .count = event.count, .wall_ms = event.wall_ms};
    }
}

/* Bytes that a day's events take, as it was in the last 7 days; 0: nothing came. */
static bool growth_look(struct db *db, int64_t now_ms, int64_t *day_bytes, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT COUNT(*), COALESCE(SUM(LENGTH(line)), 0), COALESCE(MIN(wall_ms), $1) FROM event"
                        " WHERE wall_ms > $1 - $2"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, now_ms);
    db_bind_int(stmt, 2, GROWTH_DAYS * DAY_MS);
    if (!db_step(stmt, &row, err)) return false;
    int64_t count = db_int(stmt, 0), bytes = db_int(stmt, 1), span_ms = now_ms - db_int(stmt, 2);
    db_reset(stmt);
    int64_t days = span_ms / DAY_MS + 1;
    *day_bytes = (bytes + count * ROW_BYTES) / (days > 0 ? days : 1);
    return true;
}

static int64_t file_bytes(const char *path, const char *tail)
{
    char        name[PATH_BYTES];
    struct stat told;
    snprintf(name, sizeof name, "%s%s", path, tail);
    return stat(name, &told) == 0 ? (int64_t)told.st_size : 0;
}

static bool disk_look(struct db *db, const char *path, int64_t now_ms, struct found_diagnosis *diagnosis,
                      struct err *err)
{
    int64_t day_bytes;
    if (!growth_look(db, now_ms, &day_bytes, err)) return false;
    diagnosis->free_bytes = space_free(path);
    diagnosis->database_bytes = file_bytes(path, "") + file_bytes(path, "-wal");
    int64_t room = diagnosis->free_bytes - SPACE_FULL;
    diagnosis->days_left = -1;
    if (diagnosis->free_bytes < 0 || day_bytes == 0) return true;
    int64_t days = room > 0 ? room / day_bytes : 0;
    diagnosis->days_left = (int32_t)(days < DAYS_MOST ? days : DAYS_MOST);
    return true;
}

bool diagnosis_look(struct db *db, const char *path, int64_t now_ms, struct found_diagnosis *diagnosis, struct err *err)
{
    struct place place;
    if (!who_look(db, diagnosis, err) || !place_read(db, &place, err) || !waiting_look(db, diagnosis, err) ||
        !disk_look(db, path, now_ms, diagnosis, err))
        return false;
    diagnosis->heard_ms = place.heard_ms;
    return true;
}
