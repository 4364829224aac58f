/* month.c - month ends: month.h. The clerk looks at the books before each act, as a person looks at the page. */
#include "tests/sim/month.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/db.h"
#include "tests/sim/check.h"
#include "tests/sim/house.h"
#include "tests/sim/office.h"
#include "tests/sim/wages.h"

enum {
    FIRST_LEAST_MS = 35 * MINUTE, /* behind the first day's end, at seven; shifts change half an hour later */
    FIRST_MOST_MS = 8 * HOUR,
    AGAIN_LEAST_MS = 10 * MINUTE,
    AGAIN_MOST_MS = 3 * HOUR,
    BUSY_MS = 3 * MINUTE,
    REOPEN_PER_MILLE = 250,
    BOTH_PER_MILLE = 400, /* two close at once */
    START_DAY_MOST = 28,
    CHANGE_MS = 31 * MINUTE, /* from the end of all work to the change of shifts */
    LAST_MS = 20 * MINUTE
};

enum state { NOT_THERE = -1, OPEN, CHECKED, CLOSED };

static int day_of_month(int32_t day)
{
    char text[DAY_TEXT];
    day_write(day, text);
    return (int)strtol(text + 8, NULL, 10);
}

static int32_t first_day(const struct world *world)
{
    return office_day(world->start_ms + HOUR);
}

/* The world ends before its last day's shifts begin. */
static int32_t last_day(const struct world *world)
{
    return office_day(world->end_ms);
}

int month_start_day(const struct world *world)
{
    return day_of_month(first_day(world) + 1);
}

bool month_is_closed(const struct world *world, int32_t day)
{
    for (int i = 0; i < world->month->count; i++)
        if (day <= world->month->closings[i].to_day) return true;
    return false;
}

static bool has_first(const struct world *world)
{
    return world->options.days > 1;
}

static bool has_last(const struct world *world)
{
    return day_of_month(last_day(world) + 1) <= START_DAY_MOST && last_day(world) - first_day(world) < START_DAY_MOST;
}

/* ---- What the books say of a month */

static bool state_of(struct db *books, int32_t to_day, enum state *state)
{
    struct db_stmt *stmt;
    struct err      err;
    bool            row;
    if (!db_prepare(books, SQL("SELECT state FROM period WHERE to_day = $1"), &stmt, &err)) return false;
    db_bind_int(stmt, 1, to_day);
    if (!db_step(stmt, &row, &err)) return false;
    *state = row ? (enum state)db_int(stmt, 0) : NOT_THERE;
    if (row) db_reset(stmt);
    return true;
}

static uint64_t mix(uint64_t sum, const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < len; i++) sum = (sum ^ at[i]) * UINT64_C(1099511628211);
    return sum;
}

/* Every value of every row. */
static bool rows_sum(struct db *books, const char *sql, int32_t to_day, uint64_t *sum)
{
    struct db_stmt *stmt;
    struct err      err;
    bool            row;
    if (!db_prepare(books, sql, &stmt, &err)) return false;
    db_bind_int(stmt, 1, to_day);
    for (;;) {
        if (!db_step(stmt, &row, &err)) return false;
        if (!row) return true;
        for (int c = 0; c < db_columns(stmt); c++) {
            enum db_type type = db_type_of(stmt, c);
            int64_t      number = type == DB_INT ? db_int(stmt, c) : type;
            size_t       len = 0;
            const void  *bytes = type == DB_BLOB ? db_blob(stmt, c, &len) : NULL;
            const char  *text = type == DB_TEXT ? db_text(stmt, c) : "";
            *sum = mix(mix(mix(*sum, &number, sizeof number), bytes, len), text, strlen(text));
        }
    }
}

static bool month_sum(struct db *books, int32_t to_day, uint64_t *sum)
{
    *sum = UINT64_C(14695981039346656037);
    return rows_sum(
        books,
        SQL("SELECT from_day, state, upto, pay_day, employer, checked_by, checked_ms, closed_by, closed_ms, version"
                        " FROM period WHERE to_day = $1"),
            to_day, sum) &&
        rows_sum(
            books, SQL("SELECT worker, number, share, name, day, is_time, line, rev, op, pieces, rate_cfen, fen"
                       " FROM pay_line WHERE period = $1 ORDER BY worker, number, share"),
                       to_day, sum) &&
            rows_sum(
                books,
                SQL("SELECT worker, name, days, minutes, pieces, lines, piece_fen, time_fen, late_fen, brought_fen,"
                           " net_fen, owed_fen, carried_fen FROM slip WHERE period = $1 ORDER BY worker"),
                    to_day, sum);
}

void month_kept(struct world *world, struct db *books)
{
    struct month *month = world->month;
    for (int i = 0; i < month->count; i++) {
        uint64_t sum;
        if (month_sum(books, month->closings[i].to_day, &sum) && sum != month->closings[i].sum)
            world_wrong(world, "the month up to day %d was closed and has changed", month->closings[i].to_day);
    }
}

void month_set_back(struct world *world, int answered)
{
    struct month *month = world->month;
    while (month->count > 0 && month->closings[month->count - 1].act >= answered) month->count--;
}

/* ---- Acts */

static struct office_act *period_act(struct world *world, const char *name, const char *user, const char *second,
                                     int32_t to_day)
{
    char day[DAY_TEXT];
    day_write(to_day, day);
    struct office_act *act = office_act(world, name, user, second);
    buf_fmt(&act->body, "{\"to\":\"%s\"", day);
    act->about = to_day;
    return act;
}

static bool sum_of(struct db *books, const char *sql, int32_t worker, int32_t to_day, int64_t *fen)
{
    struct db_stmt *stmt;
    struct err      err;
    bool            row;
    if (!db_prepare(books, sql, &stmt, &err)) return false;
    db_bind_int(stmt, 1, worker);
    db_bind_int(stmt, 2, to_day);
    if (!db_step(stmt, &row, &err) || !row) return false;
    *fen = db_int(stmt, 0);
    db_reset(stmt);
    return true;
}

/* All months up to this one pay a worker what he is due up to its last day; every fen of it. */
static void lines_check(struct world *world, struct db *books, int32_t to_day)
{
    if (!check_reads(world)) return;
    struct wages *wages = wages_reckon(world, books);
    for (int i = 0; i < OFFICE_WORKERS && world->wrong[0] == 0; i++) {
        int32_t worker = world->office->workers[i].number;
        int64_t paid, due = wages_owed(wages, worker, to_day);
        if (!sum_of(books, SQL("SELECT CAST(coalesce(sum(fen), 0) AS BIGINT) FROM pay_line"
                        " WHERE worker = $1 AND period <= $2"),
                               worker, to_day, &paid))
            continue;
        if (paid == due) continue;
        world->check->fen_off += llabs(paid - due);
        world_wrong(world, "worker %d: months up to day %d pay %lld fen, due are %lld", worker, to_day, (long long)paid,
                    (long long)due);
    }
    wages_free(wages);
}

/* [R41] Nothing is late just then: no operation has more pieces paid than good and bad ones. */
static void pieces_check(struct world *world, struct db *books, int32_t to_day)
{
    int64_t over;
    if (!check_reads(world) ||
        !sum_of(books, SQL("SELECT COUNT(*) FROM (SELECT p.line FROM pay_line AS p LEFT JOIN op_sum AS s"
                        " ON s.line = p.line AND s.rev = p.rev AND s.op = p.op WHERE p.line > $1 AND p.period <= $2"
                        " GROUP BY p.line, p.rev, p.op HAVING SUM(p.paid) < 0"
                        " OR SUM(p.paid) > COALESCE(MAX(s.good + s.bad), 0)) AS over"),
                           0, to_day, &over))
        return;
    if (over > 0)
        world_wrong(world, "months up to day %d pay more pieces than there are, at %lld operations", to_day,
                    (long long)over);
}

/* Where its answer came at once nothing was booked since, and the lines must be those of this moment. */
static void check_answered(struct world *world, struct office_act *act, const struct act *done)
{
    if (done->status != 200) return;
    world_deed(world, DEED_CHECK, 1);
    if (act->tries > 1) return;
    lines_check(world, world->house->feed, act->about);
    pieces_check(world, world->house->feed, act->about);
}

static void reopen_answered(struct world *world, struct office_act *act, const struct act *done)
{
    (void)act;
    world_deed(world, DEED_REOPENING, done->status == 200);
}

static void late_count(struct world *world, struct db *books, int32_t to_day)
{
    struct db_stmt *stmt;
    struct err      err;
    bool            row;
    if (!db_prepare(books, SQL("SELECT count(*), CAST(coalesce(sum(abs(l.fen)), 0) AS BIGINT) FROM pay_line AS l"
                        " JOIN period AS p ON p.to_day = l.period WHERE l.period = $1 AND l.day < p.from_day"),
                               &stmt, &err))
        return;
    db_bind_int(stmt, 1, to_day);
    if (!db_step(stmt, &row, &err) || !row) return;
    world_deed(world, DEED_LATE_LINE, db_int(stmt, 0));
    world_deed(world, DEED_LATE_FEN, db_int(stmt, 1));
    db_reset(stmt);
}

static void close_answered(struct world *world, struct office_act *act, const struct act *done)
{
    struct month *month = world->month;
    int32_t       to_day = act->about;
    if (done->status != 200) {
        world_deed(world, DEED_CLOSING_REFUSED, 1);
        return;
    }
    for (int i = 0; i < month->count; i++)
        if (month->closings[i].to_day == to_day) world_wrong(world, "the month up to day %d was closed twice", to_day);
    struct closing *closing = &month->closings[month->count];
    *closing = (struct closing){.act = office_answered(world), .to_day = to_day};
    if (month->count == MONTHS_MOST || !month_sum(world->house->feed, to_day, &closing->sum)) return;
    month->count++;
    world_deed(world, DEED_CLOSING, 1);
    late_count(world, world->house->feed, to_day);
}

static void close_ask(struct world *world, int32_t to_day, const char *user)
{
    struct office_act *act = period_act(world, "period.close", user, OFFICE_FINANCE, to_day);
    buf_char(&act->body, '}');
    act->answered = close_answered;
}

static void check_ask(struct world *world, int32_t to_day)
{
    struct office_act *act = period_act(world, "period.check", OFFICE_PAYROLL, "", to_day);
    buf_char(&act->body, '}');
    act->answered = check_answered;
}

static void reopen_ask(struct world *world, int32_t to_day)
{
    struct office_act *act = period_act(world, "period.reopen", OFFICE_PAYROLL, "", to_day);
    buf_str(&act->body, ",\"why\":\"还有漏报\"}");
    act->answered = reopen_answered;
}

/* ---- The clerk */

static void month_task(struct world *world, int who, int64_t what)
{
    enum state state;
    int32_t    to_day = first_day(world);
    (void)who, (void)what;
    if (world->now_ms >= world->end_ms) return;
    if (!world->house->is_on || office_is_busy(world) || !state_of(world->house->feed, to_day, &state)) {
        world_in(world, BUSY_MS, month_task, 0, 0);
        return;
    }
    world_in(world, world_dice(world, DICE_OFFICE, AGAIN_LEAST_MS, AGAIN_MOST_MS), month_task, 0, 0);
    if (state == CLOSED) return;
    if (state != CHECKED) {
        check_ask(world, to_day);
    } else if (world_chance(world, DICE_OFFICE, REOPEN_PER_MILLE)) {
        reopen_ask(world, to_day);
    } else {
        close_ask(world, to_day, OFFICE_PAYROLL);
        if (world_chance(world, DICE_OFFICE, BOTH_PER_MILLE)) close_ask(world, to_day, OFFICE_MANAGER);
    }
    office_click(world);
}

void month_start(struct world *world)
{
    if (!has_first(world) || world->options.is_offline) return;
    int64_t first_ms = world->start_ms + DAY + world_dice(world, DICE_OFFICE, FIRST_LEAST_MS, FIRST_MOST_MS);
    world_at(world, first_ms, month_task, 0, 0);
}

/* One month after the other, the last by a new rule of when they begin. */
static void last_task(struct world *world, int who, int64_t what)
{
    enum state state = CLOSED;
    (void)who, (void)what;
    if (has_first(world)) (void)state_of(world->house->feed, first_day(world), &state);
    if (state != CHECKED && state != CLOSED) check_ask(world, first_day(world));
    if (state != CLOSED) close_ask(world, first_day(world), OFFICE_MANAGER);
    struct office_act *act = office_act(world, "setting", OFFICE_CONSOLE, "");
    buf_fmt(&act->body, "{\"name\":\"pay_start_day\",\"value\":%d}", day_of_month(last_day(world) + 1));
    check_ask(world, last_day(world));
    close_ask(world, last_day(world), OFFICE_PAYROLL);
    close_ask(world, last_day(world), OFFICE_MANAGER);
    office_click(world);
}

void month_end(struct world *world)
{
    if (!has_last(world) || world->options.is_offline) return;
    int64_t at_ms = world->end_ms + CHANGE_MS, until_ms = at_ms + LAST_MS;
    world_at(world, at_ms, last_task, 0, 0);
    while (world->tasks[0].at_ms < until_ms && world_step(world)) {
        bool is_over = world->now_ms > at_ms && !office_is_busy(world) && check_is_drained(world);
        if (is_over) break;
    }
    enum state state;
    if (world->wrong[0] != 0) return;
    if (!state_of(world->house->feed, last_day(world), &state) || state != CLOSED)
        world_wrong(world, "the last month isn't closed within 20 minutes");
}

/* ---- At the end */

/* Nobody is owed more than what waits for the next month: paid + late + open = due. */
static void worker_check(struct world *world, struct db *books, const struct wages *wages, int32_t worker)
{
    int64_t paid, late, open, due = wages_owed(wages, worker, INT32_MAX);
    if (!sum_of(
            books, SQL("SELECT CAST(coalesce(sum(fen), 0) AS BIGINT) FROM pay_line WHERE worker = $1 AND period < $2"),
                       worker, INT32_MAX, &paid) ||
            !sum_of(books, SQL("SELECT CAST(coalesce(sum(fen), 0) AS BIGINT) FROM late"
                        " WHERE worker = $1 AND share < $2"),
                               worker, INT32_MAX, &late) ||
                    !sum_of(
                        books,
                        SQL("SELECT CAST(coalesce(sum(fen), 0) AS BIGINT) FROM day_sum WHERE worker = $1 AND day < $2"
                           " AND day > coalesce((SELECT max(to_day) FROM period WHERE state > 0), -1)"),
                            worker, INT32_MAX, &open)) {
        world_wrong(world, "what is paid can't be read");
        return;
    }
    if (paid + late + open == due && (late == 0 || !has_last(world) || world->options.is_offline)) return;
    world->check->fen_off += llabs(paid + late + open - due);
    world_wrong(world, "worker %d: paid %lld + late %lld + open %lld fen, due are %lld", worker, (long long)paid,
                (long long)late, (long long)open, (long long)due);
}

void month_check(struct world *world, struct db *books, const struct wages *wages)
{
    month_kept(world, books);
    for (int i = 0; i < OFFICE_WORKERS && world->wrong[0] == 0; i++)
        worker_check(world, books, wages, world->office->workers[i].number);
}

void month_open(struct world *world)
{
    world->month = calloc(1, sizeof *world->month);
    if (world->month == NULL) abort();
}

void month_close(struct world *world)
{
    free(world->month);
}
