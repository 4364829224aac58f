/* stick.c - a kiosk's requests from a file: server/stick.h. Takes lines of JSON, gives answers of the taker. */
#include "server/stick.h"

#include <stdio.h>
#include <string.h>

#include "core/chain.h"
#include "core/json.h"
#include "server/console.h"
#include "server/store.h"

/* ---- Lines */

/* The line that begins at *at, without LF; false: there is none. *is_whole: it ends with an LF. */
static bool line_next(const struct stick_file *file, size_t *at, const char **line, size_t *len, bool *is_whole)
{
    if (*at >= file->len) return false;
    const char *lf = memchr(file->bytes + *at, '\n', file->len - *at);
    *line = file->bytes + *at;
    *is_whole = lf != NULL;
    *len = lf == NULL ? file->len - *at : (size_t)(lf - *line);
    *at += *len + 1;
    return true;
}

static bool end_fits(const struct json *end, int64_t lines, const struct hash *sum)
{
    struct hash said;
    return json_int(json_get(end, "end"), -1) == lines && hash_read(json_text(json_get(end, "sum"), ""), &said) &&
           hash_equal(&said, sum);
}

bool stick_check(const struct stick_file *file, struct err *err)
{
    const char *line;
    size_t      at = 0, len;
    int64_t     lines = 0;
    bool        is_whole, has_end = false, is_altered = false;
    while (line_next(file, &at, &line, &len, &is_whole)) {
        struct err   form;
        struct json *json = len > 0 ? json_read(line, len, &form) : NULL;
        if (has_end && len > 0) is_altered = true; /* something stands behind the end */
        if (!has_end && is_whole && json != NULL && json_get(json, "end") != NULL) {
            struct hash sum = hash_of(file->bytes, (size_t)(line - file->bytes));
            has_end = true;
            is_altered = !end_fits(json, lines, &sum);
        } else if (json != NULL || len > 0) {
            lines++;
        }
        json_free(json);
    }
    if (!has_end) return err_set(err, ERR_INPUT, say_int(SAY("stick.cut"), lines));
    return !is_altered || err_set(err, ERR_INPUT, SAY("stick.altered"));
}

/* ---- Taking */

struct stick {
    const char         *data;
    const struct clock *clock;
    struct store        store;
    struct known       *known;
    bool                is_open; /* no server runs: the directory is ours meanwhile */
};

static bool store_begin(struct stick *stick, struct err *err)
{
    if (stick->is_open) return true;
    if (!store_open(stick->data, clock_now_ms(stick->clock), &stick->store, err)) return false;
    stick->is_open = true;
    if (!store_known(&stick->store, &stick->known, err)) return false;
    known_tell(stick->known, stick->store.take);
    take_feed_at(stick->store.take, writer_feed(stick->store.writer));
    return true;
}

static bool request_take(struct stick *stick, const struct json *line, int *status, struct buf *answer, struct err *err)
{
    struct buf request = {0};
    buf_str(&request, "{\"take\":");
    json_write(line, &request);
    buf_char(&request, '}');
    bool is_done = !stick->is_open && console_ask(stick->data, &request, status, answer, err);
    buf_free(&request);
    if (is_done || (!stick->is_open && err->kind != ERR_ABSENT)) return is_done;
    if (!store_begin(stick, err)) return false;
    struct take_answer  taken;
    struct take_request asked = {.method = "POST",
                                 .path = json_text(json_get(line, "path"), ""),
                                 .kiosk = json_text(json_get(line, "kiosk"), NULL),
                                 .nonce = json_text(json_get(line, "nonce"), NULL),
                                 .mac = json_text(json_get(line, "mac"), NULL),
                                 .body = json_text(json_get(line, "body"), "")};
    asked.len = strlen(asked.body);
    take_step(stick->store.take, &asked, 1, clock_now_ms(stick->clock), &taken);
    *status = taken.status;
    *answer = taken.body;
    return true;
}

/* Why a request wasn't taken, in the reader's language. */
static void why_print(int number, int status, const struct json *answer, enum lang lang)
{
    struct say  say = SAY("stick.no_request");
    struct buf  stored = {0}, words = {0};
    const char *state = json_text(json_get(answer, "state"), "");
    if (strcmp(state, "wait") == 0) say = SAY("stick.wait");
    if (strcmp(state, "from") == 0) say = SAY("stick.from");
    if (json_get(answer, "say") != NULL) {
        json_write(json_get(answer, "say"), &stored);
        if (!say_read(buf_text(&stored), stored.len, &say)) say = SAY("stick.no_request");
    }
    text_say_buf(lang, &say, &words);
    printf("line %d: %d %s\n", number, status, buf_text(&words));
    buf_free(&stored);
    buf_free(&words);
}

static bool line_take(struct stick *stick, const char *bytes, size_t len, int number, enum lang lang,
                      struct stick_counts *counts, struct err *err)
{
    struct buf   answer = {0};
    struct err   form;
    int          status = 400;
    struct json *line = json_read(bytes, len, &form);
    if (line != NULL && json_get(line, "end") != NULL) { /* no request: it was looked at before */
        json_free(line);
        return true;
    }
    bool         is_done = line == NULL || request_take(stick, line, &status, &answer, err);
    struct json *json = is_done && line != NULL ? json_read(buf_text(&answer), answer.len, &form) : NULL;
    bool         is_taken = status == 200 && strcmp(json_text(json_get(json, "state"), ""), "taken") == 0;
    counts->taken += is_taken;
    counts->waiting += status == 200 && !is_taken;
    counts->refused += status != 200;
    if (is_done && !is_taken) why_print(number, status, json, lang);
    json_free(json);
    json_free(line);
    buf_free(&answer);
    return is_done;
}

bool stick_take(const struct stick_file *file, const char *data, const struct clock *clock, enum lang lang,
                struct stick_counts *counts, struct err *err)
{
    struct stick stick = {.data = data, .clock = clock};
    const char  *line;
    size_t       at = 0, len;
    bool         is_whole, is_done = true;
    *counts = (struct stick_counts){0};
    for (int number = 1; is_done && line_next(file, &at, &line, &len, &is_whole); number++)
        if (len > 0) is_done = line_take(&stick, line, len, number, lang, counts, err);
    known_free(stick.known);
    if (stick.is_open) store_close(&stick.store);
    return is_done;
}
