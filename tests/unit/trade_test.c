/* trade_test.c - whom the house sells to and what it sells: what is refused by which sentence, what the search learns.
 * links: server_books server_judge core */
#include "server/books/initials.h"
#include "tests/unit/books.h"

struct bad_row {
    const char *name, *act, *body, *field, *id;
};

#define LONG40 "长长长长长长长长长长长长长长长长长长长长长"
#define CUSTOMER(MORE) "{\"customer\":0,\"name\":\"张丽\",\"phone\":\"13808124477\",\"address\":\"新都\"" MORE "}"

/* [R32] a customer cannot be saved without name, phone and address; and what else can't be. */
/* clang-format off */
static const struct bad_row BAD[] = {
    {"[R32] no name",    "customer.save", "{\"customer\":0,\"phone\":\"13808124477\",\"address\":\"x\"}", "name", "import.empty"},
    {"[R32] no phone",   "customer.save", "{\"customer\":0,\"name\":\"x\",\"address\":\"x\"}", "phone", "import.empty"},
    {"[R32] no address", "customer.save", "{\"customer\":0,\"name\":\"x\",\"phone\":\"13808124477\"}", "address", "import.empty"},
    {"[R32] blank name", "customer.save", "{\"customer\":0,\"name\":\" 　\",\"phone\":\"13808124477\",\"address\":\"x\"}", "name", "import.empty"},
    {"[R32] name null",  "customer.save", "{\"customer\":0,\"name\":null,\"phone\":\"13808124477\",\"address\":\"x\"}", "name", "import.empty"},
    {"phone of letters", "customer.save", "{\"customer\":0,\"name\":\"x\",\"phone\":\"call me\",\"address\":\"x\"}", "phone", "import.phone"},
    {"phone too short",  "customer.save", "{\"customer\":0,\"name\":\"x\",\"phone\":\"1234\",\"address\":\"x\"}", "phone", "import.phone"},
    {"phone with plus",  "customer.save", "{\"customer\":0,\"name\":\"x\",\"phone\":\"+8613808124477\",\"address\":\"x\"}", "phone", "import.phone"},
    {"name a list",      "customer.save", "{\"customer\":0,\"name\":[1],\"phone\":\"13808124477\",\"address\":\"x\"}", "name", "form.kind"},
    {"name a formula",   "customer.save", "{\"customer\":0,\"name\":\"=1+1\",\"phone\":\"13808124477\",\"address\":\"x\"}", "name", "import.formula"},
    {"name of two lines", "customer.save", "{\"customer\":0,\"name\":\"a\\nb\",\"phone\":\"13808124477\",\"address\":\"x\"}", "name", "import.control"},
    {"name too long",    "customer.save", "{\"customer\":0,\"name\":\"" LONG40 "\",\"phone\":\"13808124477\",\"address\":\"x\"}", "name", "import.long"},
    {"no such day",      "customer.save", CUSTOMER(",\"price_list_day\":\"2026-02-30\""), "price_list_day", "import.day"},
    {"dealer maybe",     "customer.save", CUSTOMER(",\"dealer\":\"maybe\""), "dealer", "import.bool"},
    {"product without a name", "product.save", "{\"code\":\"SM-07\",\"family\":\"wood\"}", "name", "import.empty"},
    {"product code with a space", "product.save", "{\"code\":\"SM 07\",\"name\":\"x\",\"family\":\"wood\"}", "code", "import.id"},
    {"price of no product", "price.save", "{\"product\":\"none\",\"from\":\"2026-01-01\",\"price\":\"1\"}", "product", "product.absent"},
    {"price below zero", "price.save", "{\"product\":\"SM-01\",\"from\":\"2026-01-01\",\"price\":\"-1\"}", "price", "import.fen"},
    {"price of three decimals", "price.save", "{\"product\":\"SM-01\",\"from\":\"2026-01-01\",\"price\":\"1.005\"}", "price", "money.decimals"},
    {"price huge",       "price.save", "{\"product\":\"SM-01\",\"from\":\"2026-01-01\",\"price\":\"99999999999999999999\"}", "price", "money.large"},
    {"lead time of none", "lead.save", "{\"family\":\"wood\",\"least\":0,\"most\":15,\"rush\":7}", "least", "import.number"},
    {"lead time upside down", "lead.save", "{\"family\":\"wood\",\"least\":15,\"most\":10,\"rush\":7}", "most", "lead.most"},
    {"holiday of no day", "holiday.save", "{\"day\":\"2026-13-01\"}", "day", "import.day"},
};
/* clang-format on */

static void bad_is_named(void **state)
{
    const struct bad_row *row = *state;
    char                  wanted[96];
    act_do("product.save", "{\"code\":\"SM-01\",\"name\":\"实木门\",\"family\":\"wood\"}");
    char       *audit = strdup(rows("SELECT COUNT(*) FROM audit"));
    const char *answer = act_do_as(row->act, "console", row->body, 400);
    snprintf(wanted, sizeof wanted, "{\"field\":\"%s\",\"say\":[\"%s\"", row->field, row->id);
    if (strstr(answer, wanted) == NULL) print_error("wanted %s: %s\n", wanted, answer);
    assert_non_null(strstr(answer, wanted));
    assert_string_equal(rows("SELECT COUNT(*) FROM audit"), audit);
    free(audit);
}

/* [R32] new customers, first samples and dealers are marked, the price list handed over has its date; [R38] who changed
 * what; a second editor is told. */
static void customers_are_kept(void **state)
{
    (void)state;
    act_do("customer.save", CUSTOMER(",\"dealer\":true,\"new\":true,\"sample\":\"是\",\"price_list\":\"2026-01\","
                                     "\"price_list_day\":\"２０２６-01-05\""));
    assert_string_equal(
        rows("SELECT id, name, is_dealer, is_new, is_sample, price_list, price_list_day, version FROM customer"),
        "1|张丽|1|1|1|2026-01|20458|1");
    act_do_as("customer.save", "console", CUSTOMER(""), 409); /* the same once more */
    act_do("customer.save",
           "{\"customer\":1,\"base\":1,\"name\":\"张丽\",\"phone\":\"138 0812 4478\",\"address\":\"新都\"}");
    const char *answer =
        act_do_as("customer.save", "console",
                  "{\"customer\":1,\"base\":1,\"name\":\"张丽\",\"phone\":\"13808124479\",\"address\":\"新都\"}", 409);
    assert_non_null(strstr(answer, "books.conflict"));
    assert_string_equal(rows("SELECT phone, version FROM customer"), "138 0812 4478|2");
    assert_string_equal(rows("SELECT COUNT(*) FROM audit WHERE noun = 'customer' AND key = '1'"), "2");
    assert_string_equal(
        rows("SELECT \"user\", instr(old, '13808124477') > 0, instr(new, '138 0812 4478') > 0 FROM audit"
             " WHERE noun = 'customer' ORDER BY number DESC LIMIT 1"),
        "console|1|1");
}

/* Any part of a name, the phone's digits, the pinyin's initials. */
static void the_search_learns(void **state)
{
    (void)state;
    act_do("customer.save", CUSTOMER(""));
    act_do("customer.save", "{\"customer\":0,\"name\":\"曾莉·Lin\",\"phone\":\"0817-5551234\",\"address\":\"x\"}");
#define FOUND(WORD) rows("SELECT DISTINCT text FROM find WHERE suffix >= '" WORD "' AND suffix < '" WORD "􏿿'")
    assert_string_equal(FOUND("丽"), "张丽");
    assert_string_equal(FOUND("zl"), "张丽\n曾莉·Lin"); /* both readings of 曾 */
    assert_string_equal(FOUND("cl"), "曾莉·Lin");
    assert_string_equal(FOUND("lin"), "曾莉·Lin");
    assert_string_equal(FOUND("4477"), "张丽");
    assert_string_equal(FOUND("75551"), "曾莉·Lin");
    assert_string_equal(FOUND("9999"), "");
    act_do("customer.save",
           "{\"customer\":1,\"base\":1,\"name\":\"张丽\",\"phone\":\"13900000000\",\"address\":\"x\"}");
    assert_string_equal(FOUND("4477"), "");
}

struct initials_row {
    const char *name, *usual, *other;
};
static const struct initials_row INITIALS_ROWS[] = {
    {"张丽",       "zl",      ""  },
    {"曾莉",       "cl",      "zl"},
    {"ABC门业 12", "abcmy12", ""  },
    {"𠮷野家",   "yj",      ""  },
    {"",             "",        ""  },
    {"اب",         "",        ""  },
};

static void initials_are_written(void **state)
{
    const struct initials_row *row = *state;
    struct buf                 usual = {0}, other = {0};
    initials_write(row->name, &usual, &other);
    assert_string_equal(buf_text(&usual), row->usual);
    assert_string_equal(buf_text(&other), row->other);
    buf_free(&usual);
    buf_free(&other);
}

/* [R20] The catalogue and its dated price list. */
static void prices_are_dated(void **state)
{
    (void)state;
    act_do("product.save", "{\"code\":\"SM-01\",\"name\":\"实木门\",\"family\":\"wood\",\"architrave_mm\":\"60\"}");
    act_do("price.save", "{\"product\":\"SM-01\",\"from\":\"2026-01-01\",\"price\":\"1８００.50\"}");
    act_do("price.save", "{\"product\":\"SM-01\",\"from\":\"2026-03-01\",\"price\":\"1900\"}");
    assert_string_equal(rows("SELECT from_day, fen FROM price ORDER BY from_day"), "20454|180050\n20513|190000");
}

#define TEST(rows, function) rows_add(rows, #function, function, NULL)

int main(int argc, char **argv)
{
    static struct rows all;
    ROWS_ADD(&all, bad_is_named, BAD);
    ROWS_ADD(&all, initials_are_written, INITIALS_ROWS);
    TEST(&all, customers_are_kept);
    TEST(&all, the_search_learns);
    TEST(&all, prices_are_dated);
    rows_around(&all, 0, factory_make, factory_end);
    return rows_run(&all, argc, argv);
}
