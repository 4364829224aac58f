/* wages_test.c - wages, computed twice: by server/judge and by tests/tour/wages.py, which shares no code with it.
 * links: server_judge core
 *
 * Many histories made by dice become one export, each on an order line of its own; both must come to the same fen for
 * every fact, worker and shift date. Then a small export written by hand, with its wages beside it. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/json.h"
#include "tests/unit/line_history.h"

enum { HISTORIES = 1500, TAKEN_DAY = 100, NAME_TEXT_MAX = 4096, WORKERS = 100, DAYS = 10, REVOKED = 1000 };

static const struct epoch SERVER = {1, 7};
static const uint64_t     RUN = UINT64_C(0xfedcba9876543210);

/* An export being written, and what judge_line() makes of the same. */
struct trial {
    char     folder[64];
    FILE    *events, *line, *sheet, *op, *stop, *stays, *rate;
    int64_t  number, rates;
    int64_t  worker_fen[WORKERS], day_fen[WORKERS][DAYS];
    int64_t *fen, *counted; /* by inbox number */
    uint64_t dice;
};

static FILE *file_new(const struct trial *trial, const char *name, const char *columns)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s.csv", trial->folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "%s\r\n", columns);
    return file;
}

/* Badges: 1001 ... valid, 2001 ... revoked; 2000 of nobody known. */
static void people_write(const struct trial *trial)
{
    FILE *badge = file_new(trial, "badge", "badge,worker,revoked_feed,version");
    FILE *worker = file_new(trial, "worker", "number,name,left_day,version");
    for (int i = 1; i <= 26; i++) {
        fprintf(worker, "%d,%c,,1\r\n", i, 'A' + i - 1);
        fprintf(badge, "%d,%d,,1\r\n%d,%d,-5,1\r\n", 1000 + i, i, 1000 + REVOKED + i, i);
    }
    fprintf(badge, "%d,99,-5,1\r\n", 1000 + REVOKED);
    fclose(badge);
    fclose(worker);
}

static void trial_start(struct trial *trial)
{
    snprintf(trial->folder, sizeof trial->folder, "wages-XXXXXX");
    assert_non_null(mkdtemp(trial->folder));
    trial->fen = calloc(HISTORIES * FACTS_MOST + 1, sizeof *trial->fen);
    trial->counted = calloc(HISTORIES * FACTS_MOST + 1, sizeof *trial->counted);
    trial->dice = 2024;
    trial->events = file_new(trial, "events", "number,taken_ms,kiosk,epoch,seq,line");
    trial->line = file_new(trial, "line", "line,order_id,product,family");
    trial->sheet = file_new(trial, "sheet", "line,rev,quantity,family,signed_ms,signed_by,feed");
    trial->op = file_new(trial, "sheet_op", "line,rev,op,code,part,per_door,planned,rate_cfen,rework_rate_cfen");
    trial->stop = file_new(trial, "stop", "id,line,why,by_user,at_ms,feed,lifted_feed,pieces,version");
    trial->stays = file_new(trial, "stays", "line,new_rev,old_op,old_rev,new_op,good,redo,by_user,at_ms,version");
    trial->rate = file_new(trial, "rate_change", "id,code,family,from_day,to_day,rate_cfen,rework_rate_cfen");
    fclose(file_new(trial, "day_rule", "from_number,rule"));
    FILE *run = file_new(trial, "run", "number,run,started_ms,epoch_counter,epoch_random,first_feed");
    fprintf(run, "1,%lld,0,%u,%lld,1\r\n", (long long)RUN, SERVER.counter, (long long)SERVER.random);
    fclose(run);
    people_write(trial);
}

static void trial_close(const struct trial *trial)
{
    FILE *const files[] = {trial->events, trial->line, trial->sheet, trial->op, trial->stop, trial->stays, trial->rate};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) assert_int_equal(fclose(files[i]), 0);
}

/* ---- What the office entered */

/* Changed rates hold for an operation everywhere, so the operation's name is the line's own. */
static void sheet_write(struct trial *trial, struct world *world, int64_t line)
{
    int64_t void_feed = world->revs[0].is_void ? world->revs[0].void_feed : INT64_MAX / 2;
    fprintf(trial->line, "%lld,0,door,%s\r\n", (long long)line, world->line.family);
    for (size_t i = 0; i < world->line.rev_count; i++)
        fprintf(trial->sheet, "%lld,%d,10,steel,0,x,%lld\r\n", (long long)line, world->revs[i].rev,
                i == 0 ? 1LL : (long long)void_feed);
    for (size_t i = 0; i < world->line.op_count; i++) {
        struct judge_op *op = &world->ops[i];
        fprintf(trial->op, "%lld,%d,%d,%s-%lld,leaf,1,%lld,%lld,%lld\r\n", (long long)line, op->rev, op->number,
                op->code, (long long)line, (long long)op->planned, (long long)op->rate_cfen,
                (long long)op->rework_rate_cfen);
    }
    for (size_t i = 0; i < world->line.stop_count; i++) {
        const struct judge_stop *stop = &world->stops[i];
        fprintf(trial->stop, "0,%lld,why,who,0,%lld,", (long long)(i == 0 ? line : line / 100 * 100),
                (long long)stop->feed);
        if (stop->lifted_feed != 0) fprintf(trial->stop, "%lld", (long long)stop->lifted_feed);
        fprintf(trial->stop, ",%lld,1\r\n", (long long)stop->doors);
    }
    for (size_t i = 0; i < world->line.stays_count; i++) {
        const struct judge_stays *stays = &world->stays[i];
        fprintf(trial->stays, "%lld,%d,%d,%d,%d,%lld,0,x,0,1\r\n", (long long)line, stays->new_rev, stays->old_op,
                stays->old_rev, stays->new_op, (long long)stays->count);
    }
    for (size_t i = 0; i < world->line.rate_count; i++) {
        const struct judge_rate *rate = &world->rates[i];
        fprintf(trial->rate, "%lld,%s-%lld,%s,%d,%d,%lld,%lld\r\n", (long long)++trial->rates, rate->code,
                (long long)line, rate->family, rate->from_day, rate->to_day, (long long)rate->rate_cfen,
                (long long)rate->rework_rate_cfen);
    }
}

/* ---- What the kiosks sent */

/* The fact's own words as an event's bytes. Each stands in an epoch of its own, so that no date bounds the next. */
static void event_finish(struct trial *trial, struct world *world, size_t fact, struct buf *line)
{
    struct event *event = &world->events[fact];
    struct err    err;
    int64_t       number = trial->number + (int64_t)fact + 1, seen = world->facts[fact].seen_feed;
    event->epoch = (struct epoch){(uint32_t)number, 1};
    event->seq = 1;
    event->seen = (struct event_seen){SERVER, seen < 0 ? 1 : RUN, seen < 0 ? 0 : seen};
    event->sheet.line = world->line.line;
    event->sheet.copy = 1;
    for (int i = 0; i < event->worker_count && world->facts[fact].badge_revoked; i++)
        event->workers[i].badge = event->workers[i].number + 1000 + REVOKED;
    assert_true(event_write(event, line, &err));
    if (!event->has_unknown) return;
    line->len--;
    buf_str(line, ",\"later\":1}");
}

/* The words name facts by number; bytes name them by hash, so whom a fact refers to is written before it. False: the
 * references go round in a circle, which hashes can't. */
static bool fact_name(struct trial *trial, struct world *world, struct buf *lines, bool *is_busy, size_t fact)
{
    struct event *event = &world->events[fact];
    struct hash *spoken[2] = {event->has_refers ? &event->refers : NULL, event->has_replaces ? &event->replaces : NULL};
    if (lines[fact].len > 0) return true;
    if (is_busy[fact]) return false;
    is_busy[fact] = true;
    for (int i = 0; i < 2; i++) {
        for (size_t j = 0; j < world->line.fact_count && spoken[i] != NULL; j++) {
            struct hash word = world_name((int64_t)j + 1);
            if (!hash_equal(spoken[i], &word)) continue;
            if (!fact_name(trial, world, lines, is_busy, j)) return false;
            *spoken[i] = world->facts[j].name;
        }
    }
    event_finish(trial, world, fact, &lines[fact]);
    world->facts[fact].name = event_name(lines[fact].bytes, lines[fact].len);
    return true;
}

static void cell_write(FILE *file, const char *text)
{
    fputc('"', file);
    for (; *text != 0; text++) fprintf(file, *text == '"' ? "\"\"" : "%c", *text);
    fputc('"', file);
}

static void event_line(struct trial *trial, const struct event *event, const char *line)
{
    char epoch[EPOCH_TEXT];
    epoch_write(event->epoch, epoch);
    fprintf(trial->events, "%lld,%lld,%016llx,%s,1,", (long long)event->epoch.counter, TAKEN_DAY * 86400000LL,
            (unsigned long long)event->kiosk, epoch);
    cell_write(trial->events, line);
    fprintf(trial->events, "\r\n");
}

/* ---- What the judge says */

static void judged_add(struct trial *trial, const struct world *world)
{
    struct judgement judged = {0};
    judge_line(&world->line, &judged);
    for (size_t i = 0; i < world->line.fact_count; i++) {
        trial->fen[world->facts[i].number] = judged.verdicts[i].due_fen;
        trial->counted[world->facts[i].number] = judged.verdicts[i].counted;
    }
    for (size_t i = 0; i < judged.due_count; i++) {
        trial->worker_fen[judged.dues[i].worker] += judged.dues[i].fen;
        trial->day_fen[judged.dues[i].worker][world->events[judged.dues[i].fact].shift_day] += judged.dues[i].fen;
    }
    judgement_free(&judged);
}

static void history_add(struct trial *trial, const struct history *history, int serial)
{
    struct world *world = world_make(history->world, "");
    struct buf    lines[FACTS_MOST] = {{0}};
    bool          is_busy[FACTS_MOST] = {false}, is_possible = true;
    world->line.line = (struct line_ref){2603, serial, 1};
    for (int i = 0; i < history->count; i++) world_fact(world, history->facts[i]);
    for (size_t i = 0; i < world->line.fact_count; i++)
        is_possible = is_possible && fact_name(trial, world, lines, is_busy, i);
    for (size_t i = 0; i < world->line.fact_count && is_possible; i++) {
        event_line(trial, &world->events[i], buf_text(&lines[i]));
        world->facts[i].number = ++trial->number;
    }
    if (is_possible) {
        sheet_write(trial, world, line_ref_key(world->line.line));
        judged_add(trial, world);
    }
    for (int i = 0; i < FACTS_MOST; i++) buf_free(&lines[i]);
    free(world);
}

/* ---- What the other program says */

static struct json *wages_run(const char *folder, const char *option)
{
    char       command[512];
    struct buf out = {0};
    struct err err;
    snprintf(command, sizeof command, "/usr/bin/python3 \"%s/tests/tour/wages.py\" \"%s\" %s", getenv("ROOT"), folder,
             option);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    for (size_t len = 1; len > 0; out.len += len) len = fread(buf_room(&out, 65536), 1, 65536, pipe);
    assert_int_equal(pclose(pipe), 0);
    struct json *read = json_read(out.bytes, out.len, &err);
    assert_non_null(read);
    buf_free(&out);
    return read;
}

static void facts_compare(const struct trial *trial)
{
    struct json *said = wages_run(trial->folder, "--facts");
    int64_t      paid = 0;
    for (int64_t i = 1; i <= trial->number; i++) {
        char key[24];
        snprintf(key, sizeof key, "%lld", (long long)i);
        const struct json *row = json_get(said, key);
        if (json_int(json_at(row, 0), 0) != trial->counted[i] || json_int(json_at(row, 1), 0) != trial->fen[i])
            fail_msg("event %lld in %s: judged %lld pieces, %lld fen; wages.py says %lld, %lld", (long long)i,
                     trial->folder, (long long)trial->counted[i], (long long)trial->fen[i],
                     (long long)json_int(json_at(row, 0), 0), (long long)json_int(json_at(row, 1), 0));
        paid += trial->fen[i] > 0;
    }
    assert_true(paid > trial->number / 5);
    json_free(said);
}

static void workers_compare(const struct trial *trial)
{
    struct json *said = wages_run(trial->folder, "");
    for (int worker = 0; worker < WORKERS; worker++) {
        char key[24];
        snprintf(key, sizeof key, "%d", worker);
        const struct json *row = json_get(said, key);
        assert_int_equal(json_int(json_get(row, "fen"), 0), trial->worker_fen[worker]);
        for (int day = 0; day < DAYS; day++) {
            snprintf(key, sizeof key, "1970-01-%02d", day + 1);
            assert_int_equal(json_int(json_get(json_get(row, "days"), key), 0), trial->day_fen[worker][day]);
        }
    }
    json_free(said);
}

static void folder_drop(const char *folder)
{
    static const char *const names[] = {"events", "line",  "sheet",  "sheet_op", "stop", "rate_change",
                                        "run",    "badge", "worker", "day_rule", "stays"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s.csv", folder, names[i]);
        assert_int_equal(unlink(path), 0);
    }
    assert_int_equal(rmdir(folder), 0);
}

static void computed_twice(void **state)
{
    static struct trial trial;
    (void)state;
    trial_start(&trial);
    for (int i = 1; i <= HISTORIES; i++) {
        struct history history = history_make(&trial.dice);
        history_add(&trial, &history, i);
    }
    trial_close(&trial);
    assert_true(trial.number > HISTORIES * 5);
    facts_compare(&trial);
    workers_compare(&trial);
    folder_drop(trial.folder); /* stays where they differ */
    free(trial.fen);
    free(trial.counted);
}

/* ---- By hand: two lines, three workers, two kiosks and the office. 4 corrects 1; 5 is over by one, which 6 lets count; 7
 * says that the bad piece of 3 is the material's fault, whose date is bounded by the night on which it was taken, as that
 * of 9 is by the event before it; 8 has a revoked badge, which 9 didn't know; 11 knows that the revision is void, 12 is of
 * a number beyond its run's end; 13 has a changed rate; 14 is stopped, 15 was made before the stop; 16 is of another
 * kiosk; 17 is a gap; 18 and 19 are rework, own and others'; 20 has a worker whom nobody knows, 21 one who left; 22 is no
 * event, 23 has a later field, 24 are the bytes of 5 again. */

static void by_hand(void **state)
{
    char       path[512];
    struct buf said = {0}, want = {0};
    (void)state;
    snprintf(path, sizeof path, "%s/tests/tour/export", getenv("ROOT"));
    struct json *wages = wages_run(path, "");
    snprintf(path, sizeof path, "%s/tests/tour/export/wages.json", getenv("ROOT"));
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    struct err   err;
    size_t       len = fread(buf_room(&want, 65536), 1, 65536, file);
    struct json *written = json_read(want.bytes, len, &err);
    fclose(file);
    assert_non_null(written);
    buf_clear(&want);
    json_write(wages, &said);
    json_write(written, &want);
    assert_string_equal(buf_text(&said), buf_text(&want));
    json_free(wages);
    json_free(written);
    buf_free(&said);
    buf_free(&want);
}

int main(int argc, char **argv)
{
    static struct rows rows;
    rows_add(&rows, "wages computed twice from one export", computed_twice, NULL);
    rows_add(&rows, "wages of an export written by hand", by_hand, NULL);
    return rows_run(&rows, argc, argv);
}
