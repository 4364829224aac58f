/* meet_test.c - the kiosk's sender against the real taker, both on real files, with random misfortunes: whatever
 * happened, in the end the server has every event that the kiosk still holds, once, and nothing that nobody made. SEED
 * and SEEDS choose others.
 * links: kiosk_send kiosk_keep server_take core */
#include <string.h>

#include "core/embed.h"
#include "kiosk/send/send.h"
#include "server/take/take.h"
#include "tests/unit/folder.h"
#include "tests/unit/rows.h"

#define NOW INT64_C(1796000000000)
enum { OPS = 70, DRAIN_STEPS = 400, NAMES_MAX = 4096 };

static uint64_t       dice;
static struct db     *db;
static struct outbox *outbox;
static struct send    sender;
static struct take   *take;
static struct err     err;
static int64_t        mono_ms;
static uint64_t       number, run;
static size_t         made_count;
static struct hash    made[NAMES_MAX];
static char           kiosk_path[128], inbox_path[128];

static struct {
    size_t           count;
    struct kiosk_key row;
} keys;

static void good(bool is_good)
{
    if (!is_good) print_error("%s\n", err.say.id);
    assert_true(is_good);
}

/* ---- both ends, opened, closed, copied */

static void kiosk_open(void)
{
    good(db_open(kiosk_path, DB_WRITE, NULL, &db, &err));
    good(db_migrate(db, embed_kiosk_schema, &err));
    good(place_open(db, 0, &err));
    good(outbox_open(db, &outbox, &err));
    outbox_now(outbox, NOW);
    sender = (struct send){0};
    memset(sender.post.key.bytes, 7, sizeof sender.post.key.bytes);
}

static void kiosk_close(void)
{
    outbox_close(outbox);
    db_close(db);
}

static void server_open(bool new_epoch)
{
    struct take_options options = {.path = inbox_path, .run = ++run, .new_epoch = new_epoch};
    good(take_open(&options, NOW, &take, &err));
    take_keys(take, (const struct kiosk_keys *)(const void *)&keys);
}

/* Files that don't exist are copied by removing the copy. */
static void copy_one(const char *from, const char *to)
{
    char  bytes[65536];
    FILE *in = fopen(from, "rb"), *out;
    remove(to);
    if (in == NULL) return;
    out = fopen(to, "wb");
    assert_non_null(out);
    for (size_t len; (len = fread(bytes, 1, sizeof bytes, in)) > 0;) assert_int_equal(fwrite(bytes, 1, len, out), len);
    fclose(in);
    fclose(out);
}

static void copy(const char *from, const char *to)
{
    static const char *const tails[] = {"", "-wal"};
    for (size_t i = 0; i < 2; i++) {
        char a[160], b[160];
        snprintf(a, sizeof a, "%s%s", from, tails[i]);
        snprintf(b, sizeof b, "%s%s", to, tails[i]);
        copy_one(a, b);
    }
    char shm[160];
    snprintf(shm, sizeof shm, "%s-shm", to);
    remove(shm);
}

/* ---- the wire */

static bool chance(int of)
{
    return dice_between(&dice, 1, of) == 1;
}

static struct take_answer ask_server(const struct send_request *request)
{
    char                kiosk[ID_TEXT], mac[HASH_TEXT];
    struct take_answer  answer;
    struct take_request wire = {
        .method = "POST", .path = SEND_PATH, .kiosk = kiosk, .nonce = request->nonce, .mac = mac};
    id_write(outbox_kiosk(outbox), kiosk);
    hash_write(&request->mac, mac);
    wire.body = buf_text(&request->body);
    wire.len = request->body.len;
    take_step(take, &wire, 1, NOW, &answer);
    return answer;
}

static void step(const struct send_answer *answer, struct send_request *request)
{
    struct place place;
    good(place_read(db, &place, &err));
    sender.post.next_number = ++number;
    good(send_step(&sender, outbox, &place, answer, NOW, mono_ms, request, &err));
}

static void hear(struct take_answer *taken, uint64_t of)
{
    struct send_request none;
    struct send_answer  answer = {.number = of,
                                  .status = taken->status,
                                  .has_mac = taken->has_mac,
                                  .mac = taken->mac,
                                  .body = buf_text(&taken->body),
                                  .len = taken->body.len};
    step(&answer, &none);
    assert_false(none.is_set);
}

/* One request and what becomes of it; false: nothing waits. */
static bool exchange(bool is_faulty)
{
    struct send_request request;
    int64_t             due_ms = send_due(&sender, outbox);
    if (due_ms == INT64_MAX) return false;
    if (due_ms > mono_ms) mono_ms = due_ms;
    step(NULL, &request);
    if (!request.is_set) return true;
    uint64_t of = sender.post.under_way;
    if (is_faulty && chance(5)) { /* never arrives */
        buf_free(&request.body);
        return true;
    }
    struct take_answer answer = ask_server(&request);
    if (is_faulty && chance(6)) { /* arrives twice */
        buf_free(&answer.body);
        answer = ask_server(&request);
    }
    if (!is_faulty || !chance(4)) hear(&answer, of); /* else: the answer is lost */
    if (is_faulty && chance(8)) hear(&answer, of);
    buf_free(&answer.body);
    buf_free(&request.body);
    return true;
}

/* ---- misfortunes */

static void save_some(void)
{
    for (int64_t i = dice_between(&dice, 1, 9); i > 0; i--) {
        struct event event = {.kind = EVENT_REPORT, .count = (int32_t)made_count + 1, .wall_ms = NOW};
        assert_true(made_count < NAMES_MAX);
        good(outbox_save(outbox, &event, &made[made_count++], &err));
    }
}

static void server_stop(void)
{
    take_close(take);
    take = NULL;
}

static void server_again(bool is_set_back, bool new_epoch)
{
    server_stop();
    if (is_set_back) copy(folder_path("inbox.old"), inbox_path);
    server_open(new_epoch);
}

static void server_replaced(void)
{
    server_stop();
    copy(folder_path("nothing"), inbox_path);
    keys.row.state = chance(2) ? KIOSK_WAITING : KIOSK_TAKEN;
    server_open(false);
}

static void rows_lost(void)
{
    char    sql[128];
    int64_t last = outbox_last(outbox, outbox_epoch(outbox)).seq, from = dice_between(&dice, 1, last + 1);
    snprintf(sql, sizeof sql, "DELETE FROM event WHERE counter = %d AND seq BETWEEN %d AND %d",
             (int)outbox_epoch(outbox).counter, (int)from, (int)(from + dice_between(&dice, 0, 5)));
    good(db_script(db, sql, &err));
    kiosk_close();
    copy(kiosk_path, folder_path("k.old")); /* an older copy that still had them would be believed to be lost */
    kiosk_open();
}

static void misfortune(void)
{
    switch (dice_between(&dice, 1, 14)) {
    case 1: kiosk_close(), kiosk_open(); break;
    case 2: server_again(false, false); break;
    case 3:
        server_stop();
        copy(inbox_path, folder_path("inbox.old"));
        server_open(false);
        break;
    case 4: server_again(true, true); break;
    case 5: server_again(true, false); break; /* somebody copied the file back by hand */
    case 6: server_replaced(); break;
    case 7:
        kiosk_close();
        copy(kiosk_path, folder_path("k.old"));
        kiosk_open();
        break;
    case 8:
        kiosk_close();
        copy(folder_path("k.old"), kiosk_path);
        kiosk_open();
        break;
    case 9: rows_lost(); break;
    default: break;
    }
}

/* ---- in the end */

/* A gap may be there no more: a server set back has the events themselves. */
static size_t names_of(struct hash *names)
{
    struct db_stmt *stmt;
    bool            row;
    size_t          count = 0, len;
    good(db_prepare(db, SQL("SELECT name FROM event WHERE is_gap = 0"), &stmt, &err));
    for (;;) {
        good(db_step(stmt, &row, &err));
        if (!row) return count;
        memcpy(names[count++].bytes, db_blob(stmt, 0, &len), HASH_BYTES);
    }
}

static int64_t found_in(const struct hash *names, size_t count, const struct hash *name)
{
    int64_t found = 0;
    for (size_t i = 0; i < count; i++) found += hash_equal(&names[i], name);
    return found;
}

static size_t inbox_names(struct hash *names)
{
    struct take_reader *reader;
    struct take_line    line;
    bool                has_line;
    size_t              count = 0;
    good(take_reader_open(inbox_path, NULL, &reader, &err));
    for (int64_t after = 0;; after = line.number) {
        good(take_reader_next(reader, after, &line, &has_line, &err));
        if (!has_line) break;
        struct event event;
        good(event_read(line.bytes, line.len, &event, &err));
        assert_true(count < NAMES_MAX);
        names[count] = event_name(line.bytes, line.len);
        if (event.kind != EVENT_GAP) assert_int_equal(found_in(made, made_count, &names[count]), 1);
        count++;
    }
    take_reader_close(reader);
    return count;
}

static void check_all(uint64_t seed)
{
    static struct hash held[NAMES_MAX], taken[NAMES_MAX];
    int                steps = 0;
    int64_t            since_ms;
    keys.row.state = KIOSK_TAKEN;
    take_keys(take, (const struct kiosk_keys *)(const void *)&keys);
    kiosk_close(); /* a start asks where the server stands */
    kiosk_open();
    while (exchange(false))
        if (++steps > DRAIN_STEPS) fail_msg("seed %d: the queue doesn't empty", (int)seed);
    assert_int_equal(outbox_waiting(outbox, &since_ms), 0);
    size_t held_count = names_of(held), taken_count = inbox_names(taken);
    for (size_t i = 0; i < held_count; i++)
        if (found_in(taken, taken_count, &held[i]) != 1)
            fail_msg("seed %d: an event is %d times in the inbox", (int)seed,
                     (int)found_in(taken, taken_count, &held[i]));
}

static void meet(uint64_t seed)
{
    dice = seed;
    mono_ms = 0;
    made_count = 0;
    assert_int_equal(folder_make(), 0);
    snprintf(kiosk_path, sizeof kiosk_path, "%s", folder_path("k.db"));
    snprintf(inbox_path, sizeof inbox_path, "%s", folder_path("inbox.db"));
    kiosk_open();
    copy(kiosk_path, folder_path("k.old"));
    keys.count = 1;
    keys.row = (struct kiosk_key){.kiosk = outbox_kiosk(outbox), .key = sender.post.key, .state = KIOSK_TAKEN};
    kiosk_close();
    copy(kiosk_path, folder_path("k.old"));
    kiosk_open();
    server_open(false);
    server_stop();
    copy(inbox_path, folder_path("inbox.old"));
    server_open(false);
    for (int i = 0; i < OPS; i++) {
        if (chance(2)) save_some();
        for (int64_t j = dice_between(&dice, 0, 4); j > 0; j--) exchange(true);
        if (keys.row.state == KIOSK_WAITING && chance(4)) {
            keys.row.state = KIOSK_TAKEN;
            take_keys(take, (const struct kiosk_keys *)(const void *)&keys);
        }
        misfortune();
    }
    check_all(seed);
    kiosk_close();
    server_stop();
    folder_end();
}

static void whatever_happens(void **state)
{
    const char *from = getenv("SEED"), *count = getenv("SEEDS");
    uint64_t    seed = from == NULL ? 1 : strtoull(from, NULL, 10);
    (void)state;
    good(chain_init(&err));
    for (long i = count == NULL ? 6 : strtol(count, NULL, 10); i > 0; i--) meet(seed++);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    rows_add(&rows, "whatever happens", whatever_happens, NULL);
    return rows_run(&rows, argc, argv);
}
