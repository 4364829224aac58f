/* restore.c - a data directory made from a backup.
 *
 * What the office did since the backup is lost, and said to be; what kiosks sent is not: the new server epoch tells
 * them to send it again. All is made ready in DATA.part first; only then the old directory is moved aside and the new
 * one takes its name, so a power cut leaves the one or the other. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/db.h"
#include "core/lock.h"
#include "server/care/backup.h"
#include "server/care/care.h"
#include "server/care/paths.h"
#include "server/take/take.h"

/* Files of a backup; a log beside a database is there where somebody copied a whole data directory. */
static const struct {
    const char *name;
    bool        is_needed;
} FILES[] = {
    {BOOKS_FILE,        true },
    {BOOKS_FILE "-wal", false},
    {INBOX_FILE,        true },
    {INBOX_FILE "-wal", false},
    {"ca.pem",          false},
    {"ca.key",          false}
};

struct restored {
    struct check_result check;
    struct epoch        epoch;
    int64_t             last_act_ms; /* the office's newest act in it, 0 = none */
};

/* "DATA.end", DATA without slashes at its end. */
static bool beside(char path[PATH_ROOM], const char *data, const char *end, struct err *err)
{
    size_t len = strlen(data);
    while (len > 1 && data[len - 1] == '/') len--;
    return snprintf(path, PATH_ROOM, "%.*s.%s", (int)len, data, end) < PATH_ROOM || file_fail(data, ENAMETOOLONG, err);
}

/* ---------------------------------------------------------------------------------------------------- making */

static bool files_copy(const char *from, const char *part, struct err *err)
{
    char source[PATH_ROOM], copy[PATH_ROOM];
    bool is_absent;
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++)
        if (!path_join(source, from, FILES[i].name, err) || !path_join(copy, part, FILES[i].name, err) ||
            !file_copy(source, copy, FILES[i].is_needed ? NULL : &is_absent, err))
            return false;
    return path_join(source, from, FILES_FOLDER, err) && path_join(copy, part, FILES_FOLDER, err) &&
           folder_copy(source, copy, err);
}

/* A new life of the server, so that kiosks send what this copy lacks. */
static bool epoch_new(const char *part, int64_t now_ms, struct epoch *epoch, struct err *err)
{
    char                path[PATH_ROOM];
    struct take        *take;
    struct take_options options = {.path = path, .new_epoch = true};
    if (!path_join(path, part, INBOX_FILE, err) || !take_open(&options, now_ms, &take, err)) return false;
    *epoch = take_server_epoch(take);
    take_close(take);
    return true;
}

/* The first column of a query's only row; what: an option of it. */
static bool acts_ask(const char *folder, const char *sql, int64_t since_ms, int64_t *answer, struct err *err)
{
    char            path[PATH_ROOM];
    struct db      *books = NULL;
    struct db_stmt *stmt;
    bool row, is_done = path_join(path, folder, BOOKS_FILE, err) && db_open(path, DB_READ, NULL, &books, err) &&
                        db_prepare(books, sql, &stmt, err);
    if (is_done) {
        db_bind_int(stmt, 1, since_ms);
        is_done = db_step(stmt, &row, err);
    }
    if (is_done) *answer = row ? db_int(stmt, 0) : 0;
    db_close(books);
    return is_done;
}

static bool part_make(const struct care *care, const char *from, const char *part, struct restored *restored,
                      struct err *err)
{
    return dir_make(part, false, err) && files_copy(from, part, err) && backup_check(part, &restored->check, err) &&
           care_place(restored->check.applied_to, restored->check.events, err) &&
           acts_ask(part, SQL("SELECT at_ms FROM act WHERE at_ms >= $1 ORDER BY at_ms DESC LIMIT 1"), 0,
                              &restored->last_act_ms, err) &&
                    epoch_new(part, care->now_ms, &restored->epoch, err) && dir_sync(part, err);
}

/* ---------------------------------------------------------------------------------------------------- its place */

/* *aside: where the old directory went, "" = there was none worth keeping. The caller holds its lock. */
static bool old_move(const struct care *care, bool is_empty, char aside[PATH_ROOM], struct err *err)
{
    char lock[PATH_ROOM], stamp[STAMP_TEXT], end[STAMP_TEXT + 8];
    aside[0] = 0;
    if (is_empty) {
        if (!path_join(lock, care->data, "lock", err)) return false;
        unlink(lock);
        return rmdir(care->data) == 0 || file_fail(care->data, errno, err);
    }
    stamp_write(care->now_ms, care->offset_min, stamp);
    snprintf(end, sizeof end, "before-%s", stamp);
    if (!beside(aside, care->data, end, err)) return false;
    if (path_is_there(aside)) return err_set(err, ERR_CONFLICT, say_text(SAY("care.not-empty"), aside));
    return rename(care->data, aside) == 0 || file_fail(aside, errno, err);
}

static bool place_take(const struct care *care, const char *part, bool is_there, bool is_empty, char aside[PATH_ROOM],
                       struct err *err)
{
    char above[PATH_ROOM];
    aside[0] = 0;
    if (is_there && !old_move(care, is_empty, aside, err)) return false;
    if (rename(part, care->data) != 0) return file_fail(care->data, errno, err);
    return path_join(above, care->data, "..", err) && dir_sync(above, err);
}

/* ---------------------------------------------------------------------------------------------------- the command */

static void say_line(const struct care *care, struct say say)
{
    struct buf text = {0};
    text_say_buf(care->lang, &say, &text);
    fprintf(care->out, "%s\n", buf_text(&text));
    buf_free(&text);
}

static void result_print(const struct care *care, const struct restored *restored, const char *aside)
{
    char       epoch[EPOCH_TEXT], time[TIME_TEXT] = "-";
    int64_t    lost = 0;
    struct err ignored; /* what was moved aside may be damaged: that is why it was */
    epoch_write(restored->epoch, epoch);
    if (restored->last_act_ms != 0) time_write(restored->last_act_ms, care->offset_min, time);
    fprintf(care->out, "events %lld\napplied %lld\nepoch %s\nlast act %s\n", (long long)restored->check.events,
            (long long)restored->check.applied_to, epoch, time);
    if (*aside != 0) {
        fprintf(care->out, "old data %s\n", aside);
        if (acts_ask(aside, SQL("SELECT count(*) FROM act WHERE at_ms > $1"), restored->last_act_ms, &lost, &ignored))
            fprintf(care->out, "acts lost %lld\n", (long long)lost);
    }
    if (restored->check.counts[FOUND_BAD] > 0) say_line(care, restored->check.first_bad);
    say_line(care, say_text(SAY("care.lost"), time));
    say_line(care, say_int(SAY("care.again"), restored->check.events));
}

static bool restore(const struct care *care, const char *from, bool is_there, bool is_empty, struct err *err)
{
    char            part[PATH_ROOM], aside[PATH_ROOM];
    struct restored restored = {0};
    if (!beside(part, care->data, "part", err)) return false;
    if (!part_make(care, from, part, &restored, err) || !place_take(care, part, is_there, is_empty, aside, err)) {
        dir_remove(part);
        return false;
    }
    result_print(care, &restored, aside);
    return true;
}

bool care_restore(const struct care *care, const char *from, bool is_forced, struct err *err)
{
    int  lock = -1;
    bool is_there = path_is_there(care->data), is_empty = true;
    if (is_there && (!dir_is_empty(care->data, &is_empty, err) || !lock_take(care->data, &lock, err))) return false;
    bool is_done = is_empty || is_forced || err_set(err, ERR_CONFLICT, say_text(SAY("care.not-empty"), care->data));
    is_done = is_done && restore(care, from, is_there, is_empty, err);
    lock_free(lock);
    return is_done;
}
