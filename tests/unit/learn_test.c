/* learn_test.c - what the feed brings is learnt whole, in steps, over restarts; what can't be read is passed over.
 * links: kiosk_keep core */
#include <string.h>

#include "core/embed.h"
#include "core/json.h"
#include "kiosk/keep/learn.h"
#include "kiosk/keep/outbox.h"
#include "kiosk/keep/place.h"
#include "tests/unit/folder.h"
#include "tests/unit/rows.h"

#define NOW INT64_C(1796000000000)

static struct db     *db;
static struct outbox *outbox;
static struct learn   learn;
static struct err     err;

static void good(bool is_good)
{
    if (!is_good) print_error("%s\n", err.say.id);
    assert_true(is_good);
}

static int start(void **state)
{
    (void)state;
    err = (struct err){0};
    if (folder_make() != 0 || !chain_init(&err)) return 1;
    good(db_open(folder_path("a.db"), DB_WRITE, NULL, &db, &err));
    good(db_migrate(db, embed_kiosk_schema, &err));
    good(place_open(db, 0, &err));
    good(outbox_open(db, &outbox, &err));
    learn = (struct learn){.kiosk = outbox_kiosk(outbox)};
    return 0;
}

static int end(void **state)
{
    (void)state;
    learn_end(&learn);
    outbox_close(outbox);
    db_close(db);
    return folder_end();
}

/* Begins to learn an answer of the server 3-..1234 with these rows. */
static void begin(int server, int upto, bool has_more, const char *rows)
{
    struct buf body = {0};
    buf_fmt(&body,
            "{\"v\":1,\"server\":\"%d-0000000000001234\",\"run\":\"00000000000000aa\",\"feed\":99,\"upto\":%d,"
            "\"more\":%s,\"time\":1}\n%s",
            server, upto, has_more ? "true" : "false", rows);
    good(learn_begin(&learn, &body, &err));
    assert_null(body.bytes);
}

static int finish(void)
{
    bool is_done = false;
    int  steps = 0;
    for (; !is_done; steps++) good(learn_step(&learn, db, NOW, &is_done, &err));
    return steps;
}

static void feed(const char *rows)
{
    begin(3, 50, false, rows);
    finish();
}

/* All rows of a query as text: columns by |, rows by a space. */
static const char *rows_of(const char *sql)
{
    static struct buf text;
    struct db_stmt   *stmt;
    bool              row;
    buf_clear(&text);
    good(db_prepare(db, sql, &stmt, &err));
    for (;;) {
        good(db_step(stmt, &row, &err));
        if (!row) return buf_text(&text);
        if (text.len > 0) buf_char(&text, ' ');
        for (int i = 0; i < db_columns(stmt); i++) {
            if (i > 0) buf_char(&text, '|');
            if (db_is_null(stmt, i))
                buf_str(&text, "-");
            else if (db_type_of(stmt, i) == DB_INT)
                buf_int(&text, db_int(stmt, i));
            else if (db_type_of(stmt, i) == DB_TEXT)
                buf_str(&text, db_text(stmt, i));
            else
                buf_str(&text, "blob");
        }
    }
}

static struct place place_now(void)
{
    struct place place;
    good(place_read(db, &place, &err));
    return place;
}

/* ---- topics: each row is learnt, then changed or gone */

struct topic {
    const char *name;
    const char *line, *query, *rows;
};

#define SHEET                                                                                                 \
    "{\"n\":1,\"t\":\"sheet\",\"k\":\"2603-0001-02\",\"o\":{\"rev\":3,\"product\":\"Oak\",\"size\":\"2100\"," \
    "\"colour\":\"white\",\"opening\":\"left\",\"quantity\":5,\"due\":\"2026-12-01\",\"rush\":true,"          \
    "\"special\":false,\"remarks\":\"slow\",\"ops\":[[10,\"cut\",\"leaf\",10,12500,6000],"                    \
    "[20,\"paint\",\"door\",5,99,1]],\"void\":[1,2]}}"

/* clang-format off */
static const struct topic TOPICS[] = {
    {"setting",          "{\"n\":1,\"t\":\"setting\",\"k\":\"shifts\",\"o\":{\"value\":[[\"day\",480,1200]]}}",
     "SELECT name, value FROM setting", "shifts|[[\"day\",480,1200]]"},
    {"setting gone",
     "{\"n\":1,\"t\":\"setting\",\"k\":\"x\",\"o\":{\"value\":1}}\n"
     "{\"n\":2,\"t\":\"setting\",\"k\":\"x\",\"gone\":true}", "SELECT name FROM setting", ""},
    {"station",
     "{\"n\":1,\"t\":\"station\",\"k\":\"p1\",\"o\":{\"name\":[\"喷漆\",\"Paint\"],\"ops\":[\"a\",\"b\",\"a\"]}}",
     "SELECT id, name_zh, name_en, code FROM station JOIN station_op ON station = id",
     "p1|喷漆|Paint|a p1|喷漆|Paint|b"},
    {"station changed",
     "{\"n\":1,\"t\":\"station\",\"k\":\"p1\",\"o\":{\"name\":[\"x\"],\"ops\":[\"a\"]}}\n"
     "{\"n\":2,\"t\":\"station\",\"k\":\"p1\",\"o\":{\"name\":[\"y\"],\"ops\":[\"b\"]}}",
     "SELECT id, name_zh, name_en, code FROM station JOIN station_op ON station = id", "p1|y|y|b"},
    {"operation",
     "{\"n\":1,\"t\":\"operation\",\"k\":\"cut\",\"o\":{\"name\":[\"切\",\"Cut\"],\"part\":\"leaf\"}}",
     "SELECT code, name_zh, name_en, part FROM operation", "cut|切|Cut|leaf"},
    {"reason",           "{\"n\":1,\"t\":\"reason\",\"k\":\"7\",\"o\":{\"name\":[\"划伤\",\"Scratch\"]}}",
     "SELECT number, name_zh, name_en FROM reason", "7|划伤|Scratch"},
    {"worker",
     "{\"n\":1,\"t\":\"worker\",\"k\":\"12\",\"o\":{\"name\":\"王\",\"sign\":3,\"colour\":5,\"crew\":\"c1\","
     "\"role\":\"supervisor\",\"lang\":\"en\",\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA\"}}",
     "SELECT number, name, sign, colour, crew, is_supervisor, lang, salt, has_left FROM worker",
     "12|王|3|5|c1|1|1|blob|0"},
    {"worker who left",
     "{\"n\":1,\"t\":\"worker\",\"k\":\"12\",\"o\":{\"name\":\"王\",\"salt\":\"short\",\"gone\":true}}",
     "SELECT number, salt, has_left FROM worker", "12|-|1"},
    {"badge",            "{\"n\":1,\"t\":\"badge\",\"k\":\"000000000000123\",\"o\":{\"worker\":12,\"revoked\":true}}",
     "SELECT badge, worker, is_revoked FROM badge", "123|12|1"},
    {"crew",             "{\"n\":1,\"t\":\"crew\",\"k\":\"c1\",\"o\":{\"name\":\"早班\"}}", "SELECT id, name FROM crew",
     "c1|早班"},
    {"sheet",            SHEET,
     "SELECT line, rev, product, size, colour, opening, quantity, due_day, is_rush, is_special, remarks"
     " FROM sheet",
     "2603000102|3|Oak|2100|white|left|5|20788|1|0|slow"},
    {"sheet's lock and closer",
     "{\"n\":1,\"t\":\"sheet\",\"k\":\"2603-0001-02\",\"o\":{\"rev\":1,\"lock_hole\":\"bar\",\"closer\":\"hidden\"}}",
     "SELECT lock_hole, closer FROM sheet", "bar|hidden"},
    {"sheet's operations", SHEET, "SELECT * FROM sheet_op",
     "2603000102|10|cut|leaf|10|12500|6000 2603000102|20|paint|door|5|99|1"},
    {"sheet's void revisions", SHEET, "SELECT rev FROM sheet_void", "1 2"},
    {"sheet gone",       SHEET "\n{\"n\":2,\"t\":\"sheet\",\"k\":\"2603-0001-02\",\"gone\":true}",
     "SELECT line FROM sheet UNION SELECT line FROM sheet_op UNION SELECT line FROM sheet_void", ""},
    {"totals",           "{\"n\":1,\"t\":\"totals\",\"k\":\"2603-0001-02\",\"o\":{\"ops\":[[10,7,1,2]],\"marks\":[]}}",
     "SELECT * FROM total", "2603000102|10|7|1|2"},
    {"who did the rest",
     "{\"n\":1,\"t\":\"totals\",\"k\":\"2603-0001-02\",\"o\":{\"ops\":[],\"marks\":[],"
     "\"last\":[[10,\"saw\",12,5000],[20,\"mill\",0,6000],[20,\"x\",1,1]]}}", "SELECT * FROM last_report",
     "2603000102|10|saw|12|5000 2603000102|20|mill|0|6000"},
    {"what was done when",
     "{\"n\":1,\"t\":\"totals\",\"k\":\"2603-0001-02\",\"o\":{\"ops\":[],\"marks\":[],"
     "\"days\":[[10,\"2026-12-01\",5],[10,\"2026-13-01\",7],[20,\"2026-11-30\",6]]}}", "SELECT * FROM day_total",
     "2603000102|10|20788|5 2603000102|20|20787|6"},
    {"papers",
     "{\"n\":1,\"t\":\"totals\",\"k\":\"2603-0001-02\",\"o\":{\"ops\":[],\"marks\":[],"
     "\"papers\":[[1,2,\"saw\",12,5000,true],[2,1,\"mill\",13,6000,false]]}}", "SELECT * FROM paper",
     "2603000102|1|2|saw|12|5000|1 2603000102|2|1|mill|13|6000|0"},
    {"totals gone",
     "{\"n\":1,\"t\":\"totals\",\"k\":\"2603-0001-02\",\"o\":{\"ops\":[[10,1,1,1]],\"last\":[[10,\"s\",1,1]],"
     "\"days\":[[10,\"2026-12-01\",1]],\"papers\":[[1,1,\"s\",1,1,false]]}}\n{\"n\":2,\"t\":\"totals\",\"k\":\"2603-0001-02\",\"gone\":true}",
     "SELECT line FROM total UNION SELECT line FROM last_report UNION SELECT line FROM paper UNION SELECT line FROM day_total", ""},
    {"stop of a line",
     "{\"n\":1,\"t\":\"stop\",\"k\":\"2603-0001-02\",\"o\":{\"at\":5,\"why\":\"wrong\",\"by\":\"Li\"}}",
     "SELECT * FROM stop", "2603000102|5|wrong|Li|0"},
    {"stop of an order", "{\"n\":1,\"t\":\"stop\",\"k\":\"2603-0001\",\"o\":{\"at\":5}}", "SELECT line FROM stop",
     "2603000100"},
    {"stop lifted",
     "{\"n\":1,\"t\":\"stop\",\"k\":\"2603-0001\",\"o\":{\"at\":5}}\n"
     "{\"n\":2,\"t\":\"stop\",\"k\":\"2603-0001\",\"gone\":true}", "SELECT line FROM stop", ""},
    {"verdict",
     "{\"n\":1,\"t\":\"verdict\",\"k\":\"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\","
     "\"o\":{\"kiosk\":\"0000000000000001\",\"epoch\":\"1-0000000000000002\",\"seq\":4,\"counted\":3,"
     "\"held\":2,\"say\":[\"judge.over\",2]}}", "SELECT counted, held, say FROM verdict", "3|2|[\"judge.over\",2]"},
    {"pay",              "{\"n\":1,\"t\":\"pay\",\"k\":\"12/2026-12-01\",\"o\":{\"box\":\"c2VhbGVk\"}}",
     "SELECT * FROM pay", "12|20788|c2VhbGVk"},
    {"stop of two doors", "{\"n\":1,\"t\":\"stop\",\"k\":\"2603-0001-02\",\"o\":{\"at\":5,\"why\":\"x\",\"by\":\"Li\",\"pieces\":2}}",
     "SELECT line, pieces FROM stop", "2603000102|2"},
    {"a replaced paper", "{\"n\":1,\"t\":\"copy\",\"k\":\"2603-0001-02/1/3\",\"o\":{\"replaced\":5,\"part\":\"leaf\"}}",
     "SELECT line, rev, copy, by_copy FROM copy_replaced", "2603000102|1|3|5"},
    {"a paper that isn't one", "{\"n\":1,\"t\":\"copy\",\"k\":\"2603-0001/x\",\"o\":{\"replaced\":5}}", "SELECT count(*) FROM copy_replaced",
     "0"},
    {"a later topic",    "{\"n\":1,\"t\":\"moon\",\"k\":\"1\",\"o\":{\"name\":\"x\"}}", "SELECT count(*) FROM setting",
     "0"},
};
/* clang-format on */

static void topic_is_learnt(void **state)
{
    const struct topic *row = *state;
    assert_int_equal(start(NULL), 0);
    feed(row->line);
    assert_string_equal(rows_of(row->query), row->rows);
    assert_int_equal(end(NULL), 0);
}

/* ---- rows that can't be: the one behind them is learnt all the same */

static const char *const CROOKED[] = {
    "not JSON",
    "",
    "[]",
    "{}",
    "{\"n\":1}",
    "{\"n\":1,\"t\":5,\"k\":5,\"o\":5}",
    "{\"n\":1,\"t\":\"sheet\",\"k\":\"no line\",\"o\":{}}",
    "{\"n\":1,\"t\":\"sheet\",\"k\":\"2603-0001-02\",\"o\":7}",
    "{\"n\":1,\"t\":\"sheet\",\"k\":\"2603-0001-02\",\"o\":{\"ops\":[7,[],[10,[],{}],[10],[10]],\"void\":{}}}",
    "{\"n\":1,\"t\":\"sheet\",\"k\":\"2603-0001-02\",\"o\":{\"due\":\"2026-02-30\",\"rev\":\"3\",\"quantity\":-1}}",
    "{\"n\":1,\"t\":\"reason\",\"k\":\"99999999999999999999\",\"o\":{}}",
    "{\"n\":1,\"t\":\"reason\",\"k\":\"-1\",\"o\":{}}",
    "{\"n\":1,\"t\":\"worker\",\"k\":\"\",\"o\":{}}",
    "{\"n\":1,\"t\":\"badge\",\"k\":\"1234567890123456\",\"o\":{}}",
    "{\"n\":1,\"t\":\"totals\",\"k\":\"2603-0001-02\",\"o\":{\"ops\":[[10,1,1,1],[10,2,2,2]],\"marks\":[7,[\"x\"]]}}",
    "{\"n\":1,\"t\":\"totals\",\"k\":\"2603-0001-02\",\"o\":{\"last\":[7,[],[10,5,\"x\",{}]],\"papers\":{\"a\":[[]]}}}",
    "{\"n\":1,\"t\":\"totals\",\"k\":\"2603-0001-02\",\"o\":{\"papers\":[null,[\"\",-1,5,[],{},7],[1,1],[1,1]]}}",
    "{\"n\":1,\"t\":\"verdict\",\"k\":\"zz\",\"o\":{}}",
    "{\"n\":1,\"t\":\"pay\",\"k\":\"12\",\"o\":{}}",
    "{\"n\":1,\"t\":\"pay\",\"k\":\"12/2026-13-01\",\"o\":{}}",
    "{\"n\":1,\"t\":\"pay\",\"k\":\"/\",\"o\":{}}",
    "{\"n\":1,\"t\":\"station\",\"k\":\"x\",\"o\":{\"name\":5,\"ops\":[5,null]}}",
    "{\"n\":1,\"t\":\"setting\",\"k\":\"x\",\"o\":null}",
};

static void crooked_rows_are_passed_over(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CROOKED / sizeof CROOKED[0]; i++) {
        struct buf rows = {0};
        buf_fmt(&rows, "%s\n{\"n\":2,\"t\":\"crew\",\"k\":\"c%d\",\"o\":{\"name\":\"x\"}}\n", CROOKED[i], (int)i);
        feed(rows.bytes);
        buf_free(&rows);
    }
    assert_string_equal(rows_of("SELECT count(*) FROM crew"), "23");
    assert_int_equal(place_now().seen.feed, 50);
}

/* ---- answers */

static void what_is_no_answer_is_refused(void **state)
{
    static const char *const bad[] = {"",
                                      "\n",
                                      "<html>",
                                      "{}\n",
                                      "{\"v\":2,\"server\":\"1-0000000000000001\"}",
                                      "{\"v\":1,\"server\":\"x\",\"run\":\"00000000000000aa\"}",
                                      "{\"v\":1,\"server\":\"1-0000000000000001\",\"run\":\"aa\"}"};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct buf body = {0};
        buf_str(&body, bad[i]);
        assert_false(learn_begin(&learn, &body, &err));
        assert_string_equal(err.say.id, "learn.form");
        assert_false(learn.is_active);
        assert_null(body.bytes);
    }
}

static void long_answers_take_steps(void **state)
{
    struct buf rows = {0};
    bool       is_done;
    (void)state;
    for (int i = 0; i < 45; i++) buf_fmt(&rows, "{\"n\":%d,\"t\":\"crew\",\"k\":\"c%d\",\"o\":{}}\n", i, i);
    begin(3, 45, true, rows.bytes);
    good(learn_step(&learn, db, NOW, &is_done, &err));
    assert_false(is_done);
    assert_string_equal(rows_of("SELECT count(*) FROM crew"), "20");
    assert_int_equal(place_now().seen.feed, 0); /* upto only when all is in */
    assert_int_equal(finish(), 2);
    assert_string_equal(rows_of("SELECT count(*) FROM crew"), "45");
    assert_int_equal(place_now().seen.feed, 45);
    assert_false(place_now().is_whole);
    assert_int_equal(place_now().heard_ms, -1);
    begin(3, 99, false, "");
    finish();
    assert_true(place_now().is_whole);
    assert_true(place_now().heard_ms == NOW);
    buf_free(&rows);
}

static void large_rows_take_steps_too(void **state)
{
    struct buf rows = {0};
    (void)state;
    for (int i = 0; i < 4; i++) {
        buf_fmt(&rows, "{\"n\":%d,\"t\":\"crew\",\"k\":\"c%d\",\"o\":{\"name\":\"%040000d\"}}\n", i, i, 1);
    }
    begin(3, 4, false, rows.bytes);
    assert_int_equal(finish(), 2);
    buf_free(&rows);
}

static void another_server_means_from_the_beginning(void **state)
{
    struct event event = {.kind = EVENT_NOTE, .wall_ms = NOW};
    struct hash  name;
    (void)state;
    feed(SHEET "\n{\"n\":1,\"t\":\"crew\",\"k\":\"c1\",\"o\":{}}\n");
    good(outbox_save(outbox, &event, &name, &err));
    begin(4, 1, true, "{\"n\":1,\"t\":\"crew\",\"k\":\"c9\",\"o\":{\"name\":\"n\"}}\n");
    finish();
    assert_string_equal(rows_of("SELECT id FROM crew"), "c9");
    assert_string_equal(rows_of("SELECT count(*) FROM sheet"), "0");
    assert_string_equal(rows_of("SELECT count(*) FROM event"), "1");
    assert_int_equal(place_now().seen.server.counter, 4);
    assert_false(place_now().is_whole);
}

static void a_step_that_fails_is_done_again(void **state)
{
    bool is_done;
    (void)state;
    good(db_script(db, "CREATE TRIGGER full BEFORE INSERT ON crew BEGIN SELECT raise(ABORT, 'no'); END", &err));
    begin(3, 9, false,
          "{\"n\":1,\"t\":\"reason\",\"k\":\"1\",\"o\":{}}\n{\"n\":2,\"t\":\"crew\",\"k\":\"c1\",\"o\":{}}\n");
    assert_false(learn_step(&learn, db, NOW, &is_done, &err));
    assert_string_equal(rows_of("SELECT count(*) FROM reason"), "0");
    good(db_script(db, "DROP TRIGGER full", &err));
    finish();
    assert_string_equal(rows_of("SELECT count(*) FROM reason"), "1");
    assert_int_equal(place_now().seen.feed, 9);
}

/* ---- marks of totals */

static void marks_of_this_kiosk_alone(void **state)
{
    char       kiosk[ID_TEXT], old[EPOCH_TEXT], epoch[EPOCH_TEXT];
    struct buf row = {0};
    (void)state;
    id_write(outbox_kiosk(outbox), kiosk);
    epoch_write(outbox_epoch(outbox), old);
    good(outbox_new_epoch(outbox, &err));
    epoch_write(outbox_epoch(outbox), epoch);
    buf_fmt(&row,
            "{\"n\":1,\"t\":\"totals\",\"k\":\"2603-0001-02\",\"o\":{\"ops\":[],\"marks\":[[\"%s\",\"%s\",3],"
            "[\"00000000000000ff\",\"%s\",9],[\"%s\",\"%s\",500],[\"%s\",\"2-00000000000000cc\",70]]}}",
            kiosk, epoch, epoch, kiosk, old, kiosk);
    feed(row.bytes);
    assert_string_equal(rows_of("SELECT counter, seq FROM total_mark"), "2|3");
    buf_free(&row);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    ROWS_ADD(&rows, topic_is_learnt, TOPICS);
    size_t first = rows.count;
    rows_add(&rows, "crooked rows are passed over", crooked_rows_are_passed_over, NULL);
    rows_add(&rows, "what is no answer is refused", what_is_no_answer_is_refused, NULL);
    rows_add(&rows, "long answers take steps", long_answers_take_steps, NULL);
    rows_add(&rows, "large rows take steps too", large_rows_take_steps_too, NULL);
    rows_add(&rows, "another server means from the beginning", another_server_means_from_the_beginning, NULL);
    rows_add(&rows, "a step that fails is done again", a_step_that_fails_is_done_again, NULL);
    rows_add(&rows, "marks of this kiosk alone", marks_of_this_kiosk_alone, NULL);
    rows_around(&rows, first, start, end);
    return rows_run(&rows, argc, argv);
}
