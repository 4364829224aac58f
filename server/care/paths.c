/* paths.c - files of a data directory: server/care/paths.h. */
#include "server/care/paths.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/clock.h"

bool file_fail(const char *path, int number, struct err *err)
{
    const char *why = strerrordesc_np(number);
    if (number == ENOSPC || number == EDQUOT) return err_set(err, ERR_FULL, say_text(SAY("db.full"), path));
    return err_set(err, number == ENOENT ? ERR_ABSENT : ERR_IO,
                   say_text(say_text(SAY("care.file"), path), why == NULL ? "" : why));
}

bool path_join(char path[PATH_ROOM], const char *dir, const char *name, struct err *err)
{
    return snprintf(path, PATH_ROOM, "%s/%s", dir, name) < PATH_ROOM || file_fail(dir, ENAMETOOLONG, err);
}

bool path_is_there(const char *path)
{
    struct stat stat;
    return lstat(path, &stat) == 0;
}

/* ---------------------------------------------------------------------------------------------------- directories */

bool dir_is_empty(const char *path, bool *is_empty, struct err *err)
{
    DIR *dir = opendir(path);
    if (dir == NULL) return file_fail(path, errno, err);
    *is_empty = true;
    for (const struct dirent *one; *is_empty && (one = readdir(dir)) != NULL;)
        *is_empty = strcmp(one->d_name, ".") == 0 || strcmp(one->d_name, "..") == 0 || strcmp(one->d_name, "lock") == 0;
    closedir(dir);
    return true;
}

/* The directories above path's last part. */
static bool parents_make(const char *path, struct err *err)
{
    char above[PATH_ROOM];
    if (snprintf(above, sizeof above, "%s", path) >= (int)sizeof above) return file_fail(path, ENAMETOOLONG, err);
    for (char *slash = above; (slash = strchr(slash + 1, '/')) != NULL;) {
        *slash = 0;
        if (mkdir(above, 0700) != 0 && errno != EEXIST) return file_fail(above, errno, err);
        *slash = '/';
    }
    return true;
}

bool dir_make(const char *path, bool may_be_there, struct err *err)
{
    bool is_empty = false;
    if (!parents_make(path, err)) return false;
    if (mkdir(path, 0700) == 0) return true;
    if (errno != EEXIST) return file_fail(path, errno, err);
    if (may_be_there) {
        if (!dir_is_empty(path, &is_empty, err)) return false;
        if (is_empty) return true;
    }
    return err_set(err, ERR_CONFLICT, say_text(SAY("care.not-empty"), path));
}

bool dir_sync(const char *path, struct err *err)
{
    int  dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool is_done = dir >= 0 && fsync(dir) == 0;
    if (!is_done) file_fail(path, errno, err);
    if (dir >= 0) close(dir);
    return is_done;
}

static void dir_empty(const char *path)
{
    DIR *dir = opendir(path);
    if (dir == NULL) return;
    for (const struct dirent *one; (one = readdir(dir)) != NULL;) unlinkat(dirfd(dir), one->d_name, 0);
    closedir(dir);
    rmdir(path);
}

void dir_remove(const char *path)
{
    char       files[PATH_ROOM];
    struct err ignored;
    if (path_join(files, path, FILES_FOLDER, &ignored)) dir_empty(files);
    dir_empty(path);
}

/* ---------------------------------------------------------------------------------------------------- files */

static bool bytes_copy(int from, int to)
{
    char bytes[1 << 16];
    for (ssize_t got; (got = read(from, bytes, sizeof bytes)) != 0;) {
        if (got < 0) return false;
        for (ssize_t put = 0, once; put < got; put += once) {
            once = write(to, bytes + put, (size_t)(got - put));
            if (once < 0) return false;
        }
    }
    return fsync(to) == 0;
}

/* A folder and the plain files in it. */
static bool folder_give(const char *path, const struct stat *owner, struct err *err)
{
    char name[PATH_ROOM];
    DIR *dir = opendir(path);
    if (dir == NULL) return errno == ENOENT || file_fail(path, errno, err);
    bool is_done = lchown(path, owner->st_uid, owner->st_gid) == 0 || file_fail(path, errno, err);
    for (const struct dirent *one; is_done && (one = readdir(dir)) != NULL;) {
        if (one->d_name[0] == '.') continue;
        is_done = path_join(name, path, one->d_name, err) &&
                  (lchown(name, owner->st_uid, owner->st_gid) == 0 || file_fail(name, errno, err));
    }
    closedir(dir);
    return is_done;
}

bool dir_give(const char *path, const char *like, struct err *err)
{
    char        files[PATH_ROOM];
    struct stat owner;
    if (geteuid() != 0) return true;
    if (stat(like, &owner) != 0) return file_fail(like, errno, err);
    return path_join(files, path, FILES_FOLDER, err) && folder_give(files, &owner, err) &&
           folder_give(path, &owner, err);
}

bool file_copy(const char *from, const char *to, bool *is_absent, struct err *err)
{
    bool is_done = false;
    int  out = -1, in = open(from, O_RDONLY | O_CLOEXEC);
    if (is_absent != NULL) *is_absent = in < 0 && errno == ENOENT;
    if (in < 0) return (is_absent != NULL && *is_absent) || file_fail(from, errno, err);
    out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (out < 0) {
        file_fail(to, errno, err);
        goto end;
    }
    is_done = bytes_copy(in, out);
    if (!is_done) {
        file_fail(to, errno, err);
        unlink(to);
    }
end:
    if (out >= 0) close(out);
    close(in);
    return is_done;
}

/* What is half written has another ending, and no books name it. */
static bool is_part(const char *name)
{
    size_t len = strlen(name);
    return name[0] == '.' || (len > 5 && strcmp(name + len - 5, ".part") == 0);
}

bool folder_copy(const char *from, const char *to, struct err *err)
{
    char source[PATH_ROOM], copy[PATH_ROOM];
    DIR *dir = opendir(from);
    if (dir == NULL) return errno == ENOENT || file_fail(from, errno, err);
    bool is_done = dir_make(to, false, err);
    for (const struct dirent *one; is_done && (one = readdir(dir)) != NULL;) {
        if (is_part(one->d_name)) continue;
        is_done = path_join(source, from, one->d_name, err) && path_join(copy, to, one->d_name, err) &&
                  file_copy(source, copy, NULL, err);
    }
    closedir(dir);
    return is_done && dir_sync(to, err);
}

void stamp_write(int64_t utc_ms, int32_t offset_min, char text[STAMP_TEXT])
{
    char time[TIME_TEXT]; /* 2026-11-24T08:10:05+08:00 */
    time_write(utc_ms, offset_min, time);
    assert(strlen(time) >= 19);
    snprintf(text, STAMP_TEXT, "%.4s%.2s%.2s-%.2s%.2s%.2s", time, time + 5, time + 8, time + 11, time + 14, time + 17);
}
