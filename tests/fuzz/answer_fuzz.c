/* answer_fuzz.c - any bytes as what a server answers to a batch, signed and not: nothing that was saved goes, and what isn't
 * signed moves no mark.
 * links: kiosk_send kiosk_keep core */
#include <assert.h>
#include <string.h>

#include "core/embed.h"
#include "kiosk/send/send.h"
#include "tests/unit/folder.h"

#define NOW INT64_C(1796000000000)
enum { SAVED = 3 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static struct db     *db;
static struct outbox *outbox;
static struct send    sender;
static int64_t        mono_ms = 1000;
static uint64_t       number;

static void leave(void)
{
    outbox_close(outbox);
    db_close(db);
    folder_end();
}

static void start(void)
{
    struct err  err;
    struct hash name;
    bool is_good = folder_make() == 0 && chain_init(&err) && db_open(folder_path("a.db"), DB_WRITE, NULL, &db, &err) &&
                   db_migrate(db, embed_kiosk_schema, &err) && place_open(db, 0, &err) &&
                   outbox_open(db, &outbox, &err);
    assert(is_good);
    outbox_now(outbox, NOW);
    for (int i = 0; i < SAVED; i++) {
        struct event event = {.kind = EVENT_REPORT, .count = i + 1, .wall_ms = NOW};
        is_good = outbox_save(outbox, &event, &name, &err);
        assert(is_good);
    }
    (void)is_good;
    memset(sender.post.key.bytes, 7, sizeof sender.post.key.bytes);
    atexit(leave);
}

static int64_t waiting(void)
{
    int64_t since_ms;
    return outbox_waiting(outbox, &since_ms);
}

static int64_t kept(void)
{
    struct err      err;
    struct db_stmt *stmt;
    bool            row;
    bool is_good = db_prepare(db, SQL("SELECT count(*) FROM event"), &stmt, &err) && db_step(stmt, &row, &err);
    assert(is_good);
    (void)is_good;
    int64_t count = db_int(stmt, 0);
    db_reset(stmt);
    return count;
}

static void step(const struct send_answer *answer, struct send_request *request)
{
    struct err   err;
    struct place place;
    sender.post.next_number = ++number;
    bool is_good =
        place_read(db, &place, &err) && send_step(&sender, outbox, &place, answer, NOW, mono_ms, request, &err);
    assert(is_good);
    (void)is_good;
}

/* The next request that goes out; false: none does any more. */
static bool sent(struct send_request *request)
{
    for (int i = 0; i < 20; i++) {
        int64_t due_ms = send_due(&sender, outbox);
        if (due_ms == INT64_MAX) return false;
        if (due_ms > mono_ms) mono_ms = due_ms;
        *request = (struct send_request){0};
        step(NULL, request);
        if (request->is_set) return true;
    }
    return false;
}

/* The first byte says which status it is, and whether it is signed. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const int    status[] = {200, 400, 401, 403, 404, 409, 413, 500, 503, 0};
    struct send_request request, next = {0};
    if (outbox == NULL) start();
    if (len == 0) return 0;
    outbox_doubt(outbox);
    if (!sent(&request)) return 0;
    bool               is_signed = bytes[0] % 2 == 0;
    struct send_answer answer = {.number = sender.post.under_way,
                                 .status = status[bytes[0] / 2 % 10],
                                 .has_mac = is_signed,
                                 .body = (const char *)bytes + 1,
                                 .len = len - 1};
    int64_t            waited = waiting(), before = kept();
    if (is_signed) answer.mac = mac_answer(&sender.post.key, &request.mac, answer.body, answer.len);
    step(&answer, &next);
    assert(kept() >= before);
    if (!is_signed) assert(waiting() == waited);
    buf_free(&request.body);
    buf_free(&next.body);
    return 0;
}
