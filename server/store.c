/* store.c - what a data directory holds, opened in the right order: store.h. */
#include "server/store.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/json.h"
#include "core/lock.h"
#include "core/log.h"
#include "server/books/act.h"
#include "server/care/care.h"
#include "server/take/feed.h"

enum { PATH_ROOM = 4096, STEP_EVENTS = 500 };

static void path_of(const char *dir, const char *name, char path[PATH_ROOM])
{
    snprintf(path, PATH_ROOM, "%s/%s", dir, name);
}

/* Wages and the CA's key lie in it: one that others may look into is shut. Where that can't be done it is said, and goes on. */
static void dir_shut(const char *dir)
{
    struct stat stat_of;
    struct err  err;
    if (stat(dir, &stat_of) != 0 || (stat_of.st_mode & (S_IRWXG | S_IRWXO)) == 0) return;
    if (chmod(dir, stat_of.st_mode & S_IRWXU) == 0) return;
    err_set(&err, ERR_RIGHTS, say_text(say_text(SAY("store.rights"), dir), strerrordesc_np(errno)));
    log_err(LOG_WARNING, "data", &err);
}

static bool dir_make(const char *dir, struct err *err)
{
    if (mkdir(dir, S_IRWXU) == 0) return true;
    if (errno != EEXIST) return err_set(err, ERR_IO, say_text(say_text(SAY("store.dir"), dir), strerrordesc_np(errno)));
    dir_shut(dir);
    return true;
}

/* The file or its log: a database without either is none. */
static bool has_bytes(const char *path)
{
    char        log[PATH_ROOM + 8];
    struct stat stat_of;
    snprintf(log, sizeof log, "%s-wal", path);
    return (stat(path, &stat_of) == 0 && stat_of.st_size > 0) || (stat(log, &stat_of) == 0 && stat_of.st_size > 0);
}

/* Books that are gone would begin anew, and nobody's wages stand in them. Whoever has made a CA here has worked here. */
static bool halves_check(const char *dir, bool has_books, int64_t inbox_end, struct err *err)
{
    char key[PATH_ROOM], books[PATH_ROOM];
    path_of(dir, "ca.key", key);
    path_of(dir, "books.db", books);
    if (has_books || (inbox_end == 0 && access(key, F_OK) != 0)) return true;
    return err_set(err, ERR_DAMAGED, say_text(SAY("store.half"), books));
}

/* struct writer_source: the books don't know the taker. */
static bool next_line(void *self, int64_t after, struct writer_line *line, bool *has_line, struct err *err)
{
    struct take_line taken;
    if (!take_reader_next(self, after, &taken, has_line, err)) return false;
    if (*has_line)
        *line = (struct writer_line){.number = taken.number,
                                     .taken_ms = taken.taken_ms,
                                     .kiosk = taken.kiosk,
                                     .epoch = taken.epoch,
                                     .seq = taken.seq,
                                     .bytes = taken.bytes,
                                     .len = taken.len};
    return true;
}

static bool inbox_open(const char *dir, int64_t now_ms, struct store *store, struct err *err)
{
    char path[PATH_ROOM];
    path_of(dir, "inbox.db", path);
    struct take_options options = {.path = path};
    return take_open(&options, now_ms, &store->take, err) && take_reader_open(path, NULL, &store->reader, err);
}

/* Of this machine's boot, 64 bits of the kernel's id; 0: it doesn't say. */
static uint64_t boot_read(void)
{
    char     text[64] = "";
    uint64_t boot = 0;
    FILE    *file = fopen("/proc/sys/kernel/random/boot_id", "r");
    if (file == NULL) return 0;
    if (fgets(text, sizeof text, file) != NULL) {
        struct hash hash = hash_of(text, strlen(text));
        memcpy(&boot, hash.bytes, sizeof boot);
    }
    fclose(file);
    return boot;
}

/* What kiosks that were newer than the server sent is understood since it was updated, or the office wants an event tried again
 * that was set aside: everything computed is made anew, before anybody looks at it. Cut short, the next start goes on. */
static bool books_renew(struct writer_options *options, int64_t now_ms, struct store *store, struct err *err)
{
    struct writer_in  in = {.now_ms = now_ms, .inbox_end = take_end(store->take), .most = STEP_EVENTS};
    struct writer_out out;
    bool              reads_more;
    if (!writer_reads_more(store->writer, &reads_more, err)) return false;
    if (!reads_more) return true;
    log_line(LOG_NOTICE, "books: entries that were held can be booked now; everything is computed anew, %lld events",
             (long long)in.inbox_end);
    writer_close(store->writer);
    store->writer = NULL;
    options->rebuild = options->lifts = true;
    if (!writer_open(options, now_ms, &store->writer, err)) return false;
    do writer_step(store->writer, &in, &out);
    while (out.want == WRITER_AGAIN && out.err.kind == ERR_NONE);
    if (out.err.kind != ERR_NONE) *err = out.err;
    return out.err.kind == ERR_NONE;
}

static bool books_open(const char *dir, int64_t now_ms, struct store *store, struct err *err)
{
    char path[PATH_ROOM];
    path_of(dir, "books.db", path);
    if (!halves_check(dir, has_bytes(path), take_end(store->take), err)) return false;
    struct writer_options options = {
        .books_path = path, .inbox = {next_line, store->reader},
             .boot = boot_read(), .is_paced = true
    };
    if (!writer_open(&options, now_ms, &store->writer, err)) return false;
    return care_place(writer_applied(store->writer), take_end(store->take), err) &&
           books_renew(&options, now_ms, store, err) &&
           writer_epoch(store->writer, take_server_epoch(store->take), now_ms, err) &&
           db_open(path, DB_READ, NULL, &store->books, err);
}

bool store_open(const char *dir, int64_t now_ms, struct store *store, struct err *err)
{
    struct store  made = {.lock = -1};
    struct known *known = NULL;
    bool is_open = dir_make(dir, err) && lock_take(dir, &made.lock, err) && inbox_open(dir, now_ms, &made, err) &&
                   books_open(dir, now_ms, &made, err) && store_known(&made, &known, err);
    known_free(known);
    if (is_open)
        *store = made;
    else
        store_close(&made);
    return is_open;
}

void store_close(struct store *store)
{
    db_close(store->books);
    if (store->writer != NULL) writer_close(store->writer);
    take_reader_close(store->reader);
    take_close(store->take);
    lock_free(store->lock);
    *store = (struct store){.lock = -1};
}

/* ---------------------------------------------------------------------------------------------------- what is known */

static void key_add(void *self, uint64_t kiosk, const struct key *key, int state)
{
    struct kiosk_keys **keys = self;
    size_t              count = *keys == NULL ? 0 : (*keys)->count;
    struct kiosk_keys  *grown = realloc(*keys, sizeof *grown + (count + 1) * sizeof grown->rows[0]);
    if (grown == NULL) abort();
    grown->rows[count] = (struct kiosk_key){kiosk, *key, (enum kiosk_state)state};
    grown->count = count + 1;
    *keys = grown;
}

static int key_compare(const void *one, const void *other)
{
    const struct kiosk_key *a = one, *b = other;
    return (a->kiosk > b->kiosk) - (a->kiosk < b->kiosk);
}

bool store_known(struct store *store, struct known **known, struct err *err)
{
    struct known *made = calloc(1, sizeof *made);
    if (made == NULL) abort();
    made->server = writer_server(store->writer);
    made->run = writer_run(store->writer);
    if (!writer_keys(store->writer, key_add, &made->keys, err) ||
        !feed_runs(store->books, &made->runs, &made->run_count, err)) {
        known_free(made);
        return false;
    }
    if (made->keys != NULL) qsort(made->keys->rows, made->keys->count, sizeof made->keys->rows[0], key_compare);
    *known = made;
    return true;
}

void known_free(struct known *known)
{
    if (known == NULL) return;
    free(known->keys);
    free(known->runs);
    free(known);
}

void known_tell(const struct known *known, struct take *take)
{
    take_keys(take, known->keys);
    take_runs(take, known->run, known->runs, known->run_count);
}

/* ---------------------------------------------------------------------------------------------------- acts */

void act_busy(struct act *act, struct say say)
{
    const struct err why = {ERR_BUSY, say};
    act_refuse(act, &why);
}

void store_act(struct store *store, struct act *act, int64_t now_ms)
{
    struct writer_in  in = {.now_ms = now_ms, .act = act, .most = STEP_EVENTS};
    struct writer_out out;
    struct hash       name;
    struct err        err;
    for (;;) {
        in.inbox_end = take_end(store->take);
        writer_step(store->writer, &in, &out);
        if (out.is_act_done) return;
        if (out.err.kind != ERR_NONE) {
            act_busy(act, out.err.say);
            return;
        }
        in.office_number = 0;
        if (out.want == WRITER_OFFICE_LINE &&
            !take_office(store->take, &out.line, now_ms, &in.office_number, &name, &err)) {
            act_busy(act, err.say);
            return;
        }
    }
}
