/* rebuild.c - the proof of wages as a command: everything derived is made once more from the inbox. */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/lock.h"
#include "server/books/rebuild.h"
#include "server/care/care.h"
#include "server/care/paths.h"
#include "server/take/take.h"

/* The inbox as the books read it; self is a take_reader. */
static bool source_next(void *self, int64_t after, struct writer_line *line, bool *has_line, struct err *err)
{
    struct take_line taken;
    if (!take_reader_next(self, after, &taken, has_line, err)) return false;
    if (*has_line)
        *line = (struct writer_line){taken.number, taken.taken_ms, taken.kiosk, taken.epoch,
                                     taken.seq,    taken.bytes,    taken.len};
    return true;
}

static bool reader_open(const struct care *care, struct take_reader **reader, struct err *err)
{
    char path[PATH_ROOM];
    return path_join(path, care->data, INBOX_FILE, err) && take_reader_open(path, care->vfs, reader, err);
}

/* ---------------------------------------------------------------------------------------------------- rebuild */

/* Applies until nothing is left; a passing failure ends it, the next start goes on. */
static bool apply_all(struct writer *writer, int64_t now_ms, int64_t *applied, struct err *err)
{
    struct writer_out out;
    enum { SLICE = 1000 };
    struct writer_in in = {.now_ms = now_ms, .inbox_end = INT64_MAX, .most = SLICE};
    do {
        writer_step(writer, &in, &out);
        *applied += out.applied;
        if (out.err.kind != ERR_NONE) {
            *err = out.err;
            return false;
        }
    } while (out.want == WRITER_AGAIN);
    return true;
}

static bool rebuild(const struct care *care, struct err *err)
{
    char                  books[PATH_ROOM];
    struct take_reader   *reader = NULL;
    struct writer        *writer = NULL;
    int64_t               applied = 0;
    struct writer_options options = {.books_path = books, .vfs = care->vfs, .rebuild = true, .lifts = true};
    bool                  is_done = path_join(books, care->data, BOOKS_FILE, err) && reader_open(care, &reader, err);
    options.inbox = (struct writer_source){source_next, reader};
    is_done =
        is_done && writer_open(&options, care->now_ms, &writer, err) && apply_all(writer, care->now_ms, &applied, err);
    if (is_done) fprintf(care->out, "events %lld\n", (long long)applied);
    writer_close(writer);
    take_reader_close(reader);
    return is_done;
}

bool care_rebuild(const struct care *care, struct err *err)
{
    int lock = -1;
    if (!lock_take(care->data, &lock, err)) return false;
    bool is_done = rebuild(care, err);
    lock_free(lock);
    return is_done;
}

/* ---------------------------------------------------------------------------------------------------- compare */

static void work_remove(const char *path)
{
    static const char *const ENDS[] = {"", "-wal", "-shm", "-journal"};
    char                     file[PATH_ROOM + 16];
    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++) {
        snprintf(file, sizeof file, "%s%s", path, ENDS[i]);
        unlink(file);
    }
}

#define WORK "compare-" /* and the number of the program that compares */

/* What comparisons left that were killed: their programs are no more. */
static void work_left_remove(const char *data)
{
    DIR *dir = opendir(data);
    if (dir == NULL) return;
    for (const struct dirent *one; (one = readdir(dir)) != NULL;) {
        if (strncmp(one->d_name, WORK, sizeof WORK - 1) != 0) continue;
        long program = strtol(one->d_name + sizeof WORK - 1, NULL, 10);
        if (program > 0 && kill((pid_t)program, 0) != 0 && errno == ESRCH) unlinkat(dirfd(dir), one->d_name, 0);
    }
    closedir(dir);
}

static void result_print(const struct care *care, const struct rebuild_result *result)
{
    const char *first = buf_text(&result->first), *verdict = result->differences == 0 ? "equal" : "other";
    FILE       *out = care->out;
    if (care->is_json) {
        fprintf(out, "{\"result\":\"%s\",\"rows\":%lld,\"different\":%lld,\"tables\":{", verdict,
                (long long)result->rows, (long long)result->differences);
        for (int i = 0; i < result->table_count; i++)
            fprintf(out, "%s\"%s\":%lld", i == 0 ? "" : ",", result->tables[i].name, (long long)result->tables[i].rows);
        fprintf(out, "},\"first\":[%s]}\n", first);
        return;
    }
    for (int i = 0; i < result->table_count; i++)
        fprintf(out, "%s %lld\n", result->tables[i].name, (long long)result->tables[i].rows);
    for (const char *end; *first != 0; first = end + strspn(end, ",")) { /* one difference a line */
        end = strstr(first, "},{");
        end = end == NULL ? first + strlen(first) : end + 1;
        fprintf(out, "%.*s\n", (int)(end - first), first);
    }
    fprintf(out, "rows %lld\ndifferent %lld\nresult %s\n", (long long)result->rows, (long long)result->differences,
            verdict);
}

bool care_compare(const struct care *care, struct err *err)
{
    char                   books[PATH_ROOM], work[PATH_ROOM], name[32];
    struct take_reader    *reader = NULL;
    struct rebuild_result  result = {0};
    struct rebuild_options options = {.books_path = books, .work_path = work, .vfs = care->vfs};
    snprintf(name, sizeof name, WORK "%d.db", (int)getpid()); /* beside them: there is room, and nobody else reads it */
    work_left_remove(care->data);
    if (!path_join(books, care->data, BOOKS_FILE, err) || !path_join(work, care->data, name, err) ||
        !reader_open(care, &reader, err))
        return false;
    options.inbox = (struct writer_source){source_next, reader};
    bool is_done = rebuild_compare(&options, care->now_ms, &result, err);
    if (is_done) result_print(care, &result);
    if (is_done && result.differences > 0)
        is_done = err_set(err, ERR_DAMAGED, say_int(say_int(SAY("care.other"), result.differences), result.rows));
    buf_free(&result.first);
    take_reader_close(reader);
    work_remove(work);
    return is_done;
}
