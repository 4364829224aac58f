/* backup.c - a whole copy that can be believed: books first, then the inbox, so that it never lacks an event which its
 * books have. Both are copied from one moment each, while the server works on.
 *
 * It is made in a folder NAME.part, checked there as `check` would, and gets its name when all of it is on the disk: a
 * folder without .part is a good backup. */
#include "server/care/backup.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/db.h"
#include "server/care/care.h"
#include "server/care/paths.h"

bool db_copy(const char *from, const char *to, const char *name, const char *vfs, struct err *err)
{
    char       source[PATH_ROOM], copy[PATH_ROOM];
    struct db *db = NULL;
    bool       is_done = path_join(source, from, name, err) && path_join(copy, to, name, err) &&
                   db_open(source, DB_READ, vfs, &db, err) && db_backup(db, copy, err) &&
                   (chmod(copy, 0600) == 0 || file_fail(copy, errno, err));
    db_close(db);
    return is_done;
}

bool ca_copy(const char *from, const char *to, struct err *err)
{
    static const char *const FILES[] = {"ca.pem", "ca.key"};
    char                     source[PATH_ROOM], copy[PATH_ROOM];
    bool                     is_absent;
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++)
        if (!path_join(source, from, FILES[i], err) || !path_join(copy, to, FILES[i], err) ||
            !file_copy(source, copy, &is_absent, err))
            return false;
    return true;
}

/* After the books: a file is on the disk before the act that names it, so that none of the copied books is missing. */
static bool sent_copy(const struct care *care, const char *folder, struct err *err)
{
    char from[PATH_ROOM], to[PATH_ROOM];
    return path_join(from, care->data, FILES_FOLDER, err) && path_join(to, folder, FILES_FOLDER, err) &&
           folder_copy(from, to, err);
}

/* ---------------------------------------------------------------------------------------------------- the copy checked */

/* An empty log and its index, which a reader leaves beside a database that had none. */
static void log_remove(const char *folder, const char *name)
{
    char        path[PATH_ROOM + 8];
    struct stat stat;
    snprintf(path, sizeof path, "%s/%s-wal", folder, name);
    if (lstat(path, &stat) != 0 || stat.st_size != 0) return;
    unlink(path);
    snprintf(path, sizeof path, "%s/%s-shm", folder, name);
    unlink(path);
}

bool backup_check(const char *folder, struct check_result *result, struct err *err)
{
    char                 books[PATH_ROOM], inbox[PATH_ROOM];
    struct check_options options = {
        books, inbox, NULL, {NULL, NULL}
    };
    bool is_done = path_join(books, folder, BOOKS_FILE, err) && path_join(inbox, folder, INBOX_FILE, err) &&
                   check_run(&options, result, err);
    log_remove(folder, BOOKS_FILE);
    log_remove(folder, INBOX_FILE);
    return is_done && (result->is_sound || err_set(err, ERR_DAMAGED, result->first_bad));
}

/* ---------------------------------------------------------------------------------------------------- the command */

static bool folder_fill(const struct care *care, const char *part, struct check_result *result, struct err *err)
{
    return db_copy(care->data, part, BOOKS_FILE, care->vfs, err) &&
           db_copy(care->data, part, INBOX_FILE, care->vfs, err) && ca_copy(care->data, part, err) &&
           sent_copy(care, part, err) && backup_check(part, result, err) && dir_sync(part, err);
}

/* Damage that the data itself has is copied too: better a backup with it than none; but it has another name. */
static bool folder_name(const char *into, const char *part, const char *stamp, bool is_good, char name[PATH_ROOM],
                        struct err *err)
{
    char last[STAMP_TEXT + 16];
    snprintf(last, sizeof last, "%s%s", stamp, is_good ? "" : ".damaged");
    if (!path_join(name, into, last, err)) return false;
    if (path_is_there(name)) return err_set(err, ERR_CONFLICT, say_text(SAY("care.not-empty"), name));
    return (rename(part, name) == 0 || file_fail(name, errno, err)) && dir_sync(into, err);
}

bool care_backup(const struct care *care, const char *into, struct err *err)
{
    char                at[PATH_ROOM], part[PATH_ROOM], name[PATH_ROOM], stamp[STAMP_TEXT], last[STAMP_TEXT + 16];
    struct check_result result;
    if (into == NULL) {
        if (!path_join(at, care->data, "backup", err)) return false;
        into = at;
    }
    stamp_write(care->now_ms, care->offset_min, stamp);
    snprintf(last, sizeof last, "%s.part", stamp);
    if (!path_join(part, into, last, err) || !dir_make(part, false, err)) return false;
    bool is_done = folder_fill(care, part, &result, err) &&
                   folder_name(into, part, stamp, result.counts[FOUND_BAD] == 0, name, err);
    if (!is_done) {
        dir_remove(part);
        return false;
    }
    fprintf(care->out, "events %lld\napplied %lld\nbackup %s\n", (long long)result.events, (long long)result.applied_to,
            name);
    return result.counts[FOUND_BAD] == 0 || err_set(err, ERR_DAMAGED, result.first_bad);
}
