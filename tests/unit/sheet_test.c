/* sheet_test.c - from the quote to the floor: confirmation, the sheet made from it, differences, signatures, release.
 * links: server_ask server_books server_judge core */
#include "server/judge/checklist.h"
#include <inttypes.h>
#include <stdlib.h>

#include "server/ask/print.h"
#include "tests/unit/books.h"

#define HASH "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define FIELDS(WALL, MORE)                                                                                       \
    "\"product\":\"钢门\",\"family\":\"steel\",\"quantity\":\"2\",\"measured\":\"opening\",\"width\":\"900\"," \
    "\"height\":\"2100\",\"wall\":\"" WALL                                                                       \
    "\",\"opening\":\"右内开\",\"lock\":\"双活双快\",\"closer\":\"暗装\",\"due\":\"2026-03-20\"" MORE
#define PRICE ",\"price\":\"920\""
#define TICKS                                                                                                       \
    "\"ticks\":[\"due\",\"brand\",\"quantity\",\"material\",\"size\",\"style\",\"colour\",\"picture\",\"process\"," \
    "\"amount\",\"rates\",\"decor\",\"requirements\",\"remarks\"]"
#define SIGN(KIND, VERSION) "{\"line\":\"2603-0001-01\",\"kind\":\"" KIND "\",\"version\":" VERSION "," TICKS "}"

static void users_make(void)
{
    static const char *const USERS[] = {"chen taker",     "he quoter",   "zhao manager", "zhou technical",
                                        "luo supervisor", "liu payroll", "li desk"};
    for (size_t i = 0; i < sizeof USERS / sizeof *USERS; i++) {
        char   body[160];
        size_t len = strcspn(USERS[i], " ");
        snprintf(body, sizeof body, "{\"name\":\"%.*s\",\"full\":\"\",\"roles\":\"%s\"}", (int)len, USERS[i],
                 USERS[i] + len + 1);
        act_do("user.add", body);
    }
}

/* One order of one line of two doors. */
static void order_make(const char *more)
{
    char body[1024];
    masters_import();
    users_make();
    act_do("setting", "{\"name\":\"deposit_percent\",\"value\":0}"); /* the money gates are gate_test's */
    act_do("customer.save", "{\"customer\":0,\"name\":\"张丽\",\"phone\":\"13808124477\",\"address\":\"新都\"}");
    act_do("file.keep", "{\"hash\":\"" HASH "\",\"kind\":\"pdf\",\"bytes\":100}");
    snprintf(body, sizeof body,
             "{\"receipt\":0,\"customer\":1,\"source\":\"file\",\"files\":[{\"hash\":\"" HASH
             "\",\"name\":\"a.pdf\"}]%s,"
             "\"lines\":[{" FIELDS("180", PRICE) "}]}",
             more);
    act_do_as("order.place", "chen", body, 200);
}

#define ORDER "{\"order\":\"2603-0001\"}"
#define LINE "{\"line\":\"2603-0001-01\"}"
#define CONFIRM(N, DAY)                                                                                                \
    "{\"order\":\"2603-0001\",\"n\":" N ",\"how\":\"wechat\",\"day\":\"" DAY "\",\"person\":\"张丽\",\"note\":\"\"," \
    "\"files\":[{\"hash\":\"" HASH "\",\"name\":\"截图.png\"}]}"

static void refused(const char *act, const char *user, const char *body, int status, const char *id)
{
    const char *answer = act_do_as(act, user, body, status);
    if (strstr(answer, id) == NULL) print_error("%s by %s: wanted %s: %s\n", act, user, id, answer);
    assert_non_null(strstr(answer, id));
}

static void confirmed_make(void)
{
    order_make("");
    act_do_as("quote.make", "he", ORDER, 200);
    act_do_as("quote.confirm", "chen", CONFIRM("1", "2026-03-04"), 200);
}

static void sign_all(const char *version)
{
    static const char *const WHO[] = {"chen", "he", "zhao", "zhou", "luo"};
    for (int i = 0; REVIEWERS[i] != NULL; i++) {
        char body[512];
        snprintf(body, sizeof body, "{\"line\":\"2603-0001-01\",\"kind\":\"%s\",\"version\":%s," TICKS "}",
                 REVIEWERS[i], version);
        act_do_as("sheet.sign", WHO[i], body, 200);
    }
}

/* [R4] A confirmation is recorded with its day, of the newest quote, once; unconfirmed ones are chased. [R20] */
static void a_quote_is_confirmed_in_writing(void **state)
{
    (void)state;
    order_make("");
    refused("sheet.make", "liu", LINE, 400, "quote.unconfirmed");
    act_do_as("quote.make", "he", ORDER, 200);
    act_do_as("quote.chase", "li", ORDER, 200);
    refused("sheet.make", "liu", LINE, 400, "quote.unconfirmed");
    refused("quote.confirm", "chen", CONFIRM("1", "2026-03-05"), 400, "quote.day");
    refused("quote.confirm", "chen", CONFIRM("1", "2026-03-03"), 400, "quote.day");
    refused("quote.confirm", "chen", CONFIRM("1", "2026-02-30"), 400, "import.day");
    act_do_as("line.change", "chen", "{\"line\":\"2603-0001-01\",\"base\":1," FIELDS("200", ",\"price\":\"950\"") "}",
              200);
    act_do_as("quote.make", "he", ORDER, 200);
    refused("quote.confirm", "chen", CONFIRM("1", "2026-03-04"), 409, "quote.newer");
    act_do_as("quote.confirm", "chen", CONFIRM("2", "2026-03-04"), 200);
    refused("quote.confirm", "chen", CONFIRM("2", "2026-03-04"), 409, "quote.confirmed");
    assert_string_equal(rows("SELECT n, total_fen FROM quote ORDER BY n"), "1|184000\n2|190000");
    assert_string_equal(rows("SELECT confirmed_n, confirmed_day, how, person, by_user FROM quoted"),
                        "2|20516|wechat|张丽|chen");
    assert_string_equal(rows("SELECT name FROM attached WHERE kind = 'confirmation'"), "截图.png");
    act_do_as("line.change", "chen", "{\"line\":\"2603-0001-01\",\"base\":2," FIELDS("210", ",\"price\":\"950\"") "}",
              200);
    refused("sheet.make", "liu", LINE, 400, "quote.changed");
}

/* Quoted after midnight, within the shift that began the day before: both dates are that night's. */
static void a_night_has_two_dates(void **state)
{
    (void)state;
    order_make("");
    act_do("setting", "{\"name\":\"day_start_min\",\"value\":840}"); /* 14:00: NOW, 13:00, is of the day before */
    act_do_as("quote.make", "he", ORDER, 200);
    act_do_as("quote.confirm", "chen", CONFIRM("1", "2026-03-03"), 200);
    act_do_as("quote.make", "he", ORDER, 200);
    act_do_as("quote.confirm", "chen", CONFIRM("2", "2026-03-04"), 200);
}

/* [R7] The technical lead's yes before the quote, [R22] the follow-up clerk's before the order is accepted. */
static void questions_come_first(void **state)
{
    (void)state;
    order_make(",\"rush\":true,\"rush_owner\":\"李敏\",\"rush_reason\":\"开业\"");
    act_do_as("question.ask", "chen",
              "{\"order\":\"2603-0001\",\"line\":\"2603-0001-01\",\"text\":\"拱顶半径\",\"asked\":\"technical\"}", 200);
    refused("quote.make", "he", ORDER, 400, "question.technical");
    act_do_as("question.answer", "zhou", "{\"question\":2,\"answer\":\"no\",\"note\":\"先量\"}", 200);
    refused("quote.make", "he", ORDER, 400, "question.no");
    act_do_as("question.answer", "zhou", "{\"question\":2,\"answer\":\"yes\",\"note\":\"R750\"}", 200);
    act_do_as("quote.make", "he", ORDER, 200);
    refused("quote.confirm", "chen", CONFIRM("1", "2026-03-04"), 400, "question.desk");
    refused("question.answer", "chen", "{\"question\":1,\"answer\":\"yes\",\"note\":\"\"}", 403, "act.rights");
    act_do_as("question.answer", "li", "{\"question\":1,\"answer\":\"yes\",\"note\":\"\"}", 200);
    act_do_as("quote.confirm", "chen", CONFIRM("1", "2026-03-04"), 200);
}

/* [R7] A colour that the catalogue doesn't list keeps the quote back until the technical lead said yes. */
static void what_is_foreign_keeps_the_quote_back(void **state)
{
    (void)state;
    order_make("");
    act_do("product.save", "{\"code\":\"S1\",\"name\":\"钢门\",\"family\":\"steel\",\"colours\":\"灰,白\"}");
    act_do_as("line.change", "chen",
              "{\"line\":\"2603-0001-01\",\"base\":1,\"code\":\"S1\",\"colour\":\"朱红\"," FIELDS("180", PRICE) "}",
              200);
    refused("quote.make", "he", ORDER, 400, "question.technical");
    act_do_as("question.answer", "zhou", "{\"question\":1,\"answer\":\"yes\",\"note\":\"\"}", 200);
    act_do_as("quote.make", "he", ORDER, 200);
}

/* [R20] What has no price isn't quoted. */
static void no_price_no_quote(void **state)
{
    (void)state;
    order_make("");
    act_do_as("line.change", "chen", "{\"line\":\"2603-0001-01\",\"base\":1," FIELDS("180", "") "}", 200);
    refused("quote.make", "he", ORDER, 400, "quote.price");
}

/* [R10] Made from the confirmed quote without retyping; a difference is shown, and locks the signature until explained. */
static void differences_are_explained(void **state)
{
    (void)state;
    confirmed_make();
    act_do_as("sheet.make", "liu", LINE, 200);
    assert_string_equal(
        rows("SELECT d.fields = q.fields, d.ops FROM draft AS d JOIN quote_line AS q ON q.line = d.line"),
        "1|[[10,\"cut\",\"leaf\",1,5000,1000,-1],[20,\"weld\",\"leaf\",2,12500,2000,-1]]");
    act_do_as("sheet.edit", "liu", "{\"line\":\"2603-0001-01\",\"base\":1," FIELDS("220", "") "}", 200);
    refused("sheet.sign", "zhou", SIGN("technical", "2"), 400, "draft.unexplained");
    refused("sheet.explain", "liu", "{\"line\":\"2603-0001-01\",\"field\":\"width\",\"why\":\"x\"}", 400, "draft.same");
    act_do_as("sheet.explain", "liu", "{\"line\":\"2603-0001-01\",\"field\":\"wall\",\"why\":\"现场 220\"}", 200);
    act_do_as("sheet.sign", "zhou", SIGN("technical", "2"), 200);
    /* The reason holds for exactly these two texts. */
    act_do_as("sheet.edit", "liu", "{\"line\":\"2603-0001-01\",\"base\":2," FIELDS("230", "") "}", 200);
    refused("sheet.sign", "zhou", SIGN("technical", "3"), 400, "draft.unexplained");
    /* Made from another quote than the one that is confirmed now. */
    act_do_as("quote.make", "he", ORDER, 200);
    act_do_as("quote.confirm", "chen", CONFIRM("2", "2026-03-04"), 200);
    refused("sheet.sign", "zhou", SIGN("technical", "3"), 400, "draft.newer_quote");
}

/* [R17] Every reviewer against the whole list, not the maker; any change removes all signatures. */
static void signatures_cover_the_content(void **state)
{
    (void)state;
    confirmed_make();
    act_do_as("user.add", "console", "{\"name\":\"liu\",\"full\":\"\",\"roles\":\"payroll manager\",\"base\":1}", 200);
    act_do_as("sheet.make", "liu", LINE, 200);
    refused("sheet.sign", "liu", SIGN("manager", "1"), 403, "review.own");
    refused("sheet.sign", "chen", SIGN("manager", "1"), 403, "review.rights");
    refused("sheet.sign", "chen", SIGN("owner", "1"), 400, "review.kind");
    refused("sheet.sign", "chen", SIGN("taker", "7"), 409, "review.changed");
    refused("sheet.sign", "chen", "{\"line\":\"2603-0001-01\",\"kind\":\"taker\",\"version\":1,\"ticks\":[\"due\"]}",
            400, "review.tick");
    sign_all("1");
    assert_string_equal(rows("SELECT COUNT(*) FROM review WHERE signed_by != ''"), "5");
    act_do_as("sheet.rates", "liu", "{\"line\":\"2603-0001-01\",\"base\":1,\"ops\":[[10,\"0.55\",\"0\"]]}", 200);
    assert_string_equal(rows("SELECT COUNT(*) FROM review WHERE signed_by != ''"), "0");
    assert_string_equal(rows("SELECT COUNT(*) FROM audit WHERE noun = 'review' AND old LIKE '%chen%' AND new LIKE "
                             "'%\"signed_by\":\"\"%'"),
                        "1");
    refused("sheet.release", "liu", "{\"line\":\"2603-0001-01\",\"day\":\"2026-03-05\",\"sequence\":0}", 400,
            "review.missing");
    act_do_as("sheet.return", "zhou", "{\"line\":\"2603-0001-01\",\"kind\":\"technical\",\"why\":\"锁孔\"}", 200);
    refused("sheet.sign", "chen", SIGN("taker", "3"), 409, "review.returned");
}

/* [R35] A claim is per kind and freed after a quarter of an hour; other kinds sign in parallel. [R17] deputies with dates. */
static void claims_and_deputies(void **state)
{
    (void)state;
    confirmed_make();
    act_do("user.add", "{\"name\":\"wu\",\"full\":\"\",\"roles\":\"taker\"}");
    act_do_as("sheet.make", "liu", LINE, 200);
    act_do_as("sheet.claim", "chen", "{\"line\":\"2603-0001-01\",\"kind\":\"taker\"}", 200);
    refused("sheet.sign", "wu", SIGN("taker", "1"), 409, "review.claimed");
    refused("sheet.claim", "wu", "{\"line\":\"2603-0001-01\",\"kind\":\"taker\"}", 409, "review.claimed");
    act_do_as("sheet.sign", "he", SIGN("quoter", "1"), 200);
    assert_true(claim_holds(NOW, NOW + INT64_C(15) * 60000 - 1, 15));
    assert_false(claim_holds(NOW, NOW + INT64_C(15) * 60000, 15));
    refused("sheet.sign", "li", SIGN("technical", "1"), 403, "review.rights");
    refused("deputy.save", "zhou", "{\"deputy\":\"li\",\"from\":\"2026-03-05\",\"to\":\"2026-03-04\"}", 400,
            "rate.days");
    refused("deputy.save", "zhou", "{\"deputy\":\"zhou\",\"from\":\"2026-03-04\",\"to\":\"2026-03-04\"}", 400,
            "deputy.whom");
    act_do_as("deputy.save", "zhou", "{\"deputy\":\"li\",\"from\":\"2026-03-05\",\"to\":\"2026-03-09\"}", 200);
    refused("sheet.sign", "li", SIGN("technical", "1"), 403, "review.rights"); /* from tomorrow on */
    act_do_as("deputy.save", "zhou", "{\"deputy\":\"li\",\"from\":\"2026-03-04\",\"to\":\"2026-03-04\"}", 200);
    act_do_as("sheet.sign", "li", SIGN("technical", "1"), 200);
    assert_string_equal(rows("SELECT signed_by, signed_for FROM review WHERE kind = 'technical'"), "li|zhou");
}

/* [R12] Released by day and sequence, due days backwards from delivery; only then do kiosks learn of it; rates frozen. */
static void released_by_plan(void **state)
{
    (void)state;
    confirmed_make();
    act_do("setting", "{\"name\":\"rest_weekdays\",\"value\":1}");
    act_do("import",
           "{\"kind\":\"routings\",\"columns\":[\"family\",\"op\",\"operation\",\"per_door\",\"days\"],\"rows\":["
           "[2,\"steel\",\"10\",\"cut\",\"1\",\"5\"],[3,\"steel\",\"20\",\"weld\",\"2\",\"0\"]]}");
    act_do_as("sheet.make", "liu", LINE, 200);
    sign_all("1");
    assert_string_equal(rows("SELECT COUNT(*) FROM feed WHERE topic = 'sheet'"), "0");
    refused("sheet.release", "liu", "{\"line\":\"2603-0001-01\",\"day\":\"2026-03-03\",\"sequence\":0}", 400,
            "plan.past");
    act_do("stop", "{\"what\":\"2603-0001\",\"why\":\"x\"}");
    refused("sheet.release", "liu", "{\"line\":\"2603-0001-01\",\"day\":\"2026-03-05\",\"sequence\":0}", 409,
            "release.stopped");
    act_do("lift", "{\"what\":\"2603-0001\"}");
    act_do_as("sheet.release", "liu", "{\"line\":\"2603-0001-01\",\"day\":\"2026-03-05\",\"sequence\":0}", 200);
    assert_string_equal(rows("SELECT rev, quantity, signed_by FROM sheet"), "1|2|liu");
    assert_string_equal(rows("SELECT op, planned, rate_cfen FROM sheet_op ORDER BY op"), "10|2|5000\n20|4|12500");
    assert_string_equal(rows("SELECT op, due_day FROM sheet_due ORDER BY op"),
                        "10|20526\n20|20532"); /* a Sunday between */
    assert_string_equal(rows("SELECT day, sequence FROM plan"), "20517|1");
    const char *told = rows("SELECT value FROM feed WHERE topic = 'sheet' AND key = '2603-0001-01'");
    assert_non_null(strstr(told, "\"size\":\"门洞 900×2100 墙厚180\""));
    assert_null(strstr(told, "920"));
    assert_non_null(strstr(told, "\"lock_hole\":\"双活双快\"")); /* [R2] server/books/tell.c */
    assert_non_null(strstr(told, "\"closer\":\"暗装\""));
    assert_null(strstr(told, "张丽"));
    refused("sheet.make", "liu", LINE, 409, "draft.signed");
    refused("line.change", "chen", "{\"line\":\"2603-0001-01\",\"base\":1," FIELDS("200", PRICE) "}", 409,
            "register.released");
    act_do_as("plan.move", "liu", "{\"line\":\"2603-0001-01\",\"day\":\"2026-03-06\",\"sequence\":3}", 200);
    assert_string_equal(rows("SELECT day, sequence FROM plan"), "20518|3");
}

#define SPLIT(PARTS) "{\"line\":\"2603-0001-01\",\"day\":\"2026-03-05\",\"sequence\":0,\"parts\":" PARTS "}"

/* EVENTS "Lines, parts": a large line goes to the floor in batches with numbers of their own; quantities add up, money
 * stays with the line that was ordered, and nobody signs twice. server/books/batch.c */
static void a_large_line_is_split_at_release(void **state)
{
    (void)state;
    confirmed_make();
    act_do_as("sheet.make", "liu", LINE, 200);
    refused("sheet.split", "liu", SPLIT("[1,1]"), 400, "review.missing");
    sign_all("1");
    refused("sheet.split", "chen", SPLIT("[1,1]"), 403, "act.rights");
    refused("sheet.split", "liu", SPLIT("[2]"), 400, "batch.parts");
    refused("sheet.split", "liu", SPLIT("[2,0]"), 400, "batch.empty");
    refused("sheet.split", "liu", SPLIT("[2,1]"), 400, "batch.sum");
    refused("sheet.split", "liu", SPLIT("[1,\"1\"]"), 400, "batch.empty");
    assert_string_equal(rows("SELECT line FROM line"), "2603000101"); /* a refusal leaves nothing behind */
    assert_non_null(
        strstr(act_do_as("sheet.split", "liu", SPLIT("[1,1]"), 200), "[\"2603-0001-01\",\"2603-0001-02\"]"));
    assert_string_equal(rows("SELECT line, quantity, rev FROM line ORDER BY line"), "2603000101|1|1\n2603000102|1|1");
    assert_string_equal(rows("SELECT line, of_line, place, of_all FROM batch ORDER BY line"),
                        "2603000101|2603000101|1|2\n2603000102|2603000101|2|2");
    assert_string_equal(rows("SELECT line, amount_fen FROM spec"), "2603000101|184000");
    assert_string_equal(rows("SELECT line, op, planned FROM sheet_op WHERE op = 10 ORDER BY line"),
                        "2603000101|10|1\n2603000102|10|1");
    assert_string_equal(rows("SELECT line, sequence FROM plan ORDER BY line"), "2603000101|1\n2603000102|2");
    assert_string_equal(rows("SELECT COUNT(*) FROM review WHERE signed_by != '' GROUP BY line"), "5\n5");
    assert_non_null(strstr(rows("SELECT fields FROM draft WHERE line = 2603000102"), "\"quantity\":\"1\""));
    assert_non_null(
        strstr(rows("SELECT value FROM feed WHERE topic = 'sheet' AND key = '2603-0001-02'"), "\"quantity\":1"));
    refused("sheet.split", "liu", SPLIT("[1,1]"), 404, "draft.absent");
}

/* [R16a] server/books/release.c: no production order before the deposit has arrived or a guarantor stands in. */
static void a_sheet_waits_for_its_deposit(void **state)
{
    (void)state;
#define RELEASE "{\"line\":\"2603-0001-01\",\"day\":\"2026-03-05\",\"sequence\":0}"
    confirmed_make();
    act_do("setting", "{\"name\":\"deposit_percent\",\"value\":30}");
    act_do("user.add", "{\"name\":\"sun\",\"full\":\"\",\"roles\":\"finance\"}");
    act_do_as("sheet.make", "liu", LINE, 200);
    sign_all("1");
    refused("sheet.release", "liu", RELEASE, 409, "gate.deposit\",{\"fen\":55200},{\"fen\":55200}");
    act_do_as("money.announce", "chen",
              "{\"day\":\"2026-03-04\",\"sum\":\"551.99\",\"method\":\"wechat\",\"payer\":\"张丽\","
              "\"parts\":[{\"order\":\"2603-0001\",\"sum\":\"551.99\"}]}",
              200);
    refused("sheet.release", "liu", RELEASE, 409, "gate.deposit\",{\"fen\":55200}"); /* announced is not arrived */
    act_do_as("money.confirm", "sun", "{\"transfer\":1,\"day\":\"2026-03-04\",\"sum\":\"551.99\"}", 200);
    refused("sheet.release", "liu", RELEASE, 409, "gate.deposit\",{\"fen\":1}"); /* a fen short */
    act_do_as("guarantor.save", "sun",
              "{\"guarantor\":0,\"name\":\"赵德明\",\"phone\":\"13800000000\",\"limit\":\"100\",\"signed\":"
              "\"2026-03-01\",\"until\":\"2026-03-04\",\"files\":[{\"hash\":\"" HASH "\",\"name\":\"担保书.pdf\"}]}",
              200);
    act_do_as("guarantor.cover", "sun", "{\"guarantor\":1,\"order\":\"2603-0001\",\"sum\":\"0.01\"}", 200);
    act_do_as("sheet.release", "liu", RELEASE, 200);
}

/* [R3] A change begins with a stop; the next revision is quoted, made and signed again, the one before is void. */
#define PLANNED "{\"line\":\"2603-0001-01\",\"day\":\"2026-03-05\",\"sequence\":0}"

static void the_next_revision_is_signed_again(void **state)
{
    (void)state;
    confirmed_make();
    act_do_as("sheet.make", "liu", LINE, 200);
    sign_all("1");
    act_do_as("sheet.release", "liu", "{\"line\":\"2603-0001-01\",\"day\":\"2026-03-05\",\"sequence\":0}", 200);
    refused("change.open", "chen", "{\"line\":\"2603-0001-01\",\"wants\":\"墙厚 240\"}", 409, "change.unstopped");
    act_do("stop", "{\"what\":\"2603-0001-01\",\"why\":\"改高\"}");
    refused("sheet.make", "liu", LINE, 409, "draft.signed");
    act_do_as("change.open", "chen", "{\"line\":\"2603-0001-01\",\"wants\":\"墙厚 240\"}", 200);
    refused("lift", "liu", "{\"what\":\"2603-0001-01\"}", 409, "lift.change");
    act_do_as("line.change", "chen", "{\"line\":\"2603-0001-01\",\"base\":1," FIELDS("240", PRICE) "}", 200);
    assert_string_equal(rows("SELECT size, rev FROM line"), "门洞 900×2100 墙厚180|1"); /* the floor's sheet stands */
    refused("sheet.make", "liu", LINE, 400, "quote.changed");
    act_do_as("quote.make", "he", ORDER, 200);
    act_do_as("quote.confirm", "chen", CONFIRM("2", "2026-03-04"), 200);
    act_do_as("sheet.make", "liu", LINE, 200);
    assert_string_equal(rows("SELECT rev, released_ms FROM draft"), "2|-");
    refused("sheet.release", "liu", PLANNED, 409, "change.unconfirmed");
    sign_all("3");
    refused("sheet.release", "liu", PLANNED, 409, "change.unconfirmed");
    act_do_as(
        "change.save", "chen",
        "{\"change\":1,\"base\":1,\"wants\":\"墙厚 240\",\"confirmed_day\":\"2026-03-04\",\"confirmed_by\":\"张丽\"}",
        200);
    refused("sheet.release", "liu", PLANNED, 409, "change.copies");
    act_do_as("copy.lost", "liu", "{\"line\":\"2603-0001-01\",\"rev\":1,\"copy\":1,\"who\":\"王建军\",\"why\":\"\"}",
              200);
    act_do_as("sheet.release", "liu", PLANNED, 200);
    assert_string_equal(rows("SELECT state, new_rev, closed_by FROM change"), "1|2|liu");
    assert_string_equal(rows("SELECT size, rev FROM line"), "门洞 900×2100 墙厚240|2");
    assert_non_null(strstr(rows("SELECT value FROM feed WHERE topic = 'sheet'"), "\"void\":[1]"));
}

static struct line_ref ref_of(const char *line)
{
    struct line_ref ref;
    assert_true(line_ref_read(line, &ref));
    return ref;
}

/* A line that isn't the ordered one goes through a change: stopped, opened, confirmed, its paper lost by name. */
static void changed_to(const char *line, int change, int copies)
{
    char body[300];
    snprintf(body, sizeof body, "{\"what\":\"%s\",\"why\":\"改\"}", line);
    act_do("stop", body);
    snprintf(body, sizeof body, "{\"line\":\"%s\",\"wants\":\"换色\"}", line);
    act_do_as("change.open", "chen", body, 200);
    snprintf(body, sizeof body,
             "{\"change\":%d,\"wants\":\"换色\",\"confirmed_day\":\"2026-03-04\",\"confirmed_by\":\"张丽\"}", change);
    act_do_as("change.save", "chen", body, 200);
    for (int copy = 1; copy <= copies; copy++) {
        snprintf(body, sizeof body, "{\"line\":\"%s\",\"rev\":1,\"copy\":%d,\"who\":\"王\",\"why\":\"\"}", line, copy);
        act_do("copy.lost", body);
    }
    snprintf(body, sizeof body, "{\"line\":\"%s\"}", line);
    act_do_as("sheet.make", "liu", body, 200);
}

static void signed_and_released(const char *line)
{
    char body[500], sql[100];
    snprintf(sql, sizeof sql, "SELECT version FROM draft WHERE line = %" PRId64, line_ref_key(ref_of(line)));
    int version = (int)strtol(rows(sql), NULL, 10);
    snprintf(body, sizeof body, "{\"line\":\"%s\",\"kind\":\"taker\",\"version\":%d," TICKS "}", line, version);
    act_do_as("sheet.sign", "chen", body, 200);
    snprintf(body, sizeof body, "{\"line\":\"%s\",\"day\":\"2026-03-05\",\"sequence\":0}", line);
    act_do_as("sheet.release", "liu", body, 200);
}

/* [R3] [R10] server/books/twin.c: a batch's next revision is made from the quote of the line that was ordered, with its own doors;
 * what differs is explained, signed again, and released. */
static void a_batch_is_changed(void **state)
{
    (void)state;
    confirmed_make();
    act_do_as("sheet.make", "liu", LINE, 200);
    sign_all("1");
    act_do_as("sheet.split", "liu", SPLIT("[1,1]"), 200);
    act_do("setting", "{\"name\":\"review_kinds\",\"value\":\"taker\"}");
    changed_to("2603-0001-02", 1, 1);
    assert_non_null(strstr(rows("SELECT fields FROM draft WHERE line = 2603000102"), "\"quantity\":\"1\""));
    assert_string_equal(rows("SELECT rev, quote_n, quoted = fields FROM draft WHERE line = 2603000102"), "2|1|1");
    act_do_as("sheet.edit", "liu", "{\"line\":\"2603-0001-02\"," FIELDS("180", "") "}", 200);
    assert_non_null(strstr(rows("SELECT fields FROM draft WHERE line = 2603000102"), "\"quantity\":\"2\""));
    refused("sheet.sign", "chen", "{\"line\":\"2603-0001-02\",\"kind\":\"taker\",\"version\":3," TICKS "}", 400,
            "draft.unexplained\",\"数量\",\"1\",\"2\"");
    act_do_as("sheet.explain", "liu", "{\"line\":\"2603-0001-02\",\"field\":\"quantity\",\"why\":\"客户加一樘\"}", 200);
    signed_and_released("2603-0001-02");
    assert_string_equal(rows("SELECT line, quantity, rev FROM line ORDER BY line"), "2603000101|1|1\n2603000102|2|2");
    changed_to("2603-0001-01", 2, 1); /* the first batch has the ordered line's number, and not its doors */
    assert_non_null(strstr(rows("SELECT fields FROM draft WHERE line = 2603000101"), "\"quantity\":\"1\""));
    signed_and_released("2603-0001-01");
    assert_string_equal(rows("SELECT line, quantity, rev FROM line ORDER BY line"), "2603000101|1|2\n2603000102|2|2");
}

/* A released line, whose next revisions its taker alone signs. */
static void planned_make(void)
{
    confirmed_make();
    act_do_as("sheet.make", "liu", LINE, 200);
    sign_all("1");
    act_do_as("sheet.release", "liu", PLANNED, 200);
    act_do("setting", "{\"name\":\"review_kinds\",\"value\":\"taker\"}");
}

/* [R3] [R14] server/books/twin.c: so is a remake's, which keeps its doors, its mark, its place in a hurry, and where it began. */
static void a_remake_is_changed(void **state)
{
    (void)state;
    planned_make();
    act_do("remake.open", "{\"line\":\"2603-0001-01\",\"pieces\":1,\"op\":20,\"cause\":\"焊穿\"}");
    const char *before = rows("SELECT op FROM sheet_op WHERE line = 2603000199 AND rev = 1 ORDER BY op");
    char        ops[100], remarks[200];
    snprintf(ops, sizeof ops, "%s", before);
    snprintf(remarks, sizeof remarks, "%s", rows("SELECT remarks FROM line WHERE line = 2603000199"));
    changed_to("2603-0001-99", 1, 1);
    assert_string_equal(rows("SELECT rev, quote_n, quoted = fields FROM draft WHERE line = 2603000199"), "2|1|1");
    signed_and_released("2603-0001-99");
    assert_string_equal(rows("SELECT quantity, rush, rev FROM line WHERE line = 2603000199"), "1|1|2");
    assert_string_equal(rows("SELECT remarks FROM line WHERE line = 2603000199"), remarks);
    assert_string_equal(rows("SELECT op FROM sheet_op WHERE line = 2603000199 AND rev = 2 ORDER BY op"), ops);
}

static void explained(const char *field)
{
    char body[200];
    snprintf(body, sizeof body, "{\"line\":\"2603-0001-01\",\"field\":\"%s\",\"why\":\"客户改\"}", field);
    act_do_as("sheet.explain", "liu", body, 200);
}

/* [R3] server/ask/print.c: the new paper marks each column that differs from the revision before. */
static void papers_mark_what_changed(void **state)
{
    (void)state;
    planned_make();
    changed_to("2603-0001-01", 1, 1);
    act_do_as("sheet.edit", "liu",
              "{\"line\":\"2603-0001-01\"," FIELDS("200", ",\"architrave\":\"双包套\",\"architrave_mm\":\"70\"") "}",
              200);
    explained("wall");
    explained("architrave");
    explained("architrave_mm");
    signed_and_released("2603-0001-01");
    struct print_want want = {.line = 2603000101, .now_ms = NOW, .offset_min = 480, .lang = LANG_ZH};
    struct print_made made;
    struct db        *db = books_look("books.db");
    good(print_read(db, &want, &made, &err));
    db_close(db);
    const char *said = buf_text(&made.sheets);
    assert_int_equal(made.rev, 2);
    assert_non_null(strstr(said, "\"changed\":\"wall architrave\""));
    assert_non_null(strstr(said, "\"architrave\":\"双包套 70\""));
    buf_free(&made.sheets);
}

#define TEST(rows, function) rows_add(rows, #function, function, NULL)

int main(int argc, char **argv)
{
    static struct rows all;
    TEST(&all, a_quote_is_confirmed_in_writing);
    TEST(&all, a_night_has_two_dates);
    TEST(&all, questions_come_first);
    TEST(&all, no_price_no_quote);
    TEST(&all, what_is_foreign_keeps_the_quote_back);
    TEST(&all, differences_are_explained);
    TEST(&all, signatures_cover_the_content);
    TEST(&all, claims_and_deputies);
    TEST(&all, released_by_plan);
    TEST(&all, a_large_line_is_split_at_release);
    TEST(&all, a_batch_is_changed);
    TEST(&all, a_remake_is_changed);
    TEST(&all, papers_mark_what_changed);
    TEST(&all, a_sheet_waits_for_its_deposit);
    TEST(&all, the_next_revision_is_signed_again);
    rows_around(&all, 0, factory_make, factory_end);
    return rows_run(&all, argc, argv);
}
