/* change_test.c - change orders in the books [R3]: what stays good over several revisions, what comes late, papers, losses.
 * links: server_books server_judge core */
#include "tests/unit/books.h"

#define LINE "2603-0001-01"
#define OF_LINE "{\"line\":\"" LINE "\"}"
#define TICKS                                                                                                       \
    "\"ticks\":[\"due\",\"brand\",\"quantity\",\"material\",\"size\",\"style\",\"colour\",\"picture\",\"process\"," \
    "\"amount\",\"rates\",\"decor\",\"requirements\",\"remarks\"]"

static struct kiosk machine;

static void report(int rev, int32_t op, int32_t count)
{
    struct event event = report_of(&machine, LINE, op, count, BADGE_LI, 1);
    event.sheet.rev = rev;
    inbox_event(&event, NULL);
    apply_all(1000);
}

static void refused(const char *act, const char *body, int status, const char *id)
{
    const char *answer = act_do_as(act, "console", body, status);
    if (strstr(answer, id) == NULL) print_error("%s: wanted %s: %s\n", act, id, answer);
    assert_non_null(strstr(answer, id));
}

static void begin(void)
{
    machine = (struct kiosk){
        .id = 7, .epoch = {1, 1}
    };
    factory_import();
    act_do("user.add", "{\"name\":\"chen\",\"full\":\"\",\"roles\":\"taker\"}");
    act_do("user.add", "{\"name\":\"sun\",\"full\":\"\",\"roles\":\"finance\"}");
    act_do("setting", "{\"name\":\"review_kinds\",\"value\":\"taker\"}");
}

static void stays(int op, int good_n, int redo)
{
    char body[160];
    snprintf(body, sizeof body, "{\"line\":\"" LINE "\",\"op\":%d,\"good\":%d,\"redo\":%d}", op, good_n, redo);
    act_do("stays.put", body);
}

static void opened(int id)
{
    char body[200];
    act_do("stop", "{\"what\":\"" LINE "\",\"why\":\"\"}");
    act_do("change.open", "{\"line\":\"" LINE "\",\"wants\":\"换颜色\"}");
    snprintf(body, sizeof body,
             "{\"change\":%d,\"wants\":\"换颜色\",\"confirmed_day\":\"2026-03-04\",\"confirmed_by\":\"张丽\"}", id);
    act_do("change.save", body);
}

static void released(int rev, int version)
{
    char body[400];
    act_do("sheet.make", OF_LINE);
    snprintf(body, sizeof body, "{\"line\":\"" LINE "\",\"kind\":\"taker\",\"version\":%d," TICKS "}", version);
    act_do_as("sheet.sign", "chen", body, 200);
    snprintf(body, sizeof body, "{\"line\":\"" LINE "\",\"rev\":%d,\"copy\":1,\"who\":\"李明\",\"why\":\"\"}", rev - 1);
    act_do("copy.lost", body);
    act_do("sheet.release", "{\"line\":\"" LINE "\",\"day\":\"2026-03-05\",\"sequence\":0}");
    act_do("lift", "{\"what\":\"" LINE "\"}");
}

/* [R3] server/books/stays.c: what stays is done on the next revision, and may stay again on the one after it. */
static void what_stays_goes_from_revision_to_revision(void **state)
{
    (void)state;
    begin();
    report(1, 10, 5);
    opened(1);
    stays(10, 3, 2);
    released(2, 1);
    assert_string_equal(rows("SELECT rev, op, good FROM op_sum ORDER BY rev, op"), "1|10|5\n2|10|3");
    report(2, 10, 4);
    assert_string_equal(rows("SELECT rev, op, good FROM op_sum ORDER BY rev, op"), "1|10|5\n2|10|7");
    opened(2);
    refused("stays.put", "{\"line\":\"" LINE "\",\"op\":10,\"good\":4,\"redo\":0}", 409, "stays.sum");
    stays(10, 6, 1);
    released(3, 3);
    report(3, 10, 5);
    assert_string_equal(rows("SELECT rev, op, good, held FROM op_sum ORDER BY rev, op"),
                        "1|10|5|0\n2|10|7|0\n3|10|10|1");
    assert_string_equal(rows("SELECT CAST(SUM(fen) AS BIGINT) FROM due"), "650"); /* 5 + 4 + 4 pieces, each once */
    rebuilt_is_equal("books.db");
}

/* [R3] server/books/stays.c: late work of the old sheet is paid, not carried, and asks again. */
static void late_work_is_paid_and_asks_again(void **state)
{
    (void)state;
    begin();
    report(1, 10, 5);
    opened(1);
    stays(10, 5, 0);
    released(2, 1);
    report(1, 10, 2);
    assert_string_equal(rows("SELECT CAST(SUM(fen) AS BIGINT) FROM due"), "350");
    assert_string_equal(rows("SELECT good FROM op_sum WHERE rev = 2"), "5");
    assert_string_equal(rows("SELECT line, n FROM todo_change WHERE kind = 'stays'"), "2603000101|1");
    stays(10, 7, 0);
    assert_string_equal(rows("SELECT good FROM op_sum WHERE rev = 2"), "7");
    assert_string_equal(rows("SELECT line FROM todo_change WHERE kind = 'stays'"), "");
    rebuilt_is_equal("books.db");
}

/* [R3] server/books/change.c: nothing is released while a good piece is undecided, or the new sheet lacks its operation. */
static void every_good_piece_is_decided(void **state)
{
    (void)state;
    begin();
    report(1, 20, 4);
    opened(1);
    act_do("copy.lost", "{\"line\":\"" LINE "\",\"rev\":1,\"copy\":1,\"who\":\"李明\",\"why\":\"\"}");
    act_do("sheet.make", OF_LINE);
    refused("sheet.release", "{\"line\":\"" LINE "\",\"day\":\"2026-03-05\",\"sequence\":0}", 409, "stays.open");
    refused("stays.put", "{\"line\":\"" LINE "\",\"op\":20,\"new_op\":90,\"good\":4,\"redo\":0}", 400, "stays.new_op");
    stays(20, 4, 0);
    report(1, 20, 1); /* it comes between the decision and the release */
    refused("sheet.release", "{\"line\":\"" LINE "\",\"day\":\"2026-03-05\",\"sequence\":0}", 409, "stays.open");
    stays(20, 0, 5);
    refused("sheet.release", "{\"line\":\"" LINE "\",\"day\":\"2026-03-05\",\"sequence\":0}", 400, "review.missing");
    char body[700], wants[481] = "";
    for (size_t i = 0; i < sizeof wants - 1; i++) wants[i] = 'w';
    snprintf(body, sizeof body, "{\"change\":1,\"wants\":\"%s\"}", wants);
    act_do("change.save", body);
    refused("change.drop", "{\"change\":1,\"why\":\"客户说现在这个颜色也可以，不改了\"}", 400, "act.long");
    act_do("change.save", "{\"change\":1,\"wants\":\"换颜色\"}");
    act_do("change.drop", "{\"change\":1,\"why\":\"不改了\"}");
    refused("change.save", "{\"change\":1,\"wants\":\"x\"}", 409, "change.closed");
    act_do("lift", "{\"what\":\"" LINE "\"}");
    assert_string_equal(rows("SELECT state, wants FROM change"), "2|换颜色 不改了");
}

/* [R26] server/books/copy.c: the next number in place of another; one that is scanned after it was lost is found. */
static void papers_have_numbers(void **state)
{
    (void)state;
    begin();
    act_do("copy.replace", "{\"line\":\"" LINE "\",\"rev\":1,\"copy\":1,\"why\":\"油污\",\"who\":\"李明\"}");
    refused("copy.replace", "{\"line\":\"" LINE "\",\"rev\":1,\"copy\":1,\"why\":\"x\"}", 409, "copy.replaced");
    refused("copy.replace", "{\"line\":\"" LINE "\",\"rev\":2,\"copy\":1,\"why\":\"x\"}", 404, "copy.absent");
    assert_string_equal(rows("SELECT copy, part, replaces, why FROM copy WHERE line = 2603000101"),
                        "1|leaf|0|\n2|leaf|1|油污");
    assert_string_equal(rows("SELECT key, value FROM feed WHERE topic = 'copy'"),
                        LINE "/1/1|{\"replaced\":2,\"part\":\"leaf\"}");
    opened(1);
    assert_string_equal(rows("SELECT n FROM todo_change WHERE kind = 'change'"), "1"); /* copy 2 is out, 1 is lost */
    assert_string_equal(rows("SELECT serial, line, rev FROM sheet_said ORDER BY serial"),
                        "1|2603000101|1\n2|2603000102|1");
}

/* [R39] server/books/loss.c: shares are all of it, a rule proposes, another person approves. */
static void losses_are_proposed(void **state)
{
    (void)state;
    begin();
    refused("loss.add", "{\"what\":\"2603-0001\",\"kind\":\"rain\",\"cause\":\"x\"}", 400, "loss.kind");
    refused("loss.add", "{\"what\":\"2603-0099\",\"kind\":\"scrap\",\"cause\":\"x\"}", 404, "stop.unknown");
    refused("loss.add",
            "{\"what\":\"2603-0001\",\"kind\":\"scrap\",\"cause\":\"x\",\"shares\":[{\"worker\":77,\"percent\":100}]}",
            400, "worker.unknown");
    refused("loss.add",
            "{\"what\":\"2603-0001\",\"kind\":\"scrap\",\"cause\":\"x\",\"shares\":[{\"who\":\"\",\"percent\":100}]}",
            400, "loss.who");
    refused("loss.add",
            "{\"what\":\"2603-0001\",\"kind\":\"scrap\",\"cause\":\"x\",\"shares\":[{\"worker\":4294967297,"
            "\"percent\":100}]}",
            400, "worker.unknown"); /* 2^32 + 1: it isn't worker 1 */
    refused("loss.add", "{\"what\":\"2603-0001\",\"kind\":\"change\",\"change\":7,\"cause\":\"x\",\"wages\":\"5\"}",
            404, "change.absent");
    act_do("loss.add", "{\"what\":\"2603-0001\",\"kind\":\"delay\",\"cause\":\"x\",\"material\":\"10.01\"}");
    refused("loss.approve", "{\"loss\":1}", 400, "loss.nobody");
    act_do("loss.strike", "{\"loss\":1}");
    refused("loss.approve", "{\"loss\":1}", 409, "loss.struck");
    act_do("loss.rule", "{\"rule\":0,\"name\":\"三成\",\"percent\":\"30\"}");
    refused("loss.rule", "{\"rule\":0,\"name\":\"x\",\"percent\":\"30\",\"sum\":\"5\"}", 400, "loss.either");
    act_do("loss.add", "{\"what\":\"" LINE
                       "\",\"kind\":\"scrap\",\"cause\":\"切错\",\"wages\":\"5\",\"material\":\"95.5\",\"shares\":["
                       "{\"worker\":1,\"percent\":50,\"rule\":8},{\"worker\":2,\"percent\":50,\"rule\":1}]}");
    assert_string_equal(rows("SELECT n, fen FROM loss_share"), "1|1508\n2|500"); /* 30 % of half of 100.50; 5 yuan */
    refused("loss.approve", "{\"loss\":2}", 403, "loss.own");
    act_do_as("loss.approve", "sun", "{\"loss\":2}", 200);
    assert_string_equal(rows("SELECT id, state, approver FROM loss"), "1|2|console\n2|1|sun");
    assert_string_equal(rows("SELECT CAST(COUNT(*) AS BIGINT) FROM adjustment"), "0");
}

#define BOTH "\"lines\":[\"2603-0001-01\",\"2603-0001-02\"]"

/* [R3] server/books/change.c: several lines of an order are one change: opened together or not at all, confirmed with one word, each with its
 * own lead time, one compensation, one loss over the scans of all, given up together; each line's sheet is its own. */
static void several_lines_are_one_change(void **state)
{
    (void)state;
    begin();
    report(1, 10, 4);
    struct event event = report_of(&machine, "2603-0001-02", 10, 1, BADGE_LI, 1);
    inbox_event(&event, NULL);
    apply_all(1000);
    act_do("stop", "{\"what\":\"" LINE "\",\"why\":\"\"}");
    refused("change.open", "{" BOTH ",\"wants\":\"换颜色\"}", 409,
            "change.unstopped"); /* the second runs: neither is opened */
    assert_string_equal(rows("SELECT COUNT(*) FROM change"), "0");
    act_do("lift", "{\"what\":\"" LINE "\"}");
    act_do("stop", "{\"what\":\"2603-0001\",\"why\":\"\"}");
    refused("change.open", "{\"lines\":[\"2603-0001-01\",\"2603-0001-01\"],\"wants\":\"x\"}", 400, "change.twice");
    refused("change.open", "{\"lines\":[\"2603-0001-01\",\"2604-0002-01\"],\"wants\":\"x\"}", 400, "change.orders");
    refused("change.open", "{\"lines\":[],\"wants\":\"x\"}", 400, "change.lines");
    refused("change.open", "{\"lines\":[\"301\"],\"wants\":\"x\"}", 400, "stop.what");
    act_do("change.open", "{" BOTH ",\"wants\":\"换颜色\"}");
    assert_string_equal(rows("SELECT id, line, of_change FROM change ORDER BY id"), "1|2603000101|1\n2|2603000102|1");
    refused("change.open", "{\"line\":\"2603-0001-02\",\"wants\":\"x\"}", 409, "change.open");
    act_do(
        "change.save",
        "{\"change\":2,\"base\":1,\"wants\":\"换成红色\",\"confirmed_day\":\"2026-03-04\",\"confirmed_by\":\"张丽\"}");
    assert_string_equal(rows("SELECT wants, confirmed_by FROM change ORDER BY id"), "换成红色|张丽\n换成红色|张丽");
    refused("change.agree", "{\"change\":2,\"base\":1,\"sum\":\"500\",\"who\":\"张丽\",\"day\":\"2026-03-04\"}", 409,
            "books.conflict");
    act_do("change.agree", "{\"change\":2,\"base\":2,\"sum\":\"500\",\"who\":\"张丽\",\"day\":\"2026-03-04\"}");
    assert_string_equal(rows("SELECT id, comp_fen FROM change ORDER BY id"), "1|50000\n2|-");
    stays(10, 3, 1);
    act_do("stays.put", "{\"line\":\"2603-0001-02\",\"op\":10,\"good\":0,\"redo\":1}");
    act_do("import",
           "{\"kind\":\"orders\",\"columns\":[\"order\",\"line\",\"customer\",\"product\",\"family\",\"quantity\","
           "\"due\"],\"rows\":[[2,\"2603-0009\",\"1\",\"西门\",\"钢门\",\"steel\",\"1\",\"2026-03-20\"]]}");
    refused("loss.add", "{\"what\":\"2603-0009\",\"kind\":\"change\",\"change\":1,\"cause\":\"x\"}", 404,
            "change.absent"); /* of another order */
    act_do("loss.add", "{\"what\":\"2603-0001\",\"kind\":\"change\",\"change\":1,\"cause\":\"客户改色\"}");
    assert_string_equal(rows("SELECT order_id, wages_fen FROM loss"), "2603000100|100"); /* a piece of each line */
    act_do("change.drop", "{\"change\":1,\"base\":3,\"why\":\"不改了\"}");
    assert_string_equal(rows("SELECT state, wants FROM change ORDER BY id"), "2|换成红色 不改了\n2|换成红色 不改了");
    rebuilt_is_equal("books.db");
}

#define TEST(rows, function) rows_add(rows, #function, function, NULL)

int main(int argc, char **argv)
{
    static struct rows all;
    TEST(&all, what_stays_goes_from_revision_to_revision);
    TEST(&all, late_work_is_paid_and_asks_again);
    TEST(&all, every_good_piece_is_decided);
    TEST(&all, papers_have_numbers);
    TEST(&all, losses_are_proposed);
    TEST(&all, several_lines_are_one_change);
    rows_around(&all, 0, factory_make, factory_end);
    return rows_run(&all, argc, argv);
}
