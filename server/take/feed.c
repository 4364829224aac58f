/* feed.c - answers kiosks that ask what changed: feed.h. In: a signed request, the books. Out: JSON lines, at most
 * 256 kB, in the order of their numbers. */
#include "server/take/feed.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/json.h"
#include "server/take/answer.h"
#include "server/take/words.h"

enum { WORDS = 7, ANSWER_MAX = 256 * 1024, WAIT_MAX_MS = 60 * 1000, TOLD_DAYS = 35, TO_WORKER = 2 /* audience */ };
#define DAY_MS INT64_C(86400000)

struct ask {
    uint64_t     kiosk;
    struct epoch server;
    uint64_t     run; /* of the answer that told `from`; 0: none yet */
    int64_t      from, wait_ms;
};

/* What an answer holds so far. */
struct rows {
    struct buf lines;
    int64_t    upto;
    bool       has_more;
};

/* What a kiosk says of itself: one word, cut where this program has no room for more; what stands behind it, newer ones
 * know. */
static void state_take(const char *at, size_t len, char *state)
{
    const char *blank = len == 0 ? NULL : memchr(at, ' ', len);
    size_t      word = blank == NULL ? len : (size_t)(blank - at);
    if (word >= WORDS_EACH_MAX) word = WORDS_EACH_MAX - 1;
    memcpy(state, at, word);
    state[word] = 0;
}

/* "feed 1 <kiosk> <server epoch> <run> <from> <wait ms>[ <state>]" LF. state: NULL, or 80 bytes. */
static bool ask_read(const char *body, size_t len, struct ask *ask, char *state)
{
    char   words[WORDS][WORDS_EACH_MAX];
    size_t used;
    if (len == 0 || memchr(body, '\n', len) != body + len - 1 || memchr(body, 0, len) != NULL) return false;
    if (!words_first(body, len - 1, WORDS, words, &used)) return false;
    if (state != NULL) state_take(body + used, len - 1 - used, state);
    return strcmp(words[0], "feed") == 0 && strcmp(words[1], "1") == 0 && id_read(words[2], &ask->kiosk) &&
           epoch_read(words[3], &ask->server) && id_read(words[4], &ask->run) && words_number(words[5], &ask->from) &&
           words_number(words[6], &ask->wait_ms);
}

/* A number, below 0 too; what isn't one leaves *number alone. */
static void value_read(const char *text, size_t len, int64_t *number)
{
    char    digits[24];
    bool    is_less = len > 0 && text[0] == '-';
    int64_t read;
    if (len >= sizeof digits) return;
    memcpy(digits, text + is_less, len - is_less);
    digits[len - is_less] = 0;
    if (words_number(digits, &read)) *number = is_less ? -read : read;
}

static bool is_plain(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] < ' ' || text[i] > '~') return false;
    return true;
}

/* "w=3,s=1": names that nobody knows are passed over, and what can't be. */
static void state_read(const char *text, struct feed_state *state)
{
    int64_t scanner = -1;
    while (*text != 0) {
        size_t      len = strcspn(text, ",");
        const char *value = text + 2;
        size_t      value_len = len > 2 ? len - 2 : 0;
        bool        is_pair = len > 2 && text[1] == '=';
        state->has_state |= is_pair;
        if (is_pair && text[0] == 'w') value_read(value, value_len, &state->waiting);
        if (is_pair && text[0] == 's') value_read(value, value_len, &scanner);
        if (is_pair && text[0] == 'f') value_read(value, value_len, &state->free_mb);
        if (is_pair && text[0] == 'o') value_read(value, value_len, &state->offset_ms);
        if (is_pair && text[0] == 'v' && value_len < sizeof state->version && is_plain(value, value_len)) {
            memcpy(state->version, value, value_len);
            state->version[value_len] = 0;
        }
        text += len + (text[len] == ',');
    }
    if (state->waiting < 0) state->waiting = -1;
    if (state->free_mb < 0) state->free_mb = -1;
    state->has_scanner = scanner == 0 || scanner == 1 ? (int)scanner : -1;
}

bool feed_state_read(const struct take_request *request, struct feed_state *state)
{
    struct ask ask = {0};
    char       words[WORDS_EACH_MAX] = "";
    if (!ask_read(request->body, request->len, &ask, words)) return false;
    *state = (struct feed_state){.from = ask.from, .waiting = -1, .free_mb = -1, .has_scanner = -1};
    state_read(words, state);
    return true;
}

static void row_write(struct db_stmt *stmt, struct buf *out)
{
    const char *value = db_text(stmt, 3);
    buf_str(out, "{\"n\":");
    buf_int(out, db_int(stmt, 0));
    buf_str(out, ",\"t\":");
    json_cstr(out, db_text(stmt, 1));
    buf_str(out, ",\"k\":");
    json_cstr(out, db_text(stmt, 2));
    buf_str(out, value[0] == 0 ? ",\"gone\":true" : ",\"o\":");
    buf_str(out, value);
    buf_str(out, "}\n");
}

/* A worker's day ("<number>/<date>") that no kiosk shows any more. It may be yesterday yet where the kiosk stands. */
static bool is_past(struct db_stmt *stmt, int64_t today)
{
    const char *date = db_int(stmt, 4) == TO_WORKER ? strchr(db_text(stmt, 2), '/') : NULL;
    int32_t     day;
    return date != NULL && day_read(date + 1, &day) && day < today - TOLD_DAYS - 1;
}

/* Rows behind `from` that are for this kiosk; the first always goes, the others while there is room. */
static bool rows_read(struct db *books, const struct ask *ask, int64_t newest, int64_t now_ms, struct rows *rows,
                      struct err *err)
{
    struct db_stmt *stmt;
    bool            has_row;
    if (!db_prepare(books,
                    SQL("SELECT number, topic, key, value, audience FROM feed WHERE number > $1 AND number <= $2"
                        " AND (audience = 0 OR (audience = 1 AND only_for = $3) OR (audience = 2 AND EXISTS"
                        " (SELECT 1 FROM worker_kiosk WHERE worker = feed.only_for AND kiosk = $3 AND day >= $4)))"
                        " ORDER BY number"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, ask->from);
    db_bind_int(stmt, 2, newest);
    db_bind_int(stmt, 3, (int64_t)ask->kiosk);
    db_bind_int(stmt, 4, now_ms / DAY_MS - TOLD_DAYS);
    while (db_step(stmt, &has_row, err)) {
        if (!has_row) {
            rows->upto = newest;
            return true;
        }
        if (is_past(stmt, now_ms / DAY_MS)) continue;
        size_t before = rows->lines.len;
        row_write(stmt, &rows->lines);
        if (before > 0 && rows->lines.len > ANSWER_MAX) {
            rows->lines.len = before;
            rows->has_more = true;
            db_reset(stmt);
            return true;
        }
        rows->upto = db_int(stmt, 0);
    }
    return false;
}

/* The last number of a start, as the books know them: the next one that made numbers begins behind it. */
static bool run_end(struct db *books, uint64_t run, int64_t newest, bool *is_known, int64_t *end, struct err *err)
{
    struct db_stmt *stmt;
    bool            has_next;
    if (!db_prepare(books, SQL("SELECT first_feed FROM run WHERE run = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, (int64_t)run);
    if (!db_step(stmt, is_known, err)) return false;
    if (!*is_known) return true;
    int64_t first = db_int(stmt, 0);
    db_reset(stmt);
    if (!db_prepare(books, SQL("SELECT first_feed FROM run WHERE first_feed > $1 ORDER BY first_feed LIMIT 1"), &stmt,
                               err))
        return false;
    db_bind_int(stmt, 1, first);
    if (!db_step(stmt, &has_next, err)) return false;
    *end = has_next ? db_int(stmt, 0) - 1 : newest;
    db_reset(stmt);
    return true;
}

/* Has the kiosk seen a start of this server, or a number of it, that the books don't know? What it learnt then would
 * stay with it for good. */
static bool back_check(struct db *books, const struct feed_place *place, const struct ask *ask, bool *is_back,
                       struct err *err)
{
    bool    is_known;
    int64_t end = place->newest;
    *is_back = false;
    if (ask->run == 0 || epoch_compare(ask->server, place->server) != 0) return true;
    if (ask->run == place->run) {
        *is_back = ask->from > place->newest;
        return true;
    }
    if (!run_end(books, ask->run, place->newest, &is_known, &end, err)) return false;
    *is_back = !is_known || ask->from > end;
    return true;
}

static void answer_write(const struct feed_place *place, const struct rows *rows, int64_t now_ms, struct buf *body)
{
    buf_str(body, "{\"v\":1");
    answer_place(body, place->server, place->run, place->newest, now_ms);
    buf_str(body, ",\"upto\":");
    buf_int(body, rows->upto);
    buf_str(body, rows->has_more ? ",\"more\":true}\n" : ",\"more\":false}\n");
    buf_add(body, buf_text(&rows->lines), rows->lines.len);
}

bool feed_answer(struct db *books, const struct feed_request *asked, enum feed_said *said, int64_t *wait_ms,
                 struct take_answer *answer, struct err *err)
{
    const struct feed_place *place = asked->place;
    struct rows              rows = {{0}, 0, false};
    struct ask               ask = {0};
    struct say               why = SAY("feed.head");
    bool                     is_back, is_form;
    *said = FEED_ANSWERED;
    is_form = words_form(asked->request->body, asked->request->len, "feed", &why);
    if (!is_form || !ask_read(asked->request->body, asked->request->len, &ask, NULL) ||
        ask.kiosk != asked->key->kiosk) {
        answer_refuse(answer, 400, why);
        answer_sign(answer, &asked->key->key, asked->mac);
        return true;
    }
    if (!back_check(books, place, &ask, &is_back, err)) return false;
    if (is_back) {
        *said = FEED_BACK;
        answer_refuse(answer, 503, SAY("feed.back"));
        answer_sign(answer, &asked->key->key, asked->mac);
        return true;
    }
    bool is_other = epoch_compare(ask.server, place->server) != 0;
    if (is_other) ask.from = 0; /* another life of the server: everything is told again */
    if (!rows_read(books, &ask, place->newest, asked->now_ms, &rows, err)) {
        buf_free(&rows.lines);
        return false;
    }
    bool is_news = rows.lines.len > 0 || is_other || (ask.from == 0 && place->newest > 0);
    if (!is_news && asked->may_wait && ask.wait_ms > 0) {
        *said = FEED_EARLY;
        *wait_ms = ask.wait_ms < WAIT_MAX_MS ? ask.wait_ms : WAIT_MAX_MS;
        return true;
    }
    answer->status = 200;
    answer_write(place, &rows, asked->now_ms, &answer->body);
    answer_sign(answer, &asked->key->key, asked->mac);
    buf_free(&rows.lines);
    return true;
}

bool feed_runs(struct db *books, struct take_run **runs, size_t *count, struct err *err)
{
    struct db_stmt  *stmt;
    struct take_run *made = NULL;
    size_t           n = 0;
    bool             has_row;
    if (!db_prepare(books, SQL("SELECT run, first_feed FROM run ORDER BY number"), &stmt, err)) return false;
    while (db_step(stmt, &has_row, err)) {
        if (!has_row) {
            *runs = made;
            *count = n;
            return true;
        }
        made = realloc(made, (n + 1) * sizeof *made);
        if (made == NULL) abort();
        made[n++] = (struct take_run){(uint64_t)db_int(stmt, 0), db_int(stmt, 1)};
    }
    free(made);
    return false;
}
