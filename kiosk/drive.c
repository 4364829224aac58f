/* drive.c - a kiosk without hands: kiosk/drive.h. */
#include "kiosk/drive.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/chain.h"
#include "core/json.h"
#include "core/text.h"
#include "kiosk/scan/hid_keyboard.h"
#include "kiosk/screen/sound.h"

enum { LINE_MOST = 1 << 16, SETTLE_MOST_MS = 120000, QUIET_MS = 500, SYNC_MOST_MS = 3600000, READ_BYTES = 4096 };

struct drive {
    struct station        *station;
    struct clock           world;
    int                    wake_fd;
    volatile sig_atomic_t *is_over;
    bool                   is_quit;
    struct buf             input;
    struct buf             answer;
};

/* ---- Waiting */

/* Until there is news, stdin has something (where it is asked for) or the station wants a step. */
static void drive_wait(struct drive *drive, int wait_ms, bool with_stdin)
{
    struct pollfd fds[2] = {
        {.fd = drive->wake_fd, .events = POLLIN},
        {.fd = STDIN_FILENO,   .events = POLLIN}
    };
    int      station_ms = station_wait_ms(drive->station);
    uint64_t count;
    if (station_ms < wait_ms) wait_ms = station_ms;
    if (poll(fds, with_stdin ? 2 : 1, wait_ms) > 0 && (fds[0].revents & POLLIN) != 0 &&
        read(drive->wake_fd, &count, sizeof count) < 0)
        return; /* somebody was faster */
    station_step(drive->station);
}

static void drive_settle(struct drive *drive)
{
    int64_t end_ms = clock_mono_ms(&drive->world) + SETTLE_MOST_MS;
    station_step(drive->station);
    while (!station_is_settled(drive->station) && !*drive->is_over && clock_mono_ms(&drive->world) < end_ms)
        drive_wait(drive, SETTLE_MOST_MS, false);
    station_draw(drive->station);
    station_catch_up(drive->station);
}

/* ---- The answer */

static void put_text(struct buf *out, const char *key, const char *text)
{
    json_key(out, key);
    json_cstr(out, text);
}

static void put_int(struct buf *out, const char *key, int64_t number)
{
    json_key(out, key);
    buf_int(out, number);
}

static void put_bool(struct buf *out, const char *key, bool is_true)
{
    json_key(out, key);
    buf_str(out, is_true ? "true" : "false");
}

static void put_carriers(struct buf *out, const struct flow *flow)
{
    json_key(out, "carriers");
    buf_char(out, '[');
    for (int i = 0; i < flow->crew_count && !flow->is_lent; i++) {
        char badge[24];
        json_sep(out);
        buf_char(out, '{');
        put_int(out, "worker", flow->crew[i].number);
        snprintf(badge, sizeof badge, "%015lld", (long long)flow->crew[i].badge);
        put_text(out, "badge", badge);
        put_text(out, "name", flow->crew[i].name);
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

static void put_scene(struct buf *out, const struct scene *scene)
{
    json_key(out, "texts");
    buf_char(out, '[');
    for (int i = 0; i < scene->item_count; i++) {
        if (scene->items[i].kind != ITEM_TEXT) continue;
        json_sep(out);
        json_cstr(out, scene->items[i].text);
    }
    buf_char(out, ']');
    json_key(out, "buttons");
    buf_char(out, '[');
    for (int i = 0; i < scene->button_count; i++) {
        const struct button *button = &scene->buttons[i];
        struct rect          rect = button->rect;
        float                u = scene->layout.u;
        json_sep(out);
        buf_char(out, '{');
        put_text(out, "id", button->id);
        json_key(out, "rect");
        buf_fmt(out, "[%d,%d,%d,%d]", (int)(rect.x * u), (int)(rect.y * u), (int)(rect.w * u), (int)(rect.h * u));
        put_bool(out, "enabled", button->is_enabled);
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

static void put_last(struct buf *out, const struct station_last *last)
{
    char epoch[EPOCH_TEXT], name[HASH_TEXT];
    if (!last->has_event) return;
    epoch_write(last->epoch, epoch);
    hash_write(&last->name, name);
    json_key(out, "last");
    buf_char(out, '{');
    put_text(out, "epoch", epoch);
    put_int(out, "seq", last->seq);
    put_text(out, "kind", event_kind_word(last->kind));
    put_text(out, "name", name);
    buf_char(out, '}');
}

static void put_money(struct buf *out, const struct flow *flow)
{
    if (flow->screen != SCREEN_WORKER || !flow->has_pay) return;
    json_key(out, "money");
    buf_char(out, '{');
    put_int(out, "today_fen", flow->pay.today_fen);
    put_int(out, "total_fen", flow->pay.total_fen);
    put_int(out, "held", flow->pay.held);
    buf_char(out, '}');
}

static void put_flow(struct buf *out, const struct flow *flow)
{
    static const char *const SCREENS_SAID[] = {
        "idle",    "worker", "pin",      "sheet",   "operation", "count",   "saving", "saved", "question",
        "refused", "setup",  "clean",    "crew",    "check",     "number",  "super",  "spare", "people",
        "paper",   "pick",   "quantity", "entries", "mend",      "stopped", "kept",   "order", "board",
        "asked",   "note",   "left",     "goods",   "doors",     "moved"};
    _Static_assert(sizeof SCREENS_SAID / sizeof *SCREENS_SAID == SCREENS, "each screen has a name here");
    static const char *const TONES[] = {"none", "green", "amber", "red", "grey"};
    static const char *const QUESTIONS[] = {"none", "again", "join"};
    static const char *const PAGES[SETUP_PAGES] = {"menu",  "station", "scanners", "queue", "diagnosis",
                                                   "sound", "screen",  "sign_out", "touch", "end"};
    put_text(out, "screen", SCREENS_SAID[flow->screen]);
    if (flow->screen == SCREEN_QUESTION) put_text(out, "question", QUESTIONS[flow->question]);
    if (flow->screen == SCREEN_SETUP) put_text(out, "page", flow->setup.is_open ? PAGES[flow->setup.page] : "shut");
    if (flow->is_resting) put_bool(out, "resting", true);
    put_text(out, "lang", lang_code(flow->lang));
    put_text(out, "tone", TONES[flow->tone]);
    put_text(out, "say", flow->say.id);
}

static void put_state(struct drive *drive)
{
    struct buf        *out = &drive->answer;
    const struct flow *flow = station_flow(drive->station);
    put_flow(out, flow);
    put_text(out, "sound", sound_word(station_sound(drive->station)));
    put_carriers(out, flow);
    put_scene(out, station_scene(drive->station));
    put_text(out, "station", flow->state.station);
    put_bool(out, "online", flow->state.is_online);
    put_bool(out, "current", flow->state.is_current);
    put_int(out, "waiting", flow->state.waiting);
    put_int(out, "sent", station_sent(drive->station));
    put_last(out, station_last(drive->station));
    put_money(out, flow);
}

static void put_error(struct drive *drive, const struct say *say)
{
    char text[512];
    put_text(&drive->answer, "error", text_say(station_flow(drive->station)->lang, say, text, sizeof text));
}

/* ---- Commands: each does something, or says what is wrong; the answer follows. To add one: a row below. */

static bool fail(struct drive *drive, struct say say)
{
    put_error(drive, &say);
    return false;
}

static bool command_scan(struct drive *drive, const char *text)
{
    station_scan(drive->station, text, strlen(text));
    return true;
}

/* One byte of two hexadecimal digits, which the caller has looked at. */
static uint8_t hex_byte(const char digits[2])
{
    char text[3] = {digits[0], digits[1], '\0'};
    return (uint8_t)strtoul(text, NULL, 16);
}

static bool command_hid(struct drive *drive, const char *text)
{
    const size_t report_digits = sizeof(uint8_t[HID_REPORT_BYTES]) * 2;
    uint8_t      report[HID_REPORT_BYTES];
    size_t       digits = strlen(text);
    if (digits == 0 || digits % report_digits != 0 || strspn(text, "0123456789abcdefABCDEF") != digits)
        return fail(drive, SAY("drive.hid"));
    for (size_t i = 0; i < digits; i += report_digits) {
        for (size_t k = 0; k < sizeof report; k++) report[k] = hex_byte(text + i + 2 * k);
        station_report(drive->station, report, sizeof report);
    }
    return true;
}

static bool command_tap(struct drive *drive, const char *id)
{
    return station_tap(drive->station, id) || fail(drive, say_text(SAY("drive.button"), id));
}

static bool number_read(const char *text, int64_t most, int64_t *number)
{
    char *end;
    errno = 0;
    *number = strtoll(text, &end, 10);
    return errno == 0 && end != text && *end == '\0' && *number >= 0 && *number <= most;
}

static bool command_touch(struct drive *drive, const char *text)
{
    char        word[16];
    const char *comma = strchr(text, ',');
    int64_t     x, y;
    if (comma == NULL || (size_t)(comma - text) >= sizeof word) return fail(drive, SAY("drive.touch"));
    memcpy(word, text, (size_t)(comma - text));
    word[comma - text] = '\0';
    if (!number_read(word, INT16_MAX, &x) || !number_read(comma + 1, INT16_MAX, &y))
        return fail(drive, SAY("drive.touch"));
    station_touch(drive->station, (float)x, (float)y);
    station_release(drive->station, (float)x, (float)y);
    return true;
}

static bool command_pass(struct drive *drive, const char *text)
{
    int64_t ms;
    if (!number_read(text, INT32_MAX, &ms)) return fail(drive, say_text(SAY("drive.number"), text));
    station_pass(drive->station, ms);
    return true;
}

static bool command_shot(struct drive *drive, const char *path)
{
    struct err err;
    if (path[0] == '\0') return fail(drive, SAY("drive.file"));
    return station_shot(drive->station, path, &err) || fail(drive, err.say);
}

static bool command_state(struct drive *drive, const char *text)
{
    (void)drive;
    (void)text;
    return true;
}

/* Quiet for a while too: what the server made of the newest events comes a moment after it has them. */
static bool is_synced(const struct drive *drive)
{
    const struct found_state *state = &station_flow(drive->station)->state;
    return state->waiting == 0 && state->is_current &&
           clock_mono_ms(&drive->world) - station_learnt_ms(drive->station) >= QUIET_MS;
}

static bool command_sync(struct drive *drive, const char *text)
{
    int64_t ms;
    if (!number_read(text, SYNC_MOST_MS, &ms)) return fail(drive, say_text(SAY("drive.number"), text));
    int64_t end_ms = clock_mono_ms(&drive->world) + ms, begin_ms = end_ms - ms;
    for (;;) {
        int64_t now_ms = clock_mono_ms(&drive->world);
        bool    is_quiet = now_ms - begin_ms >= QUIET_MS || ms < QUIET_MS;
        if ((is_quiet && is_synced(drive)) || now_ms >= end_ms || *drive->is_over) break;
        drive_wait(drive, QUIET_MS / 4, false);
    }
    put_bool(&drive->answer, "reached", is_synced(drive));
    return true;
}

static bool command_quit(struct drive *drive, const char *text)
{
    (void)text;
    drive->is_quit = true;
    return true;
}

static const struct command {
    const char *word;
    bool (*run)(struct drive *drive, const char *text);
} COMMANDS[] = {
    {"scan",  command_scan },
    {"hid",   command_hid  },
    {"tap",   command_tap  },
    {"touch", command_touch},
    {"pass",  command_pass },
    {"shot",  command_shot },
    {"state", command_state},
    {"sync",  command_sync },
    {"quit",  command_quit },
};

static bool command_run(struct drive *drive, const char *line)
{
    size_t len = strcspn(line, " ");
    for (size_t i = 0; i < sizeof COMMANDS / sizeof COMMANDS[0]; i++) {
        if (strlen(COMMANDS[i].word) != len || strncmp(COMMANDS[i].word, line, len) != 0) continue;
        return COMMANDS[i].run(drive, line[len] == ' ' ? line + len + 1 : line + len);
    }
    return fail(drive, say_text(SAY("drive.unknown"), line));
}

static void line_do(struct drive *drive, char *line)
{
    size_t len = strlen(line);
    if (len > 0 && line[len - 1] == '\r') line[len - 1] = '\0';
    buf_clear(&drive->answer);
    buf_char(&drive->answer, '{');
    if (command_run(drive, line)) {
        drive_settle(drive);
        put_state(drive);
    }
    buf_str(&drive->answer, "}\n");
    fwrite(drive->answer.bytes, 1, drive->answer.len, stdout);
    fflush(stdout);
}

static bool drive_is_over(const struct drive *drive)
{
    return station_is_over(drive->station) || station_ending(drive->station) != ENDING_NONE;
}

/* Whole lines of what was read; a line that never ends is given up where it gets too long. */
static void lines_do(struct drive *drive)
{
    char *end;
    while (!drive->is_quit && !drive_is_over(drive) && drive->input.len > 0 &&
           (end = memchr(drive->input.bytes, '\n', drive->input.len)) != NULL) {
        size_t used = (size_t)(end - drive->input.bytes) + 1;
        *end = '\0';
        line_do(drive, drive->input.bytes);
        memmove(drive->input.bytes, drive->input.bytes + used, drive->input.len - used);
        drive->input.len -= used;
    }
    if (drive->input.len > LINE_MOST) buf_clear(&drive->input);
}

/* False at the end of stdin. */
static bool stdin_read(struct drive *drive)
{
    struct pollfd fd = {.fd = STDIN_FILENO, .events = POLLIN};
    if (poll(&fd, 1, 0) <= 0) return true;
    ssize_t len = read(STDIN_FILENO, buf_room(&drive->input, READ_BYTES), READ_BYTES);
    if (len > 0) drive->input.len += (size_t)len;
    return len > 0 || (len < 0 && errno == EINTR);
}

void drive_run(struct station *station, int wake_fd, volatile sig_atomic_t *is_over)
{
    struct drive drive = {.station = station, .wake_fd = wake_fd, .is_over = is_over};
    clock_start_real(&drive.world);
    drive_settle(&drive);
    while (!drive.is_quit && !*is_over && !drive_is_over(&drive) && stdin_read(&drive)) {
        lines_do(&drive);
        if (drive.is_quit || *is_over || drive_is_over(&drive)) break;
        drive_wait(&drive, SETTLE_MOST_MS, true);
        station_draw(station);
        station_catch_up(station);
    }
    buf_free(&drive.input);
    buf_free(&drive.answer);
}
