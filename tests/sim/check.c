/* check.c - what must hold: check.h. */
#include "tests/sim/check.h"

#include <stdlib.h>
#include <string.h>

#include "core/db.h"
#include "core/json.h"
#include "server/books/rebuild.h"
#include "server/care/check.h"
#include "tests/sim/booth.h"
#include "tests/sim/revise.h"
#include "tests/sim/house.h"
#include "tests/sim/knows.h"
#include "tests/sim/model.h"
#include "tests/sim/month.h"
#include "tests/sim/office.h"
#include "tests/sim/trade.h"
#include "tests/sim/wages.h"

#define WORK_PATH "work/books.db"

void check_open(struct world *world)
{
    world->check = calloc(1, sizeof *world->check);
    if (world->check == NULL) abort();
}

void check_close(struct world *world)
{
    take_reader_close(world->check->reader);
    free(world->check->lines);
    free(world->check);
}

int64_t check_end(const struct world *world)
{
    return world->check->count;
}

static void name_short(const struct hash *name, char text[9])
{
    char whole[HASH_TEXT];
    hash_write(name, whole);
    memcpy(text, whole, 8);
    text[8] = 0;
}

static const struct check_line *line_of_name(const struct check *check, const struct hash *name)
{
    for (int64_t i = check->count - 1; i >= 0; i--)
        if (hash_equal(&check->lines[i].name, name)) return &check->lines[i];
    return NULL;
}

/* ---- Each line of the inbox */

/* An event of the office: of an act that the office did, once. */
static void office_line_check(struct world *world, const struct check_line *line)
{
    const struct check *check = world->check;
    if (!office_knows(world, line->event.act))
        world_wrong(world, "inbox line %lld is of an act that nobody did: %s", (long long)line->number,
                    line->event.act);
    for (int64_t i = 0; i < check->count; i++)
        if (check->lines[i].event.kiosk == 0 && strcmp(check->lines[i].event.act, line->event.act) == 0)
            world_wrong(world, "inbox lines %lld and %lld are of one act: %s", (long long)i + 1,
                        (long long)line->number, line->event.act);
}

/* An event of a kiosk: an entry that was made, in the words in which it was made and seen, and not there yet. */
static void kiosk_line_check(struct world *world, const struct check_line *line)
{
    char          name[9];
    struct entry *entry = model_find(world, &line->event);
    name_short(&line->name, name);
    if (entry == NULL) {
        world_wrong(world, "inbox line %lld (%s) was made by nobody", (long long)line->number, name);
    } else if (entry->number != 0) {
        world->check->doubled++;
        world_wrong(world, "inbox lines %lld and %lld are one entry, %d", (long long)entry->number,
                    (long long)line->number, (int)(entry - world->model->entries));
    } else if (!model_is_same(entry, &line->event)) {
        world_wrong(world, "inbox line %lld isn't what was entered: entry %d", (long long)line->number,
                    (int)(entry - world->model->entries));
    } else if (entry->fate == FATE_SEEN && !hash_equal(&entry->name, &line->name)) {
        world_wrong(world, "inbox line %lld (%s) isn't what was shown as saved: entry %d", (long long)line->number,
                    name, (int)(entry - world->model->entries));
    } else {
        entry->number = line->number;
    }
}

static void line_add(struct world *world, const struct take_line *from)
{
    struct check     *check = world->check;
    struct check_line line = {.number = from->number, .taken_ms = from->taken_ms};
    struct err        err;
    line.name = event_name(from->bytes, from->len);
    if (from->number != check->count + 1)
        world_wrong(world, "inbox line %lld comes behind %lld", (long long)from->number, (long long)check->count);
    if (!event_read(from->bytes, from->len, &line.event, &err))
        world_wrong(world, "inbox line %lld is no event", (long long)from->number);
    else if (line.event.kiosk == 0)
        office_line_check(world, &line);
    else if (line.event.kind != EVENT_GAP) /* the kiosk's own word */
        kiosk_line_check(world, &line);
    if (check->count == check->cap) {
        check->cap = check->cap == 0 ? 256 : check->cap * 2;
        check->lines = realloc(check->lines, (size_t)check->cap * sizeof *check->lines);
        if (check->lines == NULL) abort();
    }
    check->lines[check->count++] = line;
}

/* Lines behind what is known; false: the disk doesn't let us read now. */
bool check_reads(struct world *world)
{
    struct check    *check = world->check;
    struct take_line line;
    struct err       err;
    bool             has_line = true;
    if (check->reader == NULL && !take_reader_open(HOUSE_INBOX, SIM_VFS, &check->reader, &err)) return false;
    while (has_line && world->wrong[0] == 0) {
        if (!take_reader_next(check->reader, check->count, &line, &has_line, &err)) return false;
        if (has_line) line_add(world, &line);
    }
    return true;
}

/* ---- The server starts, takes, ends */

/* What was there must be there. */
static void lines_compare(struct world *world)
{
    struct check    *check = world->check;
    struct take_line line;
    struct err       err;
    bool             has_line;
    for (int64_t i = 0; i < check->count && world->wrong[0] == 0; i++) {
        if (!take_reader_next(check->reader, i, &line, &has_line, &err)) return;
        struct hash name = {{0}};
        if (has_line) name = event_name(line.bytes, line.len);
        if (hash_equal(&name, &check->lines[i].name)) continue;
        check->lost++;
        world_wrong(world, "the server lost inbox line %lld of %lld, which it had acknowledged", (long long)i + 1,
                    (long long)check->count);
    }
}

void check_house_started(struct world *world)
{
    struct check *check = world->check;
    struct err    err;
    if (!take_reader_open(HOUSE_INBOX, SIM_VFS, &check->reader, &err)) return;
    lines_compare(world);
    (void)check_reads(world);
    month_kept(world, world->house->feed);
}

void check_house_ended(struct world *world)
{
    if (world->check == NULL) return;
    take_reader_close(world->check->reader);
    world->check->reader = NULL;
}

void check_set_back(struct world *world, int64_t end)
{
    struct model *model = world->model;
    for (int i = 0; i < model->count; i++)
        if (model->entries[i].number > end) model->entries[i].number = 0;
    if (world->check->count > end) world->check->count = end;
}

/* An acknowledged mark must stand in the inbox. */
static void answer_check(struct world *world, const struct take_answer *answer)
{
    struct err         err;
    struct json       *whole = json_read(buf_text(&answer->body), answer->body.len, &err);
    const struct json *mark = json_get(whole, "mark");
    struct hash        name;
    bool               is_taken = strcmp(json_text(json_get(whole, "state"), ""), "taken") == 0;
    int64_t            seq = json_int(json_at(mark, 1), 0);
    if (is_taken && seq > 0 && hash_read(json_text(json_at(mark, 2), ""), &name)) {
        const struct check_line *line = line_of_name(world->check, &name);
        if (line == NULL) {
            world->check->lost++;
            world_wrong(world, "the server acknowledges number %lld, which isn't in the inbox", (long long)seq);
        }
    }
    json_free(whole);
}

void check_taken(struct world *world, const struct take_answer *answers, int count)
{
    if (!check_reads(world)) return;
    for (int i = 0; i < count; i++)
        if (answers[i].status == 200) answer_check(world, &answers[i]);
}

bool check_is_drained(struct world *world)
{
    const struct house *house = world->house;
    if (!house->is_on || house->queue_count > 0 || office_is_busy(world)) return false;
    if (take_end(house->take) != writer_applied(house->writer)) return false;
    for (int i = 0; i < world->booths->count; i++) {
        const struct booth *booth = &world->booths->rows[i];
        if (!booth->is_on || booth->state.station[0] == 0 || booth->state.waiting > 0 || booth->is_saving) return false;
    }
    return knows_all(world);
}

/* ---- When all is over */

/* Every entry that a worker saw as saved is in the inbox. */
static void entries_check(struct world *world)
{
    for (int i = 0; i < world->model->count; i++) {
        const struct entry *entry = &world->model->entries[i];
        if (entry->fate != FATE_SEEN || entry->number != 0) continue;
        world->check->lost++;
        world_wrong(world, "entry %d of %s was shown as saved and never reached the server", i,
                    world->booths->rows[entry->booth].folder);
    }
}

/* Does line continue what stands in the inbox: its chain's beginning, or the event or gap before it? */
static bool is_chained(const struct check *check, const struct check_line *line)
{
    const struct event *event = &line->event;
    struct hash         first = chain_first(event->kiosk, event->epoch);
    if (event->seq == 1) return hash_equal(&event->prev, &first);
    const struct check_line *before = line_of_name(check, &event->prev);
    if (before != NULL)
        return before->number < line->number && before->event.kiosk == event->kiosk &&
               epoch_compare(before->event.epoch, event->epoch) == 0 && before->event.seq == event->seq - 1;
    for (int64_t i = 0; i < line->number - 1; i++) {
        const struct event *gap = &check->lines[i].event;
        if (gap->kind == EVENT_GAP && gap->kiosk == event->kiosk && epoch_compare(gap->epoch, event->epoch) == 0 &&
            gap->gap_to == event->seq - 1 && hash_equal(&gap->gap_next, &line->name))
            return true;
    }
    return false;
}

static void chains_check(struct world *world)
{
    const struct check *check = world->check;
    for (int64_t i = 0; i < check->count; i++)
        if (!is_chained(check, &check->lines[i]))
            world_wrong(world, "inbox line %lld continues nothing: a chain is broken", (long long)i + 1);
}

/* The books have each line once, counted or held. */
static void verdicts_check(struct world *world, struct db *books)
{
    struct check   *check = world->check;
    struct db_stmt *stmt;
    struct err      err;
    bool            row;
    if (!db_prepare(books, SQL("SELECT count(*), CAST(coalesce(sum(v.kind = 2 OR v.held > 0), 0) AS BIGINT)"
                        " FROM fact AS f JOIN verdict AS v ON v.number = f.number"),
                               &stmt, &err) ||
                    !db_step(stmt, &row, &err)) {
        world_wrong(world, "the books can't be read: %s", err.say.id);
        return;
    }
    check->held = db_int(stmt, 1);
    check->counted = db_int(stmt, 0) - check->held;
    if (db_int(stmt, 0) != check->count)
        world_wrong(world, "the inbox has %lld lines, the books judge %lld", (long long)check->count,
                    (long long)db_int(stmt, 0));
    db_reset(stmt);
}

static bool source_next(void *self, int64_t after, struct writer_line *line, bool *has_line, struct err *err)
{
    struct take_line from;
    if (!take_reader_next(self, after, &from, has_line, err)) return false;
    if (*has_line)
        *line = (struct writer_line){.number = from.number,
                                     .taken_ms = from.taken_ms,
                                     .kiosk = from.kiosk,
                                     .epoch = from.epoch,
                                     .seq = from.seq,
                                     .bytes = from.bytes,
                                     .len = from.len};
    return true;
}

/* Everything derived, made once more from the inbox, is the same. */
static void rebuild_check(struct world *world)
{
    struct rebuild_options options = {
        .books_path = HOUSE_BOOKS,
        .work_path = WORK_PATH,
        .vfs = SIM_VFS,
        .inbox = {.next = source_next, .self = world->check->reader}
    };
    struct rebuild_result result = {0};
    struct err            err;
    if (!rebuild_compare(&options, world->now_ms, &result, &err))
        world_wrong(world, "the books can't be rebuilt: %s", err.say.id);
    else if (result.differences > 0)
        world_wrong(world, "rebuilt books differ in %lld rows: %s", (long long)result.differences,
                    buf_text(&result.first));
    else
        world_say(world, "check", "%lld rows rebuilt and equal", (long long)result.rows);
    buf_free(&result.first);
    disk_remove(world->disk, "work");
}

static void found_say(void *self, enum finding what, int64_t number, const struct say *say)
{
    if (what == FOUND_BAD)
        world_wrong(self, "baogong-server check finds line %lld bad: %s", (long long)number, say->id);
}

/* What `baogong-server check` says of both files, their chains and the audit. */
static void care_check_run(struct world *world)
{
    struct check_options options = {
        .books_path = HOUSE_BOOKS, .inbox_path = HOUSE_INBOX, .vfs = SIM_VFS, .found = {found_say, world}
    };
    struct check_result result = {0};
    struct err          err;
    if (!check_run(&options, &result, &err)) world_wrong(world, "baogong-server check can't look: %s", err.say.id);
}

void check_all(struct world *world)
{
    struct db *books = NULL;
    struct err err;
    if (!check_reads(world) || !db_open(HOUSE_BOOKS, DB_READ, SIM_VFS, &books, &err)) {
        world_wrong(world, "inbox or books can't be read at the end");
        return;
    }
    entries_check(world);
    chains_check(world);
    verdicts_check(world, books);
    struct wages *wages = wages_reckon(world, books);
    if (world->wrong[0] == 0) wages_compare(wages, books);
    if (world->wrong[0] == 0) month_check(world, books, wages);
    if (world->wrong[0] == 0) trade_check(world, books, wages);
    if (world->wrong[0] == 0) revise_check(world, books);
    wages_free(wages);
    office_check(world, books);
    knows_check(world, books);
    db_close(books);
    rebuild_check(world);
    care_check_run(world);
    world_say(world, "check", "%d entries, %lld in the inbox: %lld counted, %lld held", world->model->count,
              (long long)world->check->count, (long long)world->check->counted, (long long)world->check->held);
}
