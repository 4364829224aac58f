/* enquiry_test.c - enquiries in the books [R9]: the clock, the station that is asked, what counts as its answer, who owns it.
 * links: server_books server_judge core */
#include "tests/unit/books.h"

#define OPEN "{\"order\":\"2603-0001\",\"line\":\"\",\"who\":\"张丽\",\"text\":\"哪天能发\",\"ask\":1}"

static struct kiosk cut = {
    .id = 0x31, .epoch = {1, 7}
};

static void sheet_seen(const char *station)
{
    struct event event = report_of(&cut, "2603-0001-02", 10, 1, BADGE_LI, 1);
    snprintf(event.station, sizeof event.station, "%s", station);
    inbox_event(&event, NULL);
    apply_all(100);
}

/* A touch at the kiosk, by whoever had learnt everything, or nothing of it. */
static void touch(const char *note, int64_t feed)
{
    struct event event = event_of(&cut, EVENT_NOTE);
    event.has_sheet = true;
    assert_true(line_ref_read("2603-0001-02", &event.sheet.line));
    event.seen = (struct event_seen){server_epoch, writer_run(writer), feed};
    snprintf(event.note, sizeof event.note, "%s", note);
    inbox_event(&event, NULL);
    apply_all(1);
}

static void house_make(void)
{
    cut.seq = 0;
    factory_import();
    act_do("user.add", "{\"name\":\"limin\",\"full\":\"李敏\",\"roles\":\"desk\",\"base\":0}");
    act_do("user.add", "{\"name\":\"wu\",\"full\":\"吴芳\",\"roles\":\"desk\",\"base\":0}");
    act_do("user.add", "{\"name\":\"chen\",\"full\":\"陈厂长\",\"roles\":\"manager\",\"base\":0}");
    act_do("user.add", "{\"name\":\"boss\",\"full\":\"郑国平\",\"roles\":\"owner\",\"base\":0}");
}

static const char *asked(void)
{
    return rows("SELECT value FROM feed WHERE topic = 'asked'");
}

/* [R9] server/books/enquiry.c: who takes it owns it, half an hour (a setting); the station that saw the sheet last is asked, and
 * its one touch answers; neither the customer's name nor his phone travels to a kiosk. */
static void asked_and_answered(void **state)
{
    (void)state;
    house_make();
    sheet_seen("weld");
    act_do("setting", "{\"name\":\"enquiry_minutes\",\"value\":20}");
    act_do_as("enquiry.open", "limin", OPEN, 200);
    assert_string_equal(rows("SELECT first_owner, owner, until_ms - asked_ms, station, station_line FROM enquiry"),
                        "limin|limin|1200000|weld|2603000102");
    assert_string_equal(asked(),
                        "{\"line\":\"2603-0001-02\",\"station\":\"weld\",\"who\":\"李敏\",\"at\":1772600400000,"
                        "\"text\":\"哪天能发\"}");
    touch("asked 1 today", writer_feed(writer));
    assert_string_equal(asked(), "");
    assert_string_equal(rows("SELECT enquiry, word FROM enquiry_answer"), "1|today");
    rebuilt_is_equal("books.db");
    act_do_as("enquiry.close", "limin", "{\"enquiry\":1,\"told\":\"\"}", 400);
    act_do_as("enquiry.close", "limin", "{\"enquiry\":1,\"told\":\"今天做完，明天发\"}", 200);
    act_do_as("enquiry.close", "limin", "{\"enquiry\":1,\"told\":\"再说一次\"}", 409);
    act_do_as("enquiry.ask", "limin", "{\"enquiry\":1}", 409);
    assert_string_equal(rows("SELECT told, closed_by FROM enquiry"), "今天做完，明天发|limin");
}

/* [R9] server/books/enquiry.c: what was touched before the question was known answers an earlier one; another note is none. */
static void only_what_was_asked_is_answered(void **state)
{
    (void)state;
    house_make();
    sheet_seen("cut");
    act_do_as("enquiry.open", "limin", OPEN, 200);
    int64_t before = writer_feed(writer);
    act_do_as("enquiry.ask", "limin", "{\"enquiry\":1,\"station\":\"weld\"}", 200);
    touch("asked 1 absent", before);
    assert_non_null(strstr(asked(), "\"weld\""));
    touch("asked 1 tomorrow", writer_feed(writer));
    touch("asked 1 today ", writer_feed(writer));
    touch("asked -1 today", writer_feed(writer));
    touch("asked 7 today", writer_feed(writer));
    assert_non_null(strstr(asked(), "\"weld\""));
    /* Handing it over asks nobody again, and doesn't take the question back. */
    act_do_as("enquiry.hand", "limin", "{\"enquiry\":1,\"to\":\"wu\",\"note\":\"\"}", 200);
    assert_non_null(strstr(asked(), "\"weld\""));
    touch("asked 1 material", writer_feed(writer));
    assert_string_equal(asked(), "");
    act_do_as("enquiry.take", "wu", "{\"enquiry\":1}", 200);
    assert_string_equal(asked(), "");
    rebuilt_is_equal("books.db");
}

/* [R9] server/books/enquiry.c: a sheet that nobody scanned is nowhere to ask; any station may be chosen, only one there is. */
static void a_station_must_be(void **state)
{
    (void)state;
    house_make();
    act_do_as("enquiry.open", "limin", OPEN, 200); /* the call is recorded whatever the floor knows */
    assert_string_equal(rows("SELECT station FROM enquiry"), "");
    assert_string_equal(asked(), "");
    assert_non_null(strstr(act_do_as("enquiry.ask", "limin", "{\"enquiry\":1}", 400), "enquiry.no_station"));
    act_do_as("enquiry.ask", "limin", "{\"enquiry\":1,\"station\":\"nowhere\"}", 404);
    act_do_as("enquiry.ask", "limin", "{\"enquiry\":1,\"station\":\"weld\"}", 200);
    assert_string_equal(rows("SELECT station, station_line FROM enquiry"), "weld|2603000101");
    act_do_as("enquiry.open", "limin", "{\"order\":\"2603-0009\",\"who\":\"\",\"text\":\"\"}", 404);
    act_do_as("enquiry.open", "boss", OPEN, 403);
}

/* [R6] server/books/enquiry.c: passed on with a note, owned by the other only once he has accepted. */
static void handed_over_with_acceptance(void **state)
{
    (void)state;
    house_make();
    sheet_seen("cut");
    act_do_as("enquiry.open", "limin", OPEN, 200);
    act_do_as("enquiry.hand", "wu", "{\"enquiry\":1,\"to\":\"wu\",\"note\":\"\"}", 403);
    act_do_as("enquiry.take", "wu", "{\"enquiry\":1}", 403);
    act_do_as("enquiry.hand", "limin", "{\"enquiry\":1,\"to\":\"nobody\",\"note\":\"\"}", 404);
    act_do_as("enquiry.hand", "limin", "{\"enquiry\":1,\"to\":\"limin\",\"note\":\"\"}", 400);
    act_do_as("enquiry.hand", "limin", "{\"enquiry\":1,\"to\":\"wu\",\"note\":\"客户急\"}", 200);
    assert_string_equal(rows("SELECT owner, to_user, to_note FROM enquiry"), "limin|wu|客户急");
    act_do_as("enquiry.take", "wu", "{\"enquiry\":1,\"base\":1}", 409);
    act_do_as("enquiry.take", "wu", "{\"enquiry\":1,\"base\":2}", 200);
    assert_string_equal(rows("SELECT first_owner, owner, to_user, to_note FROM enquiry"), "limin|wu||");
    act_do_as("enquiry.take", "chen", "{\"enquiry\":1}", 200); /* the plant manager takes what is late */
    assert_string_equal(rows("SELECT first_owner, owner FROM enquiry"), "limin|chen");
}

int main(int argc, char **argv)
{
    static struct rows tests;
    tests.tests[tests.count++] =
        (struct CMUnitTest)cmocka_unit_test_setup_teardown(asked_and_answered, factory_make, factory_end);
    tests.tests[tests.count++] =
        (struct CMUnitTest)cmocka_unit_test_setup_teardown(only_what_was_asked_is_answered, factory_make, factory_end);
    tests.tests[tests.count++] =
        (struct CMUnitTest)cmocka_unit_test_setup_teardown(a_station_must_be, factory_make, factory_end);
    tests.tests[tests.count++] =
        (struct CMUnitTest)cmocka_unit_test_setup_teardown(handed_over_with_acceptance, factory_make, factory_end);
    return rows_run(&tests, argc, argv);
}
