/* upload.c - files that people send along with an order: taken in by what they contain, kept under their hash, given back
 * as a download and nothing else [R4].
 *
 * A file is written whole and synced before the act that names it: the books never know one that isn't there. One that
 * no act followed is taken again under the same name. Nothing here opens, unpacks or runs it. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/chain.h"
#include "core/json.h"
#include "core/utf8.h"
#include "server/bring/kind.h"
#include "server/show/doors.h"
#include "server/show/routes.h"

enum { UPLOAD_PATH_MAX = 4096 };

/* ---- On the disk */

static bool disk_fail(struct err *err)
{
    bool is_full = errno == ENOSPC || errno == EDQUOT;
    return err_set(err, is_full ? ERR_FULL : ERR_IO,
                   say_text(say_text(SAY("upload.disk"), "files"), strerrordesc_np(errno)));
}

static bool bytes_write(const char *path, const char *bytes, size_t len, struct err *err)
{
    int  file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool is_done = file >= 0;
    for (size_t at = 0; is_done && at < len;) {
        ssize_t wrote = write(file, bytes + at, len - at);
        is_done = wrote > 0 || (wrote < 0 && errno == EINTR);
        at += wrote > 0 ? (size_t)wrote : 0;
    }
    is_done = is_done && fsync(file) == 0;
    if (!is_done) disk_fail(err);
    if (file >= 0) close(file);
    return is_done;
}

static bool folder_sync(const char *folder, struct err *err)
{
    int  file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool is_done = file >= 0 && fsync(file) == 0;
    if (!is_done) disk_fail(err);
    if (file >= 0) close(file);
    return is_done;
}

/* DATA/files/HASH, by way of a name of its own. */
bool upload_store(const char *data, const char *hash, const char *bytes, size_t len, struct err *err)
{
    char        folder[UPLOAD_PATH_MAX], path[UPLOAD_PATH_MAX + 80], part[UPLOAD_PATH_MAX + 160], own[VISIT_TOKEN_MAX];
    struct stat stat;
    snprintf(folder, sizeof folder, "%s/files", data);
    snprintf(path, sizeof path, "%s/%s", folder, hash);
    if (lstat(path, &stat) == 0 && stat.st_size == (off_t)len) return true;
    visit_id_make(own);
    snprintf(part, sizeof part, "%s.%s.part", path, own);
    if (mkdir(folder, 0700) != 0 && errno != EEXIST) return disk_fail(err);
    bool is_there = bytes_write(part, bytes, len, err) && (rename(part, path) == 0 || disk_fail(err));
    if (!is_there) unlink(part);
    return is_there && folder_sync(folder, err) && folder_sync(data, err);
}

void upload_sweep(const char *data)
{
    static const char END[] = ".part";
    char              folder[UPLOAD_PATH_MAX];
    snprintf(folder, sizeof folder, "%s/files", data);
    DIR *dir = opendir(folder);
    if (dir == NULL) return;
    for (const struct dirent *one; (one = readdir(dir)) != NULL;) {
        size_t len = strlen(one->d_name);
        if (len > strlen(END) && strcmp(one->d_name + len - strlen(END), END) == 0)
            unlinkat(dirfd(dir), one->d_name, 0);
    }
    closedir(dir);
}

/* ---- In */

void upload_post(struct visit *visit, struct db *books)
{
    struct err  err;
    size_t      len;
    const char *bytes = http_body(visit->request, &len), *id = http_query(visit->request, "id");
    const char *kind = kind_of(bytes, len);
    char        text[HASH_TEXT];
    struct hash hash = hash_of(bytes, len);
    (void)books;
    if (!visit_id_check(visit, id)) return;
    if (kind == NULL) {
        visit_refuse(visit, 415, SAY("upload.kind"));
        return;
    }
    hash_write(&hash, text);
    if (!upload_store(visit->desk->data, text, bytes, len, &err)) {
        visit_fail(visit, &err);
        return;
    }
    buf_fmt(&visit->made, "{\"hash\":\"%s\",\"kind\":\"%s\",\"bytes\":%zu}", text, kind, len);
    visit_act(visit, visit->route->act, id, visit->user, &visit->made, visit_act_answer);
}

/* ---- Out */

static bool kind_read(struct db *books, const struct hash *hash, char kind[16], int64_t *bytes, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books, SQL("SELECT kind, bytes FROM file WHERE hash = $1"), &stmt, err)) return false;
    db_bind_blob(stmt, 1, hash->bytes, sizeof hash->bytes);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("file.absent"));
    utf8_copy(kind, 16, db_text(stmt, 0));
    *bytes = db_int(stmt, 1);
    db_reset(stmt);
    return true;
}

bool upload_load(const char *data, const char *hash, int64_t bytes, struct buf *out, struct err *err)
{
    char path[UPLOAD_PATH_MAX];
    snprintf(path, sizeof path, "%s/files/%s", data, hash);
    int  file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    bool is_done = file >= 0;
    while (is_done && (int64_t)out->len < bytes) {
        size_t  want = (size_t)bytes - out->len;
        ssize_t got = read(file, buf_room(out, want), want);
        is_done = got > 0;
        if (got > 0) out->len += (size_t)got;
    }
    if (!is_done) err_set(err, ERR_ABSENT, SAY("file.absent"));
    if (file >= 0) close(file);
    return is_done;
}

/* Always as a download, under its hash and true kind: no browser runs or renders it in our name. */
void upload_get(struct visit *visit, struct db *books)
{
    char        kind[16], header[96];
    struct err  err;
    struct hash hash;
    struct buf  out = {0};
    int64_t     bytes = 0;
    if (!hash_read(visit->rest, &hash)) {
        visit_refuse(visit, 400, SAY("file.absent"));
        return;
    }
    if (!kind_read(books, &hash, kind, &bytes, &err) ||
        !upload_load(visit->desk->data, visit->rest, bytes, &out, &err)) {
        buf_free(&out);
        visit_fail(visit, &err);
        return;
    }
    snprintf(header, sizeof header, "attachment; filename=\"%.12s.%s\"", visit->rest, kind);
    http_answer_header(visit->request, "Content-Disposition", header);
    http_answer_header(visit->request, "Content-Security-Policy", "default-src 'none'; sandbox");
    visit_bytes(visit, kind_type(kind), &out);
}
