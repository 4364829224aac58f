/* office.c - the office of the simulated factory: office.h. */
#include "tests/sim/office.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/db.h"
#include "core/json.h"
#include "tests/sim/revise.h"
#include "tests/sim/duty.h"
#include "tests/sim/house.h"
#include "tests/sim/loading.h"
#include "tests/sim/month.h"
#include "tests/sim/people.h"
#include "tests/sim/trade.h"

enum {
    FIRST_WORKER = 101,
    DAY_BEGIN_MIN = OFFICE_DAY_MIN,
    FACTORY_MIN = 480,
    RETRY_MS = 7 * SECOND,
    LOOK_LEAST_MS = 3 * MINUTE,
    LOOK_MOST_MS = 19 * MINUTE,
    CONFIRM_MS = MINUTE,
    REFUSED_MS = 2 * MINUTE,
    BODY_MOST = 60 /* of an act, in the log */
};

/* Rates that round, and don't divide by three. */
const struct office_op OFFICE_OP[OFFICE_OPS] = {
    {10, "cut",      "下料", "frame", "1.25",   "0.40",   2, 12500, 4000 },
    {20, "bend",     "折弯", "frame", "0.8333", "0.2511", 2, 8333,  2511 },
    {30, "weld",     "焊接", "leaf",  "3.5",    "1.10",   1, 35000, 11000},
    {40, "grind",    "打磨", "leaf",  "0.0777", "0",      3, 777,   0    },
    {50, "paint",    "喷涂", "door",  "2.345",  "0.9",    1, 23450, 9000 },
    {60, "assemble", "装配", "door",  "4.1",    "1.3333", 1, 41000, 13333},
};

static const struct {
    const char *id, *name, *ops;
} STATIONS[OFFICE_STATIONS] = {
    {"s1",            "下料区", "cut bend weld grind"          },
    {"s2",            "焊接区", "cut weld grind paint assemble"},
    {"s3",            "涂装区", "paint assemble"               },
    {LOADING_STATION, "发货台", ""                             },
};

const char *office_deed_name(enum deed deed)
{
    static const char *const NAMES[DEEDS] = {
        [DEED_STOP] = "stops",
        [DEED_LIFT] = "lifts",
        [DEED_DECISION] = "decisions",
        [DEED_CHECK] = "months checked",
        [DEED_REOPENING] = "checks taken back",
        [DEED_CLOSING] = "closings",
        [DEED_CLOSING_REFUSED] = "second closings refused",
        [DEED_LATE_LINE] = "late lines paid",
        [DEED_LATE_FEN] = "late fen",
        [DEED_BIND] = "binds",
        [DEED_BACK_ENTRY] = "back-entries",
        [DEED_MEND] = "mended by supervisors",
        [DEED_OFFICE_BIND] = "binds by the office",
        [DEED_CORRECTION] = "corrections by the office",
        [DEED_ORDER] = "orders",
        [DEED_QUOTE] = "quotes confirmed",
        [DEED_TRANSFER] = "transfers announced",
        [DEED_CONFIRMED] = "transfers confirmed",
        [DEED_REFUSAL] = "transfers refused",
        [DEED_SPREAD] = "prepayments spread",
        [DEED_REVERSAL] = "reversals",
        [DEED_UNPAID] = "unpaid allowed",
        [DEED_UNPAID_END] = "unpaid ended",
        [DEED_RELEASE] = "releases",
        [DEED_VOID] = "releases voided",
        [DEED_PACKED] = "doors in",
        [DEED_LOADED] = "doors loaded",
        [DEED_LOADING_OVER] = "loadings over",
        [DEED_PART_STOP] = "stops of some doors",
        [DEED_CHANGE] = "changes released",
        [DEED_CHANGE_DROPPED] = "changes dropped",
        [DEED_AGREED] = "changes that cost",
        [DEED_COPY_IN] = "old papers handed in",
        [DEED_COPY_LOST] = "old papers lost",
        [DEED_STAYS] = "stay good",
        [DEED_OLD_PAPER] = "reports by old papers",
        [DEED_REMAKE] = "remakes",
        [DEED_REMADE] = "pieces remade",
        [DEED_MOVED] = "doors moved",
        [DEED_COUNTED] = "stock counts",
        [DEED_RETURNED] = "doors returned",
        [DEED_HANDED_IN] = "papers handed in at kiosks",
        [DEED_OBJECTION] = "objections",
        [DEED_ANSWER] = "objections answered",
        [DEED_CORRECTION_PAID] = "corrections of closed months",
    };
    return NAMES[deed];
}

int32_t office_day(int64_t utc_ms)
{
    int64_t shifted = utc_ms + (FACTORY_MIN - DAY_BEGIN_MIN) * (int64_t)MINUTE;
    return (int32_t)((shifted - (shifted < 0 ? DAY - 1 : 0)) / DAY);
}

const struct office_line *office_line_pick(struct world *world, enum dice dice)
{
    /* Some are wanted everywhere: who came first matters where little is left. */
    int most = world_dice(world, dice, 0, 1) == 0 ? OFFICE_POPULAR : world->office->line_count;
    return &world->office->lines[world_dice(world, dice, 0, most - 1)];
}

/* ---- Acts */

static void ask_task(struct world *world, int who, int64_t what);

struct office_act *office_act(struct world *world, const char *name, const char *user, const char *second)
{
    struct office *office = world->office;
    assert(office->act_count < OFFICE_ACTS);
    struct office_act *act = &office->acts[office->act_count++];
    *act = (struct office_act){.name = name, .user = user, .second = second, .about = -1, .deed = DEEDS};
    snprintf(act->id, sizeof act->id, "sim-%06d", office->act_count);
    return act;
}

static struct office_act *act_add(struct world *world, const char *name)
{
    return office_act(world, name, OFFICE_CONSOLE, "");
}

/* Ready: asked for in its turn. */
void office_click(struct world *world)
{
    world_in(world, SECOND, ask_task, 0, 0);
}

int office_answered(const struct world *world)
{
    return world->office->first_asked;
}

void office_set_back(struct world *world, int answered)
{
    for (int i = answered; i < world->office->first_asked; i++) world->office->acts[i].is_gone = true;
}

bool office_knows(const struct world *world, const char *act)
{
    for (int i = 0; i < world->office->act_count; i++)
        if (strcmp(world->office->acts[i].id, act) == 0) return true;
    return false;
}

bool office_is_busy(const struct world *world)
{
    if (world->office->first_asked < world->office->act_count) return true;
    for (int i = 0; i < world->booths->count; i++)
        if (world->booths->rows[i].token[0] != 0) return true;
    return false;
}

static void import_answered(struct world *world, struct office_act *act, const struct act *done)
{
    if (done->status != 200) world_wrong(world, "an %s was refused: %s", act->name, buf_text(&done->answer));
}

static void token_answered(struct world *world, struct office_act *act, const struct act *done)
{
    struct err   err;
    struct json *answer = json_read(buf_text(&done->answer), done->answer.len, &err);
    if (done->status == 200) booth_enrol(&world->booths->rows[act->about], json_text(json_get(answer, "token"), ""));
    json_free(answer);
}

/* Asks for one act; false: no answer, ask again. */
static bool act_run(struct world *world, struct office_act *act)
{
    struct act asked = {.name = act->name, .body = buf_text(&act->body), .len = act->body.len};
    snprintf(asked.id, sizeof asked.id, "%s", act->id);
    snprintf(asked.user, sizeof asked.user, "%s", act->user);
    snprintf(asked.second, sizeof asked.second, "%s", act->second);
    act->tries++;
    if (!house_act(world, &asked)) return false;
    act->status = asked.status;
    if (asked.status == 200 && act->deed != DEEDS) world_deed(world, act->deed, 1);
    if (act->answered != NULL) act->answered(world, act, &asked);
    buf_free(&asked.answer);
    return true;
}

/* One after the other, as they were clicked. */
static void ask_task(struct world *world, int who, int64_t what)
{
    struct office *office = world->office;
    (void)who, (void)what;
    while (office->first_asked < office->act_count) {
        struct office_act *act = &office->acts[office->first_asked];
        if (!act_run(world, act)) {
            world_in(world, RETRY_MS, ask_task, 0, 0);
            return;
        }
        buf_free(&act->body);
        office->first_asked++;
    }
}

/* ---- Imports: body {"kind":..,"columns":[..],"rows":[[line,..],..]} */

static struct buf *import_begin(struct world *world, const char *kind, const char *columns)
{
    struct office_act *act = act_add(world, "import");
    act->answered = import_answered;
    buf_fmt(&act->body, "{\"kind\":\"%s\",\"columns\":[%s],\"rows\":[", kind, columns);
    return &act->body;
}

static void import_end(struct buf *body)
{
    buf_str(body, "]}");
}

static void settings_import(struct world *world)
{
    struct buf *body = import_begin(world, "settings", "\"name\",\"value\"");
    buf_fmt(body,
            "[2,\"offset_min\",\"%d\"],[3,\"day_start_min\",\"%d\"],[5,\"pay_start_day\",\"%d\"],[6,\"dispatch_"
            "override\",\"1\"],[7,\"review_kinds\",\"manager\"],[8,\"deposit_percent\",\"%d\"],",
            FACTORY_MIN, DAY_BEGIN_MIN, month_start_day(world), REVISE_DEPOSIT_PERCENT);
    buf_fmt(body, "[4,\"shifts\",\"[[\\\"day\\\",%d,%d],[\\\"night\\\",%d,%d]]\"]", DAY_BEGIN_MIN, DAY_BEGIN_MIN + 720,
            DAY_BEGIN_MIN + 720, DAY_BEGIN_MIN + 1440);
    import_end(body);
}

static void masters_import(struct world *world)
{
    struct buf *body = import_begin(world, "crews", "\"id\",\"name\",\"split\"");
    buf_str(body, "[2,\"A\",\"甲班\",\"hours\"],[3,\"B\",\"乙班\",\"both\"],[4,\"C\",\"丙班\",\"equal\"]");
    import_end(body);
    body = import_begin(world, "operations", "\"code\",\"name_zh\",\"part\"");
    for (int i = 0; i < OFFICE_OPS; i++)
        buf_fmt(body, "%s[%d,\"%s\",\"%s\",\"%s\"]", i > 0 ? "," : "", i + 2, OFFICE_OP[i].code, OFFICE_OP[i].name,
                OFFICE_OP[i].part);
    import_end(body);
    body = import_begin(world, "stations", "\"id\",\"name_zh\",\"operations\",\"kind\"");
    for (int i = 0; i < OFFICE_STATIONS; i++)
        buf_fmt(body, "%s[%d,\"%s\",\"%s\",\"%s\",\"%s\"]", i > 0 ? "," : "", i + 2, STATIONS[i].id, STATIONS[i].name,
                STATIONS[i].ops, strcmp(STATIONS[i].id, LOADING_STATION) == 0 ? "dock" : "");
    import_end(body);
    body = import_begin(world, "reasons", "\"number\",\"name_zh\"");
    for (int i = 1; i <= OFFICE_REASONS; i++) buf_fmt(body, "%s[%d,\"%d\",\"原因%d\"]", i > 1 ? "," : "", i + 1, i, i);
    import_end(body);
}

static void workers_import(struct world *world)
{
    struct buf *body = import_begin(world, "workers", "\"number\",\"name\",\"crew\",\"badge\",\"role\"");
    for (int i = 0; i < OFFICE_WORKERS; i++) {
        const struct office_worker *worker = &world->office->workers[i];
        buf_fmt(body, "%s[%d,\"%d\",\"工人%d\",\"%c\",\"%015" PRId64 "\",\"%s\"]", i > 0 ? "," : "", i + 2,
                worker->number, worker->number, worker->crew, worker->badge, i == OFFICE_BOSS ? "supervisor" : "");
    }
    import_end(body);
}

/* What an hour is worth in crew B: wages.c knows it as well. */
static void coefficients_import(struct world *world)
{
    struct buf *body = import_begin(world, "coefficients", "\"crew\",\"worker\",\"from\",\"coefficient\"");
    for (int i = 0; i < OFFICE_WORKERS; i++) {
        int64_t hundredths = office_coefficient(world->office->workers[i].number);
        buf_fmt(body, "%s[%d,\"B\",\"%d\",\"2026-01-01\",\"%" PRId64 ".%02" PRId64 "\"]", i > 0 ? "," : "", i + 2,
                world->office->workers[i].number, hundredths / 100, hundredths % 100);
    }
    import_end(body);
}

int64_t office_coefficient(int32_t worker)
{
    return 80 + worker % 5 * 17;
}

static void orders_import(struct world *world)
{
    struct buf *body = import_begin(world, "routings", "\"family\",\"op\",\"operation\",\"per_door\"");
    for (int i = 0; i < OFFICE_OPS; i++)
        buf_fmt(body, "%s[%d,\"steel\",\"%d\",\"%s\",\"%d\"]", i > 0 ? "," : "", i + 2, OFFICE_OP[i].number,
                OFFICE_OP[i].code, (int)OFFICE_OP[i].per_door);
    import_end(body);
    body = import_begin(world, "rates", "\"operation\",\"from\",\"rate\",\"rework\"");
    for (int i = 0; i < OFFICE_OPS; i++)
        buf_fmt(body, "%s[%d,\"%s\",\"2026-01-01\",\"%s\",\"%s\"]", i > 0 ? "," : "", i + 2, OFFICE_OP[i].code,
                OFFICE_OP[i].rate, OFFICE_OP[i].rework);
    import_end(body);
    body = import_begin(world, "orders",
                        "\"order\",\"line\",\"customer\",\"product\",\"family\",\"quantity\",\"due\",\"price\"");
    for (int i = 0; i < OFFICE_LINES; i++) {
        const struct office_line *line = &world->office->lines[i];
        struct line_ref           order = line->ref;
        char                      text[LINE_REF_TEXT];
        order.line = 0;
        line_ref_write(order, text);
        int64_t fen = trade_price_fen(line->ref);
        buf_fmt(body, "%s[%d,\"%s\",\"%d\",\"客户\",\"钢质门\",\"steel\",\"%d\",\"2026-03-20\",\"%lld.%02lld\"]",
                i > 0 ? "," : "", i + 2, text, line->ref.line, line->ordered, (long long)(fen / 100),
                (long long)(fen % 100));
    }
    import_end(body);
}

void office_token(struct world *world, int booth)
{
    struct office_act *act = act_add(world, "kiosk.token");
    act->about = booth;
    act->answered = token_answered;
    buf_fmt(&act->body, "{\"station\":\"%s\"}", world->booths->rows[booth].station);
    office_click(world);
}

/* Pay is sealed to whoever has a PIN. */
static void pins_set(struct world *world)
{
    static const uint8_t SALT[SEAL_SALT_BYTES] = {1, 2, 3};
    for (int i = 0; i < OFFICE_WORKERS; i++) {
        struct office_worker *worker = &world->office->workers[i];
        struct err            err;
        if (!seal_pair_of(worker->badge, "1234", SALT, &worker->pair, &err)) world_wrong(world, "no pair of keys");
        struct buf *body = &act_add(world, "worker.pin")->body;
        buf_fmt(body, "{\"worker\":%d,\"salt\":\"", worker->number);
        seal_base64(SALT, sizeof SALT, body);
        buf_str(body, "\",\"open\":\"");
        seal_base64(worker->pair.open, sizeof worker->pair.open, body);
        buf_str(body, "\"}");
    }
}

static void users_add(struct world *world)
{
    static const char *const USERS[][2] = {
        {OFFICE_PAYROLL,  "payroll" },
        {OFFICE_FINANCE,  "finance" },
        {OFFICE_MANAGER,  "manager" },
        {OFFICE_DESK,     "desk"    },
        {OFFICE_SHIPPING, "shipping"},
    };
    for (size_t i = 0; i < sizeof USERS / sizeof *USERS; i++) {
        struct office_act *act = act_add(world, "user.add");
        buf_fmt(&act->body, "{\"name\":\"%s\",\"full\":\"%s\",\"roles\":\"%s\"}", USERS[i][0], USERS[i][0],
                USERS[i][1]);
        act->answered = import_answered;
    }
}

static void customers_import(struct world *world)
{
    struct buf *body = import_begin(world, "customers", "\"name\",\"phone\",\"address\"");
    buf_str(body, "[2,\"客户\",\"13800000000\",\"成都\"]");
    import_end(body);
}

void office_set_up(struct world *world)
{
    for (int i = 0; i < OFFICE_LINES_MOST; i++) world->office->lines[i].is_stopped = false;
    users_add(world);
    settings_import(world);
    masters_import(world);
    workers_import(world);
    coefficients_import(world);
    customers_import(world);
    orders_import(world);
    if (world->options.is_offline) pins_set(world);
    for (int i = 0; i < world->booths->count; i++) office_token(world, i);
}

/* ---- Kiosks */

bool office_enrol(struct booth *booth, struct epoch dealt, int64_t acked_seq, struct keeper_server *server)
{
    struct world *world = booth->world;
    struct act    act = {.name = "kiosk.enrol", .user = "kiosk"};
    struct buf    body = {0};
    struct err    err;
    char          kiosk[ID_TEXT], epoch[EPOCH_TEXT];
    bool          is_enrolled = false;
    id_write(keeper_kiosk(booth->keeper), kiosk);
    epoch_write(dealt, epoch);
    buf_fmt(&body, "{\"token\":\"%s\",\"kiosk\":\"%s\",\"epoch\":\"%s\",\"acked\":%lld,\"key\":\"", booth->token, kiosk,
            epoch, (long long)acked_seq);
    buf_hex(&body, server->key.bytes, sizeof server->key.bytes);
    buf_str(&body, "\"}");
    snprintf(act.id, sizeof act.id, "enrol-%lld", (long long)world->order);
    act.body = buf_text(&body);
    act.len = body.len;
    if (house_act(world, &act)) {
        struct json *answer = json_read(buf_text(&act.answer), act.answer.len, &err);
        snprintf(server->station, sizeof server->station, "%s", json_text(json_get(answer, "station"), ""));
        is_enrolled = act.status == 200 && server->station[0] != 0;
        json_free(answer);
        buf_free(&act.answer);
        if (!is_enrolled) { /* the token was lost with the server's old life: a person brings another one */
            booth->token[0] = 0;
            booth->refused_ms = world->now_ms;
        }
    }
    buf_free(&body);
    return is_enrolled;
}

/* Kiosks that are refused, since their key or the server's is from an old copy, say so on their screens. */
static void refused_look(struct world *world)
{
    for (int i = 0; i < world->booths->count; i++) {
        struct booth *booth = &world->booths->rows[i];
        if (booth->refused_ms == 0 || booth->token[0] != 0 || world->now_ms - booth->refused_ms < REFUSED_MS) continue;
        booth->refused_ms = 0;
        office_token(world, i);
    }
}

/* Kiosks that say they dealt with a server which nobody here knows: a person looks and says yes. */
static void confirm_task(struct world *world, int who, int64_t what)
{
    struct db_stmt *stmt;
    struct err      err;
    bool            row;
    (void)who, (void)what;
    world_in(world, CONFIRM_MS, confirm_task, 0, 0);
    if (!world->house->is_on || office_is_busy(world)) return;
    refused_look(world);
    if (!db_prepare(world->house->feed, SQL("SELECT kiosk FROM kiosk WHERE state = $1 LIMIT 1"), &stmt, &err)) return;
    db_bind_int(stmt, 1, KIOSK_WAITING);
    if (!db_step(stmt, &row, &err) || !row) return;
    char kiosk[ID_TEXT];
    id_write((uint64_t)db_int(stmt, 0), kiosk);
    db_reset(stmt);
    buf_fmt(&act_add(world, "kiosk.confirm")->body, "{\"kiosk\":\"%s\"}", kiosk);
    office_click(world);
}

/* ---- Daily work */

static void stop_or_lift(struct world *world)
{
    struct office_line *line = &world->office->lines[world_dice(world, DICE_OFFICE, 0, world->office->line_count - 1)];
    struct line_ref     ref = line->ref;
    char                what[LINE_REF_TEXT];
    line_ref_write(ref, what);
    struct office_act *act = act_add(world, line->is_stopped ? "lift" : "stop");
    act->deed = line->is_stopped ? DEED_LIFT : DEED_STOP;
    buf_fmt(&act->body, "{\"what\":\"%s\",\"why\":\"客户改尺寸\"", what);
    if (!line->is_stopped && world_chance(world, DICE_OFFICE, 300)) {
        act->deed = DEED_PART_STOP;
        buf_fmt(&act->body, ",\"pieces\":%d", (int)world_dice(world, DICE_OFFICE, 1, line->quantity));
    }
    buf_char(&act->body, '}');
    line->is_stopped = !line->is_stopped;
}

/* A badge is lost: it is revoked, its worker gets another one. */
static void badge_lost(struct world *world)
{
    struct office_worker *worker = &world->office->workers[world_dice(world, DICE_OFFICE, 0, OFFICE_WORKERS - 1)];
    buf_fmt(&act_add(world, "badge.revoke")->body, "{\"badge\":%" PRId64 "}", worker->badge);
    worker->badge = world_dice(world, DICE_OFFICE, INT64_C(100000000000000), INT64_C(999999999999999));
    buf_fmt(&act_add(world, "badge.add")->body, "{\"badge\":%" PRId64 ",\"worker\":%d}", worker->badge, worker->number);
}

/* A fact of the books that waits for a decision, or has one. */
struct open_fact {
    char    name[HASH_TEXT], decided_by[HASH_TEXT]; /* "": nobody yet */
    int64_t count;
};

void office_name_at(struct db_stmt *stmt, int column, char text[HASH_TEXT])
{
    struct hash hash;
    size_t      len;
    text[0] = 0;
    if (db_is_null(stmt, column)) return;
    const void *bytes = db_blob(stmt, column, &len);
    if (len != sizeof hash.bytes) return;
    memcpy(hash.bytes, bytes, len);
    hash_write(&hash, text);
}

/* One of those held (or decided, now and then), by the dice. */
static bool open_fact_pick(struct world *world, struct db *books, struct open_fact *fact)
{
    struct db_stmt *stmt;
    struct err      err;
    struct event    event;
    bool            row;
    size_t          len;
    if (!db_prepare(books, SQL("SELECT f.name, f.bytes, d.name FROM verdict AS v"
                        " JOIN fact AS f ON f.number = v.number LEFT JOIN fact AS d ON d.number = v.decided_by"
                        " WHERE (v.held > 0 OR v.decided_by > 0) AND f.line != 0 ORDER BY f.number DESC"
                        " LIMIT 1 OFFSET $1"),
                               &stmt, &err))
        return false;
    db_bind_int(stmt, 1, world_dice(world, DICE_OFFICE, 0, 9));
    if (!db_step(stmt, &row, &err) || !row) return false;
    office_name_at(stmt, 0, fact->name);
    office_name_at(stmt, 2, fact->decided_by);
    const char *bytes = db_blob(stmt, 1, &len);
    bool        is_read = event_read(bytes, len, &event, &err);
    db_reset(stmt);
    if (is_read) fact->count = event.count;
    return is_read;
}

static void held_decide(struct world *world, struct db *books)
{
    struct open_fact fact;
    if (!open_fact_pick(world, books, &fact)) return;
    int64_t            most = fact.count > 0 ? fact.count : 1;
    struct office_act *act = act_add(world, "decide");
    struct buf        *body = &act->body;
    act->deed = DEED_DECISION;
    buf_fmt(body, "{\"refers\":\"%s\",\"count\":%lld,\"why\":\"看过\"", fact.name,
            (long long)world_dice(world, DICE_OFFICE, 0, most));
    if (fact.decided_by[0] != 0 && world_chance(world, DICE_OFFICE, 850)) /* else it hasn't seen the first one */
        buf_fmt(body, ",\"replaces\":\"%s\"", fact.decided_by);
    buf_char(body, '}');
}

/* Bad pieces: whose fault? */
static void bad_decide(struct world *world, struct db *books)
{
    struct db_stmt *stmt;
    struct err      err;
    bool            row;
    char            name[HASH_TEXT];
    if (!db_prepare(books, SQL("SELECT f.name, v.bad, f.op FROM verdict AS v JOIN fact AS f ON f.number = v.number"
                        " WHERE v.bad > 0 AND f.line != 0 ORDER BY f.number DESC LIMIT 1 OFFSET $1"),
                               &stmt, &err))
        return;
    db_bind_int(stmt, 1, world_dice(world, DICE_OFFICE, 0, 9));
    if (!db_step(stmt, &row, &err) || !row) return;
    office_name_at(stmt, 0, name);
    int64_t bad = db_int(stmt, 1), op = db_int(stmt, 2);
    db_reset(stmt);
    if (world_chance(world, DICE_OFFICE, 500)) op = world_dice(world, DICE_OFFICE, 0, 1) * 10; /* not his */
    struct office_act *act = act_add(world, "decide");
    act->deed = DEED_DECISION;
    buf_fmt(&act->body, "{\"refers\":\"%s\",\"bad\":[[%lld,1,%lld]]}", name,
            (long long)world_dice(world, DICE_OFFICE, 1, bad), (long long)op);
}

/* What was reported of late is put right, or never happened: of closed months too. */
static void correct(struct world *world, struct db *books)
{
    struct db_stmt *stmt;
    struct err      err;
    bool            row;
    char            name[HASH_TEXT];
    if (!db_prepare(
            books,
            SQL("SELECT name, day FROM fact WHERE line != 0 AND kind = $1 ORDER BY number DESC LIMIT 1 OFFSET $2"),
                &stmt, &err))
        return;
    db_bind_int(stmt, 1, EVENT_REPORT);
    db_bind_int(stmt, 2, world_dice(world, DICE_OFFICE, 0, 199));
    if (!db_step(stmt, &row, &err) || !row) return;
    office_name_at(stmt, 0, name);
    bool is_paid = month_is_closed(world, (int32_t)db_int(stmt, 1));
    db_reset(stmt);
    struct office_act *act = act_add(world, "correct");
    act->deed = is_paid ? DEED_CORRECTION_PAID : DEED_CORRECTION;
    buf_fmt(&act->body, "{\"refers\":\"%s\",\"count\":%lld,\"why\":\"数错了\"}", name,
            (long long)world_dice(world, DICE_OFFICE, 0, 7));
}

/* Who says that something is wrong reads what became of it; it moves no fen. */
static void objection_answer(struct world *world, struct db *books)
{
    struct db_stmt *stmt;
    struct err      err;
    bool            row;
    char            name[HASH_TEXT];
    if (!db_prepare(books, SQL("SELECT f.name FROM fact AS f JOIN verdict AS v ON v.number = f.number"
                        " WHERE f.kind = $1 AND v.decided_by = 0 ORDER BY f.number DESC LIMIT 1 OFFSET $2"),
                               &stmt, &err))
        return;
    db_bind_int(stmt, 1, EVENT_OBJECT);
    db_bind_int(stmt, 2, world_dice(world, DICE_OFFICE, 0, 1));
    if (!db_step(stmt, &row, &err) || !row) return;
    office_name_at(stmt, 0, name);
    db_reset(stmt);
    struct office_act *act = act_add(world, "decide");
    act->deed = DEED_ANSWER;
    buf_fmt(&act->body, "{\"refers\":\"%s\",\"count\":%lld,\"why\":\"查过\"}", name,
            (long long)world_dice(world, DICE_OFFICE, 0, 1));
}

/* Whom a spare badge meant, told afterwards. */
static void bind(struct world *world)
{
    int32_t worker = world->office->workers[world_dice(world, DICE_OFFICE, 0, OFFICE_WORKERS - 1)].number;
    char    day[DAY_TEXT];
    day_write(office_day(world->now_ms) - (int32_t)world_dice(world, DICE_OFFICE, 0, 1), day);
    struct office_act *act = act_add(world, "bind");
    act->deed = DEED_OFFICE_BIND;
    buf_fmt(&act->body, "{\"badge\":%" PRId64 ",\"day\":\"%s\",\"worker\":%d,\"why\":\"忘带工牌\"}",
            duty_spare((int)world_dice(world, DICE_OFFICE, 0, DUTY_SPARES - 1)), day, worker);
}

static void decide(struct world *world)
{
    if (!world->house->is_on) return;
    if (world_chance(world, DICE_OFFICE, 700))
        held_decide(world, world->house->feed);
    else
        bad_decide(world, world->house->feed);
}

static void work_task(struct world *world, int who, int64_t what)
{
    (void)who, (void)what;
    if (world->now_ms >= world->end_ms) return;
    world_in(world, world_dice(world, DICE_OFFICE, LOOK_LEAST_MS, LOOK_MOST_MS), work_task, 0, 0);
    if (!people_at_work(world->now_ms) || office_is_busy(world)) return;
    int64_t dice = world_dice(world, DICE_OFFICE, 0, 99);
    if (dice < 25)
        stop_or_lift(world);
    else if (dice < 32)
        badge_lost(world);
    else if (dice < 38)
        bind(world);
    else if (dice < 50 && world->house->is_on)
        correct(world, world->house->feed);
    else if (dice < 60 && world->house->is_on)
        objection_answer(world, world->house->feed);
    else
        decide(world);
    office_click(world);
}

void office_start(struct world *world)
{
    office_set_up(world);
    world_in(world, CONFIRM_MS, confirm_task, 0, 0);
    world_in(world, HOUR, work_task, 0, 0);
}

/* ---- What the books keep of acts */

void office_check(struct world *world, struct db *books)
{
    struct db_stmt *stmt;
    struct err      err;
    bool            row;
    if (!db_prepare(books, SQL("SELECT status FROM act WHERE id = $1"), &stmt, &err)) return;
    for (int i = 0; i < world->office->first_asked; i++) {
        const struct office_act *act = &world->office->acts[i];
        if (act->is_gone || act->status != 200) continue;
        db_bind_text(stmt, 1, act->id);
        if (!db_step(stmt, &row, &err)) return;
        if (!row || db_int(stmt, 0) != act->status)
            world_wrong(world, "act %s (%s) was answered with %d, the books %s", act->id, act->name, act->status,
                        row ? "say otherwise" : "don't know it");
        if (row) db_reset(stmt);
    }
}

/* ---- Begin and end */

void office_open(struct world *world)
{
    struct office *office = calloc(1, sizeof *office);
    if (office == NULL) abort();
    world->office = office;
    for (int i = 0; i < OFFICE_WORKERS; i++)
        office->workers[i] = (struct office_worker){
            .number = FIRST_WORKER + i,
            .badge = world_dice(world, DICE_OFFICE, INT64_C(100000000000000), INT64_C(999999999999999)),
            .crew = (char)('A' + i / 4)};
    office->line_count = OFFICE_LINES;
    for (int i = 0; i < OFFICE_LINES; i++)
        office->lines[i] = (struct office_line){
            .ref = {2603, i / 2 + 1, i % 2 + 1},
            .rev = 1,
            .ordered = (int)world_dice(world, DICE_OFFICE, 2, i < OFFICE_POPULAR ? 25 : 60)
        };
    for (int i = 0; i < OFFICE_LINES; i++) office->lines[i].quantity = office->lines[i].ordered;
}

void office_close(struct world *world)
{
    for (int i = 0; i < world->office->act_count; i++) buf_free(&world->office->acts[i].body);
    free(world->office);
}
