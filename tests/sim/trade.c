/* trade.c - money and delivery notes: trade.h. Clerks look at the books before each act, as people look at the page; what
 * was answered is kept beside the books and reckoned up once more at the end. */
#include "tests/sim/trade.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/db.h"
#include "core/json.h"
#include "tests/sim/revise.h"
#include "tests/sim/check.h"
#include "tests/sim/house.h"
#include "tests/sim/loading.h"
#include "tests/sim/office.h"
#include "tests/sim/people.h"

enum {
    ORDERS = OFFICE_LINES / 2,
    LOOK_LEAST_MS = MINUTE,
    LOOK_MOST_MS = 7 * MINUTE,
    WORDS_MOST = 1024,
    PLANS_MOST = 512,
    PAPERS_KEPT = 4,
    LATEST = 3
};

enum word { CAME, FOR_ORDER, OFF_ORDER, GONE, ALLOWED, ALLOWED_NO_MORE };

/* What an answer said. */
struct words {
    int       act; /* how many acts the office had asked for before */
    enum word word;
    int64_t   transfer, order, fen;
};

/* What an act asks for, until its answer comes. */
struct plan {
    int64_t transfer, order, fen, part_fen;
};

struct trade {
    int          count, plan_count, paper_count;
    struct words words[WORDS_MOST];
    struct plan  plans[PLANS_MOST];
    int64_t      papers[PAPERS_KEPT]; /* notes, the newest at paper_count - 1 */
};

int64_t trade_price_fen(struct line_ref line)
{
    return INT64_C(12345) * line.serial + line.line * INT64_C(777);
}

static struct line_ref order_ref(int which)
{
    struct line_ref ref = {2603, which + 1, 0};
    return ref;
}

static int64_t goods_fen(const struct world *world, int64_t order)
{
    int64_t fen = 0;
    for (int i = 0; i < OFFICE_LINES; i++) {
        const struct office_line *line = &world->office->lines[i];
        if (line_ref_key(line->ref) / 100 == order / 100) fen += trade_price_fen(line->ref) * line->ordered;
    }
    return fen;
}

/* ---- What was answered */

static void word_add(struct world *world, enum word word, int64_t transfer, int64_t order, int64_t fen)
{
    struct trade *trade = world->trade;
    assert(trade->count < WORDS_MOST);
    trade->words[trade->count++] = (struct words){office_answered(world), word, transfer, order, fen};
}

void trade_set_back(struct world *world, int answered)
{
    struct trade *trade = world->trade;
    while (trade->count > 0 && trade->words[trade->count - 1].act >= answered) trade->count--;
}

static bool is_gone(const struct trade *trade, int64_t transfer)
{
    for (int i = 0; i < trade->count; i++)
        if (trade->words[i].word == GONE && trade->words[i].transfer == transfer) return true;
    return false;
}

/* transfer 0: of all. order 0: of all. */
static int64_t in_fen(const struct trade *trade, int64_t transfer, int64_t order)
{
    int64_t fen = 0;
    for (int i = 0; i < trade->count; i++) {
        const struct words *said = &trade->words[i];
        if ((said->word != FOR_ORDER && said->word != OFF_ORDER) || is_gone(trade, said->transfer)) continue;
        if ((transfer != 0 && said->transfer != transfer) || (order != 0 && said->order != order)) continue;
        fen += said->word == FOR_ORDER ? said->fen : -said->fen;
    }
    return fen;
}

static int64_t came_fen(const struct trade *trade, int64_t transfer)
{
    int64_t fen = 0;
    for (int i = 0; i < trade->count; i++)
        if (trade->words[i].word == CAME && trade->words[i].transfer == transfer && !is_gone(trade, transfer))
            fen += trade->words[i].fen;
    return fen;
}

/* How much may be missing of an order. */
static int64_t allowed_fen(const struct trade *trade, int64_t order)
{
    int64_t fen = 0;
    for (int i = 0; i < trade->count; i++) {
        const struct words *said = &trade->words[i];
        bool                is_over = false;
        for (int k = 0; k < trade->count; k++)
            is_over =
                is_over || (trade->words[k].word == ALLOWED_NO_MORE && trade->words[k].transfer == said->transfer);
        if (said->word == ALLOWED && said->order == order && !is_over && said->fen > fen) fen = said->fen;
    }
    return fen;
}

static int64_t missing_fen(const struct world *world, int64_t order)
{
    return goods_fen(world, order) + revise_agreed_fen(world, order) - in_fen(world->trade, 0, order);
}

bool trade_has_deposit(const struct world *world, int64_t line, int percent)
{
    int64_t order = line - line % 100, in = in_fen(world->trade, 0, order);
    return in * 100 >= (missing_fen(world, order) + in) * percent;
}

/* ---- Bodies */

static struct office_act *ask(struct world *world, const char *name, const char *user, const char *second,
                              enum deed deed)
{
    struct trade      *trade = world->trade;
    struct office_act *act = office_act(world, name, user, second);
    assert(trade->plan_count < PLANS_MOST);
    act->deed = deed;
    act->about = trade->plan_count++;
    return act;
}

static struct plan *plan_of(struct world *world, const struct office_act *act)
{
    return &world->trade->plans[act->about];
}

static void day_put(struct world *world, struct buf *body)
{
    char day[DAY_TEXT];
    day_write((int32_t)((world->now_ms + 8 * (int64_t)HOUR) / DAY), day); /* banks know no night shift */
    buf_fmt(body, "\"day\":\"%s\"", day);
}

static void fen_put(struct buf *body, const char *field, int64_t fen)
{
    buf_fmt(body, ",\"%s\":\"%" PRId64 ".%02" PRId64 "\"", field, fen / 100, fen % 100);
}

static void order_put(struct buf *body, int64_t order)
{
    char text[LINE_REF_TEXT];
    line_ref_write(line_ref_of_key(order), text);
    buf_fmt(body, "\"order\":\"%s\"", text);
}

static void parts_put(struct buf *body, int64_t order, int64_t fen)
{
    buf_str(body, ",\"parts\":[");
    if (fen > 0) {
        buf_char(body, '{');
        order_put(body, order);
        fen_put(body, "sum", fen);
        buf_char(body, '}');
    }
    buf_char(body, ']');
}

static int64_t answer_int(const struct act *done, const char *field)
{
    struct err   err;
    struct json *answer = json_read(buf_text(&done->answer), done->answer.len, &err);
    int64_t      number = json_int(json_get(answer, field), 0);
    json_free(answer);
    return number;
}

static int64_t dice(struct world *world, int64_t least, int64_t most)
{
    return world_dice(world, DICE_OFFICE, least, most);
}

/* A row of those that the page shows first; false: there is none. Up to `count` whole numbers of it. */
static bool row_pick(struct world *world, const char *sql, int64_t key, int64_t *numbers, int count)
{
    struct db_stmt *stmt;
    struct err      err;
    bool            row;
    if (!db_prepare(world->house->feed, sql, &stmt, &err)) return false;
    db_bind_int(stmt, 1, key);
    db_bind_int(stmt, 2, dice(world, 0, LATEST));
    if (!db_step(stmt, &row, &err) || !row) return false;
    for (int i = 0; i < count; i++) numbers[i] = db_int(stmt, i);
    db_reset(stmt);
    return true;
}

/* ---- Orders */

static void placed(struct world *world, struct office_act *act, const struct act *done);

/* By the register, on what came in writing; then quoted, and confirmed by the customer. */
static void order_place(struct world *world)
{
    struct office_act *act = ask(world, "order.place", OFFICE_DESK, "", DEED_ORDER);
    buf_fmt(
        &act->body,
        "{\"receipt\":0,\"customer\":1,\"source\":\"walkin\",\"signed\":\"陈刚\",\"note\":\"店里\",\"lines\":["
        "{\"product\":\"钢质门\",\"family\":\"steel\",\"quantity\":\"%d\",\"measured\":\"leaf\",\"opening\":\"右内开\","
        "\"width\":\"960\",\"height\":\"2050\",\"due\":\"2026-04-20\",\"price\":\"%d\"}]}",
        (int)dice(world, 1, 20), (int)dice(world, 100, 900));
    act->answered = placed;
}

static void placed(struct world *world, struct office_act *act, const struct act *done)
{
    struct err err;
    if (done->status != 200) return;
    struct json *answer = json_read(buf_text(&done->answer), done->answer.len, &err);
    const char  *order = json_text(json_get(answer, "order"), "");
    act = ask(world, "quote.make", OFFICE_MANAGER, "", DEEDS);
    buf_fmt(&act->body, "{\"order\":\"%s\"}", order);
    act = ask(world, "quote.confirm", OFFICE_DESK, "", DEED_QUOTE);
    buf_fmt(&act->body, "{\"order\":\"%s\",\"n\":1,\"how\":\"wechat\",", order);
    day_put(world, &act->body);
    buf_str(&act->body, ",\"person\":\"客户\",\"note\":\"\"}");
    json_free(answer);
    office_click(world);
}

/* ---- Money */

static void announce(struct world *world)
{
    int64_t waiting[1], order = line_ref_key(order_ref((int)dice(world, 0, ORDERS - 1)));
    if (dice(world, 0, 9) < 8 && row_pick(world, SQL("SELECT order_id FROM note WHERE open_feed = $1 AND void_feed = 0"
                                                     " ORDER BY id DESC LIMIT 1 OFFSET $2"),
                                                     0, waiting, 1))
        order = waiting[0]; /* who comes for his doors brings money */
    int64_t missing = missing_fen(world, order), way = dice(world, 0, 9);
    if (missing <= 0) return;
    int64_t            fen = way < 7 ? missing : way < 9 ? dice(world, 1, missing) : missing + dice(world, 1, 500000);
    struct office_act *act = ask(world, "money.announce", OFFICE_DESK, "", DEED_TRANSFER);
    buf_char(&act->body, '{');
    day_put(world, &act->body);
    fen_put(&act->body, "sum", fen);
    buf_str(&act->body, ",\"method\":\"bank\",\"payer\":\"客户\"");
    parts_put(&act->body, order, fen < missing ? fen : missing);
    buf_char(&act->body, '}');
}

static void confirm_answered(struct world *world, struct office_act *act, const struct act *done)
{
    const struct plan *plan = plan_of(world, act);
    if (done->status != 200) return;
    word_add(world, CAME, plan->transfer, 0, plan->fen);
    if (plan->part_fen > 0) word_add(world, FOR_ORDER, plan->transfer, plan->order, plan->part_fen);
}

static void confirm(struct world *world)
{
    int64_t transfer[3], part[2] = {0, 0};
    if (!row_pick(world, SQL("SELECT id, fen, version FROM transfer WHERE state = $1 ORDER BY id LIMIT 1 OFFSET $2"), 0,
                             transfer, 3))
        return;
    (void)row_pick(world,
                   SQL("SELECT order_id, fen FROM spread WHERE transfer = $1 AND state = 0 AND $2 >= 0 ORDER BY id"),
                       transfer[0], part, 2);
    if (dice(world, 0, 9) == 0) {
        struct office_act *act = ask(world, "money.refuse", OFFICE_FINANCE, "", DEED_REFUSAL);
        buf_fmt(&act->body, "{\"transfer\":%" PRId64 ",\"base\":%" PRId64 ",\"why\":\"没到账\"}", transfer[0],
                transfer[2]);
        return;
    }
    int64_t fen = dice(world, 0, 4) == 0 ? dice(world, 1, transfer[1]) : transfer[1];
    int64_t part_fen = part[1] < fen ? part[1] : fen, missing = missing_fen(world, part[0]);
    if (part_fen > missing) part_fen = missing > 0 ? missing : 0;
    struct office_act *act = ask(world, "money.confirm", OFFICE_FINANCE, "", DEED_CONFIRMED);
    *plan_of(world, act) = (struct plan){transfer[0], part[0], fen, part_fen};
    buf_char(&act->body, '{');
    day_put(world, &act->body);
    buf_fmt(&act->body, ",\"transfer\":%" PRId64 ",\"base\":%" PRId64 ",\"why\":\"手续费\"", transfer[0], transfer[2]);
    fen_put(&act->body, "sum", fen);
    parts_put(&act->body, part[0], part_fen);
    buf_char(&act->body, '}');
    act->answered = confirm_answered;
}

static void spread_answered(struct world *world, struct office_act *act, const struct act *done)
{
    const struct plan *plan = plan_of(world, act);
    if (done->status == 200) word_add(world, FOR_ORDER, plan->transfer, plan->order, plan->part_fen);
}

static void spread(struct world *world)
{
    int64_t rest[2], order = line_ref_key(order_ref((int)dice(world, 0, ORDERS - 1)));
    int64_t missing = missing_fen(world, order);
    if (missing <= 0 ||
        !row_pick(world,
                  SQL("SELECT transfer, fen FROM prepaid WHERE transfer > $1 ORDER BY transfer LIMIT 1 OFFSET $2"), 0,
                      rest, 2))
        return;
    struct office_act *act = ask(world, "money.spread", OFFICE_FINANCE, "", DEED_SPREAD);
    *plan_of(world, act) = (struct plan){rest[0], order, 0, missing < rest[1] ? missing : rest[1]};
    buf_fmt(&act->body, "{\"transfer\":%" PRId64, rest[0]);
    parts_put(&act->body, order, plan_of(world, act)->part_fen);
    buf_char(&act->body, '}');
    act->answered = spread_answered;
}

static void reverse_answered(struct world *world, struct office_act *act, const struct act *done)
{
    const struct plan *plan = plan_of(world, act);
    if (done->status != 200) return;
    if (plan->order == 0)
        word_add(world, GONE, plan->transfer, 0, 0);
    else
        word_add(world, OFF_ORDER, plan->transfer, plan->order, plan->part_fen);
}

/* The whole of it, or what of it was for one order. */
static void reverse(struct world *world)
{
    int64_t transfer[2], part[3] = {0, 0, 0};
    if (!row_pick(world, SQL("SELECT id, version FROM transfer WHERE state = $1 ORDER BY id DESC LIMIT 1 OFFSET $2"), 1,
                             transfer, 2))
        return;
    if (dice(world, 0, 1) == 0)
        (void)row_pick(
            world,
            SQL("SELECT id, order_id, fen FROM spread WHERE transfer = $1 AND state = 1 AND $2 >= 0 ORDER BY id"),
                transfer[0], part, 3);
    struct office_act *act = ask(world, "money.reverse", OFFICE_FINANCE, OFFICE_MANAGER, DEED_REVERSAL);
    *plan_of(world, act) = (struct plan){transfer[0], part[1], 0, part[2]};
    buf_fmt(&act->body, "{\"transfer\":%" PRId64 ",\"spread\":%" PRId64 ",\"base\":%" PRId64 ",\"why\":\"退款\"}",
            transfer[0], part[0], transfer[1]);
    act->answered = reverse_answered;
}

/* ---- Two answer for what is missing */

static void allow_answered(struct world *world, struct office_act *act, const struct act *done)
{
    const struct plan *plan = plan_of(world, act);
    if (done->status == 200) word_add(world, ALLOWED, answer_int(done, "unpaid"), plan->order, plan->fen);
}

static void allow(struct world *world)
{
    int64_t order = line_ref_key(order_ref((int)dice(world, 0, ORDERS - 1))), missing = missing_fen(world, order);
    if (missing <= 0) return;
    struct office_act *act = ask(world, "unpaid.allow", OFFICE_FINANCE, OFFICE_MANAGER, DEED_UNPAID);
    *plan_of(world, act) = (struct plan){0, order, missing, 0};
    buf_char(&act->body, '{');
    order_put(&act->body, order);
    fen_put(&act->body, "sum", missing);
    buf_str(&act->body, ",\"why\":\"老客户\",\"answers\":\"经理\"}");
    act->answered = allow_answered;
}

static void allow_end_answered(struct world *world, struct office_act *act, const struct act *done)
{
    if (done->status == 200) word_add(world, ALLOWED_NO_MORE, plan_of(world, act)->transfer, 0, 0);
}

static void allow_end(struct world *world)
{
    int64_t unpaid[1];
    if (!row_pick(world, SQL("SELECT id FROM unpaid WHERE is_off = $1 ORDER BY id LIMIT 1 OFFSET $2"), 0, unpaid, 1))
        return;
    struct office_act *act = ask(world, "unpaid.end", OFFICE_MANAGER, "", DEED_UNPAID_END);
    plan_of(world, act)->transfer = unpaid[0];
    buf_fmt(&act->body, "{\"unpaid\":%" PRId64 ",\"why\":\"不再担保\"}", unpaid[0]);
    act->answered = allow_end_answered;
}

/* ---- Notes */

static void note_answered(struct world *world, struct office_act *act, const struct act *done)
{
    struct trade *trade = world->trade;
    struct err    err;
    int64_t       note;
    (void)act;
    if (done->status != 200) return;
    struct json *answer = json_read(buf_text(&done->answer), done->answer.len, &err);
    if (note_ref_read(json_text(json_get(answer, "note"), ""), &note)) {
        if (trade->paper_count == PAPERS_KEPT)
            memmove(&trade->papers[0], &trade->papers[1], (size_t)--trade->paper_count * sizeof trade->papers[0]);
        trade->papers[trade->paper_count++] = note;
    }
    json_free(answer);
}

bool trade_paper(struct world *world, enum dice of, char text[CODE_TEXT_MAX])
{
    const struct trade *trade = world->trade;
    if (trade->paper_count == 0) return false;
    int64_t     note = trade->papers[world_dice(world, of, 0, trade->paper_count - 1)];
    struct code code = {
        .kind = CODE_NOTE, .note = {.yymm = (int)(note / 100000), .serial = (int)(note % 100000), .copy = 1}
    };
    code_write(&code, text);
    return true;
}

/* What stands in the house of a line, less what other notes ask for, is for the books to know. */
static void note_make(struct world *world)
{
    int64_t stock[2];
    char    line[LINE_REF_TEXT];
    if (!row_pick(world,
                  SQL("SELECT line, CAST(sum(doors) AS BIGINT) FROM stock WHERE doors > $1 GROUP BY line ORDER BY line"
                        " LIMIT 1 OFFSET $2"),
                      0, stock, 2))
        return;
    struct office_act *act = ask(world, "ship.order", OFFICE_SHIPPING, "", DEED_RELEASE);
    line_ref_write(line_ref_of_key(stock[0]), line);
    buf_char(&act->body, '{');
    order_put(&act->body, stock[0] - stock[0] % 100);
    buf_fmt(&act->body, ",\"lines\":[{\"line\":\"%s\",\"doors\":%" PRId64 "}],\"remarks\":\"\"}", line,
            dice(world, 1, stock[1]));
    act->answered = note_answered;
}

static void note_act(struct world *world, const char *name, const char *sql, const char *why, enum deed deed)
{
    int64_t note[1];
    char    text[NOTE_REF_TEXT];
    if (!row_pick(world, sql, 0, note, 1)) return;
    struct office_act *act = ask(world, name, OFFICE_SHIPPING, "", deed);
    note_ref_write(note[0], text);
    buf_fmt(&act->body, "{\"note\":\"%s\"%s}", text, why);
}

static void note_void(struct world *world)
{
    note_act(world, "ship.void",
             SQL("SELECT id FROM note WHERE void_feed = $1 ORDER BY id DESC LIMIT 1 OFFSET $2"),
                 ",\"why\":\"客户不要了\"", DEED_VOID);
}

/* ---- Daily work */

static void work_task(struct world *world, int who, int64_t what)
{
    static const struct {
        int percent;
        void (*act)(struct world *world);
    } WORK[] = {
        {5,  order_place},
        {22, announce   },
        {33, confirm    },
        {6,  spread     },
        {6,  reverse    },
        {4,  allow      },
        {3,  allow_end  },
        {16, note_make  },
        {5,  note_void  },
    };
    (void)who, (void)what;
    if (world->now_ms >= world->end_ms) return;
    world_in(world, dice(world, LOOK_LEAST_MS, LOOK_MOST_MS), work_task, 0, 0);
    if (!people_at_work(world->now_ms) || office_is_busy(world) || !world->house->is_on) return;
    int64_t at = dice(world, 0, 99);
    size_t  i = 0;
    while (at >= WORK[i].percent) at -= WORK[i++].percent;
    WORK[i].act(world);
    office_click(world);
}

void trade_start(struct world *world)
{
    if (!world->options.is_offline) world_in(world, HOUR / 2, work_task, 0, 0);
}

/* ---- At the end */

static int64_t number_of(struct world *world, struct db *books, const char *sql, int64_t a, int64_t b)
{
    struct db_stmt *stmt;
    struct err      err;
    bool            row;
    if (db_prepare(books, sql, &stmt, &err)) {
        db_bind_int(stmt, 1, a);
        db_bind_int(stmt, 2, b);
        if (db_step(stmt, &row, &err) && row) {
            int64_t number = db_int(stmt, 0);
            db_reset(stmt);
            return number;
        }
    }
    world_wrong(world, "the money can't be read");
    return 0;
}

static void transfers_check(struct world *world, struct db *books)
{
    const struct trade *trade = world->trade;
    for (int i = 0; i < trade->count && world->wrong[0] == 0; i++) {
        int64_t transfer = trade->words[i].transfer;
        if (trade->words[i].word != CAME) continue;
        int64_t came = came_fen(trade, transfer), spread_fen = in_fen(trade, transfer, 0);
        int64_t rest = number_of(world, books,
                                 SQL("SELECT CAST(coalesce(sum(fen), 0) AS BIGINT) FROM prepaid"
                        " WHERE transfer = $1 AND transfer >= $2"),
                                     transfer, 0);
        int64_t is = number_of(world, books,
                               SQL("SELECT CAST(coalesce(sum(fen), 0) AS BIGINT) FROM spread"
                        " WHERE transfer = $1 AND state = $2"),
                                   transfer, 1);
        if (is == spread_fen && rest == came - spread_fen) continue;
        world->check->fen_off += llabs(is - spread_fen) + llabs(rest - came + spread_fen);
        world_wrong(world, "transfer %lld: %lld fen came, %lld are for orders; the books spread %lld, keep %lld",
                    (long long)transfer, (long long)came, (long long)spread_fen, (long long)is, (long long)rest);
    }
}

static void orders_check(struct world *world, struct db *books)
{
    for (int i = 0; i < ORDERS && world->wrong[0] == 0; i++) {
        int64_t order = line_ref_key(order_ref(i)), in = in_fen(world->trade, 0, order);
        int64_t is = number_of(world, books,
                               SQL("SELECT CAST(coalesce(sum(fen), 0) AS BIGINT) FROM spread"
                        " WHERE order_id = $1 AND state = $2"),
                                   order, 1);
        if (is == in) continue;
        world->check->fen_off += llabs(is - in);
        world_wrong(world, "order %lld: %lld fen are in, the books have %lld", (long long)order, (long long)in,
                    (long long)is);
    }
}

/* What isn't paid doesn't wait for a truck, unless something of it is on one already. */
static void gates_check(struct world *world, struct db *books)
{
    struct db_stmt *stmt;
    struct err      err;
    bool            row;
    if (!db_prepare(books, SQL("SELECT n.id, n.order_id FROM note AS n WHERE n.open_feed != 0 AND n.void_feed = 0"
                        " AND NOT EXISTS (SELECT 1 FROM note_done AS d WHERE d.note = n.id)"
                        " AND NOT EXISTS (SELECT 1 FROM loaded AS l WHERE l.note = n.id)"),
                               &stmt, &err))
        return;
    while (db_step(stmt, &row, &err) && row && world->wrong[0] == 0) {
        int64_t order = db_int(stmt, 1), missing = missing_fen(world, order);
        if (missing > 0 && missing > allowed_fen(world->trade, order))
            world_wrong(world, "note %lld stands open, %lld fen of its order are missing", (long long)db_int(stmt, 0),
                        (long long)missing);
    }
    db_reset(stmt);
}

void trade_check(struct world *world, struct db *books, const struct wages *wages)
{
    if (world->options.is_offline) return;
    transfers_check(world, books);
    orders_check(world, books);
    gates_check(world, books);
    loading_check(world, books, wages);
}

void trade_open(struct world *world)
{
    world->trade = calloc(1, sizeof *world->trade);
    if (world->trade == NULL) abort();
}

void trade_close(struct world *world)
{
    free(world->trade);
}
