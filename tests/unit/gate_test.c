/* gate_test.c - the money gates: when they open and shut, to the fen; how money is announced, confirmed, spread, reversed.
 * links: server_ask server_books server_judge core */
#include "server/ask/list.h"
#include "server/books/money.h"
#include "server/judge/gate.h"
#include "tests/unit/books.h"

/* ---- Pure */

struct gate_row {
    const char       *name;
    struct gate_money money;
    int64_t           load_fen;
    bool              makes, leaves;
    int64_t           deposit_missing, missing;
    enum gate_light   production, dispatch;
};

#define MONEY(GOODS, IN, ...)                                                                                  \
    {                                                                                                          \
        .goods_fen = (GOODS), .in_fen = (IN), .deposit_percent = 30, .is_priced = true, .asks_unpriced = true, \
        __VA_ARGS__                                                                                            \
    }

/* [R16a] server/judge/gate.c: no production before the deposit, or a guarantor's sum, is whole.
 * [R16b] server/judge/gate.c: nothing leaves before the goods' money is in: the order's, or, where parts may be shipped, that of
 * what left and leaves. A fen short is short. */
/* clang-format off */
static const struct gate_row GATES[] = {
    {"[R16a] [R16b] nothing in",            MONEY(100000, 0, .may_part = false), 0, false, false, 30000, 100000, LIGHT_SHUT, LIGHT_SHUT},
    {"[R16a] a fen short of the deposit",   MONEY(100000, 29999, .may_part = false), 0, false, false, 1, 70001, LIGHT_SHUT, LIGHT_SHUT},
    {"[R16a] the deposit to the fen",       MONEY(100000, 30000, .may_part = false), 0, true, false, 0, 70000, LIGHT_OPEN, LIGHT_SHUT},
    {"[R16a] a fraction of a fen is asked", MONEY(101, 30, .may_part = false), 0, false, false, 1, 71, LIGHT_SHUT, LIGHT_SHUT},
    {"[R16a] and paid by a whole one",      MONEY(101, 31, .may_part = false), 0, true, false, 0, 70, LIGHT_OPEN, LIGHT_SHUT},
    {"[R16a] announced opens nothing",      MONEY(100000, 0, .announced_fen = 30000), 0, false, false, 30000, 100000, LIGHT_WAIT, LIGHT_SHUT},
    {"[R16a] a guarantor stands in",        MONEY(100000, 0, .guaranteed_fen = 30000), 0, true, false, 0, 100000, LIGHT_WAIT, LIGHT_SHUT},
    {"[R16a] a guarantor a fen short",      MONEY(100000, 0, .guaranteed_fen = 29999), 0, false, false, 1, 100000, LIGHT_SHUT, LIGHT_SHUT},
    {"[R16a] money and guarantor together", MONEY(100000, 10000, .guaranteed_fen = 20000), 0, true, false, 0, 90000, LIGHT_WAIT, LIGHT_SHUT},
    {"[R16b] a guarantor ships nothing",    MONEY(100000, 0, .guaranteed_fen = 100000), 0, true, false, 0, 100000, LIGHT_WAIT, LIGHT_SHUT},
    {"[R16b] a fen short of the goods",     MONEY(100000, 99999, .may_part = false), 0, true, false, 0, 1, LIGHT_OPEN, LIGHT_SHUT},
    {"[R16b] paid to the fen",              MONEY(100000, 100000, .may_part = false), 0, true, true, 0, 0, LIGHT_OPEN, LIGHT_OPEN},
    {"[R16b] paid too much",                MONEY(100000, 100001, .may_part = false), 0, true, true, 0, 0, LIGHT_OPEN, LIGHT_OPEN},
    {"[R16b] the rest is announced",        MONEY(100000, 60000, .announced_fen = 40000), 0, true, false, 0, 40000, LIGHT_OPEN, LIGHT_WAIT},
    {"[R16b] a part isn't allowed",         MONEY(100000, 40000, .may_part = false), 40000, true, false, 0, 60000, LIGHT_OPEN, LIGHT_SHUT},
    {"[R16b] a part that is paid",          MONEY(100000, 40000, .may_part = true), 40000, true, true, 0, 0, LIGHT_OPEN, LIGHT_SHUT},
    {"[R16b] a part a fen short",           MONEY(100000, 39999, .may_part = true), 40000, true, false, 0, 1, LIGHT_OPEN, LIGHT_SHUT},
    {"[R16b] what left counts too",         MONEY(100000, 40000, .may_part = true, .shipped_fen = 1), 40000, true, false, 0, 1, LIGHT_OPEN, LIGHT_SHUT},
    {"[R16b] the last part asks for no more than the whole", MONEY(100000, 100000, .may_part = true, .shipped_fen = 80000), 20001, true, true, 0, 0, LIGHT_OPEN, LIGHT_OPEN},
    {"[R16b] parts, asked for the whole",   MONEY(100000, 40000, .may_part = true), 0, true, false, 0, 60000, LIGHT_OPEN, LIGHT_SHUT},
    {"[R16b] no amount: never silently open", {.in_fen = 500, .deposit_percent = 30}, 0, true, false, 0, 0, LIGHT_NONE, LIGHT_SHUT},
    {"[R16a] no amount, and it is asked for", {.in_fen = 500, .deposit_percent = 30, .asks_unpriced = true}, 0, false, false, 0, 0, LIGHT_SHUT, LIGHT_SHUT},
    {"[R16a] no deposit is asked",          {.goods_fen = 100000, .is_priced = true}, 0, true, false, 0, 100000, LIGHT_OPEN, LIGHT_SHUT},
    {"[R16a] [R3] compensation counts to the deposit", MONEY(100000, 30000, .comp_fen = 10000), 0, false, false, 3000, 80000, LIGHT_SHUT, LIGHT_SHUT},
    {"[R16b] [R3] compensation must be in before it leaves", MONEY(100000, 100000, .comp_fen = 1), 0, true, false, 0, 1, LIGHT_OPEN, LIGHT_SHUT},
    {"[R16b] [R3] goods and compensation are in", MONEY(100000, 100300, .comp_fen = 300), 0, true, true, 0, 0, LIGHT_OPEN, LIGHT_OPEN},
    {"[R16b] [R3] the first part asks for the compensation", MONEY(100000, 40000, .may_part = true, .comp_fen = 300), 40000, true, false, 0, 300, LIGHT_OPEN, LIGHT_SHUT},
    {"[R16b] [R3] the last part asks for all of it, once", MONEY(100000, 100300, .may_part = true, .shipped_fen = 80000, .comp_fen = 300), 20001, true, true, 0, 0, LIGHT_OPEN, LIGHT_OPEN},
    {"huge sums don't run over",            MONEY(INT64_C(9000000000000000000), 0, .may_part = false), 0, false, false, INT64_C(2700000000000000000), INT64_C(9000000000000000000), LIGHT_SHUT, LIGHT_SHUT},
};
/* clang-format on */

static void gate_opens_and_shuts(void **state)
{
    const struct gate_row *row = *state;
    struct gate production = gate_production(&row->money), dispatch = gate_dispatch(&row->money, row->load_fen);
    char        words[256];
    assert_int_equal(production.is_open, row->makes);
    assert_int_equal(dispatch.is_open, row->leaves);
    assert_int_equal(production.missing_fen, row->deposit_missing);
    assert_int_equal(dispatch.missing_fen, row->missing);
    assert_int_equal(say_is_empty(&production.why), production.is_open);
    assert_int_equal(say_is_empty(&dispatch.why), dispatch.is_open);
    if (!dispatch.is_open) assert_true(strlen(text_say(LANG_ZH, &dispatch.why, words, sizeof words)) > 0);
    assert_int_equal(gate_production_light(&row->money), row->production);
    assert_int_equal(gate_dispatch_light(&row->money), row->dispatch);
}

/* Parts of a line together are never worth less than the line, whatever the loads. */
static void parts_are_worth_the_whole(void **state)
{
    (void)state;
    for (int64_t amount = 0; amount < 400; amount += 7)
        for (int64_t quantity = 1; quantity < 20; quantity++) {
            assert_int_equal(gate_worth_fen(amount, quantity, quantity), amount);
            assert_int_equal(gate_worth_fen(amount, 0, quantity), 0);
            assert_true(gate_worth_fen(amount, 1, quantity) * quantity >= amount);
        }
}

/* ---- In the books */

#define HASH "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define FILES ",\"files\":[{\"hash\":\"" HASH "\",\"name\":\"回单.png\"}]"
#define LINE(PRICE)                                                                                            \
    "{\"product\":\"钢门\",\"family\":\"steel\",\"quantity\":\"2\",\"measured\":\"leaf\",\"width\":\"900\"," \
    "\"height\":"                                                                                              \
    "\"2100\",\"opening\":\"右内开\",\"due\":\"2026-03-20\",\"price\":\"" PRICE "\"}"
#define PLACE(CUSTOMER, PRICE) \
    "{\"receipt\":0,\"customer\":" CUSTOMER ",\"source\":\"file\"" FILES ",\"lines\":[" LINE(PRICE) "]}"

/* Two customers; orders 1 and 2 of the first worth 1,000.00 and 600.00, order 3 of the second; 4 is imported. */
static void house_make(void)
{
    static const char *const USERS[] = {"sun finance", "qian finance", "zhao manager",
                                        "ma manager",  "chen taker",   "he quoter"};
    masters_import();
    for (size_t i = 0; i < sizeof USERS / sizeof *USERS; i++) {
        char   body[160];
        size_t len = strcspn(USERS[i], " ");
        snprintf(body, sizeof body, "{\"name\":\"%.*s\",\"full\":\"\",\"roles\":\"%s\"}", (int)len, USERS[i],
                 USERS[i] + len + 1);
        act_do("user.add", body);
    }
    act_do("customer.save", "{\"customer\":0,\"name\":\"张丽\",\"phone\":\"13808124477\",\"address\":\"新都\"}");
    act_do("customer.save", "{\"customer\":0,\"name\":\"何伟\",\"phone\":\"13808120000\",\"address\":\"绵阳\"}");
    act_do("file.keep", "{\"hash\":\"" HASH "\",\"kind\":\"png\",\"bytes\":100}");
    act_do("order.place", PLACE("1", "500"));
    act_do("order.place", PLACE("1", "300"));
    act_do("order.place", PLACE("2", "100"));
    act_do("import",
           "{\"kind\":\"orders\",\"columns\":[\"order\",\"line\",\"customer\",\"product\",\"family\",\"quantity\","
           "\"due\"],\"rows\":[[2,\"2603-0004\",\"1\",\"东门\",\"钢门\",\"steel\",\"10\",\"2026-03-20\"]]}");
}

#define ANNOUNCE(SUM, MORE) \
    "{\"day\":\"2026-03-03\",\"sum\":\"" SUM "\",\"method\":\"bank\",\"payer\":\"张丽\"" MORE "}"
#define PARTS1(SUM) ",\"parts\":[{\"order\":\"2603-0001\",\"sum\":\"" SUM "\"}]"
#define PARTS12(A, B) \
    ",\"parts\":[{\"order\":\"2603-0001\",\"sum\":\"" A "\"},{\"order\":\"2603-0002\",\"sum\":\"" B "\"}]"
#define CONFIRM(ID, SUM, MORE) "{\"transfer\":" ID ",\"base\":1,\"day\":\"2026-03-04\",\"sum\":\"" SUM "\"" MORE "}"

static void refused(const char *act, const char *user, const char *body, int status, const char *id)
{
    const char *answer = act_do_as(act, user, body, status);
    if (strstr(answer, id) == NULL) print_error("%s by %s: wanted %s: %s\n", act, user, id, answer);
    assert_non_null(strstr(answer, id));
}

static const char *act_of_two(const char *name, const char *user, const char *second, const char *body, int status)
{
    static char answer[4096];
    struct act  act = act_of(name, user, body);
    snprintf(act.second, sizeof act.second, "%s", second);
    assert_true(act_step_of(&act).is_act_done);
    snprintf(answer, sizeof answer, "%s", buf_text(&act.answer));
    if (act.status != status) print_error("%s: %d %s\n", name, act.status, answer);
    assert_int_equal(act.status, status);
    buf_free(&act.answer);
    return answer;
}

/* What the books say; the list beside it has to say the same. */
static struct gate_money money_in_books(const char *order, int64_t load_fen, bool *is_override)
{
    struct db   *db = books_look("books.db");
    struct books books = {
        .db = db, .record = {.db = db, .now_ms = NOW}
    };
    struct line_ref   ref;
    struct gate_money money = {.goods_fen = 0};
    assert_true(line_ref_read(order, &ref));
    good(books_ready(&books, &err) && money_of(&books, line_ref_key(ref), &money, &err) &&
         money_override(&books, line_ref_key(ref), load_fen, is_override, &err));
    books_free(&books);
    db_close(db);
    return money;
}

static void told_is_true(const char *order, const char *told)
{
    bool              ignored;
    char              text[160];
    struct gate_money money = money_in_books(order, 0, &ignored);
    struct gate       production = gate_production(&money), dispatch = gate_dispatch(&money, 0);
    bool              is = money.is_priced;
    snprintf(text, sizeof text, "%d %d %lld %lld %lld %lld %lld %lld %lld", (int)gate_production_light(&money),
             (int)gate_dispatch_light(&money), is ? (long long)gate_owed_fen(&money) : -1,
             is ? (long long)gate_deposit_fen(&money) : -1, (long long)money.in_fen, (long long)money.announced_fen,
             (long long)money.guaranteed_fen, is ? (long long)production.missing_fen : -1,
             is ? (long long)dispatch.missing_fen : -1);
    assert_string_equal(told, text);
}

/* The gates of an order as the list says them, which has to be what the books say: production, dispatch, worth, in, missing
 * deposit, missing. */
static const char *gates(const char *order)
{
    static char     text[160];
    struct db      *db = books_look("books.db");
    struct list_ask ask = {
        .list = list_find("gates"), .values = {order, order},
             .rule = day_rule_default(), .now_ms = NOW
    };
    struct list_reading reading;
    size_t              len = 0;
    bool                row = false;
    good(list_open(db, &ask, 10, &reading, &err) && list_next(&reading, &row, &err));
    assert_true(row);
    for (size_t c = 0; c < list_column_count(ask.list); c++) {
        struct list_cell cell;
        const char      *key = ask.list->columns[c].key;
        if (strcmp(key, "order") == 0 || strcmp(key, "customer") == 0 || strcmp(key, "ours") == 0 ||
            strcmp(key, "comp") == 0 || strcmp(key, "override") == 0)
            continue;
        list_cell(&reading, c, &cell);
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%lld", len == 0 ? "" : " ",
                                cell.kind == DB_NULL ? -1LL : (long long)cell.number);
    }
    list_close(&reading);
    db_close(db);
    told_is_true(order, text);
    return text;
}

/* [R8] server/books/transfer.c: announced with day, sum, method, payer, slip and by whom; counts only once finance confirmed it, and
 * nobody confirms his own entry; a transfer is for several orders, its rest is the customer's prepayment. */
static void money_is_announced_confirmed_spread(void **state)
{
    (void)state;
    house_make();
    act_do_as("money.announce", "chen", ANNOUNCE("900", ",\"slip\":\"5110\"" FILES PARTS12("300", "180")), 200);
    assert_string_equal(rows("SELECT day, fen, method, payer, slip, customer, who, hash, by_user, state FROM transfer"),
                        "20515|90000|bank|张丽|5110|1|张丽|blob|chen|0");
    assert_string_equal(gates("2603-0001"), "2 3 100000 30000 0 30000 0 30000 100000"); /* waits; nothing is in */
    refused("money.confirm", "chen", CONFIRM("1", "900", ""), 403, "act.rights");
    refused("money.confirm", "console", CONFIRM("1", "899.99", ""), 400, "money.differs");
    act_do_as("money.confirm", "sun", CONFIRM("1", "900", ""), 200);
    assert_string_equal(rows("SELECT state, in_day, in_fen, confirmed_by FROM transfer"), "1|20516|90000|sun");
    assert_string_equal(rows("SELECT order_id, fen, state FROM spread ORDER BY id"),
                        "2603000100|30000|3\n2603000200|18000|3\n2603000100|30000|1\n2603000200|18000|1");
    assert_string_equal(rows("SELECT customer, who, fen FROM prepaid"), "1|张丽|42000");
    assert_string_equal(gates("2603-0001"), "1 3 100000 30000 30000 0 0 0 70000");
    refused("money.confirm", "qian", CONFIRM("1", "900", ""), 409, "money.arrived");
    refused("money.spread", "sun", "{\"transfer\":1" PARTS1("420.01") "}", 400, "money.parts");
    refused("money.spread", "sun", "{\"transfer\":1,\"parts\":[{\"order\":\"2603-0003\",\"sum\":\"1\"}]}", 400,
            "money.other");
    act_do_as("money.spread", "sun", "{\"transfer\":1" PARTS1("420") "}", 200);
    assert_string_equal(rows("SELECT COUNT(*) FROM prepaid"), "0");
    assert_string_equal(gates("2603-0001"), "1 3 100000 30000 72000 0 0 0 28000");
    /* Finance announces too, and another one confirms. */
    act_do_as("money.announce", "sun", ANNOUNCE("280", PARTS1("280")), 200);
    refused("money.confirm", "sun", CONFIRM("2", "280", ""), 403, "money.own");
    act_do_as("money.confirm", "qian", CONFIRM("2", "280", ""), 200);
    assert_string_equal(gates("2603-0001"), "1 1 100000 30000 100000 0 0 0 0");
}

/* [R19] server/books/rebate.c: agreed by one, confirmed by finance, never twice for the same days; a rate becomes a sum of the money
 * that came in, once its days are over, and a fraction of a fen is nobody's. */
static void rebates_are_agreed_and_confirmed(void **state)
{
#define REBATE(FROM, TO, MORE) "{\"customer\":1,\"from\":\"" FROM "\",\"to\":\"" TO "\",\"why\":\"年度协议\"" MORE "}"
    (void)state;
    house_make();
    act_do_as("money.announce", "chen", ANNOUNCE("333.33", PARTS1("333.33")), 200);
    act_do_as("money.confirm", "sun", "{\"transfer\":1,\"day\":\"2026-03-03\",\"sum\":\"333.33\"}", 200);
    refused("rebate.agree", "sun", REBATE("2026-03-01", "2026-03-31", ""), 400, "rebate.one");
    refused("rebate.agree", "sun", REBATE("2026-03-01", "2026-03-31", ",\"sum\":\"5\",\"percent\":\"2\""), 400,
            "rebate.one");
    refused("rebate.agree", "sun", REBATE("2026-03-31", "2026-03-01", ",\"sum\":\"5\""), 400, "rebate.span");
    refused("rebate.agree", "sun",
            "{\"customer\":99,\"from\":\"2026-03-01\",\"to\":\"2026-03-31\",\"why\":\"x\",\"sum\":\"5\"}", 400,
            "customer.absent");
    refused("rebate.agree", "console", REBATE("2026-03-01", "2026-03-31", ",\"percent\":\"100.01\""), 400, "percent");
    act_do_as("rebate.agree", "sun", REBATE("2026-03-01", "2026-03-31", ",\"percent\":\"2.5\""), 200);
    refused("rebate.agree", "sun", REBATE("2026-03-31", "2026-04-30", ",\"sum\":\"5\""), 400, "rebate.twice");
    refused("rebate.confirm", "chen", "{\"rebate\":1}", 403, "act.rights");
    refused("rebate.confirm", "sun", "{\"rebate\":1}", 403, "rebate.own");
    refused("rebate.confirm", "qian", "{\"rebate\":1}", 409, "rebate.early");
    refused("rebate.confirm", "qian", "{\"rebate\":2}", 404, "rebate.absent");
    act_do_as("rebate.drop", "sun", "{\"rebate\":1,\"base\":1,\"why\":\"写错\"}", 200);
    refused("rebate.confirm", "qian", "{\"rebate\":1}", 409, "rebate.over");
    act_do_as("rebate.agree", "sun", REBATE("2026-02-01", "2026-03-03", ",\"percent\":\"2.5\""), 200);
    assert_non_null(strstr(act_do_as("rebate.confirm", "qian", "{\"rebate\":2,\"base\":1}", 200), "\"fen\":833"));
    act_do_as("rebate.agree", "sun", REBATE("2026-03-04", "2026-03-31", ",\"sum\":\"88.80\""), 200);
    assert_non_null(strstr(act_do_as("rebate.confirm", "qian", "{\"rebate\":3,\"base\":1}", 200), "\"fen\":8880"));
    refused("rebate.confirm", "qian", "{\"rebate\":3}", 409, "rebate.done");
    assert_string_equal(rows("SELECT id, rate, fen, state, by_user, done_by FROM rebate ORDER BY id"),
                        "1|250|0|2|sun|sun\n2|250|833|1|sun|qian\n3|0|8880|1|sun|qian");
}

/* [R8] server/books/transfer.c: another sum may arrive: both are kept, with the reason, and a fen short leaves the gate shut. */
static void a_fen_short_arrives(void **state)
{
    (void)state;
    house_make();
    act_do_as("money.announce", "chen", ANNOUNCE("1000", PARTS1("1000")), 200);
    refused("money.confirm", "sun", CONFIRM("1", "999.99", ",\"why\":\"手续费\""), 400, "money.parts");
    act_do_as("money.confirm", "sun", CONFIRM("1", "999.99", ",\"why\":\"手续费\"" PARTS1("999.99")), 200);
    assert_string_equal(rows("SELECT fen, in_fen, differs FROM transfer"), "100000|99999|手续费");
    assert_string_equal(gates("2603-0001"), "1 3 100000 30000 99999 0 0 0 1");
    act_do_as("money.announce", "chen", ANNOUNCE("5", PARTS1("0.01")), 200);
    refused("money.confirm", "sun", CONFIRM("2", "5", PARTS1("0.02")), 400, "money.more");
    act_do_as("money.confirm", "sun", CONFIRM("2", "5", ""), 200);
    assert_string_equal(gates("2603-0001"), "1 1 100000 30000 100000 0 0 0 0");
    assert_string_equal(rows("SELECT fen FROM prepaid"), "499");
}

/* [R8] server/books/transfer.c: never edited, only reversed: by two persons, one of finance, with the reason; gates shut again. */
static void money_is_reversed_by_two(void **state)
{
    (void)state;
    house_make();
    act_do_as("money.announce", "chen", ANNOUNCE("1700", PARTS12("1000", "600")), 200);
    act_do_as("money.confirm", "sun", CONFIRM("1", "1700", ""), 200);
#define REVERSE(SPREAD) "{\"transfer\":1,\"spread\":" SPREAD ",\"why\":\"付错了\"}"
    refused("money.reverse", "sun", REVERSE("0"), 403, "act.two");
    assert_non_null(strstr(act_of_two("money.reverse", "sun", "chen", REVERSE("0"), 403), "act.rights"));
    assert_non_null(strstr(act_of_two("money.reverse", "zhao", "ma", REVERSE("0"), 403), "money.finance"));
    assert_non_null(strstr(act_of_two("money.reverse", "sun", "zhao", REVERSE("99"), 404), "money.nopart"));
    assert_non_null(
        strstr(act_of_two("money.reverse", "sun", "zhao", "{\"transfer\":1,\"spread\":0}", 400), "act.missing"));
    assert_non_null(strstr(act_of_two("money.reverse", "zhao", "ma", REVERSE("0"), 403), "money.finance"));
    /* A part goes back to the prepayment. */
    act_of_two("money.reverse", "sun", "zhao", REVERSE("4"), 200);
    assert_string_equal(rows("SELECT fen FROM prepaid"), "70000");
    assert_string_equal(gates("2603-0002"), "3 3 60000 18000 0 0 0 18000 60000");
    assert_string_equal(gates("2603-0001"), "1 1 100000 30000 100000 0 0 0 0");
    act_of_two("money.reverse", "qian", "sun", REVERSE("0"), 200);
    assert_string_equal(rows("SELECT state, ended_by, ended_why FROM transfer"), "3|qian,sun|付错了");
    assert_string_equal(rows("SELECT COUNT(*) FROM prepaid"), "0");
    assert_string_equal(gates("2603-0001"), "3 3 100000 30000 0 0 0 30000 100000");
    assert_non_null(strstr(act_of_two("money.reverse", "sun", "zhao", REVERSE("0"), 409), "money.over"));
    refused("money.spread", "sun", "{\"transfer\":1" PARTS1("1") "}", 409, "money.over");
    /* [R1] [R38] all of it stays on the trail. */
    assert_string_equal(rows("SELECT COUNT(*) FROM audit WHERE noun = 'transfer'"), "3");
}

/* [R8] server/books/spread.c: a prepayment is spread later, from the customer's oldest money on. */
static void prepayments_are_spread_oldest_first(void **state)
{
    (void)state;
    house_make();
    act_do_as("money.announce", "chen", ANNOUNCE("100", ",\"customer\":1"), 200);
    act_do_as("money.announce", "chen", ANNOUNCE("300", ",\"customer\":1"), 200);
    act_do_as("money.announce", "chen", ANNOUNCE("50", ",\"who\":\"东门\""), 200);
    act_do_as("money.confirm", "sun", CONFIRM("1", "100", ""), 200);
    act_do_as("money.confirm", "sun", CONFIRM("2", "300", ""), 200);
    act_do_as("money.confirm", "sun", CONFIRM("3", "50", ""), 200);
#define OF_HIM "{\"transfer\":0,\"customer\":1,\"who\":\"张丽\""
    refused("money.spread", "sun", OF_HIM PARTS12("200", "200.01") "}", 400, "money.parts");
    refused("money.spread", "sun", OF_HIM "}", 400, "act.missing");
    assert_non_null(
        strstr(act_do_as("money.spread", "sun", OF_HIM PARTS12("150", "200") "}", 200), "\"rest_fen\":5000"));
    assert_string_equal(rows("SELECT transfer, order_id, fen FROM spread ORDER BY id"),
                        "1|2603000100|10000\n2|2603000100|5000\n2|2603000200|20000");
    assert_string_equal(rows("SELECT transfer, fen FROM prepaid ORDER BY transfer"), "2|5000\n3|5000");
    act_do_as("money.spread", "sun", "{\"transfer\":3,\"parts\":[{\"order\":\"2603-0004\",\"sum\":\"50\"}]}", 200);
    /* What is prepaid is what arrived less what counts. */
    assert_string_equal(
        rows("SELECT t.id, t.in_fen - COALESCE((SELECT SUM(p.fen) FROM spread AS p WHERE p.transfer = t.id AND"
             " p.state = 1), 0) - COALESCE((SELECT r.fen FROM prepaid AS r WHERE r.transfer = t.id), 0)"
             " FROM transfer AS t WHERE t.state = 1"),
        "1|0\n2|0\n3|0");
}

struct bad_row {
    const char *name, *act, *body, *field, *id;
};

/* clang-format off */
static const struct bad_row BAD[] = {
    {"no day",               "money.announce", "{\"sum\":\"1\",\"method\":\"bank\",\"payer\":\"x\",\"customer\":1}", "day", "import.empty"},
    {"no such day",          "money.announce", "{\"day\":\"2026-02-30\",\"sum\":\"1\",\"method\":\"bank\",\"payer\":\"x\",\"customer\":1}", "day", "import.day"},
    {"tomorrow",             "money.announce", "{\"day\":\"2026-03-05\",\"sum\":\"1\",\"method\":\"bank\",\"payer\":\"x\",\"customer\":1}", "day", "money.future"},
    {"sum zero",             "money.announce", ANNOUNCE("0", ",\"customer\":1"), "sum", "import.fen"},
    {"sum below zero",       "money.announce", ANNOUNCE("-1", ",\"customer\":1"), "sum", "import.fen"},
    {"sum of a third decimal", "money.announce", ANNOUNCE("1.001", ",\"customer\":1"), "sum", "money.decimals"},
    {"sum huge",             "money.announce", ANNOUNCE("999999999999999999999", ",\"customer\":1"), "sum", "money.large"},
    {"sum of words",         "money.announce", ANNOUNCE("much", ",\"customer\":1"), "sum", "money.form"},
    {"method unknown",       "money.announce", "{\"day\":\"2026-03-03\",\"sum\":\"1\",\"method\":\"barter\",\"payer\":\"x\",\"customer\":1}", "method", "money.method"},
    {"payer a formula",      "money.announce", "{\"day\":\"2026-03-03\",\"sum\":\"1\",\"method\":\"bank\",\"payer\":\"=1+1\",\"customer\":1}", "payer", "import.formula"},
    {"nobody's money",       "money.announce", ANNOUNCE("1", ""), "customer", "money.whose"},
    {"no such customer",     "money.announce", ANNOUNCE("1", ",\"customer\":77"), "customer", "customer.absent"},
    {"more for orders than came", "money.announce", ANNOUNCE("1", PARTS1("2")), "parts", "money.parts"},
    {"no such order",        "money.announce", ANNOUNCE("9", ",\"customer\":1,\"parts\":[{\"order\":\"2603-0099\",\"sum\":\"1\"}]"), "parts", "register.absent"},
    {"an order twice",       "money.announce", ANNOUNCE("9", ",\"parts\":[{\"order\":\"2603-0001\",\"sum\":\"1\"},{\"order\":\"2603-0001\",\"sum\":\"1\"}]"), "parts.1.order", "money.same"},
    {"a part of nothing",    "money.announce", ANNOUNCE("9", PARTS1("0")), "parts.0.sum", "import.fen"},
    {"another's order",      "money.announce", ANNOUNCE("9", ",\"customer\":1,\"parts\":[{\"order\":\"2603-0003\",\"sum\":\"1\"}]"), "parts", "money.other"},
    {"a slip that nobody sent", "money.announce", ANNOUNCE("9", ",\"customer\":1,\"files\":[{\"hash\":\"" "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb" "\",\"name\":\"x\"}]"), "files", "file.absent"},
    {"the same slip",        "money.announce", ANNOUNCE("9", ",\"customer\":1,\"slip\":\"S1\""), "slip", "money.twice"},
    {"[R16a] a guarantor who signed nothing", "guarantor.save", "{\"guarantor\":0,\"name\":\"赵德明\",\"phone\":\"13800000000\",\"limit\":\"1\",\"signed\":\"2026-03-01\",\"until\":\"2026-03-31\"}", "files", "guarantor.signature"},
    {"[R16a] a guarantor without end", "guarantor.save", "{\"guarantor\":0,\"name\":\"赵德明\",\"phone\":\"13800000000\",\"limit\":\"1\",\"signed\":\"2026-03-01\"" FILES "}", "until", "import.empty"},
    {"[R16a] a guarantor who ends before he signs", "guarantor.save", "{\"guarantor\":0,\"name\":\"赵德明\",\"phone\":\"13800000000\",\"limit\":\"1\",\"signed\":\"2026-03-01\",\"until\":\"2026-02-28\"" FILES "}", "until", "guarantor.until"},
    {"[R16a] a guarantor without limit", "guarantor.save", "{\"guarantor\":0,\"name\":\"赵德明\",\"phone\":\"13800000000\",\"limit\":\"0\",\"signed\":\"2026-03-01\",\"until\":\"2026-03-31\"" FILES "}", "limit", "import.fen"},
};
/* clang-format on */

static void bad_is_named(void **state)
{
    const struct bad_row *row = *state;
    char                  wanted[96];
    house_make();
    act_do("money.announce", ANNOUNCE("9", ",\"customer\":1,\"slip\":\"S1\""));
    char      *audit = strdup(rows("SELECT COUNT(*) FROM audit"));
    struct act act = act_of(row->act, "console", row->body);
    assert_true(act_step_of(&act).is_act_done);
    assert_true(act.status == 400 || act.status == 404 || act.status == 409);
    snprintf(wanted, sizeof wanted, "{\"field\":\"%s\",\"say\":[\"%s\"", row->field, row->id);
    if (strstr(buf_text(&act.answer), wanted) == NULL) print_error("wanted %s: %s\n", wanted, buf_text(&act.answer));
    assert_non_null(strstr(buf_text(&act.answer), wanted));
    assert_string_equal(rows("SELECT COUNT(*) FROM audit"), audit);
    buf_free(&act.answer);
    free(audit);
}

#define GUARANTOR(ID, LIMIT, UNTIL, MORE)                                                    \
    "{\"guarantor\":" ID ",\"name\":\"赵德明\",\"phone\":\"13800000000\",\"limit\":\"" LIMIT \
    "\",\"signed\":\"2026-03-01\",\"until\":\"" UNTIL "\"" MORE "}"
#define COVER(ORDER, SUM) "{\"guarantor\":1,\"order\":\"2603-000" ORDER "\",\"sum\":\"" SUM "\"}"

/* [R16a] server/books/guarantor.c: name, signature, limit, end date; the limit is shared; who has expired doesn't count. */
static void guarantors_share_a_limit(void **state)
{
    (void)state;
    house_make();
    act_do_as("guarantor.save", "sun", GUARANTOR("0", "400", "2026-03-04", FILES), 200);
    refused("guarantor.save", "chen", GUARANTOR("0", "400", "2026-03-04", FILES), 403, "act.rights");
    act_do_as("guarantor.cover", "sun", COVER("1", "300"), 200);
    assert_string_equal(gates("2603-0001"), "2 3 100000 30000 0 0 30000 0 100000");
    refused("guarantor.cover", "sun", COVER("2", "180"), 400, "guarantor.room");
    act_do_as("guarantor.cover", "sun", COVER("2", "100"), 200);
    assert_string_equal(gates("2603-0002"), "3 3 60000 18000 0 0 10000 8000 60000");
    act_do_as("guarantor.free", "sun", "{\"cover\":1,\"why\":\"定金到了\"}", 200);
    refused("guarantor.free", "sun", "{\"cover\":1,\"why\":\"x\"}", 404, "guarantor.free");
    refused("guarantor.cover", "sun", COVER("9", "1"), 404, "register.absent");
    act_do_as("guarantor.cover", "sun", COVER("2", "80"), 200);
    assert_string_equal(gates("2603-0002"), "2 3 60000 18000 0 0 18000 0 60000");
    /* Another limit or day takes another signature; his last day was yesterday, or he is switched off: he doesn't count. */
    refused("guarantor.save", "sun", GUARANTOR("1", "400", "2026-03-03", ",\"base\":1"), 400, "guarantor.signature");
    act_do_as("guarantor.save", "sun", GUARANTOR("1", "400", "2026-03-03", ",\"base\":1" FILES), 200);
    assert_string_equal(gates("2603-0002"), "3 3 60000 18000 0 0 0 18000 60000");
    refused("guarantor.cover", "sun", COVER("1", "1"), 400, "guarantor.expired");
    act_do_as("guarantor.save", "sun", GUARANTOR("1", "400", "2026-03-04", ",\"base\":2" FILES), 200);
    assert_string_equal(gates("2603-0002"), "2 3 60000 18000 0 0 18000 0 60000");
    act_do_as("guarantor.save", "sun", GUARANTOR("1", "400", "2026-03-04", ",\"base\":3,\"off\":true"), 200);
    assert_string_equal(gates("2603-0002"), "3 3 60000 18000 0 0 0 18000 60000");
    refused("guarantor.cover", "sun", COVER("1", "1"), 400, "guarantor.off");
}

/* [R16b] server/books/money.c: an imported order is shut for dispatch until two persons record what it is worth; no deposit is asked of it
 * unless a setting says so. A registered one is worth what the customer confirmed. */
static void imported_orders_need_an_amount(void **state)
{
    (void)state;
    house_make();
#define AMOUNT(ORDER, SUM) "{\"order\":\"2603-000" ORDER "\",\"sum\":\"" SUM "\",\"why\":\"合同 12\"}"
    assert_string_equal(gates("2603-0004"), "0 3 -1 -1 0 0 0 -1 -1");
    act_do("setting", "{\"name\":\"deposit_unpriced\",\"value\":1}");
    assert_string_equal(gates("2603-0004"), "3 3 -1 -1 0 0 0 -1 -1");
    refused("order.amount", "sun", AMOUNT("4", "2000"), 403, "act.two");
    assert_non_null(strstr(act_of_two("order.amount", "sun", "he", AMOUNT("1", "1"), 400), "money.quoted"));
    act_of_two("order.amount", "sun", "he", AMOUNT("4", "2000"), 200);
    assert_string_equal(rows("SELECT order_id, fen, why, by_user FROM amount"), "2603000400|200000|合同 12|sun,he");
    assert_string_equal(gates("2603-0004"), "3 3 200000 60000 0 0 0 60000 200000");
    act_do_as("money.announce", "chen", ANNOUNCE("2000", ",\"parts\":[{\"order\":\"2603-0004\",\"sum\":\"2000\"}]"),
              200);
    act_do_as("money.confirm", "sun", CONFIRM("1", "2000", ""), 200);
    assert_string_equal(gates("2603-0004"), "1 1 200000 60000 200000 0 0 0 0");
    /* Worth a fen more: shut. */
    act_of_two("order.amount", "sun", "he", AMOUNT("4", "2000.01"), 200);
    assert_string_equal(gates("2603-0004"), "1 3 200001 60001 200000 0 0 0 1");
}

/* [R16b] server/books/money.c: a change that costs a fen more shuts the gate at once; one that costs less opens it when the customer has
 * confirmed it. */
static void a_change_shuts_the_gate(void **state)
{
    (void)state;
    house_make();
    act_do_as("quote.make", "he", "{\"order\":\"2603-0001\"}", 200);
#define QUOTE(N)                                                                                                     \
    "{\"order\":\"2603-0001\",\"n\":" N ",\"how\":\"wechat\",\"day\":\"2026-03-04\",\"person\":\"张丽\",\"note\":" \
    "\"\"}"
    act_do_as("quote.confirm", "chen", QUOTE("1"), 200);
    act_do_as("money.announce", "chen", ANNOUNCE("1000", PARTS1("1000")), 200);
    act_do_as("money.confirm", "sun", CONFIRM("1", "1000", ""), 200);
    assert_string_equal(gates("2603-0001"), "1 1 100000 30000 100000 0 0 0 0");
#define CHANGE(BASE, PRICE, EXTRA)                                                                                    \
    "{\"line\":\"2603-0001-01\",\"base\":" BASE                                                                       \
    ",\"product\":\"钢门\",\"family\":\"steel\",\"quantity\":\"2\",\"measured\":"                                   \
    "\"leaf\",\"width\":\"900\",\"height\":\"2100\",\"opening\":\"右内开\",\"due\":\"2026-03-20\",\"price\":\"" PRICE \
    "\"" EXTRA "}"
    act_do_as("line.change", "chen", CHANGE("1", "500", ",\"extra\":\"0.01\",\"extra_why\":\"x\""), 200);
    assert_string_equal(gates("2603-0001"), "1 3 100001 30001 100000 0 0 0 1");
    act_do_as("line.change", "chen", CHANGE("2", "400", ""), 200);
    assert_string_equal(gates("2603-0001"), "1 1 100000 30000 100000 0 0 0 0");
    act_do_as("quote.make", "he", "{\"order\":\"2603-0001\"}", 200);
    act_do_as("quote.confirm", "chen", QUOTE("2"), 200);
    assert_string_equal(gates("2603-0001"), "1 1 80000 24000 100000 0 0 0 0");
}

/* [R16b] server/books/money.c: off by default; by two persons, one a manager, with reason and who answers for the sum. */
static void unpaid_goods_leave_by_two(void **state)
{
    (void)state;
    house_make();
#define UNPAID "{\"order\":\"2603-0001\",\"sum\":\"400\",\"why\":\"工程急用\",\"answers\":\"赵厂长\"}"
    assert_non_null(strstr(act_of_two("unpaid.allow", "sun", "zhao", UNPAID, 409), "money.override_off"));
    act_do("setting", "{\"name\":\"dispatch_override\",\"value\":1}");
    assert_non_null(strstr(act_of_two("unpaid.allow", "sun", "qian", UNPAID, 403), "money.manager"));
    assert_non_null(strstr(
        act_of_two("unpaid.allow", "sun", "zhao", "{\"order\":\"2603-0001\",\"sum\":\"400\",\"why\":\"x\"}", 400),
        "\"answers\""));
    act_of_two("unpaid.allow", "sun", "zhao", UNPAID, 200);
    assert_string_equal(rows("SELECT order_id, fen, why, answers, by_user, is_off FROM unpaid"),
                        "2603000100|40000|工程急用|赵厂长|sun,zhao|0");
    assert_string_equal(rows("SELECT COUNT(*) FROM audit WHERE noun = 'unpaid'"), "1");
    /* It holds while no more is missing than they allowed, and while such overrides are switched on. */
    bool is = false;
    money_in_books("2603-0001", 0, &is);
    assert_false(is); /* all of it is missing */
    act_do_as("money.announce", "chen", ANNOUNCE("600", PARTS1("599.99")), 200);
    act_do_as("money.confirm", "sun", CONFIRM("1", "600", ""), 200);
    money_in_books("2603-0001", 0, &is);
    assert_false(is); /* a fen more than they allowed */
    act_do_as("money.spread", "sun", "{\"transfer\":1" PARTS1("0.01") "}", 200);
    money_in_books("2603-0001", 0, &is);
    assert_true(is);
    act_do("setting", "{\"name\":\"part_shipments\",\"value\":1}");
    money_in_books("2603-0001", 50000, &is);
    assert_false(is); /* what is paid needs no override */
    money_in_books("2603-0001", 60001, &is);
    assert_true(is);
    act_do("setting", "{\"name\":\"dispatch_override\",\"value\":0}");
    money_in_books("2603-0001", 0, &is);
    assert_false(is);
    act_do("setting", "{\"name\":\"dispatch_override\",\"value\":1}");
    act_do_as("unpaid.end", "zhao", "{\"unpaid\":1,\"base\":1,\"why\":\"付清了\"}", 200);
    money_in_books("2603-0001", 0, &is);
    assert_false(is);
    refused("unpaid.end", "zhao", "{\"unpaid\":1,\"why\":\"x\"}", 404, "money.ended");
}

/* [R8] It didn't come: said so with the reason, and its slip may be announced again. */
static void what_did_not_come_is_refused(void **state)
{
    (void)state;
    house_make();
    act_do_as("money.announce", "chen", ANNOUNCE("300", ",\"slip\":\"S1\"" PARTS1("300")), 200);
    refused("money.refuse", "sun", "{\"transfer\":1,\"base\":1}", 400, "act.missing");
    act_do_as("money.refuse", "sun", "{\"transfer\":1,\"base\":1,\"why\":\"银行没有这笔\"}", 200);
    refused("money.confirm", "sun", CONFIRM("1", "300", ""), 409, "money.over");
    assert_string_equal(gates("2603-0001"), "3 3 100000 30000 0 0 0 30000 100000");
    act_do_as("money.announce", "chen", ANNOUNCE("300", ",\"slip\":\"S1\"" PARTS1("300")), 200);
    refused("money.confirm", "sun", "{\"transfer\":9,\"day\":\"2026-03-04\",\"sum\":\"1\"}", 404, "money.absent");
    /* A second look of an older state. */
    refused("money.confirm", "sun", "{\"transfer\":2,\"base\":7,\"day\":\"2026-03-04\",\"sum\":\"300\"}", 409,
            "books.conflict");
}

/* What Today asks of finance and the order desk: kind and order, one a line. */
static const char *todo(void)
{
    static char         text[512];
    struct db          *db = books_look("books.db");
    struct list_ask     ask = {.list = list_find("todo"), .rule = day_rule_default(), .now_ms = NOW};
    struct list_reading reading;
    size_t              len = 0;
    bool                row = false;
    text[0] = 0;
    good(list_open(db, &ask, 100, &reading, &err) && list_next(&reading, &row, &err));
    while (row) {
        struct list_cell kind, order;
        list_cell(&reading, 1, &kind);
        if (strncmp(kind.text, "money", kind.len) == 0 || strncmp(kind.text, "deposit", kind.len) == 0)
            len += (size_t)snprintf(text + len, sizeof text - len, "%.*s ", (int)kind.len, kind.text);
        list_cell(&reading, 2, &order);
        if (len > 0 && text[len - 1] == ' ')
            len += (size_t)snprintf(text + len, sizeof text - len, "%lld\n", (long long)order.number);
        good(list_next(&reading, &row, &err));
    }
    list_close(&reading);
    db_close(db);
    return text;
}

/* [R8] [R16a] server/ask/todo.c: announced money waits for finance, an accepted order without deposit for the order desk. */
static void today_asks_for_money(void **state)
{
    (void)state;
    house_make();
    assert_string_equal(todo(), "");
    act_do_as("quote.make", "he", "{\"order\":\"2603-0001\"}", 200);
    act_do_as("quote.confirm", "chen", QUOTE("1"), 200);
    assert_string_equal(todo(), "deposit 2603000100\n");
    act_do_as("money.announce", "chen", ANNOUNCE("300", PARTS1("299.99")), 200);
    assert_string_equal(todo(), "money 2603000100\ndeposit 2603000100\n"); /* a fen short */
    act_do_as("money.confirm", "sun", CONFIRM("1", "300", PARTS1("300")), 200);
    assert_string_equal(todo(), "");
    act_of_two("money.reverse", "sun", "zhao", "{\"transfer\":1,\"spread\":0,\"why\":\"x\"}", 200);
    assert_string_equal(todo(), "deposit 2603000100\n");
    act_do_as("guarantor.save", "sun", GUARANTOR("0", "400", "2026-03-04", FILES), 200);
    act_do_as("guarantor.cover", "sun", COVER("1", "300"), 200);
    assert_string_equal(todo(), "");
}

/* The same act again is done once. */
static void a_retried_act_counts_once(void **state)
{
    (void)state;
    house_make();
    for (int i = 0; i < 3; i++) {
        struct act act = act_of("money.announce", "chen", ANNOUNCE("300", PARTS1("300")));
        snprintf(act.id, sizeof act.id, "act-again");
        assert_true(act_step_of(&act).is_act_done);
        assert_int_equal(act.status, 200);
        assert_non_null(strstr(buf_text(&act.answer), "\"transfer\":1"));
        buf_free(&act.answer);
    }
    assert_string_equal(rows("SELECT COUNT(*) FROM transfer"), "1");
}

#define TEST(rows, function) rows_add(rows, #function, function, NULL)

int main(int argc, char **argv)
{
    static struct rows all;
    ROWS_ADD(&all, gate_opens_and_shuts, GATES);
    ROWS_ADD(&all, bad_is_named, BAD);
    TEST(&all, parts_are_worth_the_whole);
    TEST(&all, money_is_announced_confirmed_spread);
    TEST(&all, a_fen_short_arrives);
    TEST(&all, rebates_are_agreed_and_confirmed);
    TEST(&all, money_is_reversed_by_two);
    TEST(&all, prepayments_are_spread_oldest_first);
    TEST(&all, guarantors_share_a_limit);
    TEST(&all, imported_orders_need_an_amount);
    TEST(&all, a_change_shuts_the_gate);
    TEST(&all, unpaid_goods_leave_by_two);
    TEST(&all, what_did_not_come_is_refused);
    TEST(&all, today_asks_for_money);
    TEST(&all, a_retried_act_counts_once);
    rows_around(&all, 0, factory_make, factory_end);
    return rows_run(&all, argc, argv);
}
