/* shop_test.c - masters of the shop as the office saves them: versions, what is retired instead of deleted, users and their
 * sessions.
 * links: server_books server_judge core */
#include "tests/unit/books.h"

static const char *refused(const char *act, const char *body, int status, const char *id)
{
    char        wanted[64];
    const char *answer = act_do_as(act, "console", body, status);
    snprintf(wanted, sizeof wanted, "\"say\":[\"%s\"", id);
    if (strstr(answer, wanted) == NULL) print_error("wanted %s: %s\n", id, answer);
    assert_non_null(strstr(answer, wanted));
    return answer;
}

/* ---- [R38] server/books/record.c: a form of each kind: made, changed, refused to the second editor */

struct kind_row {
    const char *name, *act, *made, *changed, *select, *want;
};
/* clang-format off */
static const struct kind_row KINDS[] = {
    {"operation", "operation.save", "{\"code\":\"x\",\"base\":0,\"name_zh\":\"新\",\"part\":\"door\"}",
     "{\"code\":\"x\",\"base\":1,\"name_zh\":\"新的\",\"name_en\":\"New\",\"part\":\"leaf\"}",
     "SELECT name_zh, name_en, part, is_off, version FROM operation WHERE code = 'x'", "新的|New|leaf|0|2"},
    {"station", "station.save", "{\"station\":\"x\",\"base\":0,\"name_zh\":\"新\",\"operations\":\"cut\"}",
     "{\"station\":\"x\",\"base\":1,\"name_zh\":\"新\",\"operations\":\"cut weld\",\"off\":true}",
     "SELECT ops, is_off, version FROM station WHERE id = 'x'", "cut weld|1|2"},
    {"reason", "reason.save", "{\"number\":\"７\",\"base\":0,\"name_zh\":\"划伤\"}",
     "{\"number\":7,\"base\":1,\"name_zh\":\"划伤\",\"name_en\":\"Scratch\"}",
     "SELECT name_zh, name_en, version FROM reason WHERE number = 7", "划伤|Scratch|2"},
    {"crew", "crew.save", "{\"crew\":\"x\",\"base\":0,\"name\":\"一组\"}", "{\"crew\":\"x\",\"base\":1,\"name\":\"二组\",\"off\":\"是\"}",
     "SELECT name, is_off, version FROM crew WHERE id = 'x'", "二组|1|2"},
    {"worker", "worker.save", "{\"number\":9,\"base\":0,\"name\":\"龙䶮\"}", "{\"number\":9,\"base\":1,\"name\":\"龙䶮\",\"role\":\"supervisor\",\"lang\":\"en\"}",
     "SELECT name, role, lang, version FROM worker WHERE number = 9", "龙䶮|supervisor|en|2"},
    {"routing", "routing.save", "{\"family\":\"steel\",\"op\":30,\"base\":0,\"operation\":\"cut\"}",
     "{\"family\":\"steel\",\"op\":30,\"base\":1,\"operation\":\"weld\",\"per_door\":2,\"days\":4}",
     "SELECT r.code, r.per_door, d.days, r.version FROM routing AS r JOIN routing_due AS d ON d.family = r.family AND d.op = r.op"
     " WHERE r.op = 30", "weld|2|4|2"},
    {"rate", "rate.save", "{\"operation\":\"cut\",\"from\":\"2026-05-01\",\"base\":0,\"rate\":\"0.75\"}",
     "{\"operation\":\"cut\",\"from\":\"2026-05-01\",\"base\":1,\"rate\":\"0.8\",\"rework\":\"0.1\"}",
     "SELECT rate_cfen, rework_rate_cfen, version FROM rate WHERE code = 'cut' AND from_day = 20574", "8000|1000|2"},
};
/* clang-format on */

static void a_form_is_saved_upon_its_version(void **state)
{
    const struct kind_row *row = *state;
    factory_import();
    act_do(row->act, row->made);
    refused(row->act, row->made, 409, "books.conflict"); /* a second editor who makes the same anew */
    act_do(row->act, row->changed);
    assert_string_equal(rows(row->select), row->want);
    refused(row->act, row->changed, 409, "books.conflict"); /* and one who saw the version before */
    assert_string_equal(rows(row->select), row->want);
}

/* ---- What can't be */

struct bad_row {
    const char *name, *act, *body, *field, *id;
};
/* clang-format off */
static const struct bad_row BAD[] = {
    {"no code",          "operation.save", "{\"name_zh\":\"x\",\"part\":\"leaf\"}", "code", "import.empty"},
    {"no such part",     "operation.save", "{\"code\":\"x\",\"name_zh\":\"x\",\"part\":\"roof\"}", "part", "master.part"},
    {"a formula",        "operation.save", "{\"code\":\"x\",\"name_zh\":\"=1+1\",\"part\":\"leaf\"}", "name_zh", "import.formula"},
    {"off maybe",        "crew.save",      "{\"crew\":\"x\",\"name\":\"x\",\"off\":\"maybe\"}", "off", "import.bool"},
    {"unknown work",     "station.save",   "{\"station\":\"x\",\"name_zh\":\"x\",\"operations\":\"cut fly\"}", "operations", "master.operation"},
    {"reason 1000",      "reason.save",    "{\"number\":1000,\"name_zh\":\"x\"}", "number", "import.number"},
    {"unknown crew",     "worker.save",    "{\"number\":9,\"name\":\"x\",\"crew\":\"none\"}", "crew", "master.crew"},
    {"unknown role",     "worker.save",    "{\"number\":9,\"name\":\"x\",\"role\":\"boss\"}", "role", "worker.role"},
    {"badge of another", "worker.save",    "{\"number\":9,\"name\":\"x\",\"badge\":\"000000000000001\"}", "badge", "badge.taken"},
    {"no doors",         "routing.save",   "{\"family\":\"steel\",\"op\":30,\"operation\":\"cut\",\"per_door\":0}", "per_door", "import.number"},
    {"rate below zero",  "rate.save",      "{\"operation\":\"cut\",\"from\":\"2026-05-01\",\"rate\":\"-1\"}", "rate", "money.minus"},
    {"no such day",      "rate.save",      "{\"operation\":\"cut\",\"from\":\"2026-02-30\",\"rate\":\"1\"}", "from", "import.day"},
};
/* clang-format on */

static void bad_is_named(void **state)
{
    const struct bad_row *row = *state;
    char                  wanted[96];
    factory_import();
    char       *audit = strdup(rows("SELECT COUNT(*) FROM audit"));
    const char *answer = act_do_as(row->act, "console", row->body, strcmp(row->id, "badge.taken") == 0 ? 409 : 400);
    snprintf(wanted, sizeof wanted, "{\"field\":\"%s\",\"say\":[\"%s\"", row->field, row->id);
    if (strstr(answer, wanted) == NULL) print_error("wanted %s: %s\n", wanted, answer);
    assert_non_null(strstr(answer, wanted));
    assert_string_equal(rows("SELECT COUNT(*) FROM audit"), audit);
    free(audit);
}

/* ---- [R1] server/books/shop.c: retired, never deleted */

static void what_is_needed_is_not_retired(void **state)
{
    (void)state;
    factory_import();
    const char *cut =
        "{\"code\":\"cut\",\"base\":1,\"name_zh\":\"下料\",\"name_en\":\"Cutting\",\"part\":\"leaf\",\"off\":true}";
    refused("operation.save", cut, 409, "shop.in_routing");
    act_do("routing.save", "{\"family\":\"steel\",\"op\":10,\"base\":1,\"operation\":\"cut\",\"off\":true}");
    refused("operation.save", cut, 409, "shop.at_station");
    act_do("station.save", "{\"station\":\"cut\",\"base\":1,\"name_zh\":\"下料\",\"operations\":\"cut\",\"off\":true}");
    act_do("operation.save", cut);
    act_do("crew.save", "{\"crew\":\"a\",\"base\":0,\"name\":\"一组\"}");
    act_do("worker.save", "{\"number\":1,\"base\":1,\"name\":\"李明\",\"crew\":\"a\"}");
    refused("crew.save", "{\"crew\":\"a\",\"base\":1,\"name\":\"一组\",\"off\":true}", 409, "shop.has_worker");
    act_do("worker.left", "{\"worker\":1,\"day\":\"2026-03-01\",\"base\":2}");
    act_do("crew.save", "{\"crew\":\"a\",\"base\":1,\"name\":\"一组\",\"off\":true}");
    assert_string_equal(rows("SELECT value FROM feed WHERE topic = 'crew' AND key = 'a'"), "");
}

/* A station that was a dock is one no more once its form says so; a table that leaves the kind out leaves it as it is. */
static void a_dock_is_one_no_more(void **state)
{
    (void)state;
    factory_import();
    act_do("station.save",
           "{\"station\":\"gate\",\"base\":0,\"name_zh\":\"发货口\",\"operations\":\"\",\"kind\":\"dock\"}");
    act_do("import", "{\"kind\":\"stations\",\"columns\":[\"id\",\"name_zh\",\"operations\"],\"rows\":[[2,\"gate\","
                     "\"发货口\",\"cut\"]]}");
    assert_string_equal(rows("SELECT ops, kind FROM station WHERE id = 'gate'"), "cut|dock");
    act_do("station.save",
           "{\"station\":\"gate\",\"base\":2,\"name_zh\":\"发货口\",\"operations\":\"cut\",\"kind\":\"\"}");
    assert_string_equal(rows("SELECT ops, kind FROM station WHERE id = 'gate'"), "cut|");
    refused("station.save", "{\"station\":\"gate\",\"name_zh\":\"发货口\",\"operations\":\"\",\"kind\":\"\"}", 400,
            "master.station_ops");
}

/* [R17] server/books/sheet.c: a retired step stands on sheets that were signed and on none that are made later; the file that doesn't speak of it
 * leaves it retired. */
static void a_retired_step_is_of_no_new_sheet(void **state)
{
    (void)state;
    factory_import();
    act_do("routing.save",
           "{\"family\":\"steel\",\"op\":20,\"base\":1,\"operation\":\"weld\",\"per_door\":2,\"off\":true}");
    act_do("import", "{\"kind\":\"routings\",\"columns\":[\"family\",\"op\",\"operation\",\"per_door\"],\"rows\":["
                     "[2,\"steel\",\"20\",\"weld\",\"2\"]]}");
    act_do("import",
           "{\"kind\":\"orders\",\"columns\":[\"order\",\"line\",\"customer\",\"product\",\"family\",\"quantity\","
           "\"due\"],\"rows\":[[2,\"2603-0009\",\"1\",\"东门\",\"钢门\",\"steel\",\"1\",\"2026-03-20\"]]}");
    assert_string_equal(rows("SELECT line, op FROM sheet_op WHERE line IN (2603000101, 2603000901) ORDER BY line, op"),
                        "2603000101|10\n2603000101|20\n2603000901|10");
    act_do("reason.save", "{\"number\":7,\"base\":0,\"name_zh\":\"划伤\"}");
    act_do("reason.save", "{\"number\":7,\"base\":1,\"name_zh\":\"划伤\",\"off\":true}");
    assert_string_equal(rows("SELECT value FROM feed WHERE topic = 'reason' AND key = '7'"),
                        ""); /* offered to nobody */
}

/* ---- Users */

#define HASH_A "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\""
#define HASH_B "\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\""

static void user_with_password(const char *name, const char *roles, const char *hash)
{
    char body[512];
    snprintf(body, sizeof body, "{\"name\":\"%s\",\"full\":\"\",\"roles\":\"%s\",\"base\":0}", name, roles);
    act_do("user.add", body);
    snprintf(body, sizeof body, "{\"user\":\"%s\",\"hash\":%s,\"until_ms\":9000000000000}", name, hash);
    act_do("user.link", body);
    snprintf(body, sizeof body, "{\"link\":%s,\"password\":\"kept\"}", hash);
    act_do("user.password", body);
}

/* The office can't lock itself out: somebody stays who can let people in. */
static void the_last_administrator_stays(void **state)
{
    (void)state;
    user_with_password("chen", "administrator payroll", HASH_A);
    refused("user.off", "{\"name\":\"chen\",\"off\":true}", 409, "user.last");
    refused("user.add", "{\"name\":\"chen\",\"full\":\"\",\"roles\":\"payroll\"}", 409, "user.last");
    act_do("user.add", "{\"name\":\"liu\",\"full\":\"\",\"roles\":\"administrator\",\"base\":0}");
    refused("user.off", "{\"name\":\"chen\",\"off\":true}", 409, "user.last"); /* he has no password yet */
    act_do("user.add", "{\"name\":\"chen\",\"full\":\"陈\",\"roles\":\"administrator shipping qc\"}");
    user_with_password("wang", "desk administrator", HASH_B);
    act_do("user.off", "{\"name\":\"chen\",\"off\":true}");
    refused("user.off", "{\"name\":\"wang\",\"off\":true}", 409, "user.last");
    act_do("user.off", "{\"name\":\"chen\",\"off\":false}");
    act_do("user.add", "{\"name\":\"wang\",\"full\":\"\",\"roles\":\"desk\"}");
}

static void a_session_is_revoked(void **state)
{
    (void)state;
    user_with_password("chen", "administrator", HASH_A);
    act_do("session.open",
           "{\"user\":\"chen\",\"hash\":" HASH_A ",\"csrf\":\"c\",\"until_ms\":9000000000000,\"peer\":\"10.0.0.7\"}");
    act_do("session.open", "{\"user\":\"chen\",\"hash\":" HASH_B ",\"csrf\":\"c\",\"until_ms\":9000000000000}");
    act_do("session.revoke", "{\"session\":" HASH_A "}");
    assert_string_equal(
        rows("SELECT peer, CASE WHEN until_ms > 1772600400000 THEN 1 ELSE 0 END FROM session ORDER BY token"),
        "10.0.0.7|0\n|1");
    refused("session.revoke", "{\"session\":" HASH_A "}", 404, "session.over");
    refused("session.revoke", "{\"session\":\"x\"}", 400, "act.hash");
}

#define TEST(rows, function) rows_add(rows, #function, function, NULL)

int main(int argc, char **argv)
{
    static struct rows all;
    ROWS_ADD(&all, a_form_is_saved_upon_its_version, KINDS);
    ROWS_ADD(&all, bad_is_named, BAD);
    TEST(&all, what_is_needed_is_not_retired);
    TEST(&all, a_dock_is_one_no_more);
    TEST(&all, a_retired_step_is_of_no_new_sheet);
    TEST(&all, the_last_administrator_stays);
    TEST(&all, a_session_is_revoked);
    rows_around(&all, 0, factory_make, factory_end);
    return rows_run(&all, argc, argv);
}
