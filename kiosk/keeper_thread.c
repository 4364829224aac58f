/* keeper_thread.c - the keeper and its courier on threads of their own: kiosk/keeper_thread.h.
 *
 * The keeper's thread waits until something was put down or keeper_step() is due, takes it out of the lock, steps, and
 * puts the news down. The lock is never held over a step, a save or a callback. */
#include "kiosk/keeper_thread.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/log.h"
#include "kiosk/send/courier.h"

enum { ANSWERS_MAX = 8, KNOBS_WAITING_MAX = 8, WAIT_MOST_MS = 60000, SECOND_MS = 1000, MINUTE_MS = 60000 };
#define AT_ONCE_MS (INT64_MIN / 2)

struct keeper_thread {
    pthread_t           thread;
    pthread_mutex_t     lock;
    pthread_cond_t      put_down;
    struct keeper      *keeper;
    const struct clock *clock;
    struct courier     *courier;
    void (*wake)(void *self);
    void *self;

    /* Put down for the thread, under the lock. */
    bool                 is_stopping, has_save, has_enrol, has_result, has_scanner;
    struct event         save;
    struct code_enrol    enrol;
    int                  answer_count;
    struct keeper_answer answers[ANSWERS_MAX];
    bool                 is_enrolled; /* the courier's result: */
    struct keeper_server server;
    struct err           enrol_err;
    int                  knob_count;
    struct found_knob    knobs[KNOBS_WAITING_MAX];
    bool                 has_chosen;
    char                 chosen[CHOSEN_TEXT_MAX];
    bool                 is_asked; /* whether it is alive */

    /* Put down for main, under the lock. */
    bool               has_news, has_enrol_news;
    struct keeper_news news, enrol_news;

    int64_t due_ms; /* the thread's own: next step, in the clock's mono ms */
};

/* ---------------------------------------------------------------------------------------------------- courier */

static void on_answer(void *self, struct keeper_answer *answer)
{
    struct keeper_thread *thread = self;
    pthread_mutex_lock(&thread->lock);
    if (thread->answer_count < ANSWERS_MAX) {
        thread->answers[thread->answer_count++] = *answer;
        answer->body = (struct buf){0};
    } /* else: more than can be under way; the keeper's deadline counts it as lost */
    pthread_cond_signal(&thread->put_down);
    pthread_mutex_unlock(&thread->lock);
}

static void on_enrolled(void *self, struct keeper_server *server, const struct err *err)
{
    struct keeper_thread *thread = self;
    pthread_mutex_lock(&thread->lock);
    buf_free(&thread->server.ca_pem);
    thread->has_result = true;
    thread->is_enrolled = err == NULL;
    if (err != NULL) thread->enrol_err = *err;
    thread->server = *server;
    server->ca_pem = (struct buf){0};
    pthread_cond_signal(&thread->put_down);
    pthread_mutex_unlock(&thread->lock);
}

/* ---------------------------------------------------------------------------------------------------- enrolling */

static void enrol_news(struct keeper_thread *thread, bool is_enrolled, const struct err *err)
{
    pthread_mutex_lock(&thread->lock);
    thread->has_enrol_news = true;
    thread->enrol_news = (struct keeper_news){.has_enrolled = true, .is_enrolled = is_enrolled};
    if (!is_enrolled) thread->enrol_news.err = *err;
    pthread_mutex_unlock(&thread->lock);
    thread->wake(thread->self);
}

static void enrol_begin(struct keeper_thread *thread, const struct code_enrol *enrol)
{
    struct err   err;
    struct key   key;
    struct epoch server;
    struct mark  acked = keeper_acked(thread->keeper, &server);
    if (keeper_enrol_key(thread->keeper, enrol->token, &key, &err))
        courier_enrol(thread->courier, enrol, &key, server, acked.seq);
    else
        enrol_news(thread, false, &err);
}

static void enrol_end(struct keeper_thread *thread, bool is_enrolled, struct keeper_server *server,
                      const struct err *courier_err)
{
    struct err err = *courier_err;
    if (is_enrolled) is_enrolled = keeper_enrol(thread->keeper, server, &err);
    if (is_enrolled) {
        courier_aim(thread->courier, server);
        thread->due_ms = AT_ONCE_MS;
    }
    buf_free(&server->ca_pem);
    enrol_news(thread, is_enrolled, &err);
}

/* ---------------------------------------------------------------------------------------------------- news */

/* All that the flow uses, the clock by the minute. */
static bool state_shows_the_same(const struct found_state *a, const struct found_state *b)
{
    return a->wall_ms / MINUTE_MS == b->wall_ms / MINUTE_MS && a->day == b->day && a->offset_min == b->offset_min &&
           a->is_doubtful == b->is_doubtful && a->is_online == b->is_online && a->is_current == b->is_current &&
           a->waiting == b->waiting && a->waiting_since == b->waiting_since && a->is_disk_low == b->is_disk_low &&
           a->is_disk_full == b->is_disk_full && strcmp(a->station, b->station) == 0 &&
           strcmp(a->shift, b->shift) == 0 && strcmp(a->station_name[0], b->station_name[0]) == 0 &&
           strcmp(a->station_name[1], b->station_name[1]) == 0 && a->is_dock == b->is_dock &&
           a->against_server == b->against_server && a->disk_days == b->disk_days && a->sign_out_s == b->sign_out_s &&
           a->can_touch_rows == b->can_touch_rows;
}

static void news_put(struct keeper_thread *thread, const struct keeper_out *out, struct found_state *shown)
{
    bool has_state = !state_shows_the_same(shown, &out->state);
    if (!out->has_saved && !out->has_learnt && !out->is_damaged && !out->must_reopen && !has_state && !out->has_set)
        return;
    pthread_mutex_lock(&thread->lock);
    struct keeper_news *news = &thread->news;
    thread->has_news = true;
    if (out->has_saved) {
        news->has_saved = true;
        news->is_saved = out->is_saved;
        news->name = out->name;
        news->epoch = out->epoch;
        news->seq = out->seq;
        news->err = out->err;
    }
    news->set_count += out->has_set ? 1 : 0;
    if (out->has_set && !out->is_set) {
        news->is_not_set = true;
        news->set_err = out->err;
    }
    news->has_learnt |= out->has_learnt;
    news->is_damaged |= out->is_damaged;
    news->must_reopen |= out->must_reopen;
    news->has_state |= has_state;
    news->state = *shown = out->state;
    pthread_mutex_unlock(&thread->lock);
    thread->wake(thread->self);
}

bool keeper_take(struct keeper_thread *thread, struct keeper_news *news)
{
    pthread_mutex_lock(&thread->lock);
    bool has_news = thread->has_news, has_enrol_news = !has_news && thread->has_enrol_news;
    if (has_news) {
        *news = thread->news;
        thread->news = (struct keeper_news){0};
        thread->has_news = false;
    } else if (has_enrol_news) {
        *news = thread->enrol_news;
        thread->has_enrol_news = false;
    }
    pthread_mutex_unlock(&thread->lock);
    return has_news || has_enrol_news;
}

/* ---------------------------------------------------------------------------------------------------- thread */

/* What one turn takes along. */
struct turn {
    bool         has_knob, has_chosen, has_save, has_answer, has_enrol, has_result, is_enrolled, is_last, has_scanner;
    struct event save;
    struct keeper_answer answer;
    struct code_enrol    enrol;
    struct keeper_server server;
    struct err           enrol_err;
    struct found_knob    knob;
    char                 chosen[CHOSEN_TEXT_MAX];
};

static bool is_anything_put_down(const struct keeper_thread *thread)
{
    return thread->has_save || thread->answer_count > 0 || thread->has_enrol || thread->has_result ||
           thread->knob_count > 0 || thread->has_chosen || thread->is_asked || thread->is_stopping;
}

/* The world's ms until the step is due. */
static int64_t wait_of(const struct keeper_thread *thread)
{
    int64_t wait_ms = thread->due_ms - clock_mono_ms(thread->clock);
    if (wait_ms <= 0) return 0;
    if (wait_ms > WAIT_MOST_MS) wait_ms = WAIT_MOST_MS;
    int64_t rate = thread->clock->rate_milli;
    return thread->clock->is_real || rate <= 0 ? wait_ms : wait_ms * SECOND_MS / rate + 1;
}

/* Under the lock. */
static void wait_for_work(struct keeper_thread *thread)
{
    int64_t wait_ms = wait_of(thread);
    if (is_anything_put_down(thread) || wait_ms == 0) return;
    struct timespec until = clock_real_after(wait_ms);
    pthread_cond_timedwait(&thread->put_down, &thread->lock, &until);
}

static void knob_take(struct keeper_thread *thread, struct turn *turn)
{
    turn->has_knob = thread->knob_count > 0 && !turn->has_save;
    if (!turn->has_knob) return;
    turn->knob = thread->knobs[0];
    thread->knob_count--;
    memmove(thread->knobs, thread->knobs + 1, (size_t)thread->knob_count * sizeof thread->knobs[0]);
}

static void chosen_take(struct keeper_thread *thread, struct turn *turn)
{
    turn->has_chosen = thread->has_chosen && !turn->has_save && !turn->has_knob;
    if (!turn->has_chosen) return;
    memcpy(turn->chosen, thread->chosen, sizeof turn->chosen);
    thread->has_chosen = false;
}

/* A save goes alone; one answer and one setting a turn. */
static void turn_take(struct keeper_thread *thread, struct turn *turn)
{
    thread->is_asked = false;
    turn->has_save = thread->has_save;
    if (turn->has_save) turn->save = thread->save;
    thread->has_save = false;
    turn->has_answer = thread->answer_count > 0;
    if (turn->has_answer) {
        turn->answer = thread->answers[0];
        thread->answer_count--;
        memmove(thread->answers, thread->answers + 1, (size_t)thread->answer_count * sizeof thread->answers[0]);
    }
    turn->has_enrol = thread->has_enrol;
    turn->enrol = thread->enrol;
    thread->has_enrol = false;
    turn->has_result = thread->has_result;
    turn->is_enrolled = thread->is_enrolled;
    if (turn->has_result) {
        turn->server = thread->server;
        turn->enrol_err = thread->enrol_err;
        thread->server.ca_pem = (struct buf){0};
    }
    thread->has_result = false;
    turn->has_scanner = thread->has_scanner;
    knob_take(thread, turn);
    chosen_take(thread, turn);
    turn->is_last = thread->is_stopping && !turn->has_save && !turn->has_knob && !turn->has_chosen;
}

static void turn_step(struct keeper_thread *thread, struct turn *turn, struct found_state *shown)
{
    struct keeper_in  in = {.wall_ms = clock_now_ms(thread->clock), .mono_ms = clock_mono_ms(thread->clock)};
    struct keeper_out out;
    in.has_scanner = turn->has_scanner;
    if (turn->has_save) in.save = &turn->save;
    if (turn->has_answer) in.answer = &turn->answer;
    if (turn->has_knob) in.knob = &turn->knob;
    if (turn->has_chosen) in.chosen = turn->chosen;
    keeper_step(thread->keeper, &in, &out);
    thread->due_ms = out.is_busy ? in.mono_ms : out.next_mono_ms;
    if (out.events.is_set) courier_post(thread->courier, &out.events);
    if (out.feed.is_set) courier_post(thread->courier, &out.feed);
    news_put(thread, &out, shown);
    if (turn->has_enrol) enrol_begin(thread, &turn->enrol);
    if (turn->has_result) enrol_end(thread, turn->is_enrolled, &turn->server, &turn->enrol_err);
}

static void *run(void *self)
{
    struct keeper_thread *thread = self;
    struct found_state    shown = {.wall_ms = -1, .waiting = -1};
    struct turn          *turn = calloc(1, sizeof *turn);
    if (turn == NULL) abort();
    do {
        pthread_mutex_lock(&thread->lock);
        wait_for_work(thread);
        turn_take(thread, turn);
        pthread_mutex_unlock(&thread->lock);
        if (!turn->is_last) turn_step(thread, turn, &shown);
    } while (!turn->is_last);
    if (turn->has_answer) buf_free(&turn->answer.body);
    if (turn->has_result) buf_free(&turn->server.ca_pem);
    free(turn);
    return NULL;
}

/* ---------------------------------------------------------------------------------------------------- main's side */

static void thread_free(struct keeper_thread *thread)
{
    for (int i = 0; i < thread->answer_count; i++) buf_free(&thread->answers[i].body);
    buf_free(&thread->server.ca_pem);
    pthread_cond_destroy(&thread->put_down);
    pthread_mutex_destroy(&thread->lock);
    free(thread);
}

/* Where requests go, if the kiosk is enrolled. */
static bool aim(struct keeper_thread *thread, struct err *err)
{
    struct keeper_server server = {0};
    if (!keeper_server_of(thread->keeper, &server, err)) return err->kind == ERR_ABSENT;
    courier_aim(thread->courier, &server);
    buf_free(&server.ca_pem);
    return true;
}

bool keeper_start(struct keeper *keeper, const struct clock *clock, void (*wake)(void *self), void *self,
                  struct keeper_thread **thread, struct err *err)
{
    struct keeper_thread      *made = calloc(1, sizeof *made);
    const struct courier_hooks hooks = {on_answer, on_enrolled, made};
    pthread_condattr_t         monotonic;
    if (made == NULL) abort();
    made->keeper = keeper;
    made->clock = clock;
    made->wake = wake;
    made->self = self;
    pthread_mutex_init(&made->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&made->put_down, &monotonic);
    pthread_condattr_destroy(&monotonic);
    made->due_ms = AT_ONCE_MS;
    if (!courier_start(keeper_kiosk(keeper), &hooks, &made->courier, err)) goto fail;
    if (!aim(made, err)) goto fail;
    if (pthread_create(&made->thread, NULL, run, made) != 0) {
        err_set(err, ERR_BUSY, SAY("kiosk.thread"));
        goto fail;
    }
    pthread_setname_np(made->thread, "keeper"); /* for who looks at a kiosk that hangs */
    *thread = made;
    return true;
fail:
    courier_stop(made->courier);
    thread_free(made);
    return false;
}

void keeper_stop(struct keeper_thread *thread)
{
    if (thread == NULL) return;
    pthread_mutex_lock(&thread->lock);
    thread->is_stopping = true;
    pthread_cond_signal(&thread->put_down);
    pthread_mutex_unlock(&thread->lock);
    pthread_join(thread->thread, NULL);
    courier_stop(thread->courier);
    thread_free(thread);
}

void keeper_post_save(struct keeper_thread *thread, const struct event *event)
{
    pthread_mutex_lock(&thread->lock);
    assert(!thread->has_save);
    thread->save = *event;
    thread->has_save = true;
    pthread_cond_signal(&thread->put_down);
    pthread_mutex_unlock(&thread->lock);
}

void keeper_post_enrol(struct keeper_thread *thread, const struct code_enrol *enrol)
{
    pthread_mutex_lock(&thread->lock);
    thread->enrol = *enrol;
    thread->has_enrol = true;
    pthread_cond_signal(&thread->put_down);
    pthread_mutex_unlock(&thread->lock);
}

void keeper_post_scanner(struct keeper_thread *thread, bool has_scanner)
{
    pthread_mutex_lock(&thread->lock);
    thread->has_scanner = has_scanner;
    pthread_mutex_unlock(&thread->lock);
}

void keeper_post_knob(struct keeper_thread *thread, const struct found_knob *knob)
{
    int at = 0;
    pthread_mutex_lock(&thread->lock);
    while (at < thread->knob_count &&
           (thread->knobs[at].worker != knob->worker || strcmp(thread->knobs[at].name, knob->name) != 0))
        at++;
    if (at < thread->knob_count) { /* one answer for both */
        thread->knobs[at] = *knob;
        thread->news.set_count++;
        thread->has_news = true;
    } else if (at < KNOBS_WAITING_MAX) {
        thread->knobs[thread->knob_count++] = *knob;
    } else {
        thread->news.set_count++;
        thread->news.is_not_set = true;
        err_set(&thread->news.set_err, ERR_BUSY, SAY("kiosk.busy"));
        thread->has_news = true;
    }
    bool has_news = thread->has_news;
    pthread_cond_signal(&thread->put_down);
    pthread_mutex_unlock(&thread->lock);
    if (has_news) thread->wake(thread->self);
}

void keeper_post_chosen(struct keeper_thread *thread, const char *text)
{
    pthread_mutex_lock(&thread->lock);
    if (thread->has_chosen) { /* one answer for both */
        thread->news.set_count++;
        thread->has_news = true;
    }
    bool has_news = thread->has_news;
    snprintf(thread->chosen, sizeof thread->chosen, "%s", text);
    thread->has_chosen = true;
    pthread_cond_signal(&thread->put_down);
    pthread_mutex_unlock(&thread->lock);
    if (has_news) thread->wake(thread->self);
}

bool keeper_is_alive(struct keeper_thread *thread)
{
    pthread_mutex_lock(&thread->lock);
    bool is_alive = !thread->is_asked;
    thread->is_asked = true;
    pthread_cond_signal(&thread->put_down);
    pthread_mutex_unlock(&thread->lock);
    return is_alive;
}
