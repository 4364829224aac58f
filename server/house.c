/* house.c - the running server: what is opened and closed in which order, what its doors are given, and the pulse that
 * wakes kiosks and pages: house.h. */
#include "server/house.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "server/console.h"
#include "server/inside.h"
#include "server/show/doors.h"
#include "server/show/routes.h"

enum {
    WAKE_KIOSKS_MS = 400, /* kiosks that wait hear of changes at most so often */
    WAKE_PAGES_MS = 250,
    STILL_MS = 30000, /* a thread that doesn't move for so long hangs */
    STOP_MS = 10000   /* at most, for what is under way */
};

void house_wake(struct house *house)
{
    uint64_t one = 1;
    if (!atomic_exchange(&house->is_woken, true) && write(house->wake_fd, &one, sizeof one) < 0)
        atomic_store(&house->is_woken, false);
}

/* ---------------------------------------------------------------------------------------------------- the desk */

static void house_take(void *self, struct desk_take *job)
{
    struct house *house = self;
    atomic_fetch_add(&house->jobs, 1);
    pthread_mutex_lock(&house->place_lock);
    const struct known *known = house->known;
    pthread_mutex_unlock(&house->place_lock);
    job->request.ready = take_prepare(known->keys, &job->request);
    pthread_mutex_lock(&house->take_bell.lock);
    bool was_empty = house->takes.first == NULL;
    QUEUE_PUT(&house->takes, job);
    if (was_empty) pthread_cond_broadcast(&house->take_bell.ring);
    pthread_mutex_unlock(&house->take_bell.lock);
}

static void house_act(void *self, struct desk_act *job)
{
    struct house *house = self;
    atomic_fetch_add(&house->jobs, 1);
    job->came_ms = house_mono_ms();
    job->office_number = 0;
    pthread_mutex_lock(&house->act_bell.lock);
    QUEUE_PUT(&house->acts, job);
    atomic_store(&house->has_act, true);
    pthread_cond_broadcast(&house->act_bell.ring);
    pthread_mutex_unlock(&house->act_bell.lock);
}

static void house_ask(void *self, struct desk_ask *job)
{
    struct house *house = self;
    atomic_fetch_add(&house->jobs, 1);
    pthread_mutex_lock(&house->ask_bell.lock);
    QUEUE_PUT(&house->asks, job);
    pthread_cond_signal(&house->ask_bell.ring);
    pthread_mutex_unlock(&house->ask_bell.lock);
}

void feed_put(struct house *house, struct desk_take *job)
{
    pthread_mutex_lock(&house->ask_bell.lock);
    QUEUE_PUT(&house->feeds, job);
    pthread_cond_signal(&house->ask_bell.ring);
    pthread_mutex_unlock(&house->ask_bell.lock);
}

static void house_feed(void *self, struct desk_take *job)
{
    struct house *house = self;
    atomic_fetch_add(&house->jobs, 1);
    job->until_ms = 0;
    feed_put(house, job);
}

static void house_health(void *self, struct desk_health *health)
{
    struct house *house = self;
    pthread_mutex_lock(&house->waiting_lock);
    int64_t waiting = house->waiting_count;
    pthread_mutex_unlock(&house->waiting_lock);
    pthread_mutex_lock(&house->place_lock);
    *health = house->health;
    health->place = house->place;
    health->trouble = house->taker_trouble.kind != ERR_NONE ? house->taker_trouble : house->writer_trouble;
    pthread_mutex_unlock(&house->place_lock);
    health->feed_waiting = waiting;
    health->requests = atomic_load(&house->served);
    health->now_ms = house_now_ms(house);
}

static size_t house_kiosks(void *self, struct desk_kiosk **rows)
{
    struct house *house = self;
    pthread_mutex_lock(&house->place_lock);
    size_t count = house->heard_count;
    *rows = count == 0 ? NULL : malloc(count * sizeof **rows);
    if (count > 0 && *rows == NULL) abort();
    if (count > 0) memcpy(*rows, house->heard, count * sizeof **rows);
    pthread_mutex_unlock(&house->place_lock);
    return count;
}

static void on_request(void *self, struct http_request *request)
{
    struct desk  *desk = self;
    struct house *house = desk->house;
    atomic_fetch_add(&house->inside, 1);
    atomic_fetch_add(&house->served, 1);
    if (atomic_load(&house->is_stopping))
        http_refuse(request, 503, SAY("http.ends"));
    else
        routes_handle(desk, request);
    atomic_fetch_sub(&house->inside, 1);
}

/* ---------------------------------------------------------------------------------------------------- the pulse */

/* Asks again for those whose time has come, for all where something changed. Returns when the next one is due. */
static int64_t waiting_release(struct house *house, bool all)
{
    int64_t           now = house_mono_ms(), next = now + REST_MS;
    struct desk_take *due = NULL;
    pthread_mutex_lock(&house->waiting_lock);
    for (struct desk_take **at = &house->waiting; *at != NULL;) {
        struct desk_take *job = *at;
        if (!all && job->until_ms > now) {
            if (job->until_ms < next) next = job->until_ms;
            at = &job->next;
            continue;
        }
        *at = job->next;
        job->next = due;
        due = job;
        house->waiting_count--;
    }
    pthread_mutex_unlock(&house->waiting_lock);
    while (due != NULL) {
        struct desk_take *job = due;
        due = due->next;
        feed_put(house, job);
    }
    return next;
}

struct pulse {
    int64_t kiosks_ms, pages_ms; /* when each was woken last */
};

/* Returns how long nothing is to be done. */
static int pulse_beat(struct house *house, struct pulse *pulse)
{
    int64_t now = house_mono_ms(), next = now + REST_MS;
    if (atomic_load(&house->has_news)) {
        bool is_time = now - pulse->kiosks_ms >= WAKE_KIOSKS_MS;
        if (is_time) {
            pulse->kiosks_ms = now;
            atomic_store(&house->has_news, false);
            waiting_release(house, true);
        } else if (pulse->kiosks_ms + WAKE_KIOSKS_MS < next) {
            next = pulse->kiosks_ms + WAKE_KIOSKS_MS;
        }
    }
    if (atomic_load(&house->topics) != 0) {
        if (now - pulse->pages_ms >= WAKE_PAGES_MS) {
            pulse->pages_ms = now;
            routes_changed(house->http, atomic_exchange(&house->topics, 0), atomic_load(&house->feed));
        } else if (pulse->pages_ms + WAKE_PAGES_MS < next) {
            next = pulse->pages_ms + WAKE_PAGES_MS;
        }
    }
    int64_t due = waiting_release(house, false);
    if (due < next) next = due;
    return next <= now ? 0 : (int)(next - now);
}

static bool is_moving(const struct house *house)
{
    int64_t now = clock_real_us(), still_us = INT64_C(1000) * STILL_MS;
    return now - atomic_load(&house->taker_us) < still_us && now - atomic_load(&house->writer_us) < still_us;
}

void house_run(struct house *house, void (*alive)(void))
{
    struct pulse pulse = {0, 0};
    for (;;) {
        struct pollfd fds[] = {
            {.fd = house->signal_fd, .events = POLLIN},
            {.fd = house->wake_fd,   .events = POLLIN},
            {.fd = house->listener,  .events = POLLIN}
        };
        poll(fds, sizeof fds / sizeof fds[0], pulse_beat(house, &pulse));
        if ((fds[0].revents & POLLIN) != 0) return;
        uint64_t count;
        if ((fds[1].revents & POLLIN) != 0 && read(house->wake_fd, &count, sizeof count) > 0)
            atomic_store(&house->is_woken, false);
        if ((fds[2].revents & POLLIN) != 0) console_serve(house->listener, &house->desk);
        if (is_moving(house)) alive();
    }
}

/* ---------------------------------------------------------------------------------------------------- start, stop */

static struct house *house_make(const struct house_options *options)
{
    struct house *house = calloc(1, sizeof *house);
    if (house == NULL) abort();
    house->options = *options;
    house->store.lock = -1;
    house->listener = house->wake_fd = house->signal_fd = -1;
    bell_make(&house->take_bell);
    bell_make(&house->act_bell);
    bell_make(&house->ask_bell);
    pthread_mutex_init(&house->waiting_lock, NULL);
    pthread_mutex_init(&house->place_lock, NULL);
    names_find(options->address, &house->names);
    house->desk = (struct desk){.house = house,
                                .ca = options->is_tls ? &house->ca : NULL,
                                .data = options->data,
                                .host = house->names.host,
                                .now_ms = house_now_ms,
                                .act = house_act,
                                .ask = house_ask,
                                .take = house_take,
                                .feed = house_feed,
                                .health = house_health,
                                .kiosks = house_kiosks};
    return house;
}

/* Signals come to house_run() alone: blocked before the first thread is made. */
static bool signals_hold(struct house *house, struct err *err)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    signal(SIGPIPE, SIG_IGN);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    house->signal_fd = signalfd(-1, &set, SFD_CLOEXEC);
    house->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return (house->signal_fd >= 0 && house->wake_fd >= 0) ||
           err_set(err, ERR_IO, say_text(SAY("http.thread"), strerrordesc_np(errno)));
}

/* The name (15 characters at most) is what `top -H` and a profile show. */
static bool thread_start(struct house *house, const char *name, void *(*run)(void *), struct err *err)
{
    int failed = pthread_create(&house->threads[house->thread_count], NULL, run, house);
    if (failed != 0) return err_set(err, ERR_IO, say_text(SAY("http.thread"), strerrordesc_np(failed)));
    pthread_setname_np(house->threads[house->thread_count], name);
    house->thread_count++;
    return true;
}

static bool books_open_for_askers(struct house *house, struct err *err)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/books.db", house->options.data);
    for (int i = 0; i < ASKERS; i++)
        if (!db_open(path, DB_READ, NULL, &house->asker_books[i], err)) return false;
    return true;
}

static bool threads_start(struct house *house, struct err *err)
{
    house->place.server = house->epoch_opened = take_server_epoch(house->store.take);
    house->place.newest = writer_feed(house->store.writer);
    house->health.started_ms = house_now_ms(house);
    house->health.inbox_end = take_end(house->store.take);
    house->health.applied_to = writer_applied(house->store.writer);
    atomic_store(&house->feed, house->place.newest);
    atomic_store(&house->inbox_end, house->health.inbox_end);
    atomic_store(&house->taker_us, clock_real_us());
    atomic_store(&house->writer_us, clock_real_us());
    return known_publish(house, err) && books_open_for_askers(house, err) &&
           thread_start(house, "taker", taker_run, err) && thread_start(house, "writer", writer_run_all, err) &&
           thread_start(house, "asker 1", asker_run_first, err) &&
           thread_start(house, "asker 2", asker_run_second, err);
}

static bool doors_open(struct house *house, struct err *err)
{
    struct http_options options = {.address = house->options.address,
                                   .port = house->options.port,
                                   .body_limit = routes_body_limit,
                                   .handle = on_request,
                                   .self = &house->desk};
    if (house->options.is_tls) {
        options.cert_pem = buf_text(&house->ca.cert_pem);
        options.key_pem = buf_text(&house->ca.key_pem);
    }
    upload_sweep(house->options.data);
    if (!http_start(&options, &house->http, err)) return false;
    house->desk.port = http_port(house->http);
    return console_open(house->options.data, &house->listener, err);
}

bool house_open(const struct house_options *options, struct house **house, struct err *err)
{
    struct house *made = house_make(options);
    int64_t       now_ms = house_now_ms(made);
    bool          is_open = signals_hold(made, err) && store_open(options->data, now_ms, &made->store, err) &&
                   first_link(&made->store, now_ms, made->first_link, err);
    if (is_open && options->is_tls) is_open = ca_open(options->data, made->names.list, now_ms / 1000, &made->ca, err);
    if (is_open && threads_start(made, err) && doors_open(made, err)) {
        *house = made;
        return true;
    }
    house_close(made);
    return false;
}

const struct desk *house_desk(const struct house *house)
{
    return &house->desk;
}

const char *house_first_link(const struct house *house)
{
    return house->first_link;
}

/* New requests are refused from here on; what was posted before is answered. */
static void work_end(struct house *house)
{
    atomic_store(&house->is_stopping, true);
    while (atomic_load(&house->inside) > 0) poll(NULL, 0, 1);
    for (int waited_ms = 0; waited_ms < STOP_MS && atomic_load(&house->jobs) > 0; waited_ms++) {
        waiting_release(house, true);
        poll(NULL, 0, 1);
    }
}

static void thread_end(struct house *house, struct bell *bell)
{
    bell_ring(bell);
    pthread_join(house->threads[--house->thread_count], NULL);
}

/* In the reverse order of their start. */
static void threads_end(struct house *house)
{
    atomic_store(&house->ends, true);
    while (house->thread_count > 2) thread_end(house, &house->ask_bell);
    if (house->thread_count > 1) thread_end(house, &house->act_bell);
    atomic_store(&house->taker_ends, true);
    if (house->thread_count > 0) thread_end(house, &house->take_bell);
}

void house_close(struct house *house)
{
    if (house == NULL) return;
    work_end(house);
    threads_end(house);
    http_stop(house->http);
    console_close(house->options.data, house->listener);
    for (int i = 0; i < ASKERS; i++) db_close(house->asker_books[i]);
    store_close(&house->store);
    while (house->known != NULL) {
        struct known *older = house->known->older;
        known_free(house->known);
        house->known = older;
    }
    free(house->heard);
    ca_free(&house->ca);
    if (house->signal_fd >= 0) close(house->signal_fd);
    if (house->wake_fd >= 0) close(house->wake_fd);
    bell_end(&house->take_bell);
    bell_end(&house->act_bell);
    bell_end(&house->ask_bell);
    pthread_mutex_destroy(&house->waiting_lock);
    pthread_mutex_destroy(&house->place_lock);
    free(house);
}
