/* case_test.c - quality and after-sales cases in the books [R15]: opened of an order, a report, a receipt; owner, time, decision,
 * who bears the cost, closed once verified; in the list of exceptions each stands once.
 * links: server_ask server_books server_judge core */
#include "server/ask/list.h"
#include "tests/unit/books.h"

#define OPEN                                                                                                        \
    "{\"order\":\"2603-0001\",\"line\":\"\",\"kind\":\"complaint\",\"what\":\"门扇划伤 <b>\",\"who\":\"张丽 " \
    "138\",\"pieces\":\"3 7\"}"

static struct kiosk weld = {
    .id = 0x51, .epoch = {1, 7}
};

static void house_make(void)
{
    weld.seq = 0;
    factory_import();
    act_do("user.add", "{\"name\":\"limin\",\"full\":\"李敏\",\"roles\":\"desk\",\"base\":0}");
    act_do("user.add", "{\"name\":\"hang\",\"full\":\"航\",\"roles\":\"shipping\",\"base\":0}");
    act_do("user.add", "{\"name\":\"gao\",\"full\":\"高质检\",\"roles\":\"qc\",\"base\":0}");
    act_do("user.add", "{\"name\":\"chen\",\"full\":\"陈厂长\",\"roles\":\"manager\",\"base\":0}");
    act_do("user.add", "{\"name\":\"boss\",\"full\":\"郑国平\",\"roles\":\"owner\",\"base\":0}");
}

static const char *const CASE =
    "SELECT kind, owner, to_user, decision, cost_fen, bearer, closed_by FROM cases ORDER BY id";

/* Rows of the list of exceptions about cases at that time. */
static const char *listed(int64_t now_ms)
{
    static char         text[400];
    struct list_reading reading;
    struct list_cell    what = {.len = 0}, of = {.len = 0}, owner = {.len = 0};
    struct db          *db = books_look("books.db");
    const struct list  *list = list_find("exceptions");
    struct list_ask     ask = {.list = list, .values = {"0"}, .now_ms = now_ms, .rule = {.offset_min = 480}};
    bool                row;
    text[0] = 0;
    good(list_open(db, &ask, 100, &reading, &err));
    for (;;) {
        good(list_next(&reading, &row, &err));
        if (!row) break;
        for (size_t i = 0; i < list_column_count(list); i++) {
            if (strcmp(list->columns[i].key, "what") == 0) list_cell(&reading, i, &what);
            if (strcmp(list->columns[i].key, "case") == 0) list_cell(&reading, i, &of);
            if (strcmp(list->columns[i].key, "owner") == 0) list_cell(&reading, i, &owner);
        }
        size_t len = strlen(text);
        if (of.number != 0)
            snprintf(text + len, sizeof text - len, "%.*s %d %.*s;", (int)what.len, what.text, (int)of.number,
                     (int)owner.len, owner.text);
    }
    list_close(&reading);
    db_close(db);
    return text;
}

/* [R15] [R37] server/books/case.c: who opens it owns it; a complaint has 48 hours, anything else 5 days, both settings; what was
 * said is kept as it was said; open and overdue ones stand in the list of exceptions once. */
static void opened_with_owner_and_time(void **state)
{
    (void)state;
    house_make();
    act_do_as("case.open", "boss", OPEN, 403);
    act_do_as("case.open", "limin", OPEN, 200);
    act_do_as("case.open", "hang", "{\"line\":\"2603-0001-02\",\"kind\":\"short\",\"what\":\"少一把锁\"}", 200);
    assert_string_equal(
        rows("SELECT order_id, line, pieces, what, who, owner, due_ms - opened_ms FROM cases ORDER BY id"),
        "2603000100|0|3 7|门扇划伤 <b>|张丽 138|limin|172800000\n"
        "2603000100|2603000102||少一把锁||hang|432000000");
    assert_string_equal(listed(NOW), "case.open 1 limin;case.open 2 hang;");
    assert_string_equal(listed(NOW + INT64_C(3) * 86400000), "case.late 1 limin;case.open 2 hang;");
    act_do("setting", "{\"name\":\"case_hours\",\"value\":24}");
    act_do_as("case.open", "limin", OPEN, 200);
    assert_string_equal(rows("SELECT due_ms - opened_ms FROM cases WHERE id = 3"), "86400000");
    act_do_as("case.open", "limin",
              "{\"order\":\"2603-0001\",\"kind\":\"quality\",\"what\":\"x\",\"due\":\"2026-03-03\"}", 400);
    act_do_as("case.open", "limin",
              "{\"order\":\"2603-0001\",\"kind\":\"quality\",\"what\":\"x\",\"due\":\"2026-03-04\"}", 200);
    assert_string_equal(rows("SELECT due_ms FROM cases WHERE id = 4"), "1772640000000"); /* the end of that day */
    act_do_as("case.open", "limin", "{\"order\":\"2603-0999\",\"kind\":\"quality\",\"what\":\"x\"}", 404);
    act_do_as("case.open", "limin", "{\"order\":\"2603-0001\",\"kind\":\"other\",\"what\":\"x\"}", 400);
    act_do_as("case.open", "limin", "{\"order\":\"2603-0001\",\"kind\":\"quality\",\"what\":\"\"}", 400);
}

/* [R15] server/books/case.c: quality decides, with cause; money back is the manager's; what costs has somebody who bears it; closed by its
 * owner or a manager, decided and verified, and then it stands. */
static void decided_then_closed(void **state)
{
    (void)state;
    house_make();
    act_do_as("case.open", "limin", OPEN, 200);
    act_do_as("case.close", "limin", "{\"case\":1,\"verified\":\"好了\"}", 409); /* not decided */
    act_do_as("case.decide", "limin", "{\"case\":1,\"decision\":\"none\",\"cause\":\"运输\"}", 403);
    act_do_as("case.decide", "gao", "{\"case\":1,\"decision\":\"none\",\"cause\":\"\"}", 400);
    act_do_as("case.decide", "gao",
              "{\"case\":1,\"decision\":\"money\",\"cause\":\"运输\",\"cost\":\"120\",\"bearer\":\"carrier\"}", 403);
    act_do_as("case.decide", "gao",
              "{\"case\":1,\"decision\":\"send\",\"cause\":\"运输\",\"cost\":\"120\",\"bearer\":\"\"}", 400);
    act_do_as("case.decide", "gao",
              "{\"case\":1,\"decision\":\"send\",\"cause\":\"运输\",\"cost\":\"0\",\"bearer\":\"carrier\"}", 400);
    act_do_as(
        "case.decide", "chen",
        "{\"case\":1,\"base\":1,\"decision\":\"money\",\"cause\":\"运输\",\"cost\":\"120.50\",\"bearer\":\"carrier\"}",
        200);
    act_do_as("case.decide", "gao", "{\"case\":1,\"base\":1,\"decision\":\"none\",\"cause\":\"运输\"}",
              409); /* overtaken */
    assert_string_equal(rows(CASE), "complaint|limin||money|12050|carrier|");
    act_do_as("case.close", "hang", "{\"case\":1,\"verified\":\"好了\"}", 403);
    act_do_as("case.close", "limin", "{\"case\":1,\"verified\":\"\"}", 400);
    act_do_as("case.close", "limin", "{\"case\":1,\"verified\":\"客户收到退款\"}", 200);
    assert_string_equal(rows(CASE), "complaint|limin||money|12050|carrier|limin");
    act_do_as("case.decide", "chen", "{\"case\":1,\"decision\":\"none\",\"cause\":\"运输\"}", 409);
    assert_string_equal(listed(NOW), "");
}

/* [R36] server/books/case.c: spare parts and repairs are not approved without a photo. */
static void no_photo_no_approval(void **state)
{
    (void)state;
    static const char FILE_OF[] = "{\"hash\":\"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\"";
    char              body[400];
    house_make();
    act_do_as("case.open", "limin", "{\"order\":\"2603-0001\",\"kind\":\"spare\",\"what\":\"要一个合页\"}", 200);
    act_do_as("case.decide", "gao", "{\"case\":1,\"decision\":\"send\",\"cause\":\"运输丢失\"}", 400);
    snprintf(body, sizeof body, "%s,\"kind\":\"png\",\"bytes\":10}", FILE_OF);
    act_do_as("file.keep", "limin", body, 200);
    snprintf(body, sizeof body,
             "{\"case\":1,\"kind\":\"spare\",\"what\":\"要一个合页\",\"fault\":\"transport\",\"files\":[%s,\"name\":"
             "\"合页.png\"}]}",
             FILE_OF);
    act_do_as("case.save", "limin", body, 200);
    act_do_as("case.decide", "gao", "{\"case\":1,\"decision\":\"send\",\"cause\":\"运输丢失\"}", 200);
    assert_string_equal(rows("SELECT of_case, kind, name FROM attached"), "1|case|合页.png");
    act_do_as("file.strike", "limin", "{\"attached\":1}", 200);
    act_do_as("case.decide", "gao", "{\"case\":1,\"decision\":\"repair\",\"cause\":\"运输丢失\"}",
              400); /* struck out again */
}

/* [R14] server/books/case.c: no worker bears a cost unless the bad pieces were decided to be his fault; a remake is one of this order. */
static void a_worker_bears_only_his_fault(void **state)
{
    (void)state;
    char        body[400], hex[HASH_TEXT];
    struct hash name;
    house_make();
    act_do_as("case.open", "limin", OPEN, 200);
    act_do_as("case.decide", "gao",
              "{\"case\":1,\"decision\":\"none\",\"cause\":\"划伤\",\"cost\":\"5\",\"bearer\":\"worker\",\"worker\":1}",
              409);
    act_do_as(
        "case.decide", "gao",
        "{\"case\":1,\"decision\":\"none\",\"cause\":\"划伤\",\"cost\":\"5\",\"bearer\":\"worker\",\"worker\":999}",
        400);
    act_do_as("case.decide", "gao", "{\"case\":1,\"decision\":\"remake\",\"cause\":\"划伤\"}", 400);
    act_do_as("case.decide", "gao",
              "{\"case\":1,\"decision\":\"remake\",\"cause\":\"划伤\",\"remake\":\"2603-0001-02\"}", 400);
    struct event event = report_of(&weld, "2603-0001-02", 10, 1, BADGE_LI, 1);
    event.bad_count = 1;
    event.bad[0] = (struct event_bad){1, 1, 10};
    inbox_event(&event, &name);
    apply_all(10);
    hash_write(&name, hex);
    snprintf(body, sizeof body, "{\"event\":\"%s\",\"kind\":\"quality\",\"what\":\"焊穿\"}", hex);
    act_do_as("case.open", "gao", body, 200);
    assert_string_equal(rows("SELECT order_id, line FROM cases WHERE id = 2"), "2603000100|2603000102");
    act_do_as("case.decide", "gao",
              "{\"case\":2,\"decision\":\"none\",\"cause\":\"焊穿\",\"cost\":\"5\",\"bearer\":\"worker\",\"worker\":1}",
              409);
    rebuilt_is_equal("books.db");
}

/* [R37] server/books/case.c: what turns out to be a complaint has its 48 hours from when it was opened, and no complaint the 5 days
 * again; a day that somebody chose stands, but for a complaint's sooner end. */
static void time_follows_the_kind(void **state)
{
    static const char DUE[] = "SELECT (due_ms - opened_ms) / 3600000 FROM cases";
    (void)state;
    house_make();
    act_do_as("case.open", "limin", "{\"order\":\"2603-0001\",\"kind\":\"quality\",\"what\":\"x\"}", 200);
    assert_string_equal(rows(DUE), "120");
    act_do_as("case.save", "limin", "{\"case\":1,\"kind\":\"damage\",\"what\":\"x\"}", 200);
    assert_string_equal(rows(DUE), "120");
    act_do_as("case.save", "limin", "{\"case\":1,\"kind\":\"complaint\",\"what\":\"x\"}", 200);
    assert_string_equal(rows(DUE), "48");
    act_do_as("case.save", "limin", "{\"case\":1,\"kind\":\"wrong\",\"what\":\"x\"}", 200);
    assert_string_equal(rows(DUE), "120");
    act_do_as("case.save", "limin", "{\"case\":1,\"kind\":\"wrong\",\"what\":\"x\",\"due\":\"2026-03-20\"}", 200);
    act_do_as("case.save", "limin", "{\"case\":1,\"kind\":\"short\",\"what\":\"x\"}", 200);
    assert_string_equal(rows("SELECT due_ms FROM cases"), "1774022400000"); /* the end of that day */
    act_do_as("case.save", "limin", "{\"case\":1,\"kind\":\"complaint\",\"what\":\"x\"}", 200);
    assert_string_equal(rows(DUE), "48");
}

/* [R6] [R18] server/books/case.c: handed over, it stays with its owner until the other takes it; the list of exceptions takes and hands cases
 * as it does all else, settles none by a word, and a closed day carries them over. */
static void handed_from_one_to_another(void **state)
{
    (void)state;
    static const char ITEM[] = "\"items\":[[\"case.open\",\"6361736520"
                               "31\"]]"; /* "case 1" */
    char              body[200];
    house_make();
    act_do_as("case.open", "limin", OPEN, 200);
    act_do_as("case.hand", "limin", "{\"case\":1,\"to\":\"nobody\",\"note\":\"\"}", 404);
    act_do_as("case.hand", "limin", "{\"case\":1,\"to\":\"gao\",\"note\":\"请看\"}", 200);
    assert_string_equal(rows(CASE), "complaint|limin|gao||0||");
    act_do_as("case.take", "gao", "{\"case\":1}", 200);
    assert_string_equal(rows(CASE), "complaint|gao|||0||");
    snprintf(body, sizeof body, "{%s}", ITEM);
    act_do_as("case.take", "limin", "{\"case\":1}", 403); /* it wasn't handed to him */
    act_do_as("exception.take", "limin", body, 403);
    act_do_as("case.hand", "hang", "{\"case\":1,\"to\":\"hang\",\"note\":\"\"}",
              403); /* nor may he hand it to himself */
    assert_string_equal(rows(CASE), "complaint|gao|||0||");
    act_do_as("case.take", "chen", "{\"case\":1}", 200); /* a manager takes any */
    act_do_as("case.hand", "chen", "{\"case\":1,\"to\":\"limin\",\"note\":\"\"}", 200);
    act_do_as("exception.take", "limin", body, 200);
    assert_string_equal(rows(CASE), "complaint|limin|||0||");
    snprintf(body, sizeof body, "{%s,\"why\":\"好了\"}", ITEM);
    act_do_as("exception.settle", "gao", body, 400);
    snprintf(body, sizeof body, "{%s,\"to\":\"chen\",\"note\":\"\"}", ITEM);
    act_do_as("exception.hand", "limin", body, 200);
    assert_string_equal(rows(CASE), "complaint|limin|chen||0||");
    assert_string_equal(act_do_as("day.close", "limin", "{\"to\":\"gao\",\"note\":\"\"}", 200), "{\"carried\":1}");
    assert_string_equal(rows(CASE), "complaint|limin|gao||0||");
    assert_string_equal(rows("SELECT COUNT(*) FROM settled"), "0");
}

int main(int argc, char **argv)
{
    static struct rows tests;
    tests.tests[tests.count++] =
        (struct CMUnitTest)cmocka_unit_test_setup_teardown(opened_with_owner_and_time, factory_make, factory_end);
    tests.tests[tests.count++] =
        (struct CMUnitTest)cmocka_unit_test_setup_teardown(time_follows_the_kind, factory_make, factory_end);
    tests.tests[tests.count++] =
        (struct CMUnitTest)cmocka_unit_test_setup_teardown(decided_then_closed, factory_make, factory_end);
    tests.tests[tests.count++] =
        (struct CMUnitTest)cmocka_unit_test_setup_teardown(no_photo_no_approval, factory_make, factory_end);
    tests.tests[tests.count++] =
        (struct CMUnitTest)cmocka_unit_test_setup_teardown(a_worker_bears_only_his_fault, factory_make, factory_end);
    tests.tests[tests.count++] =
        (struct CMUnitTest)cmocka_unit_test_setup_teardown(handed_from_one_to_another, factory_make, factory_end);
    return rows_run(&tests, argc, argv);
}
