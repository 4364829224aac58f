/* period_test.c - pay periods: what a period pays, what comes too late for it, who may close it, and that the sums agree.
 * links: server_books server_judge core */
#include <stdlib.h>

#include "core/clock.h"
#include "core/money.h"
#include "server/judge/period.h"
#include "tests/unit/books.h"

/* ---- Spans */

struct span_row {
    const char *name;
    int         start_day;
    const char *day, *from, *to;
};

static const struct span_row SPANS[] = {
    {"calendar month",        1,  "2026-03-04", "2026-03-01", "2026-03-31"},
    {"its last day",          1,  "2026-03-31", "2026-03-01", "2026-03-31"},
    {"February",              1,  "2026-02-10", "2026-02-01", "2026-02-28"},
    {"leap year",             1,  "2028-02-10", "2028-02-01", "2028-02-29"},
    {"from the 26th, before", 26, "2026-03-25", "2026-02-26", "2026-03-25"},
    {"from the 26th, at",     26, "2026-03-26", "2026-03-26", "2026-04-25"},
    {"over the year's end",   26, "2026-12-30", "2026-12-26", "2027-01-25"},
    {"back over the year",    28, "2027-01-01", "2026-12-28", "2027-01-27"},
};

static int32_t day(const char *text)
{
    int32_t read = 0;
    assert_true(day_read(text, &read));
    return read;
}

static void span_case(void **state)
{
    const struct span_row *row = *state;
    struct period_span     span = period_of(row->start_day, day(row->day));
    assert_int_equal(span.from_day, day(row->from));
    assert_int_equal(span.to_day, day(row->to));
}

/* Whatever the setting becomes, the next period begins behind the last that paid. */
static void no_hole_between_periods(void **state)
{
    (void)state;
    struct period_span span = period_open(26, day("2026-03-31"), 0, 0);
    assert_int_equal(span.from_day, day("2026-04-01"));
    assert_int_equal(span.to_day, day("2026-04-25"));
    span = period_open(1, day("2026-04-25"), 0, 0);
    assert_int_equal(span.from_day, day("2026-04-26"));
    assert_int_equal(span.to_day, day("2026-04-30"));
    span = period_open(1, PERIOD_NONE, day("2026-03-04"), day("2026-03-04")); /* the first */
    assert_int_equal(span.from_day, day("2026-03-01"));
    span = period_open(1, PERIOD_NONE, day("2026-03-04"), day("2025-12-30")); /* takes what is older */
    assert_int_equal(span.from_day, day("2025-12-30"));
    assert_int_equal(span.to_day, day("2026-03-31"));
}

/* ---- Deductions [R40] */

struct room_row {
    const char *name;
    int64_t     wage_fen, percent, minimum_fen, room_fen;
};

static const struct room_row ROOMS[] = {
    {"a fifth",              500000,  20, 200000, 100000},
    {"rounded down",         500004,  20, 200000, 100000},
    {"down to the minimum",  210000,  20, 200000, 10000 },
    {"the minimum itself",   200000,  20, 200000, 0     },
    {"below the minimum",    150000,  20, 200000, 0     },
    {"nothing earned",       0,       20, 0,      0     },
    {"less than nothing",    -500000, 20, 0,      0     },
    {"no minimum",           1000,    20, 0,      200   },
    {"nothing may be taken", 500000,  0,  0,      0     },
};

static void room_case(void **state)
{
    const struct room_row *row = *state;
    assert_int_equal(money_room_fen(row->wage_fen, row->percent, row->minimum_fen), row->room_fen);
}

/* ---- The books: March 2026 is over when April has come */

#define APRIL (NOW + INT64_C(35) * 86400000) /* 2026-04-08 */
static int64_t      now_ms;
static struct kiosk kiosk;

static int april(void **state)
{
    int failed = factory_make(state);
    now_ms = APRIL;
    kiosk = (struct kiosk){
        0x51, {1, 0x77},
         0
    };
    return failed;
}

static struct writer_out late_step(struct act *act)
{
    struct writer_in  in = step_in();
    struct writer_out out;
    in.now_ms = now_ms;
    in.act = act;
    do {
        writer_step(writer, &in, &out);
        good(out.err.kind == ERR_NONE);
    } while (act != NULL ? !out.is_act_done : out.want == WRITER_AGAIN);
    return out;
}

static const char *late_act(const char *name, const char *user, const char *second, const char *body, int status)
{
    static char answer[65536];
    struct act  act = act_of(name, user, body);
    snprintf(act.second, sizeof act.second, "%s", second);
    late_step(&act);
    snprintf(answer, sizeof answer, "%s", buf_text(&act.answer));
    if (act.status != status) print_error("%s: %d %s\n", name, act.status, answer);
    assert_int_equal(act.status, status);
    buf_free(&act.answer);
    return answer;
}

static int64_t report(const char *sheet, int32_t op, int32_t count, int32_t worker, const char *on)
{
    struct event event = report_of(&kiosk, sheet, op, count, 0, worker);
    event.shift_day = day(on);
    int64_t number = inbox_event(&event, NULL);
    inbox.lines[number - 1].line.taken_ms = now_ms;
    late_step(NULL);
    return number;
}

static void people(void)
{
    factory_import();
    act_do("user.add", "{\"name\":\"pay\",\"full\":\"刘洋\",\"roles\":\"payroll\"}");
    act_do("user.add", "{\"name\":\"fin\",\"full\":\"孙丽\",\"roles\":\"finance\"}");
    act_do("user.add", "{\"name\":\"desk\",\"full\":\"文员\",\"roles\":\"desk\"}");
}

#define MARCH "{\"to\":\"2026-03-31\"}"
#define SLIPS \
    "SELECT worker, days, pieces, lines, piece_fen, late_fen, net_fen FROM slip WHERE period = 20543 ORDER BY worker"

#define APRIL_BODY "{\"to\":\"2026-04-30\"}"
#define APRIL_SLIPS \
    "SELECT worker, days, pieces, lines, piece_fen, late_fen, net_fen FROM slip WHERE period = 20573 ORDER BY worker"

static void close_march(void)
{
    late_act("period.check", "pay", "", MARCH, 200);
    assert_non_null(strstr(late_act("period.close", "pay", "fin", MARCH, 200), "\"holds\":true"));
}

/* A period is what is due for its dates; what comes afterwards is the next one's, as a difference. */
static void a_period_pays_what_is_due(void **state)
{
    (void)state;
    people();
    report("2603-0001-01", 10, 3, 1, "2026-03-05"); /* 3 x 0.50 */
    report("2603-0001-01", 20, 4, 2, "2026-03-06"); /* 4 x 1.25 */
    close_march();
    assert_string_equal(rows(SLIPS), "1|1|3|1|150|0|150\n2|1|4|1|500|0|500");
    char *kept =
        strdup(rows("SELECT period, worker, number, share, day, pieces, fen FROM pay_line ORDER BY worker, number"));
    report("2603-0001-01", 10, 2, 1, "2026-03-30"); /* late: of March, from a kiosk that was away */
    report("2603-0001-01", 10, 1, 1, "2026-04-02");
    assert_string_equal(rows("SELECT worker, fen FROM late"), "1|100");
    assert_string_equal(
        rows("SELECT period, worker, number, share, day, pieces, fen FROM pay_line ORDER BY worker, number"), kept);
    free(kept);
    now_ms += INT64_C(30) * 86400000;
    late_act("period.check", "pay", "", "{\"to\":\"2026-04-30\"}", 200);
    assert_string_equal(rows("SELECT worker, days, pieces, lines, piece_fen, late_fen, net_fen FROM slip WHERE period ="
                             " 20573"),
                        "1|1|1|2|50|100|150");
    assert_string_equal(rows("SELECT worker, fen FROM late"), "");
}

/* [R41] server/books/unsettled.c: what a later step proves, and nobody reported, is listed with the check. */
static void what_nobody_reported_is_listed(void **state)
{
    (void)state;
    people();
    report("2603-0001-01", 10, 1, 1, "2026-03-05"); /* one leaf cut ... */
    report("2603-0001-01", 20, 6, 2, "2026-03-06"); /* ... and three welded, two seams each */
    close_march();
    assert_string_equal(rows("SELECT what, line, op, pieces, fen FROM pay_open WHERE period = 20543"),
                        "missing|2603000101|10|2|100");
}

/* Undone, corrected, or decided after it was paid: taken back or paid later, never edited. */
static void what_was_paid_is_never_touched(void **state)
{
    (void)state;
    people();
    struct event event = report_of(&kiosk, "2603-0001-01", 20, 4, 0, 2), undo;
    struct hash  name;
    event.shift_day = day("2026-03-06");
    inbox.lines[inbox_event(&event, &name) - 1].line.taken_ms = now_ms;
    late_step(NULL);
    close_march();
    undo = event_of(&kiosk, EVENT_UNDO);
    undo.has_refers = true;
    undo.refers = name;
    undo.worker_count = 1;
    undo.workers[0] = (struct event_worker){.number = 2, .share = 1};
    undo.shift_day = day("2026-04-02");
    inbox.lines[inbox_event(&undo, NULL) - 1].line.taken_ms = now_ms;
    late_step(NULL);
    assert_string_equal(rows("SELECT worker, fen FROM late"), "2|-500");
    assert_string_equal(rows("SELECT worker, fen FROM pay_line"), "2|500");
    now_ms += INT64_C(30) * 86400000;
    late_act("period.check", "pay", "", "{\"to\":\"2026-04-30\"}", 200);
    /* He earned nothing else: he is paid nothing, and begins the next period with what he owes. */
    assert_string_equal(rows("SELECT late_fen, net_fen, owed_fen FROM slip WHERE period = 20573"), "-500|0|-500");
    late_act("period.close", "pay", "fin", "{\"to\":\"2026-04-30\"}", 200);
    report("2603-0001-01", 20, 6, 2, "2026-05-03");
    now_ms += INT64_C(31) * 86400000;
    late_act("period.check", "pay", "", "{\"to\":\"2026-05-31\"}", 200);
    assert_string_equal(rows("SELECT piece_fen, brought_fen, net_fen, owed_fen FROM slip WHERE period = 20604"),
                        "750|-500|250|0");
}

/* ---- [R41] server/books/slip.c: pieces paid for */

static void take(struct event *event, const char *on, struct hash *name)
{
    event->shift_day = day(on);
    inbox.lines[inbox_event(event, name) - 1].line.taken_ms = now_ms;
    late_step(NULL);
}

static int64_t office_seq;

static void fault_decided(const struct hash *name, int32_t pieces, int32_t fault)
{
    char body[200], hex[HASH_TEXT];
    hash_write(name, hex);
    snprintf(body, sizeof body, "{\"refers\":\"%s\",\"count\":%d,\"bad\":[[%d,1,%d]],\"why\":\"定\"}", hex, (int)pieces,
             (int)pieces, (int)fault);
    struct act        act = act_of("decide", "console", body);
    struct writer_out out = act_step_of(&act);
    assert_int_equal(out.want, WRITER_OFFICE_LINE);
    out.line.epoch = (struct epoch){1, 5};
    out.line.seq = ++office_seq;
    inbox.lines[inbox_event(&out.line, NULL) - 1].line.taken_ms = now_ms;
    late_step(NULL);
    buf_free(&act.answer);
}

/* Of operation 20: good, bad, paid. */
static const char *balance(void)
{
    return rows("SELECT s.good, s.bad, (SELECT CAST(SUM(p.paid) AS BIGINT) FROM pay_line AS p WHERE p.line = s.line AND"
                " p.rev = s.rev AND p.op = s.op) FROM op_sum AS s WHERE s.op = 20");
}

static void next_month(const char *to)
{
    char body[40];
    snprintf(body, sizeof body, "{\"to\":\"%s\"}", to);
    now_ms += INT64_C(30) * 86400000;
    late_act("period.check", "pay", "", body, 200);
    late_act("period.close", "pay", "fin", body, 200);
}

/* A crew of two makes 6, 2 of them bad, and another worker reworks one. */
static void crew_reports(struct hash *name)
{
    struct event event = report_of(&kiosk, "2603-0001-01", 20, 6, 0, 1), rework;
    event.worker_count = 2;
    event.workers[1] = (struct event_worker){.number = 2, .share = 1};
    event.bad_count = 1;
    event.bad[0] = (struct event_bad){2, 1, 0};
    take(&event, "2026-03-06", name);
    rework = report_of(&kiosk, "2603-0001-01", 20, 1, 0, 3);
    rework.rework = true;
    take(&rework, "2026-03-07", NULL);
}

static void bad_pieces_are_paid_once_decided(void **state)
{
    struct hash name;
    (void)state;
    people();
    office_seq = 0;
    crew_reports(&name);
    close_march();
    assert_string_equal(balance(), "5|1|4"); /* a crew's piece once; no bad one before it is decided, no rework */
    assert_string_equal(rows("SELECT worker, share, pieces, paid FROM pay_line ORDER BY number, share"),
                        "1|0|6|4\n2|1|6|0\n3|0|1|0");
    fault_decided(&name, 1, 0);
    next_month("2026-04-30");
    assert_string_equal(balance(), "5|1|5");
    assert_string_equal(rows("SELECT worker, paid FROM pay_line WHERE period = 20573 ORDER BY worker"), "1|1\n2|0");
}

static void his_own_fault_is_not_paid(void **state)
{
    struct hash name;
    (void)state;
    people();
    office_seq = 0;
    crew_reports(&name);
    fault_decided(&name, 2, 20);
    close_march();
    assert_string_equal(balance(), "5|1|4");
}

/* Paid is what was paid: a later correction is taken back by the next period, and a check taken back pays nothing. */
static void a_late_correction_takes_pieces_back(void **state)
{
    struct hash  name;
    struct event correct;
    (void)state;
    people();
    crew_reports(&name);
    close_march();
    correct = report_of(&kiosk, "2603-0001-01", 20, 3, 0, 1);
    correct.kind = EVENT_CORRECT;
    correct.has_refers = true;
    correct.refers = name;
    correct.by = 3;
    memcpy(correct.why, "数错", sizeof "数错");
    take(&correct, "2026-03-06", NULL);
    assert_string_equal(balance(), "3|0|4");
    now_ms += INT64_C(30) * 86400000;
    late_act("period.check", "pay", "", APRIL_BODY, 200);
    assert_string_equal(balance(), "3|0|3");
    assert_string_equal(rows("SELECT SUM(paid) FROM pay_line WHERE period = 20573 GROUP BY number ORDER BY number"),
                        "-4\n3");
    late_act("period.reopen", "pay", "", "{\"to\":\"2026-04-30\",\"why\":\"漏\"}", 200);
    assert_string_equal(balance(), "3|0|4");
    late_act("period.check", "pay", "", APRIL_BODY, 200);
    assert_string_equal(balance(), "3|0|3");
}

/* Between check and close the lines stand still. */
static void checked_lines_stand_still(void **state)
{
    (void)state;
    people();
    report("2603-0001-01", 10, 3, 1, "2026-03-05");
    late_act("period.check", "pay", "", MARCH, 200);
    report("2603-0001-01", 10, 2, 1, "2026-03-06");
    late_act("period.close", "fin", "pay", MARCH, 200);
    assert_string_equal(rows(SLIPS), "1|1|3|1|150|0|150");
    assert_string_equal(rows("SELECT worker, fen FROM late"), "1|100");
}

/* A check that is taken back leaves the period as if nobody had checked it. */
static void a_check_can_be_taken_back(void **state)
{
    (void)state;
    people();
    report("2603-0001-01", 10, 1, 1, "2026-02-05"); /* before the books began: of the first period */
    close_march();
    now_ms += INT64_C(30) * 86400000;
    report("2603-0001-01", 10, 3, 1, "2026-04-05");
    kiosk.id++; /* another one, which was away: one kiosk's days don't go back */
    kiosk.seq = 0;
    report("2603-0001-01", 10, 2, 1, "2026-03-06");
    late_act("period.check", "pay", "", APRIL_BODY, 200);
    assert_string_equal(rows(APRIL_SLIPS), "1|1|3|2|150|100|250");
    kiosk.id++;
    kiosk.seq = 0;
    report("2603-0001-01", 10, 1, 1, "2026-04-07");
    assert_string_equal(rows("SELECT worker, fen FROM late"), "1|50");
    late_act("period.reopen", "pay", "", "{\"to\":\"2026-04-30\",\"why\":\"漏了一天\"}", 200);
    assert_string_equal(rows("SELECT worker, fen FROM late"), "1|100");
    assert_string_equal(rows("SELECT period FROM pay_line WHERE period != 20543"), "");
    late_act("period.check", "pay", "", APRIL_BODY, 200);
    late_act("period.close", "pay", "fin", APRIL_BODY, 200);
    assert_string_equal(rows(APRIL_SLIPS), "1|2|4|3|200|100|300");
    late_act("period.reopen", "pay", "", "{\"to\":\"2026-04-30\",\"why\":\"x\"}", 409);
}

/* A piece whose badge nobody had is paid by the period in which somebody gets it. */
static void nobodys_work_waits(void **state)
{
    (void)state;
    people();
    struct event event = report_of(&kiosk, "2603-0001-01", 10, 4, BADGE_NOBODY, 0);
    event.shift_day = day("2026-03-06");
    inbox.lines[inbox_event(&event, NULL) - 1].line.taken_ms = now_ms;
    late_step(NULL);
    report("2603-0001-01", 10, 1, 1, "2026-03-05");
    close_march();
    assert_string_equal(rows("SELECT worker, SUM(fen) FROM pay_line GROUP BY worker"), "1|50");
    late_act("badge.add", "pay", "", "{\"badge\":99,\"worker\":3}", 200);
    assert_string_equal(rows("SELECT worker, fen FROM late"), "3|200");
}

/* Two persons at two desks: one closing. The same act sent again is the same act. */
static void two_closings_are_one(void **state)
{
    (void)state;
    people();
    report("2603-0001-01", 10, 3, 1, "2026-03-05");
    late_act("period.check", "pay", "", MARCH, 200);
    struct act first = act_of("period.close", "pay", MARCH), second = act_of("period.close", "fin", MARCH);
    memcpy(first.second, "fin", 4);
    memcpy(second.second, "pay", 4);
    late_step(&first);
    late_step(&second);
    assert_int_equal(first.status, 200);
    assert_int_equal(second.status, 409);
    assert_non_null(strstr(buf_text(&second.answer), "period.closed"));
    late_step(&first);
    assert_int_equal(first.status, 200);
    assert_string_equal(rows("SELECT state, closed_by FROM period"), "2|pay,fin");
    buf_free(&first.answer);
    buf_free(&second.answer);
}

struct refused_row {
    const char *name, *act, *user, *second, *body;
    int         status;
    const char *say;
};

static const struct refused_row REFUSED[] = {
    {"close by one",             "period.close",  "pay",  "",     MARCH,                                            403, "act.two"           },
    {"close by one twice",       "period.close",  "pay",  "pay",  MARCH,                                            403, "act.two"           },
    {"close with the desk",      "period.close",  "pay",  "desk", MARCH,                                            403, "act.rights"        },
    {"close by the desk",        "period.close",  "desk", "pay",  MARCH,                                            403, "act.rights"        },
    {"check by finance",         "period.check",  "fin",  "",     MARCH,                                            403, "act.rights"        },
    {"close what isn't checked", "period.close",  "pay",  "fin",  MARCH,                                            409, "period.not_checked"},
    {"another period",           "period.check",  "pay",  "",     "{\"to\":\"2026-04-30\"}",                        409, "period.other"      },
    {"no day",                   "period.check",  "pay",  "",     "{\"to\":\"2026-02-30\"}",                        400, "import.day"        },
    {"pay day before its end",   "period.check",  "pay",  "",     "{\"to\":\"2026-03-31\",\"pay\":\"2026-03-30\"}", 400,
     "period.pay_day"                                                                                                                        },
    {"reopen without a reason",  "period.reopen", "pay",  "",     MARCH,                                            409, "period.not_checked"},
};

static void refused_case(void **state)
{
    const struct refused_row *row = *state;
    people();
    report("2603-0001-01", 10, 3, 1, "2026-03-05");
    assert_non_null(strstr(late_act(row->act, row->user, row->second, row->body, row->status), row->say));
}

static void a_period_that_runs_is_not_checked(void **state)
{
    (void)state;
    people();
    report("2603-0001-01", 10, 3, 1, "2026-03-05");
    now_ms = NOW;
    assert_non_null(strstr(late_act("period.check", "pay", "", MARCH, 409), "period.early"));
}

/* ---- Day work: by worker and shift date */

static int64_t daywork(int32_t worker, int32_t minutes, const char *on, int32_t by, struct hash *name)
{
    struct event event = event_of(&kiosk, EVENT_DAYWORK);
    event.shift_day = day(on);
    event.count = minutes;
    event.by = by;
    if (by != 0) memcpy(event.why, "搬料", sizeof "搬料");
    event.worker_count = 1;
    event.workers[0] = (struct event_worker){.number = worker, .share = 1};
    int64_t number = inbox_event(&event, name);
    inbox.lines[number - 1].line.taken_ms = now_ms;
    late_step(NULL);
    return number;
}

#define VERDICTS                                                                                                     \
    "SELECT f.number, v.kind, v.counted, v.held, v.due_fen FROM fact AS f JOIN verdict AS v ON v.number = f.number " \
    "WHERE f.kind = 22 ORDER BY f.number"

static void hours_are_paid_by_the_dated_rate(void **state)
{
    struct hash name;
    (void)state;
    people();
    daywork(1, 90, "2026-03-05", 3, NULL);  /* a supervisor's entry, before there is a rate */
    daywork(2, 60, "2026-03-05", 0, &name); /* his own word */
    assert_string_equal(rows(VERDICTS), "1|2|0|90|0\n2|2|0|60|0");
    late_act("time.rate", "pay", "", "{\"worker\":0,\"from\":\"2026-03-01\",\"rate\":\"15\"}", 200);
    assert_string_equal(rows(VERDICTS), "1|0|90|0|2250\n2|2|0|60|0");
    late_act("time.rate", "pay", "", "{\"worker\":1,\"from\":\"2026-03-05\",\"rate\":\"18.5\"}", 200);
    assert_string_equal(rows(VERDICTS), "1|0|90|0|2775\n2|2|0|60|0"); /* 27.75: his own rate, rounded once */
    late_act("time.rate", "pay", "", "{\"worker\":1,\"from\":\"2026-03-06\",\"rate\":\"99\"}", 200);
    assert_string_equal(rows(VERDICTS), "1|0|90|0|2775\n2|2|0|60|0"); /* from the day after: nothing to it */
    /* More than a day has: held, until somebody says how much of it counts. */
    daywork(1, 900, "2026-03-05", 3, &name);
    assert_string_equal(rows(VERDICTS), "1|0|90|0|2775\n2|2|0|60|0\n3|2|0|900|0");
    char body[200], hex[HASH_TEXT];
    hash_write(&name, hex);
    snprintf(body, sizeof body, "{\"refers\":\"%s\",\"count\":240,\"why\":\"四小时\"}", hex);
    struct act        act = act_of("decide", "console", body);
    struct writer_out out = act_step_of(&act);
    out.line.epoch = (struct epoch){1, 5};
    out.line.seq = 1;
    int64_t number = inbox_event(&out.line, NULL);
    inbox.lines[number - 1].line.taken_ms = now_ms;
    late_step(NULL);
    assert_string_equal(rows(VERDICTS), "1|0|90|0|2775\n2|2|0|60|0\n3|0|240|0|7400");
    buf_free(&act.answer);
    close_march();
    assert_string_equal(rows("SELECT worker, days, minutes, pieces, piece_fen, time_fen, net_fen FROM slip"),
                        "1|1|330|0|0|10175|10175");
    /* What is said to be his hours afterwards comes with the next period. */
    late_act("time.rate", "pay", "", "{\"worker\":1,\"from\":\"2026-03-05\",\"rate\":\"20\"}", 200);
    assert_string_equal(rows("SELECT worker, CAST(SUM(fen) AS BIGINT) FROM late GROUP BY worker"), "1|825");
    char *late = strdup(rows("SELECT worker, fen FROM late ORDER BY fen"));
    writer_close(writer);
    writer = writer_at("books.db", true);
    apply_all(1);
    assert_string_equal(rows("SELECT worker, fen FROM late ORDER BY fen"), late);
    free(late);
}

static void undone_hours_are_not_paid(void **state)
{
    struct hash  name;
    struct event undo;
    (void)state;
    people();
    late_act("time.rate", "pay", "", "{\"worker\":0,\"from\":\"2026-03-01\",\"rate\":\"15\"}", 200);
    daywork(1, 960, "2026-03-05", 3, &name);
    daywork(1, 1, "2026-03-05", 3, NULL);
    assert_string_equal(rows(VERDICTS), "1|0|960|0|24000\n2|2|0|1|0");
    undo = event_of(&kiosk, EVENT_UNDO);
    undo.has_refers = true;
    undo.refers = name;
    undo.by = 3;
    memcpy(undo.why, "记错", sizeof "记错");
    undo.shift_day = day("2026-03-05");
    inbox.lines[inbox_event(&undo, NULL) - 1].line.taken_ms = now_ms;
    late_step(NULL);
    assert_string_equal(rows(VERDICTS), "1|3|0|0|0\n2|0|1|0|25"); /* and there is room again */
    late_act("setting", "console", "", "{\"name\":\"time_most_minutes\",\"value\":1}", 200);
    daywork(1, 1, "2026-03-05", 3, NULL);
    assert_string_equal(rows(VERDICTS), "1|3|0|0|0\n2|0|1|0|25\n4|2|0|1|0");
    late_act("setting", "console", "", "{\"name\":\"time_most_minutes\",\"value\":2}", 200);
    assert_string_equal(rows(VERDICTS), "1|3|0|0|0\n2|0|1|0|25\n4|0|1|0|25");
}

/* Rebuilt from the inbox the books are the same, closed lines untouched, differences found again. */
static void a_rebuild_leaves_periods_equal(void **state)
{
    (void)state;
    people();
    report("2603-0001-01", 10, 3, 1, "2026-03-05");
    report("2603-0001-01", 20, 4, 2, "2026-03-06");
    close_march();
    report("2603-0001-01", 10, 2, 1, "2026-03-30");
    char *late = strdup(rows("SELECT worker, fen FROM late")),
         *paid = strdup(rows("SELECT period, worker, number, fen FROM pay_line ORDER BY worker, number"));
    writer_close(writer);
    writer = writer_at("books.db", true);
    assert_string_equal(rows("SELECT worker, fen FROM late"), "");
    apply_all(2);
    assert_string_equal(rows("SELECT worker, fen FROM late"), late);
    assert_string_equal(rows("SELECT period, worker, number, fen FROM pay_line ORDER BY worker, number"), paid);
    report("2603-0001-01", 10, 1, 1, "2026-03-31"); /* and they are kept up from there on */
    assert_string_equal(rows("SELECT worker, CAST(SUM(fen) AS BIGINT) FROM late GROUP BY worker"), "1|150");
    free(late);
    free(paid);
}

int main(int argc, char **argv)
{
    static struct rows      tests;
    const struct CMUnitTest factories[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, april, factory_end)
        TEST(a_period_pays_what_is_due),
        TEST(what_nobody_reported_is_listed),
        TEST(what_was_paid_is_never_touched),
        TEST(bad_pieces_are_paid_once_decided),
        TEST(his_own_fault_is_not_paid),
        TEST(a_late_correction_takes_pieces_back),
        TEST(checked_lines_stand_still),
        TEST(a_check_can_be_taken_back),
        TEST(nobodys_work_waits),
        TEST(two_closings_are_one),
        TEST(a_period_that_runs_is_not_checked),
        TEST(a_rebuild_leaves_periods_equal),
        TEST(hours_are_paid_by_the_dated_rate),
        TEST(undone_hours_are_not_paid),
    };
    for (size_t i = 0; i < sizeof factories / sizeof *factories; i++) tests.tests[tests.count++] = factories[i];
    ROWS_ADD(&tests, refused_case, REFUSED);
    rows_around(&tests, 0, april, factory_end);
    ROWS_ADD(&tests, span_case, SPANS);
    ROWS_ADD(&tests, room_case, ROOMS);
    rows_add(&tests, "no hole between periods", no_hole_between_periods, NULL);
    return rows_run(&tests, argc, argv);
}
