/* doctor.c - is this server well? server/care/doctor.h.
 *
 * In: the data directory, its disk, folders of backups, what the running server said of itself. Out: a line each: ok,
 * look or bad. What can't be looked at is a finding, not an end: the others are still said. */
#include "server/care/doctor.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/db.h"
#include "core/embed.h"
#include "server/care/paths.h"

enum grade { GRADE_OK, GRADE_LOOK, GRADE_BAD };

enum {
    MINUTE_MS = 60 * 1000,
    LOST_MS = 3 * MINUTE_MS, /* a kiosk asks at least every half a minute */
    HOURS_OF_BACKUP = 26,    /* one a day, and time to make it */
    DAYS_OF_EXCEPTION = 3,
    DAYS_OF_CERT = 30,
    DAYS_OF_SPACE = 30,
    DAYS_OF_YEARS = 3650,
    DAYS_OF_NO_SPACE = 7,
    LEAST_MB = 200,
    WEEK_DAYS = 7,
    UNBOOKED_MOST = 1000
};
#define DAY_MS INT64_C(86400000)
#define HOUR_MS INT64_C(3600000)

struct round {
    const struct doctor *doctor;
    const struct care   *care;
    int64_t              count;
    bool                 is_bad;
    struct say           first_bad;
    struct db           *books, *inbox; /* NULL: it isn't there, or nothing in it can be believed */
};

static void found(struct round *round, enum grade grade, struct say say)
{
    static const struct {
        const char *word, *id; /* for programs; for people, in the catalogue */
    } GRADES[] = {
        [GRADE_OK] = {"ok",   "doctor.grade.ok"  },
        [GRADE_LOOK] = {"look", "doctor.grade.look"},
        [GRADE_BAD] = {"bad",  "doctor.grade.bad" },
    };
    const struct care *care = round->care;
    struct buf         line = {0};
    if (care->is_json) {
        buf_fmt(&line, "%s{\"grade\":\"%s\"", round->count == 0 ? "{\"findings\":[" : ",", GRADES[grade].word);
        text_say_json(care->lang, &say, &line);
        buf_char(&line, '}');
    } else {
        buf_fmt(&line, "%-4s ", text_of(care->lang, GRADES[grade].id));
        text_say_buf(care->lang, &say, &line);
        buf_char(&line, '\n');
    }
    fputs(buf_text(&line), care->out);
    buf_free(&line);
    round->count++;
    if (grade != GRADE_BAD || round->is_bad) return;
    round->is_bad = true;
    round->first_bad = say;
}

/* What couldn't be looked at, in its own words. */
static void found_err(struct round *round, const struct err *err)
{
    found(round, GRADE_BAD, err->say);
}

/* 2026-11-24 08:10, factory time */
static struct say say_time(const struct round *round, struct say say, int64_t utc_ms)
{
    char time[TIME_TEXT], shown[TIME_TEXT];
    time_write(utc_ms, round->care->offset_min, time);
    snprintf(shown, sizeof shown, "%.10s %.5s", time, time + 11);
    return say_text(say, shown);
}

/* ---------------------------------------------------------------------------------------------------- the folder */

/* Wages and the CA's key lie in it: its owner alone. False: there is none, so that nothing else can be said. */
static bool folder_look(struct round *round)
{
    const char *data = round->care->data;
    struct stat stat_of;
    struct err  err;
    if (stat(data, &stat_of) != 0) {
        file_fail(data, errno, &err);
        found_err(round, &err);
        return false;
    }
    if ((stat_of.st_mode & 077) != 0) {
        char rights[8];
        snprintf(rights, sizeof rights, "%03o", (unsigned)(stat_of.st_mode & 0777));
        found(round, GRADE_BAD, say_text(say_text(SAY("doctor.folder.open"), data), rights));
    } else if (access(data, R_OK | W_OK | X_OK) != 0) {
        found(round, GRADE_BAD, say_text(SAY("doctor.folder.shut"), data));
    } else {
        found(round, GRADE_OK, say_text(SAY("doctor.folder.ok"), data));
    }
    return true;
}

static int64_t bytes_of(const struct round *round, const char *name)
{
    char        path[PATH_ROOM];
    struct stat stat_of;
    struct err  err;
    return path_join(path, round->care->data, name, &err) && stat(path, &stat_of) == 0 ? stat_of.st_size : 0;
}

/* When the newest event up to a number was taken, and its number; 0 where there is none. */
static bool taken_at(struct db *inbox, int64_t up_to, int64_t *number, int64_t *taken_ms, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    *number = *taken_ms = 0;
    if (!db_prepare(
            inbox,
            SQL("SELECT number + count - 1, taken_ms FROM inbox WHERE number <= $1 ORDER BY number DESC LIMIT 1"),
                &stmt, err))
        return false;
    db_bind_int(stmt, 1, up_to);
    if (!db_step(stmt, &row, err)) return false;
    if (row) {
        *number = db_int(stmt, 0);
        *taken_ms = db_int(stmt, 1);
        db_reset(stmt);
    }
    return true;
}

/* When the first event was taken; 0: there is none. */
static bool taken_first(struct db *inbox, int64_t *taken_ms, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    *taken_ms = 0;
    if (!db_prepare(inbox, SQL("SELECT taken_ms FROM inbox ORDER BY number LIMIT 1"), &stmt, err)) return false;
    if (!db_step(stmt, &row, err)) return false;
    if (row) *taken_ms = db_int(stmt, 0);
    db_reset(stmt);
    return true;
}

/* Events of the last seven days, found by halving: numbers and times grow together. *days: of how many of them there can be
 * events, as a server is as old as its first. */
static bool week_count(struct db *inbox, int64_t now_ms, int64_t *events, int64_t *all, int64_t *days, struct err *err)
{
    int64_t low = 0, number, taken_ms;
    if (!taken_first(inbox, &taken_ms, err)) return false;
    int64_t age = taken_ms == 0 || taken_ms > now_ms ? 0 : (now_ms - taken_ms) / DAY_MS + 1;
    *days = age < WEEK_DAYS ? age : WEEK_DAYS;
    if (!taken_at(inbox, INT64_MAX, all, &taken_ms, err)) return false;
    for (int64_t high = *all; low < high;) {
        int64_t middle = low + (high - low + 1) / 2;
        if (!taken_at(inbox, middle, &number, &taken_ms, err)) return false;
        if (taken_ms < now_ms - WEEK_DAYS * DAY_MS)
            low = middle;
        else
            high = middle - 1;
    }
    *events = *all - low;
    return true;
}

/* Free room, and for how many days it is enough if each event goes on to take as much as those before. */
static void space_look(struct round *round)
{
    struct statvfs disk;
    struct err     err;
    int64_t        events = 0, all = 0, known = 0;
    if (statvfs(round->care->data, &disk) != 0) {
        file_fail(round->care->data, errno, &err);
        found_err(round, &err);
        return;
    }
    int64_t free_bytes = (int64_t)(disk.f_bavail * disk.f_frsize), free_mb = free_bytes / 1000000;
    if (round->inbox != NULL && !week_count(round->inbox, round->care->now_ms, &events, &all, &known, &err)) {
        found_err(round, &err);
        return;
    }
    int64_t a_day =
        known == 0 || all == 0 ? 0 : (bytes_of(round, BOOKS_FILE) + bytes_of(round, INBOX_FILE)) / all * events / known;
    int64_t    days = a_day == 0 ? INT64_MAX : free_bytes / a_day;
    struct say say = say_int(say_int(say_int(SAY("doctor.space"), free_mb), days), known);
    if (days > DAYS_OF_YEARS) say = say_int(SAY("doctor.space.years"), free_mb);
    if (a_day == 0) say = say_int(known == 0 ? SAY("doctor.space.new") : SAY("doctor.space.still"), free_mb);
    if (free_mb == 0)
        found(round, GRADE_BAD, SAY("doctor.space.full"));
    else if (free_mb < LEAST_MB || days < DAYS_OF_NO_SPACE)
        found(round, GRADE_BAD, say_int(SAY("doctor.space.none"), free_mb));
    else
        found(round, days < DAYS_OF_SPACE ? GRADE_LOOK : GRADE_OK, say);
}

/* ---------------------------------------------------------------------------------------------------- databases */

static bool pragma_int(struct db *db, const char *pragma, int64_t *value, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, pragma, &stmt, err) || !db_step(stmt, &row, err)) return false;
    *value = row ? db_int(stmt, 0) : 0;
    db_reset(stmt);
    return true;
}

/* Pages and their order, without comparing each index with its table: that is `check`. */
static bool is_quick_sound(struct db *db, const char *name, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, "PRAGMA quick_check(1)", &stmt, err) || !db_step(stmt, &row, err)) return false;
    bool is_sound = row && strcmp(db_text(stmt, 0), "ok") == 0;
    if (!is_sound) err_set(err, ERR_DAMAGED, say_text(SAY("doctor.file.damaged"), name));
    if (row) db_reset(stmt);
    return is_sound;
}

static int64_t steps_of(const struct embed *schema)
{
    int64_t steps = 0;
    while (schema[steps].name != NULL) steps++;
    return steps;
}

static struct db *file_look(struct round *round, const char *name, const struct embed *schema)
{
    struct db *db = NULL;
    char       path[PATH_ROOM];
    struct err err;
    int64_t    version = 0, newest = steps_of(schema);
    bool       is_done = path_join(path, round->care->data, name, &err) &&
                   db_open(path, DB_READ, round->care->vfs, &db, &err) && is_quick_sound(db, name, &err) &&
                   pragma_int(db, "PRAGMA user_version", &version, &err);
    if (!is_done) {
        found_err(round, &err);
        db_close(db);
        return NULL;
    }
    found(round, GRADE_OK, say_text(SAY("doctor.file.ok"), name));
    if (version == newest) {
        found(round, GRADE_OK, say_int(say_text(SAY("doctor.schema.ok"), name), version));
        return db;
    }
    found(round, version > newest ? GRADE_BAD : GRADE_LOOK,
          say_int(say_int(say_text(version > newest ? SAY("doctor.schema.newer") : SAY("doctor.schema.older"), name),
                          version),
                  newest));
    db_close(db);
    return NULL;
}

/* Taken by this machine's clock, so that a newer one says that it was set back. */
static void clock_look(struct round *round)
{
    struct err err;
    int64_t    number = 0, taken_ms = 0;
    if (round->inbox == NULL) return;
    if (!taken_at(round->inbox, INT64_MAX, &number, &taken_ms, &err))
        found_err(round, &err);
    else if (number == 0)
        found(round, GRADE_OK, say_time(round, SAY("doctor.clock.empty"), round->care->now_ms));
    else if (taken_ms > round->care->now_ms + MINUTE_MS)
        found(round, GRADE_BAD,
              say_time(round, say_time(round, SAY("doctor.clock.back"), round->care->now_ms), taken_ms));
    else
        found(round, GRADE_OK, say_time(round, say_time(round, SAY("doctor.clock.ok"), round->care->now_ms), taken_ms));
}

/* Books of one day beside an inbox of another, or an inbox that lost its end. The books were read first: what is booked meanwhile
 * stood in the inbox before. */
static void place_look(struct round *round)
{
    struct err err;
    int64_t    applied_to = 0, number = 0, taken_ms;
    if (round->inbox == NULL || round->books == NULL) return;
    if (!pragma_int(round->books, SQL("SELECT applied_to FROM place WHERE only_row = 1"), &applied_to, &err) ||
                    !taken_at(round->inbox, INT64_MAX, &number, &taken_ms, &err) ||
                    !care_place(applied_to, number, &err))
        found_err(round, &err);
}

/* Kiosks knew more of it than it did itself: what the office had done last is gone, though nobody restored a backup. */
static void set_back_look(struct round *round)
{
    struct db_stmt *stmt;
    struct err      err;
    bool            row = false;
    if (round->inbox == NULL) return;
    if (!db_prepare(round->inbox, SQL("SELECT opened_ms FROM server_epoch WHERE why = 'back' AND opened_ms > $1"
                                      " ORDER BY opened_ms DESC LIMIT 1"),
                                      &stmt, &err)) {
        found_err(round, &err);
        return;
    }
    db_bind_int(stmt, 1, round->care->now_ms - WEEK_DAYS * DAY_MS);
    if (!db_step(stmt, &row, &err))
        found_err(round, &err);
    else if (row)
        found(round, GRADE_LOOK, say_time(round, SAY("doctor.set_back"), db_int(stmt, 0)));
    if (row) db_reset(stmt);
}

/* What page Exceptions shows as open (the list `exceptions` of server/ask/watch.c), older than some days; but for cases, which
 * have a time of their own. */
static bool exceptions_count(struct db *books, int64_t before_ms, int64_t *count, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(
            books,
            SQL("SELECT COUNT(*) FROM (SELECT reason AS what, name AS name, say AS say FROM exception WHERE at_ms < $1"
                        " UNION ALL SELECT 'books.missing', CAST('missing ' || line || ' ' || rev || ' ' || op AS BLOB), say"
                        "  FROM op_missing WHERE at_ms < $1"
                        " UNION ALL SELECT g.what, g.name, g.say FROM speed_flag AS g JOIN verdict AS v ON v.number = g.number"
                        "  WHERE v.kind != 3 AND g.at_ms < $1"
                        " UNION ALL SELECT 'verdict.object', f.name, '' FROM fact AS f JOIN verdict AS v ON v.number = f.number"
                        "  WHERE f.kind = 16 AND v.kind = 0 AND v.decided_by = 0 AND v.cancelled_by = 0 AND f.taken_ms < $1"
                        ") AS x LEFT JOIN settled AS s ON s.reason = x.what AND s.name = x.name"
                        " WHERE s.settled_by IS NULL OR s.settled_by = '' OR s.told != x.say"),
                &stmt, err))
        return false;
    db_bind_int(stmt, 1, before_ms);
    if (!db_step(stmt, &row, err)) return false;
    *count = row ? db_int(stmt, 0) : 0;
    db_reset(stmt);
    return true;
}

static void exceptions_look(struct round *round)
{
    struct err err;
    int64_t    count = 0;
    if (round->books == NULL) return;
    if (!exceptions_count(round->books, round->care->now_ms - DAYS_OF_EXCEPTION * DAY_MS, &count, &err))
        found_err(round, &err);
    else if (count > 0)
        found(round, GRADE_LOOK, say_int(say_int(SAY("doctor.exceptions"), count), DAYS_OF_EXCEPTION));
    else
        found(round, GRADE_OK, say_int(SAY("doctor.exceptions.ok"), DAYS_OF_EXCEPTION));
}

/* ---------------------------------------------------------------------------------------------------- backups */

static int two_digits(const char *text)
{
    return (text[0] - '0') * 10 + (text[1] - '0');
}

/* The time of a name that stamp_write() made; what follows the stamp is the caller's. */
static bool stamp_read(const char *name, int32_t offset_min, int64_t *utc_ms)
{
    char    text[DAY_TEXT];
    int32_t day;
    if (strlen(name) < STAMP_TEXT - 1 || name[8] != '-') return false;
    for (int i = 0; i < STAMP_TEXT - 1; i++)
        if (i != 8 && (name[i] < '0' || name[i] > '9')) return false;
    snprintf(text, sizeof text, "%.4s-%.2s-%.2s", name, name + 4, name + 6);
    if (!day_read(text, &day)) return false;
    int64_t minutes = two_digits(name + 9) * 60 + two_digits(name + 11) - offset_min;
    *utc_ms = day * DAY_MS + minutes * MINUTE_MS + two_digits(name + 13) * INT64_C(1000);
    return true;
}

struct newest {
    int64_t good_ms, bad_ms; /* 0: none */
};

/* A name without an ending is a good backup; .broken and .damaged say what they are; .part is being made. */
static void backups_read(const char *folder, int32_t offset_min, struct newest *newest)
{
    int64_t at_ms;
    DIR    *dir = opendir(folder);
    if (dir == NULL) return;
    for (const struct dirent *one; (one = readdir(dir)) != NULL;) {
        if (!stamp_read(one->d_name, offset_min, &at_ms)) continue;
        const char *ending = one->d_name + STAMP_TEXT - 1;
        bool        is_bad = strcmp(ending, ".broken") == 0 || strcmp(ending, ".damaged") == 0;
        if (ending[0] == 0 && at_ms > newest->good_ms) newest->good_ms = at_ms;
        if (is_bad && at_ms > newest->bad_ms) newest->bad_ms = at_ms;
    }
    closedir(dir);
}

static void backup_look(struct round *round)
{
    const struct care *care = round->care;
    struct newest      newest = {0};
    char               own[PATH_ROOM];
    struct err         err;
    backups_read(round->doctor->backups, care->offset_min, &newest);
    if (path_join(own, care->data, "backup", &err)) backups_read(own, care->offset_min, &newest);
    if (newest.bad_ms > newest.good_ms)
        found(round, GRADE_BAD,
              say_text(say_time(round, SAY("doctor.backup.bad"), newest.bad_ms), round->doctor->backups));
    else if (newest.good_ms == 0)
        found(round, GRADE_LOOK, say_text(SAY("doctor.backup.none"), round->doctor->backups));
    else
        found(round, care->now_ms - newest.good_ms > HOURS_OF_BACKUP * HOUR_MS ? GRADE_LOOK : GRADE_OK,
              say_int(say_time(round,
                               care->now_ms - newest.good_ms > HOURS_OF_BACKUP * HOUR_MS ? SAY("doctor.backup.old")
                                                                                         : SAY("doctor.backup.ok"),
                               newest.good_ms),
                      (care->now_ms - newest.good_ms) / HOUR_MS));
}

/* ---------------------------------------------------------------------------------------------------- the server */

static void cert_look(struct round *round)
{
    const struct doctor *doctor = round->doctor;
    int64_t              ends_ms = doctor->cert_ends_s * 1000, ca_ends_ms = doctor->ca_ends_s * 1000;
    int64_t              soon_ms = round->care->now_ms + DAYS_OF_CERT * DAY_MS;
    if (!say_is_empty(&doctor->cert_trouble))
        found(round, GRADE_BAD, doctor->cert_trouble);
    else if (!doctor->has_cert)
        found(round, GRADE_OK, SAY("doctor.cert.none"));
    else if (ca_ends_ms < soon_ms)
        found(round, ca_ends_ms < round->care->now_ms ? GRADE_BAD : GRADE_LOOK,
              say_time(round, SAY("doctor.cert.ca"), ca_ends_ms));
    else if (ends_ms < soon_ms)
        found(round, ends_ms < round->care->now_ms ? GRADE_BAD : GRADE_LOOK,
              say_time(round, SAY("doctor.cert.old"), ends_ms));
    else
        found(round, GRADE_OK, say_time(round, say_time(round, SAY("doctor.cert.ok"), ends_ms), ca_ends_ms));
}

static void server_look(struct round *round)
{
    const struct doctor_server *server = &round->doctor->server;
    if (!server->is_running) {
        found(round, GRADE_LOOK, SAY("doctor.server.absent"));
        return;
    }
    found(round, server->is_reachable ? GRADE_OK : GRADE_BAD,
          say_text(server->is_reachable ? SAY("doctor.server.ok") : SAY("doctor.server.shut"), server->place));
    if (!say_is_empty(&server->trouble)) found(round, GRADE_BAD, server->trouble);
    if (server->unbooked > UNBOOKED_MOST)
        found(round, GRADE_LOOK, say_int(SAY("doctor.server.behind"), server->unbooked));
}

/* One kiosk's ills; *is_ill: it has some. *is_heard: it was, since the server's start. */
static void kiosk_look(struct round *round, uint64_t kiosk, int64_t number, const char *station, bool *is_ill,
                       bool *is_heard)
{
    const struct doctor_server *server = &round->doctor->server;
    const struct doctor_kiosk  *heard = NULL;
    int64_t                     now_ms = round->care->now_ms;
    struct say                  silent = say_text(say_int(SAY("doctor.kiosk.silent"), number), station);
    for (size_t i = 0; i < server->kiosk_count; i++)
        if (server->kiosks[i].kiosk == kiosk) heard = &server->kiosks[i];
    int64_t since_ms = heard == NULL ? server->started_ms : heard->heard_ms;
    int     against = heard == NULL ? 0 : version_order(heard->version, server->version);
    bool    is_silent = now_ms - since_ms > LOST_MS, is_waiting = heard != NULL && heard->waiting > 0;
    if (is_silent) found(round, GRADE_LOOK, say_time(round, silent, since_ms));
    if (is_waiting)
        found(round, GRADE_LOOK,
              say_int(say_text(say_int(SAY("doctor.kiosk.waiting"), number), station), heard->waiting));
    if (against != 0) {
        struct say say = say_int(against < 0 ? SAY("doctor.kiosk.older") : SAY("doctor.kiosk.newer"), number);
        found(round, GRADE_LOOK, say_text(say_text(say_text(say, station), heard->version), server->version));
    }
    *is_ill = is_silent || is_waiting || against != 0;
    *is_heard = heard != NULL;
}

/* Only the running server hears them; in its first minutes not all of them. */
static bool kiosks_look(struct round *round, struct err *err)
{
    struct db_stmt *stmt;
    int64_t         count = 0, ills = 0, heard = 0;
    if (round->books == NULL || !round->doctor->server.is_running) return true;
    if (!db_prepare(round->books, SQL("SELECT kiosk, number, station FROM kiosk WHERE state != 2 ORDER BY kiosk"),
                                      &stmt, err))
        return false;
    for (bool row, is_ill, is_heard;; count++) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        kiosk_look(round, (uint64_t)db_int(stmt, 0), db_int(stmt, 1), db_text(stmt, 2), &is_ill, &is_heard);
        ills += is_ill;
        heard += is_heard;
    }
    if (count == 0)
        found(round, GRADE_OK, SAY("doctor.kiosk.none"));
    else if (ills == 0 && heard < count)
        found(round, GRADE_OK, say_int(say_int(SAY("doctor.kiosk.young"), heard), count));
    else if (ills == 0)
        found(round, GRADE_OK, say_int(SAY("doctor.kiosk.ok"), count));
    return true;
}

/* ---------------------------------------------------------------------------------------------------- all of it */

static void all_look(struct round *round)
{
    struct err err;
    round->books = file_look(round, BOOKS_FILE, embed_books_schema);
    round->inbox = file_look(round, INBOX_FILE, embed_inbox_schema);
    space_look(round);
    place_look(round);
    clock_look(round);
    set_back_look(round);
    backup_look(round);
    cert_look(round);
    server_look(round);
    if (!kiosks_look(round, &err)) found_err(round, &err);
    exceptions_look(round);
    db_close(round->inbox);
    db_close(round->books);
}

bool care_doctor(const struct doctor *doctor, struct err *err)
{
    struct round round = {.doctor = doctor, .care = doctor->care};
    if (folder_look(&round)) all_look(&round);
    if (doctor->care->is_json)
        fprintf(doctor->care->out, "],\"result\":\"%s\"}\n", round.is_bad ? "bad" : "good");
    else
        fprintf(doctor->care->out, "result %s\n", round.is_bad ? "bad" : "good");
    return !round.is_bad || err_set(err, ERR_DAMAGED, round.first_bad);
}
