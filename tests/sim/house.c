/* house.c - the simulated server: house.h. A step of the taker and a slice of the writer are a task each, so that
 * everything else happens between. */
#include "tests/sim/house.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/db.h"
#include "server/care/care.h"
#include "tests/sim/check.h"
#include "tests/sim/fault.h"
#include "tests/sim/net.h"
#include "tests/sim/office.h"

enum {
    STEP_MS = 1,
    SLICE_MS = 2,
    SLICE_MOST = 40, /* events */
    QUIET_MS = 2500,
    TROUBLE_MS = 10 * SECOND, /* after the disk refused */
    ANEW_MS = 2 * SECOND,
    RETRY_MS = 5 * SECOND,
    TAKES_MOST = 16, /* requests a commit */
    ACT_STEPS = 400,
    STATUS_BUSY = 503
};

static void take_wake(struct house *house, int64_t at_ms);
static void write_wake(struct house *house, int64_t at_ms);
static void wait_wake(struct house *house);

/* ---- Power */

static void program_end(struct house *house)
{
    struct world *world = house->world;
    take_close(house->take);
    writer_close(house->writer);
    take_reader_close(house->lines);
    db_close(house->feed);
    free(house->keys);
    house->take = NULL;
    house->writer = NULL;
    house->lines = NULL;
    house->feed = NULL;
    house->keys = NULL;
    for (int i = 0; i < house->queue_count; i++) net_break(world, house->queue[i]);
    for (int i = 0; i < house->wait_count; i++) net_break(world, house->waits[i].message);
    house->queue_count = house->wait_count = 0;
    house->take_ms = house->write_ms = house->wait_ms = INT64_MAX;
    house->is_on = house->has_epoch_opened = house->is_stale = false;
    house->life++;
    check_house_ended(world);
}

static void boot_task(struct world *world, int who, int64_t life);

static void boot_in(struct house *house, int64_t ms)
{
    world_in(house->world, ms, boot_task, 0, (int64_t)house->life);
}

static void die(struct house *house)
{
    struct world *world = house->world;
    bool          was_cut = disk_is_off(world->disk, HOUSE_FOLDER);
    program_end(house);
    disk_crash(world->disk, HOUSE_FOLDER, &world->dice[DICE_DISK]);
    world_say(world, "server", "%s", was_cut ? "loses its power" : "is switched off");
    if (was_cut) world_hit(world, house->is_recovering ? HIT_CRASH_AGAIN : HIT_SERVER_CRASH);
    house->is_recovering = true;
    house->boot++;
    if (house->is_wanted) boot_in(house, world_dice(world, DICE_FAULT, 2 * SECOND, 90 * SECOND));
}

static bool lives(struct house *house)
{
    if (!disk_is_off(house->world->disk, HOUSE_FOLDER)) return true;
    die(house);
    return false;
}

/* ---- Start */

static bool source_next(void *self, int64_t after, struct writer_line *line, bool *has_line, struct err *err)
{
    struct house    *house = self;
    struct take_line from;
    if (!take_reader_next(house->lines, after, &from, has_line, err)) return false;
    if (!*has_line) return true;
    *line = (struct writer_line){.number = from.number,
                                 .taken_ms = from.taken_ms,
                                 .kiosk = from.kiosk,
                                 .epoch = from.epoch,
                                 .seq = from.seq,
                                 .bytes = from.bytes,
                                 .len = from.len};
    return true;
}

static int key_order(const void *left, const void *right)
{
    const struct kiosk_key *a = left, *b = right;
    return (a->kiosk > b->kiosk) - (a->kiosk < b->kiosk);
}

static void key_add(void *self, uint64_t kiosk, const struct key *key, int state)
{
    struct kiosk_keys **keys = self;
    size_t              count = (*keys)->count;
    *keys = realloc(*keys, sizeof **keys + (count + 1) * sizeof(*keys)->rows[0]);
    if (*keys == NULL) abort();
    (*keys)->rows[(*keys)->count++] = (struct kiosk_key){.kiosk = kiosk, .key = *key, .state = (enum kiosk_state)state};
}

static bool keys_read(struct house *house, struct err *err)
{
    struct kiosk_keys *keys = calloc(1, sizeof *keys);
    if (keys == NULL) abort();
    if (!writer_keys(house->writer, key_add, &keys, err)) {
        free(keys);
        return false;
    }
    if (keys->count > 0) qsort(keys->rows, keys->count, sizeof keys->rows[0], key_order);
    take_keys(house->take, keys);
    free(house->keys);
    house->keys = keys;
    return true;
}

/* The starts that the books know, for the taker. */
static bool runs_read(struct house *house, struct err *err)
{
    struct take_run *runs;
    size_t           count;
    if (!feed_runs(house->feed, &runs, &count, err)) return false;
    take_runs(house->take, writer_run(house->writer), runs, count);
    free(runs);
    return true;
}

/* What the taker must know of the books. */
static bool known_tell(struct house *house, struct err *err)
{
    house->is_stale = !keys_read(house, err) || !runs_read(house, err);
    return !house->is_stale;
}

/* In the order of server/store.c: the inbox first, so that a new one is whole before anybody reads it. */
static bool inbox_open(struct house *house, struct err *err)
{
    struct take_options options = {.path = HOUSE_INBOX, .vfs = SIM_VFS, .new_epoch = house->is_restored};
    return take_open(&options, house->world->now_ms, &house->take, err) &&
           take_reader_open(HOUSE_INBOX, SIM_VFS, &house->lines, err);
}

static bool books_open(struct house *house, struct err *err)
{
    int64_t               now_ms = house->world->now_ms;
    struct writer_options options = {
        .books_path = HOUSE_BOOKS,
        .vfs = SIM_VFS,
        .inbox = {.next = source_next, .self = house},
        .boot = house->boot,
        .is_paced = true
    };
    return writer_open(&options, now_ms, &house->writer, err) &&
           care_place(writer_applied(house->writer), take_end(house->take), err) &&
           writer_epoch(house->writer, take_server_epoch(house->take), now_ms, err) &&
           db_open(HOUSE_BOOKS, DB_READ, SIM_VFS, &house->feed, err);
}

static bool program_start(struct house *house, struct err *err)
{
    if (!inbox_open(house, err) || !books_open(house, err) || !known_tell(house, err)) return false;
    take_feed_at(house->take, writer_feed(house->writer));
    return true;
}

static void place_take(struct house *house)
{
    house->place = (struct feed_place){.server = take_server_epoch(house->take),
                                       .run = writer_run(house->writer),
                                       .newest = writer_feed(house->writer)};
    house->epoch_opened = house->place.server;
}

static void boot(struct house *house)
{
    struct world *world = house->world;
    struct err    err = {0};
    if (house->is_recovering) fault_recovery(world, HOUSE_FOLDER);
    if (!program_start(house, &err)) {
        world_say(world, "server", "doesn't start: %s %s", err.say.id, err.say.args[0].text);
        if (!lives(house)) return;
        program_end(house);
        if (!err_is_passing(&err)) world_wrong(world, "the server doesn't start, and never will: %s", err.say.id);
        boot_in(house, RETRY_MS);
        return;
    }
    if (!lives(house)) return;
    house->is_on = true;
    house->is_restored = false;
    place_take(house);
    char epoch[EPOCH_TEXT];
    epoch_write(house->place.server, epoch);
    world_say(world, "server", "starts: epoch %s, inbox up to %lld, books up to %lld", epoch,
              (long long)take_end(house->take), (long long)writer_applied(house->writer));
    check_house_started(world);
    write_wake(house, world->now_ms + STEP_MS);
}

static void boot_task(struct world *world, int who, int64_t life)
{
    struct house *house = world->house;
    (void)who;
    if ((int64_t)house->life == life && !house->is_on && house->is_wanted) boot(house);
}

static void reopen_see(struct house *house)
{
    if (!house->is_on || (!take_must_reopen(house->take) && !writer_must_reopen(house->writer))) return;
    program_end(house);
    world_say(house->world, "server", "begins anew");
    boot_in(house, ANEW_MS);
}

void house_on(struct world *world)
{
    world->house->is_wanted = true;
    if (!world->house->is_on) boot_in(world->house, 1);
}

void house_off(struct world *world)
{
    world->house->is_wanted = false;
    if (world->house->is_on)
        die(world->house);
    else
        world->house->life++;
}

/* ---- Taking */

static struct take_request request_of(const struct message *message)
{
    return (struct take_request){.method = "POST",
                                 .path = message->path,
                                 .kiosk = message->kiosk,
                                 .nonce = message->nonce,
                                 .mac = message->mac,
                                 .body = buf_text(&message->body),
                                 .len = message->body.len};
}

/* The taker may have found out that this server was set back: the books hear of it at the writer's next step. */
static void epoch_publish(struct house *house)
{
    struct epoch epoch = take_server_epoch(house->take);
    char         text[EPOCH_TEXT];
    if (epoch_compare(epoch, house->epoch_opened) == 0) return;
    house->epoch_opened = epoch;
    house->has_epoch_opened = true;
    epoch_write(epoch, text);
    world_say(house->world, "server", "opens epoch %s", text);
    write_wake(house, house->world->now_ms + SLICE_MS);
}

static bool epoch_follow(struct house *house, struct err *err)
{
    if (house->has_epoch_opened && !writer_epoch(house->writer, house->epoch_opened, house->world->now_ms, err))
        return false;
    if (house->has_epoch_opened) house->is_stale = true;
    house->has_epoch_opened = false;
    if (house->is_stale && !known_tell(house, err)) return false;
    house->place.server = writer_server(house->writer);
    house->place.run = writer_run(house->writer);
    return true;
}

static void take_task(struct world *world, int who, int64_t at_ms)
{
    struct house       *house = world->house;
    struct take_request requests[TAKES_MOST];
    struct take_answer  answers[TAKES_MOST] = {0};
    (void)who;
    if (!house->is_on || house->take_ms != at_ms) return;
    house->take_ms = INT64_MAX;
    int count = house->queue_count < TAKES_MOST ? house->queue_count : TAKES_MOST;
    for (int i = 0; i < count; i++) requests[i] = request_of(net_message(world, house->queue[i]));
    take_step(house->take, requests, (size_t)count, world->now_ms, answers);
    if (!lives(house)) {
        for (int i = 0; i < count; i++) buf_free(&answers[i].body);
        return;
    }
    house->is_recovering = false;
    check_taken(world, answers, count);
    epoch_publish(house);
    for (int i = 0; i < count; i++) net_answer(world, house->queue[i], &answers[i]);
    house->queue_count -= count;
    memmove(&house->queue[0], &house->queue[count], (size_t)house->queue_count * sizeof house->queue[0]);
    if (house->queue_count > 0) take_wake(house, world->now_ms + STEP_MS);
    if (take_end(house->take) > writer_applied(house->writer)) write_wake(house, world->now_ms + SLICE_MS);
    reopen_see(house);
}

static void take_wake(struct house *house, int64_t at_ms)
{
    if (at_ms >= house->take_ms) return;
    house->take_ms = at_ms;
    world_at(house->world, at_ms, take_task, 0, at_ms);
}

/* ---- The feed */

/* Answers message, or keeps it waiting where nothing is new. */
static void feed_give(struct house *house, int id, bool may_wait)
{
    struct world           *world = house->world;
    const struct message   *message = net_message(world, id);
    struct take_request     request = request_of(message);
    struct take_answer      answer = {0};
    const struct kiosk_key *key = NULL;
    struct hash             mac;
    struct err              err;
    enum feed_said          said = FEED_ANSWERED;
    int64_t                 wait_ms = 0;
    bool                    is_signed = take_signed(house->keys, &request, &key, &mac, &answer);
    struct feed_request     asked = {&house->place, key, &request, &mac, world->now_ms, may_wait};
    if (is_signed && !feed_answer(house->feed, &asked, &said, &wait_ms, &answer, &err)) {
        world_say(world, "server", "can't read the feed: %s", err.say.id);
        answer = (struct take_answer){.status = STATUS_BUSY};
    }
    if (said == FEED_BACK) {
        take_set_back(house->take, house->place.server, world->now_ms);
        if (!lives(house)) {
            buf_free(&answer.body);
            return;
        }
        epoch_publish(house);
    }
    if (said == FEED_EARLY) {
        assert(house->wait_count < HOUSE_QUEUE);
        house->waits[house->wait_count++] = (struct house_wait){id, world->now_ms + wait_ms};
        wait_wake(house);
        return;
    }
    net_answer(world, id, &answer);
}

/* All who wait, because something is new, or those whose time has come. */
static void waits_answer(struct house *house, bool all)
{
    struct house_wait waits[HOUSE_QUEUE];
    int               count = house->wait_count;
    memcpy(waits, house->waits, (size_t)count * sizeof waits[0]);
    house->wait_count = 0;
    for (int i = 0; i < count && house->is_on; i++) {
        bool is_due = waits[i].until_ms <= house->world->now_ms;
        if (is_due || all)
            feed_give(house, waits[i].message, !is_due);
        else
            house->waits[house->wait_count++] = waits[i];
    }
    wait_wake(house);
}

static void wait_task(struct world *world, int who, int64_t at_ms)
{
    struct house *house = world->house;
    (void)who;
    if (!house->is_on || house->wait_ms != at_ms) return;
    house->wait_ms = INT64_MAX;
    waits_answer(house, false);
}

static void wait_wake(struct house *house)
{
    int64_t at_ms = INT64_MAX;
    for (int i = 0; i < house->wait_count; i++)
        if (house->waits[i].until_ms < at_ms) at_ms = house->waits[i].until_ms;
    if (at_ms >= house->wait_ms) return;
    house->wait_ms = at_ms;
    world_at(house->world, at_ms, wait_task, 0, at_ms);
}

bool house_hears(struct world *world, int id)
{
    struct house *house = world->house;
    if (!house->is_on || house->queue_count == HOUSE_QUEUE || house->wait_count == HOUSE_QUEUE) return false;
    if (net_message(world, id)->is_feed) {
        feed_give(house, id, true);
        return true;
    }
    house->queue[house->queue_count++] = id;
    take_wake(house, world->now_ms + STEP_MS);
    return true;
}

/* ---- Writing */

/* What a step of the writer changed for the others. */
static void out_take(struct house *house, const struct writer_out *out)
{
    struct err err;
    bool       is_news = out->feed != house->place.newest;
    house->is_stale |= out->keys_changed;
    if (house->is_stale && !known_tell(house, &err)) world_say(house->world, "server", "can't read the keys");
    take_feed_at(house->take, out->feed);
    house->place.newest = out->feed;
    if (is_news) waits_answer(house, true);
}

static struct writer_in slice_of(struct house *house, struct act *act)
{
    return (struct writer_in){.now_ms = house->world->now_ms,
                              .inbox_end = take_end(house->take),
                              .act = act,
                              .most = world_dice(house->world, DICE_OFFICE, 1, SLICE_MOST)};
}

static void write_task(struct world *world, int who, int64_t at_ms)
{
    struct house     *house = world->house;
    struct writer_out out;
    (void)who;
    if (!house->is_on || house->write_ms != at_ms) return;
    house->write_ms = INT64_MAX;
    struct writer_in in = slice_of(house, NULL);
    struct err       err = {.kind = ERR_NONE};
    (void)!epoch_follow(house, &err);
    writer_step(house->writer, &in, &out);
    if (!lives(house)) return;
    if (out.err.kind == ERR_NONE) out.err = err;
    if (out.applied > 0) world_say(world, "server", "books up to %lld", (long long)out.applied_to);
    out_take(house, &out);
    if (!house->is_on) return;
    if (out.err.kind != ERR_NONE) {
        world_say(world, "server", "can't book: %s", out.err.say.id);
        write_wake(house, world->now_ms + TROUBLE_MS);
        return;
    }
    if (out.want == WRITER_AGAIN || take_end(house->take) > writer_applied(house->writer)) {
        write_wake(house, world->now_ms + SLICE_MS);
    } else if (out.applied > 0) { /* what it does in a quiet moment */
        write_wake(house, world->now_ms + QUIET_MS);
        (void)take_tidy(house->take);
        (void)lives(house);
    }
    reopen_see(house);
}

static void write_wake(struct house *house, int64_t at_ms)
{
    if (at_ms >= house->write_ms) return;
    house->write_ms = at_ms;
    world_at(house->world, at_ms, write_task, 0, at_ms);
}

/* ---- Acts */

/* The writer wants the taker to keep the act's line. */
static bool line_take(struct house *house, struct writer_out *out, int64_t *number)
{
    struct hash name;
    struct err  err;
    bool        is_taken = take_office(house->take, &out->line, house->world->now_ms, number, &name, &err);
    if (!lives(house)) return false;
    check_taken(house->world, NULL, 0);
    return is_taken;
}

bool house_act(struct world *world, struct act *act)
{
    struct house     *house = world->house;
    struct writer_out out;
    int64_t           number = 0;
    for (int i = 0; i < ACT_STEPS && house->is_on; i++) {
        struct writer_in in = slice_of(house, act);
        in.office_number = number;
        writer_step(house->writer, &in, &out);
        if (!lives(house)) break;
        out_take(house, &out);
        if (out.is_act_done) {
            world_say(world, "office", "%s %.*s: %d %.80s", act->name, (int)(act->len < 60 ? act->len : 60), act->body,
                      act->status, buf_text(&act->answer));
            if (act->status != STATUS_BUSY) return true;
            break;
        }
        if (out.err.kind != ERR_NONE) break;
        if (out.want == WRITER_OFFICE_LINE && !line_take(house, &out, &number)) break;
    }
    buf_free(&act->answer);
    world_say(world, "office", "%s: no answer", act->name);
    return false;
}

bool house_enrol(struct booth *booth, struct epoch dealt, int64_t acked_seq, struct keeper_server *server)
{
    return net_carries(booth->world, booth->index) && office_enrol(booth, dealt, acked_seq, server) &&
           net_carries(booth->world, booth->index);
}

/* ---- Begin and end */

void house_open(struct world *world)
{
    world->house = calloc(1, sizeof *world->house);
    if (world->house == NULL) abort();
    world->house->world = world;
    world->house->boot = 1;
    world->house->take_ms = world->house->write_ms = world->house->wait_ms = INT64_MAX;
}

void house_close(struct world *world)
{
    program_end(world->house);
    free(world->house);
}
