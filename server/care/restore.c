/* restore.c - a data directory made from a backup, or from what is left of a damaged one.
 *
 * What the office did since the backup is lost, and named as far as the old books can be read; what was sent is not: events of
 * the old directory are carried on (carry.h), and the new server epoch tells kiosks to send the rest again. All is made ready
 * in DATA.part first; only then the old directory is moved aside and the new one takes its name. A power cut leaves both whole:
 * between the two steps neither bears the name, and the command is given once more with the one that was moved aside. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/db.h"
#include "core/embed.h"
#include "core/lock.h"
#include "server/care/backup.h"
#include "server/care/care.h"
#include "server/care/carry.h"
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
};

struct restored {
    struct check_result check;
    struct carried      carried;
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
    return ca_copy(from, part, err) && path_join(source, from, FILES_FOLDER, err) &&
           path_join(copy, part, FILES_FOLDER, err) && folder_copy(source, copy, err);
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

/* When the office did something last, as these books know it; 0: never. */
static bool last_act_read(const char *folder, int64_t *at_ms, struct err *err)
{
    char            path[PATH_ROOM];
    struct db      *books = NULL;
    struct db_stmt *stmt;
    bool            row;
    bool            is_done = path_join(path, folder, BOOKS_FILE, err) && db_open(path, DB_READ, NULL, &books, err) &&
                   db_prepare(books, SQL("SELECT at_ms FROM act ORDER BY at_ms DESC LIMIT 1"), &stmt, err) &&
                              db_step(stmt, &row, err);
    if (is_done) *at_ms = row ? db_int(stmt, 0) : 0;
    db_close(books);
    return is_done;
}

/* old: the directory that is moved aside; NULL: there is none. */
static bool part_make(const struct care *care, const char *from, const char *old, const char *part,
                      struct restored *restored, struct err *err)
{
    return dir_make(part, false, err) && files_copy(from, part, err) && backup_check(part, &restored->check, err) &&
           care_place(restored->check.applied_to, restored->check.events, err) &&
           last_act_read(part, &restored->last_act_ms, err) &&
           (old == NULL || carry_on(old, part, &restored->carried, err)) &&
           epoch_new(part, care->now_ms, &restored->epoch, err) && dir_sync(part, err);
}

/* ---------------------------------------------------------------------------------------------------- its place */

enum { ASIDE_MOST = 99 };

/* A name that nothing bears yet: two in one second have two. */
static bool aside_name(const struct care *care, char aside[PATH_ROOM], struct err *err)
{
    char stamp[STAMP_TEXT], end[STAMP_TEXT + 16];
    stamp_write(care->now_ms, care->offset_min, stamp);
    for (int i = 1; i <= ASIDE_MOST; i++) {
        if (i == 1) snprintf(end, sizeof end, "before-%s", stamp);
        if (i > 1) snprintf(end, sizeof end, "before-%s-%d", stamp, i);
        if (!beside(aside, care->data, end, err)) return false;
        if (!path_is_there(aside)) return true;
    }
    return err_set(err, ERR_CONFLICT, say_text(SAY("care.not-empty"), aside));
}

/* *aside: where the old directory went, "" = there was none worth keeping. The caller holds its lock. */
static bool old_move(const struct care *care, bool is_empty, char aside[PATH_ROOM], struct err *err)
{
    char lock[PATH_ROOM];
    aside[0] = 0;
    if (is_empty) {
        if (!path_join(lock, care->data, "lock", err)) return false;
        unlink(lock);
        return rmdir(care->data) == 0 || file_fail(care->data, errno, err);
    }
    return aside_name(care, aside, err) && (rename(care->data, aside) == 0 || file_fail(aside, errno, err));
}

static bool place_take(const struct care *care, const char *part, bool is_there, bool is_empty, char aside[PATH_ROOM],
                       struct err *err)
{
    char above[PATH_ROOM];
    aside[0] = 0;
    if (is_there && (!dir_give(part, care->data, err) || !old_move(care, is_empty, aside, err))) return false;
    if (rename(part, care->data) != 0) {
        file_fail(care->data, errno, err);
        if (aside[0] != 0) (void)!rename(aside, care->data); /* as it was */
        return false;
    }
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

enum { LOST_SHOWN = 200 };

/* What the office did after the backup, but for what stands in the inbox: it was carried on. */
static bool lost_read(const struct care *care, const char *aside, int64_t since_ms, int64_t *lost, struct err *err)
{
    char            path[PATH_ROOM], time[TIME_TEXT];
    struct db      *books = NULL;
    struct db_stmt *stmt;
    bool            row = true,
         is_done =
             path_join(path, aside, BOOKS_FILE, err) && db_open(path, DB_READ, NULL, &books, err) &&
             db_prepare(
                 books,
                 SQL("SELECT a.at_ms, a.user, a.name, COALESCE((SELECT u.noun || ' ' || u.key FROM audit AS u"
                                  " WHERE u.at_ms >= $1 AND u.act = a.id ORDER BY u.number LIMIT 1), '')"
                                  " FROM act AS a WHERE a.at_ms > $1 AND a.number IS NULL AND a.status < 300 ORDER BY a.at_ms"),
                     &stmt, err);
    if (is_done) db_bind_int(stmt, 1, since_ms);
    while (is_done && (is_done = db_step(stmt, &row, err)) && row) {
        if (++*lost > LOST_SHOWN) continue;
        time_write(db_int(stmt, 0), care->offset_min, time);
        fprintf(care->out, "lost %.10s %.5s %s %s %s\n", time, time + 11, db_text(stmt, 1), db_text(stmt, 2),
                db_text(stmt, 3));
    }
    db_close(books);
    return is_done;
}

/* What was moved aside may be damaged, that is why it was: as far as it can be read. */
static void lost_print(const struct care *care, const char *aside, int64_t since_ms)
{
    struct err err;
    int64_t    lost = 0;
    bool       is_whole = lost_read(care, aside, since_ms, &lost, &err);
    fprintf(care->out, "acts lost %lld\n", (long long)lost);
    if (!is_whole) say_line(care, say_int(SAY("care.lost.part"), lost));
}

static void carried_print(const struct care *care, const struct carried *carried)
{
    if (carried->is_other) say_line(care, SAY("care.carry.other"));
    fprintf(care->out, "carried on %lld\n", (long long)carried->events);
    if (carried->left > 0) fprintf(care->out, "left to kiosks %lld\n", (long long)(carried->left - carried->office));
    if (carried->office > 0) say_line(care, say_int(SAY("care.carry.office"), carried->office));
}

static void result_print(const struct care *care, const struct restored *restored, const char *aside)
{
    char epoch[EPOCH_TEXT], time[TIME_TEXT] = "-";
    epoch_write(restored->epoch, epoch);
    if (restored->last_act_ms != 0) time_write(restored->last_act_ms, care->offset_min, time);
    fprintf(care->out, "events %lld\napplied %lld\nepoch %s\nlast act %s\n", (long long)restored->check.events,
            (long long)restored->check.applied_to, epoch, time);
    if (*aside != 0) {
        fprintf(care->out, "old data %s\n", aside);
        carried_print(care, &restored->carried);
        if (!restored->carried.is_other) lost_print(care, aside, restored->last_act_ms);
    }
    if (restored->check.counts[FOUND_BAD] > 0) say_line(care, restored->check.first_bad);
    say_line(care, say_text(SAY("care.lost"), time));
    say_line(care, say_int(SAY("care.again"), restored->check.events + restored->carried.events));
}

static bool restore(const struct care *care, const char *from, bool is_there, bool is_empty, struct err *err)
{
    char            part[PATH_ROOM], aside[PATH_ROOM];
    struct restored restored = {0};
    if (!beside(part, care->data, "part", err)) return false;
    dir_remove(part); /* of one that a power cut ended */
    if (!part_make(care, from, is_there && !is_empty ? care->data : NULL, part, &restored, err) ||
        !place_take(care, part, is_there, is_empty, aside, err)) {
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

/* ---------------------------------------------------------------------------------------------------- what is left */

/* Where each file of the new directory comes from; NULL: from nowhere, it is made anew. */
struct sources {
    const char *books, *inbox;
    bool        is_bad; /* lines or figures are wrong, whatever the files' form */
};

/* Opens, and its pages are whole. */
static bool is_whole(const char *folder, const char *name)
{
    char       path[PATH_ROOM];
    struct db *db = NULL;
    struct err ignored;
    bool       is = path_join(path, folder, name, &ignored) && path_is_there(path) &&
              db_open(path, DB_READ, NULL, &db, &ignored) && db_check(db, &ignored);
    db_close(db);
    return is;
}

/* from: a backup, or NULL. */
static bool sources_find(const struct care *care, const char *from, struct sources *sources, struct err *err)
{
    char                 books[PATH_ROOM], inbox[PATH_ROOM];
    struct check_result  result = {0};
    struct check_options options = {
        books, inbox, NULL, {NULL, NULL}
    };
    bool has_books = is_whole(care->data, BOOKS_FILE), has_inbox = is_whole(care->data, INBOX_FILE);
    if (!path_join(books, care->data, BOOKS_FILE, err) || !path_join(inbox, care->data, INBOX_FILE, err)) return false;
    if (!has_books && (from == NULL || !is_whole(from, BOOKS_FILE)))
        return err_set(err, ERR_DAMAGED, say_text(SAY("care.salvage.books"), books));
    *sources = (struct sources){has_books ? care->data : from, has_inbox ? care->data : from, false};
    if (!has_books || !has_inbox) return true;
    if (!check_run(&options, &result, err)) return false;
    if (result.counts[FOUND_BAD] == 0)
        return err_set(err, ERR_CONFLICT, say_text(SAY("care.salvage.sound"), care->data));
    sources->inbox = from; /* its bytes are compared with the books' one by one */
    sources->is_bad = true;
    return true;
}

/* An inbox without events that knows the lives of the server that its books know: the next one is none of them. */
static bool inbox_begin(const char *part, struct err *err)
{
    char            path[PATH_ROOM], books_path[PATH_ROOM];
    struct db      *inbox = NULL, *books = NULL;
    struct db_stmt *lives, *add;
    bool            row = true;
    bool            is_done = path_join(path, part, INBOX_FILE, err) && path_join(books_path, part, BOOKS_FILE, err) &&
                   db_open(path, DB_WRITE, NULL, &inbox, err) && db_migrate(inbox, embed_inbox_schema, err) &&
                   db_open(books_path, DB_READ, NULL, &books, err) &&
                   db_prepare(books, SQL("SELECT epoch_counter, epoch_random, MIN(started_ms) FROM run"
                                         " GROUP BY epoch_counter, epoch_random"),
                                         &lives, err) &&
                              db_prepare(inbox, SQL("INSERT INTO server_epoch (counter, random, opened_ms, why, after)"
                                         " VALUES ($1, $2, $3, 'first', 0)"),
                                                    &add, err);
    while (is_done && (is_done = db_step(lives, &row, err)) && row) {
        for (int i = 0; i < 3; i++) db_bind_int(add, i + 1, db_int(lives, i));
        is_done = db_run(add, err);
    }
    db_close(books);
    db_close(inbox);
    return is_done;
}

/* Of the damaged directory, else of the backup. */
static bool rest_copy(const char *data, const char *from, const char *part, struct err *err)
{
    char source[PATH_ROOM], copy[PATH_ROOM];
    if (!path_join(source, data, "ca.pem", err) || !path_join(copy, data, "ca.key", err)) return false;
    bool has_ca = path_is_there(source) && path_is_there(copy); /* both of one place: they belong together */
    if (!ca_copy(has_ca || from == NULL ? data : from, part, err)) return false;
    if (!path_join(source, data, FILES_FOLDER, err) || !path_join(copy, part, FILES_FOLDER, err)) return false;
    if (!path_is_there(source) && from != NULL && !path_join(source, from, FILES_FOLDER, err)) return false;
    return folder_copy(source, copy, err);
}

static bool salvage_fill(const struct care *care, const char *from, const struct sources *sources, const char *part,
                         struct restored *restored, struct err *err)
{
    struct care own = *care;
    own.data = part;
    bool is_done =
        dir_make(part, false, err) && db_copy(sources->books, part, BOOKS_FILE, NULL, err) &&
        (sources->inbox == NULL ? inbox_begin(part, err) : db_copy(sources->inbox, part, INBOX_FILE, NULL, err)) &&
        rest_copy(care->data, from, part, err);
    if (is_done && sources->inbox != care->data) is_done = carry_on(care->data, part, &restored->carried, err);
    bool is_mine = sources->books == care->data; /* books that have applied what was lost, or under other numbers */
    if (is_done && is_mine && (sources->is_bad || restored->carried.is_moved || restored->carried.left > 0))
        is_done = care_rebuild(&own, err);
    return is_done && last_act_read(part, &restored->last_act_ms, err) &&
           epoch_new(part, care->now_ms, &restored->epoch, err) && dir_sync(part, err);
}

static void salvage_print(const struct care *care, const struct sources *sources, const struct restored *restored,
                          const char *aside)
{
    const bool is_own[] = {sources->books == care->data, sources->inbox == care->data};
    char       epoch[EPOCH_TEXT];
    epoch_write(restored->epoch, epoch);
    fprintf(care->out, "books %s\ninbox %s\n", is_own[0] ? "kept" : "of the backup", is_own[1] ? "kept" : "made anew");
    if (!is_own[1]) carried_print(care, &restored->carried);
    fprintf(care->out, "epoch %s\nold data %s\n", epoch, aside);
    if (!is_own[0]) {
        lost_print(care, aside, restored->last_act_ms);
        say_line(care, SAY("care.salvage.lost"));
    }
    say_line(care, SAY("care.salvage.done"));
}

bool care_salvage(const struct care *care, const char *from, struct err *err)
{
    char            part[PATH_ROOM], aside[PATH_ROOM];
    int             lock = -1;
    struct restored restored = {0};
    struct sources  sources = {NULL, NULL, false};
    if (!lock_take(care->data, &lock, err)) return false;
    bool is_done = beside(part, care->data, "part", err) && sources_find(care, from, &sources, err);
    if (is_done) dir_remove(part); /* of one that a power cut ended */
    if (is_done && (!salvage_fill(care, from, &sources, part, &restored, err) ||
                    !place_take(care, part, true, false, aside, err))) {
        dir_remove(part);
        is_done = false;
    }
    if (is_done) salvage_print(care, &sources, &restored, aside);
    lock_free(lock);
    return is_done;
}
