/* settle_test.c - exceptions: work that nobody reported, clocks in doubt; who takes care of them, what was said, a day closed.
 * links: server_books server_judge core */
#include "tests/unit/books.h"

static struct kiosk cut = {
    .id = 0x41, .epoch = {1, 7}
};
static struct kiosk weld = {
    .id = 0x42, .epoch = {1, 9}
};

static void house_make(void)
{
    cut.seq = weld.seq = 0;
    factory_import();
    act_do("user.add", "{\"name\":\"liu\",\"full\":\"刘洋\",\"roles\":\"payroll\",\"base\":0}");
    act_do("user.add", "{\"name\":\"zhou\",\"full\":\"周国强\",\"roles\":\"supervisor\",\"base\":0}");
    act_do("user.add", "{\"name\":\"limin\",\"full\":\"李敏\",\"roles\":\"desk\",\"base\":0}");
}

static struct hash report(struct kiosk *kiosk, int32_t op, int32_t count)
{
    struct event event = report_of(kiosk, "2603-0001-01", op, count, BADGE_LI, 1);
    struct hash  name;
    inbox_event(&event, &name);
    apply_all(1);
    return name;
}

static const char *missing(void)
{
    return rows("SELECT op, pieces, number FROM op_missing ORDER BY op");
}

static const char *hex_of(const char *text)
{
    static char hex[200];
    for (size_t i = 0; text[i] != 0; i++) snprintf(hex + 2 * i, 3, "%02x", (unsigned)(unsigned char)text[i]);
    return hex;
}

static const char *item(const char *more)
{
    static char body[400];
    snprintf(body, sizeof body, "{\"items\":[[\"books.missing\",\"%s\"]]%s}", hex_of("missing 2603000101 1 10"), more);
    return body;
}

/* [R41] server/judge/missing.c: two welded pieces a door prove that the door was cut; who reported it later takes it away, what
 * the proof loses too; the row names the fact that proved it first, in whatever slices it came. */
static void a_later_step_proves_an_earlier_one(void **state)
{
    (void)state;
    house_make();
    report(&cut, 10, 2);
    report(&weld, 20, 4);
    assert_string_equal(missing(), "");
    report(&weld, 20, 1); /* half a door more proves nothing */
    assert_string_equal(missing(), "");
    struct hash name = report(&weld, 20, 3);
    assert_string_equal(missing(), "10|2|4");
    report(&cut, 10, 1);
    assert_string_equal(missing(), "10|1|4");
    rebuilt_is_equal("books.db");
    struct event undo = event_of(&weld, EVENT_UNDO);
    undo.has_refers = undo.has_sheet = true;
    assert_true(line_ref_read("2603-0001-01", &undo.sheet.line));
    undo.refers = name;
    undo.worker_count = 1;
    undo.workers[0] = (struct event_worker){.badge = BADGE_LI, .number = 1, .share = 1};
    inbox_event(&undo, NULL);
    apply_all(1);
    assert_string_equal(missing(), "");
    rebuilt_is_equal("books.db");
}

/* [R41] server/judge/missing.c: a packed door was made, whatever was reported of it. */
static void a_packed_door_proves_all_before(void **state)
{
    (void)state;
    house_make();
    report(&cut, 10, 3);
    struct event pack = event_of(&weld, EVENT_PACK);
    pack.has_sheet = true;
    assert_true(line_ref_read("2603-0001-01", &pack.sheet.line));
    pack.sheet.rev = pack.sheet.copy = 1;
    pack.count = 4;
    pack.worker_count = 1;
    pack.workers[0] = (struct event_worker){.badge = BADGE_LI, .number = 1, .share = 1};
    inbox_event(&pack, NULL);
    apply_all(1);
    assert_string_equal(missing(), "10|1|2\n20|8|2"); /* two welded pieces a door */
    rebuilt_is_equal("books.db");
}

/* [R18] server/books/settle.c: a word ends it, it stays readable, and it is open again once it says something else. */
static void settled_until_it_says_something_else(void **state)
{
    (void)state;
    house_make();
    report(&weld, 20, 4);
    act_do_as("exception.settle", "liu", item(""), 400);
    act_do_as("exception.settle", "limin", item(",\"why\":\"问过了\""), 403);
    act_do_as("exception.settle", "liu", item(",\"why\":\"外协做的，不计件\""), 200);
    assert_non_null(strstr(act_do_as("exception.settle", "zhou", item(",\"why\":\"再来\""), 409), "settle.gone"));
    assert_string_equal(rows("SELECT settled_by, why, owner FROM settled"), "liu|外协做的，不计件|liu");
    rebuilt_is_equal("books.db");
    report(&weld, 20, 2);
    act_do_as("exception.settle", "zhou", item(",\"why\":\"三樘都是外协\""), 200);
    assert_string_equal(rows("SELECT settled_by, why FROM settled"), "zhou|三樘都是外协");
    act_do_as("exception.settle", "liu", "{\"items\":[[\"books.missing\",\"zz\"]],\"why\":\"x\"}", 400);
    act_do_as("exception.settle", "liu", "{\"items\":[],\"why\":\"x\"}", 400);
}

/* [R18] server/books/settle.c: held pieces are decided, never talked away: nobody would be paid. */
static void held_pieces_want_a_decision(void **state)
{
    char body[300], hex[HASH_TEXT];
    (void)state;
    house_make();
    struct hash name = report(&cut, 10, 13); /* three more than planned */
    hash_write(&name, hex);
    snprintf(body, sizeof body, "{\"items\":[[\"verdict.over\",\"%s\"]],\"why\":\"没事\"}", hex);
    assert_non_null(strstr(act_do_as("exception.settle", "liu", body, 400), "settle.decide"));
    act_do_as("exception.take", "liu", body, 200);
    assert_string_equal(rows("SELECT owner, settled_by FROM settled"), "liu|");
}

/* [R6] [R18] server/books/settle.c: handed over with a note, accepted; a day closes with what is open carried over. */
static void handed_over_and_carried(void **state)
{
    (void)state;
    house_make();
    report(&weld, 20, 4);
    act_do_as("exception.take", "liu", item(""), 200);
    act_do_as("enquiry.open", "liu", "{\"order\":\"2603-0001\",\"who\":\"\",\"text\":\"\"}", 200);
    assert_non_null(strstr(act_do_as("day.close", "liu", "{\"to\":\"\",\"note\":\"\"}", 200), "\"carried\":2"));
    assert_string_equal(rows("SELECT owner, to_user, carried FROM settled"), "liu||1");
    act_do_as("day.close", "liu", "{\"to\":\"liu\",\"note\":\"\"}", 400);
    act_do_as("day.close", "liu", "{\"to\":\"zhou\",\"note\":\"夜班接着问\"}", 200);
    assert_string_equal(rows("SELECT owner, to_user, to_note, carried FROM settled"), "liu|zhou|夜班接着问|2");
    assert_string_equal(rows("SELECT owner, to_user FROM enquiry"), "liu|zhou");
    assert_string_equal(rows("SELECT \"user\", day, open_n, to_user FROM day_close"), "liu|20516|2|zhou");
    act_do_as("exception.take", "zhou", item(""), 200);
    assert_string_equal(rows("SELECT owner, to_user, carried FROM settled"), "zhou||2");
    act_do_as("exception.hand", "zhou", item(",\"to\":\"nobody\",\"note\":\"\""), 404);
    act_do_as("exception.hand", "zhou", item(",\"to\":\"liu\",\"note\":\"还给你\""), 200);
    assert_string_equal(rows("SELECT owner, to_user, to_note FROM settled"), "zhou|liu|还给你");
}

/* server/books/apply.c: a kiosk that had heard no server: once for it and its day, and only where time can't be told. */
static void a_clock_in_doubt_once_a_day(void **state)
{
    (void)state;
    house_make();
    for (int i = 0; i < 4; i++) {
        struct event event = report_of(&cut, "2603-0001-01", 10, 1, BADGE_LI, 1);
        event.doubtful = i > 0;
        event.wall_ms = i == 1 ? NOW : INT64_C(1000) * i; /* 1970 */
        inbox_event(&event, NULL);
    }
    apply_all(2);
    assert_string_equal(rows("SELECT number FROM exception WHERE reason = 'books.clock'"), "3");
    rebuilt_is_equal("books.db");
}

int main(int argc, char **argv)
{
    static struct rows tests;
#define ADD(NAME) \
    tests.tests[tests.count++] = (struct CMUnitTest)cmocka_unit_test_setup_teardown(NAME, factory_make, factory_end)
    ADD(a_later_step_proves_an_earlier_one);
    ADD(a_packed_door_proves_all_before);
    ADD(settled_until_it_says_something_else);
    ADD(held_pieces_want_a_decision);
    ADD(handed_over_and_carried);
    ADD(a_clock_in_doubt_once_a_day);
    return rows_run(&tests, argc, argv);
}
