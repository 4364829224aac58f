/* import_test.c - tables of the office: what is taken, what is refused by which sentence, and that it is all or nothing.
 * links: server_books server_judge core */
#include "core/csv.h"
#include "core/utf8.h"
#include "tests/unit/books.h"

/* ---- Bad fields: each row is a whole file; wanted: line, column and reason of the first bad field. */

struct bad {
    const char *name, *kind, *file, *wanted;
};

/* clang-format off */
static const struct bad BAD[] = {
    {"unknown column",         "crews",      "id,nom\na,b\n",          "1 nom import.column"},
    {"missing column",         "crews",      "id\na\n",                "1 name import.column_missing"},
    {"column twice",           "crews",      "id,name,班组\na,b,c\n",  "1 班组 import.column_twice"},
    {"unnamed column",         "crews",      "id,name,,x\na,b,c,\n",   "1 x import.column"},
    {"text without a column",  "crews",      "id,name,\na,b,c\n",      "2  import.fields"},
    {"empty field",            "crews",      "id,name\na,b\nc,\n",     "3 name import.empty"},
    {"blank field",            "crews",      "id,name\na,　 \n",       "2 name import.empty"},
    {"missing at the end",     "crews",      "id,name\na\n",           "2 name import.empty"},
    {"space in a code",        "crews",      "id,name\na b,c\n",       "2 id import.id"},
    {"sign in a code",         "crews",      "id,name\na/b,c\n",       "2 id import.id"},
    {"long code",              "crews",      "id,name\naaaaaaaaaaaaaaaaaaaaaaaa,c\n", "2 id import.long"},
    {"formula",                "crews",      "id,name\na,=1+1\n",      "2 name import.formula"},
    {"formula by plus",        "crews",      "id,name\na,+86 139\n",   "2 name import.formula"},
    {"formula by minus",       "crews",      "id,name\na,-x\n",        "2 name import.formula"},
    {"formula by at",          "crews",      "id,name\na,@SUM(A1)\n",  "2 name import.formula"},
    {"formula in a code",      "crews",      "id,name\n=a,x\n",        "2 id import.formula"},
    {"mistake of a formula",   "crews",      "id,name\na,#N/A\n",      "2 name import.error"},
    {"line break",             "crews",      "id,name\na,\"b\nc\"\n",  "2 name import.control"},
    {"bell",                   "crews",      "id,name\na,b\ac\n",      "2 name import.control"},
    {"line is the editor's",   "crews",      "id,name\na,b\n\n\nc,=x\n", "5 name import.formula"},
    {"part",                   "operations", "code,name_zh,part\nx,y,roof\n", "2 part master.part"},
    {"station of unknown work", "stations",   "id,name_zh,operations\nx,y,cut paint\n",
     "2 operations master.operation"},
    {"number zero",            "reasons",    "number,name_zh\n0,x\n",  "2 number import.number"},
    {"number below zero",      "reasons",    "number,name_zh\n-1,x\n", "2 number import.number"},
    {"number huge",            "reasons",    "number,name_zh\n99999999999999999999,x\n", "2 number import.number"},
    {"number with a fraction", "reasons",    "number,name_zh\n1.5,x\n", "2 number import.number"},
    {"no number",              "reasons",    "number,name_zh\n1x,x\n", "2 number import.number"},
    {"hexadecimal",            "reasons",    "number,name_zh\n0x10,x\n", "2 number import.number"},
    {"role",                   "workers",    "number,name,role\n9,x,boss\n", "2 role worker.role"},
    {"lang",                   "workers",    "number,name,lang\n9,x,fr\n", "2 lang worker.lang"},
    {"crew",                   "workers",    "number,name,crew\n9,x,nobody\n", "2 crew master.crew"},
    {"sign",                   "workers",    "number,name,sign\n9,x,12\n", "2 sign import.number"},
    {"badge shortened",        "workers",    "number,name,badge\n9,x,1.23457E+14\n", "2 badge import.shortened"},
    {"badge too short",        "workers",    "number,name,badge\n9,x,12345\n", "2 badge import.badge"},
    {"badge of zeros",         "workers",    "number,name,badge\n9,x,000000000000000\n", "2 badge import.badge"},
    {"badge with wrong check", "workers",    "number,name,badge\n9,x,300000000000000101\n", "2 badge code.check"},
    {"badge of another",       "workers",    "number,name,badge\n9,x,000000000000001\n", "2 badge badge.taken"},
    {"badge of another in the file", "workers",    "number,name,badge\n8,x,000000000000055\n9,y,000000000000055\n",
     "3 badge badge.taken"},
    {"routing of unknown work", "routings",   "family,op,operation\nsteel,30,paint\n", "2 operation master.operation"},
    {"rate below zero",        "rates",      "operation,from,rate\ncut,2026-01-01,-1\n", "2 rate money.minus"},
    {"rate of five decimals",  "rates",      "operation,from,rate\ncut,2026-01-01,0.12345\n", "2 rate money.decimals"},
    {"rate with comma",        "rates",      "operation;from;rate\ncut;2026-01-01;1,5\n", "2 rate money.form"},
    {"no such day",            "rates",      "operation,from,rate\ncut,2026-02-30,1\n", "2 from import.day"},
    {"day of the month first", "rates",      "operation,from,rate\ncut,01/02/2026,1\n", "2 from import.day"},
    {"day with a time",        "rates",      "operation,from,rate\ncut,2026-01-01 08:00,1\n", "2 from import.day"},
    {"mixed signs in a day",   "rates",      "operation,from,rate\ncut,2026-01/01,1\n", "2 from import.day"},
    {"order number",           "orders",
     "order,line,customer,product,family,quantity,due\n301,1,a,b,steel,1,2026-03-20\n", "2 order import.order"},
    {"order number with its line", "orders",
     "order,line,customer,product,family,quantity,due\n2603-0009-01,1,a,b,steel,1,2026-03-20\n",
     "2 order import.order"},
    {"month 13",               "orders",
     "order,line,customer,product,family,quantity,due\n2613-0009,1,a,b,steel,1,2026-03-20\n", "2 order import.order"},
    {"quantity zero",          "orders",
     "order,line,customer,product,family,quantity,due\n2603-0009,1,a,b,steel,0,2026-03-20\n",
     "2 quantity import.number"},
    {"line 100",               "orders",
     "order,line,customer,product,family,quantity,due\n2603-0009,100,a,b,steel,1,2026-03-20\n", "2 line import.number"},
    {"two customers",          "orders",
     "order,line,customer,product,family,quantity,due\n2603-0009,1,a,b,steel,1,2026-03-20\n"
     "2603-0009,2,c,b,steel,1,2026-03-20\n", "3 customer order.customer"},
    {"no routing",             "orders",
     "order,line,customer,product,family,quantity,due\n2603-0009,1,a,b,wood,1,2026-03-20\n", "2 family order.routing"},
    {"rush maybe",             "orders",
     "order,line,customer,product,family,quantity,due,rush\n2603-0009,1,a,b,steel,1,2026-03-20,maybe\n",
     "2 rush import.bool"},
    {"signed already",         "orders",
     "order,line,customer,product,family,quantity,due\n2603-0001,1,东门,钢门,steel,11,2026-03-20\n",
     "2 order order.signed"},
    {"twice in a file, differing", "orders",
     "order,line,customer,product,family,quantity,due\n2603-0009,1,a,b,steel,1,2026-03-20\n"
     "2603-0009,1,a,b,steel,2,2026-03-20\n", "3 order order.signed"},
    {"setting unknown",        "settings",   "name,value\nvolume,11\n", "2 value master.setting"},
    {"setting out of range",   "settings",   "name,value\noffset_min,5000\n", "2 value books.day_rule"},
    {"shifts out of order",    "settings",   "name,value\nshifts,\"[[\"\"b\"\",900,1000],[\"\"a\"\",100,200]]\"\n",
     "2 value books.day_rule"},
    {"sign-out a word",        "settings",   "name,value\nsign_out,\"\"\"never\"\"\"\n", "2 value master.sign_out"},
    {"sign-out of a station",  "settings",   "name,value\nsign_out,\"{\"\"weld\"\":-1}\"\n", "2 value master.sign_out"},
    {"sign-out for ever",      "settings",   "name,value\nsign_out,86401\n", "2 value master.sign_out"},
    {"rows to touch, a word",  "settings",   "name,value\ntouch_rows,\"\"\"yes\"\"\"\n", "2 value master.touch_rows"},
    {"openings, no list",      "settings",   "name,value\nopening_ops,\"\"\"hinge\"\"\"\n", "2 value master.opening_ops"},
    {"openings, numbers",      "settings",   "name,value\nopening_ops,[1]\n", "2 value master.opening_ops"},
    {"shown without half a character", "reasons", "number,name_zh\na一二三四五六七八九十一二三四五六七八九十一,x\n",
     "2 number import.long"},
    {"setting no JSON",        "settings",   "name,value\nshifts,[[\n", "2 value json.broken"},
};
/* clang-format on */

static const char *import_file(const char *kind, const char *file, size_t len, bool is_dry, int status)
{
    struct buf body = {0};
    good(csv_import(kind, file, len, is_dry, &body, &err));
    const char *answer = act_do_as("import", "console", buf_text(&body), status);
    buf_free(&body);
    return answer;
}

/* Everything that an import could have changed. */
static void state_hash(char text[HASH_TEXT])
{
    static const char *const TABLES[] = {"SELECT * FROM crew ORDER BY id",
                                         "SELECT * FROM operation ORDER BY code",
                                         "SELECT * FROM station ORDER BY id",
                                         "SELECT * FROM reason ORDER BY number",
                                         "SELECT number, name, crew FROM worker ORDER BY number",
                                         "SELECT * FROM badge ORDER BY badge",
                                         "SELECT * FROM routing ORDER BY family, op",
                                         "SELECT * FROM rate ORDER BY code, family, from_day",
                                         "SELECT * FROM orders ORDER BY id",
                                         "SELECT * FROM line ORDER BY line",
                                         "SELECT * FROM sheet ORDER BY line",
                                         "SELECT * FROM setting ORDER BY name",
                                         "SELECT * FROM day_rule",
                                         "SELECT number FROM audit ORDER BY number",
                                         "SELECT number FROM feed ORDER BY number",
                                         "SELECT id FROM act ORDER BY id"};
    struct buf               all = {0};
    for (size_t i = 0; i < sizeof TABLES / sizeof *TABLES; i++) buf_str(&all, rows(TABLES[i]));
    struct hash hash = hash_of(all.bytes, all.len);
    hash_write(&hash, text);
    buf_free(&all);
}

static void bad_rows_are_named(void **state)
{
    const struct bad *bad = *state;
    char              before[HASH_TEXT], after[HASH_TEXT], found[128];
    factory_import();
    state_hash(before);
    for (int turn = 0; turn < 2; turn++) { /* checked and in earnest it is the same */
        const char        *answer = import_file(bad->kind, bad->file, strlen(bad->file), turn == 0, 400);
        struct json       *json = json_read(answer, strlen(answer), &err);
        const struct json *row = json_at(json_get(json, "rows"), 0);
        assert_non_null(row);
        const char *id = json_text(json_at(json_get(row, "say"), 0), "");
        snprintf(found, sizeof found, "%lld %s %s", (long long)json_int(json_get(row, "line"), 0),
                 json_text(json_get(row, "column"), ""), id);
        assert_string_equal(found, bad->wanted);
        assert_null(strstr(json_text(json_get(row, "value"), ""), UTF8_INSTEAD));
        assert_string_not_equal(text_of(LANG_ZH, id), id);
        assert_true(json_int(json_get(json, "bad"), 0) >= 1);
        json_free(json);
        state_hash(after);
        assert_string_equal(before, after);
    }
}

/* ---- Good ones */

static void the_same_file_twice_changes_nothing(void **state)
{
    (void)state;
    factory_import();
    const char *audit = strdup(rows("SELECT CAST(COUNT(*) AS BIGINT) FROM audit"));
    int64_t     feed = writer_feed(writer);
    const char *answer = act_do("import", ORDERS_BODY);
    assert_string_equal(answer,
                        "{\"kind\":\"orders\",\"rows\":2,\"made\":0,\"changed\":0,\"unchanged\":2,\"dry_run\":false}");
    assert_string_equal(rows("SELECT CAST(COUNT(*) AS BIGINT) FROM audit"), audit);
    assert_int_equal(writer_feed(writer), feed);
    free((void *)(uintptr_t)audit);
}

static void a_dry_run_tells_and_changes_nothing(void **state)
{
    (void)state;
    char before[HASH_TEXT], after[HASH_TEXT];
    masters_import();
    state_hash(before);
    static const char FILE_[] = "order,line,customer,product,family,quantity,due\n2603-0009,1,a,b,steel,1,2026-03-20\n";
    const char       *answer = import_file("orders", FILE_, strlen(FILE_), true, 200);
    assert_string_equal(answer,
                        "{\"kind\":\"orders\",\"rows\":1,\"made\":1,\"changed\":0,\"unchanged\":0,\"dry_run\":true}");
    state_hash(after);
    assert_string_equal(before, after);
    answer = import_file("orders", FILE_, strlen(FILE_), false, 200);
    assert_non_null(strstr(answer, "\"made\":1"));
}

static void what_people_type_is_read(void **state)
{
    (void)state;
    factory_import();
    static const char ORDERS[] = "订单号,行号,客户,产品,系列,数量,交货日期,加急,备注\n"
                                 "２６０３－００１２,１,𬀩山建材行,钢门,steel,１２,２０２６／３／９,是,\"说 "
                                 "\"\"急\"\"，<b>\"\n";
    static const char WORKERS[] = "工号,姓名,工牌\n９,龙䶮,３００００００００００００００７８８\n";
    static const char RATES[] = "工序,生效日期,单价\ncut,2026.3.1,０．７５\n";
    import_file("orders", ORDERS, strlen(ORDERS), false, 200);
    assert_string_equal(rows("SELECT l.line, o.customer, l.quantity, l.due_day, l.rush, l.remarks FROM line AS l"
                             " JOIN orders AS o ON o.id = l.order_id WHERE l.line = 2603001201"),
                        "2603001201|𬀩山建材行|12|20521|1|说 \"急\"，<b>");
    import_file("rates", RATES, strlen(RATES), false, 200);
    assert_string_equal(rows("SELECT from_day, rate_cfen FROM rate WHERE code = 'cut' ORDER BY from_day"),
                        "20454|5000\n20513|7500");
    struct buf body = {0};
    if (csv_import("workers", WORKERS, strlen(WORKERS), false, &body, &err)) {
        struct act act = act_of("import", "console", buf_text(&body));
        act_step_of(&act); /* its check digits may not fit: what counts is that they were read as digits */
        assert_null(strstr(buf_text(&act.answer), "import.badge"));
        buf_free(&act.answer);
    }
    buf_free(&body);
}

#define LISTED "订单号,行号,客户,产品,系列,数量,报的是,宽,高,墙厚,开向,材质,加急,加急负责人,加急原因,交期,单价,备注\n"

/* [R2] [R4] [R20] [R22] server/books/register.c: a list of orders is placed with all its fields, its sheets not signed; what has
 * to be asked is asked; the same list once more changes nothing. */
static void an_order_list_is_placed(void **state)
{
    (void)state;
    factory_import();
    act_do("customer.save", "{\"customer\":0,\"name\":\"张丽\",\"phone\":\"13808124477\",\"address\":\"新都\"}");
    act_do("lead.save", "{\"family\":\"steel\",\"base\":0,\"least\":10,\"most\":15,\"rush\":7}");
    static const char LIST[] =
        LISTED "2603-0007,1,张丽,钢门,steel,4,门洞,960,2050,180,左内开,钢,是,刘洋,开业,,1800.50,楼上\n"
               "2603-0007,2,张丽,钢门,steel,1,leaf,860,2000,,右内开,,,,,2026-04-20,,\n";
    const char *answer = import_file("order-lists", LIST, strlen(LIST), true, 200);
    assert_non_null(strstr(answer, "\"made\":2"));
    import_file("order-lists", LIST, strlen(LIST), false, 200);
    assert_string_equal(
        rows("SELECT line, quantity, size, due_day, rush, rev FROM line WHERE order_id = 2603000700 ORDER BY line"),
        "2603000701|4|门洞 960×2050 墙厚180|20523|1|0\n2603000702|1|门扇 860×2000|20563|1|0");
    assert_string_equal(rows("SELECT price_fen, amount_fen FROM spec WHERE line = 2603000701"), "180050|720200");
    assert_string_equal(
        rows("SELECT h.rush_owner, r.source, r.note, r.taken_by FROM head AS h JOIN receipt AS r ON r.id = h.receipt"),
        "刘洋|file|import|console");
    assert_string_equal(rows("SELECT kind, text FROM question WHERE order_id = 2603000700 AND answer = ''"),
                        "rush|刘洋：开业");
    answer = import_file("order-lists", LIST, strlen(LIST), false, 200);
    assert_non_null(strstr(answer, "\"unchanged\":2"));
    static const char LATER[] = LISTED "2603-0007,2,张丽,钢门,steel,2,门扇,860,2000,,右内开,,,,,2026-04-20,,\n";
    answer = import_file("order-lists", LATER, strlen(LATER), false, 200);
    assert_non_null(strstr(answer, "\"changed\":1"));
    assert_string_equal(rows("SELECT quantity FROM line WHERE line = 2603000702"), "2");
}

struct listed_row {
    const char *name, *row, *wanted;
};
/* clang-format off */
static const struct listed_row LISTED_BAD[] = {
    {"nobody of that name", "2603-0008,1,李四,钢门,steel,1,leaf,860,2000,,左,,,,,2026-04-20,,", "2 customer customer.unlisted"},
    {"two of that name",    "2603-0008,1,王五,钢门,steel,1,leaf,860,2000,,左,,,,,2026-04-20,,", "2 customer customer.several"},
    {"[R21] of what",       "2603-0008,1,张丽,钢门,steel,1,框,860,2000,,左,,,,,2026-04-20,,", "2 measured register.measured"},
    {"[R22] rush of nobody", "2603-0008,1,张丽,钢门,steel,1,leaf,860,2000,,左,,是,,急,2026-04-20,,", "2 rush_owner register.rush_owner"},
    {"[R29] no lead time",  "2603-0008,1,张丽,钢门,wood,1,leaf,860,2000,,左,,,,,,,", "2 due register.due"},
    {"door of 3 mm",        "2603-0008,1,张丽,钢门,steel,1,leaf,3,2000,,左,,,,,2026-04-20,,", "2 width import.number"},
    {"of another customer", "2603-0001,3,张丽,钢门,steel,1,leaf,860,2000,,左,,,,,2026-04-20,,", "2 order register.absent"},
};
/* clang-format on */

static void bad_rows_of_a_list_are_named(void **state)
{
    const struct listed_row *row = *state;
    struct buf               file = {0};
    char                     found[128];
    factory_import();
    act_do("customer.save", "{\"customer\":0,\"name\":\"张丽\",\"phone\":\"13808124477\",\"address\":\"新都\"}");
    act_do("customer.save", "{\"customer\":0,\"name\":\"王五\",\"phone\":\"13808124478\",\"address\":\"新都\"}");
    act_do("customer.save", "{\"customer\":0,\"name\":\"王五\",\"phone\":\"13808124479\",\"address\":\"新都\"}");
    buf_fmt(&file, "%s%s\n", LISTED, row->row);
    const char        *answer = import_file("order-lists", buf_text(&file), file.len, false, 400);
    struct json       *json = json_read(answer, strlen(answer), &err);
    const struct json *bad = json_at(json_get(json, "rows"), 0);
    snprintf(found, sizeof found, "%lld %s %s", (long long)json_int(json_get(bad, "line"), 0),
             json_text(json_get(bad, "column"), ""), json_text(json_at(json_get(bad, "say"), 0), ""));
    assert_string_equal(found, row->wanted);
    json_free(json);
    buf_free(&file);
}

/* A sheet is signed with its operations and the rates of the day; what comes later doesn't touch it. */
static void an_import_signs_sheets(void **state)
{
    (void)state;
    factory_import();
    assert_string_equal(rows("SELECT line, rev, quantity, family, signed_by FROM sheet ORDER BY line"),
                        "2603000101|1|10|steel|console\n2603000102|1|2|steel|console");
    assert_string_equal(rows("SELECT op, code, part, per_door, planned, rate_cfen, rework_rate_cfen FROM sheet_op"
                             " WHERE line = 2603000101 ORDER BY op"),
                        "10|cut|leaf|1|10|5000|1000\n20|weld|leaf|2|20|12500|2000");
    assert_string_equal(rows("SELECT f.number - s.feed FROM feed AS f, sheet AS s WHERE f.topic = 'sheet'"
                             " AND f.key = '2603-0001-01' AND s.line = 2603000101"),
                        "0");
    assert_string_equal(rows("SELECT value FROM feed WHERE topic = 'sheet' AND key = '2603-0001-02'"),
                        "{\"rev\":1,\"product\":\"钢门\",\"size\":\"\",\"colour\":\"\",\"opening\":\"\",\"quantity\":2,"
                        "\"due\":\"2026-03-20\",\"rush\":false,\"special\":false,\"remarks\":\"\",\"ops\":[[10,\"cut\","
                        "\"leaf\",2,5000,1000],[20,\"weld\",\"leaf\",4,12500,2000]],\"void\":[]}");
    act_do("import", "{\"kind\":\"rates\",\"columns\":[\"operation\",\"from\",\"rate\"],\"rows\":["
                     "[2,\"cut\",\"2026-01-01\",\"9\"]]}");
    assert_string_equal(rows("SELECT rate_cfen FROM sheet_op WHERE line = 2603000101 AND op = 10"), "5000");
}

/* Work that came before its sheet: held, and booked when the sheet is there. */
static void a_late_sheet_books_what_waited(void **state)
{
    (void)state;
    struct kiosk kiosk = {
        .id = 0x11, .epoch = {1, 5}
    };
    masters_import();
    struct event event = report_of(&kiosk, "2603-0001-01", 10, 4, BADGE_LI, 1);
    inbox_event(&event, NULL);
    apply_all(1000);
    assert_string_equal(rows("SELECT kind, held FROM verdict"), "2|4");
    act_do("import", ORDERS_BODY);
    assert_string_equal(rows("SELECT kind, held, due_fen FROM verdict"), "0|0|200");
    assert_string_equal(rows("SELECT CAST(COUNT(*) AS BIGINT) FROM exception"), "0");
}

static void ten_thousand_characters(void **state)
{
    (void)state;
    struct buf file = {0};
    factory_import();
    buf_str(&file, "id,name\nx,");
    for (int i = 0; i < 10000; i++) buf_str(&file, "x");
    buf_str(&file, "\n");
    const char *answer = import_file("crews", file.bytes, file.len, false, 400);
    assert_non_null(strstr(answer, "[\"import.long\",10000,60]"));
    assert_true(strlen(answer) < 1000);
    buf_free(&file);
}

static void only_a_hundred_are_told(void **state)
{
    (void)state;
    struct buf file = {0};
    factory_import();
    buf_str(&file, "number,name_zh\n");
    for (int i = 0; i < 300; i++) buf_fmt(&file, "%d,\n", i);
    const char  *answer = import_file("reasons", file.bytes, file.len, false, 400);
    struct json *json = json_read(answer, strlen(answer), &err);
    assert_int_equal(json_count(json_get(json, "rows")), 100);
    assert_int_equal(json_int(json_get(json, "bad"), 0), 301); /* 300 names and a zero */
    json_free(json);
    buf_free(&file);
}

static void bodies_that_are_none(void **state)
{
    (void)state;
    factory_import();
    static const char *const BODIES[] = {"",
                                         "[]",
                                         "{}",
                                         "{\"kind\":\"doors\",\"rows\":[[1]]}",
                                         "{\"kind\":\"crews\"}",
                                         "{\"kind\":\"crews\",\"columns\":1,\"rows\":[1,2]}",
                                         "{\"kind\":\"crews\",\"columns\":[\"id\",\"name\"],\"rows\":[[],{},3]}"};
    for (size_t i = 0; i < sizeof BODIES / sizeof *BODIES; i++)
        assert_non_null(strstr(act_do_as("import", "console", BODIES[i], 400), "\"say\":["));
}

/* The demo factory: what is shipped is right. */
static void the_demo_is_imported(void **state)
{
    (void)state;
    static const char *const KINDS[] = {"settings", "crews",    "operations", "stations", "reasons",
                                        "workers",  "routings", "rates",      "orders"};
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        char path[256], bytes[65536];
        snprintf(path, sizeof path, "%s/assets/demo/%s.csv", getenv("ROOT") == NULL ? "." : getenv("ROOT"), KINDS[i]);
        FILE *file = fopen(path, "rb");
        assert_non_null(file);
        size_t len = fread(bytes, 1, sizeof bytes, file);
        fclose(file);
        assert_true(len < sizeof bytes);
        import_file(KINDS[i], bytes, len, true, 200);
        import_file(KINDS[i], bytes, len, false, 200);
        const char *again = import_file(KINDS[i], bytes, len, false, 200);
        assert_non_null(strstr(again, "\"made\":0,\"changed\":0"));
    }
    assert_string_equal(rows("SELECT CAST(COUNT(*) AS BIGINT) FROM worker"), "40");
    assert_string_equal(rows("SELECT CAST(COUNT(*) AS BIGINT) FROM badge"), "40");
    assert_string_equal(rows("SELECT CAST(COUNT(*) AS BIGINT) FROM sheet"), "30");
}

int main(int argc, char **argv)
{
    static struct rows      tests;
    const struct CMUnitTest all[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, factory_make, factory_end)
        TEST(the_same_file_twice_changes_nothing),
        TEST(a_dry_run_tells_and_changes_nothing),
        TEST(what_people_type_is_read),
        TEST(an_order_list_is_placed),
        TEST(an_import_signs_sheets),
        TEST(a_late_sheet_books_what_waited),
        TEST(ten_thousand_characters),
        TEST(only_a_hundred_are_told),
        TEST(bodies_that_are_none),
        TEST(the_demo_is_imported),
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) tests.tests[tests.count++] = all[i];
    ROWS_ADD(&tests, bad_rows_are_named, BAD);
    ROWS_ADD(&tests, bad_rows_of_a_list_are_named, LISTED_BAD);
    rows_around(&tests, sizeof all / sizeof *all, factory_make, factory_end);
    return rows_run(&tests, argc, argv);
}
