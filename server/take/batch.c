/* batch.c - the body of a kiosk's request for taking, read without a JSON tree: batch.h. */
#include "server/take/batch.h"

#include <string.h>

#include "core/event.h"
#include "server/take/words.h"

enum { WORDS = 13, HEAD_MAX = 1024, DIGITS_MAX = 18 };
#define SERVER_COUNTER_MAX 1000000000u /* lives of a server: far from where the counter ends */

/* ---------------------------------------------------------------------------------------------------- the head */

static bool time_read(const char *text, int64_t *number)
{
    bool is_before = text[0] == '-'; /* a machine's clock may stand before 1970 */
    if (!words_number(text + is_before, number)) return false;
    if (is_before) *number = -*number;
    return true;
}

static bool head_read(const char *head, size_t len, struct batch *batch)
{
    char    words[WORDS][WORDS_EACH_MAX];
    int64_t count;
    size_t  used; /* what stands behind, a newer kiosk knows */
    if (len > HEAD_MAX || !words_first(head, len, WORDS, words, &used)) return false;
    if (strcmp(words[0], "events") != 0 || strcmp(words[1], "1") != 0) return false;
    bool is_read = id_read(words[2], &batch->kiosk) && epoch_read(words[3], &batch->epoch) &&
                   words_number(words[4], &batch->first) && words_number(words[5], &count) &&
                   hash_read(words[6], &batch->prev) && epoch_read(words[7], &batch->server) &&
                   words_number(words[8], &batch->acked.seq) && hash_read(words[9], &batch->acked.hash) &&
                   id_read(words[10], &batch->run) && words_number(words[11], &batch->feed) &&
                   time_read(words[12], &batch->time_ms);
    if (!is_read || count > BATCH_EVENTS_MAX || batch->first < 1 || epoch_is_none(batch->epoch)) return false;
    if (batch->server.counter > SERVER_COUNTER_MAX) return false;
    batch->acked.epoch = batch->epoch;
    batch->count = (int)count;
    return true;
}

/* ---------------------------------------------------------------------------------------------------- a line's place */

struct scan {
    const char *at, *end;
};

static bool scan_char(struct scan *scan, char c)
{
    while (scan->at < scan->end && *scan->at == ' ') scan->at++;
    if (scan->at == scan->end || *scan->at != c) return false;
    scan->at++;
    return true;
}

/* A string without escapes of fewer than room bytes, with its NUL. */
static bool scan_text(struct scan *scan, char *text, size_t room)
{
    size_t len = 0;
    if (!scan_char(scan, '"')) return false;
    for (; scan->at < scan->end && *scan->at != '"'; scan->at++) {
        if (*scan->at == '\\' || *scan->at == 0 || len + 1 >= room) return false;
        text[len++] = *scan->at;
    }
    text[len] = 0;
    return scan_char(scan, '"');
}

static bool scan_key(struct scan *scan, const char *key, char before)
{
    char name[8];
    return scan_char(scan, before) && scan_text(scan, name, sizeof name) && strcmp(name, key) == 0 &&
           scan_char(scan, ':');
}

static bool scan_number(struct scan *scan, int64_t *number)
{
    char   text[DIGITS_MAX + 2];
    size_t len = 0;
    while (scan->at < scan->end && *scan->at == ' ') scan->at++;
    while (scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9' && len < sizeof text - 1)
        text[len++] = *scan->at++;
    text[len] = 0;
    return words_number(text, number);
}

/* The five fields that stand first, as the line says them. */
struct place {
    int64_t      v, seq;
    uint64_t     kiosk;
    struct epoch epoch;
    struct hash  prev;
};

static bool place_read(const struct batch_line *line, struct place *place)
{
    struct scan scan = {line->bytes, line->bytes + line->len};
    char        kiosk[ID_TEXT], epoch[EPOCH_TEXT], prev[HASH_TEXT];
    return scan_key(&scan, "v", '{') && scan_number(&scan, &place->v) && scan_key(&scan, "kiosk", ',') &&
           scan_text(&scan, kiosk, sizeof kiosk) && scan_key(&scan, "epoch", ',') &&
           scan_text(&scan, epoch, sizeof epoch) && scan_key(&scan, "seq", ',') && scan_number(&scan, &place->seq) &&
           scan_key(&scan, "prev", ',') && scan_text(&scan, prev, sizeof prev) && id_read(kiosk, &place->kiosk) &&
           epoch_read(epoch, &place->epoch) && hash_read(prev, &place->prev);
}

/* The same of a line that is written otherwise than kiosks write: with other blanks, with escapes. */
static bool place_read_odd(const struct batch_line *line, struct place *place)
{
    struct event event;
    struct err   err;
    if (!event_read(line->bytes, line->len, &event, &err)) return false;
    *place = (struct place){event.v, event.seq, event.kiosk, event.epoch, event.prev};
    return true;
}

/* A line that says its place says the one that the head gives it: nobody speaks for another kiosk, or for the office. */
static bool line_fits(struct batch *batch, int i)
{
    struct place place;
    if (!place_read(&batch->lines[i], &place) && !place_read_odd(&batch->lines[i], &place)) return true;
    if (i == 0) batch->own_prev = place.prev;
    return place.kiosk == batch->kiosk && epoch_compare(place.epoch, batch->epoch) == 0 &&
           place.seq == batch->first + i;
}

bool batch_line_is_gap(const char *line, size_t len, int64_t *to, struct hash *next)
{
    struct event event;
    struct err   err;
    if (memmem(line, len, "\"gap\"", 5) == NULL) return false;
    if (!event_read(line, len, &event, &err) || event.kind != EVENT_GAP || event.gap_to < event.seq) return false;
    *to = event.gap_to;
    *next = event.gap_next;
    return true;
}

/* ---------------------------------------------------------------------------------------------------- the whole */

static bool refuse(struct err *err, struct say say)
{
    return err_set(err, ERR_INPUT, say);
}

static bool lines_read(const char *at, const char *end, struct batch *batch, struct err *err)
{
    for (int i = 0; i < batch->count; i++) {
        const char *lf = at == end ? NULL : memchr(at, '\n', (size_t)(end - at));
        if (lf == NULL) return refuse(err, say_int(say_int(SAY("take.lines"), batch->count), i));
        size_t len = (size_t)(lf - at);
        if (len == 0 || len > EVENT_LINE_MAX)
            return refuse(err, say_int(say_int(SAY("take.line"), i + 1), EVENT_LINE_MAX));
        batch->lines[i] = (struct batch_line){at, len, hash_of(at, len)};
        if (!line_fits(batch, i)) return refuse(err, say_int(SAY("take.place"), i + 1));
        at = lf + 1;
    }
    return at == end || refuse(err, say_int(SAY("take.more"), batch->count));
}

bool batch_read(const char *body, size_t len, struct batch *batch, bool *is_large, struct err *err)
{
    const char *end = body + len, *lf = len == 0 ? NULL : memchr(body, '\n', len);
    *is_large = false;
    batch->own_prev = (struct hash){{0}};
    batch->is_gap = false;
    struct say why = SAY("take.head");
    if (lf == NULL || !words_form(body, (size_t)(lf - body), "events", &why)) return refuse(err, why);
    if (!head_read(body, (size_t)(lf - body), batch)) return refuse(err, why);
    if (end - (lf + 1) > BATCH_BYTES_MAX) {
        *is_large = true;
        return refuse(err, say_int(SAY("take.large"), BATCH_BYTES_MAX));
    }
    if (!lines_read(lf + 1, end, batch, err)) return false;
    if (batch->count == 1)
        batch->is_gap = batch_line_is_gap(batch->lines[0].bytes, batch->lines[0].len, &batch->gap_to, &batch->gap_next);
    return true;
}
