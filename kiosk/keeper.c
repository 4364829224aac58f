/* keeper.c - the loop that owns the kiosk's disk: kiosk/keeper.h.
 *
 * A step saves, or else does the first of these that is due: hear the answer about events, send what waits, learn a
 * piece of the feed, ask for more of it, checkpoint, prune. Each is one small transaction at most, so the next save
 * never waits longer than for one of them. */
#include "kiosk/keeper.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/db.h"
#include "core/embed.h"
#include "core/log.h"
#include "core/version.h"
#include "kiosk/keep/knob.h"
#include "kiosk/keep/learn.h"
#include "kiosk/keep/outbox.h"
#include "kiosk/keep/place.h"
#include "kiosk/keep/salvage.h"
#include "kiosk/keep/setting.h"
#include "kiosk/keep/space.h"
#include "kiosk/send/fetch.h"
#include "kiosk/send/send.h"

enum {
    IDLE_MS = 2000,             /* without a save: then a checkpoint disturbs nobody */
    CHECKPOINT_BYTES = 4 << 20, /* of the log: then it can't wait for that */
    CHECKPOINT_PAUSE_MS = 1000, /* readers may have held the last one up */
    REFUSED_PAUSE_MS = 60000,   /* the disk did: once a minute the log says so */
    PRUNE_MS = 3600 * 1000,     /* between two rounds */
    SPACE_MS = 10 * 1000,       /* between two looks at the disk's room */
    GROWTH_MS = 3600 * 1000,    /* between two reckonings of how it grows */
    FAILED_PAUSE_MS = 1000      /* after the disk refused to learn */
};

struct keeper {
    struct keeper_options options;
    struct db            *db;
    struct outbox        *outbox;
    struct place          place; /* as in the database */
    struct kiosk_time     time;
    struct day_rule       rule;
    bool                  is_enrolled;
    char                  station[WORD_MAX];
    char                  station_name[2][NAME_MAX];
    int32_t               sign_out_s;
    bool                  can_touch_rows, is_dock;

    uint64_t             number; /* of the last request of either kind */
    struct send          send;
    struct fetch         fetch;
    struct learn         learn;
    uint64_t             run;                     /* of the server, as last heard */
    int64_t              heard_ms, heard_mono_ms; /* its clock then; 0: not in this boot */
    bool                 is_online, is_current;
    int                  against_server; /* this program's version */
    bool                 has_events_answer, has_feed_answer;
    struct keeper_answer events_answer, feed_answer;

    int64_t saved_ms, copy_ms;            /* mono: of the last save; before which no checkpoint is tried */
    int64_t prune_ms, space_ms, learn_ms; /* mono: when each is done next */
    bool    is_disk_low, is_disk_full, is_save_full;
    int64_t free_bytes; /* as last looked at; -1: nobody knows */
    int32_t disk_days;
    int64_t growth_ms, day_bytes; /* mono: when the growth is reckoned next; what a day takes */

    bool    has_stepped;
    int64_t stepped_ms; /* mono: of the last step */
};

/* ---------------------------------------------------------------------------------------------------- opening */

/* What the step needs of what was learnt; read again whenever something was. */
static bool settings_read(struct keeper *keeper, struct err *err)
{
    return setting_day_rule(keeper->db, &keeper->rule, err) &&
           setting_station_name(keeper->db, keeper->station, keeper->station_name, err) &&
           setting_sign_out(keeper->db, keeper->station, &keeper->sign_out_s, err) &&
           setting_touch_rows(keeper->db, keeper->station, &keeper->can_touch_rows, err) &&
           setting_is_dock(keeper->db, keeper->station, &keeper->is_dock, err);
}

/* The keys of an enrolment, if there is one. */
static bool server_read(struct keeper *keeper, struct err *err)
{
    struct keeper_server server;
    if (!identity_server(keeper->db, &server, err)) return err->kind == ERR_ABSENT;
    keeper->is_enrolled = true;
    keeper->send.post.key = keeper->fetch.post.key = server.key;
    snprintf(keeper->station, sizeof keeper->station, "%s", server.station);
    buf_free(&server.ca_pem);
    return true;
}

static bool opened_try(const struct keeper_options *options, int64_t wall_ms, struct keeper **keeper, struct err *err)
{
    struct keeper *opened = calloc(1, sizeof *opened);
    if (opened == NULL) abort();
    opened->options = *options;
    opened->free_bytes = -1;
    if (!db_open(options->path, DB_WRITE, options->vfs, &opened->db, err)) goto fail;
    db_cache(opened->db, KEEPER_CACHE_KB);
    if (!db_migrate(opened->db, embed_kiosk_schema, err) || !place_open(opened->db, 0, err) ||
        !place_read(opened->db, &opened->place, err) || !outbox_open(opened->db, &opened->outbox, err) ||
        !server_read(opened, err) || !settings_read(opened, err))
        goto fail;
    if (options->vfs == NULL && salvage_is_marked(options->path)) {
        if (!db_check(opened->db, err)) goto fail;
        salvage_unmark(options->path);
    }
    opened->time.floor_ms =
        opened->place.heard_ms > opened->place.floor_ms ? opened->place.heard_ms : opened->place.floor_ms;
    opened->learn.kiosk = outbox_kiosk(opened->outbox);
    outbox_now(opened->outbox, kiosk_time_now(&opened->time, wall_ms));
    *keeper = opened;
    return true;
fail:
    keeper_close(opened);
    return false;
}

bool keeper_open(const struct keeper_options *options, int64_t wall_ms, struct keeper **keeper, struct err *err)
{
    struct salvaged salvaged;
    if (opened_try(options, wall_ms, keeper, err)) return true;
    if (err->kind != ERR_DAMAGED || options->vfs != NULL) return false;
    log_err(LOG_ERROR, "database", err);
    if (!salvage(options->path, wall_ms, &salvaged, err)) return false;
    log_line(LOG_ERROR, "set aside as %s; %lld events go on%s", salvaged.aside, (long long)salvaged.events,
             salvaged.has_identity ? "" : "; the kiosk must be enrolled again");
    return opened_try(options, wall_ms, keeper, err);
}

void keeper_close(struct keeper *keeper)
{
    if (keeper == NULL) return;
    if (keeper->has_events_answer) buf_free(&keeper->events_answer.body);
    if (keeper->has_feed_answer) buf_free(&keeper->feed_answer.body);
    learn_end(&keeper->learn);
    outbox_close(keeper->outbox);
    db_close(keeper->db);
    free(keeper);
}

bool keeper_enrol_key(struct keeper *keeper, const char *token, struct key *key, struct err *err)
{
    return identity_key(keeper->db, token, key, err);
}

bool keeper_enrol(struct keeper *keeper, const struct keeper_server *server, struct err *err)
{
    if (!identity_enrol(keeper->db, server, err) || !server_read(keeper, err) || !settings_read(keeper, err))
        return false;
    keeper->send.post.backoff_ms = keeper->fetch.post.backoff_ms = 0;
    keeper->send.post.next_ms = keeper->fetch.post.next_ms = 0;
    return true;
}

bool keeper_server_of(struct keeper *keeper, struct keeper_server *server, struct err *err)
{
    return identity_server(keeper->db, server, err);
}

bool keeper_knobs(struct keeper *keeper, struct found_knobs *knobs, struct err *err)
{
    return knobs_read(keeper->db, knobs, err);
}

bool keeper_chosen(struct keeper *keeper, char text[CHOSEN_TEXT_MAX], struct err *err)
{
    return chosen_read(keeper->db, text, err);
}

uint64_t keeper_kiosk(const struct keeper *keeper)
{
    return outbox_kiosk(keeper->outbox);
}

struct mark keeper_acked(const struct keeper *keeper, struct epoch *server)
{
    *server = keeper->place.dealt;
    return outbox_acked(keeper->outbox);
}

/* ---------------------------------------------------------------------------------------------------- saving */

/* A damaged database doesn't mend while it is in use: said to main, and noted for the next start. */
static void damage_see(const struct keeper *keeper, const struct err *err, struct keeper_out *out)
{
    if (err->kind != ERR_DAMAGED) return;
    if (!out->is_damaged && keeper->options.vfs == NULL) salvage_mark(keeper->options.path);
    out->is_damaged = true;
}

static void event_fill(const struct keeper *keeper, const struct keeper_in *in, int64_t now_ms, struct event *event)
{
    const struct shift *shift;
    if (event->shift_day == 0) { /* else it was begun in a shift that may be over by now */
        event->shift_day = day_of(&keeper->rule, now_ms, &shift);
        snprintf(event->shift, sizeof event->shift, "%s", shift->name);
    }
    event->wall_ms = now_ms;
    event->offset_ms = keeper->time.offset_ms;
    event->doubtful = !keeper->time.heard;
    event->mono_ms = in->mono_ms;
    event->boot = keeper->options.boot;
    snprintf(event->program, sizeof event->program, "%s", keeper->options.program);
}

static void save(struct keeper *keeper, const struct keeper_in *in, int64_t now_ms, struct keeper_out *out)
{
    event_fill(keeper, in, now_ms, in->save);
    out->has_saved = true;
    out->is_saved = outbox_save(keeper->outbox, in->save, &out->name, &out->err);
    out->epoch = in->save->epoch;
    out->seq = in->save->seq;
    keeper->saved_ms = in->mono_ms;
    keeper->is_save_full = !out->is_saved && out->err.kind == ERR_FULL;
    if (!out->is_saved) damage_see(keeper, &out->err, out);
    if (out->is_saved) keeper->time.floor_ms = now_ms;
}

static void knob_set(const struct keeper *keeper, const struct keeper_in *in, struct keeper_out *out)
{
    out->has_set = true;
    out->is_set =
        in->knob != NULL ? knob_keep(keeper->db, in->knob, &out->err) : chosen_keep(keeper->db, in->chosen, &out->err);
    if (!out->is_set) damage_see(keeper, &out->err, out);
}

/* ---------------------------------------------------------------------------------------------------- answers */

/* The server's clock corrects this one; while an answer was under way its time went on, which nobody needs exactly. */
static void time_hear(struct keeper *keeper, int64_t server_ms, const struct keeper_in *in)
{
    if (server_ms <= 0) return;
    keeper->heard_ms = server_ms;
    keeper->heard_mono_ms = in->mono_ms;
    keeper->time.offset_ms = server_ms - in->wall_ms;
    keeper->time.floor_ms = server_ms;
    keeper->time.heard = true;
    outbox_now(keeper->outbox, server_ms);
}

/* Keeps the answer until its turn; what nobody waits for is dropped. */
static void answer_put(struct keeper *keeper, struct keeper_answer *answer)
{
    bool is_events = answer->number != 0 && answer->number == keeper->send.post.under_way;
    bool is_feed = answer->number != 0 && answer->number == keeper->fetch.post.under_way;
    if (is_events && !keeper->has_events_answer) {
        keeper->events_answer = *answer;
        keeper->has_events_answer = true;
    } else if (is_feed && !keeper->has_feed_answer) {
        keeper->feed_answer = *answer;
        keeper->has_feed_answer = true;
    } else {
        buf_free(&answer->body);
    }
    answer->body = (struct buf){0};
}

static struct send_answer answer_of(const struct keeper_answer *answer)
{
    return (struct send_answer){.number = answer->number,
                                .is_failed = answer->is_failed,
                                .status = answer->status,
                                .has_mac = answer->has_mac,
                                .mac = answer->mac,
                                .body = buf_text(&answer->body),
                                .len = answer->body.len};
}

/* Moves what send/ or fetch/ made into the keeper's own form. */
static void request_give(struct keeper *keeper, struct send_request *made, const char *path, int64_t wait_ms,
                         struct keeper_request *request)
{
    *request = (struct keeper_request){
        .is_set = made->is_set, .path = path, .mac = made->mac, .body = made->body, .wait_ms = wait_ms};
    if (!made->is_set) return;
    memcpy(request->nonce, made->nonce, sizeof request->nonce);
    request->number = ++keeper->number;
}

static void events_step(struct keeper *keeper, const struct keeper_in *in, const struct send_answer *answer,
                        struct keeper_out *out)
{
    struct err          err;
    struct send_request made;
    bool                was_under_way = keeper->send.post.under_way != 0;
    keeper->send.post.next_number = keeper->number + 1;
    if (!send_step(&keeper->send, keeper->outbox, &keeper->place, answer, in->wall_ms, in->mono_ms, &made, &err) ||
        !place_read(keeper->db, &keeper->place, &err)) {
        log_err(LOG_WARNING, "sending", &err);
        damage_see(keeper, &err, out);
    }
    if (was_under_way && keeper->send.post.under_way == 0) keeper->is_online = keeper->send.post.is_online;
    if (keeper->send.has_time) {
        time_hear(keeper, keeper->send.server_ms, in);
        keeper->run = keeper->send.run;
    }
    request_give(keeper, &made, SEND_PATH, 0, &out->events);
}

static void events_hear(struct keeper *keeper, const struct keeper_in *in, struct keeper_out *out)
{
    struct send_answer answer = answer_of(&keeper->events_answer);
    events_step(keeper, in, &answer, out);
    buf_free(&keeper->events_answer.body);
    keeper->has_events_answer = false;
}

static void feed_ask(struct keeper *keeper, const struct keeper_in *in, struct keeper_out *out)
{
    struct send_request made;
    bool                was_under_way = keeper->fetch.post.under_way != 0;
    keeper->fetch.post.next_number = keeper->number + 1;
    int64_t                  since;
    const struct fetch_state state = {.waiting = outbox_waiting(keeper->outbox, &since),
                                      .has_scanner = in->has_scanner,
                                      .free_bytes = keeper->free_bytes,
                                      .offset_ms = keeper->time.offset_ms,
                                      .program = keeper->options.program};
    fetch_step(&keeper->fetch, outbox_kiosk(keeper->outbox), &keeper->place.seen, &state, in->mono_ms, &made);
    if (was_under_way) keeper->is_online = false; /* its answer never came */
    request_give(keeper, &made, FETCH_PATH, FETCH_WAIT_MS, &out->feed);
}

/* A server that was started anew, or is another one, may hold less than it said. */
static void server_look(struct keeper *keeper, const struct learn_head *head)
{
    bool is_other = keeper->run != 0 && keeper->run != head->run;
    keeper->run = head->run;
    if (is_other || (epoch_compare(head->server, keeper->place.dealt) != 0 && !epoch_is_none(keeper->place.dealt)))
        outbox_doubt(keeper->outbox);
}

static void feed_hear(struct keeper *keeper, const struct keeper_in *in)
{
    struct err         err;
    struct send_answer answer = answer_of(&keeper->feed_answer);
    bool               is_good = fetch_hear(&keeper->fetch, &answer, in->mono_ms);
    keeper->is_online = keeper->fetch.post.is_online;
    keeper->has_feed_answer = false;
    if (!is_good) {
        buf_free(&keeper->feed_answer.body);
        return;
    }
    if (learn_begin(&keeper->learn, &keeper->feed_answer.body, &err)) {
        time_hear(keeper, keeper->learn.head.time_ms, in);
        server_look(keeper, &keeper->learn.head);
        keeper->against_server = version_order(version_of(keeper->options.program), keeper->learn.head.program);
        return;
    }
    log_err(LOG_WARNING, "feed", &err);
    fetch_learnt(&keeper->fetch, false, true, in->mono_ms);
}

static void feed_learn(struct keeper *keeper, const struct keeper_in *in, int64_t now_ms, struct keeper_out *out)
{
    struct err err;
    bool       is_done, is_empty = keeper->learn.at >= keeper->learn.body.len, has_more = keeper->learn.head.has_more;
    if (!learn_step(&keeper->learn, keeper->db, now_ms, &is_done, &err) ||
        !place_read(keeper->db, &keeper->place, &err)) {
        log_err(LOG_WARNING, "learning", &err);
        damage_see(keeper, &err, out);
        keeper->learn_ms = in->mono_ms + FAILED_PAUSE_MS;
        return;
    }
    out->has_learnt = !is_empty || is_done;
    if (is_done) fetch_learnt(&keeper->fetch, true, is_empty && !has_more, in->mono_ms);
    keeper->is_current = is_done && !has_more;
    if (!is_empty && !settings_read(keeper, &err)) log_err(LOG_WARNING, "settings", &err);
}

/* ---------------------------------------------------------------------------------------------------- care */

/* Due while the log holds what the file doesn't. */
static int64_t checkpoint_due(const struct keeper *keeper)
{
    size_t  bytes = db_wal_bytes(keeper->db);
    int64_t idle_ms = keeper->saved_ms + IDLE_MS;
    if (bytes == 0) return INT64_MAX;
    return bytes >= CHECKPOINT_BYTES || idle_ms < keeper->copy_ms ? keeper->copy_ms : idle_ms;
}

static void checkpoint(struct keeper *keeper, const struct keeper_in *in)
{
    struct err err;
    keeper->copy_ms = in->mono_ms + CHECKPOINT_PAUSE_MS;
    if (db_checkpoint(keeper->db, &err)) return;
    log_err(LOG_WARNING, "checkpoint", &err);
    if (err.kind != ERR_BUSY) keeper->copy_ms = in->mono_ms + REFUSED_PAUSE_MS;
}

/* A clock that somebody set would say that events are old which aren't: what counts is the server's, and the time that
 * has gone by since it was heard. */
static void prune(struct keeper *keeper, const struct keeper_in *in)
{
    struct err err;
    bool       is_done = true;
    int64_t    now_ms = keeper->heard_ms + in->mono_ms - keeper->heard_mono_ms;
    if (keeper->heard_ms > 0 && !outbox_prune(keeper->outbox, now_ms, &is_done, &err)) {
        log_err(LOG_WARNING, "prune", &err);
        keeper->prune_ms = in->mono_ms + FAILED_PAUSE_MS;
    } else if (is_done) {
        keeper->prune_ms = in->mono_ms + PRUNE_MS;
    }
}

/* Told a week before the disk is full, not when it is. */
static void growth_look(struct keeper *keeper, int64_t mono_ms, int64_t now_ms)
{
    struct err err;
    if (mono_ms < keeper->growth_ms) return;
    keeper->growth_ms = mono_ms + GROWTH_MS;
    if (!space_growth(keeper->db, now_ms, &keeper->day_bytes, &err)) log_err(LOG_WARNING, "growth", &err);
}

static void space_look(struct keeper *keeper, int64_t mono_ms, int64_t now_ms)
{
    const struct keeper_options *options = &keeper->options;
    if (mono_ms < keeper->space_ms && !keeper->is_save_full) return;
    growth_look(keeper, mono_ms, now_ms);
    int64_t free_bytes =
        options->free_bytes != NULL ? options->free_bytes(options->free_self) : space_free(options->path);
    keeper->free_bytes = free_bytes;
    keeper->is_disk_low = space_is_low(free_bytes, keeper->day_bytes);
    int32_t days = space_days(free_bytes, keeper->day_bytes);
    keeper->disk_days = days >= 0 && days < SPACE_DAYS ? days + 1 : 0;
    keeper->is_disk_full = free_bytes >= 0 && free_bytes < SPACE_FULL;
    keeper->space_ms = mono_ms + SPACE_MS;
}

/* ---------------------------------------------------------------------------------------------------- the step */

/* When what is due next, in the order of their importance; the first that is due has its turn. */
struct dues {
    int64_t events_hear, events, learn, feed_hear, feed, checkpoint, prune;
};

static struct dues dues_of(const struct keeper *keeper)
{
    bool is_enrolled = keeper->is_enrolled;
    return (struct dues){
        .events_hear = keeper->has_events_answer ? 0 : INT64_MAX,
        .events = is_enrolled ? send_due(&keeper->send, keeper->outbox) : INT64_MAX,
        .learn = keeper->learn.is_active ? keeper->learn_ms : INT64_MAX,
        .feed_hear = keeper->has_feed_answer ? 0 : INT64_MAX,
        .feed = is_enrolled ? fetch_due(&keeper->fetch) : INT64_MAX,
        .checkpoint = checkpoint_due(keeper),
        .prune = keeper->prune_ms,
    };
}

static void work(struct keeper *keeper, const struct keeper_in *in, int64_t now_ms, struct keeper_out *out)
{
    struct dues dues = dues_of(keeper);
    int64_t     mono_ms = in->mono_ms;
    if (dues.events_hear <= mono_ms)
        events_hear(keeper, in, out);
    else if (dues.events <= mono_ms)
        events_step(keeper, in, NULL, out);
    else if (dues.feed_hear <= mono_ms)
        feed_hear(keeper, in);
    else if (dues.learn <= mono_ms)
        feed_learn(keeper, in, now_ms, out);
    else if (dues.feed <= mono_ms)
        feed_ask(keeper, in, out);
    else if (dues.checkpoint <= mono_ms)
        checkpoint(keeper, in);
    else if (dues.prune <= mono_ms)
        prune(keeper, in);
}

static int64_t next_due(const struct keeper *keeper)
{
    struct dues   dues = dues_of(keeper);
    const int64_t all[] = {dues.events_hear, dues.events,     dues.learn, dues.feed_hear,
                           dues.feed,        dues.checkpoint, dues.prune, keeper->space_ms};
    int64_t       next = INT64_MAX;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (all[i] < next) next = all[i];
    return next;
}

static struct found_state state_of(const struct keeper *keeper, int64_t now_ms)
{
    const struct shift *shift;
    struct found_state  state = {.wall_ms = now_ms,
                                 .offset_min = keeper->rule.offset_min,
                                 .is_doubtful = !keeper->time.heard,
                                 .is_online = keeper->is_enrolled && keeper->is_online,
                                 .is_current = keeper->is_enrolled && keeper->is_online && keeper->is_current,
                                 .is_disk_low = keeper->is_disk_low,
                                 .disk_days = keeper->disk_days,
                                 .sign_out_s = keeper->sign_out_s,
                                 .can_touch_rows = keeper->can_touch_rows,
                                 .is_dock = keeper->is_dock,
                                 .against_server = keeper->against_server,
                                 .is_disk_full = keeper->is_disk_full || keeper->is_save_full};
    state.day = day_of(&keeper->rule, now_ms, &shift);
    state.waiting = outbox_waiting(keeper->outbox, &state.waiting_since);
    snprintf(state.shift, sizeof state.shift, "%s", shift->name);
    snprintf(state.station, sizeof state.station, "%s", keeper->station);
    for (int i = 0; i < 2; i++)
        snprintf(state.station_name[i], sizeof state.station_name[i], "%s", keeper->station_name[i]);
    return state;
}

/* Time goes on from the last known one too, where the machine's clock stands in 1970 and no server is heard. */
static void time_pass(struct keeper *keeper, int64_t mono_ms)
{
    if (keeper->has_stepped) keeper->time.floor_ms += mono_ms - keeper->stepped_ms;
    keeper->has_stepped = true;
    keeper->stepped_ms = mono_ms;
}

void keeper_step(struct keeper *keeper, const struct keeper_in *in, struct keeper_out *out)
{
    time_pass(keeper, in->mono_ms);
    int64_t now_ms = kiosk_time_now(&keeper->time, in->wall_ms);
    *out = (struct keeper_out){0};
    outbox_now(keeper->outbox, now_ms);
    if (in->answer != NULL) answer_put(keeper, in->answer);
    if (in->save != NULL)
        save(keeper, in, now_ms, out);
    else if (in->knob != NULL || in->chosen != NULL)
        knob_set(keeper, in, out);
    else
        work(keeper, in, now_ms, out);
    space_look(keeper, in->mono_ms, now_ms);
    out->must_reopen = db_must_reopen(keeper->db);
    out->state = state_of(keeper, kiosk_time_now(&keeper->time, in->wall_ms));
    out->next_mono_ms = next_due(keeper);
    out->is_busy = out->next_mono_ms <= in->mono_ms;
}
