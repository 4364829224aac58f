/* enrol.c - a kiosk makes itself known by a one-time token: POST /kiosk/1/enrol of docs/protocol.md.
 *
 * In: one line of words with the token and the key that the kiosk made. Out: the act kiosk.enrol, its answer in the
 * protocol's form. The act's id is made of all that was asked: the same request again gets the same answer. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/json.h"
#include "server/show/kiosk.h"
#include "server/take/answer.h"
#include "server/take/words.h"

enum { WORDS = 7, TOKEN_DIGITS = 22 };

struct enrol {
    struct desk_act      job; /* first: the job is the enrolment */
    const struct desk   *desk;
    struct http_request *request;
    struct buf           body;
};

/* "enrol 1 <token> <kiosk> <key> <server epoch> <acked seq>" LF; what stands behind these words, newer kiosks know. */
static bool enrol_read(const char *line, size_t len, char words[WORDS][WORDS_EACH_MAX])
{
    uint64_t     kiosk;
    struct hash  key;
    struct epoch server;
    int64_t      acked;
    size_t       used;
    if (len == 0 || memchr(line, '\n', len) != line + len - 1 || !words_first(line, len - 1, WORDS, words, &used))
        return false;
    bool is_token = strlen(words[2]) == TOKEN_DIGITS && strspn(words[2], "0123456789") == TOKEN_DIGITS;
    return strcmp(words[0], "enrol") == 0 && strcmp(words[1], "1") == 0 && is_token && id_read(words[3], &kiosk) &&
           hash_read(words[4], &key) && epoch_read(words[5], &server) && words_number(words[6], &acked);
}

static void answer_write(const struct enrol *enrol, const struct json *answer, struct buf *out)
{
    struct desk_health health;
    enrol->desk->health(enrol->desk->house, &health);
    buf_str(out, "{\"v\":1");
    answer_place(out, health.place.server, health.place.run, health.place.newest, health.now_ms);
    json_key(out, "station");
    json_cstr(out, json_text(json_get(answer, "station"), ""));
    json_key(out, "name");
    json_cstr(out, json_text(json_get(answer, "name"), ""));
    buf_char(out, '}');
}

static void enrol_done(struct desk_act *job)
{
    struct enrol *enrol = (struct enrol *)job;
    struct err    err;
    struct json  *answer = json_read(buf_text(&job->act.answer), job->act.answer.len, &err);
    struct buf    out = {0};
    int           status = job->act.status;
    if (status == 200 && answer != NULL) {
        answer_write(enrol, answer, &out);
        http_answer(enrol->request, 200, "application/json", &out);
    } else {
        http_answer(enrol->request, status, "application/json", &job->act.answer);
    }
    json_free(answer);
    buf_free(&job->act.answer);
    buf_free(&enrol->body);
    free(enrol);
}

void kiosk_enrol(const struct desk *desk, struct http_request *request)
{
    size_t      len;
    const char *line = http_body(request, &len);
    char        words[WORDS][WORDS_EACH_MAX];
    struct say  why = SAY("kiosk.enrol_form");
    if (!words_form(line, len, "enrol", &why) || !enrol_read(line, len, words)) {
        http_refuse(request, 400, why);
        return;
    }
    struct enrol *enrol = calloc(1, sizeof *enrol);
    if (enrol == NULL) abort();
    enrol->desk = desk;
    enrol->request = request;
    buf_fmt(&enrol->body, "{\"token\":\"%s\",\"kiosk\":\"%s\",\"key\":\"%s\",\"epoch\":\"%s\",\"acked\":%s}", words[2],
            words[3], words[4], words[5], words[6]);
    struct act *act = &enrol->job.act;
    struct hash hash = hash_of(enrol->body.bytes, enrol->body.len);
    char        name[HASH_TEXT];
    hash_write(&hash, name);
    snprintf(act->id, sizeof act->id, "enrol-%.32s", name);
    snprintf(act->user, sizeof act->user, "kiosk");
    act->name = "kiosk.enrol";
    act->body = enrol->body.bytes;
    act->len = enrol->body.len;
    enrol->job.done = enrol_done;
    desk->act(desk->house, &enrol->job);
}
