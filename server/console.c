/* console.c - the door for commands of this machine to the running server: console.h. */
#include "server/console.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/json.h"
#include "core/text.h"

enum { REQUEST_MAX = 64 * 1024 * 1024, PIECE = 64 * 1024, WAIT_S = 5, ANSWER_WAIT_S = 600, BACKLOG = 16 };

/* ---------------------------------------------------------------------------------------------------- sockets */

/* A socket's address is short; a folder's path may be long: it is named by its descriptor. */
static bool address_of(const char *dir, int *folder, struct sockaddr_un *at, struct err *err)
{
    *at = (struct sockaddr_un){.sun_family = AF_UNIX};
    *folder = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (*folder < 0) return err_set(err, ERR_ABSENT, say_text(SAY("console.absent"), dir));
    snprintf(at->sun_path, sizeof at->sun_path, "/proc/self/fd/%d/console", *folder);
    return true;
}

static bool fail(struct err *err)
{
    return err_set(err, ERR_IO, say_text(SAY("console.socket"), strerrordesc_np(errno)));
}

bool console_open(const char *dir, int *listener, struct err *err)
{
    struct sockaddr_un at;
    int                folder;
    if (!address_of(dir, &folder, &at, err)) return false;
    unlink(at.sun_path); /* of a server that was killed: we have the directory's lock */
    int    made = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    mode_t mask = umask(S_IRWXG | S_IRWXO);
    bool   is_open = made >= 0 && bind(made, (struct sockaddr *)&at, sizeof at) == 0 && listen(made, BACKLOG) == 0;
    if (!is_open) fail(err);
    umask(mask);
    close(folder);
    if (is_open)
        *listener = made;
    else if (made >= 0)
        close(made);
    return is_open;
}

void console_close(const char *dir, int listener)
{
    struct sockaddr_un at;
    struct err         err;
    int                folder;
    if (listener < 0) return;
    close(listener);
    if (!address_of(dir, &folder, &at, &err)) return;
    unlink(at.sun_path);
    close(folder);
}

static void time_out_set(int fd, int wait_s)
{
    struct timeval wait = {.tv_sec = wait_s};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
}

/* Until the other end says no more. */
static bool read_all(int fd, struct buf *out)
{
    while (out->len < REQUEST_MAX) {
        ssize_t got = read(fd, buf_room(out, PIECE), PIECE);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return got == 0;
        out->len += (size_t)got;
    }
    return false;
}

static bool write_all(int fd, const struct buf *bytes)
{
    for (size_t at = 0; at < bytes->len;) {
        ssize_t wrote = send(fd, bytes->bytes + at, bytes->len - at, MSG_NOSIGNAL);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) return false;
        at += (size_t)wrote;
    }
    return true;
}

/* ---------------------------------------------------------------------------------------------------- requests */

struct call {
    union {
        struct desk_act  act; /* first: the job is the call */
        struct desk_take take;
    };
    int          fd;
    struct json *json;
    struct buf   body;
};

/* answer: JSON text, also of a refusal. */
static void call_end(struct call *call, int status, const char *answer, size_t len)
{
    struct buf out = {0};
    buf_fmt(&out, "{\"status\":%d,\"answer\":", status);
    buf_add(&out, answer, len);
    buf_char(&out, '}');
    (void)!write_all(call->fd, &out); /* who left needs no answer */
    close(call->fd);
    json_free(call->json);
    buf_free(&call->body);
    buf_free(&out);
    free(call);
}

static void call_refuse(struct call *call, struct say why)
{
    struct buf answer = {0};
    buf_char(&answer, '{');
    text_say_json(LANG_EN, &why, &answer);
    buf_char(&answer, '}');
    call_end(call, 400, buf_text(&answer), answer.len);
    buf_free(&answer);
}

static void act_done(struct desk_act *job)
{
    struct buf answer = job->act.answer;
    call_end((struct call *)job, job->act.status, buf_text(&answer), answer.len);
    buf_free(&answer);
}

static void take_done(struct desk_take *job)
{
    struct buf answer = job->answer.body;
    call_end((struct call *)job, job->answer.status, buf_text(&answer), answer.len);
    buf_free(&answer);
}

static void act_call(struct call *call, const struct desk *desk)
{
    struct act *act = &call->act.act;
    uint64_t    random;
    char        id[ID_TEXT];
    chain_random(&random, sizeof random);
    id_write(random, id);
    snprintf(act->id, sizeof act->id, "%.39s", json_text(json_get(call->json, "id"), ""));
    if (act->id[0] == 0) snprintf(act->id, sizeof act->id, "console-%s", id);
    snprintf(act->user, sizeof act->user, "console");
    json_write(json_get(call->json, "body"), &call->body);
    act->name = json_text(json_get(call->json, "act"), "");
    act->body = buf_text(&call->body);
    act->len = call->body.len;
    call->act.done = act_done;
    desk->act(desk->house, &call->act);
}

static void take_call(struct call *call, const struct desk *desk, const struct json *take)
{
    struct take_request *request = &call->take.request;
    request->method = "POST";
    request->path = json_text(json_get(take, "path"), "");
    request->kiosk = json_text(json_get(take, "kiosk"), NULL);
    request->nonce = json_text(json_get(take, "nonce"), NULL);
    request->mac = json_text(json_get(take, "mac"), NULL);
    request->body = json_text(json_get(take, "body"), "");
    request->len = strlen(request->body);
    call->take.done = take_done;
    desk->take(desk->house, &call->take);
}

static void where_call(struct call *call, const struct desk *desk)
{
    struct buf answer = {0};
    buf_fmt(&answer, "{\"url\":\"%s://%s:%u\",\"host\":\"%s\",\"port\":%u", desk->ca == NULL ? "http" : "https",
            desk->host, desk->port, desk->host, desk->port);
    if (desk->ca != NULL) {
        buf_str(&answer, ",\"ca\":\"");
        buf_hex(&answer, desk->ca->ca_sha256, sizeof desk->ca->ca_sha256);
        buf_char(&answer, '"');
    }
    buf_char(&answer, '}');
    call_end(call, 200, buf_text(&answer), answer.len);
    buf_free(&answer);
}

static void health_call(struct call *call, const struct desk *desk)
{
    struct desk_health health = {0};
    struct desk_kiosk *kiosks;
    struct buf         answer = {0};
    desk->health(desk->house, &health);
    size_t count = desk->kiosks(desk->house, &kiosks);
    buf_fmt(&answer, "{\"started\":%lld,\"inbox\":%lld,\"booked\":%lld,\"version\":\"%s\",\"trouble\":",
            (long long)health.started_ms, (long long)health.inbox_end, (long long)health.applied_to, BAOGONG_VERSION);
    if (health.trouble.kind == ERR_NONE)
        buf_str(&answer, "null");
    else
        say_write(&health.trouble.say, &answer);
    buf_str(&answer, ",\"kiosks\":[");
    for (size_t i = 0; i < count; i++) {
        char id[ID_TEXT];
        id_write(kiosks[i].kiosk, id);
        buf_fmt(&answer, "%s{\"kiosk\":\"%s\",\"heard\":%lld,\"waiting\":%lld", i == 0 ? "" : ",", id,
                (long long)kiosks[i].heard_ms, (long long)(kiosks[i].state.has_state ? kiosks[i].state.waiting : -1));
        json_key(&answer, "version");
        json_cstr(&answer, kiosks[i].state.version);
        buf_char(&answer, '}');
    }
    buf_str(&answer, "]}");
    free(kiosks);
    call_end(call, 200, buf_text(&answer), answer.len);
    buf_free(&answer);
}

void console_serve(int listener, const struct desk *desk)
{
    struct buf request = {0};
    struct err err;
    int        fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (fd < 0) return;
    time_out_set(fd, WAIT_S);
    struct json *json = NULL;
    if (read_all(fd, &request))
        json = json_read(buf_text(&request), request.len, &err);
    else
        err_set(&err, ERR_INPUT,
                say_int(SAY("http.large"), REQUEST_MAX)); /* one that was late hears nothing any more */
    buf_free(&request);
    struct call *call = calloc(1, sizeof *call);
    if (call == NULL) abort();
    call->fd = fd;
    call->json = json;
    const struct json *take = json_get(json, "take");
    if (json == NULL)
        call_refuse(call, err.say);
    else if (take != NULL)
        take_call(call, desk, take);
    else if (json_get(json, "act") != NULL)
        act_call(call, desk);
    else if (json_bool(json_get(json, "where"), false))
        where_call(call, desk);
    else if (json_bool(json_get(json, "health"), false))
        health_call(call, desk);
    else
        call_refuse(call, SAY("console.what"));
}

/* ---------------------------------------------------------------------------------------------------- the other end */

static bool answer_read(const struct buf *bytes, int *status, struct buf *answer, struct err *err)
{
    struct json *json = json_read(buf_text(bytes), bytes->len, err);
    if (json == NULL) return false;
    *status = (int)json_int(json_get(json, "status"), 503);
    json_write(json_get(json, "answer"), answer);
    json_free(json);
    return true;
}

bool console_ask(const char *dir, const struct buf *request, int *status, struct buf *answer, struct err *err)
{
    struct sockaddr_un at;
    struct buf         bytes = {0};
    int                folder;
    if (!address_of(dir, &folder, &at, err)) return false;
    int  fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool is_done = fd >= 0 || fail(err);
    if (is_done && connect(fd, (struct sockaddr *)&at, sizeof at) != 0)
        is_done = err_set(err, ERR_ABSENT, say_text(SAY("console.absent"), dir));
    close(folder);
    if (is_done) {
        time_out_set(fd, ANSWER_WAIT_S);
        is_done = (write_all(fd, request) && shutdown(fd, SHUT_WR) == 0 && read_all(fd, &bytes)) || fail(err);
    }
    if (is_done) is_done = answer_read(&bytes, status, answer, err);
    if (fd >= 0) close(fd);
    buf_free(&bytes);
    return is_done;
}
