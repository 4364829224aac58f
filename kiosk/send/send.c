/* send.c - which events go next, when, and what an answer means: kiosk/send/send.h.
 *
 *               something waits, or an epoch isn't sure
 *      IDLE ------------------------------------------------> UNDER WAY
 *       ^                                                       |
 *       |  taken; from, and the mark is shared                  |  an answer of that number, or the deadline
 *       +-------------------------------------------------------+
 *       ^                                                       |
 *       |  the pause is over                                    |  failed, late, unsigned, not 200, nonsense, wait
 *       +---------------------- PAUSING <-----------------------+
 *       ^                                                       |
 *       |  a shared number was found, or there is none          |  from, and the mark isn't shared
 *       +---------------------- ASKING <------------------------+
 *                               (UNDER WAY with one event, then 1, 3, 7 ... numbers lower)
 *
 * IDLE, PAUSING: post.under_way is 0. In every state the queue is what the outbox says; only marks move, and only in
 * hear_taken() and hear_from(). ASKING ends at the latest with the lowest kept event, below which everything is sent
 * from the epoch's beginning (with a gap for what isn't kept): a server must take what begins a chain. */
#include "kiosk/send/send.h"

#include <assert.h>
#include <string.h>

#include "core/json.h"

enum { ANSWER_MOST_MS = 30000, EVERY = OUTBOX_BATCH_EVENTS, STATUS_OK = 200, STATUS_TOO_LARGE = 413 };

/* ---------------------------------------------------------------------------------------------------- answers */

enum said { SAID_NOTHING, SAID_TAKEN, SAID_FROM, SAID_WAIT };

struct said_all {
    enum said    said;
    bool         is_fork;
    struct mark  mark;
    struct epoch server;
    uint64_t     run;
    int64_t      time_ms;
};

static bool mark_take(const struct json *list, struct mark *mark)
{
    mark->seq = json_int(json_at(list, 1), -1);
    return epoch_read(json_text(json_at(list, 0), ""), &mark->epoch) && mark->seq >= 0 &&
           hash_read(json_text(json_at(list, 2), ""), &mark->hash);
}

static enum said said_of(const char *word)
{
    if (strcmp(word, "taken") == 0) return SAID_TAKEN;
    if (strcmp(word, "from") == 0) return SAID_FROM;
    return strcmp(word, "wait") == 0 ? SAID_WAIT : SAID_NOTHING;
}

/* SAID_NOTHING for all that isn't the answer of the protocol. */
static struct said_all answer_read(const struct send_answer *answer)
{
    struct err      err;
    struct said_all all = {.said = SAID_NOTHING};
    struct json    *whole = json_read(answer->body, answer->len, &err);
    if (whole == NULL) return all;
    enum said said = said_of(json_text(json_get(whole, "state"), ""));
    bool has_place = epoch_read(json_text(json_get(whole, "server"), ""), &all.server) && !epoch_is_none(all.server) &&
                     id_read(json_text(json_get(whole, "run"), ""), &all.run);
    bool has_mark = mark_take(json_get(whole, "mark"), &all.mark);
    all.is_fork = json_bool(json_get(whole, "fork"), false);
    all.time_ms = json_int(json_get(whole, "time"), 0);
    if (json_int(json_get(whole, "v"), 0) == 1 && (said == SAID_WAIT || (has_place && has_mark))) all.said = said;
    json_free(whole);
    return all;
}

/* ---------------------------------------------------------------------------------------------------- meaning */

static bool fork_leave(struct send *send, struct outbox *outbox, struct err *err)
{
    if (!send->wants_epoch) return true;
    if (!outbox_new_epoch(outbox, err)) return false;
    send->wants_epoch = false;
    return true;
}

/* The next event of the newest epoch would stand on a branch of its own: it gets a new epoch. Older ones are at their
 * end anyway. */
static void fork_see(struct send *send, struct outbox *outbox, struct epoch epoch)
{
    if (epoch_compare(epoch, outbox_epoch(outbox)) == 0) send->wants_epoch = true;
}

/* The server's mark is no event of ours. The distance to where the question began doubles each time. */
static bool ask_lower(struct send *send, struct outbox *outbox, const struct mark *mark, int64_t mono_ms,
                      struct err *err)
{
    if (!send->is_asking) {
        int64_t last = outbox_last(outbox, send->batch_epoch).seq;
        send->is_asking = true;
        send->ask_epoch = send->batch_epoch;
        send->ask_top = mark->seq < last ? mark->seq : last;
        if (send->ask_top < 1) send->ask_top = 1;
        send->ask_seq = send->ask_top;
    } else if (send->is_lowest) {
        send->is_asking = false;
        fork_see(send, outbox, send->ask_epoch);
        post_retry(&send->post, mono_ms);
        return outbox_restart(outbox, send->ask_epoch, err);
    } else {
        int64_t distance = send->ask_top - send->ask_seq;
        send->ask_seq = send->ask_top - (distance * 2 + 1);
        if (send->ask_seq < 1) send->ask_seq = 1;
    }
    post_good(&send->post, mono_ms);
    return true;
}

/* All of the batch is stored. While asking, this is the number that both share: all behind it is sent again, and what
 * comes stands in a new epoch. */
static bool hear_taken(struct send *send, struct outbox *outbox, const struct said_all *all, int64_t mono_ms,
                       struct err *err)
{
    bool is_shared = false;
    if (send->is_asking) fork_see(send, outbox, send->ask_epoch);
    if (all->is_fork) fork_see(send, outbox, send->batch_epoch);
    if (!fork_leave(send, outbox, err)) return false;
    bool is_question = send->batch_count == 0;
    if (!(send->is_asking || is_question ? outbox_back : outbox_acknowledge)(outbox, &all->mark, &is_shared, err))
        return false;
    if (!is_shared && is_question) return ask_lower(send, outbox, &all->mark, mono_ms, err);
    if (is_shared) {
        send->is_asking = false;
        send->most = EVERY;
        post_good(&send->post, mono_ms);
    } else {
        post_retry(&send->post, mono_ms); /* a mark that isn't of this batch: no answer to it */
    }
    return true;
}

/* Nothing of the batch continues what is stored: the server says behind what it does. */
static bool hear_from(struct send *send, struct outbox *outbox, const struct said_all *all, int64_t mono_ms,
                      struct err *err)
{
    bool is_shared;
    if (!outbox_back(outbox, &all->mark, &is_shared, err)) return false;
    if (!is_shared) return ask_lower(send, outbox, &all->mark, mono_ms, err);
    send->is_asking = false;
    post_good(&send->post, mono_ms);
    return true;
}

static void too_large(struct send *send)
{
    send->most = send->most > 1 ? send->most / 2 : 1;
}

/* A signed answer with status 200. */
static bool hear_signed(struct send *send, struct outbox *outbox, const struct place *place, const struct said_all *all,
                        int64_t mono_ms, struct err *err)
{
    send->has_time = all->time_ms > 0;
    send->server_ms = all->time_ms;
    if (send->has_time) outbox_now(outbox, all->time_ms); /* when a mark came is kept by the server's clock alone */
    /* Started anew since it was last heard, perhaps from an older copy: what it said of other epochs is asked again. */
    if (send->run != all->run) outbox_doubt(outbox);
    send->run = all->run;
    send->is_waiting = all->said == SAID_WAIT;
    if (send->is_waiting) {
        /* Not yet a server that this kiosk deals with: whom it dealt with before stays in its requests. */
        post_retry(&send->post, mono_ms);
        return true;
    }
    if (epoch_compare(all->mark.epoch, send->batch_epoch) != 0) {
        post_retry(&send->post, mono_ms);
        return true;
    }
    if (epoch_compare(all->server, place->dealt) != 0 && !outbox_forget(outbox, all->server, err)) return false;
    return all->said == SAID_TAKEN ? hear_taken(send, outbox, all, mono_ms, err)
                                   : hear_from(send, outbox, all, mono_ms, err);
}

static bool hear(struct send *send, struct outbox *outbox, const struct place *place, const struct send_answer *answer,
                 int64_t mono_ms, struct err *err)
{
    bool            is_signed = post_is_signed(&send->post, answer);
    struct said_all all = {.said = SAID_NOTHING};
    send->post.is_online = is_signed;
#ifdef PLANT_DROP_ON_4XX /* what the server refuses is thrown away */
    if (answer->status >= 400 && answer->status < 500) return outbox_drop(outbox, send->batch_epoch, err);
#endif
#ifdef PLANT_DROP_ON_401 /* who isn't known to the server throws away what he has */
    if (answer->status == 401) return outbox_drop(outbox, send->batch_epoch, err);
#endif
    if (answer->is_failed || (is_signed && answer->status == STATUS_TOO_LARGE)) too_large(send);
    if (is_signed && answer->status == STATUS_OK) all = answer_read(answer);
    if (all.said != SAID_NOTHING && hear_signed(send, outbox, place, &all, mono_ms, err)) return true;
    post_retry(&send->post, mono_ms);
    return all.said == SAID_NOTHING;
}

/* ---------------------------------------------------------------------------------------------------- requests */

static bool request_make(struct send *send, struct outbox *outbox, const struct place *place, int64_t wall_ms,
                         int64_t mono_ms, struct send_request *request, struct err *err)
{
    struct outbox_batch batch = {0};
    struct buf          body = {0};
    send->is_lowest = false;
    if (send->most == 0) send->most = EVERY;
    if (!(send->is_asking ? outbox_probe(outbox, send->ask_epoch, send->ask_seq, &batch, &send->is_lowest, err)
                          : outbox_batch(outbox, send->most, &batch, err)))
        return false;
    if (!batch.is_set) { /* while asking: nothing of that epoch is kept, so everything in it is a gap */
        bool is_asking = send->is_asking;
        send->is_asking = false;
        return !is_asking || outbox_restart(outbox, send->ask_epoch, err);
    }
    send->batch_epoch = batch.epoch;
    send->batch_count = batch.count;
    outbox_words(outbox_kiosk(outbox), place, &batch, wall_ms, &body);
    buf_add(&body, buf_text(&batch.lines), batch.lines.len);
    buf_free(&batch.lines);
    post_send(&send->post, SEND_PATH, &body, mono_ms, ANSWER_MOST_MS, request);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- step */

bool send_step(struct send *send, struct outbox *outbox, const struct place *place, const struct send_answer *answer,
               int64_t wall_ms, int64_t mono_ms, struct send_request *request, struct err *err)
{
    uint64_t was_under_way = send->post.under_way;
    *request = (struct send_request){0};
    send->has_time = false;
    if (answer != NULL) return !post_takes(&send->post, answer) || hear(send, outbox, place, answer, mono_ms, err);
    post_expire(&send->post, mono_ms);
    if (was_under_way != send->post.under_way) too_large(send);
    if (!fork_leave(send, outbox, err)) {
        post_retry(&send->post, mono_ms);
        return false;
    }
    if (send->post.under_way != 0 || mono_ms < send->post.next_ms || !outbox_has_work(outbox)) return true;
    if (request_make(send, outbox, place, wall_ms, mono_ms, request, err)) return true;
    post_retry(&send->post, mono_ms);
    return false;
}

int64_t send_due(const struct send *send, const struct outbox *outbox)
{
    if (send->post.under_way != 0) return send->post.deadline_ms;
    return outbox_has_work(outbox) || send->is_asking ? send->post.next_ms : INT64_MAX;
}
