/* revise.c - change orders and remakes: revise.h. The clerk looks at the books for what the open change lacks and does that, as
 * people look at the page; what was answered is kept beside the books. */
#include "tests/sim/revise.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/db.h"
#include "core/json.h"
#include "tests/sim/house.h"
#include "tests/sim/office.h"
#include "tests/sim/people.h"
#include "tests/sim/trade.h"

enum {
    LOOK_LEAST_MS = MINUTE,
    LOOK_MOST_MS = 4 * MINUTE,
    TOLD_MOST = 2048,
    PLANS_MOST = 2048,
    LATEST = 5,
    MORE_CFEN = 137, /* of each revision's rates above those of the one before */
    COPIES_MOST = 8,
    REMAKE_FIRST = 80 /* lines from there on cost nothing */
};

enum told_kind { TOLD_DRAFT, TOLD_SHEET, TOLD_STAYS, TOLD_AGREED, TOLD_DROPPED };

/* What an answer said; a draft is a sheet that isn't signed yet. */
struct told {
    int                 act; /* how many acts the office had asked for before */
    enum told_kind      kind;
    struct revise_sheet sheet;
    int32_t             op, new_op;
    int64_t             change, count, fen;
};

struct changes {
    int         told_count, plan_count;
    struct told told[TOLD_MOST];
    struct told plans[PLANS_MOST]; /* what an act asks for, until its answer comes */
};

static int64_t dice(struct world *world, int64_t least, int64_t most)
{
    return world_dice(world, DICE_REVISE, least, most);
}

/* ---- What was answered */

/* The house's lines are what their newest sheets say; remakes stand behind them. */
static void lines_renew(struct world *world)
{
    struct office        *office = world->office;
    const struct changes *changes = world->changes;
    office->line_count = OFFICE_LINES;
    for (int i = 0; i < OFFICE_LINES; i++) {
        office->lines[i].rev = 1;
        office->lines[i].quantity = office->lines[i].ordered;
    }
    for (int i = 0; i < changes->told_count; i++) {
        const struct revise_sheet *sheet = &changes->told[i].sheet;
        int                        at = 0;
        if (changes->told[i].kind != TOLD_SHEET) continue;
        while (at < office->line_count && line_ref_key(office->lines[at].ref) != sheet->line) at++;
        assert(at < OFFICE_LINES_MOST);
        if (at == office->line_count) office->lines[office->line_count++].ref = line_ref_of_key(sheet->line);
        office->lines[at].rev = sheet->rev;
        office->lines[at].quantity = sheet->quantity;
    }
}

static void told_add(struct world *world, struct told told)
{
    struct changes *changes = world->changes;
    assert(changes->told_count < TOLD_MOST);
    told.act = office_answered(world);
    changes->told[changes->told_count++] = told;
    if (told.kind == TOLD_SHEET) lines_renew(world);
}

void revise_set_back(struct world *world, int answered)
{
    struct changes *changes = world->changes;
    while (changes->told_count > 0 && changes->told[changes->told_count - 1].act >= answered) changes->told_count--;
    lines_renew(world);
}

const struct revise_sheet *revise_sheet_of(const struct world *world, int64_t line, int rev)
{
    const struct changes *changes = world->changes;
    for (int i = 0; i < OFFICE_LINES && rev == 1; i++)
        if (changes->plans[i].sheet.line == line) return &changes->plans[i].sheet;
    for (int i = 0; i < changes->told_count; i++) {
        const struct told *told = &changes->told[i];
        if (told->kind == TOLD_SHEET && told->sheet.line == line && told->sheet.rev == rev) return &told->sheet;
    }
    return NULL;
}

/* The newest one of a line. */
static const struct revise_sheet *sheet_now(const struct world *world, int64_t line)
{
    const struct revise_sheet *now = NULL, *next;
    for (int rev = 1; (next = revise_sheet_of(world, line, rev)) != NULL; rev++) now = next;
    return now;
}

/* What was said last of the sheet that is being made. */
static struct revise_sheet draft_now(const struct world *world, int64_t line)
{
    const struct changes *changes = world->changes;
    struct revise_sheet   draft = *sheet_now(world, line);
    int                   rev = ++draft.rev;
    draft.more_cfen = 0;
    for (int i = 0; i < changes->told_count; i++) {
        const struct told *told = &changes->told[i];
        if (told->kind == TOLD_DRAFT && told->sheet.line == line && told->sheet.rev == rev) draft = told->sheet;
    }
    return draft;
}

/* The last word on each operation of the revision before holds. */
int64_t revise_stays(const struct world *world, int64_t line, int rev, int32_t op)
{
    const struct changes *changes = world->changes;
    int64_t               count = 0;
    for (int i = 0; i < changes->told_count; i++) {
        const struct told *told = &changes->told[i];
        bool               is_last = told->kind == TOLD_STAYS && told->sheet.line == line && told->sheet.rev == rev;
        for (int k = i + 1; k < changes->told_count && is_last; k++) {
            const struct told *later = &changes->told[k];
            is_last = later->kind != TOLD_STAYS || later->sheet.line != line || later->sheet.rev != rev ||
                      later->op != told->op;
        }
        if (is_last && told->new_op == op) count += told->count;
    }
    return count;
}

/* The last sum of each change, unless it was given up. */
int64_t revise_agreed_fen(const struct world *world, int64_t order)
{
    const struct changes *changes = world->changes;
    int64_t               fen = 0;
    for (int i = 0; i < changes->told_count; i++) {
        const struct told *told = &changes->told[i];
        bool               is_last = told->kind == TOLD_AGREED && told->sheet.line / 100 == order / 100;
        for (int k = i + 1; k < changes->told_count && is_last; k++)
            is_last = changes->told[k].kind < TOLD_AGREED || changes->told[k].change != told->change;
        if (is_last) fen += told->fen;
    }
    return fen;
}

/* ---- Acts */

static struct office_act *ask(struct world *world, const char *name, const char *user, enum deed deed,
                              const struct told *plan)
{
    struct changes    *changes = world->changes;
    struct office_act *act = office_act(world, name, user, "");
    assert(changes->plan_count < PLANS_MOST);
    act->deed = deed;
    act->about = changes->plan_count;
    changes->plans[changes->plan_count++] = *plan;
    buf_char(&act->body, '{');
    return act;
}

static const struct told *plan_of(const struct world *world, const struct office_act *act)
{
    return &world->changes->plans[act->about];
}

/* It was done as it was asked for. */
static void plan_answered(struct world *world, struct office_act *act, const struct act *done)
{
    if (done->status == 200) told_add(world, *plan_of(world, act));
}

static void line_put(struct buf *body, const char *field, int64_t line)
{
    char text[LINE_REF_TEXT];
    line_ref_write(line_ref_of_key(line), text);
    buf_fmt(body, "\"%s\":\"%s\"", field, text);
}

static void day_put(const struct world *world, struct buf *body, const char *field, int32_t later)
{
    char day[DAY_TEXT];
    day_write(office_day(world->now_ms) + later, day);
    buf_fmt(body, ",\"%s\":\"%s\"", field, day);
}

/* ---- The new sheet */

static void made(struct world *world, struct office_act *act, const struct act *done)
{
    if (done->status != 200) return;
    struct told told = *plan_of(world, act);
    told.sheet = *sheet_now(world, told.sheet.line);
    told.sheet.rev++;
    told.sheet.more_cfen = 0;
    told_add(world, told);
}

static void rated(struct world *world, struct office_act *act, const struct act *done)
{
    if (done->status != 200) return;
    struct told told = *plan_of(world, act);
    told.sheet = draft_now(world, told.sheet.line);
    told.sheet.more_cfen = plan_of(world, act)->sheet.more_cfen;
    told_add(world, told);
}

static void edited(struct world *world, struct office_act *act, const struct act *done)
{
    if (done->status != 200) return;
    struct told told = *plan_of(world, act);
    told.sheet = draft_now(world, told.sheet.line);
    told.sheet.quantity = plan_of(world, act)->sheet.quantity;
    told_add(world, told);
}

static void rates_put(struct buf *body, const struct revise_sheet *sheet)
{
    for (int i = 0; i < OFFICE_OPS; i++) {
        int64_t rate = OFFICE_OP[i].rate_cfen + sheet->more_cfen, rework = OFFICE_OP[i].rework_cfen + sheet->more_cfen;
        if (OFFICE_OP[i].number < sheet->first_op) continue;
        buf_fmt(body, "%s[%d,\"%" PRId64 ".%04" PRId64 "\",\"%" PRId64 ".%04" PRId64 "\"]",
                OFFICE_OP[i].number == sheet->first_op ? "" : ",", OFFICE_OP[i].number, rate / 10000, rate % 10000,
                rework / 10000, rework % 10000);
    }
}

/* Doors come, go or are as many as before. */
static void sheet_make(struct world *world, int64_t line)
{
    const struct revise_sheet *now = sheet_now(world, line);
    struct told                plan = {.kind = TOLD_DRAFT, .sheet = *now};
    struct office_act         *act = ask(world, "sheet.make", OFFICE_PAYROLL, DEEDS, &plan);
    line_put(&act->body, "line", line);
    buf_char(&act->body, '}');
    act->answered = made;
    plan.sheet.more_cfen = now->rev * MORE_CFEN;
    act = ask(world, "sheet.rates", OFFICE_PAYROLL, DEEDS, &plan);
    line_put(&act->body, "line", line);
    buf_str(&act->body, ",\"ops\":[");
    rates_put(&act->body, &plan.sheet);
    buf_str(&act->body, "]}");
    act->answered = rated;
    if (dice(world, 0, 3) == 0) return;
    int least = now->quantity > 4 ? now->quantity - 4 : 1;
    plan.sheet.quantity = (int)dice(world, least, now->quantity + 6);
    act = ask(world, "sheet.edit", OFFICE_PAYROLL, DEEDS, &plan);
    line_put(&act->body, "line", line);
    buf_fmt(
        &act->body,
        ",\"product\":\"钢质门\",\"family\":\"steel\",\"quantity\":\"%d\",\"measured\":\"leaf\",\"opening\":\"右内开\","
        "\"width\":\"960\",\"height\":\"2050\"",
        plan.sheet.quantity);
    day_put(world, &act->body, "due", 30);
    buf_char(&act->body, '}');
    act->answered = edited;
}

/* ---- Steps of a change */

struct open_change {
    int64_t id, line, old_rev;
    bool    is_confirmed;
};

/* Whole numbers of one row, by whole numbers; false: there is none. */
static bool row_read(struct world *world, const char *sql, const int64_t *keys, int key_count, int64_t *numbers,
                     int count)
{
    struct db_stmt *stmt;
    struct err      err;
    bool            row;
    if (!db_prepare(world->house->feed, sql, &stmt, &err)) return false;
    for (int i = 0; i < key_count; i++) db_bind_int(stmt, i + 1, keys[i]);
    if (!db_step(stmt, &row, &err) || !row) return false;
    for (int i = 0; i < count; i++) numbers[i] = db_int(stmt, i);
    db_reset(stmt);
    return true;
}

static bool open_read(struct world *world, struct open_change *open)
{
    const int64_t is_open = 0;
    int64_t       numbers[4];
    if (!row_read(world, SQL("SELECT id, line, old_rev, confirmed_day IS NOT NULL FROM change WHERE state = $1"
                        " ORDER BY id LIMIT 1"),
                             &is_open, 1, numbers, 4))
        return false;
    *open = (struct open_change){numbers[0], numbers[1], numbers[2], numbers[3] != 0};
    return sheet_now(world, open->line) != NULL;
}

static void drop(struct world *world, const struct open_change *open)
{
    struct told        plan = {.kind = TOLD_DROPPED, .change = open->id, .sheet.line = open->line};
    struct office_act *act = ask(world, "change.drop", OFFICE_DESK, DEED_CHANGE_DROPPED, &plan);
    buf_fmt(&act->body, "\"change\":%" PRId64 ",\"why\":\"不改了\"}", open->id);
    act->answered = plan_answered;
}

static void confirm(struct world *world, const struct open_change *open)
{
    struct told        plan = {.kind = TOLD_AGREED, .change = open->id, .sheet.line = open->line};
    struct office_act *act = ask(world, "change.save", OFFICE_DESK, DEEDS, &plan);
    buf_fmt(&act->body, "\"change\":%" PRId64 ",\"wants\":\"高度改 2100\",\"confirmed_by\":\"客户\"", open->id);
    day_put(world, &act->body, "confirmed_day", -1);
    buf_char(&act->body, '}');
    if (dice(world, 0, 2) != 0) return;
    plan.fen = dice(world, 1, 50000);
    act = ask(world, "change.agree", OFFICE_FINANCE, DEED_AGREED, &plan);
    buf_fmt(&act->body, "\"change\":%" PRId64 ",\"sum\":\"%" PRId64 ".%02" PRId64 "\",\"who\":\"客户\"", open->id,
            plan.fen / 100, plan.fen % 100);
    day_put(world, &act->body, "day", -1);
    buf_char(&act->body, '}');
    act->answered = plan_answered;
}

/* Each paper of the old sheet comes back, or is lost. */
static void papers_collect(struct world *world, const struct open_change *open)
{
    struct told plan = {.sheet.line = open->line};
    int64_t     copy = 0;
    while (row_read(world, SQL("SELECT c.copy FROM copy AS c JOIN change AS h ON h.line = c.line AND h.old_rev = c.rev"
                        " WHERE h.id = $1 AND c.copy > $2 AND NOT EXISTS (SELECT 1 FROM copy_lost AS l"
                        "   WHERE l.line = c.line AND l.rev = c.rev AND l.copy = c.copy)"
                        " AND NOT EXISTS (SELECT 1 FROM paper AS p JOIN fact AS f ON f.number = p.number"
                        "   WHERE p.line = c.line AND p.rev = c.rev AND p.copy = c.copy AND f.kind = $3)"
                        " ORDER BY c.copy LIMIT 1"),
                               (int64_t[]){open->id, copy, EVENT_COLLECT}, 3, &copy, 1)) {
        bool               is_lost = dice(world, 0, 4) == 0;
        struct office_act *act = ask(world, is_lost ? "copy.lost" : "copy.collect", OFFICE_PAYROLL,
                                     is_lost ? DEED_COPY_LOST : DEED_COPY_IN, &plan);
        line_put(&act->body, "line", open->line);
        buf_fmt(&act->body, ",\"rev\":%" PRId64 ",\"copy\":%" PRId64 "%s}", open->old_rev, copy,
                is_lost ? ",\"who\":\"工人\",\"why\":\"丢了\"" : "");
    }
}

/* How much of what was done stays good, where that isn't said of all of it; rev: the new one. */
static void stays_say(struct world *world, int64_t line, int64_t rev)
{
    int64_t good;
    for (int i = 0; i < OFFICE_OPS; i++) {
        int32_t op = OFFICE_OP[i].number;
        if (!row_read(
                world,
                SQL("SELECT o.good FROM op_sum AS o LEFT JOIN stays AS s ON s.line = o.line"
                        " AND s.new_rev = o.rev + 1 AND s.old_op = o.op WHERE o.line = $1 AND o.rev = $2 AND o.op = $3"
                        " AND o.good != COALESCE(s.good + s.redo, 0)"),
                    (int64_t[]){line, rev - 1, op}, 3, &good, 1))
            continue;
        struct told plan = {.kind = TOLD_STAYS, .op = op, .new_op = op, .count = dice(world, 0, good)};
        plan.sheet = (struct revise_sheet){.line = line, .rev = (int)rev};
        if (dice(world, 0, 9) == 0) plan.new_op = OFFICE_OP[dice(world, 0, OFFICE_OPS - 1)].number;
        struct office_act *act = ask(world, "stays.put", OFFICE_PAYROLL, DEED_STAYS, &plan);
        line_put(&act->body, "line", line);
        buf_fmt(&act->body, ",\"op\":%d,\"new_op\":%d,\"good\":%" PRId64 ",\"redo\":%" PRId64 "}", op, plan.new_op,
                plan.count, good - plan.count);
        act->answered = plan_answered;
    }
}

static void released(struct world *world, struct office_act *act, const struct act *done)
{
    struct told told = *plan_of(world, act);
    if (done->status != 200) return;
    told.sheet = draft_now(world, told.sheet.line);
    if (!trade_has_deposit(world, told.sheet.line, REVISE_DEPOSIT_PERCENT))
        world_wrong(world, "a sheet of line %lld was released without its deposit", (long long)told.sheet.line);
    told_add(world, told);
}

static void lifted(struct world *world, struct office_act *act, const struct act *done)
{
    int64_t line = plan_of(world, act)->sheet.line;
    if (done->status != 200) return;
    for (int i = 0; i < world->office->line_count; i++)
        if (line_ref_key(world->office->lines[i].ref) == line) world->office->lines[i].is_stopped = false;
}

static void release(struct world *world, const struct open_change *open, int64_t version)
{
    static const char TICKS[] = "\"due\",\"brand\",\"quantity\",\"material\",\"size\",\"style\",\"colour\",\"picture\","
                                "\"process\",\"amount\",\"rates\",\"decor\",\"requirements\",\"remarks\"";
    struct told       plan = {.kind = TOLD_SHEET, .sheet.line = open->line};
    struct office_act *act = ask(world, "sheet.sign", OFFICE_MANAGER, DEEDS, &plan);
    line_put(&act->body, "line", open->line);
    buf_fmt(&act->body, ",\"kind\":\"manager\",\"version\":%" PRId64 ",\"ticks\":[%s]}", version, TICKS);
    act = ask(world, "sheet.release", OFFICE_PAYROLL, DEED_CHANGE, &plan);
    line_put(&act->body, "line", open->line);
    day_put(world, &act->body, "day", 3);
    buf_str(&act->body, ",\"sequence\":0}");
    act->answered = released;
    act = ask(world, "lift", OFFICE_PAYROLL, DEED_LIFT, &plan);
    line_put(&act->body, "what", open->line);
    buf_char(&act->body, '}');
    act->answered = lifted;
}

/* What it lacks next. */
static void go_on(struct world *world, const struct open_change *open)
{
    int64_t version;
    bool    has_draft = row_read(world, SQL("SELECT version FROM draft WHERE line = $1 AND released_ms IS NULL"),
                                            &open->line, 1, &version, 1);
    if (dice(world, 0, 39) == 0) {
        drop(world, open);
        return;
    }
    if (!open->is_confirmed) confirm(world, open);
    papers_collect(world, open);
    if (!has_draft) sheet_make(world, open->line);
    stays_say(world, open->line, open->old_rev + 1);
    if (has_draft && open->is_confirmed) release(world, open, version);
}

/* ---- Beginnings */

static void begin(struct world *world)
{
    struct office_line *line = &world->office->lines[dice(world, 0, world->office->line_count - 1)];
    if (dice(world, 0, 1) == 0) line = &world->office->lines[dice(world, 0, OFFICE_POPULAR - 1)];
    struct told        plan = {.sheet.line = line_ref_key(line->ref)};
    struct office_act *act;
    if (!line->is_stopped) {
        act = ask(world, "stop", OFFICE_DESK, DEED_STOP, &plan);
        line_put(&act->body, "what", plan.sheet.line);
        buf_str(&act->body, ",\"why\":\"客户改尺寸\"}");
        line->is_stopped = true;
    }
    act = ask(world, "change.open", OFFICE_DESK, DEEDS, &plan);
    buf_str(&act->body, "\"lines\":[");
    char text[LINE_REF_TEXT];
    line_ref_write(line->ref, text);
    buf_fmt(&act->body, "\"%s\"],\"wants\":\"改尺寸\"}", text);
}

/* Pieces of the old sheet that came late ask again. */
static void late_say(struct world *world)
{
    const struct office_line *line = &world->office->lines[dice(world, 0, world->office->line_count - 1)];
    if (line->rev > 1) stays_say(world, line_ref_key(line->ref), line->rev);
}

/* ---- Remakes */

static void remade(struct world *world, struct office_act *act, const struct act *done)
{
    struct told     told = *plan_of(world, act);
    struct line_ref ref;
    struct err      err;
    if (done->status != 200) return;
    told.sheet.more_cfen = sheet_now(world, told.sheet.line)->more_cfen; /* as the sheet of what is made anew */
    struct json *answer = json_read(buf_text(&done->answer), done->answer.len, &err);
    if (line_ref_read(json_text(json_get(answer, "line"), ""), &ref))
        told.sheet.line = line_ref_key(ref);
    else
        world_wrong(world, "a remake was made without a number: %s", buf_text(&done->answer));
    json_free(answer);
    told_add(world, told);
}

/* Bad pieces of late reports; now and then nobody says of which. */
static void remake(struct world *world)
{
    struct db_stmt *stmt;
    struct err      err;
    bool            row;
    char            event[HASH_TEXT];
    if (world->office->line_count >= OFFICE_LINES_MOST) return;
    if (!db_prepare(world->house->feed, SQL("SELECT f.name, f.line, v.bad, f.op FROM verdict AS v"
                        " JOIN fact AS f ON f.number = v.number WHERE v.bad > 0 AND f.line > 0"
                        " AND NOT EXISTS (SELECT 1 FROM remake AS r WHERE r.event = f.name)"
                        " ORDER BY f.number DESC LIMIT 1 OFFSET $1"),
                                            &stmt, &err))
        return;
    db_bind_int(stmt, 1, dice(world, 0, LATEST));
    if (!db_step(stmt, &row, &err) || !row) return;
    office_name_at(stmt, 0, event);
    int64_t line = db_int(stmt, 1), bad = db_int(stmt, 2), op = db_int(stmt, 3);
    db_reset(stmt);
    const struct revise_sheet *of = sheet_now(world, line);
    if (of == NULL) return;
    struct told plan = {.kind = TOLD_SHEET};
    plan.sheet = (struct revise_sheet){.line = line, .rev = 1, .first_op = of->first_op};
    plan.sheet.quantity = (int)dice(world, 1, bad < of->quantity ? bad : of->quantity);
    if (dice(world, 0, 1) == 0) plan.sheet.first_op = (int32_t)op;
    struct office_act *act = ask(world, "remake.open", OFFICE_MANAGER, DEED_REMAKE, &plan);
    line_put(&act->body, "line", line);
    buf_fmt(&act->body, ",\"pieces\":%d,\"op\":%d,\"cause\":\"划伤\"", plan.sheet.quantity, plan.sheet.first_op);
    if (dice(world, 0, 4) > 0) buf_fmt(&act->body, ",\"event\":\"%s\"", event);
    buf_char(&act->body, '}');
    act->answered = remade;
}

/* ---- Daily work */

static void work_task(struct world *world, int who, int64_t what)
{
    struct open_change open;
    (void)who, (void)what;
    if (world->now_ms >= world->end_ms) return;
    world_in(world, dice(world, LOOK_LEAST_MS, LOOK_MOST_MS), work_task, 0, 0);
    if (!people_at_work(world->now_ms) || office_is_busy(world) || !world->house->is_on) return;
    int64_t at = dice(world, 0, 99);
    if (at < 8)
        remake(world);
    else if (at < 12)
        late_say(world);
    else if (open_read(world, &open))
        go_on(world, &open);
    else if (at < 60)
        begin(world);
    office_click(world);
}

void revise_start(struct world *world)
{
    if (!world->options.is_offline) world_in(world, HOUR / 2, work_task, 0, 0);
}

void revise_saved(struct world *world, const struct event *event)
{
    if (event->kind == EVENT_COLLECT) world_deed(world, DEED_HANDED_IN, 1);
    if (event->kind == EVENT_OBJECT) world_deed(world, DEED_OBJECTION, 1);
    if (event->kind != EVENT_REPORT || !event->has_sheet) return;
    for (int i = 0; i < world->office->line_count; i++) {
        const struct office_line *line = &world->office->lines[i];
        if (line_ref_key(line->ref) != line_ref_key(event->sheet.line)) continue;
        if (event->sheet.rev < line->rev) world_deed(world, DEED_OLD_PAPER, 1);
        if (line->ref.line >= REMAKE_FIRST) world_deed(world, DEED_REMADE, event->count);
    }
}

/* ---- At the end */

void revise_check(struct world *world, struct db *books)
{
    struct db_stmt *stmt;
    struct err      err;
    bool            row;
    int64_t         count = 0, expected = OFFICE_LINES;
    for (int i = 0; i < world->changes->told_count; i++) expected += world->changes->told[i].kind == TOLD_SHEET;
    if (!db_prepare(books, SQL("SELECT line, rev, quantity FROM sheet ORDER BY line, rev"), &stmt, &err)) return;
    while (db_step(stmt, &row, &err) && row && world->wrong[0] == 0) {
        const struct revise_sheet *sheet = revise_sheet_of(world, db_int(stmt, 0), (int)db_int(stmt, 1));
        count++;
        if (sheet == NULL || sheet->quantity != db_int(stmt, 2))
            world_wrong(world, "line %lld, revision %lld: the books' sheet has %lld doors, answered were %d",
                        (long long)db_int(stmt, 0), (long long)db_int(stmt, 1), (long long)db_int(stmt, 2),
                        sheet == NULL ? 0 : sheet->quantity);
    }
    if (world->wrong[0] != 0)
        db_reset(stmt);
    else if (count != expected)
        world_wrong(world, "%lld sheets were signed, the books have %lld", (long long)expected, (long long)count);
}

/* ---- Begin and end */

/* The first plans are what the office imports. */
void revise_open(struct world *world)
{
    struct changes *changes = world->changes = calloc(1, sizeof *changes);
    if (changes == NULL) abort();
    for (int i = 0; i < OFFICE_LINES; i++) {
        const struct office_line *line = &world->office->lines[i];
        changes->plans[changes->plan_count++].sheet = (struct revise_sheet){
            .line = line_ref_key(line->ref), .rev = 1, .quantity = line->ordered, .first_op = OFFICE_OP[0].number};
    }
}

void revise_close(struct world *world)
{
    free(world->changes);
}
