/* register_test.c - the order register: what is placed, what is refused by which sentence, what has to be asked.
 * links: server_books server_judge core */
#include "server/judge/calendar.h"
#include "tests/unit/books.h"

#define HASH "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define FILES "\"source\":\"file\",\"files\":[{\"hash\":\"" HASH "\",\"name\":\"采购单.pdf\"}]"
#define LINE(MORE)                                                                                                   \
    "{\"product\":\"实木门\",\"code\":\"SM-01\",\"family\":\"wood\",\"quantity\":\"2\",\"measured\":\"opening\"," \
    "\"width\":\"900\",\"height\":\"2100\",\"wall\":\"180\",\"opening\":\"右内开\",\"price\":\"2180\"" MORE "}"
#define PLACE(MORE, LINES) "{\"receipt\":0,\"customer\":1," FILES MORE ",\"lines\":[" LINES "]}"

/* A customer, a product of the catalogue, lead times, one file. */
static void house_make(void)
{
    masters_import();
    act_do("customer.save", "{\"customer\":0,\"name\":\"张丽\",\"phone\":\"13808124477\",\"address\":\"新都\"}");
    act_do("product.save", "{\"code\":\"SM-01\",\"name\":\"实木门\",\"family\":\"wood\",\"colours\":\"清水漆, 胡桃木\","
                           "\"materials\":\"红橡、胡桃木\"}");
    act_do("lead.save", "{\"family\":\"wood\",\"least\":10,\"most\":15,\"rush\":7}");
    act_do("file.keep", "{\"hash\":\"" HASH "\",\"kind\":\"pdf\",\"bytes\":100}");
}

#define STEEL_LINE                                                                                                  \
    "{\"product\":\"钢门\",\"family\":\"steel\",\"quantity\":\"１２\",\"measured\":\"leaf\",\"width\":\"960\"," \
    "\"height\":\"2050\",\"opening\":\"左外开\",\"due\":\"2026-04-02\",\"price\":\"920\",\"extra\":\"-100.5\","  \
    "\"extra_why\":\"老客户\"}"

/* [R25] month + serial; [R23] two kinds are two lines; [R21] wall opening or leaf; [R4] its source hangs on it. */
static void two_kinds_are_two_lines(void **state)
{
    (void)state;
    house_make();
    act_do("import", ORDERS_BODY);
    assert_non_null(strstr(act_do("order.place", PLACE("", LINE("") "," STEEL_LINE)), "\"order\":\"2603-0002\""));
    assert_string_equal(
        rows("SELECT line, product, quantity, size, opening, due_day, rev FROM line WHERE order_id = 2603000200"),
        "2603000201|实木门|2|门洞 900×2100 墙厚180|右内开|20531|0\n"
        "2603000202|钢门|12|门扇 960×2050|左外开|20545|0");
    assert_string_equal(rows("SELECT price_fen, extra_fen, amount_fen FROM spec ORDER BY line"),
                        "218000|0|436000\n92000|-10050|1093950");
    assert_string_equal(
        rows("SELECT r.source, r.order_id, a.name FROM receipt AS r JOIN attached AS a ON a.receipt = r.id"),
        "file|2603000200|采购单.pdf");
    assert_string_equal(rows("SELECT COUNT(*) FROM feed WHERE topic = 'sheet' AND key LIKE '2603-0002%'"), "0");
    assert_non_null(strstr(act_do("order.place", PLACE("", LINE(""))), "2603-0003"));
}

struct bad_row {
    const char *name, *act, *body, *field, *id;
};

#define BAD_LINE(FIELD, VALUE)                                                                                       \
    "{\"receipt\":0,\"customer\":1," FILES ",\"lines\":[{\"product\":\"实木门\",\"family\":\"wood\",\"opening\":" \
    "\"右内开\"" FIELD VALUE "}]}"
#define SIZE ",\"measured\":\"leaf\",\"width\":\"900\",\"height\":\"2100\""

/* clang-format off */
static const struct bad_row BAD[] = {
    {"[R4] no source",      "order.receive", "{\"who\":\"张丽\"}", "source", "import.empty"},
    {"[R4] by phone",       "order.receive", "{\"who\":\"张丽\",\"source\":\"phone\"}", "source", "receipt.source"},
    {"[R4] file without a file", "order.receive", "{\"who\":\"张丽\",\"source\":\"file\",\"files\":[]}", "files", "receipt.file"},
    {"[R4] walk-in unsigned", "order.receive", "{\"who\":\"张丽\",\"source\":\"walkin\"}", "signed", "receipt.signed"},
    {"[R4] salesperson unsigned", "order.receive", "{\"who\":\"张丽\",\"source\":\"sales\",\"signed\":\" \"}", "signed", "receipt.signed"},
    {"nobody sent it",      "order.receive", "{\"source\":\"sales\",\"signed\":\"吴芳\"}", "who", "import.empty"},
    {"[R24] received tomorrow", "order.receive", "{\"who\":\"张丽\",\"source\":\"sales\",\"signed\":\"吴芳\",\"received_day\":\"2026-03-05\",\"received_time\":\"08:00\"}", "received_day", "receipt.future"},
    {"[R24] received at 25 o'clock", "order.receive", "{\"who\":\"张丽\",\"source\":\"sales\",\"signed\":\"吴芳\",\"received_time\":\"25:00\"}", "received_time", "receipt.time"},
    {"[R24] received on no day", "order.receive", "{\"who\":\"张丽\",\"source\":\"sales\",\"signed\":\"吴芳\",\"received_day\":\"2026-02-29\"}", "received_day", "import.day"},
    {"no lines",            "order.place", "{\"receipt\":0,\"customer\":1," FILES ",\"lines\":[]}", "lines", "register.lines"},
    {"[R22] rush without owner", "order.place", PLACE(",\"rush\":true,\"rush_reason\":\"开业\"", LINE("")), "rush_owner", "register.rush_owner"},
    {"[R22] rush without reason", "order.place", PLACE(",\"rush\":true,\"rush_owner\":\"李敏\"", LINE("")), "rush_reason", "register.rush_reason"},
    {"follow-up clerk unknown", "order.place", PLACE(",\"desk\":\"nobody\"", LINE("")), "desk", "register.desk"},
    {"[R21] opening or leaf unsaid", "order.place", BAD_LINE(",\"quantity\":\"1\",\"width\":\"900\",\"height\":\"2100\"", ""), "lines.0.measured", "import.empty"},
    {"[R21] measured roof", "order.place", BAD_LINE(",\"quantity\":\"1\",\"measured\":\"roof\",\"width\":\"900\",\"height\":\"2100\"", ""), "lines.0.measured", "register.measured"},
    {"quantity zero",       "order.place", BAD_LINE(SIZE ",\"quantity\":", "\"0\""), "lines.0.quantity", "import.number"},
    {"quantity below zero", "order.place", BAD_LINE(SIZE ",\"quantity\":", "\"-1\""), "lines.0.quantity", "import.number"},
    {"quantity huge",       "order.place", BAD_LINE(SIZE ",\"quantity\":", "\"99999999999999999999\""), "lines.0.quantity", "import.number"},
    {"quantity a fraction", "order.place", BAD_LINE(SIZE ",\"quantity\":", "\"1.5\""), "lines.0.quantity", "import.number"},
    {"quantity hexadecimal", "order.place", BAD_LINE(SIZE ",\"quantity\":", "\"0x10\""), "lines.0.quantity", "import.number"},
    {"product a formula",   "order.place", "{\"receipt\":0,\"customer\":1," FILES ",\"lines\":[{\"product\":\"=HYPERLINK(1)\",\"family\":\"wood\",\"quantity\":\"1\",\"opening\":\"左\"" SIZE "}]}", "lines.0.product", "import.formula"},
    {"price of words",      "order.place", BAD_LINE(SIZE ",\"quantity\":\"1\",\"price\":", "\"cheap\""), "lines.0.price", "money.form"},
    {"extra without a reason", "order.place", BAD_LINE(SIZE ",\"quantity\":\"1\",\"extra\":", "\"10\""), "lines.0.extra_why", "register.extra"},
    {"[R29] due on no day", "order.place", BAD_LINE(SIZE ",\"quantity\":\"1\",\"due\":", "\"2026-02-30\""), "lines.0.due", "import.day"},
    {"[R29] due in the past", "order.place", BAD_LINE(SIZE ",\"quantity\":\"1\",\"due\":", "\"2026-03-03\""), "lines.0.due", "register.past"},
    {"[R29] family without lead time", "order.place", "{\"receipt\":0,\"customer\":1," FILES ",\"lines\":[{\"product\":\"x\",\"family\":\"steel\",\"quantity\":\"1\",\"opening\":\"左\"" SIZE "}]}", "lines.0.due", "register.due"},
};
/* clang-format on */

static void bad_is_named(void **state)
{
    const struct bad_row *row = *state;
    char                  wanted[128];
    house_make();
    char       *audit = strdup(rows("SELECT COUNT(*) FROM audit"));
    const char *answer = act_do_as(row->act, "console", row->body, 400);
    snprintf(wanted, sizeof wanted, "{\"field\":\"%s\",\"say\":[\"%s\"", row->field, row->id);
    if (strstr(answer, wanted) == NULL) print_error("wanted %s: %s\n", wanted, answer);
    assert_non_null(strstr(answer, wanted));
    assert_string_equal(rows("SELECT COUNT(*) FROM audit"), audit);
    assert_string_equal(rows("SELECT COUNT(*) FROM orders"), "0");
    free(audit);
}

/* [R24] Received before 16:00: placed the same day; after: by ten the next. NOW is 13:00. */
static void placed_in_time_or_late(void **state)
{
    (void)state;
    house_make();
#define RECEIVE(DAY, TIME)                                                               \
    "{\"who\":\"张丽\",\"source\":\"sales\",\"signed\":\"吴芳\",\"received_day\":\"" DAY \
    "\",\"received_time\":\"" TIME "\"}"
    act_do("order.receive", RECEIVE("2026-03-03", "15:59"));
    act_do("order.receive", RECEIVE("2026-03-03", "１６：０1"));
    act_do("order.receive", RECEIVE("2026-03-04", "900"));
    assert_string_equal(rows("SELECT id, until_ms FROM receipt"),
                        "1|1772553600000\n2|1772589600000\n3|1772640000000"); /* 3-04 0:00, 3-04 10:00, 3-05 0:00 */
    for (int i = 1; i <= 3; i++) {
        char body[1024];
        snprintf(body, sizeof body, "{\"receipt\":%d,\"customer\":1,\"lines\":[" LINE("") "]}", i);
        assert_non_null(strstr(act_do("order.place", body), i < 3 ? "\"late\":true" : "\"late\":false"));
    }
    act_do_as("order.place", "console", "{\"receipt\":3,\"customer\":1,\"lines\":[" LINE("") "]}", 409);
}

/* [R29] 10 to 15 days, rush 7, holidays counted out. 2026-03-04 is a Wednesday. */
static void lead_times_count_holidays_out(void **state)
{
    (void)state;
    house_make();
    act_do("setting", "{\"name\":\"rest_weekdays\",\"value\":1}");
    act_do("holiday.save", "{\"day\":\"2026-03-06\",\"name\":\"厂庆\"}");
    act_do("holiday.save", "{\"day\":\"2026-03-08\",\"work\":true}");
    act_do("order.place", PLACE("", LINE("")));
    act_do("order.place", PLACE(",\"rush\":true,\"rush_owner\":\"李敏\",\"rush_reason\":\"开业\"", LINE("")));
    /* 15 working days: 3-05 7 8 9 10 11 12 13 14 16 17 18 19 20 21; 7: 3-05 7 8 9 10 11 12 */
    assert_string_equal(rows("SELECT due_day, rush FROM line ORDER BY line"), "20533|0\n20524|1");
}

/* [R22] rush and doubtful or early dates ask the follow-up clerk; [R7] what isn't of the house the technical lead; [R5] so do
 * special shapes, with who told the customer. */
static void what_has_to_be_asked(void **state)
{
    (void)state;
    house_make();
    act_do("order.place",
           PLACE(",\"rush\":true,\"rush_owner\":\"李敏\",\"rush_reason\":\"开业\",\"doubt\":\"能赶上吗\"",
                 LINE(",\"colour\":\"孔雀蓝\",\"material\":\"胡桃木\",\"due\":\"2026-03-06\",\"special\":true")));
    assert_string_equal(rows("SELECT line % 100, kind, asked, text, answer FROM question ORDER BY id"),
                        "0|rush|desk|李敏：开业|\n0|date|desk|能赶上吗|\n1|foreign|technical|孔雀蓝|\n"
                        "1|special|technical|实木门|\n1|date|desk|2026-03-06：2 < 7 天|");
    /* Only who is asked may answer, a no has its reason. */
    act_do("user.add", "{\"name\":\"zhou\",\"full\":\"周\",\"roles\":\"technical\"}");
    act_do_as("question.answer", "zhou", "{\"question\":1,\"answer\":\"yes\",\"note\":\"\"}", 403);
    act_do_as("question.answer", "zhou", "{\"question\":3,\"answer\":\"no\",\"note\":\"\"}", 400);
    act_do_as("question.answer", "zhou", "{\"question\":3,\"answer\":\"maybe\",\"note\":\"\"}", 400);
    act_do_as("question.told", "zhou", "{\"question\":3}", 400);
    act_do_as("question.answer", "zhou", "{\"question\":3,\"answer\":\"yes\",\"note\":\"按色卡\",\"base\":1}", 200);
    act_do_as("question.answer", "zhou", "{\"question\":3,\"answer\":\"no\",\"note\":\"x\",\"base\":1}", 409);
    act_do_as("question.told", "zhou", "{\"question\":3,\"base\":2}", 200);
    assert_string_equal(rows("SELECT answer, note, answered_by, told_by FROM question WHERE id = 3"),
                        "yes|按色卡|zhou|zhou");
    /* Another colour asks anew; a colour of the house asks nothing. */
    act_do("line.change",
           "{\"line\":\"2603-0001-01\",\"product\":\"实木门\",\"code\":\"SM-01\",\"family\":\"wood\",\"quantity\":1,"
           "\"opening\":\"右内开\",\"colour\":\"朱红\",\"due\":\"2026-03-30\",\"base\":1" SIZE "}");
    assert_string_equal(rows("SELECT kind, text, answer FROM question WHERE line > 0 AND answer != 'over'"),
                        "foreign|朱红|");
    act_do("line.change",
           "{\"line\":\"2603-0001-01\",\"product\":\"实木门\",\"code\":\"SM-01\",\"family\":\"wood\",\"quantity\":1,"
           "\"opening\":\"右内开\",\"colour\":\"清水漆\",\"due\":\"2026-03-30\",\"base\":2" SIZE "}");
    assert_string_equal(rows("SELECT kind FROM question WHERE line > 0 AND answer != 'over'"), "");
}

/* [R22] Rush has a cap. */
static void rush_has_a_cap(void **state)
{
    (void)state;
    house_make();
    act_do("setting", "{\"name\":\"rush_cap\",\"value\":1}");
#define RUSH_ORDER PLACE(",\"rush\":true,\"rush_owner\":\"李敏\",\"rush_reason\":\"开业\"", LINE(""))
    act_do("order.place", RUSH_ORDER);
    assert_non_null(strstr(act_do_as("order.place", "console", RUSH_ORDER, 400), "register.rush_cap"));
    act_do("order.change", "{\"order\":\"2603-0001\",\"base\":1,\"customer\":1}"); /* no rush any more */
    assert_string_equal(rows("SELECT rush FROM line"), "0");
    act_do("order.place", RUSH_ORDER);
}

/* A second editor is told, a line is added, a registered order isn't imported over, an imported one isn't changed here. */
static void orders_are_changed_here(void **state)
{
    (void)state;
    house_make();
    act_do("import", ORDERS_BODY);
    act_do("order.place", PLACE("", LINE("")));
    act_do("order.change", "{\"order\":\"2603-0002\",\"base\":1,\"customer\":1,\"remarks\":\"一\"}");
    assert_non_null(strstr(act_do_as("order.change", "console",
                                     "{\"order\":\"2603-0002\",\"base\":1,\"customer\":1,\"remarks\":\"二\"}", 409),
                           "books.conflict"));
    assert_non_null(strstr(
        act_do(
            "line.add",
            "{\"order\":\"2603-0002\",\"product\":\"钢门\",\"family\":\"wood\",\"quantity\":1,\"opening\":\"左\"" SIZE
            "}"),
        "2603-0002-02"));
    act_do_as("line.add", "console", "{\"order\":\"2603-0002\",\"product\":\"\"}", 400);
    act_do_as("order.change", "console", "{\"order\":\"2603-0001\",\"base\":1,\"customer\":1}", 404);
    act_do_as("line.change", "console", "{\"line\":\"2603-0001-01\",\"base\":1}", 404);
    const char *answer = act_do_as("import", "console",
                                   "{\"kind\":\"orders\",\"columns\":[\"order\",\"line\",\"customer\",\"product\","
                                   "\"family\",\"quantity\",\"due\"],"
                                   "\"rows\":[[2,\"2603-0002\",\"1\",\"张丽\",\"x\",\"steel\",\"1\",\"2026-04-01\"]]}",
                                   400);
    assert_non_null(strstr(answer, "order.registered"));
}

/* An import may bring prices: an amount a line, for whom money is asked. */
static void imports_bring_prices(void **state)
{
    (void)state;
    masters_import();
    act_do("import",
           "{\"kind\":\"orders\",\"columns\":[\"order\",\"line\",\"customer\",\"product\",\"family\",\"quantity\","
           "\"due\",\"price\"],"
           "\"rows\":[[2,\"2603-0001\",\"1\",\"东门\",\"钢门\",\"steel\",\"10\",\"2026-03-20\",\"920.50\"]]}");
    assert_string_equal(rows("SELECT line, price_fen, amount_fen, fields FROM spec"), "2603000101|92050|920500|");
}

struct day_row {
    const char *name;
    int32_t     from, n, to;
};
/* Rest on Sunday (20520) and on 20518; 20527, a Sunday, is worked. 20516 is a Wednesday. */
static const struct day_row DAY_ROWS[] = {
    {"today",             20516, 0,  20516},
    {"tomorrow",          20516, 1,  20517},
    {"over a holiday",    20516, 2,  20519},
    {"over a Sunday",     20516, 3,  20521},
    {"from a holiday",    20518, 0,  20519},
    {"back",              20521, -1, 20519},
    {"back over holiday", 20519, -1, 20517},
    {"a worked Sunday",   20526, 1,  20527},
    {"back from far",     20527, -6, 20521},
};

static void working_days_are_counted(void **state)
{
    const struct day_row  *row = *state;
    static struct calendar calendar = {
        .rest_weekdays = 1, .count = 2, .days = {{20518, false}, {20527, true}}
    };
    int32_t to = calendar_add(&calendar, row->from, row->n);
    assert_int_equal(to, row->to);
    if (row->n > 0) assert_int_equal(calendar_between(&calendar, row->from, row->to), row->n);
}

/* A calendar of nothing but rest ends all the same. */
static void no_working_day_at_all(void **state)
{
    struct calendar calendar = {.rest_weekdays = 127};
    (void)state;
    assert_true(calendar_add(&calendar, 20516, 3) > 20516);
    assert_true(calendar_add(&calendar, 20516, 0) >= 20516);
    assert_true(calendar_add(&calendar, 20516, -3) < 20516);
    assert_int_equal(calendar_between(&calendar, 20516, 20600), 0);
}

#define TEST(rows, function) rows_add(rows, #function, function, NULL)

int main(int argc, char **argv)
{
    static struct rows all;
    ROWS_ADD(&all, bad_is_named, BAD);
    ROWS_ADD(&all, working_days_are_counted, DAY_ROWS);
    TEST(&all, no_working_day_at_all);
    TEST(&all, two_kinds_are_two_lines);
    TEST(&all, placed_in_time_or_late);
    TEST(&all, lead_times_count_holidays_out);
    TEST(&all, what_has_to_be_asked);
    TEST(&all, rush_has_a_cap);
    TEST(&all, orders_are_changed_here);
    TEST(&all, imports_bring_prices);
    rows_around(&all, 0, factory_make, factory_end);
    return rows_run(&all, argc, argv);
}
