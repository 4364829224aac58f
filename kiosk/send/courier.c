/* courier.c - carries requests and answers over libcurl: kiosk/send/courier.h. The only file that knows libcurl.
 *
 * One thread, one multi handle; each path has its own easy handle, so each keeps its connection. Main and keeper only
 * put things down under the lock and wake the thread. Proxies, redirects, and the system's own certificates are
 * switched off: the kiosk speaks with its server or with nobody. */
#include "kiosk/send/courier.h"

#include <assert.h>
#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "kiosk/send/enrol.h"
#include "kiosk/send/fetch.h"
#include "kiosk/send/send.h"

enum {
    PARCELS = 2, /* events, feed */
    ANSWER_BYTES_MAX = 1 << 20,
    CONNECT_MS = 5000,
    REQUEST_MS = 20000, /* beyond what the server may take on purpose; below send.c's deadline */
    POLL_MS = 60000,
    HEADER_MAX = 128
};

/* A request on its way. */
struct parcel {
    bool                  is_posted, is_flying;
    struct keeper_request request;
    CURL                 *easy;
    struct curl_slist    *headers;
    struct buf            answer;
    bool                  has_mac;
    struct hash           mac;
};

struct courier {
    pthread_t            thread;
    pthread_mutex_t      lock; /* over what others put down: posted parcels, server, ask */
    CURLM               *multi;
    uint64_t             kiosk;
    struct courier_hooks hooks;
    atomic_bool          is_stopping;
    struct parcel        parcels[PARCELS];
    bool                 has_server;
    struct keeper_server server;
    bool                 has_ask;
    struct enrol_ask     ask;
};

/* ---------------------------------------------------------------------------------------------------- transfers */

static size_t on_body(char *bytes, size_t size, size_t count, void *self)
{
    struct buf *answer = self;
    if (answer->len + size * count > ANSWER_BYTES_MAX) return 0; /* ends the transfer */
    buf_add(answer, bytes, size * count);
    return size * count;
}

static size_t on_header(char *line, size_t size, size_t count, void *self)
{
    static const char name[] = "Baogong-Mac:";
    struct parcel    *parcel = self;
    size_t            len = size * count, at = sizeof name - 1;
    char              text[HASH_TEXT];
    if (len < at || strncasecmp(line, name, at) != 0) return len;
    while (at < len && line[at] == ' ') at++;
    snprintf(text, sizeof text, "%.*s", (int)(len - at), line + at);
    parcel->has_mac = hash_read(text, &parcel->mac);
    return len;
}

/* A stop doesn't wait for slow networks. */
static int on_progress(void *self, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    (void)a, (void)b, (void)c, (void)d;
    return atomic_load(&((struct courier *)self)->is_stopping);
}

/* What every transfer has; ca NULL: the certificate isn't looked at (only to fetch the CA itself). The CA signs for one
 * server alone, so the name in its certificate says nothing that the CA doesn't. */
static void easy_set(CURL *easy, struct courier *courier, const char *url, const struct buf *ca, int64_t most_ms)
{
    curl_easy_reset(easy);
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)most_ms);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, ca != NULL ? 1L : 0L);
    if (ca != NULL) {
        struct curl_blob blob = {(void *)(uintptr_t)buf_text(ca), ca->len, CURL_BLOB_COPY};
        curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &blob);
    }
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, courier);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
}

static void header_add(struct parcel *parcel, const char *name, const char *value)
{
    char line[HEADER_MAX];
    snprintf(line, sizeof line, "%s: %s", name, value);
    struct curl_slist *longer = curl_slist_append(parcel->headers, line);
    if (longer == NULL) abort();
    parcel->headers = longer;
}

static void headers_make(const struct courier *courier, struct parcel *parcel)
{
    char kiosk[ID_TEXT], mac[HASH_TEXT];
    id_write(courier->kiosk, kiosk);
    hash_write(&parcel->request.mac, mac);
    header_add(parcel, "Baogong-Kiosk", kiosk);
    header_add(parcel, "Baogong-Nonce", parcel->request.nonce);
    header_add(parcel, "Baogong-Mac", mac);
    header_add(parcel, "Content-Type", "text/plain");
    header_add(parcel, "Expect", ""); /* no round trip before the body */
}

/* Hands the answer over, failed or not; the parcel is free again before, so that the next one may be posted. */
static void parcel_deliver(struct courier *courier, struct parcel *parcel, bool is_failed)
{
    struct keeper_answer answer = {.number = parcel->request.number,
                                   .is_failed = is_failed,
                                   .has_mac = parcel->has_mac,
                                   .mac = parcel->mac,
                                   .body = parcel->answer};
    long                 status = 0;
    if (parcel->easy != NULL) curl_easy_getinfo(parcel->easy, CURLINFO_RESPONSE_CODE, &status);
    answer.status = (int)status;
    curl_slist_free_all(parcel->headers);
    buf_free(&parcel->request.body);
    pthread_mutex_lock(&courier->lock);
    *parcel = (struct parcel){.easy = parcel->easy};
    pthread_mutex_unlock(&courier->lock);
    courier->hooks.answered(courier->hooks.self, &answer);
    buf_free(&answer.body);
}

static void parcel_start(struct courier *courier, struct parcel *parcel, const struct keeper_server *server)
{
    const struct keeper_request *request = &parcel->request;
    char                         url[HEADER_MAX];
    parcel->is_flying = true;
    if (parcel->easy == NULL) parcel->easy = curl_easy_init();
    if (parcel->easy == NULL || server == NULL) {
        parcel_deliver(courier, parcel, true);
        return;
    }
    snprintf(url, sizeof url, "%s://%s:%u%s", server->is_tls ? "https" : "http", server->address, server->port,
             request->path);
    easy_set(parcel->easy, courier, url, &server->ca_pem, REQUEST_MS + request->wait_ms);
    headers_make(courier, parcel);
    curl_easy_setopt(parcel->easy, CURLOPT_WRITEDATA, &parcel->answer);
    curl_easy_setopt(parcel->easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(parcel->easy, CURLOPT_HEADERDATA, parcel);
    curl_easy_setopt(parcel->easy, CURLOPT_HTTPHEADER, parcel->headers);
    curl_easy_setopt(parcel->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.len);
    curl_easy_setopt(parcel->easy, CURLOPT_POSTFIELDS, buf_text(&request->body));
    curl_easy_setopt(parcel->easy, CURLOPT_PRIVATE, parcel);
    if (curl_multi_add_handle(courier->multi, parcel->easy) != CURLM_OK) parcel_deliver(courier, parcel, true);
}

/* Copies the server's place out of the lock; false: there is none yet. */
static bool server_copy(struct courier *courier, struct keeper_server *server)
{
    pthread_mutex_lock(&courier->lock);
    bool has_server = courier->has_server;
    *server = courier->server;
    server->ca_pem = (struct buf){0};
    buf_add(&server->ca_pem, buf_text(&courier->server.ca_pem), courier->server.ca_pem.len);
    pthread_mutex_unlock(&courier->lock);
    return has_server;
}

static void parcels_start(struct courier *courier)
{
    for (int i = 0; i < PARCELS; i++) {
        struct parcel       *parcel = &courier->parcels[i];
        struct keeper_server server;
        pthread_mutex_lock(&courier->lock);
        bool is_next = parcel->is_posted && !parcel->is_flying;
        pthread_mutex_unlock(&courier->lock);
        if (!is_next) continue;
        bool has_server = server_copy(courier, &server);
        parcel_start(courier, parcel, has_server ? &server : NULL);
        buf_free(&server.ca_pem);
    }
}

static void transfers_end(struct courier *courier)
{
    const CURLMsg *message;
    int            left;
    while ((message = curl_multi_info_read(courier->multi, &left)) != NULL) {
        if (message->msg != CURLMSG_DONE) continue;
        char    *parcel = NULL;
        bool     is_failed = message->data.result != CURLE_OK;
        CURL    *easy = message->easy_handle;
        CURLcode code = curl_easy_getinfo(easy, CURLINFO_PRIVATE, &parcel);
        assert(code == CURLE_OK && parcel != NULL);
        (void)code;
        curl_multi_remove_handle(courier->multi, easy);
        parcel_deliver(courier, (struct parcel *)(void *)parcel, is_failed);
    }
}

/* ---------------------------------------------------------------------------------------------------- enrolling */

/* One transfer outside the multi handle: enrolling happens once, and nothing else is worth sending meanwhile. */
static bool exchange(struct courier *courier, const struct enrol_ask *ask, const char *path, const struct buf *ca,
                     const struct buf *body, struct buf *answer, int *status, struct err *err)
{
    const uint8_t *ip = ask->enrol.ip;
    char           url[HEADER_MAX], place[64], why[CURL_ERROR_SIZE] = "";
    long           code = 0;
    CURL          *easy = curl_easy_init();
    if (easy == NULL) abort();
    snprintf(place, sizeof place, "%d.%d.%d.%d:%u", ip[0], ip[1], ip[2], ip[3], ask->enrol.port);
    snprintf(url, sizeof url, "https://%s%s", place, path);
    easy_set(easy, courier, url, ca, REQUEST_MS);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, answer);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, why);
    if (body != NULL) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body->len);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, buf_text(body));
    }
    CURLcode result = curl_easy_perform(easy);
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &code);
    curl_easy_cleanup(easy);
    *status = (int)code;
    return result == CURLE_OK ||
           err_set(err, ERR_IO,
                   say_text(say_text(SAY("enrol.unreached"), place), why[0] != 0 ? why : curl_easy_strerror(result)));
}

static bool enrol(struct courier *courier, const struct enrol_ask *ask, struct keeper_server *server, struct err *err)
{
    struct buf answer = {0}, ca = {0}, body = {0};
    int        status;
    bool       is_good = exchange(courier, ask, ENROL_CA_PATH, NULL, NULL, &answer, &status, err) &&
                   enrol_ca(buf_text(&answer), answer.len, &ask->enrol, &ca, err);
    if (is_good) {
        buf_clear(&answer);
        enrol_body(ask, &body);
        is_good = exchange(courier, ask, ENROL_PATH, &ca, &body, &answer, &status, err) &&
                  enrol_hear(ask, status, buf_text(&answer), answer.len, server, err);
    }
    if (is_good) {
        server->ca_pem = ca;
        ca = (struct buf){0};
    }
    buf_free(&answer);
    buf_free(&body);
    buf_free(&ca);
    return is_good;
}

static void enrol_if_asked(struct courier *courier)
{
    struct keeper_server server = {0};
    struct err           err;
    pthread_mutex_lock(&courier->lock);
    bool             has_ask = courier->has_ask;
    struct enrol_ask ask = courier->ask;
    courier->has_ask = false;
    pthread_mutex_unlock(&courier->lock);
    if (!has_ask) return;
    bool is_good = enrol(courier, &ask, &server, &err);
    courier->hooks.enrolled(courier->hooks.self, &server, is_good ? NULL : &err);
    buf_free(&server.ca_pem);
}

/* ---------------------------------------------------------------------------------------------------- thread */

static void *run(void *self)
{
    struct courier *courier = self;
    while (!atomic_load(&courier->is_stopping)) {
        int flying;
        parcels_start(courier);
        enrol_if_asked(courier);
        curl_multi_perform(courier->multi, &flying);
        transfers_end(courier);
        pthread_mutex_lock(&courier->lock);
        bool has_more = courier->has_ask;
        for (int i = 0; i < PARCELS; i++) has_more |= courier->parcels[i].is_posted && !courier->parcels[i].is_flying;
        pthread_mutex_unlock(&courier->lock);
        if (!has_more) curl_multi_poll(courier->multi, NULL, 0, POLL_MS, NULL);
    }
    return NULL;
}

static void courier_free(struct courier *courier)
{
    for (int i = 0; i < PARCELS; i++) {
        struct parcel *parcel = &courier->parcels[i];
        if (parcel->is_flying && parcel->easy != NULL) curl_multi_remove_handle(courier->multi, parcel->easy);
        curl_easy_cleanup(parcel->easy);
        curl_slist_free_all(parcel->headers);
        buf_free(&parcel->request.body);
        buf_free(&parcel->answer);
    }
    curl_multi_cleanup(courier->multi);
    buf_free(&courier->server.ca_pem);
    pthread_mutex_destroy(&courier->lock);
    free(courier);
}

/* A libcurl that can't trust one certificate alone (its GnuTLS flavour) would trust the system's: refused at start. */
static bool flavour_fits(struct err *err)
{
    struct curl_blob blob = {(void *)(uintptr_t) "x", 1, CURL_BLOB_COPY};
    CURL            *easy = curl_easy_init();
    bool             fits = easy != NULL && curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &blob) == CURLE_OK;
    curl_easy_cleanup(easy);
    return fits || err_set(err, ERR_ABSENT, SAY("courier.flavour"));
}

bool courier_start(uint64_t kiosk, const struct courier_hooks *hooks, struct courier **courier, struct err *err)
{
    struct courier *made;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return err_set(err, ERR_ABSENT, SAY("courier.flavour"));
    if (!flavour_fits(err)) return false;
    made = calloc(1, sizeof *made);
    if (made == NULL) abort();
    made->kiosk = kiosk;
    made->hooks = *hooks;
    made->multi = curl_multi_init();
    if (made->multi == NULL) abort();
    pthread_mutex_init(&made->lock, NULL);
    if (pthread_create(&made->thread, NULL, run, made) != 0) {
        courier_free(made);
        return err_set(err, ERR_BUSY, SAY("kiosk.thread"));
    }
    *courier = made;
    return true;
}

void courier_stop(struct courier *courier)
{
    if (courier == NULL) return;
    atomic_store(&courier->is_stopping, true);
    curl_multi_wakeup(courier->multi);
    pthread_join(courier->thread, NULL);
    courier_free(courier);
}

/* ---------------------------------------------------------------------------------------------------- orders */

void courier_aim(struct courier *courier, const struct keeper_server *server)
{
    struct keeper_server copy = *server;
    copy.ca_pem = (struct buf){0};
    buf_add(&copy.ca_pem, buf_text(&server->ca_pem), server->ca_pem.len);
    pthread_mutex_lock(&courier->lock);
    buf_free(&courier->server.ca_pem);
    courier->server = copy;
    courier->has_server = true;
    pthread_mutex_unlock(&courier->lock);
}

void courier_post(struct courier *courier, struct keeper_request *request)
{
    struct parcel       *parcel = &courier->parcels[strcmp(request->path, FETCH_PATH) == 0];
    struct keeper_answer failed = {.number = request->number, .is_failed = true};
    pthread_mutex_lock(&courier->lock);
    bool is_free = !parcel->is_posted;
    if (is_free) {
        parcel->request = *request;
        parcel->is_posted = true;
    }
    pthread_mutex_unlock(&courier->lock);
    if (!is_free) { /* given up by the keeper, but still on its way: the new one fails and comes again */
        buf_free(&request->body);
        courier->hooks.answered(courier->hooks.self, &failed);
    }
    *request = (struct keeper_request){0};
    curl_multi_wakeup(courier->multi);
}

void courier_enrol(struct courier *courier, const struct code_enrol *enrol, const struct key *key, struct epoch server,
                   int64_t acked_seq)
{
    pthread_mutex_lock(&courier->lock);
    courier->ask = (struct enrol_ask){*enrol, courier->kiosk, *key, server, acked_seq};
    courier->has_ask = true;
    pthread_mutex_unlock(&courier->lock);
    curl_multi_wakeup(courier->multi);
}
