/* books.h - a small factory for the tests of the books: real files, an inbox in memory, kiosks that chain their events.
 *
 * The inbox is the seam struct writer_source; what stands behind it in the server is tested with the taker. */
#ifndef TESTS_UNIT_BOOKS_H
#define TESTS_UNIT_BOOKS_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/json.h"
#include "core/text.h"
#include "server/books/rebuild.h"
#include "server/books/writer.h"
#include "tests/unit/rows.h"

#define NOW INT64_C(1772600400000) /* 2026-03-04 13:00 in China */
enum { TODAY = 20516 /* 2026-03-04 */, LINES_MAX = 8192 };

struct inbox {
    size_t count;
    struct {
        struct writer_line line;
        char              *bytes;
    } lines[LINES_MAX];
    struct err fails; /* kind != NONE: reading fails so */
};

static char           folder[64];
static struct inbox   inbox;
static struct writer *writer;
static struct err     err;
static int            act_number;

static inline void good(bool is_good)
{
    if (!is_good) {
        char words[512];
        print_error("kind %d: %s\n", err.kind, text_say(LANG_EN, &err.say, words, sizeof words));
    }
    assert_true(is_good);
}

static inline const char *path_of(const char *name)
{
    static char path[32][128];
    static int  turn;
    turn = (turn + 1) % 32;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

static inline int remove_one(const char *path, const struct stat *stat, int kind, struct FTW *ftw)
{
    (void)stat, (void)kind, (void)ftw;
    return remove(path);
}

static inline bool inbox_next(void *self, int64_t after, struct writer_line *line, bool *has_line, struct err *error)
{
    const struct inbox *box = self;
    if (box->fails.kind != ERR_NONE) {
        *error = box->fails;
        return false;
    }
    *has_line = after < (int64_t)box->count;
    if (*has_line) *line = box->lines[after].line;
    return true;
}

static inline struct writer *writer_at(const char *name, bool rebuild)
{
    struct writer_options options = {
        .books_path = path_of(name), .inbox = {inbox_next, &inbox},
             .rebuild = rebuild
    };
    struct writer *opened = NULL;
    good(writer_open(&options, NOW, &opened, &err));
    return opened;
}

static const struct epoch server_epoch = {1, 0xABCD};

static inline int factory_make(void **state)
{
    (void)state;
    /* In memory where there is such a place: what is tested is what is written, not the disk's speed. */
    snprintf(folder, sizeof folder, "%s/books_test.XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    if (mkdtemp(folder) == NULL) return 1;
    err = (struct err){0};
    act_number = 0;
    good(chain_init(&err));
    writer = writer_at("books.db", false);
    good(writer_epoch(writer, server_epoch, NOW, &err));
    return 0;
}

static inline int factory_end(void **state)
{
    (void)state;
    writer_close(writer);
    writer = NULL;
    for (size_t i = 0; i < inbox.count; i++) free(inbox.lines[i].bytes);
    memset(&inbox, 0, sizeof inbox);
    return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* ---- The inbox */

static inline int64_t inbox_bytes(uint64_t kiosk, struct epoch epoch, int64_t seq, const char *bytes, size_t len)
{
    assert_true(inbox.count < LINES_MAX);
    char *copy = malloc(len + 1);
    assert_non_null(copy);
    memcpy(copy, bytes, len);
    copy[len] = 0;
    inbox.lines[inbox.count].bytes = copy;
    inbox.lines[inbox.count].line = (struct writer_line){.number = (int64_t)inbox.count + 1,
                                                         .taken_ms = NOW,
                                                         .kiosk = kiosk,
                                                         .epoch = epoch,
                                                         .seq = seq,
                                                         .bytes = copy,
                                                         .len = len};
    return (int64_t)++inbox.count;
}

/* Writes the event as its kiosk would, and takes it. The chain's prev is not the books' business. */
static inline int64_t inbox_event(const struct event *event, struct hash *name)
{
    struct buf bytes = {0};
    good(event_write(event, &bytes, &err));
    if (name != NULL) *name = event_name(bytes.bytes, bytes.len);
    int64_t number = inbox_bytes(event->kiosk, event->epoch, event->seq, bytes.bytes, bytes.len);
    buf_free(&bytes);
    return number;
}

struct kiosk {
    uint64_t     id;
    struct epoch epoch;
    int64_t      seq;
};

static inline struct event event_of(struct kiosk *kiosk, enum event_kind kind)
{
    struct event event = {.v = EVENT_VERSION,
                          .kiosk = kiosk->id,
                          .epoch = kiosk->epoch,
                          .seq = ++kiosk->seq,
                          .kind = kind,
                          .tone = TONE_GREEN,
                          .shift_day = TODAY,
                          .wall_ms = NOW,
                          .station = "cut",
                          .program = "test 1"};
    return event;
}

/* sheet as in "2603-0001-01"; badge 0: by number. */
static inline struct event report_of(struct kiosk *kiosk, const char *sheet, int32_t op, int32_t count, int64_t badge,
                                     int32_t worker)
{
    struct event event = event_of(kiosk, EVENT_REPORT);
    event.has_sheet = true;
    assert_true(line_ref_read(sheet, &event.sheet.line));
    event.sheet.rev = 1;
    event.sheet.copy = 1;
    event.op = op;
    event.count = count;
    event.worker_count = 1;
    event.workers[0] = (struct event_worker){.badge = badge, .number = worker, .share = 1};
    return event;
}

/* ---- Steps and acts */

static inline struct writer_in step_in(void)
{
    return (struct writer_in){.now_ms = NOW, .inbox_end = (int64_t)inbox.count, .most = 1000};
}

/* Applies all that was taken, `most` events a slice. */
static inline void apply_all(int64_t most)
{
    struct writer_in  in = step_in();
    struct writer_out out;
    in.most = most;
    do {
        writer_step(writer, &in, &out);
        err = out.err;
        good(out.err.kind == ERR_NONE);
    } while (out.want == WRITER_AGAIN);
    assert_int_equal(writer_applied(writer), (int64_t)inbox.count);
}

static inline struct act act_of(const char *name, const char *user, const char *body)
{
    struct act act = {.name = name, .body = body, .len = strlen(body)};
    snprintf(act.id, sizeof act.id, "act-%04d", ++act_number);
    snprintf(act.user, sizeof act.user, "%s", user);
    return act;
}

static inline struct writer_out act_step_of(struct act *act)
{
    struct writer_in  in = step_in();
    struct writer_out out;
    in.act = act;
    buf_clear(&act->answer);
    writer_step(writer, &in, &out);
    return out;
}

/* Performs it; the answer stays readable until the next. */
static inline const char *act_do_as(const char *name, const char *user, const char *body, int status)
{
    static char answer[65536];
    struct act  act = act_of(name, user, body);
    assert_true(act_step_of(&act).is_act_done);
    snprintf(answer, sizeof answer, "%s", buf_text(&act.answer));
    if (act.status != status) print_error("%s: %d %s\n", name, act.status, answer);
    assert_int_equal(act.status, status);
    buf_free(&act.answer);
    return answer;
}

static inline const char *act_do(const char *name, const char *body)
{
    return act_do_as(name, "console", body, 200);
}

/* ---- Looking into the books */

static inline struct db *books_look(const char *name)
{
    struct db *db = NULL;
    good(db_open(path_of(name), DB_READ, NULL, &db, &err));
    return db;
}

/* All rows of a query as text: columns joined by |, rows by newline. */
static inline const char *rows_of(const char *name, const char *sql)
{
    static char     text[65536];
    struct db      *db = books_look(name);
    struct db_stmt *stmt;
    bool            row;
    size_t          len = 0;
    text[0] = 0;
    good(db_prepare(db, sql, &stmt, &err));
    for (;;) {
        good(db_step(stmt, &row, &err));
        if (!row) break;
        if (len > 0) len += (size_t)snprintf(text + len, sizeof text - len, "\n");
        for (int c = 0; c < db_columns(stmt); c++) {
            if (c > 0) len += (size_t)snprintf(text + len, sizeof text - len, "|");
            switch (db_type_of(stmt, c)) {
            case DB_NULL: len += (size_t)snprintf(text + len, sizeof text - len, "-"); break;
            case DB_INT:
                len += (size_t)snprintf(text + len, sizeof text - len, "%lld", (long long)db_int(stmt, c));
                break;
            case DB_TEXT: len += (size_t)snprintf(text + len, sizeof text - len, "%s", db_text(stmt, c)); break;
            case DB_BLOB: len += (size_t)snprintf(text + len, sizeof text - len, "blob"); break;
            }
            assert_true(len < sizeof text - 256);
        }
    }
    db_close(db);
    return text;
}

static inline const char *rows(const char *sql)
{
    return rows_of("books.db", sql);
}

/* Built anew from the inbox, all that was computed comes out the same. */
static inline void rebuilt_is_equal(const char *name)
{
    struct rebuild_options options = {
        .books_path = path_of(name), .work_path = path_of("rebuilt.db"), .inbox = {inbox_next, &inbox}
    };
    struct rebuild_result result;
    unlink(path_of("rebuilt.db"));
    unlink(path_of("rebuilt.db-wal"));
    unlink(path_of("rebuilt.db-shm"));
    good(rebuild_compare(&options, NOW, &result, &err));
    if (result.differences > 0) print_error("[%s]\n", buf_text(&result.first));
    assert_int_equal(result.differences, 0);
    assert_true(result.rows > 0);
    buf_free(&result.first);
}

/* ---- Masters: two operations, a family "steel", three workers, one line of ten doors, one of two. */

enum { BADGE_LI = 1, BADGE_WANG, BADGE_ZHANG, BADGE_SPARE = 98, BADGE_NOBODY = 99 };

static inline void masters_import(void)
{
    act_do("import", "{\"kind\":\"operations\",\"columns\":[\"code\",\"name_zh\",\"name_en\",\"part\"],\"rows\":["
                     "[2,\"cut\",\"下料\",\"Cutting\",\"leaf\"],[3,\"weld\",\"焊接\",\"Welding\",\"leaf\"]]}");
    act_do("import", "{\"kind\":\"stations\",\"columns\":[\"id\",\"name_zh\",\"operations\"],\"rows\":["
                     "[2,\"cut\",\"下料\",\"cut\"],[3,\"weld\",\"焊接\",\"weld\"]]}");
    act_do("import", "{\"kind\":\"workers\",\"columns\":[\"number\",\"name\",\"badge\"],\"rows\":["
                     "[2,\"1\",\"李明\",\"000000000000001\"],[3,\"2\",\"王芳\",\"000000000000002\"],"
                     "[4,\"3\",\"张𬭎\",\"000000000000003\"]]}");
    act_do("import", "{\"kind\":\"routings\",\"columns\":[\"family\",\"op\",\"operation\",\"per_door\"],\"rows\":["
                     "[2,\"steel\",\"10\",\"cut\",\"1\"],[3,\"steel\",\"20\",\"weld\",\"2\"]]}");
    act_do("import", "{\"kind\":\"rates\",\"columns\":[\"operation\",\"family\",\"from\",\"rate\",\"rework\"],"
                     "\"rows\":[[2,\"cut\",\"\",\"2026-01-01\",\"0.5\",\"0.1\"],"
                     "[3,\"weld\",\"steel\",\"2026-01-01\",\"1.25\",\"0.2\"]]}");
}

#define ORDERS_BODY                                                                                          \
    "{\"kind\":\"orders\",\"columns\":[\"order\",\"line\",\"customer\",\"product\",\"family\",\"quantity\"," \
    "\"due\"],\"rows\":[[2,\"2603-0001\",\"1\",\"东门\",\"钢门\",\"steel\",\"10\",\"2026-03-20\"],"      \
    "[3,\"2603-0001\",\"2\",\"东门\",\"钢门\",\"steel\",\"2\",\"2026-03-20\"]]}"

static inline void factory_import(void)
{
    masters_import();
    act_do("import", ORDERS_BODY);
}

#endif
