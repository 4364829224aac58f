/* event_field.c - each field of an event's line: core/event_field.h. Takes a value of JSON, gives the member of struct
 * event, and back.
 *
 * One table says what a line holds: its order is the canonical order, each row reads and writes its field. To add a
 * field: a member of struct event, a row here, a row in docs/protocol.md. What an older program wrote lacks it, so its
 * zero must mean what was true before. */
#include "core/event_field.h"

#include <assert.h>
#include <string.h>

#include "core/clock.h"
#include "core/json.h"
#include "core/utf8.h"

enum { PIECE_MOST = 999, REV_MOST = 99, COPY_MOST = 999, SHARE_MOST = 1000, COUNT_MOST = 1000000 };
#define BADGE_MOST INT64_C(999999999999999)
#define PLACE_MOST INT64_C(999999999999999)
#define SEQ_MOST INT64_C(999999999999999999)  /* 18 digits, as heads of requests have: another follows each */
#define TIME_MOST_MS INT64_C(253402300799999) /* the end of the year 9999: sums of two stay far from overflow */

const char *const EVENT_KIND_WORDS[EVENT_KINDS] = {
    [EVENT_UNKNOWN] = "unknown", [EVENT_REPORT] = "report", [EVENT_UNDO] = "undo",         [EVENT_CORRECT] = "correct",
    [EVENT_START] = "start",     [EVENT_FINISH] = "finish", [EVENT_JOIN] = "join",         [EVENT_LEAVE] = "leave",
    [EVENT_RECEIVE] = "receive", [EVENT_REFUSE] = "refuse", [EVENT_RETURN] = "return",     [EVENT_COLLECT] = "collect",
    [EVENT_PACK] = "pack",       [EVENT_LOAD] = "load",     [EVENT_TRANSFER] = "transfer", [EVENT_COUNT] = "count",
    [EVENT_OBJECT] = "object",   [EVENT_CALL] = "call",     [EVENT_ACK] = "ack",           [EVENT_ASSIGN] = "assign",
    [EVENT_MOVE] = "move",       [EVENT_BIND] = "bind",     [EVENT_DAYWORK] = "daywork",   [EVENT_NOTE] = "note",
    [EVENT_DECIDE] = "decide",   [EVENT_GAP] = "gap",
};

static const char *const HOWS[] = {
    [HOW_SCANNED] = "scanned", [HOW_TYPED] = "typed", [HOW_TOUCHED] = "touched", [HOW_ACT] = "act"};

static const char *const TONES[] = {
    [TONE_NONE] = "none", [TONE_GREEN] = "green", [TONE_AMBER] = "amber", [TONE_RED] = "red", [TONE_GREY] = "grey"};

enum { HOW_COUNT = sizeof HOWS / sizeof HOWS[0], TONE_COUNT = sizeof TONES / sizeof TONES[0] };

static void *member(const struct field *field, struct event *event)
{
    return (char *)event + field->at;
}

static const void *member_of(const struct field *field, const struct event *event)
{
    return (const char *)event + field->at;
}

/* ---- Numbers, bools, texts, ids, hashes, days */

static bool number_of(const struct flat_node *value, int64_t least, int64_t most, int64_t *number)
{
    *number = flat_int(value, 0);
    return flat_kind(value) == JSON_INT && *number >= least && *number <= most;
}

static enum took int32_take(const struct field *field, const struct flat_node *value, struct event *event)
{
    int64_t number;
    if (!number_of(value, field->least, field->most, &number)) return TOOK_WRONG;
    *(int32_t *)member(field, event) = (int32_t)number;
    return TOOK;
}

static enum took int64_take(const struct field *field, const struct flat_node *value, struct event *event)
{
    return number_of(value, field->least, field->most, member(field, event)) ? TOOK : TOOK_WRONG;
}

static void number_put(const struct field *field, int64_t number, struct buf *out)
{
    if (number == 0) return;
    json_key(out, field->key);
    buf_int(out, number);
}

static void int32_put(const struct field *field, const struct event *event, struct buf *out)
{
    number_put(field, *(const int32_t *)member_of(field, event), out);
}

static void int64_put(const struct field *field, const struct event *event, struct buf *out)
{
    number_put(field, *(const int64_t *)member_of(field, event), out);
}

static enum took bool_take(const struct field *field, const struct flat_node *value, struct event *event)
{
    if (flat_kind(value) != JSON_BOOL) return TOOK_WRONG;
    *(bool *)member(field, event) = flat_bool(value, false);
    return TOOK;
}

static void bool_put(const struct field *field, const struct event *event, struct buf *out)
{
    if (!*(const bool *)member_of(field, event)) return;
    json_key(out, field->key);
    buf_str(out, "true");
}

static bool text_copy(const struct flat_node *value, size_t most, char *text)
{
    const char *from = flat_text(value, NULL);
    size_t      len = from != NULL ? strlen(from) : 0;
    if (from == NULL || len > most) return false;
    memcpy(text, from, len + 1);
    return true;
}

/* Text of at most most bytes. What is no UTF-8 is replaced here, and cut where that makes it longer: the reader refuses
 * what the table doesn't allow, so nothing else may be written. */
static void text_add(const char *text, size_t most, struct buf *out)
{
    char   clean[EVENT_NOTE_MAX];
    size_t used = 0, len = strlen(text);
    assert(len <= most && most < sizeof clean);
    for (size_t i = 0; i < len;) {
        size_t      step = utf8_len(text + i, len - i);
        const char *from = step > 0 ? text + i : UTF8_INSTEAD;
        size_t      size = step > 0 ? step : sizeof UTF8_INSTEAD - 1;
        if (used + size > most) break;
        memcpy(clean + used, from, size);
        used += size;
        i += step > 0 ? step : 1;
    }
    json_str(out, clean, used);
}

static enum took text_take(const struct field *field, const struct flat_node *value, struct event *event)
{
    return text_copy(value, (size_t)field->most, member(field, event)) ? TOOK : TOOK_WRONG;
}

static void text_put(const struct field *field, const struct event *event, struct buf *out)
{
    const char *text = member_of(field, event);
    if (text[0] == 0) return;
    json_key(out, field->key);
    text_add(text, (size_t)field->most, out);
}

/* Words of a fixed shape: no character in them needs escaping. */
static void word_add(const char *word, struct buf *out)
{
    buf_char(out, '"');
    buf_str(out, word);
    buf_char(out, '"');
}

static void word_put(const struct field *field, const char *word, struct buf *out)
{
    json_key(out, field->key);
    word_add(word, out);
}

static enum took id_take(const struct field *field, const struct flat_node *value, struct event *event)
{
    return id_read(flat_text(value, ""), member(field, event)) ? TOOK : TOOK_WRONG;
}

static void id_put(const struct field *field, const struct event *event, struct buf *out)
{
    uint64_t id = *(const uint64_t *)member_of(field, event);
    char     text[ID_TEXT];
    id_write(id, text);
    if (id != 0 || field->least != 0) word_put(field, text, out);
}

static enum took hash_take(const struct field *field, const struct flat_node *value, struct event *event)
{
    if (!hash_read(flat_text(value, ""), member(field, event))) return TOOK_WRONG;
    if (field->flag != 0) *(bool *)((char *)event + field->flag) = true;
    return TOOK;
}

static void hash_put(const struct field *field, const struct event *event, struct buf *out)
{
    char text[HASH_TEXT];
    bool is_held = field->least != 0 || !hash_is_zero(member_of(field, event));
    if (field->flag != 0) is_held = *(const bool *)((const char *)event + field->flag);
    if (!is_held) return;
    hash_write(member_of(field, event), text);
    word_put(field, text, out);
}

static enum took day_take(const struct field *field, const struct flat_node *value, struct event *event)
{
    return day_read(flat_text(value, ""), member(field, event)) ? TOOK : TOOK_WRONG;
}

static void day_put(const struct field *field, const struct event *event, struct buf *out)
{
    char text[DAY_TEXT];
    if (event->shift_day == 0) return;
    day_write(event->shift_day, text);
    word_put(field, text, out);
}

/* ---- Words of a list */

/* The place of a word among words; count where it isn't there. */
int event_word_place(const char *const *words, int count, const char *word)
{
    int i = 0;
    while (i < count && strcmp(words[i], word) != 0) i++;
    return i;
}

static enum took kind_take(const struct field *field, const struct flat_node *value, struct event *event)
{
    const char *word = flat_text(value, NULL);
    (void)field;
    if (word == NULL) return TOOK_WRONG;
    event->kind = event_kind_of(word);
    return event->kind != EVENT_UNKNOWN ? TOOK : TOOK_UNKNOWN;
}

static void kind_put(const struct field *field, const struct event *event, struct buf *out)
{
    word_put(field, event_kind_word(event->kind), out);
}

static enum took how_take(const struct field *field, const struct flat_node *value, struct event *event)
{
    const char *word = flat_text(value, NULL);
    (void)field;
    if (word == NULL) return TOOK_WRONG;
    int place = event_word_place(HOWS, HOW_COUNT, word);
    if (place == HOW_COUNT) return TOOK_UNKNOWN;
    event->how = (enum event_how)place;
    return TOOK;
}

static void how_put(const struct field *field, const struct event *event, struct buf *out)
{
    if (event->how != HOW_SCANNED) word_put(field, HOWS[event->how], out);
}

static enum took tone_take(const struct field *field, const struct flat_node *value, struct event *event)
{
    const char *word = flat_text(value, NULL);
    (void)field;
    if (word == NULL) return TOOK_WRONG;
    int place = event_word_place(TONES, TONE_COUNT, word);
    if (place == TONE_COUNT) return TOOK_UNKNOWN;
    event->tone = (enum event_tone)place;
    return TOOK;
}

static void tone_put(const struct field *field, const struct event *event, struct buf *out)
{
    if (event->tone != TONE_NONE) word_put(field, TONES[event->tone], out);
}

/* ---- Epochs, what was seen, the sheet */

static enum took epoch_take(const struct field *field, const struct flat_node *value, struct event *event)
{
    (void)field;
    bool is_one = epoch_read(flat_text(value, ""), &event->epoch) && !epoch_is_none(event->epoch);
    return is_one ? TOOK : TOOK_WRONG;
}

static void epoch_put(const struct field *field, const struct event *event, struct buf *out)
{
    char text[EPOCH_TEXT];
    epoch_write(event->epoch, text);
    word_put(field, text, out);
}

static enum took seen_take(const struct field *field, const struct flat_node *value, struct event *event)
{
    struct event_seen *seen = &event->seen;
    (void)field;
    if (flat_kind(value) != JSON_LIST || flat_count(value) != 3) return TOOK_WRONG;
    bool is_right = epoch_read(flat_text(flat_at(value, 0), ""), &seen->server) &&
                    id_read(flat_text(flat_at(value, 1), ""), &seen->run) &&
                    number_of(flat_at(value, 2), 0, INT64_MAX, &seen->feed);
    return is_right ? TOOK : TOOK_WRONG;
}

static void seen_put(const struct field *field, const struct event *event, struct buf *out)
{
    const struct event_seen *seen = &event->seen;
    char                     server[EPOCH_TEXT], run[ID_TEXT];
    if (epoch_is_none(seen->server) && seen->run == 0 && seen->feed == 0) return;
    epoch_write(seen->server, server);
    id_write(seen->run, run);
    json_key(out, field->key);
    buf_fmt(out, "[\"%s\",\"%s\",", server, run);
    buf_int(out, seen->feed);
    buf_char(out, ']');
}

static enum took sheet_take(const struct field *field, const struct flat_node *value, struct event *event)
{
    (void)field;
    event->has_sheet = line_ref_read(flat_text(value, ""), &event->sheet.line) && event->sheet.line.line != 0;
    return event->has_sheet ? TOOK : TOOK_WRONG;
}

static void sheet_put(const struct field *field, const struct event *event, struct buf *out)
{
    char text[LINE_REF_TEXT];
    if (!event->has_sheet) return;
    line_ref_write(event->sheet.line, text);
    word_put(field, text, out);
}

/* ---- Lists */

static bool list_fits(const struct flat_node *value, size_t most)
{
    return flat_kind(value) == JSON_LIST && flat_count(value) <= most;
}

static enum took codes_take(const struct field *field, const struct flat_node *value, struct event *event)
{
    (void)field;
    if (!list_fits(value, EVENT_CODES_MAX)) return TOOK_WRONG;
    event->code_count = (int)flat_count(value);
    for (int i = 0; i < event->code_count; i++)
        if (!text_copy(flat_at(value, (size_t)i), CODE_DIGITS, event->codes[i])) return TOOK_WRONG;
    return TOOK;
}

static void codes_put(const struct field *field, const struct event *event, struct buf *out)
{
    if (event->code_count == 0) return;
    json_key(out, field->key);
    buf_char(out, '[');
    for (int i = 0; i < event->code_count; i++) {
        json_sep(out);
        text_add(event->codes[i], CODE_DIGITS, out);
    }
    buf_char(out, ']');
}

static enum took pieces_take(const struct field *field, const struct flat_node *value, struct event *event)
{
    (void)field;
    if (!list_fits(value, EVENT_PIECES_MAX)) return TOOK_WRONG;
    event->piece_count = (int)flat_count(value);
    for (int i = 0; i < event->piece_count; i++) {
        int64_t piece;
        if (!number_of(flat_at(value, (size_t)i), 1, PIECE_MOST, &piece)) return TOOK_WRONG;
        event->pieces[i] = (int32_t)piece;
    }
    return TOOK;
}

static void pieces_put(const struct field *field, const struct event *event, struct buf *out)
{
    if (event->piece_count == 0) return;
    json_key(out, field->key);
    buf_char(out, '[');
    for (int i = 0; i < event->piece_count; i++) {
        json_sep(out);
        buf_int(out, event->pieces[i]);
    }
    buf_char(out, ']');
}

static bool is_triple(const struct flat_node *row)
{
    return flat_kind(row) == JSON_LIST && flat_count(row) == 3;
}

static void triple_add(int64_t a, int64_t b, int64_t c, struct buf *out)
{
    json_sep(out);
    buf_char(out, '[');
    buf_int(out, a);
    buf_char(out, ',');
    buf_int(out, b);
    buf_char(out, ',');
    buf_int(out, c);
    buf_char(out, ']');
}

static enum took workers_take(const struct field *field, const struct flat_node *value, struct event *event)
{
    (void)field;
    if (!list_fits(value, EVENT_WORKERS_MAX)) return TOOK_WRONG;
    event->worker_count = (int)flat_count(value);
    for (int i = 0; i < event->worker_count; i++) {
        const struct flat_node *row = flat_at(value, (size_t)i);
        int64_t                 number, badge, share;
        if (!is_triple(row) || !number_of(flat_at(row, 0), 0, INT32_MAX, &number) ||
            !number_of(flat_at(row, 1), 0, BADGE_MOST, &badge) || !number_of(flat_at(row, 2), 1, SHARE_MOST, &share))
            return TOOK_WRONG;
        event->workers[i] = (struct event_worker){badge, (int32_t)number, (int32_t)share};
    }
    return TOOK;
}

static void workers_put(const struct field *field, const struct event *event, struct buf *out)
{
    if (event->worker_count == 0) return;
    json_key(out, field->key);
    buf_char(out, '[');
    for (int i = 0; i < event->worker_count; i++) {
        const struct event_worker *worker = &event->workers[i];
        triple_add(worker->number, worker->badge, worker->share, out);
    }
    buf_char(out, ']');
}

static enum took bad_take(const struct field *field, const struct flat_node *value, struct event *event)
{
    (void)field;
    if (!list_fits(value, EVENT_BAD_MAX)) return TOOK_WRONG;
    event->bad_count = (int)flat_count(value);
    for (int i = 0; i < event->bad_count; i++) {
        const struct flat_node *row = flat_at(value, (size_t)i);
        int64_t                 count, reason, op;
        if (!is_triple(row) || !number_of(flat_at(row, 0), 1, COUNT_MOST, &count) ||
            !number_of(flat_at(row, 1), 0, INT32_MAX, &reason) || !number_of(flat_at(row, 2), 0, INT32_MAX, &op))
            return TOOK_WRONG;
        event->bad[i] = (struct event_bad){(int32_t)count, (int32_t)reason, (int32_t)op};
    }
    return TOOK;
}

static void bad_put(const struct field *field, const struct event *event, struct buf *out)
{
    if (event->bad_count == 0) return;
    json_key(out, field->key);
    buf_char(out, '[');
    for (int i = 0; i < event->bad_count; i++)
        triple_add(event->bad[i].count, event->bad[i].reason, event->bad[i].op, out);
    buf_char(out, ']');
}

/* ---- The table */

/* clang-format off */
#define AT(name) offsetof(struct event, name)
#define TEXT(key, name) {key, text_take, text_put, AT(name), 0, 0, sizeof(((struct event *)0)->name) - 1}
#define INT32(key, name, most) {key, int32_take, int32_put, AT(name), 0, 0, most}
#define INT64(key, name, least, most) {key, int64_take, int64_put, AT(name), 0, least, most}
#define BOOL(key, name) {key, bool_take, bool_put, AT(name), 0, 0, 0}
#define ID(key, name, always) {key, id_take, id_put, AT(name), 0, always, 0}
#define HASH(key, name, flag, always) {key, hash_take, hash_put, AT(name), flag, always, 0}
#define OWN(key, name, at) {key, name##_take, name##_put, at, 0, 0, 0}
/* clang-format on */

/* In canonical order, that of docs/protocol.md. */
const struct field EVENT_FIELDS[] = {
    {"v", int32_take, int32_put, AT(v), 0, 1, INT32_MAX},
    ID("kiosk", kiosk, 1),
    OWN("epoch", epoch, AT(epoch)),
    INT64("seq", seq, 1, SEQ_MOST),
    HASH("prev", prev, 0, 1),
    OWN("seen", seen, AT(seen)),
    OWN("kind", kind, AT(kind)),
    TEXT("station", station),
    OWN("codes", codes, AT(codes)),
    OWN("how", how, AT(how)),
    OWN("workers", workers, AT(workers)),
    TEXT("crew", crew),
    OWN("sheet", sheet, AT(sheet)),
    INT32("rev", sheet.rev, REV_MOST),
    INT32("copy", sheet.copy, COPY_MOST),
    INT32("op", op, INT32_MAX),
    INT32("count", count, COUNT_MOST),
    OWN("pieces", pieces, AT(pieces)),
    OWN("bad", bad, AT(bad)),
    BOOL("rework", rework),
    BOOL("before_stop", before_stop),
    OWN("tone", tone, AT(tone)),
    OWN("day", day, AT(shift_day)),
    TEXT("shift", shift),
    INT64("wall", wall_ms, -TIME_MOST_MS, TIME_MOST_MS),
    INT64("offset", offset_ms, -TIME_MOST_MS, TIME_MOST_MS),
    BOOL("doubt", doubtful),
    INT64("mono", mono_ms, 0, TIME_MOST_MS),
    ID("boot", boot, 0),
    TEXT("program", program),
    HASH("refers", refers, AT(has_refers), 0),
    HASH("replaces", replaces, AT(has_replaces), 0),
    INT32("by", by, INT32_MAX),
    INT32("second", second, INT32_MAX),
    TEXT("why", why),
    TEXT("note", note),
    INT64("place", place, 0, PLACE_MOST),
    TEXT("act", act),
    TEXT("users", users),
    INT64("to", gap_to, 0, SEQ_MOST),
    HASH("next", gap_next, 0, 0),
};

static_assert(sizeof EVENT_FIELDS / sizeof EVENT_FIELDS[0] == EVENT_FIELD_COUNT, "the header says how many");
