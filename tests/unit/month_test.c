/* month_test.c - random months of wages: whatever comes in whatever order, early, late, twice, corrected around a closing,
 * not a fen is lost or paid twice [R11] [R40].
 *
 * links: server_care server_books server_judge core
 *
 * A trial is a small factory over four months: reports, bad pieces, rework, undos, corrections, repeats, day work,
 * decisions, badges given and revoked, rates changed back, adjustments, checks taken back, closings. After it, for every
 * worker: due by the events (computed by tests/tour/wages.py, which shares no code with the server) = due in the books =
 * what periods paid + what is late + what isn't paid yet; sums of lines = sums over slips; a piece is paid once, whoever
 * shares it, and no more are than there are; what was closed is untouched; a rebuild comes to the same, and so does the
 * step of the schema that counts paid pieces in older books. BAOGONG_MONTHS=10000 build/debug/tests/month_test runs so many months. */
#include <stdlib.h>
#include <sys/stat.h>

#include "core/clock.h"
#include "core/money.h"
#include "server/books/proof.h"
#include "server/care/export.h"
#include "server/judge/period.h"
#include "tests/unit/books.h"

enum { PAID_STEP = 23 }; /* of server/books/schema */
enum { MONTHS_A_TRIAL = 4, MONTHS_IN_CI = 32, ACTS_A_MONTH = 24, KIOSKS = 3, SAID_MAX = 1024, CLOSED_MAX = 8 };
#define DAY_MS INT64_C(86400000)

/* What can be spoken of: an event, and who made it where. */
struct said {
    struct hash name;
    int         kiosk;
    int32_t     worker, op, count;
    const char *sheet;
};

struct trial {
    uint64_t     dice;
    int64_t      now_ms;
    int32_t      month_from, month_to;
    struct kiosk kiosks[KIOSKS], office;
    size_t       said_count, closed_count;
    struct said  said[SAID_MAX];
    int64_t      seed;
    struct {
        int32_t     to_day;
        struct hash lines;
    } closed[CLOSED_MAX];
    int adjustments;
};

static struct trial     *trial;
static const char *const SHEETS[] = {"2603-0001-01", "2603-0001-02", "2603-0002-01"};

static int64_t roll(int64_t least, int64_t most)
{
    return dice_between(&trial->dice, least, most);
}

static bool odds(int percent)
{
    return roll(1, 100) <= percent;
}

/* ---- Steps and acts */

static struct writer_out step(struct act *act)
{
    struct writer_in  in = step_in();
    struct writer_out out;
    in.now_ms = trial->now_ms;
    in.act = act;
    in.most = roll(1, 9);
    for (;;) {
        writer_step(writer, &in, &out);
        err = out.err;
        good(out.err.kind == ERR_NONE);
        if (act == NULL ? out.want != WRITER_AGAIN : out.is_act_done || out.want == WRITER_OFFICE_LINE) return out;
    }
}

static void inbox_taken(const struct event *event, struct hash *name)
{
    int64_t number = inbox_event(event, name);
    inbox.lines[number - 1].line.taken_ms = trial->now_ms;
}

static char answer[400]; /* of the last act */

/* Performs it; the office's events go through the inbox. Refusals are part of the game. */
static int act_try(const char *name, const char *user, const char *second, const char *body)
{
    struct act act = act_of(name, user, body);
    snprintf(act.second, sizeof act.second, "%s", second);
    struct writer_out out = step(&act);
    if (out.want == WRITER_OFFICE_LINE && !out.is_act_done) {
        out.line.epoch = trial->office.epoch;
        out.line.seq = ++trial->office.seq;
        inbox_taken(&out.line, NULL);
        step(NULL);
        act.status = 200;
    }
    snprintf(answer, sizeof answer, "%s", buf_text(&act.answer));
    buf_free(&act.answer);
    return act.status;
}

static void act_good(const char *name, const char *user, const char *second, const char *body)
{
    int status = act_try(name, user, second, body);
    if (status != 200) print_error("seed %lld: %s %s: %d %s\n", (long long)trial->seed, name, body, status, answer);
    assert_int_equal(status, 200);
}

/* ---- What happens on the floor */

static void said_add(const struct event *event, const struct hash *name, int kiosk, const char *sheet)
{
    if (trial->said_count == SAID_MAX) return;
    trial->said[trial->said_count++] =
        (struct said){*name, kiosk, event->workers[0].number, event->op, event->count, sheet};
}

static void workers_set(struct event *event)
{
    event->worker_count = odds(25) ? 2 : 1;
    for (int i = 0; i < event->worker_count; i++) {
        int32_t worker = (int32_t)roll(1, 3);
        event->workers[i] = (struct event_worker){.number = worker, .share = (int32_t)roll(1, 3)};
        if (odds(10)) event->workers[i] = (struct event_worker){.badge = BADGE_NOBODY, .share = 1};
        if (odds(10)) event->workers[i] = (struct event_worker){.badge = BADGE_LI, .number = 1, .share = 1};
    }
    if (event->worker_count == 2 && event->workers[0].number == event->workers[1].number) event->worker_count = 1;
}

static void bad_set(struct event *event)
{
    if (event->count < 2 || !odds(25)) return;
    event->bad_count = 1;
    event->bad[0] = (struct event_bad){(int32_t)roll(1, event->count - 1), 1, odds(50) ? event->op : 0};
}

/* Of this month; now and then of the month before, from a kiosk that was away. */
static int32_t day_any(void)
{
    return (int32_t)(odds(20) ? roll(trial->month_from - 31, trial->month_from - 1)
                              : roll(trial->month_from, trial->month_to));
}

static void kiosk_away(int kiosk)
{
    if (odds(40)) return;
    trial->kiosks[kiosk].epoch.counter++; /* a new card: its days go back */
    trial->kiosks[kiosk].seq = 0;
}

static void floor_report(void)
{
    struct hash name;
    int         kiosk = (int)roll(0, KIOSKS - 1);
    const char *sheet = SHEETS[roll(0, 2)];
    kiosk_away(kiosk);
    struct event event = report_of(&trial->kiosks[kiosk], sheet, odds(50) ? 10 : 20, (int32_t)roll(1, 6), 0, 1);
    event.shift_day = day_any();
    event.rework = odds(8);
    event.before_stop = odds(4);
    workers_set(&event);
    bad_set(&event);
    inbox_taken(&event, &name);
    said_add(&event, &name, kiosk, sheet);
    if (!odds(8)) return;
    const struct writer_line *last = &inbox.lines[inbox.count - 1].line; /* twice: a repeat counts nothing */
    inbox_bytes(last->kiosk, last->epoch, last->seq, last->bytes, last->len);
}

static void floor_change(void)
{
    struct hash name;
    if (trial->said_count == 0) return;
    const struct said target = trial->said[roll(0, (int64_t)trial->said_count - 1)];
    bool              is_undo = odds(50);
    struct event      event = event_of(&trial->kiosks[target.kiosk], is_undo ? EVENT_UNDO : EVENT_CORRECT);
    event.has_refers = true;
    event.refers = target.name;
    event.shift_day = day_any();
    event.worker_count = 1;
    event.workers[0] = (struct event_worker){.number = target.worker == 0 ? 1 : target.worker, .share = 1};
    if (odds(30)) {
        event.by = 3;
        memcpy(event.why, "改", sizeof "改");
    }
    if (!is_undo) {
        event.has_sheet = line_ref_read(target.sheet, &event.sheet.line);
        event.sheet.rev = event.sheet.copy = 1;
        event.op = target.op;
        event.count = (int32_t)roll(1, 6);
        bad_set(&event);
    }
    inbox_taken(&event, &name);
    said_add(&event, &name, target.kiosk, target.sheet);
}

static void floor_hours(void)
{
    struct hash  name;
    struct event event = event_of(&trial->kiosks[0], EVENT_DAYWORK);
    event.shift_day = day_any();
    event.count = (int32_t)roll(1, 700);
    event.by = odds(70) ? 3 : 0;
    if (event.by != 0) memcpy(event.why, "搬", sizeof "搬");
    workers_set(&event);
    inbox_taken(&event, &name);
}

/* ---- What the office does */

static void decide(const char *sql, bool is_bad)
{
    char        body[400];
    const char *found = rows(sql);
    char        name[HASH_TEXT] = "", replaces[HASH_TEXT] = "";
    int         most = 0, op = 0;
    if (sscanf(found, "%64[^|]|%d|%d|%64[^|\n]", name, &most, &op, replaces) < 3) return;
    char more[100] = "", bad[64] = "";
    if (strlen(replaces) == 64) snprintf(more, sizeof more, ",\"replaces\":\"%s\"", replaces);
    if (is_bad) snprintf(bad, sizeof bad, ",\"bad\":[[%d,1,%d]]", most, odds(50) ? op : 0);
    snprintf(body, sizeof body, "{\"refers\":\"%s\",\"count\":%lld,\"why\":\"定\"%s%s}", name,
             (long long)(is_bad ? most : roll(0, most)), bad, more);
    act_try("decide", "console", "", body);
}

static void office_decide(void)
{
    if (odds(60))
        decide("SELECT lower(hex(f.name)), f_count.n, f.op, '-' FROM verdict AS v JOIN fact AS f ON f.number = v.number"
               " JOIN (SELECT number, held AS n FROM verdict) AS f_count ON f_count.number = v.number"
               " WHERE v.held > 0 AND v.decided_by = 0 ORDER BY v.number DESC LIMIT 1",
               false);
    else
        decide("SELECT lower(hex(f.name)), v.bad_open, f.op, COALESCE(lower(hex(x.name)), '-') FROM verdict AS v"
               " JOIN fact AS f ON f.number = v.number LEFT JOIN fact AS x ON x.number = v.bad_decided_by"
               " WHERE v.bad_open > 0 ORDER BY v.number LIMIT 1",
               true);
}

static void office_rate(void)
{
    char body[300], from[DAY_TEXT], to[DAY_TEXT];
    day_write((int32_t)roll(trial->month_from - 40, trial->month_to), from);
    day_write(trial->month_to, to);
    if (odds(50)) {
        snprintf(body, sizeof body, "{\"worker\":%d,\"from\":\"%s\",\"rate\":\"%d.%04d\"}", (int)roll(0, 3), from,
                 (int)roll(10, 30), (int)roll(0, 9999));
        act_good("time.rate", "pay", "", body);
        return;
    }
    snprintf(body, sizeof body,
             "{\"code\":\"%s\",\"family\":\"\",\"from\":\"%s\",\"to\":\"%s\",\"rate\":\"%d.%04d\",\"rework\":\"0.3\"}",
             odds(50) ? "cut" : "weld", from, to, (int)roll(0, 3), (int)roll(0, 9999));
    act_good("rate.change", "pay", "boss", body);
}

static void office_adjust(void)
{
    static const char *const KINDS[] = {"bonus", "fine", "loss", "advance"};
    char                     body[300], on[DAY_TEXT];
    if (trial->adjustments > 0 && odds(30)) {
        snprintf(body, sizeof body, "{\"id_of\":%d,\"why\":\"错\"}", (int)roll(1, trial->adjustments));
        act_try("adjust.strike", "fin", "", body);
        return;
    }
    day_write(day_any(), on);
    snprintf(body, sizeof body,
             "{\"worker\":%d,\"kind\":\"%s\",\"sum\":\"%d.%02d\",\"day\":\"%s\",\"why\":\"因\",\"rule\":\"规\"}",
             (int)roll(1, 3), KINDS[roll(0, 3)], (int)roll(0, 30), (int)roll(1, 99), on);
    act_good("adjust.add", "pay", "", body);
    trial->adjustments++;
    if (odds(20)) return; /* nobody approves it */
    snprintf(body, sizeof body, "{\"id_of\":%d}", trial->adjustments);
    act_good("adjust.approve", "fin", "", body);
}

static void office_badge(void)
{
    if (odds(60))
        act_try("badge.add", "pay", "", "{\"badge\":99,\"worker\":3}");
    else
        act_try("badge.revoke", "pay", "", "{\"badge\":1}");
}

static void month_work(int acts)
{
    for (int i = 0; i < acts; i++) {
        int64_t what = roll(1, 100);
        if (what <= 55)
            floor_report();
        else if (what <= 70)
            floor_change();
        else if (what <= 80)
            floor_hours();
        else if (what <= 88)
            office_decide();
        else if (what <= 92)
            office_rate();
        else if (what <= 98)
            office_adjust();
        else
            office_badge();
        if (odds(50)) step(NULL);
    }
    step(NULL);
}

/* ---- What must hold */

static struct hash text_hash(const char *text)
{
    return hash_of(text, strlen(text));
}

static const char *lines_of(int32_t to_day)
{
    char sql[400];
    snprintf(sql, sizeof sql,
             "SELECT worker, number, share, day, pieces, rate_cfen, fen, paid FROM pay_line WHERE period = %d"
             " ORDER BY worker, number, share",
             (int)to_day);
    return rows(sql);
}

static void holds(const char *what, const char *sql)
{
    const char *found = rows(sql);
    if (found[0] != 0) print_error("seed %lld: %s:\n%s\n", (long long)trial->seed, what, found);
    assert_string_equal(found, "");
}

static void proofs_hold(void)
{
    struct db   *db = books_look("books.db");
    struct proof proof;
    const char  *days = rows("SELECT to_day FROM period WHERE state > 0 ORDER BY to_day");
    for (const char *at = days; *at != 0; at += strcspn(at, "\n"), at += *at == '\n') {
        good(proof_of(db, (int)strtol(at, NULL, 10), &proof, &err));
        if (!proof_holds(&proof)) {
            struct buf text = {0};
            proof_write(&proof, &text);
            print_error("seed %lld: period %d: %s\n", (long long)trial->seed, (int)strtol(at, NULL, 10),
                        buf_text(&text));
            buf_free(&text);
        }
        assert_true(proof_holds(&proof));
    }
    db_close(db);
}

/* [R41] server/books/slip.c: below a fen a piece money doesn't show each piece, so a line of another number isn't written. */
static void pieces_hold(void)
{
    holds(
        "each fact: its pieces are paid once, whoever shares them",
        "SELECT f.number, v.due_pieces, SUM(p.paid) FROM fact AS f JOIN verdict AS v ON v.number = f.number LEFT JOIN"
        " pay_line AS p ON p.name = f.name WHERE f.line > 0 AND f.day <= (SELECT MAX(to_day) FROM period WHERE state >"
        " 0) AND (v.rate_cfen >= 100 OR v.due_fen = 0) AND NOT EXISTS (SELECT 1 FROM late AS l WHERE l.name = f.name)"
        " GROUP BY f.number HAVING COALESCE(SUM(p.paid), 0) != v.due_pieces");
    holds(
        "each operation: paid are good ones, or bad ones; more only while a correction waits for the next month",
        "SELECT p.line, p.op, SUM(p.paid), s.good, s.bad FROM pay_line AS p LEFT JOIN op_sum AS s ON s.line = p.line"
        " AND s.rev = p.rev AND s.op = p.op WHERE p.line > 0 AND NOT EXISTS (SELECT 1 FROM late AS l JOIN fact AS f ON"
        " f.name = l.name WHERE f.line = p.line AND f.op = p.op) GROUP BY p.line, p.rev, p.op HAVING SUM(p.paid) >"
        " COALESCE(s.good + s.bad, 0) OR SUM(p.paid) < 0");
}

/* What reports say of workers, days and operations is what was paid of it, and what is late. */
static void reports_hold(void)
{
    holds("each worker's day by operations: its sum", "SELECT worker, day, SUM(fen) FROM (SELECT worker, day, fen FROM "
                                                      "hand_day UNION ALL SELECT worker, day, -fen FROM"
                                                      " day_sum) AS x GROUP BY worker, day HAVING SUM(fen) != 0");
    holds("each worker's operation of a paid day: its lines, and what is late",
          "SELECT worker, day, code, SUM(fen) FROM (SELECT worker, day, code, fen FROM hand_day WHERE worker != 0 AND "
          "day <="
          " (SELECT MAX(to_day) FROM period WHERE state > 0) UNION ALL SELECT p.worker, p.day, COALESCE(o.code, ''), "
          "-p.fen"
          " FROM pay_line AS p LEFT JOIN sheet_op AS o ON o.line = p.line AND o.rev = p.rev AND o.op = p.op UNION ALL"
          " SELECT l.worker, f.day, COALESCE(o.code, ''), -l.fen FROM late AS l JOIN fact AS f ON f.name = l.name LEFT "
          "JOIN"
          " sheet_op AS o ON o.line = f.line AND o.rev = f.rev AND o.op = f.op WHERE l.worker != 0) AS x"
          " GROUP BY worker, day, code HAVING SUM(fen) != 0");
}

static void sums_hold(void)
{
    proofs_hold();
    pieces_hold();
    reports_hold();
    holds("each worker: due = paid + late + not yet paid",
          "SELECT w, SUM(x) FROM (SELECT worker AS w, fen AS x FROM due WHERE worker != 0 UNION ALL SELECT worker, -fen"
          " FROM pay_line UNION ALL SELECT worker, -fen FROM late WHERE worker != 0 UNION ALL SELECT worker, -fen FROM"
          " day_sum WHERE day > (SELECT COALESCE(MAX(to_day), -100000) FROM period WHERE state > 0)) GROUP BY w HAVING"
          " SUM(x) != 0");
    holds(
        "late, line by line: due less paid",
        "SELECT worker, name, share, SUM(fen) FROM (SELECT d.worker AS worker, f.name AS name, d.share AS share, d.fen "
        "AS"
        " fen FROM due AS d JOIN fact AS f ON f.number = d.number WHERE d.day <= (SELECT MAX(to_day) FROM period WHERE"
        " state > 0) UNION ALL SELECT worker, name, share, -fen FROM pay_line UNION ALL SELECT worker, name, share, "
        "-fen"
        " FROM late) AS x GROUP BY worker, name, share HAVING SUM(fen) != 0");
    holds(
        "a slip's lines are its sums",
        "SELECT s.worker, s.period FROM slip AS s LEFT JOIN (SELECT period, worker, COUNT(*) AS n, SUM(fen) AS fen FROM"
        " pay_line GROUP BY period, worker) AS p ON p.period = s.period AND p.worker = s.worker WHERE s.lines !="
        " COALESCE(p.n, 0) OR s.piece_fen + s.time_fen + s.late_fen != COALESCE(p.fen, 0)");
    holds("fines and losses: at most a fifth, the minimum is left, nobody is paid less than nothing",
          "SELECT worker, period FROM slip WHERE net_fen < 0 OR owed_fen > 0 OR (fine_fen + loss_fen > 0 AND (5 *"
          " (fine_fen + loss_fen) > brought_fen + piece_fen + time_fen + late_fen + bonus_fen OR brought_fen +"
          " piece_fen + time_fen + late_fen + bonus_fen < 100))");
    for (size_t i = 0; i < trial->closed_count; i++) {
        struct hash now = text_hash(lines_of(trial->closed[i].to_day));
        assert_true(hash_equal(&now, &trial->closed[i].lines));
    }
}

/* ---- The other program */

static void csv_write(struct db *db, const char *name, const char *sql)
{
    struct db_stmt *stmt;
    bool            row;
    FILE           *file = fopen(path_of(name), "w");
    assert_non_null(file);
    good(db_prepare(db, sql, &stmt, &err));
    for (int c = 0; c < db_columns(stmt); c++) fprintf(file, "%s%s", c > 0 ? "," : "", db_column_name(stmt, c));
    for (fputs("\r\n", file);; fputs("\r\n", file)) {
        good(db_step(stmt, &row, &err));
        if (!row) break;
        for (int c = 0; c < db_columns(stmt); c++) {
            if (c > 0) fputc(',', file);
            if (db_type_of(stmt, c) == DB_INT) fprintf(file, "%lld", (long long)db_int(stmt, c));
            if (db_type_of(stmt, c) != DB_TEXT) continue;
            fputc('"', file);
            for (const char *at = db_text(stmt, c); *at != 0; at++) fprintf(file, *at == '"' ? "\"\"" : "%c", *at);
            fputc('"', file);
        }
    }
    fclose(file);
}

static void export_write(void)
{
    static const char *const NEEDED =
        " badge worker day_rule run line stop sheet sheet_op rate_change time_rate setting ";
    struct db *db = books_look("books.db");
    char       name[64], epoch[EPOCH_TEXT];
    for (const struct export_table *table = EXPORT_TABLES; table->name != NULL; table++) {
        snprintf(name, sizeof name, " %s ", table->name);
        if (strstr(NEEDED, name) == NULL) continue;
        snprintf(name, sizeof name, "%s.csv", table->name);
        csv_write(db, name, table->sql);
    }
    db_close(db);
    FILE *file = fopen(path_of("events.csv"), "w");
    assert_non_null(file);
    fputs("number,taken_ms,kiosk,epoch,seq,line\r\n", file);
    for (size_t i = 0; i < inbox.count; i++) {
        const struct writer_line *line = &inbox.lines[i].line;
        epoch_write(line->epoch, epoch);
        fprintf(file, "%lld,%lld,%016llx,%s,%lld,\"", (long long)line->number, (long long)line->taken_ms,
                (unsigned long long)line->kiosk, epoch, (long long)line->seq);
        for (const char *at = line->bytes; *at != 0; at++) fprintf(file, *at == '"' ? "\"\"" : "%c", *at);
        fputs("\"\r\n", file);
    }
    fclose(file);
}

/* What each worker's events are worth, by the other program: "1|1250\n3|40", as rows() writes it. */
static void raw_read(char *text, size_t cap)
{
    char        command[512], line[8192];
    const char *root = getenv("ROOT");
    struct buf  out = {0};
    size_t      len = 0;
    text[0] = 0;
    snprintf(command, sizeof command, "python3 '%s/tests/tour/wages.py' '%s'", root != NULL ? root : ".", folder);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    while (fgets(line, sizeof line, pipe) != NULL) buf_str(&out, line);
    assert_int_equal(pclose(pipe), 0);
    struct json *read = json_read(out.bytes, out.len, &err);
    assert_non_null(read);
    for (int worker = 0; worker <= 99; worker++) {
        char key[16];
        snprintf(key, sizeof key, "%d", worker);
        int64_t fen = json_int(json_get(json_get(read, key), "fen"), 0);
        if (fen != 0)
            len += (size_t)snprintf(text + len, cap - len, "%s%d|%lld", len > 0 ? "\n" : "", worker, (long long)fen);
    }
    json_free(read);
    buf_free(&out);
}

/* server/books/sums.c: weeks that are over say what their days say, whatever came late. */
static void weeks_hold(void)
{
    char *weeks = strdup(
        rows("SELECT week, worker, days, fen, facts, pieces, held, time_fen FROM week_sum ORDER BY week, worker"));
    assert_string_equal(weeks,
                        rows("SELECT (day + 3) / 7, worker, COUNT(*), SUM(fen), SUM(facts), SUM(pieces), SUM(held),"
                             " SUM(time_fen) FROM day_sum WHERE (day + 3) / 7 <= (SELECT week FROM week_place)"
                             " GROUP BY (day + 3) / 7, worker ORDER BY (day + 3) / 7, worker"));
    assert_string_equal(rows("SELECT week FROM week_place"), rows("SELECT (MAX(day) + 3) / 7 - 1 FROM kiosk_mark"));
    assert_true(weeks[0] != 0);
    free(weeks);
}

/* ---- A trial */

static void trial_start(int64_t seed)
{
    *trial = (struct trial){.seed = seed, .dice = (uint64_t)seed * 7919 + 1, .now_ms = NOW};
    trial->office = (struct kiosk){
        0, {1, 5},
         0
    };
    for (int i = 0; i < KIOSKS; i++)
        trial->kiosks[i] = (struct kiosk){
            (uint64_t)(0x50 + i), {1, (uint64_t)(7 + i)},
               0
        };
    factory_import();
    act_do("import",
           "{\"kind\":\"orders\",\"columns\":[\"order\",\"line\",\"customer\",\"product\",\"family\",\"quantity\","
           "\"due\"],\"rows\":[[2,\"2603-0002\",\"1\",\"西门\",\"钢门\",\"steel\",\"90\",\"2026-03-20\"]]}");
    act_do("user.add", "{\"name\":\"pay\",\"full\":\"刘洋\",\"roles\":\"payroll\"}");
    act_do("user.add", "{\"name\":\"fin\",\"full\":\"孙丽\",\"roles\":\"finance\"}");
    act_do("user.add", "{\"name\":\"boss\",\"full\":\"何\",\"roles\":\"manager\"}");
    act_do("setting", "{\"name\":\"minimum_wage_fen\",\"value\":100}");
    if (odds(50)) act_do("setting", "{\"name\":\"pay_start_day\",\"value\":26}");
    act_do("time.rate", "{\"worker\":0,\"from\":\"2026-01-01\",\"rate\":\"15\"}");
}

static void month_end(const char *to)
{
    char body[80], why[100];
    snprintf(body, sizeof body, "{\"to\":\"%s\"}", to);
    snprintf(why, sizeof why, "{\"to\":\"%s\",\"why\":\"漏\"}", to);
    act_good("period.check", "pay", "", body);
    sums_hold();
    if (odds(40)) {
        month_work(5);
        act_good("period.reopen", "pay", "", why);
        sums_hold();
        month_work(3);
        act_good("period.check", "pay", "", body);
    }
    if (odds(50)) month_work(4); /* between the check and the close: the next period's */
    sums_hold();
    act_good("period.close", "pay", "fin", body);
    assert_int_equal(act_try("period.close", "boss", "fin", body), 409);
}

static void trial_run(int64_t seed)
{
    char raw[2048];
    trial_start(seed);
    for (int month = 0; month < MONTHS_A_TRIAL; month++) {
        char               to[DAY_TEXT];
        struct period_span span = {0};
        snprintf(raw, sizeof raw, "%s", rows("SELECT COALESCE(MAX(to_day), 0) FROM period"));
        int64_t start_day = strcmp(rows("SELECT value FROM setting WHERE name = 'pay_start_day'"), "26") == 0 ? 26 : 1;
        span = period_open((int)start_day, (int)strtol(raw, NULL, 10) == 0 ? PERIOD_NONE : (int)strtol(raw, NULL, 10),
                           TODAY, TODAY);
        trial->month_from = span.from_day;
        trial->month_to = span.to_day;
        trial->now_ms = (int64_t)span.to_day * DAY_MS + DAY_MS / 2;
        month_work(ACTS_A_MONTH);
        trial->now_ms += 2 * DAY_MS;
        day_write(trial->month_to, to);
        month_end(to);
        trial->closed[trial->closed_count].to_day = trial->month_to;
        trial->closed[trial->closed_count++].lines = text_hash(lines_of(trial->month_to));
    }
    month_work(ACTS_A_MONTH / 2);
    sums_hold();
    weeks_hold();
    export_write();
    raw_read(raw, sizeof raw);
    const char *due =
        rows("SELECT worker, CAST(SUM(fen) AS BIGINT) FROM due GROUP BY worker HAVING SUM(fen) != 0 ORDER BY"
             " worker");
    if (strcmp(raw, due) != 0) print_error("seed %lld\n", (long long)seed);
    assert_string_equal(due, raw);
}

/* Books of before the step come to the same figures by it. Only the whole is the same for a crew's fact, of which a share
 * may have been nobody's so long, and below a fen a piece; of what is late the money says what was paid. */
static void older_books_are_filled(void)
{
    static const char *const FIGURES[] = {
        "SELECT number, due_pieces FROM verdict ORDER BY number",
        "SELECT p.period, p.worker, p.number, p.paid FROM pay_line AS p WHERE p.paid != 0 AND NOT EXISTS (SELECT 1 FROM"
        " pay_line AS x WHERE x.name = p.name AND x.rate_cfen BETWEEN 1 AND 99) AND NOT EXISTS (SELECT 1 FROM fact AS f"
        " JOIN fact_worker AS w ON w.number = f.number WHERE f.name = p.name AND w.share > 0)"
        " ORDER BY p.period, p.worker, p.number",
        "SELECT name, SUM(paid) FROM pay_line WHERE name NOT IN (SELECT name FROM late) GROUP BY name ORDER BY name"};
    enum { FIGURE_COUNT = sizeof FIGURES / sizeof *FIGURES };
    char      *before[FIGURE_COUNT];
    struct db *db = NULL;
    for (int i = 0; i < FIGURE_COUNT; i++) before[i] = strdup(rows(FIGURES[i]));
    db = books_look("books.db");
    good(db_backup(db, path_of("older.db"), &err));
    db_close(db);
    good(db_open(path_of("older.db"), DB_WRITE, NULL, &db, &err));
    good(db_script(db, "ALTER TABLE verdict DROP COLUMN due_pieces; ALTER TABLE pay_line DROP COLUMN paid", &err));
    good(db_script(db, (const char *)embed_books_schema[PAID_STEP - 1].bytes, &err));
    db_close(db);
    for (int i = 0; i < FIGURE_COUNT; i++) {
        assert_string_equal(rows_of("older.db", FIGURES[i]), before[i]);
        free(before[i]);
    }
}

static void rebuilt_it_is_the_same(void)
{
    char *late = strdup(rows("SELECT worker, name, share, fen FROM late ORDER BY worker, name, share"));
    char *sums =
        strdup(rows("SELECT worker, day, fen, time_fen, facts, pieces, held FROM day_sum ORDER BY worker, day"));
    writer_close(writer);
    older_books_are_filled();
    writer = writer_at("books.db", true);
    step(NULL);
    assert_string_equal(rows("SELECT worker, name, share, fen FROM late ORDER BY worker, name, share"), late);
    assert_string_equal(
        rows("SELECT worker, day, fen, time_fen, facts, pieces, held FROM day_sum ORDER BY worker, day"), sums);
    sums_hold();
    weeks_hold();
    free(late);
    free(sums);
}

static void months_come_out_even(void **state)
{
    const char *asked = getenv("BAOGONG_MONTHS");
    int64_t     months = asked != NULL ? (int)strtol(asked, NULL, 10) : MONTHS_IN_CI, first = 1;
    if (getenv("BAOGONG_SEED") != NULL) first = (int)strtol(getenv("BAOGONG_SEED"), NULL, 10);
    trial = calloc(1, sizeof *trial);
    assert_non_null(trial);
    for (int64_t i = 0; i * MONTHS_A_TRIAL < months; i++) {
        assert_int_equal(factory_make(state), 0);
        trial_run(first + i);
        rebuilt_it_is_the_same();
        assert_int_equal(factory_end(state), 0);
    }
    print_message("%lld months, 0 fen off\n", (long long)months);
    free(trial);
}

int main(int argc, char **argv)
{
    static struct rows tests;
    rows_add(&tests, "months come out even", months_come_out_even, NULL);
    return rows_run(&tests, argc, argv);
}
