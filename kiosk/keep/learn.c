/* learn.c - learns what the feed brings, step by step: kiosk/keep/learn.h. What its rows mean stands in topic.c. */
#include "kiosk/keep/learn.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "core/json.h"
#include "kiosk/keep/place.h"
#include "kiosk/keep/topic.h"

enum { HEARD_STEP_MS = 60000 };

static const char *text_in(const struct json *o, const char *key)
{
    return json_text(json_get(o, key), "");
}

static bool line_learn(struct db *db, uint64_t kiosk, const char *line, size_t len, struct err *err)
{
    struct err       unread;
    struct json     *whole = json_read(line, len, &unread);
    struct topic_row row = {.kiosk = kiosk, .key = text_in(whole, "k"), .o = json_get(whole, "o")};
    bool             is_good = topic_learn(db, text_in(whole, "t"), &row, err);
    json_free(whole);
    return is_good;
}

/* The line that begins at at; what follows it. */
static size_t line_end(const struct buf *body, size_t at, size_t *len)
{
    const char *lf = memchr(body->bytes + at, '\n', body->len - at);
    *len = lf == NULL ? body->len - at : (size_t)(lf - body->bytes) - at;
    return at + *len + (lf != NULL);
}

bool learn_begin(struct learn *learn, struct buf *body, struct err *err)
{
    struct learn_head head = {0};
    struct json      *whole = NULL;
    size_t            len = 0, at = 0;
    assert(!learn->is_active);
    if (body->len > 0) at = line_end(body, 0, &len);
    whole = json_read(buf_text(body), len, err);
    bool is_good = whole != NULL && json_int(json_get(whole, "v"), 0) == 1 &&
                   epoch_read(text_in(whole, "server"), &head.server) && id_read(text_in(whole, "run"), &head.run);
    head.feed = json_int(json_get(whole, "feed"), 0);
    head.upto = json_int(json_get(whole, "upto"), 0);
    head.has_more = json_bool(json_get(whole, "more"), false);
    head.time_ms = json_int(json_get(whole, "time"), 0);
    snprintf(head.program, sizeof head.program, "%s", text_in(whole, "program"));
    json_free(whole);
    if (!is_good || head.upto < 0) {
        buf_free(body);
        return err_set(err, ERR_INPUT, SAY("learn.form"));
    }
    learn->is_active = true;
    learn->body = *body;
    learn->at = at;
    learn->head = head;
    *body = (struct buf){0};
    return true;
}

void learn_end(struct learn *learn)
{
    buf_free(&learn->body);
    learn->is_active = false;
    learn->at = 0;
}

/* Everything of the answer is in. The kiosk's age of knowledge is written by the minute: an idle one rests its disk. */
static bool end_write(const struct learn *learn, struct db *db, const struct place *place, int64_t now_ms,
                      struct err *err)
{
    struct event_seen seen = {learn->head.server, learn->head.run, learn->head.upto};
    bool              is_whole = place->is_whole || !learn->head.has_more;
    bool              is_new = epoch_compare(place->seen.server, seen.server) != 0 || place->seen.run != seen.run ||
                  place->seen.feed != seen.feed || place->is_whole != is_whole;
    if (is_new && !place_write_seen(db, &seen, is_whole, err)) return false;
    int64_t age_ms = now_ms - place->heard_ms;
    if (learn->head.has_more || (!is_new && age_ms >= 0 && age_ms < HEARD_STEP_MS)) return true;
    return place_write_heard(db, now_ms, err);
}

static bool step_write(struct learn *learn, struct db *db, int64_t now_ms, size_t *at, struct err *err)
{
    struct place place;
    size_t       start = *at;
    if (!place_read(db, &place, err)) return false;
    if (epoch_compare(place.seen.server, learn->head.server) != 0) {
        place.seen = (struct event_seen){learn->head.server, learn->head.run, 0};
        place.is_whole = false;
        if (!topic_forget(db, err) || !place_write_seen(db, &place.seen, false, err)) return false;
    }
    for (int rows = 0; rows < LEARN_STEP_ROWS && *at < learn->body.len && *at - start < LEARN_STEP_BYTES; rows++) {
        size_t len, next = line_end(&learn->body, *at, &len);
        if (len > 0 && !line_learn(db, learn->kiosk, learn->body.bytes + *at, len, err)) return false;
        *at = next;
    }
    return *at < learn->body.len || end_write(learn, db, &place, now_ms, err);
}

bool learn_step(struct learn *learn, struct db *db, int64_t now_ms, bool *is_done, struct err *err)
{
    size_t at = learn->at;
    assert(learn->is_active);
    if (!db_begin(db, err)) return false;
    if (!step_write(learn, db, now_ms, &at, err) || !db_commit(db, err)) {
        db_rollback(db);
        return false;
    }
    learn->at = at;
    *is_done = at >= learn->body.len;
    if (*is_done) learn_end(learn);
    return true;
}
