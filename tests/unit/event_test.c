/* event_test.c - an event's bytes are those of docs/protocol.md; what was written is read back; what can't be is refused
 * with its sentence.
 * links: core */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/event.h"
#include "core/json.h"
#include "core/text.h"
#include "tests/unit/rows.h"

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
#define HEAD "{\"v\":1,\"kiosk\":\"00000000000000ff\",\"epoch\":\"3-0000000000000001\",\"seq\":7,\"prev\":\"" ZEROS "\""
#define NOTE HEAD ",\"kind\":\"note\""

static struct event event_least(void)
{
    return (struct event){
        .v = 1, .kiosk = 0xFF, .epoch = {3, 1},
                .seq = 7, .kind = EVENT_NOTE
    };
}

static struct hash hash_full(uint8_t byte)
{
    struct hash hash;
    memset(hash.bytes, byte, sizeof hash.bytes);
    return hash;
}

/* Every field holds something. */
static struct event event_full(void)
{
    return (struct event){
        .v = 1,
        .kiosk = UINT64_C(0x9f3a2b4c5d6e7f80),
        .epoch = {3, UINT64_C(0x0123456789abcdef)},
        .seq = 4711,
        .prev = hash_full(0x11),
        .seen = {{2, 1}, 0xAB, 9000000000},
        .kind = EVENT_GAP,
        .station = "press-1",
        .code_count = 2,
        .codes = {"126030001010100156", "300000000000004277"},
        .how = HOW_TYPED,
        .worker_count = 2,
        .workers = {{42, 17, 1}, {0, 0, 1000}},
        .crew = "frames",
        .has_sheet = true,
        .sheet = {{2603, 1, 1}, 2, 3},
        .op = 30,
        .count = 12,
        .piece_count = 2,
        .pieces = {1, 999},
        .bad_count = 1,
        .bad = {{2, 5, 10}},
        .rework = true,
        .before_stop = true,
        .tone = TONE_AMBER,
        .shift_day = 20781,
        .shift = "night",
        .wall_ms = 1795500000123,
        .offset_ms = -250,
        .doubtful = true,
        .mono_ms = 60000,
        .boot = 0xB007,
        .program = "baogong-kiosk 0.1.0",
        .has_refers = true,
        .refers = hash_full(0x22),
        .has_replaces = true,
        .replaces = hash_full(0x33),
        .by = 4,
        .second = 6,
        .why = "forgot",
        .note = "门\n\"1\"",
        .place = 12,
        .act = "a-1",
        .users = "li,wang",
        .gap_to = 4720,
        .gap_next = hash_full(0x44)
    };
}

#define HASH_11 "1111111111111111111111111111111111111111111111111111111111111111"
#define HASH_22 "2222222222222222222222222222222222222222222222222222222222222222"
#define HASH_33 "3333333333333333333333333333333333333333333333333333333333333333"
#define HASH_44 "4444444444444444444444444444444444444444444444444444444444444444"

static const char FULL_LINE[] =
    "{\"v\":1,\"kiosk\":\"9f3a2b4c5d6e7f80\",\"epoch\":\"3-0123456789abcdef\",\"seq\":4711,\"prev\":\"" HASH_11 "\","
    "\"seen\":[\"2-0000000000000001\",\"00000000000000ab\",9000000000],\"kind\":\"gap\",\"station\":\"press-1\","
    "\"codes\":[\"126030001010100156\",\"300000000000004277\"],\"how\":\"typed\",\"workers\":[[17,42,1],[0,0,1000]],"
    "\"crew\":\"frames\",\"sheet\":\"2603-0001-01\",\"rev\":2,\"copy\":3,\"op\":30,\"count\":12,\"pieces\":[1,999],"
    "\"bad\":[[2,5,10]],\"rework\":true,\"before_stop\":true,\"tone\":\"amber\",\"day\":\"2026-11-24\","
    "\"shift\":\"night\",\"wall\":1795500000123,\"offset\":-250,\"doubt\":true,\"mono\":60000,"
    "\"boot\":\"000000000000b007\",\"program\":\"baogong-kiosk 0.1.0\",\"refers\":\"" HASH_22
    "\",\"replaces\":\"" HASH_33 "\",\"by\":4,\"second\":6,\"why\":\"forgot\",\"note\":\"门\\n\\\"1\\\"\",\"place\":12,"
    "\"act\":\"a-1\",\"users\":\"li,wang\","
    "\"to\":4720,\"next\":\"" HASH_44 "\"}";

static void write_or_fail(const struct event *event, struct buf *out)
{
    struct err err;
    if (!event_write(event, out, &err)) fail_msg("%s", err.say.id);
}

static void read_or_fail(const char *line, struct event *event)
{
    struct err err;
    char       words[400];
    if (!event_read(line, strlen(line), event, &err))
        fail_msg("%s: %s", text_say(LANG_EN, &err.say, words, sizeof words), line);
}

/* ---- The bytes */

static void least_is_as_described(void **state)
{
    struct event event = event_least();
    struct buf   out = {0};
    (void)state;
    write_or_fail(&event, &out);
    assert_string_equal(buf_text(&out), NOTE "}");
    buf_free(&out);
}

static void full_is_as_described(void **state)
{
    struct event event = event_full(), read;
    struct buf   out = {0}, again = {0};
    (void)state;
    write_or_fail(&event, &out);
    assert_string_equal(buf_text(&out), FULL_LINE);
    read_or_fail(FULL_LINE, &read);
    assert_false(read.has_unknown);
    assert_int_equal(event_bad_total(&read), 2);
    assert_int_equal(read.workers[0].badge, 42);
    write_or_fail(&read, &again);
    assert_string_equal(buf_text(&again), FULL_LINE);
    buf_free(&out);
    buf_free(&again);
}

/* The page's table of fields: the names between backquotes in the first column, one after the other. */
static void page_keys(struct buf *keys)
{
    char  path[4096], line[4096];
    bool  is_in = false;
    FILE *page;
    snprintf(path, sizeof path, "%s/docs/protocol.md", getenv("ROOT") != NULL ? getenv("ROOT") : ".");
    page = fopen(path, "r");
    if (page == NULL) fail_msg("%s can't be read", path);
    while (fgets(line, sizeof line, page) != NULL) {
        if (strncmp(line, "## ", 3) == 0) is_in = strncmp(line, "## The event", 12) == 0;
        if (!is_in || strncmp(line, "| `", 3) != 0) continue;
        *strchr(line + 2, '|') = 0;
        for (char *from = strchr(line, '`'); from != NULL; from = strchr(from, '`')) {
            char *to = strchr(++from, '`');
            buf_add(keys, from, (size_t)(to - from));
            buf_char(keys, ' ');
            from = to + 1;
        }
    }
    fclose(page);
}

static void page_has_the_same_fields(void **state)
{
    struct err         err;
    struct buf         page = {0}, ours = {0};
    struct json       *whole = json_read(FULL_LINE, strlen(FULL_LINE), &err);
    void              *iter = NULL;
    const char        *key;
    const struct json *value;
    (void)state;
    while (json_next(whole, &iter, &key, &value)) buf_fmt(&ours, "%s ", key);
    page_keys(&page);
    assert_string_equal(buf_text(&page), buf_text(&ours));
    json_free(whole);
    buf_free(&page);
    buf_free(&ours);
}

/* What tests/kiosk/kiosk.py made, which knows that page alone. */
static const char FOREIGN[] =
    "{\"v\":1,\"kiosk\":\"5b04c0a731c03975\",\"epoch\":\"1-c6ce51054ffdb2ca\",\"seq\":1,\"prev\":"
    "\"4b2ca31713ee35f296236e46fe819e94123bc0231412bd1b23d85e11d407c2b4\",\"seen\":[\"2-0000000000000001\","
    "\"00000000000000ab\",9],\"kind\":\"report\",\"station\":\"press-1\",\"codes\":[\"126030001010200398\","
    "\"300000000000004252\",\"300000000000004349\"],\"workers\":[[17,42,1],[0,43,1]],\"sheet\":\"2603-0001-01\","
    "\"rev\":2,\"copy\":3,\"op\":10,\"count\":12,\"tone\":\"amber\",\"day\":\"2026-11-25\","
    "\"wall\":1795600866022,\"offset\":-250,\"doubt\":true,\"mono\":1993043,\"boot\":\"eb8486a6aa1841b8\","
    "\"program\":\"kiosk.py 1\"}";

static void foreign_kiosk_is_read(void **state)
{
    struct event event;
    struct buf   out = {0};
    struct code  code;
    struct err   err;
    char         name[HASH_TEXT];
    (void)state;
    read_or_fail(FOREIGN, &event);
    assert_false(event.has_unknown);
    assert_int_equal(event.kind, EVENT_REPORT);
    assert_int_equal(event.workers[0].number, 17);
    assert_true(code_read(event.codes[0], CODE_DIGITS, &code, &err));
    assert_memory_equal(&code.sheet, &event.sheet, sizeof code.sheet);
    struct hash first = chain_first(event.kiosk, event.epoch), hash = event_name(FOREIGN, strlen(FOREIGN));
    assert_true(hash_equal(&first, &event.prev));
    hash_write(&hash, name);
    assert_string_equal(name, "f8812a8bba3a2b2d74d597c659172059e0b87f1dcd243d553969cade1bdb1db9");
    write_or_fail(&event, &out);
    assert_string_equal(buf_text(&out), FOREIGN);
    buf_free(&out);
}

static void every_kind_has_a_word(void **state)
{
    (void)state;
    for (int kind = EVENT_REPORT; kind < EVENT_KINDS; kind++)
        assert_int_equal(event_kind_of(event_kind_word((enum event_kind)kind)), kind);
    assert_int_equal(event_kind_of(""), EVENT_UNKNOWN);
    assert_int_equal(event_kind_of("unknown"), EVENT_UNKNOWN);
    assert_int_equal(event_kind_of("Report"), EVENT_UNKNOWN);
}

static void too_long_leaves_the_buffer_alone(void **state)
{
    struct event event = event_least();
    struct buf   out = {0};
    struct err   err;
    char         words[400];
    (void)state;
    memset(event.note, 1, sizeof event.note - 1); /* six bytes each in JSON */
    memset(event.why, 1, sizeof event.why - 1);
    memset(event.users, 1, sizeof event.users - 1);
    buf_str(&out, "before");
    assert_false(event_write(&event, &out, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_string_equal(text_say(LANG_EN, &err.say, words, sizeof words),
                        "The event has 4971 bytes; 4096 is the most. Shorten its notes.");
    assert_string_equal(buf_text(&out), "before");
    buf_free(&out);
}

static void broken_text_is_mended(void **state)
{
    struct event event = event_least(), read;
    struct buf   out = {0};
    (void)state;
    memset(event.note, 0xFF, sizeof event.note - 1); /* each would take three bytes */
    snprintf(event.station, sizeof event.station, "a\xC3(");
    write_or_fail(&event, &out);
    read_or_fail(buf_text(&out), &read);
    assert_string_equal(read.station, "a\xEF\xBF\xBD(");
    assert_int_equal(strlen(read.note), 399);
    buf_free(&out);
}

/* ---- Refused, and why */

struct bad_row {
    const char *name, *line, *sentence;
};

#define FIELD(key)           \
    "The event's field " key \
    " has another type than the protocol says, or is out of range. Check the program that sent it."
#define FIRST "The event doesn't begin with v, kiosk, epoch, seq, prev, in that order. Check the program that sent it."
#define NO_OBJECT "This line is no event: it isn't a JSON object. Check the program that sent it."
#define WITH(rest) NOTE "," rest "}"

/* clang-format off */
static const struct bad_row BAD[] = {
    {"no JSON",          "scan",            "The data isn't whole JSON (byte 4). Check the program that sent it."},
    {"a list",           "[1]",             NO_OBJECT},
    {"a text",           "\"v\"",           NO_OBJECT},
    {"nothing in it",    "{}",              FIRST},
    {"only v",           "{\"v\":1}",       FIRST},
    {"kind first",       "{\"kind\":\"note\",\"v\":1}", FIRST},
    {"kiosk before v",   "{\"kiosk\":\"00000000000000ff\",\"v\":1}", FIRST},
    {"v of text",        "{\"v\":\"1\"}",   FIELD("v")},
    {"v of 0",           "{\"v\":0}",       FIELD("v")},
    {"short kiosk",      "{\"v\":1,\"kiosk\":\"ff\"}", FIELD("kiosk")},
    {"capital kiosk",    "{\"v\":1,\"kiosk\":\"00000000000000FF\"}", FIELD("kiosk")},
    {"no epoch",         "{\"v\":1,\"kiosk\":\"00000000000000ff\",\"epoch\":\"-\"}", FIELD("epoch")},
    {"bad first field of a later version", "{\"v\":2,\"kiosk\":5}", FIELD("kiosk")},
    {"seq 0",            "{\"v\":1,\"kiosk\":\"00000000000000ff\",\"epoch\":\"3-0000000000000001\",\"seq\":0}",
     FIELD("seq")},
    {"prev of 63 digits",
     "{\"v\":1,\"kiosk\":\"00000000000000ff\",\"epoch\":\"3-0000000000000001\",\"seq\":1,\"prev\":"
     "\"000000000000000000000000000000000000000000000000000000000000000\"}", FIELD("prev")},
    {"no kind",          HEAD "}",
     "The event doesn't say of what kind it is. Check the program that sent it."},
    {"kind of number",   HEAD ",\"kind\":1}", FIELD("kind")},
    {"kind of null",     HEAD ",\"kind\":null}", FIELD("kind")},
    {"kind twice",       WITH("\"kind\":\"note\""),
     "A field was given twice, so it isn't known which one counts. Give it once."},
    {"seen of two",      WITH("\"seen\":[\"-\",\"0000000000000000\"]"), FIELD("seen")},
    {"seen below 0",     WITH("\"seen\":[\"-\",\"0000000000000000\",-1]"), FIELD("seen")},
    {"station of 24 bytes", WITH("\"station\":\"123456789012345678901234\""), FIELD("station")},
    {"station of number", WITH("\"station\":1"), FIELD("station")},
    {"nine codes",       WITH("\"codes\":[\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"]"), FIELD("codes")},
    {"code of 19",       WITH("\"codes\":[\"1234567890123456789\"]"), FIELD("codes")},
    {"code of number",   WITH("\"codes\":[126030001010100156]"), FIELD("codes")},
    {"codes of text",    WITH("\"codes\":\"126030001010100156\""), FIELD("codes")},
    {"how of number",    WITH("\"how\":0"), FIELD("how")},
    {"worker of two",    WITH("\"workers\":[[1,2]]"), FIELD("workers")},
    {"share 0",          WITH("\"workers\":[[1,2,0]]"), FIELD("workers")},
    {"share 1001",       WITH("\"workers\":[[1,2,1001]]"), FIELD("workers")},
    {"badge of 16 digits", WITH("\"workers\":[[1,1000000000000000,1]]"), FIELD("workers")},
    {"worker below 0",   WITH("\"workers\":[[-1,2,1]]"), FIELD("workers")},
    {"17 workers",
     WITH("\"workers\":[[1,0,1],[1,0,1],[1,0,1],[1,0,1],[1,0,1],[1,0,1],[1,0,1],[1,0,1],[1,0,1],[1,0,1],[1,0,1],[1,0,1],"
     "[1,0,1],[1,0,1],[1,0,1],[1,0,1],[1,0,1]]"), FIELD("workers")},
    {"sheet of an order", WITH("\"sheet\":\"2603-0001\""), FIELD("sheet")},
    {"month 13",         WITH("\"sheet\":\"2613-0001-01\""), FIELD("sheet")},
    {"rev 100",          WITH("\"rev\":100"), FIELD("rev")},
    {"copy below 0",     WITH("\"copy\":-1"), FIELD("copy")},
    {"op of text",       WITH("\"op\":\"10\""), FIELD("op")},
    {"op beyond 32 bits", WITH("\"op\":4294967306"), FIELD("op")},
    {"count below 0",    WITH("\"count\":-1"), FIELD("count")},
    {"count of a million and one", WITH("\"count\":1000001"), FIELD("count")},
    {"count of a fraction", WITH("\"count\":1.5"),
     "Only whole numbers are taken; byte 168 begins a fraction. Send money in fen, work in pieces."},
    {"count beyond 64 bits", WITH("\"count\":9223372036854775808"),
     "A number is too large. Check the program that sent it."},
    {"piece 0",          WITH("\"pieces\":[0]"), FIELD("pieces")},
    {"piece 1000",       WITH("\"pieces\":[1000]"), FIELD("pieces")},
    {"bad of 0",         WITH("\"count\":5,\"bad\":[[0,1,0]]"), FIELD("bad")},
    {"bad of two",       WITH("\"count\":5,\"bad\":[[1,1]]"), FIELD("bad")},
    {"more bad than all", WITH("\"bad\":[[3,1,0],[3,1,0]],\"count\":5"),
     "The event has more bad pieces than pieces. Check the program that sent it."},
    {"rework of number", WITH("\"rework\":1"), FIELD("rework")},
    {"tone of bool",     WITH("\"tone\":true"), FIELD("tone")},
    {"day that isn't",   WITH("\"day\":\"2026-02-29\""), FIELD("day")},
    {"day of number",    WITH("\"day\":20781"), FIELD("day")},
    {"wall after the year 9999", WITH("\"wall\":253402300800000"), FIELD("wall")},
    {"mono below 0",     WITH("\"mono\":-1"), FIELD("mono")},
    {"boot of 15",       WITH("\"boot\":\"000000000000001\""), FIELD("boot")},
    {"refers of text",   WITH("\"refers\":\"x\""), FIELD("refers")},
    {"replaces of null", WITH("\"replaces\":null"), FIELD("replaces")},
    {"place of 16 digits", WITH("\"place\":1000000000000000"), FIELD("place")},
    {"note with NUL",    WITH("\"note\":\"\\u0000\""), "A text holds a NUL character. Leave it out and send again."},
    {"gap without end",  HEAD ",\"kind\":\"gap\"}", "The gap ends before it begins. Check the program that sent it."},
    {"gap that ends before", HEAD ",\"kind\":\"gap\",\"to\":6}",
     "The gap ends before it begins. Check the program that sent it."},
};
/* clang-format on */

static void bad_case(void **state)
{
    const struct bad_row *row = *state;
    struct event          event, before;
    struct err            err = {0};
    char                  words[400];
    memset(&event, 0x5A, sizeof event);
    memcpy(&before, &event, sizeof event);
    assert_false(event_read(row->line, strlen(row->line), &event, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_string_equal(text_say(LANG_EN, &err.say, words, sizeof words), row->sentence);
    assert_memory_equal(&event, &before, sizeof event);
}

static void too_long_is_refused(void **state)
{
    struct event event;
    struct err   err;
    struct buf   line = {0};
    char         words[400];
    (void)state;
    buf_str(&line, NOTE "}");
    while (line.len < EVENT_LINE_MAX) buf_char(&line, ' ');
    read_or_fail(buf_text(&line), &event);
    buf_char(&line, ' ');
    assert_false(event_read(line.bytes, line.len, &event, &err));
    assert_string_equal(text_say(LANG_EN, &err.say, words, sizeof words),
                        "The event has 4097 bytes; 4096 is the most. Shorten its notes.");
    buf_free(&line);
}

/* ---- Read, known or not */

struct good_row {
    const char *name, *line;
    bool        has_unknown;
    const char *again; /* what event_write() makes of it; NULL: not written, since it is unknown */
};

/* clang-format off */
static const struct good_row GOOD[] = {
    {"least",               NOTE "}",             false, NOTE "}"},
    {"another order",       HEAD ",\"count\":1,\"op\":10,\"kind\":\"note\"}", false, NOTE ",\"op\":10,\"count\":1}"},
    {"zeros are nothing",
     WITH("\"count\":0,\"rework\":false,\"note\":\"\",\"codes\":[],\"workers\":[],\"bad\":[],\"pieces\":[],\"how\":"
     "\"scanned\",\"tone\":\"none\",\"day\":\"1970-01-01\",\"seen\":[\"-\",\"0000000000000000\",0],\"place\":0"), false,
     NOTE "}"},
    {"blanks",
     "{ \"v\" : 1, \"kiosk\":\"00000000000000ff\", \"epoch\":\"3-0000000000000001\", \"seq\":7, \"prev\":\"" ZEROS
     "\", \"kind\":\"note\" }\r", false, NOTE "}"},
    {"day before 1970",     WITH("\"day\":\"1969-12-31\""), false, NOTE ",\"day\":\"1969-12-31\"}"},
    {"station of 23 bytes", WITH("\"station\":\"12345678901234567890123\""), false,
     NOTE ",\"station\":\"12345678901234567890123\"}"},
    {"escaped letters",     WITH("\"note\":\"\\u95e8\""), false, NOTE ",\"note\":\"门\"}"},
    {"unknown field",       WITH("\"weight\":5"), true,  NULL},
    {"unknown field of any type", WITH("\"x\":{\"y\":[null,true]}"), true,  NULL},
    {"unknown kind",        HEAD ",\"kind\":\"dance\"}", true,  NULL},
    {"kind unknown",        HEAD ",\"kind\":\"unknown\"}", true,  NULL},
    {"unknown how",         WITH("\"how\":\"thought\""), true,  NULL},
    {"unknown tone",        WITH("\"tone\":\"mauve\""), true,  NULL},
    {"later version",
     "{\"v\":2,\"kiosk\":\"00000000000000ff\",\"epoch\":\"3-0000000000000001\",\"seq\":7,\"prev\":\"" ZEROS "\"}", true,
     NULL},
    {"later version, other types",
     "{\"v\":2,\"kiosk\":\"00000000000000ff\",\"epoch\":\"3-0000000000000001\",\"seq\":7,\"prev\":\"" ZEROS
     "\",\"kind\":\"report\",\"count\":\"five\",\"workers\":{\"a\":1}}", true, NULL},
};
/* clang-format on */

static void good_case(void **state)
{
    const struct good_row *row = *state;
    struct event           event;
    struct buf             out = {0};
    read_or_fail(row->line, &event);
    assert_int_equal(event.has_unknown, row->has_unknown);
    assert_int_equal(event.seq, 7);
    if (row->again != NULL) {
        write_or_fail(&event, &out);
        assert_string_equal(buf_text(&out), row->again);
    }
    buf_free(&out);
}

/* ---- Properties, with random events of every kind */

static bool dice_yes(uint64_t *dice)
{
    return dice_between(dice, 0, 1) == 1;
}

static struct hash dice_hash(uint64_t *dice)
{
    struct hash hash;
    for (size_t i = 0; i < sizeof hash.bytes; i++) hash.bytes[i] = (uint8_t)dice_next(dice);
    return hash;
}

/* Text of at most cap - 1 bytes, of characters that need care; the whole may not grow beyond a line. */
static void dice_text(uint64_t *dice, char *text, size_t cap)
{
    static const char *const parts[] = {"a", "7",  " ", "\"",  "\\",   "\n",   "门",
                                        "ß", "🚪", "=", "<b>", "\x7f", "\xff", "أ"};
    size_t                   used = 0;
    for (int64_t n = dice_between(dice, 0, 30); n > 0; n--) {
        const char *part = parts[dice_between(dice, 0, sizeof parts / sizeof parts[0] - 1)];
        if (used + strlen(part) >= cap) break;
        memcpy(text + used, part, strlen(part));
        used += strlen(part);
    }
    text[used] = 0;
}

static void dice_lists(uint64_t *dice, struct event *event)
{
    event->code_count = (int)dice_between(dice, 0, EVENT_CODES_MAX);
    for (int i = 0; i < event->code_count; i++)
        snprintf(event->codes[i], sizeof event->codes[i], "%018" PRIu64,
                 dice_next(dice) % UINT64_C(1000000000000000000));
    event->worker_count = (int)dice_between(dice, 0, EVENT_WORKERS_MAX);
    for (int i = 0; i < event->worker_count; i++)
        event->workers[i] =
            (struct event_worker){dice_between(dice, 0, 999999999999999), (int32_t)dice_between(dice, 0, INT32_MAX),
                                  (int32_t)dice_between(dice, 1, 1000)};
    event->piece_count = (int)dice_between(dice, 0, EVENT_PIECES_MAX);
    for (int i = 0; i < event->piece_count; i++) event->pieces[i] = (int32_t)dice_between(dice, 1, 999);
    event->bad_count = event->count > EVENT_BAD_MAX ? (int)dice_between(dice, 0, EVENT_BAD_MAX) : 0;
    for (int i = 0; i < event->bad_count; i++)
        event->bad[i] =
            (struct event_bad){(int32_t)dice_between(dice, 1, event->count / EVENT_BAD_MAX),
                               (int32_t)dice_between(dice, 0, INT32_MAX), (int32_t)dice_between(dice, 0, 9999)};
}

static void dice_texts(uint64_t *dice, struct event *event)
{
    dice_text(dice, event->station, sizeof event->station);
    dice_text(dice, event->crew, sizeof event->crew);
    dice_text(dice, event->shift, sizeof event->shift);
    dice_text(dice, event->program, sizeof event->program);
    dice_text(dice, event->why, sizeof event->why);
    dice_text(dice, event->note, sizeof event->note);
    dice_text(dice, event->act, sizeof event->act);
    dice_text(dice, event->users, sizeof event->users);
}

static struct event dice_event(uint64_t *dice, enum event_kind kind)
{
    struct event event = {.v = 1, .kind = kind, .kiosk = dice_next(dice)};
    event.epoch = (struct epoch){(uint32_t)dice_between(dice, 1, UINT32_MAX), dice_next(dice)};
    event.seq = dice_between(dice, 1, INT64_C(1) << 50);
    event.prev = dice_hash(dice);
    if (dice_yes(dice))
        event.seen = (struct event_seen){
            {1, dice_next(dice)},
            dice_next(dice), dice_between(dice, 0, INT64_C(1) << 50)
        };
    event.how = (enum event_how)dice_between(dice, HOW_SCANNED, HOW_ACT);
    event.has_sheet = dice_yes(dice);
    if (event.has_sheet)
        event.sheet = (struct sheet_ref){
            {(int)dice_between(dice, 0, 99) * 100 + (int)dice_between(dice, 1, 12), (int)dice_between(dice, 1, 9999),
             (int)dice_between(dice, 1, 99)},
            (int)dice_between(dice, 0, 99),
            (int)dice_between(dice, 0, 999)
        };
    event.op = (int32_t)dice_between(dice, 0, 999);
    event.count = (int32_t)dice_between(dice, 0, 100);
    dice_lists(dice, &event);
    dice_texts(dice, &event);
    event.rework = dice_yes(dice);
    event.before_stop = dice_yes(dice);
    event.tone = (enum event_tone)dice_between(dice, TONE_NONE, TONE_GREY);
    event.shift_day = (int32_t)dice_between(dice, -1000, 100000);
    event.wall_ms = dice_between(dice, INT64_C(-253402300799999), INT64_C(253402300799999));
    event.offset_ms = dice_between(dice, -100000, 100000);
    event.doubtful = dice_yes(dice);
    event.mono_ms = dice_between(dice, 0, INT64_C(1) << 40);
    event.boot = dice_next(dice);
    event.has_refers = dice_yes(dice);
    if (event.has_refers) event.refers = dice_hash(dice);
    event.has_replaces = dice_yes(dice);
    if (event.has_replaces) event.replaces = dice_hash(dice);
    event.by = (int32_t)dice_between(dice, 0, INT32_MAX);
    event.second = (int32_t)dice_between(dice, 0, INT32_MAX);
    event.place = dice_between(dice, 0, 999999999999999);
    event.gap_to = event.seq + dice_between(dice, 0, 1000);
    if (dice_yes(dice)) event.gap_next = dice_hash(dice);
    return event;
}

static void write_read_write_is_write(void **state)
{
    uint64_t dice = 1;
    (void)state;
    for (int round = 0; round < 100; round++) {
        for (int kind = EVENT_REPORT; kind < EVENT_KINDS; kind++) {
            struct event event = dice_event(&dice, (enum event_kind)kind), read;
            struct buf   first = {0}, second = {0};
            write_or_fail(&event, &first);
            read_or_fail(buf_text(&first), &read);
            assert_false(read.has_unknown);
            write_or_fail(&read, &second);
            assert_string_equal(buf_text(&first), buf_text(&second));
            buf_free(&first);
            buf_free(&second);
        }
    }
}

/* The line again with everything behind the first five fields in another order. */
static void shuffled(const struct json *whole, uint64_t *dice, struct buf *out)
{
    const char        *keys[64], *key;
    const struct json *values[64], *value;
    void              *iter = NULL;
    int                count = 0;
    while (json_next(whole, &iter, &key, &value)) {
        keys[count] = key;
        values[count++] = value;
    }
    for (int i = count - 1; i > 5; i--) {
        int j = (int)dice_between(dice, 5, i);
        key = keys[i], keys[i] = keys[j], keys[j] = key;
        value = values[i], values[i] = values[j], values[j] = value;
    }
    buf_char(out, '{');
    for (int i = 0; i < count; i++) {
        json_key(out, keys[i]);
        json_write(values[i], out);
    }
    buf_char(out, '}');
}

static void order_of_fields_is_free(void **state)
{
    uint64_t dice = 2;
    (void)state;
    for (int round = 0; round < 200; round++) {
        struct event event = dice_event(&dice, (enum event_kind)dice_between(&dice, EVENT_REPORT, EVENT_GAP)), read;
        struct buf   first = {0}, other = {0}, again = {0};
        struct err   err;
        write_or_fail(&event, &first);
        struct json *whole = json_read(first.bytes, first.len, &err);
        shuffled(whole, &dice, &other);
        json_free(whole);
        read_or_fail(buf_text(&other), &read);
        write_or_fail(&read, &again);
        assert_string_equal(buf_text(&again), buf_text(&first));
        buf_free(&first);
        buf_free(&other);
        buf_free(&again);
    }
}

/* One byte more, less or other: read or refused in words, never anything else; the sanitizers look on. */
static void damage_is_read_or_refused(void **state)
{
    uint64_t dice = 3;
    int      refused = 0;
    (void)state;
    for (int round = 0; round < 3000; round++) {
        char         line[sizeof FULL_LINE];
        size_t       len = sizeof FULL_LINE - 1;
        struct event event;
        struct err   err = {0};
        memcpy(line, FULL_LINE, sizeof line);
        line[dice_between(&dice, 0, (int64_t)len - 1)] = (char)dice_next(&dice);
        if (dice_yes(&dice)) len = (size_t)dice_between(&dice, 0, (int64_t)len);
        if (event_read(line, len, &event, &err)) continue;
        assert_int_equal(err.kind, ERR_INPUT);
        assert_string_not_equal(text_of(LANG_EN, err.say.id), err.say.id);
        refused++;
    }
    assert_true(refused > 1500);
}

static void name_is_the_hash_of_the_line(void **state)
{
    struct hash name = event_name(FULL_LINE, sizeof FULL_LINE - 1), hash = hash_of(FULL_LINE, sizeof FULL_LINE - 1);
    (void)state;
    assert_true(hash_equal(&name, &hash));
}

int main(int argc, char **argv)
{
    static struct rows rows;
    rows_add(&rows, "least is as described", least_is_as_described, NULL);
    rows_add(&rows, "full is as described", full_is_as_described, NULL);
    rows_add(&rows, "page has the same fields", page_has_the_same_fields, NULL);
    rows_add(&rows, "foreign kiosk is read", foreign_kiosk_is_read, NULL);
    rows_add(&rows, "every kind has a word", every_kind_has_a_word, NULL);
    rows_add(&rows, "too long leaves the buffer alone", too_long_leaves_the_buffer_alone, NULL);
    rows_add(&rows, "broken text is mended", broken_text_is_mended, NULL);
    ROWS_ADD(&rows, bad_case, BAD);
    rows_add(&rows, "too long is refused", too_long_is_refused, NULL);
    ROWS_ADD(&rows, good_case, GOOD);
    rows_add(&rows, "write, read, write is write", write_read_write_is_write, NULL);
    rows_add(&rows, "order of fields is free", order_of_fields_is_free, NULL);
    rows_add(&rows, "damage is read or refused", damage_is_read_or_refused, NULL);
    rows_add(&rows, "name is the hash of the line", name_is_the_hash_of_the_line, NULL);
    return rows_run(&rows, argc, argv);
}
