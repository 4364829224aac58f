/* care_test.c - what is altered on disk is named; a backup made beside a working server is whole; a restore begins a new
 * life of the server; an export has everything but secrets. Real files, a real taker, a real writer.
 * links: server_care server_take server_books server_judge core */
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "core/db.h"
#include "core/lock.h"
#include "server/care/care.h"
#include "server/care/check.h"
#include "server/care/export.h"
#include "server/take/take.h"
#include "tests/unit/books.h"

#define EVENTS_PATH "/kiosk/1/events"
#define KIOSK UINT64_C(0x11)
static const struct epoch FIRST = {1, 5};

static struct take       *take;
static struct kiosk_keys *keys;
static struct kiosk       kiosk;
static struct hash        prev; /* name of the kiosk's newest event */
static char              *said; /* what a command printed */
static size_t             said_len;

/* ---- the taker beside the writer of books.h, whose inbox in memory follows the file */

static void take_start(void)
{
    struct take_options options = {.path = path_of("inbox.db"), .run = 1};
    good(take_open(&options, NOW, &take, &err));
    take_keys(take, keys);
}

static int start(void **state)
{
    if (factory_make(state) != 0) return 1;
    keys = calloc(1, sizeof *keys + sizeof keys->rows[0]);
    if (keys == NULL) return 1;
    keys->count = 1;
    keys->rows[0] = (struct kiosk_key){.kiosk = KIOSK, .key = {{7}}};
    kiosk = (struct kiosk){.id = KIOSK, .epoch = FIRST};
    prev = chain_first(KIOSK, FIRST);
    take_start();
    factory_import();
    return 0;
}

static int end(void **state)
{
    take_close(take);
    take = NULL;
    free(keys);
    free(said);
    said = NULL;
    return factory_end(state);
}

/* Sends lines as one batch; true where they were taken. */
static bool batch_send(const struct epoch *epoch, int64_t first, int count, const struct hash *before,
                       const struct buf *lines)
{
    char               id[ID_TEXT], in_epoch[EPOCH_TEXT], mac[HASH_TEXT], hash[HASH_TEXT];
    struct buf         body = {0};
    struct take_answer answer;
    id_write(KIOSK, id);
    epoch_write(*epoch, in_epoch);
    hash_write(before, hash);
    buf_fmt(&body, "events 1 %s %s %lld %d %s - 0 ", id, in_epoch, (long long)first, count, hash);
    struct hash zero = chain_first(KIOSK, *epoch);
    hash_write(&zero, hash);
    buf_fmt(&body, "%s 0000000000000000 0 5\n", hash);
    buf_add(&body, lines->bytes, lines->len);
    struct hash made =
        mac_request(&keys->rows[0].key, "POST", EVENTS_PATH, "00112233445566778899aabbccddeeff", body.bytes, body.len);
    struct take_request request = {"POST", EVENTS_PATH, id,       "00112233445566778899aabbccddeeff",
                                   mac,    body.bytes,  body.len, NULL};
    hash_write(&made, mac);
    take_step(take, &request, 1, NOW, &answer);
    bool is_taken = answer.status == 200 && strstr(buf_text(&answer.body), "\"state\":\"taken\"") != NULL;
    if (!is_taken) print_error("%d %s\n", answer.status, buf_text(&answer.body));
    buf_free(&answer.body);
    buf_free(&body);
    return is_taken;
}

/* One event behind `before`; gives its name. */
static struct hash send(struct event event, const struct hash *before)
{
    struct buf line = {0};
    event.prev = *before;
    good(event_write(&event, &line, &err));
    struct hash name = event_name(line.bytes, line.len);
    buf_char(&line, '\n');
    assert_true(batch_send(&event.epoch, event.seq, 1, before, &line));
    buf_free(&line);
    return name;
}

static void report(int32_t count)
{
    prev = send(report_of(&kiosk, "2603-0001-01", 10, count, BADGE_LI, 1), &prev);
}

/* What the file has behind what memory has. */
static void inbox_follow(void)
{
    struct take_reader *reader;
    struct take_line    line;
    bool                has_line = true;
    good(take_reader_open(path_of("inbox.db"), NULL, &reader, &err));
    for (;;) {
        good(take_reader_next(reader, (int64_t)inbox.count, &line, &has_line, &err));
        if (!has_line) break;
        inbox_bytes(line.kiosk, line.epoch, line.seq, line.bytes, line.len);
    }
    take_reader_close(reader);
}

static void book_all(void)
{
    inbox_follow();
    apply_all(1000);
}

/* ---- altering what is stored */

static void stop_all(void)
{
    take_close(take);
    take = NULL;
    writer_close(writer);
    writer = NULL;
}

static void alter(const char *name, const char *sql)
{
    struct db *db;
    good(db_open(path_of(name), DB_WRITE, NULL, &db, &err));
    good(db_script(db, sql, &err));
    db_close(db);
}

/* Its log was copied into the file at the last close; as long as it is there it is read instead. */
static void log_remove(const char *name)
{
    char log[160];
    snprintf(log, sizeof log, "%s-wal", path_of(name));
    (void)!unlink(log);
    snprintf(log, sizeof log, "%s-shm", path_of(name));
    (void)!unlink(log);
}

/* Flips a bit of the first byte of `text`, which stands in the file once. */
static void flip(const char *name, const char *text)
{
    log_remove(name);
    FILE *file = fopen(path_of(name), "r+b");
    assert_non_null(file);
    static char bytes[1 << 22];
    size_t      len = fread(bytes, 1, sizeof bytes, file);
    char       *at = memmem(bytes, len, text, strlen(text));
    assert_non_null(at);
    assert_int_equal(fseek(file, at - bytes, SEEK_SET), 0);
    assert_int_equal(fputc(*at ^ 1, file), *at ^ 1);
    assert_int_equal(fclose(file), 0);
}

/* ---- commands */

static struct care care_on(const char *data)
{
    free(said);
    said = NULL;
    FILE *out = open_memstream(&said, &said_len);
    assert_non_null(out);
    return (struct care){.data = data, .out = out, .lang = LANG_EN, .is_json = true, .now_ms = NOW, .offset_min = 480};
}

static bool check_of(const char *data)
{
    struct care care = care_on(data);
    bool        is_good = care_check(&care, &err);
    assert_int_equal(fclose(care.out), 0);
    return is_good;
}

static bool compare(void)
{
    struct care care = care_on(folder);
    bool        is_equal = care_compare(&care, &err);
    assert_int_equal(fclose(care.out), 0);
    return is_equal;
}

static bool backup(const char *into)
{
    struct care care = care_on(folder);
    care.is_json = false;
    bool is_done = care_backup(&care, into, &err);
    assert_int_equal(fclose(care.out), 0);
    return is_done;
}

static bool restore(const char *data, const char *from, bool is_forced)
{
    struct care care = care_on(data);
    bool        is_done = care_restore(&care, from, is_forced, &err);
    assert_int_equal(fclose(care.out), 0);
    return is_done;
}

static bool export_to(const char *to)
{
    struct care care = care_on(folder);
    bool        is_done = care_export(&care, to, &err);
    assert_int_equal(fclose(care.out), 0);
    return is_done;
}

static int64_t number_of(const char *key)
{
    struct err   why;
    struct json *json = json_read(said, said_len - 1, &why);
    assert_non_null(json);
    int64_t number = json_int(json_get(json, key), -1);
    json_free(json);
    return number;
}

/* The only bad line is this one. */
static void assert_bad(const char *id, int64_t number)
{
    struct err why;
    assert_int_equal(err.kind, ERR_DAMAGED);
    assert_string_equal(err.say.id, id);
    if (number_of("bad") != 1) print_error("%s\n", said);
    assert_int_equal(number_of("bad"), 1);
    struct json *json = json_read(said, said_len - 1, &why);
    assert_non_null(json);
    const struct json *finding = json_at(json_get(json, "findings"), 0);
    assert_string_equal(json_text(json_get(finding, "what"), ""), "bad");
    assert_int_equal(json_int(json_get(finding, "number"), -1), number);
    json_free(json);
}

static bool is_there(const char *path)
{
    struct stat stat;
    return lstat(path, &stat) == 0;
}

static int mode_of(const char *path)
{
    struct stat stat;
    assert_int_equal(lstat(path, &stat), 0);
    return stat.st_mode & 0777;
}

/* A whole file as text. */
static const char *text_of_file(const char *path)
{
    static char text[1 << 20];
    FILE       *file = fopen(path, "rb");
    assert_non_null(file);
    size_t len = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[len] = 0;
    return text;
}

/* ---------------------------------------------------------------------------------------------------- check */

static void whole_is_good(void **state)
{
    (void)state;
    for (int i = 1; i <= 4; i++) report(i % 3 + 1);
    book_all();
    report(1);                     /* not booked yet */
    assert_true(check_of(folder)); /* beside taker and writer */
    assert_int_equal(number_of("events"), 5);
    assert_int_equal(number_of("applied"), 4);
    assert_int_equal(number_of("chains"), 1);
    assert_true(number_of("audit") > 0);
    assert_int_equal(number_of("bad") + number_of("fork") + number_of("gap") + number_of("odd"), 0);
}

static void empty_is_good(void **state)
{
    (void)state;
    assert_true(check_of(folder));
    assert_int_equal(number_of("events"), 0);
    assert_true(compare());
}

static void note(const char *text)
{
    struct event event = event_of(&kiosk, EVENT_NOTE);
    snprintf(event.note, sizeof event.note, "%s", text);
    prev = send(event, &prev);
}

static void byte_of_a_booked_event_is_named(void **state)
{
    (void)state;
    report(1);
    note("alpha");
    report(1);
    book_all();
    stop_all();
    flip("inbox.db", "alpha");
    assert_false(check_of(folder));
    assert_bad("care.bad-bytes", 2);
    assert_int_equal(err.say.args[0].number, 2);
    assert_int_equal(err.say.args[2].number, 2);
}

static void last_byte_of_the_newest_event_is_named(void **state)
{
    (void)state;
    report(1);
    note("omega");
    book_all();
    stop_all();
    flip("inbox.db", "omega");
    assert_false(check_of(folder));
    assert_bad("care.bad-bytes", 2);
}

static void byte_of_an_unbooked_event_breaks_its_chain(void **state)
{
    (void)state;
    report(1);
    book_all();
    note("alpha");
    report(1);
    report(1);
    stop_all();
    flip("inbox.db", "alpha");
    assert_false(check_of(folder));
    assert_bad("care.bad-prev", 3); /* it or the one before: the books don't know them yet */
}

static void byte_of_the_books_copy_is_named(void **state)
{
    (void)state;
    report(1);
    note("alpha");
    report(1);
    book_all();
    stop_all();
    flip("books.db", "alpha");
    assert_false(check_of(folder));
    assert_bad("care.bad-copy", 2);
}

static void audit_row_is_named(void **state)
{
    (void)state;
    stop_all();
    int64_t rows_before = atoll(rows("SELECT count(*) FROM audit"));
    assert_true(rows_before > 6);
    alter("books.db", "UPDATE audit SET new = replace(new, '李明', '李鬼') WHERE noun = 'worker'");
    assert_false(check_of(folder));
    assert_bad("care.bad-audit", 0);
    assert_int_equal(err.say.args[0].number,
                     atoll(rows("SELECT min(number) FROM audit WHERE noun = 'worker' AND new LIKE '%李鬼%'")));
}

/* number 0: more than one finding, and this is the first. */
struct altered {
    const char *name, *id;
    int64_t     number;
    const char *file, *sql;
};
/* clang-format off */
static const struct altered ALTERED[] = {
    {"event taken out of the inbox", "care.bad-bytes",  0, "inbox.db",
     "DELETE FROM inbox WHERE number = 2; UPDATE inbox SET number = 2 WHERE number = 3"},
    {"unbooked event taken out", "care.hole",       0, "inbox.db",
     "DELETE FROM inbox WHERE number = 4; UPDATE inbox SET number = 4 WHERE number = 5"},
    {"row says more events than it has", "care.bad-count",  0, "inbox.db",
     "UPDATE inbox SET count = 2 WHERE number = 3"},
    {"row under another number of its kiosk", "care.bad-place",  0, "inbox.db",
     "UPDATE inbox SET first_seq = 7, last_seq = 7 WHERE number = 3"},
    {"row of another kiosk", "care.bad-place",  0, "inbox.db", "UPDATE inbox SET kiosk = 18 WHERE number = 5"},
    {"index of places",  "care.bad-index",  1, "inbox.db",
     "INSERT INTO place SELECT kiosk, epoch_counter, epoch_random, first_seq, number, last_seq + 1 FROM inbox;"
     " UPDATE placed SET up_to = 5"},
    {"books ahead of the inbox", "care.fact-alone", 0, "inbox.db", "DELETE FROM inbox WHERE number >= 3"},
    {"fact taken out",   "care.fact-missing", 2, "books.db", "DELETE FROM fact WHERE number = 2"},
    {"fact of no event", "care.fact-alone", 9, "books.db",
     "INSERT INTO fact SELECT 9, zeroblob(32), kiosk, epoch_counter, epoch_random, seq, taken_ms, kind, line, rev, op,"
     " day, day_moved, seen_feed, bytes FROM fact WHERE number = 3"},
    {"name of a fact",   "care.bad-name",   2, "books.db", "UPDATE fact SET name = zeroblob(32) WHERE number = 2"},
};
/* clang-format on */

static void altered_is_named(void **state)
{
    const struct altered *row = *state;
    void                 *none = NULL;
    assert_int_equal(start(&none), 0);
    for (int i = 0; i < 3; i++) report(1);
    book_all();
    for (int i = 0; i < 2; i++) report(1);
    stop_all();
    alter(row->file, row->sql);
    assert_false(check_of(folder));
    assert_int_equal(err.kind, ERR_DAMAGED);
    assert_string_equal(err.say.id, row->id);
    if (row->number != 0) assert_bad(row->id, row->number);
    assert_int_equal(end(&none), 0);
}

static void books_ahead_are_refused(void **state)
{
    (void)state;
    assert_true(care_place(0, 0, &err));
    assert_true(care_place(41, 42, &err));
    assert_false(care_place(43, 42, &err));
    assert_int_equal(err.kind, ERR_DAMAGED);
    assert_string_equal(err.say.id, "care.ahead");
}

/* True stories of a kiosk are told, and are no damage. */
static void fork_gap_and_odd_line_are_named(void **state)
{
    struct buf line = {0};
    (void)state;
    report(1);
    struct hash parting = prev;
    report(1);
    report(1);
    kiosk.seq = 1; /* its card was set back to event 1 */
    prev = parting;
    report(2);
    report(2);
    buf_str(&line, "neither JSON nor anything\n"); /* under number 4, as the head says */
    assert_true(batch_send(&FIRST, ++kiosk.seq, 1, &prev, &line));
    prev = hash_of(line.bytes, line.len - 1);
    buf_free(&line);
    struct event gap = event_of(&kiosk, EVENT_GAP); /* 5 to 7 */
    gap.gap_to = 7;
    struct event behind = {0};
    kiosk.seq = 7;
    behind = event_of(&kiosk, EVENT_NOTE);
    behind.prev = (struct hash){{9}}; /* of event 7, which nobody has any more */
    good(event_write(&behind, &line, &err));
    gap.gap_next = event_name(line.bytes, line.len);
    (void)send(gap, &prev);
    buf_char(&line, '\n');
    assert_true(batch_send(&FIRST, 8, 1, &behind.prev, &line));
    buf_free(&line);
    book_all();
    if (!check_of(folder)) print_error("%s\n", said);
    assert_true(check_of(folder));
    assert_int_equal(number_of("fork"), 1);
    assert_int_equal(number_of("gap"), 1);
    assert_int_equal(number_of("odd"), 1);
    assert_int_equal(number_of("bad"), 0);
    assert_int_equal(number_of("events"), 8);
}

static void file_that_is_no_database_is_named(void **state)
{
    (void)state;
    stop_all();
    log_remove("inbox.db");
    FILE *file = fopen(path_of("inbox.db"), "r+b");
    assert_non_null(file);
    fputs("not a database any more, whatever it was", file);
    fclose(file);
    assert_false(check_of(folder));
    assert_int_equal(err.kind, ERR_DAMAGED);
    assert_string_equal(err.say.args[0].text, "inbox.db");
}

/* ---------------------------------------------------------------------------------------------------- rebuild */

static void altered_due_is_named_and_mended(void **state)
{
    (void)state;
    report(3);
    report(4);
    book_all();
    assert_true(compare()); /* beside the writer */
    assert_int_equal(number_of("different"), 0);
    assert_true(number_of("rows") >= 10);
    assert_non_null(strstr(said, "\"due\":2"));
    stop_all();
    alter("books.db", "UPDATE due SET fen = fen + 100000 WHERE number = 2");
    assert_false(compare());
    assert_int_equal(err.kind, ERR_DAMAGED);
    assert_string_equal(err.say.id, "care.other");
    assert_int_equal(number_of("different"), 1);
    assert_non_null(strstr(said, "{\"table\":\"due\",\"key\":[1,20516,2,0],\"column\":\"fen\",\"kept\":100200,"
                                 "\"built\":200}"));
    struct care care = care_on(folder);
    care.is_json = false;
    assert_false(care_compare(&care, &err));
    fclose(care.out);
    assert_non_null(strstr(said, "\ndue 2\n"));
    assert_non_null(strstr(said, "\n{\"table\":\"due\",\"key\":[1,20516,2,0],\"column\":\"fen\",\"kept\":100200,"
                                 "\"built\":200}\nrows "));
    care = care_on(folder);
    good(care_rebuild(&care, &err));
    fclose(care.out);
    assert_true(compare());
    assert_string_equal(rows("SELECT fen FROM due ORDER BY number"), "150\n200");
}

/* One that was killed left its file; one that compares at this moment keeps its own. */
static void what_a_killed_comparison_left_goes(void **state)
{
    (void)state;
    char  left[256], kept[256];
    pid_t dead = fork();
    if (dead == 0) _exit(0);
    assert_int_equal(waitpid(dead, NULL, 0), dead);
    snprintf(left, sizeof left, "%s/compare-%d.db-wal", folder, (int)dead);
    snprintf(kept, sizeof kept, "%s/compare-%d.db", folder, (int)getppid());
    for (int i = 0; i < 2; i++) fclose(fopen(i == 0 ? left : kept, "w"));
    assert_true(compare());
    assert_int_equal(access(left, F_OK), -1);
    assert_int_equal(access(kept, F_OK), 0);
    unlink(kept);
}

static void rebuild_needs_the_lock(void **state)
{
    int lock;
    (void)state;
    stop_all();
    good(lock_take(folder, &lock, &err));
    struct care care = care_on(folder);
    assert_false(care_rebuild(&care, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    fclose(care.out);
    lock_free(lock);
}

/* ---------------------------------------------------------------------------------------------------- export */

/* Words of columns that must never be exported. */
static const char *const SECRETS[] = {" key", " password", " token", " salt", " csrf", " open_key", " sealed", NULL};

static void each_table_is_exported(void **state)
{
    (void)state;
    int         tables = 0;
    const char *names = rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'");
    for (const char *at = names; *at != 0; at += strcspn(at, "\n"), at += *at == '\n', tables++) {
        char name[64];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(at, "\n"), at);
        bool is_known = false;
        for (int i = 0; EXPORT_SECRET[i] != NULL; i++) is_known |= strcmp(EXPORT_SECRET[i], name) == 0;
        for (int i = 0; EXPORT_TABLES[i].name != NULL; i++) is_known |= strcmp(EXPORT_TABLES[i].name, name) == 0;
        if (!is_known) print_error("table %s is not in server/care/export.c\n", name);
        assert_true(is_known);
    }
    assert_true(tables > 20);
}

/* All columns of each table but those of secrets are there. */
static void each_column_is_exported(void **state)
{
    (void)state;
    struct db *db = books_look("books.db");
    for (const struct export_table *table = EXPORT_TABLES; table->name != NULL; table++) {
        struct db_stmt *some, *all;
        char            sql[96];
        snprintf(sql, sizeof sql, "SELECT * FROM \"%s\"", table->name);
        good(db_prepare(db, sql, &all, &err));
        good(db_prepare(db, table->sql, &some, &err));
        for (int c = 0; c < db_columns(all); c++) {
            char name[64];
            bool is_there_too = false, is_secret = false;
            snprintf(name, sizeof name, " %s", db_column_name(all, c));
            for (int d = 0; d < db_columns(some); d++) is_there_too |= strcmp(db_column_name(some, d), name + 1) == 0;
            for (int i = 0; SECRETS[i] != NULL; i++) is_secret |= strcmp(SECRETS[i], name) == 0;
            if (strcmp(name, " key") == 0)
                is_secret = strcmp(table->name, "kiosk") == 0; /* feed, audit: a noun's key */
            if (strcmp(name, " only_row") == 0) continue;
            if (strcmp(table->name, "act") == 0) is_secret |= strcmp(name, " answer") == 0;
            if (is_there_too == is_secret) print_error("%s.%s\n", table->name, name + 1);
            assert_true(is_there_too != is_secret);
        }
    }
    db_close(db);
}

static void export_has_all_events(void **state)
{
    (void)state;
    note("say \"so\", he said");
    report(2);
    book_all();
    report(1); /* events that aren't booked yet are there too */
    assert_true(export_to(path_of("out")));
    assert_non_null(strstr(said, "events 3\n"));
    assert_non_null(strstr(said, "due 1\n"));
    char path[192];
    snprintf(path, sizeof path, "%s/out/events.csv", folder);
    assert_int_equal(mode_of(path), 0600);
    assert_int_equal(mode_of(path_of("out")), 0700);
    const char *text = text_of_file(path);
    assert_int_equal(strncmp(text,
                             "number,taken_ms,kiosk,epoch,seq,line\r\n1,1772600400000,0000000000000011,"
                             "1-0000000000000005,1,\"{\"\"v\"\":1,",
                             97),
                     0);
    assert_non_null(strstr(text, "\"\"note\"\":\"\"say \\\"\"so\\\"\", he said\"\""));
    snprintf(path, sizeof path, "%s/out/due.csv", folder);
    assert_string_equal(text_of_file(path), "worker,day,number,share,fen\r\n1,20516,2,0,100\r\n");
    assert_false(export_to(path_of("out")));
    assert_string_equal(err.say.id, "care.not-empty");
}

/* ---------------------------------------------------------------------------------------------------- backup */

/* "backup FOLDER" of what was said. */
static const char *backup_folder(void)
{
    static char path[160];
    const char *at = strstr(said, "backup ");
    assert_non_null(at);
    snprintf(path, sizeof path, "%.*s", (int)strcspn(at + 7, "\n"), at + 7);
    return path;
}

static void put_file(const char *name, const char *text)
{
    FILE *file = fopen(path_of(name), "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void backup_has_its_files(void **state)
{
    char path[256];
    (void)state;
    report(1);
    book_all();
    put_file("ca.key", "the key");
    put_file("ca.pem", "the certificate");
    snprintf(path, sizeof path, "%s/files", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    put_file("files/0123", "what a customer sent");
    put_file("files/4567.1.part", "half of it");
    good(backup(NULL));
    char want[160];
    snprintf(want, sizeof want, "%s/backup/20260304-130000", folder);
    assert_string_equal(backup_folder(), want);
    assert_int_equal(mode_of(want), 0700);
    static const char *const FILES[] = {"books.db", "inbox.db", "ca.pem", "ca.key"};
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        snprintf(path, sizeof path, "%s/%s", want, FILES[i]);
        assert_int_equal(mode_of(path), 0600);
    }
    assert_string_equal(text_of_file(path), "the key");
    snprintf(path, sizeof path, "%s/files/4567.1.part", want);
    assert_false(is_there(path));
    snprintf(path, sizeof path, "%s/files/0123", want);
    assert_int_equal(mode_of(path), 0600);
    assert_string_equal(text_of_file(path), "what a customer sent");
    snprintf(path, sizeof path, "%s/books.db-wal", want);
    assert_false(is_there(path));
    assert_false(backup(NULL)); /* within the same second: nothing is overwritten, nothing left behind */
    snprintf(path, sizeof path, "%s.part", want);
    assert_false(is_there(path));
    assert_true(check_of(want));
    assert_int_equal(number_of("events"), 1);
}

/* Damage that the data has is copied, and said. */
static void backup_of_damage_says_so(void **state)
{
    char path[256];
    (void)state;
    note("alpha");
    report(1);
    book_all();
    stop_all();
    flip("inbox.db", "alpha");
    assert_false(backup(path_of("safe")));
    assert_string_equal(err.say.id, "care.bad-bytes");
    snprintf(path, sizeof path, "%s/20260304-130000.damaged/inbox.db", path_of("safe"));
    assert_true(is_there(path));
}

static void backup_of_a_broken_file_leaves_nothing(void **state)
{
    char path[256];
    (void)state;
    report(1);
    book_all();
    stop_all();
    log_remove("inbox.db");
    FILE *file = fopen(path_of("inbox.db"), "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, 4096, SEEK_SET), 0); /* the second page and what follows */
    for (int i = 0; i < 8192; i++) fputc(0x5A, file);
    fclose(file);
    assert_false(backup(path_of("safe")));
    assert_int_equal(err.kind, ERR_DAMAGED);
    snprintf(path, sizeof path, "%s/20260304-130000", path_of("safe"));
    assert_false(is_there(path));
    strcat(path, ".part");
    assert_false(is_there(path));
}

/* A server at work: takes and books until it is killed. */
static void work_on(int ready)
{
    for (int i = 0; inbox.count < LINES_MAX - 16; i++) {
        report(1);
        book_all();
        if (i == 20 && write(ready, "r", 1) != 1) _exit(1);
    }
    pause();
}

static void backup_beside_a_working_server(void **state)
{
    int  ready[2], status;
    char byte, into[160];
    (void)state;
    stop_all();
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        take_start();
        writer = writer_at("books.db", false);
        good(writer_epoch(writer, server_epoch, NOW, &err));
        work_on(ready[1]);
        _exit(0);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    int64_t before = 0;
    for (int i = 0; i < 5; i++) {
        snprintf(into, sizeof into, "%s/safe%d", folder, i);
        good(backup(into));
        int64_t events = atoll(strstr(said, "events ") + 7), applied = atoll(strstr(said, "applied ") + 8);
        assert_true(applied >= 20 && events >= applied && events >= before);
        before = events;
        assert_true(check_of(folder)); /* the working one too */
    }
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status)); /* it was at work all the time */
    close(ready[0]);
    close(ready[1]);
}

/* ---------------------------------------------------------------------------------------------------- restore */

static struct epoch epoch_of(const char *data)
{
    struct take        *other;
    char                path[256];
    struct take_options options = {.path = path};
    snprintf(path, sizeof path, "%s/inbox.db", data);
    good(take_open(&options, NOW, &other, &err));
    struct epoch epoch = take_server_epoch(other);
    take_close(other);
    return epoch;
}

static void restore_opens_an_epoch(void **state)
{
    char data[160], old[200];
    (void)state;
    report(1);
    book_all();
    put_file("ca.key", "the key");
    struct epoch before = take_server_epoch(take);
    good(backup(path_of("safe")));
    char from[160];
    snprintf(from, sizeof from, "%s", backup_folder());
    snprintf(data, sizeof data, "%s/new/data", folder);
    good(restore(data, from, false));
    assert_non_null(strstr(said, "events 1\napplied 1\nepoch 2-"));
    assert_non_null(strstr(said, "last act 2026-03-04T13:00:00+08:00\n"));
    struct epoch now = epoch_of(data);
    assert_int_equal(now.counter, before.counter + 1);
    assert_true(check_of(data));
    assert_int_equal(number_of("applied"), 1);
    snprintf(old, sizeof old, "%s/ca.key", data);
    assert_string_equal(text_of_file(old), "the key");

    assert_false(restore(data, from, false)); /* nothing is overwritten */
    assert_string_equal(err.say.id, "care.not-empty");
    good(restore(data, from, true));
    snprintf(old, sizeof old, "%s.before-20260304-130000", data);
    assert_true(check_of(old));
    assert_true(check_of(data));
    good(restore(data, from, true)); /* within the same second */
    snprintf(old, sizeof old, "%s.before-20260304-130000-2", data);
    assert_true(check_of(old));
    assert_true(check_of(data));
    snprintf(old, sizeof old, "%s.part", data);
    assert_false(is_there(old));
}

static void restore_counts_lost_acts(void **state)
{
    char from[160];
    (void)state;
    report(1);
    book_all();
    good(backup(path_of("safe")));
    snprintf(from, sizeof from, "%s", backup_folder());
    stop_all();
    alter("books.db", "INSERT INTO act (id, at_ms, user, second, name, body, status, answer)"
                      " SELECT 'later-' || number, at_ms + 60000, user, '', 'x', x'00', 200, ''"
                      " FROM audit WHERE number <= 3");
    good(restore(folder, from, true));
    assert_non_null(strstr(said, "acts lost 3\n"));
    assert_non_null(strstr(said, "after 2026-03-04T13:00:00+08:00"));
    char old[200];
    snprintf(old, sizeof old, "%s.before-20260304-130000", folder);
    assert_int_equal(nftw(old, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}

static void restore_refuses(void **state)
{
    char from[160], data[160], part[200];
    int  lock;
    (void)state;
    report(1);
    book_all();
    good(backup(path_of("safe")));
    snprintf(from, sizeof from, "%s", backup_folder());
    good(lock_take(folder, &lock, &err));
    assert_false(restore(folder, from, true)); /* a server works there */
    assert_int_equal(err.kind, ERR_BUSY);
    lock_free(lock);
    snprintf(data, sizeof data, "%s/new", folder);
    snprintf(part, sizeof part, "%s/new.part", folder);
    assert_false(restore(data, path_of("nowhere"), false));
    assert_int_equal(err.kind, ERR_ABSENT);
    assert_false(is_there(data) || is_there(part));
    char file[256];
    snprintf(file, sizeof file, "%s/inbox.db", from);
    assert_int_equal(truncate(file, 8192), 0);
    assert_false(restore(data, from, false));
    assert_int_equal(err.kind, ERR_DAMAGED);
    assert_false(is_there(data) || is_there(part));
}

/* Events that came after the backup are in the old inbox: they are carried on, and the office's among them. */
static void restore_carries_events_on(void **state)
{
    char from[160], old[200];
    (void)state;
    report(1);
    book_all();
    good(backup(path_of("safe")));
    snprintf(from, sizeof from, "%s", backup_folder());
    report(2);
    report(3);
    book_all();
    report(4); /* not booked */
    stop_all();
    good(restore(folder, from, true));
    assert_non_null(strstr(said, "events 1\napplied 1\n"));
    assert_non_null(strstr(said, "carried on 3\n"));
    assert_true(check_of(folder));
    assert_int_equal(number_of("events"), 4);
    snprintf(old, sizeof old, "%s.before-20260304-130000", folder);
    assert_int_equal(nftw(old, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}

static void restore_carries_nothing_of_another_life(void **state)
{
    char from[160], old[200];
    (void)state;
    report(1);
    book_all();
    good(backup(path_of("safe")));
    snprintf(from, sizeof from, "%s", backup_folder());
    report(2);
    stop_all();
    alter("books.db", "PRAGMA foreign_keys = OFF; DELETE FROM fact");
    alter("inbox.db", "UPDATE inbox SET bytes = x'7B7D0A' WHERE number = 1");
    good(restore(folder, from, true));
    assert_non_null(strstr(said, "carried on 0\n"));
    assert_non_null(strstr(said, "isn't of this backup's life"));
    assert_true(check_of(folder));
    assert_int_equal(number_of("events"), 1);
    snprintf(old, sizeof old, "%s.before-20260304-130000", folder);
    assert_int_equal(nftw(old, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}

/* ---------------------------------------------------------------------------------------------------- proof */

/* Of a period that nobody checked nothing is said to agree, in whichever form. */
static void proof_of_nothing_says_nothing(void **state)
{
    (void)state;
    for (int is_json = 0; is_json <= 1; is_json++) {
        struct care care = care_on(folder);
        care.is_json = is_json;
        assert_false(care_proof(&care, "2026-02-28", &err));
        assert_int_equal(fclose(care.out), 0);
        assert_int_equal(err.kind, ERR_ABSENT);
        assert_string_equal(err.say.id, "period.not_checked");
        assert_int_equal(said_len, 0);
    }
}

/* ---------------------------------------------------------------------------------------------------- salvage */

static bool salvage_of(const char *from)
{
    struct care care = care_on(folder);
    bool        is_done = care_salvage(&care, from, &err);
    assert_int_equal(fclose(care.out), 0);
    return is_done;
}

/* One way to damage a directory with events 1 to 4, of which the first came before the backup and the last isn't booked. */
static const struct salvage {
    const char *name;
    const char *file, *sql; /* sql "": the file is taken away; NULL: cut after a page */
    bool        needs_backup;
    const char *says;
    int64_t     events; /* afterwards */
} SALVAGES[] = {
    {"salvage: the inbox is gone",                       "inbox.db", "",                                                    false, "books kept\ninbox made anew\ncarried on 3\n", 3},
    {"salvage: the inbox is cut",                        "inbox.db", NULL,                                                  false, "books kept\ninbox made anew\ncarried on 3\n", 3},
    {"salvage: the books are gone",                      "books.db", "",                                                    true,  "books of the backup\ninbox kept\n",           4},
    {"salvage: the books are cut",                       "books.db", NULL,                                                  true,  "books of the backup\ninbox kept\n",           4},
    {"salvage: an event that was booked is gone",        "inbox.db", "DELETE FROM inbox WHERE number = 2",                  false,
     "inbox made anew\ncarried on 4\n",                                                                                                                                           4},
    {"salvage: an event that was booked was changed",    "inbox.db", "UPDATE inbox SET bytes = x'7B7D0A' WHERE number = 3",
     false,                                                                                                                        "inbox made anew\ncarried on 4\n",             4},
    {"salvage: an event was taken again after a damage", "inbox.db",
     "INSERT INTO inbox SELECT 5, kiosk, epoch_counter, epoch_random, first_seq, count, last_seq, taken_ms, bytes FROM "
     "inbox"
     " WHERE number = 3; UPDATE inbox SET bytes = x'7B7D0A' WHERE number = 3",                                              false, "inbox made anew\ncarried on 4\n",             4},
    {"salvage: an event is nowhere",                     "inbox.db", "DELETE FROM inbox WHERE number = 3",                  false,
     "carried on 2\nleft to kiosks 1\n",                                                                                                                                          2},
};

static void damage(const struct salvage *row)
{
    if (row->sql != NULL && row->sql[0] != 0) {
        alter(row->file, row->sql);
        if (row->events == 2) alter("books.db", "PRAGMA foreign_keys = OFF; DELETE FROM fact WHERE number = 3");
        return;
    }
    log_remove(row->file);
    if (row->sql == NULL)
        assert_int_equal(truncate(path_of(row->file), 4096), 0);
    else
        assert_int_equal(unlink(path_of(row->file)), 0);
}

static void salvage_is_sound(void **state)
{
    const struct salvage *row = *state;
    char                  from[160], old[200];
    start(state);
    report(1);
    book_all();
    good(backup(path_of("safe")));
    snprintf(from, sizeof from, "%s", backup_folder());
    report(2);
    report(3);
    book_all();
    report(4);
    stop_all();
    damage(row);
    if (row->needs_backup) {
        assert_false(salvage_of(NULL));
        assert_string_equal(err.say.id, "care.salvage.books");
    }
    good(salvage_of(row->needs_backup ? from : NULL));
    if (strstr(said, row->says) == NULL) print_error("%s\n", said);
    assert_non_null(strstr(said, row->says));
    assert_true(check_of(folder));
    assert_int_equal(number_of("events"), row->events);
    assert_int_equal(mode_of(path_of("books.db")), 0600);
    assert_int_equal(epoch_of(folder).counter, 2);
    assert_false(salvage_of(from)); /* nothing is damaged any more */
    assert_string_equal(err.say.id, "care.salvage.sound");
    snprintf(old, sizeof old, "%s.before-20260304-130000", folder);
    assert_int_equal(nftw(old, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
    snprintf(old, sizeof old, "%s.part", folder);
    assert_false(is_there(old));
    end(state);
}

#define CASE(function) cmocka_unit_test_setup_teardown(function, start, end)

int main(int argc, char **argv)
{
    static struct rows      tests;
    const struct CMUnitTest all[] = {
        CASE(whole_is_good),
        CASE(empty_is_good),
        CASE(byte_of_a_booked_event_is_named),
        CASE(last_byte_of_the_newest_event_is_named),
        CASE(byte_of_an_unbooked_event_breaks_its_chain),
        CASE(byte_of_the_books_copy_is_named),
        CASE(audit_row_is_named),
        CASE(fork_gap_and_odd_line_are_named),
        CASE(file_that_is_no_database_is_named),
        CASE(altered_due_is_named_and_mended),
        CASE(what_a_killed_comparison_left_goes),
        CASE(rebuild_needs_the_lock),
        CASE(each_table_is_exported),
        CASE(each_column_is_exported),
        CASE(export_has_all_events),
        CASE(backup_has_its_files),
        CASE(proof_of_nothing_says_nothing),
        CASE(backup_of_damage_says_so),
        CASE(backup_of_a_broken_file_leaves_nothing),
        CASE(backup_beside_a_working_server),
        CASE(restore_opens_an_epoch),
        CASE(restore_counts_lost_acts),
        CASE(restore_refuses),
        CASE(restore_carries_events_on),
        CASE(restore_carries_nothing_of_another_life),
        cmocka_unit_test(books_ahead_are_refused),
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) tests.tests[tests.count++] = all[i];
    ROWS_ADD(&tests, altered_is_named, ALTERED);
    ROWS_ADD(&tests, salvage_is_sound, SALVAGES);
    return rows_run(&tests, argc, argv);
}
