/* search_test.c - one box for everything: readings of numbers [R25], parts of names, phones and initials; and what needs
 * somebody now: late before late [R31], rush [R30].
 * links: server_ask server_show server_bring server_books server_take server_http server_judge core */
#include "server/ask/list.h"
#include "server/ask/search.h"
#include "server/show/lists.h"
#include "tests/unit/books.h"

struct reading_row {
    const char *name, *text, *readings;
};

/* [R25] 301 is March's first, from serial 100 on 1-101; an ambiguous one has all readings. */
static const struct reading_row READINGS[] = {
    {"March's first",           "301",          "3/1"          },
    {"two readings",            "1101",         "1/101 11/1"   },
    {"with a dash",             "1-101",        "1/101"        },
    {"full number",             "2603-0001",    "26:3/1"       },
    {"full line",               "2603-0001-02", "26:3/1"       },
    {"short line",              "301-2",        "3/1"          },
    {"piece",                   "301-2-07",     "3/1"          },
    {"three readings less one", "12100",        "1/2100 12/100"},
    {"December",                "1201",         "1/201 12/1"   },
    {"month 13",                "13-1",         ""             },
    {"month 0",                 "001",          ""             },
    {"too short",               "30",           ""             },
    {"a phone",                 "13808124477",  ""             },
    {"a name",                  "张丽",       ""             },
    {"serial 0",                "300",          ""             },
    {"half typed",              "3-",           ""             },
    {"minus one",               "-1",           ""             },
    {"fraction",                "3.01",         ""             },
    {"nothing",                 "",             ""             },
};

static void numbers_are_read(void **state)
{
    const struct reading_row *row = *state;
    struct search_reading     readings[SEARCH_READINGS_MAX];
    struct buf                text = {0};
    int                       count = search_readings(row->text, readings);
    for (int i = 0; i < count; i++) {
        if (i > 0) buf_char(&text, ' ');
        if (readings[i].year >= 0) buf_fmt(&text, "%d:", readings[i].year);
        buf_fmt(&text, "%d/%d", readings[i].month, readings[i].serial);
    }
    assert_string_equal(buf_text(&text), row->readings);
    buf_free(&text);
}

/* Ids of the orders found, in their order, and the customers' names. */
static const char *found_by(const char *text, bool has_customers)
{
    static char     found[512];
    struct buf      out = {0};
    struct day_rule rule = day_rule_default();
    struct db      *db = books_look("books.db");
    good(search_json(db, text, &rule, NOW, has_customers, &out, &err));
    db_close(db);
    struct json *json = json_read(out.bytes, out.len, &err);
    assert_non_null(json);
    const struct json *orders = json_get(json, "orders"), *customers = json_get(json, "customers");
    size_t             len = 0;
    found[0] = 0;
    for (size_t i = 0; i < json_count(orders); i++)
        len += (size_t)snprintf(found + len, sizeof found - len, "%s ",
                                json_text(json_get(json_at(orders, i), "id"), "?"));
    for (size_t i = 0; i < json_count(customers); i++)
        len += (size_t)snprintf(found + len, sizeof found - len, "%s ",
                                json_text(json_get(json_at(customers, i), "name"), "?"));
    if (len > 0) found[len - 1] = 0;
    json_free(json);
    buf_free(&out);
    return found;
}

#define HASH "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static void orders_make(void)
{
    masters_import();
    act_do("import", "{\"kind\":\"orders\",\"columns\":[\"order\",\"line\",\"customer\",\"product\",\"family\","
                     "\"quantity\",\"due\"],\"rows\":["
                     "[2,\"2601-0101\",\"1\",\"龚平·南充\",\"钢质防盗门\",\"steel\",\"8\",\"2026-03-20\"],"
                     "[3,\"2511-0001\",\"1\",\"蒋丽\",\"实木室内门\",\"steel\",\"5\",\"2026-03-20\"],"
                     "[4,\"2603-0001\",\"1\",\"张丽\",\"钢质子母门 ABC\",\"steel\",\"2\",\"2026-03-06\"]]}");
    act_do("customer.save", "{\"customer\":0,\"name\":\"周莲\",\"phone\":\"138 9033 5512\",\"address\":\"眉山\"}");
    act_do("file.keep", "{\"hash\":\"" HASH "\",\"kind\":\"pdf\",\"bytes\":100}");
    act_do("order.place",
           "{\"receipt\":0,\"customer\":1,\"source\":\"file\",\"files\":[{\"hash\":\"" HASH "\",\"name\":\"a\"}],"
           "\"lines\":[{\"product\":\"实木门\",\"family\":\"steel\",\"quantity\":1,\"measured\":\"leaf\",\"width\":900,"
           "\"height\":2000,\"opening\":\"左\",\"due\":\"2026-03-20\"}]}");
}

struct found_row {
    const char *name, *text, *found;
};
static const struct found_row FOUND[] = {
    {"an ambiguous number lists all, nearest first", "1101",                                                                                                               "2601-0101 2511-0001"       },
    {"this year's",                                  "301",                                                                                                                "2603-0001"                 },
    {"full-width digits",                            "３０１",                                                                                                          "2603-0001"                 },
    {"a piece",                                      "301-1-02",                                                                                                           "2603-0001"                 },
    {"full number",                                  "2511-0001",                                                                                                          "2511-0001"                 },
    {"part of a customer",                           "丽",                                                                                                                "2603-0001 2511-0001"       },
    {"initials",                                     "zl",                                                                                                                 "2603-0002 2603-0001 周莲"},
    {"capital initials",                             "ZL",                                                                                                                 "2603-0002 2603-0001 周莲"},
    {"part of a place",                              "南充",                                                                                                             "2601-0101"                 },
    {"phone",                                        "5512",                                                                                                               "2603-0002 周莲"          },
    {"product",                                      "子母",                                                                                                             "2603-0001"                 },
    {"product's initials",                           "smsn",                                                                                                               "2511-0001"                 },
    {"small letters",                                "abc",                                                                                                                "2603-0001"                 },
    {"nothing",                                      "",                                                                                                                   ""                          },
    {"blank",                                        " ",                                                                                                                  ""                          },
    {"nobody",                                       "欧阳",                                                                                                             ""                          },
    {"a percent sign",                               "%",                                                                                                                  ""                          },
    {"quotes",                                       "' OR 1=1 --",                                                                                                        ""                          },
    {"a long text",                                  "很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长", ""                          },
};

static void orders_are_found(void **state)
{
    const struct found_row *row = *state;
    orders_make();
    assert_string_equal(found_by(row->text, true), row->found);
}

/* A scanned sheet finds its order; phones are not for everybody. */
static void codes_are_found_and_phones_guarded(void **state)
{
    char             digits[CODE_TEXT_MAX];
    struct sheet_ref ref = {.rev = 1, .copy = 1};
    (void)state;
    orders_make();
    assert_true(line_ref_read("2603-0001-01", &ref.line));
    code_write_sheet(ref, digits);
    assert_string_equal(found_by(digits, true), "2603-0001");
    assert_string_equal(found_by("5512", false), "");
    assert_string_equal(found_by("周莲", false), "2603-0002");
}

/* The list of customers finds by the same letters and digits as the search, however they are typed. */
static void customers_are_found_as_typed(void **state)
{
    static const char *const TYPED[] = {"ZL", " zl", "周", "９０３３", "5512", "nobody"};
    (void)state;
    orders_make();
    struct db *db = books_look("books.db");
    for (size_t i = 0; i < sizeof TYPED / sizeof *TYPED; i++) {
        struct list_ask ask = {.list = list_find("customers"), .rule = day_rule_default(), .now_ms = NOW};
        struct buf      out = {0};
        ask.values[0] = TYPED[i];
        good(list_json(db, &ask, 10, &out, &err));
        struct json *json = json_read(out.bytes, out.len, &err);
        assert_int_equal(json_count(json_get(json, "rows")), i < 5);
        json_free(json);
        buf_free(&out);
    }
    db_close(db);
}

/* [R14] server/ask/search.c: what is made anew is no more doors of its order, as in the list of orders. */
static void a_remake_is_no_more_doors(void **state)
{
    struct buf      out = {0};
    struct day_rule rule = day_rule_default();
    (void)state;
    orders_make();
    act_do("remake.open", "{\"line\":\"2603-0001-01\",\"pieces\":1,\"op\":10,\"cause\":\"焊穿\"}");
    struct db *db = books_look("books.db");
    good(search_json(db, "2603-0001", &rule, NOW, true, &out, &err));
    db_close(db);
    assert_non_null(strstr(buf_text(&out), "\"lines\":2,\"quantity\":2,"));
    buf_free(&out);
}

/* ---- What needs somebody now */

/* kind order n, one a line, of those kinds that are about days. */
static const char *todo_on(const char *today)
{
    static char     text[2048];
    struct list_ask ask = {.list = list_find("todo"), .rule = day_rule_default(), .now_ms = NOW};
    struct db      *db = books_look("books.db");
    struct buf      out = {0};
    ask.values[0] = today;
    good(list_json(db, &ask, 100, &out, &err));
    db_close(db);
    struct json       *json = json_read(out.bytes, out.len, &err);
    const struct json *rows = json_get(json, "rows");
    size_t             len = 0;
    text[0] = 0;
    for (size_t i = 0; i < json_count(rows); i++) {
        const struct json *row = json_at(rows, i);
        len += (size_t)snprintf(text + len, sizeof text - len, "%s %s %lld\n", json_text(json_get(row, "kind"), "?"),
                                json_text(json_get(row, "order"), "?"), (long long)json_int(json_get(row, "n"), -1));
    }
    json_free(json);
    buf_free(&out);
    return text;
}

/* 2603-0001 is due on 03-06 with cut due 03-05 and weld 03-06. */
static void late_shows_before_it_is_late(void **state)
{
    (void)state;
    masters_import();
    act_do("import", "{\"kind\":\"orders\",\"columns\":[\"order\",\"line\",\"customer\",\"product\",\"family\","
                     "\"quantity\",\"due\",\"rush\"],"
                     "\"rows\":[[2,\"2603-0001\",\"1\",\"张丽\",\"钢门\",\"steel\",\"2\",\"2026-03-06\",\"1\"]]}");
    assert_string_equal(todo_on("2026-03-03"), "");
    assert_string_equal(todo_on("2026-03-04"), "rush 2603-0001 2\n"); /* [R30] two days ahead */
    act_do("order.follow", "{\"order\":\"2603-0001\",\"kind\":\"seen\"}");
    assert_string_equal(todo_on("2026-03-04"), "");
    assert_string_equal(todo_on("2026-03-06"), "soon 2603-0001 1\n"); /* [R31] cut was due yesterday */
    assert_string_equal(todo_on("2026-03-07"), "late 2603-0001 1\n");
    act_do_as("order.follow", "console",
              "{\"order\":\"2603-0001\",\"kind\":\"day\",\"day\":\"2026-03-03\",\"told\":\"李敏\"}", 400);
    act_do_as("order.follow", "console",
              "{\"order\":\"2603-0001\",\"kind\":\"day\",\"day\":\"2026-03-12\",\"told\":\"\"}", 400);
    act_do_as("order.follow", "console", "{\"order\":\"2603-0001\",\"kind\":\"wait\"}", 400);
    act_do("order.follow", "{\"order\":\"2603-0001\",\"kind\":\"day\",\"day\":\"2026-03-12\",\"told\":\"李敏\"}");
    assert_string_equal(todo_on("2026-03-07"), "");
    assert_string_equal(todo_on("2026-03-10"), "cause 2603-0001 4\n"); /* more than three days: who and why */
    act_do("order.follow",
           "{\"order\":\"2603-0001\",\"kind\":\"cause\",\"responsible\":\"王建军\",\"cause\":\"缺料\"}");
    assert_string_equal(todo_on("2026-03-10"), "");
    assert_string_equal(todo_on("2026-03-13"), "late 2603-0001 7\n"); /* the new date is past too */
    /* Done is never late. */
    struct kiosk kiosk = {
        .id = 7, .epoch = {1, 9}
    };
    struct event event = report_of(&kiosk, "2603-0001-01", 10, 2, BADGE_LI, 0);
    inbox_event(&event, NULL);
    event = report_of(&kiosk, "2603-0001-01", 20, 4, BADGE_LI, 0);
    inbox_event(&event, NULL);
    apply_all(100);
    assert_string_equal(todo_on("2026-03-13"), "");
}

/* What waits for a number, an answer, a confirmation. */
static void what_waits_is_listed(void **state)
{
    (void)state;
    orders_make();
    act_do("stop", "{\"what\":\"2601-0101\",\"why\":\"改高\"}");
    act_do("order.receive", "{\"who\":\"王五\",\"source\":\"sales\",\"signed\":\"吴芳\"}");
    act_do("question.ask", "{\"order\":\"2603-0002\",\"line\":\"\",\"text\":\"能赶上吗\",\"asked\":\"desk\"}");
    assert_string_equal(todo_on("2026-03-04"), "stop 2601-0101 0\nreceipt ? 2\nquestion 2603-0002 1\n");
}

#define TEST(rows, function) rows_add(rows, #function, function, NULL)

int main(int argc, char **argv)
{
    static struct rows all;
    ROWS_ADD(&all, numbers_are_read, READINGS);
    size_t pure = all.count;
    ROWS_ADD(&all, orders_are_found, FOUND);
    TEST(&all, codes_are_found_and_phones_guarded);
    TEST(&all, customers_are_found_as_typed);
    TEST(&all, a_remake_is_no_more_doors);
    TEST(&all, late_shows_before_it_is_late);
    TEST(&all, what_waits_is_listed);
    rows_around(&all, pure, factory_make, factory_end);
    return rows_run(&all, argc, argv);
}
