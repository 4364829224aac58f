/* threads.c - the threads of the running server: taker, writer, askers: inside.h. What each takes from its queue, in which
 * order it tells what it knows, and when it sleeps. */
#include "server/inside.h"

#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/log.h"
#include "server/books/act.h"
#include "server/take/answer.h"

enum {
    QUIET_MS = 20,         /* without a request: the taker tidies */
    TROUBLE_MS = 200,      /* after a passing failure (disk full ...) */
    LATER_MS = 10,         /* an act waits for the inbox to be applied */
    TAKEN_AFTER_MS = 1000, /* an event of the office that isn't applied by then is answered "taken" */
    SLICE_BUSY_US = 2000,  /* of the writer, while kiosks send */
    SLICE_QUIET_US = 20000,
    SLICE_LONG_US =
        250000,      /* with a long way to go: a page that many events change is written once; an act ends it early */
    LONG_WAY = 5000, /* events behind the inbox's end */
    BUSY_US = 50000, /* kiosks send: one did within that time */
    WRITER_NICE = 10 /* where processors are scarce, taking comes before booking: about a tenth is left to it */
};

int64_t house_mono_ms(void)
{
    return clock_real_us() / 1000;
}

int64_t house_now_ms(void *self)
{
    const struct house *house = self;
    return clock_now_ms(&house->options.clock);
}

void bell_make(struct bell *bell)
{
    pthread_condattr_t attributes;
    pthread_mutex_init(&bell->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&bell->ring, &attributes);
    pthread_condattr_destroy(&attributes);
}

void bell_end(struct bell *bell)
{
    pthread_cond_destroy(&bell->ring);
    pthread_mutex_destroy(&bell->lock);
}

void bell_ring(struct bell *bell)
{
    pthread_mutex_lock(&bell->lock);
    pthread_cond_broadcast(&bell->ring);
    pthread_mutex_unlock(&bell->lock);
}

void bell_wait(struct bell *bell, int64_t wait_ms)
{
    struct timespec until = clock_real_after(wait_ms);
    pthread_cond_timedwait(&bell->ring, &bell->lock, &until);
}

static void take_done(struct house *house, struct desk_take *job)
{
    job->done(job);
    atomic_fetch_sub(&house->jobs, 1);
}

static void act_done(struct house *house, struct desk_act *job)
{
    job->done(job);
    atomic_fetch_sub(&house->jobs, 1);
}

/* ---------------------------------------------------------------------------------------------------- taker */

/* Under the bell's lock. */
static bool takes_have_work(const struct house *house)
{
    return house->takes.first != NULL || house->has_office || !epoch_is_none(house->set_back);
}

/* Waits for work; tidies when it is quiet. */
static size_t takes_wait(struct house *house, struct desk_take *jobs[TAKE_MOST], bool *has_office,
                         struct epoch *set_back)
{
    int64_t wait_ms = QUIET_MS;
    size_t  n = 0;
    pthread_mutex_lock(&house->take_bell.lock);
    while (!takes_have_work(house) && !atomic_load(&house->taker_ends)) {
        bell_wait(&house->take_bell, wait_ms);
        atomic_store(&house->taker_us, clock_real_us());
        if (takes_have_work(house)) break;
        pthread_mutex_unlock(&house->take_bell.lock);
        wait_ms = take_tidy(house->store.take) ? 1 : REST_MS;
        pthread_mutex_lock(&house->take_bell.lock);
    }
    for (; n < TAKE_MOST && house->takes.first != NULL; n++) QUEUE_POP(&house->takes, jobs[n]);
    *has_office = house->has_office;
    *set_back = house->set_back;
    house->has_office = false;
    house->set_back = (struct epoch){0, 0};
    pthread_mutex_unlock(&house->take_bell.lock);
    return n;
}

/* What the books know is told before a request is looked at: a kiosk can't know more. */
static void taker_listen(struct house *house)
{
    pthread_mutex_lock(&house->place_lock);
    const struct known *known = house->known;
    pthread_mutex_unlock(&house->place_lock);
    if (known != house->told) known_tell(known, house->store.take);
    house->told = known;
    take_feed_at(house->store.take, atomic_load(&house->feed));
}

/* A failure, and its end, is said once: in the log here, by doctor, figures and the office's page as long as it lasts. */
static void taker_trouble(struct house *house)
{
    const struct err *trouble = take_trouble(house->store.take);
    bool              is_new = trouble->kind != house->taker_trouble.kind;
    house->taker_trouble = *trouble;
    if (is_new && trouble->kind != ERR_NONE) log_err(LOG_ERROR, "inbox", trouble);
    if (is_new && trouble->kind == ERR_NONE) log_line(LOG_NOTICE, "inbox: works again");
}

static void taker_publish(struct house *house)
{
    struct epoch epoch = take_server_epoch(house->store.take);
    int64_t      end = take_end(house->store.take);
    pthread_mutex_lock(&house->place_lock);
    house->health.counts = take_counts_of(house->store.take);
    house->health.inbox_end = end;
    taker_trouble(house);
    if (epoch_compare(epoch, house->epoch_opened) != 0) {
        house->epoch_opened = epoch;
        house->has_epoch_opened = true;
    }
    pthread_mutex_unlock(&house->place_lock);
    if (atomic_exchange(&house->inbox_end, end) != end) bell_ring(&house->act_bell);
}

static void office_take(struct house *house, struct office *office)
{
    struct hash name;
    bool        is_taken =
        take_office(house->store.take, office->line, house_now_ms(house), &office->number, &name, &office->err);
    pthread_mutex_lock(&house->act_bell.lock);
    office->is_taken = is_taken;
    office->is_done = true;
    pthread_cond_broadcast(&house->act_bell.ring);
    pthread_mutex_unlock(&house->act_bell.lock);
}

/* The service's manager starts it anew at once; what it was asked meanwhile is asked again. */
static void reopen_see(struct house *house, bool must_reopen)
{
    if (!must_reopen || atomic_exchange(&house->is_reopening, true)) return;
    log_line(LOG_ERROR,
             "the disk failed while the log was copied into the database: the server ends, to be started anew");
    kill(getpid(), SIGTERM);
}

void *taker_run(void *self)
{
    struct house     *house = self;
    struct desk_take *jobs[TAKE_MOST];
    struct epoch      set_back;
    bool              has_office;
    for (;;) {
        size_t n = takes_wait(house, jobs, &has_office, &set_back);
        if (n == 0 && !has_office && epoch_is_none(set_back)) return NULL; /* it ends */
        atomic_store(&house->taker_us, clock_real_us());
        taker_listen(house);
        if (!epoch_is_none(set_back)) take_set_back(house->store.take, set_back, house_now_ms(house));
        if (has_office) office_take(house, &house->office);
        if (n > 0) atomic_store(&house->took_us, clock_real_us());
        for (size_t i = 0; i < n; i++) house->requests[i] = jobs[i]->request;
        if (n > 0) take_step(house->store.take, house->requests, n, house_now_ms(house), house->answers);
        taker_publish(house);
        reopen_see(house, take_must_reopen(house->store.take));
        for (size_t i = 0; i < n; i++) {
            take_ready_free(jobs[i]->request.ready);
            jobs[i]->answer = house->answers[i];
            take_done(house, jobs[i]);
        }
    }
}

/* ---------------------------------------------------------------------------------------------------- writer */

bool known_publish(struct house *house, struct err *err)
{
    struct known *known;
    if (!store_known(&house->store, &known, err)) return false;
    pthread_mutex_lock(&house->place_lock);
    known->older = house->known;
    house->known = known;
    bool is_other = epoch_compare(house->place.server, known->server) != 0;
    house->place.server = known->server; /* together with its run: a kiosk notes both as what it has seen */
    house->place.run = known->run;
    pthread_mutex_unlock(&house->place_lock);
    if (is_other) atomic_store(&house->has_news, true); /* whoever waits reads everything anew */
    return true;
}

/* The taker opened a server epoch: this start begins anew in the books too. */
static bool epoch_follow(struct house *house, bool *is_stale, struct err *err)
{
    pthread_mutex_lock(&house->place_lock);
    bool         has_opened = house->has_epoch_opened;
    struct epoch epoch = house->epoch_opened;
    house->has_epoch_opened = false;
    pthread_mutex_unlock(&house->place_lock);
    if (!has_opened) return true;
    log_line(LOG_WARNING, "kiosks know more of this server than it does itself: it was set back, epoch %u begins",
             epoch.counter);
    if (writer_epoch(house->store.writer, epoch, house_now_ms(house), err)) {
        *is_stale = true;
        return true;
    }
    pthread_mutex_lock(&house->place_lock);
    house->has_epoch_opened = true;
    pthread_mutex_unlock(&house->place_lock);
    return false;
}

/* A number is told to the taker before any kiosk can learn of it. */
static void writer_publish(struct house *house, const struct writer_out *out)
{
    bool has_news = atomic_exchange(&house->feed, out->feed) != out->feed;
    atomic_store(&house->writer_us, clock_real_us());
    pthread_mutex_lock(&house->place_lock);
    bool is_new = out->err.kind != house->writer_trouble.kind;
    house->place.newest = out->feed;
    house->health.applied_to = out->applied_to;
    house->writer_trouble = out->err;
    pthread_mutex_unlock(&house->place_lock);
    if (is_new && out->err.kind != ERR_NONE) log_err(LOG_ERROR, "books", &out->err);
    if (is_new && out->err.kind == ERR_NONE) log_line(LOG_NOTICE, "books: works again");
    if (out->topics != 0) atomic_fetch_or(&house->topics, out->topics);
    if (has_news) atomic_store(&house->has_news, true);
    if (has_news || out->topics != 0) house_wake(house);
}

static bool office_hand(struct house *house, struct event *line, int64_t *number, struct err *err)
{
    struct office *office = &house->office;
    pthread_mutex_lock(&house->take_bell.lock);
    *office = (struct office){.line = line};
    house->has_office = true;
    pthread_cond_broadcast(&house->take_bell.ring);
    pthread_mutex_unlock(&house->take_bell.lock);
    pthread_mutex_lock(&house->act_bell.lock);
    while (!office->is_done) pthread_cond_wait(&house->act_bell.ring, &house->act_bell.lock);
    pthread_mutex_unlock(&house->act_bell.lock);
    *number = office->number;
    *err = office->err;
    return office->is_taken;
}

/* After a step with this act. */
static void act_settle(struct house *house, struct desk_act *job, struct writer_out *out)
{
    const struct act_row *row = act_find(job->act.name);
    struct err            err;
    if (!out->is_act_done && out->want == WRITER_OFFICE_LINE) {
        if (office_hand(house, &out->line, &job->office_number, &err)) {
            house->handed = job;
            return;
        }
        act_busy(&job->act, err.say);
    } else if (!out->is_act_done) {
        bool is_line = row != NULL && row->line != NULL;
        bool is_slow = is_line && house_mono_ms() - job->came_ms >= TAKEN_AFTER_MS;
        if (is_slow) {
            job->act.status = 202; /* it is in the inbox: applied in any case; a retry gets the answer */
            buf_str(&job->act.answer, "{\"taken\":true}");
        } else if (atomic_load(&house->is_stopping)) {
            act_busy(&job->act, SAY("http.ends"));
        } else {
            QUEUE_PUT(&house->later, job);
            return;
        }
    }
    act_done(house, job);
}

/* What the taker was handed just now, so that the same act sent again meets its event and makes no second one. Then new
 * acts: a stop doesn't wait for one that waits. */
static struct desk_act *act_next(struct house *house)
{
    struct desk_act *job = house->handed;
    house->handed = NULL;
    if (job != NULL) return job;
    pthread_mutex_lock(&house->act_bell.lock);
    QUEUE_POP(&house->acts, job);
    atomic_store(&house->has_act, house->acts.first != NULL);
    pthread_mutex_unlock(&house->act_bell.lock);
    if (job == NULL) QUEUE_POP(&house->later, job);
    return job;
}

/* Sleeps while there is nothing to do. False: it ends. */
static bool writer_rest(struct house *house, const struct writer_out *out, bool is_failing)
{
    int64_t wait_ms = house->later.first != NULL ? LATER_MS : REST_MS;
    if (is_failing) wait_ms = TROUBLE_MS;
    pthread_mutex_lock(&house->act_bell.lock);
    bool has_act = house->acts.first != NULL || house->handed != NULL;
    bool ends = atomic_load(&house->ends) && !has_act && house->later.first == NULL;
    bool is_idle = out->want != WRITER_AGAIN && out->applied_to >= atomic_load(&house->inbox_end);
    if (!ends && !has_act && (is_idle || is_failing)) bell_wait(&house->act_bell, wait_ms);
    pthread_mutex_unlock(&house->act_bell.lock);
    return !ends;
}

static int64_t real_us(void *self)
{
    (void)self;
    return clock_real_us();
}

static bool has_act(void *self)
{
    struct house *house = self;
    return atomic_load(&house->has_act);
}

/* How long an act that comes now may have to wait for the slice before it. */
static int64_t slice_us(struct house *house, const struct writer_out *last)
{
    if (clock_real_us() - atomic_load(&house->took_us) < BUSY_US) return SLICE_BUSY_US;
    return atomic_load(&house->inbox_end) - last->applied_to > LONG_WAY ? SLICE_LONG_US : SLICE_QUIET_US;
}

void *writer_run_all(void *self)
{
    struct house     *house = self;
    struct writer_out out = {.applied_to = INT64_MAX};
    bool              is_stale = false, is_failing;
    setpriority(PRIO_PROCESS, (id_t)gettid(), WRITER_NICE); /* of this thread; without it kiosks only wait longer */
    do {
        struct desk_act *job = act_next(house);
        struct err       err = {.kind = ERR_NONE};
        struct writer_in in = {.now_ms = house_now_ms(house),
                               .budget_us = slice_us(house, &out),
                               .inbox_end = atomic_load(&house->inbox_end),
                               .act = job == NULL ? NULL : &job->act,
                               .office_number = job == NULL ? 0 : job->office_number,
                               .mono_us = real_us,
                               .is_awaited = has_act,
                               .self = house};
        bool             is_followed = epoch_follow(house, &is_stale, &err);
        writer_step(house->store.writer, &in, &out);
        is_stale |= out.keys_changed;
        if (is_stale) is_stale = !known_publish(house, &err);
        is_failing = !is_followed || is_stale || out.err.kind != ERR_NONE;
        if (out.err.kind == ERR_NONE) out.err = err;
        writer_publish(house, &out);
        reopen_see(house, writer_must_reopen(house->store.writer));
        if (job != NULL) act_settle(house, job, &out);
    } while (writer_rest(house, &out, is_failing));
    return NULL;
}

/* ---------------------------------------------------------------------------------------------------- askers */

static void feed_wait(struct house *house, struct desk_take *job, int64_t newest)
{
    pthread_mutex_lock(&house->waiting_lock);
    job->next = house->waiting;
    house->waiting = job;
    house->waiting_count++;
    pthread_mutex_unlock(&house->waiting_lock);
    if (atomic_load(&house->feed) != newest) atomic_store(&house->has_news, true); /* came between */
    house_wake(house);
}

static void set_back_tell(struct house *house, struct epoch server)
{
    pthread_mutex_lock(&house->take_bell.lock);
    house->set_back = server;
    pthread_cond_broadcast(&house->take_bell.ring);
    pthread_mutex_unlock(&house->take_bell.lock);
}

/* How the kiosk is, once a request: those that wait come by here again. */
static void heard_note(struct house *house, const struct kiosk_key *key, const struct desk_take *job, int64_t newest)
{
    struct feed_state state;
    size_t            at = 0;
    int64_t           now_ms = house_now_ms(house);
    if (job->until_ms != 0 || !feed_state_read(&job->request, &state)) return;
    pthread_mutex_lock(&house->place_lock);
    while (at < house->heard_count && house->heard[at].kiosk != key->kiosk) at++;
    if (at == house->heard_count) {
        house->heard = reallocarray(house->heard, at + 1, sizeof *house->heard);
        if (house->heard == NULL) abort();
        house->heard[house->heard_count++] = (struct desk_kiosk){.kiosk = key->kiosk};
    }
    struct desk_kiosk *heard = &house->heard[at];
    heard->heard_ms = now_ms;
    heard_now(&heard->day, now_ms);
    if (state.from >= newest) heard->current_ms = now_ms;
    heard->state = state;
    pthread_mutex_unlock(&house->place_lock);
}

static void feed_do(struct house *house, struct db *books, struct desk_take *job)
{
    const struct kiosk_key *key;
    struct hash             mac;
    struct err              err;
    enum feed_said          said;
    int64_t                 wait_ms;
    pthread_mutex_lock(&house->place_lock);
    const struct known *known = house->known;
    struct feed_place   place = house->place;
    pthread_mutex_unlock(&house->place_lock);
    if (!take_signed(known->keys, &job->request, &key, &mac, &job->answer)) {
        take_done(house, job);
        return;
    }
    heard_note(house, key, job, place.newest);
    bool                is_due = job->until_ms != 0 && house_mono_ms() >= job->until_ms;
    struct feed_request asked = {.place = &place,
                                 .key = key,
                                 .request = &job->request,
                                 .mac = &mac,
                                 .now_ms = house_now_ms(house),
                                 .may_wait = !is_due && !atomic_load(&house->is_stopping)};
    if (!feed_answer(books, &asked, &said, &wait_ms, &job->answer, &err)) {
        answer_refuse(&job->answer, 503, err.say);
    } else if (said == FEED_BACK) {
        set_back_tell(house, place.server);
    } else if (said == FEED_EARLY) {
        if (job->until_ms == 0) job->until_ms = house_mono_ms() + wait_ms;
        feed_wait(house, job, place.newest);
        return;
    }
    take_done(house, job);
}

static void *asker_run(struct house *house, struct db *books)
{
    struct sched_param idle = {0};
    sched_setscheduler(0, SCHED_IDLE, &idle); /* of this thread; without it lists only weigh more */
    for (;;) {
        struct desk_take *feed;
        struct desk_ask  *ask = NULL;
        pthread_mutex_lock(&house->ask_bell.lock);
        while (house->feeds.first == NULL && house->asks.first == NULL && !atomic_load(&house->ends))
            bell_wait(&house->ask_bell, REST_MS);
        QUEUE_POP(&house->feeds, feed);
        if (feed == NULL) QUEUE_POP(&house->asks, ask);
        pthread_mutex_unlock(&house->ask_bell.lock);
        if (feed != NULL) {
            feed_do(house, books, feed);
        } else if (ask != NULL) {
            ask->run(ask, books);
            atomic_fetch_sub(&house->jobs, 1);
        } else {
            return NULL;
        }
    }
}

void *asker_run_first(void *self)
{
    struct house *house = self;
    return asker_run(house, house->asker_books[0]);
}

void *asker_run_second(void *self)
{
    struct house *house = self;
    return asker_run(house, house->asker_books[1]);
}
