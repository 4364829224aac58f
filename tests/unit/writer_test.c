/* writer_test.c - the one writer of the books: what slices, failures and unclean ends leave behind.
 * links: server_books server_judge core */
#include "tests/unit/books.h"

static void reports_are_booked(void **state)
{
    (void)state;
    struct kiosk kiosk = {
        .id = 0x11, .epoch = {1, 5}
    };
    factory_import();
    struct event first = report_of(&kiosk, "2603-0001-01", 10, 4, BADGE_LI, 1);
    struct event second = report_of(&kiosk, "2603-0001-01", 10, 8, BADGE_WANG, 2);
    inbox_event(&first, NULL);
    inbox_event(&second, NULL);
    apply_all(1000);
    assert_string_equal(rows("SELECT number, kind, counted, held, due_fen FROM verdict ORDER BY number"),
                        "1|0|4|0|200\n2|1|6|2|300");
    assert_string_equal(rows("SELECT worker, day, number, share, fen FROM due ORDER BY worker"),
                        "1|20516|1|0|200\n2|20516|2|0|300");
    assert_string_equal(rows("SELECT rev, op, good, bad, held FROM op_sum"), "1|10|10|0|2");
    assert_string_equal(rows("SELECT worker, fen, facts, pieces, held FROM day_sum ORDER BY worker"),
                        "1|200|1|4|0\n2|300|1|6|2");
    assert_string_equal(
        rows("SELECT value FROM feed WHERE topic = 'totals'"),
        "{\"ops\":[[10,10,0,2],[20,0,0,0]],\"marks\":[[\"0000000000000011\",\"1-0000000000000005\",2]]}");
    assert_string_equal(rows("SELECT only_for FROM feed WHERE topic = 'verdict'"), "17");
    assert_string_equal(rows("SELECT seq, day FROM kiosk_mark"), "2|20516");
    assert_string_equal(rows("SELECT worker, kiosk FROM worker_kiosk ORDER BY worker"), "1|17\n2|17");
}

int main(int argc, char **argv)
{
    static struct rows      tests;
    const struct CMUnitTest all[] = {
        cmocka_unit_test_setup_teardown(reports_are_booked, factory_make, factory_end),
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) tests.tests[tests.count++] = all[i];
    return rows_run(&tests, argc, argv);
}
