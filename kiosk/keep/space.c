/* space.c - how much room the kiosk's disk has left, and for how long: kiosk/keep/space.h. Takes rows of event. */
#include "kiosk/keep/space.h"

#include <sys/statvfs.h>

#define DAY_MS (INT64_C(24) * 3600 * 1000)

enum {
    GROWTH_DAYS = 7,
    SAMPLE = 64,    /* of the newest events: how long one is */
    ROW_BYTES = 400 /* of an event besides its line: its entry, and the indexes of both */
};

int64_t space_free(const char *path)
{
    struct statvfs told;
    if (statvfs(path, &told) != 0) return -1;
    return (int64_t)(told.f_bavail * told.f_frsize);
}

/* The event of that number, or the next one; false in *is_there: none. */
static bool event_at(struct db *db, int64_t at, bool *is_there, int64_t *n, int64_t *wall_ms, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("SELECT n, wall_ms FROM event WHERE n >= $1 ORDER BY n LIMIT 1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, at);
    if (!db_step(stmt, is_there, err)) return false;
    if (!*is_there) return true;
    *n = db_int(stmt, 0);
    *wall_ms = db_int(stmt, 1);
    db_reset(stmt);
    return true;
}

/* Of the newest events: the last one's number, and how many bytes one takes. */
static bool sample_read(struct db *db, int64_t *last, int64_t *bytes, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT COALESCE(MAX(n), 0), COALESCE(SUM(LENGTH(line)) / COUNT(*), 0)"
                        " FROM (SELECT n, line FROM event ORDER BY n DESC LIMIT $1) newest"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, SAMPLE);
    if (!db_step(stmt, &row, err)) return false;
    *last = db_int(stmt, 0);
    *bytes = db_int(stmt, 1) + ROW_BYTES;
    db_reset(stmt);
    return true;
}

/* The number at which the last 7 days begin. Clocks may have jumped; for a guess it is enough that they mostly go on. */
static bool week_begins(struct db *db, int64_t now_ms, int64_t last, int64_t *first, int64_t *first_ms, struct err *err)
{
    int64_t low = 1, high = last, n = last, wall_ms = now_ms;
    bool    is_there;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (!event_at(db, middle, &is_there, &n, &wall_ms, err)) return false;
        if (is_there && wall_ms < now_ms - GROWTH_DAYS * DAY_MS)
            low = n + 1;
        else
            high = middle;
    }
    if (!event_at(db, low, &is_there, &n, &wall_ms, err)) return false;
    *first = is_there ? n : last;
    *first_ms = is_there ? wall_ms : now_ms;
    return true;
}

bool space_growth(struct db *db, int64_t now_ms, int64_t *day_bytes, struct err *err)
{
    int64_t last, bytes, first, first_ms;
    if (!sample_read(db, &last, &bytes, err)) return false;
    *day_bytes = 0;
    if (last == 0) return true;
    if (!week_begins(db, now_ms, last, &first, &first_ms, err)) return false;
    int64_t days = now_ms > first_ms ? (now_ms - first_ms) / DAY_MS + 1 : 1;
    *day_bytes = (last - first + 1) * bytes / (days < GROWTH_DAYS ? days : GROWTH_DAYS);
    return true;
}

int32_t space_days(int64_t free_bytes, int64_t day_bytes)
{
    if (free_bytes < 0 || day_bytes <= 0) return -1;
    int64_t days = free_bytes > SPACE_FULL ? (free_bytes - SPACE_FULL) / day_bytes : 0;
    return (int32_t)(days < SPACE_DAYS_MOST ? days : SPACE_DAYS_MOST);
}

bool space_is_low(int64_t free_bytes, int64_t day_bytes)
{
    int32_t days = space_days(free_bytes, day_bytes);
    return free_bytes >= 0 && (free_bytes < SPACE_LOW || (days >= 0 && days < SPACE_DAYS));
}
