/* diagnosis.c - how this kiosk is: kiosk/keep/diagnosis.h. */
#include "kiosk/keep/diagnosis.h"

#include <stdio.h>
#include <sys/stat.h>

#include "kiosk/keep/identity.h"
#include "kiosk/keep/place.h"
#include "kiosk/keep/space.h"

enum { PATH_BYTES = 1100 };

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
    if (!space_growth(db, now_ms, &day_bytes, err)) return false;
    diagnosis->free_bytes = space_free(path);
    diagnosis->database_bytes = file_bytes(path, "") + file_bytes(path, "-wal");
    diagnosis->days_left = space_days(diagnosis->free_bytes, day_bytes);
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
