/* fault_test.c - what goes wrong on the floor and is put right by the office: objections and corrections, whose fault bad
 * pieces are, remakes [R14].
 * links: server_books server_judge core */
#include "tests/unit/books.h"

static struct kiosk here = {
    .id = 0x21, .epoch = {1, 7}
};
static int64_t office_seq;

static void shop_open(void)
{
    here.seq = office_seq = 0;
    factory_import();
    act_do("import", "{\"kind\":\"reasons\",\"columns\":[\"number\",\"name_zh\"],\"rows\":[[2,\"1\",\"划伤\"]]}");
    act_do("user.add", "{\"name\":\"liu\",\"full\":\"\",\"roles\":\"payroll\"}");
    act_do("user.add", "{\"name\":\"qian\",\"full\":\"\",\"roles\":\"qc\"}");
    act_do("user.add", "{\"name\":\"luo\",\"full\":\"\",\"roles\":\"supervisor\"}");
    act_do("user.add", "{\"name\":\"li\",\"full\":\"\",\"roles\":\"desk\"}");
}

/* An act that is an event of the office: handed over, committed by the taker, applied, answered. */
static const char *office_do(const char *name, const char *user, const char *body, int status)
{
    static char       answer[65536];
    struct act        act = act_of(name, user, body);
    struct writer_out out = act_step_of(&act);
    if (!out.is_act_done) {
        assert_int_equal(out.want, WRITER_OFFICE_LINE);
        out.line.epoch = (struct epoch){1, 1};
        out.line.seq = ++office_seq;
        inbox_event(&out.line, NULL);
        apply_all(1000);
        assert_true(act_step_of(&act).is_act_done);
    }
    snprintf(answer, sizeof answer, "%s", buf_text(&act.answer));
    if (act.status != status) print_error("%s: %d %s\n", name, act.status, answer);
    assert_int_equal(act.status, status);
    buf_free(&act.answer);
    return answer;
}

static void refused(const char *name, const char *user, const char *body, int status, const char *why)
{
    const char *answer = office_do(name, user, body, status);
    if (strstr(answer, why) == NULL) print_error("%s: wanted %s: %s\n", name, why, answer);
    assert_non_null(strstr(answer, why));
}

/* The body with the name of an event in the place of %s. */
static const char *about(const char *form, const struct hash *name)
{
    static char body[512];
    char        text[HASH_TEXT];
    hash_write(name, text);
    snprintf(body, sizeof body, form, text); /* NOLINT: forms are literals of this file */
    return body;
}

static struct hash report(int32_t op, int32_t count, int32_t worker, int32_t bad, int32_t fault)
{
    struct event event = report_of(&here, "2603-0001-01", op, count, worker, worker);
    struct hash  name;
    if (bad > 0) {
        event.bad_count = 1;
        event.bad[0] = (struct event_bad){bad, 1, fault};
    }
    inbox_event(&event, &name);
    apply_all(1000);
    return name;
}

static struct hash object(const struct hash *to, int32_t worker, const char *note)
{
    struct event event = event_of(&here, EVENT_OBJECT);
    struct hash  name;
    event.worker_count = 1;
    event.workers[0] = (struct event_worker){worker, worker, 1};
    event.has_refers = true;
    event.refers = *to;
    snprintf(event.note, sizeof event.note, "%s", note);
    inbox_event(&event, &name);
    apply_all(1000);
    return name;
}

#define DUES "SELECT worker || ' ' || fen FROM due ORDER BY worker, number"

/* [R14] An objection is decided with a correction of the entry: count, operation, workers; pay follows, and the answer
 * goes back to his kiosk. */
static void an_objection_is_put_right(void **state)
{
    (void)state;
    shop_open();
    struct hash entry = report(10, 4, 1, 0, 0);
    struct hash said = object(&entry, 1, "是六件");
    assert_string_equal(rows(DUES), "1 200");
    office_do("correct", "liu", about("{\"refers\":\"%s\",\"count\":6,\"why\":\"量过了\"}", &entry), 200);
    assert_string_equal(rows(DUES), "1 300");
    office_do("decide", "liu", about("{\"refers\":\"%s\",\"count\":1,\"why\":\"是六件\"}", &said), 200);
    assert_string_equal(rows("SELECT v.kind, v.reason FROM verdict AS v JOIN fact AS f ON f.number = v.number"
                             " WHERE f.kind = 16"),
                        "0|[\"verdict.object_yes\",\"是六件\"]");
    assert_non_null(strstr(rows("SELECT value FROM feed WHERE topic = 'verdict'"), "verdict.object_yes"));
    rebuilt_is_equal("books.db");
}

static void an_objection_is_turned_down(void **state)
{
    (void)state;
    shop_open();
    struct hash entry = report(10, 4, 1, 0, 0);
    struct hash said = object(&entry, 1, "是六件");
    office_do("decide", "liu", about("{\"refers\":\"%s\",\"count\":0,\"why\":\"数过是四件\"}", &said), 200);
    assert_string_equal(rows(DUES), "1 200");
    assert_non_null(strstr(rows("SELECT value FROM feed WHERE topic = 'verdict'"), "verdict.object_no"));
    rebuilt_is_equal("books.db");
}

/* An objection whose entry comes later waits for it, and is decided then. */
static void an_objection_comes_first(void **state)
{
    (void)state;
    shop_open();
    struct event event = report_of(&here, "2603-0001-01", 10, 4, 1, 1);
    struct buf   bytes = {0};
    good(event_write(&event, &bytes, &err));
    struct hash name = event_name(bytes.bytes, bytes.len);
    buf_free(&bytes);
    struct hash said = object(&name, 1, "不对");
    refused("decide", "liu", about("{\"refers\":\"%s\",\"count\":1,\"why\":\"是\"}", &said), 409, "decide.loose");
    inbox_event(&event, NULL);
    apply_all(1000);
    office_do("decide", "liu", about("{\"refers\":\"%s\",\"count\":1,\"why\":\"是\"}", &said), 200);
    rebuilt_is_equal("books.db");
}

struct correction {
    const char *name, *body;
    int         status;
    const char *dues; /* or why it is refused */
};
static const struct correction CORRECTIONS[] = {
    {"more pieces",        "{\"refers\":\"%s\",\"count\":7,\"why\":\"数过\"}",                            200, "1 350"             },
    {"fewer pieces",       "{\"refers\":\"%s\",\"count\":1,\"why\":\"数过\"}",                            200, "1 50"              },
    {"it never happened",  "{\"refers\":\"%s\",\"count\":0,\"why\":\"误报\"}",                            200, ""                  },
    {"another operation",  "{\"refers\":\"%s\",\"op\":20,\"why\":\"是焊接\"}",                           200, "1 500"             },
    {"another worker",     "{\"refers\":\"%s\",\"workers\":[2],\"why\":\"是王芳\"}",                     200, "2 200"             },
    {"two workers",        "{\"refers\":\"%s\",\"workers\":[3,2],\"why\":\"两人\"}",                      200, "2 100\n3 100"      },
    {"all of it",          "{\"refers\":\"%s\",\"count\":2,\"op\":20,\"workers\":[3],\"why\":\"x\"}",       200, "3 250"             },
    {"beyond the sheet",   "{\"refers\":\"%s\",\"count\":40,\"why\":\"数过\"}",                           200, "1 500"             },
    {"without a reason",   "{\"refers\":\"%s\",\"count\":7}",                                               400, "act.missing"       },
    {"without its reason", "{\"refers\":\"%s\",\"count\":7,\"why\":\"\"}",                                  400, "act.missing"       },
    {"less than none",     "{\"refers\":\"%s\",\"count\":-1,\"why\":\"x\"}",                                400, "act.number"        },
    {"no such operation",  "{\"refers\":\"%s\",\"op\":90,\"why\":\"x\"}",                                   400, "verdict.unknown_op"},
    {"no such worker",     "{\"refers\":\"%s\",\"workers\":[77],\"why\":\"x\"}",                            400, "worker.unknown"    },
    {"nobody",             "{\"refers\":\"%s\",\"workers\":[],\"why\":\"x\"}",                              400, "correct.workers"   },
    {"somebody twice",     "{\"refers\":\"%s\",\"workers\":[2,2],\"why\":\"x\"}",                           400, "correct.twice"     },
    {"of no such event",
     "{\"refers\":\"0000000000000000000000000000000000000000000000000000000000000000%.0s\",\"why\":\"x\"}", 404,
     "decide.target"                                                                                                                 },
};

/* [R11] The office puts an entry right: what changes, and what it may not say. */
static void test_correction(void **state)
{
    const struct correction *row = *state;
    assert_int_equal(factory_make(NULL), 0);
    shop_open();
    struct hash entry = report(10, 4, 1, 0, 0);
    const char *body = about(row->body, &entry);
    if (row->status == 200) {
        office_do("correct", "liu", body, 200);
        assert_string_equal(rows(DUES), row->dues);
        assert_string_equal(rows("SELECT f.day FROM fact AS f WHERE f.kind = 3"),
                            strstr(row->body, ":0,") != NULL ? "" : "20516");
    } else {
        refused("correct", "liu", body, row->status, row->dues);
        assert_string_equal(rows(DUES), "1 200");
    }
    rebuilt_is_equal("books.db");
    assert_int_equal(factory_end(NULL), 0);
}

/* Of yesterday: it stays on yesterday's date, whatever the office does today; and it is done once. */
static void a_correction_keeps_its_day(void **state)
{
    (void)state;
    shop_open();
    struct event event = report_of(&here, "2603-0001-01", 10, 4, 1, 1);
    struct hash  name;
    event.shift_day = TODAY - 1;
    inbox_event(&event, &name);
    apply_all(1000);
    office_do("correct", "liu", about("{\"refers\":\"%s\",\"count\":5,\"why\":\"数过\"}", &name), 200);
    assert_string_equal(rows("SELECT day, fen FROM due"), "20515|250");
    refused("correct", "liu", about("{\"refers\":\"%s\",\"count\":6,\"why\":\"数过\"}", &name), 409, "correct.newest");
    rebuilt_is_equal("books.db");
}

/* [R14] Quality and supervisors say whose fault bad pieces are, and nothing else. */
static void quality_decides_the_fault(void **state)
{
    (void)state;
    shop_open();
    struct hash entry = report(20, 4, 2, 2, 10);
    assert_string_equal(rows(DUES), "2 250"); /* undecided bad ones aren't due */
    refused("decide", "qian", about("{\"refers\":\"%s\",\"count\":1}", &entry), 403, "decide.office");
    refused("decide", "li", about("{\"refers\":\"%s\",\"count\":2,\"bad\":[[2,1,10]]}", &entry), 403, "act.rights");
    office_do("decide", "qian",
              about("{\"refers\":\"%s\",\"count\":2,\"bad\":[[2,1,10]],\"why\":\"下料划伤\"}", &entry), 200);
    assert_string_equal(rows(DUES), "2 500"); /* not his fault */
    rebuilt_is_equal("books.db");
}

/* [R14] Whom a decision blames sees it at his kiosk, and isn't charged before he could object and was answered.
 * server/books/blame.c */
static void the_blamed_may_object_first(void **state)
{
    (void)state;
    shop_open();
    report(10, 4, 1, 0, 0);
    struct hash entry = report(20, 4, 2, 2, 10);
    char        loss[512];
    const char *form = "{\"worker\":1,\"kind\":\"loss\",\"sum\":\"20\",\"day\":\"2026-03-04\",\"why\":\"划伤\","
                       "\"rule\":\"厂规 3\",\"event\":\"%s\"}";
    snprintf(loss, sizeof loss, "%s", about(form, &entry));
    refused("adjust.add", "liu", loss, 409, "blame.undecided");
    office_do("decide", "qian", about("{\"refers\":\"%s\",\"count\":2,\"bad\":[[2,1,10]],\"why\":\"下料\"}", &entry),
              200);
    assert_non_null(strstr(rows("SELECT value FROM feed WHERE topic = 'blame' AND only_for = 1"),
                           "\"sheet\":\"2603-0001-01\",\"op\":10,\"count\":2"));
    assert_string_equal(rows("SELECT COUNT(*) FROM feed WHERE topic = 'blame' AND only_for = 2"), "0");
    refused("adjust.add", "liu", loss, 409, "blame.early");
    struct hash said = object(&entry, 1, "不是我");
    act_do("setting", "{\"name\":\"object_hours\",\"value\":0}");
    refused("adjust.add", "liu", loss, 409, "blame.objected");
    office_do("decide", "liu", about("{\"refers\":\"%s\",\"count\":0,\"why\":\"是下料划的\"}", &said), 200);
    office_do("adjust.add", "liu", loss, 200);
    rebuilt_is_equal("books.db");
}

/* Decided otherwise, it is laid to him no more. */
static void a_blame_is_taken_back(void **state)
{
    (void)state;
    shop_open();
    report(10, 4, 1, 0, 0);
    struct hash entry = report(20, 4, 2, 2, 10);
    char        first[HASH_TEXT], body[512];
    office_do("decide", "qian", about("{\"refers\":\"%s\",\"count\":2,\"bad\":[[2,1,10]],\"why\":\"下料\"}", &entry),
              200);
    snprintf(first, sizeof first, "%s", strchr(rows("SELECT key FROM feed WHERE topic = 'blame'"), '/') + 1);
    hash_write(&entry, body);
    char again[512];
    snprintf(again, sizeof again,
             "{\"refers\":\"%.64s\",\"replaces\":\"%s\",\"count\":2,\"bad\":[[2,1,0]],\"why\":\"料\"}", body, first);
    office_do("decide", "qian", again, 200);
    assert_string_equal(rows("SELECT value FROM feed WHERE topic = 'blame'"), "");
    rebuilt_is_equal("books.db");
}

#define REMAKE(LINE, PIECES, OP, MORE) \
    "{\"line\":\"2603-0001-" LINE "\",\"pieces\":" PIECES ",\"op\":" OP ",\"cause\":\"划伤\",\"reason\":1" MORE "}"

/* [R14] Scrap opens a remake: counted down from 99, linked, from its start operation, first in the queue, told to the
 * order desk. server/books/remake.c */
static void scrap_is_made_anew(void **state)
{
    (void)state;
    shop_open();
    struct hash entry = report(20, 4, 2, 2, 10);
    refused("remake.open", "li", REMAKE("01", "1", "20", ""), 403, "act.rights");
    refused("remake.open", "qian", REMAKE("03", "1", "20", ""), 404, "register.absent");
    refused("remake.open", "qian", REMAKE("01", "11", "20", ""), 400, "remake.pieces");
    refused("remake.open", "qian", REMAKE("01", "0", "20", ""), 400, "act.number");
    refused("remake.open", "qian", REMAKE("01", "1", "15", ""), 400, "verdict.unknown_op");
    const char *body = about(REMAKE("01", "1", "20", ",\"event\":\"%s\""), &entry);
    assert_non_null(strstr(office_do("remake.open", "qian", body, 200), "2603-0001-99"));
    refused("remake.open", "qian", about(REMAKE("01", "1", "20", ",\"event\":\"%s\""), &entry), 409, "remake.twice");
    assert_non_null(strstr(office_do("remake.open", "luo", REMAKE("02", "2", "10", ""), 200), "2603-0001-98"));
    assert_string_equal(
        rows("SELECT line, of_line, pieces, start_op, cause, approver, seen_by FROM remake ORDER BY line"),
        "2603000198|2603000102|2|10|划伤|luo|\n2603000199|2603000101|1|20|划伤|qian|");
    assert_string_equal(rows("SELECT quantity, rush, remarks, rev FROM line WHERE line = 2603000199"),
                        "1|1|补做单，替 301-1。|1");
    assert_string_equal(rows("SELECT op, planned, rate_cfen FROM sheet_op WHERE line = 2603000199"), "20|2|12500");
    assert_string_equal(rows("SELECT line FROM plan WHERE day = 20516 ORDER BY sequence"), "2603000198\n2603000199");
    assert_non_null(
        strstr(rows("SELECT value FROM feed WHERE topic = 'sheet' AND key = '2603-0001-99'"), "\"rush\":true"));
    refused("remake.seen", "luo", "{\"line\":\"2603-0001-99\",\"base\":1}", 403, "act.rights");
    refused("remake.seen", "li", "{\"line\":\"2603-0001-97\",\"base\":1}", 404, "remake.absent");
    office_do("remake.seen", "li", "{\"line\":\"2603-0001-99\",\"base\":1}", 200);
    refused("remake.seen", "li", "{\"line\":\"2603-0001-99\",\"base\":1}", 409, "books.conflict");
    assert_string_equal(rows("SELECT line, seen_by FROM remake ORDER BY line"), "2603000198|\n2603000199|li");
    /* work on it is work like any other */
    struct event event = report_of(&here, "2603-0001-99", 20, 2, 3, 3);
    inbox_event(&event, NULL);
    apply_all(1000);
    assert_string_equal(rows("SELECT fen FROM due WHERE worker = 3"), "250");
    rebuilt_is_equal("books.db");
}

/* A stopped line is made anew only once it goes on [R3]. */
static void a_stopped_line_is_not_made_anew(void **state)
{
    (void)state;
    shop_open();
    act_do("stop", "{\"what\":\"2603-0001-01\",\"why\":\"改尺寸\"}");
    refused("remake.open", "qian", REMAKE("01", "1", "20", ""), 409, "release.stopped");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, factory_make, factory_end)

int main(int argc, char **argv)
{
    static struct rows      rows;
    const struct CMUnitTest TESTS[] = {
        TEST(an_objection_is_put_right),       TEST(an_objection_is_turned_down), TEST(an_objection_comes_first),
        TEST(a_correction_keeps_its_day),      TEST(quality_decides_the_fault),   TEST(scrap_is_made_anew),
        TEST(a_stopped_line_is_not_made_anew), TEST(the_blamed_may_object_first), TEST(a_blame_is_taken_back)};
    for (size_t i = 0; i < sizeof TESTS / sizeof *TESTS; i++) rows.tests[rows.count++] = TESTS[i];
    ROWS_ADD(&rows, test_correction, CORRECTIONS);
    return rows_run(&rows, argc, argv);
}
