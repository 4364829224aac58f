/* header.c - always on top: who carries the next entry, where this is, the state of the net and the scanner, the time. */
#include <stdio.h>
#include <string.h>

#include "core/utf8.h"
#include "kiosk/screen/view.h"

#define MINUTE_MS INT64_C(60000)
#define DAY_MS (1440 * MINUTE_MS)

enum { LONG_S = 600, NEVER_S = 3600 }; /* from here on minutes are told; nothing, that far off */

static const struct line CLOCK = {TYPE_M, TYPE_M, true, ALIGN_RIGHT, COLOUR_WHITE};
static const struct line DATE = {TYPE_XS, TYPE_XS, false, ALIGN_RIGHT, COLOUR_HEADER_NOTE};
static const struct line STATION = {TYPE_S, TYPE_XS, true, ALIGN_LEFT, COLOUR_WHITE};
static const struct line VERSION = {TYPE_XS, TYPE_XS, false, ALIGN_LEFT, COLOUR_AMBER};
static const struct line WORK = {TYPE_XS, TYPE_XS, false, ALIGN_LEFT, COLOUR_HEADER_NOTE};

/* ---- The key at its left edge */

/* Screens with their own only way out have none. */
static bool has_back(const struct flow *flow)
{
    switch (flow->screen) {
    case SCREEN_WORKER:
    case SCREEN_PIN:
    case SCREEN_SHEET:
    case SCREEN_OPERATION:
    case SCREEN_COUNT:
    case SCREEN_SETUP:
    case SCREEN_QUESTION:
    case SCREEN_CREW:
    case SCREEN_CHECK:
    case SCREEN_NUMBER:
    case SCREEN_ORDER:
    case SCREEN_BOARD:
    case SCREEN_ASKED:
    case SCREEN_NOTE:
    case SCREEN_LEFT:
    case SCREEN_GOODS:
    case SCREEN_DOORS:
    case SCREEN_SUPER:
    case SCREEN_SPARE:
    case SCREEN_PEOPLE:
    case SCREEN_PAPER:
    case SCREEN_PICK:
    case SCREEN_QUANTITY:
    case SCREEN_ENTRIES:
    case SCREEN_MEND: return true;
    case SCREEN_CLEAN:
    case SCREEN_IDLE:
    case SCREEN_SAVING:
    case SCREEN_SAVED:
    case SCREEN_REFUSED:
    case SCREEN_STOPPED:
    case SCREEN_KEPT:
    case SCREEN_MOVED:
    case SCREENS: break;
    }
    return false;
}

static float header_key(struct view *view)
{
    bool is_menu = view->flow->screen == SCREEN_IDLE;
    if (!is_menu && !has_back(view->flow)) return MARGIN_U;
    struct rect key = RECT(0, 0, 10, 10);
    const char *id = is_menu ? "menu" : "back";
    bool        is_pressed = view_is_pressed(view, id);
    view_box(view, key, is_pressed ? COLOUR_INK : COLOUR_KEY_BLUE);
    view_shape(view, rect_inset(key, 2.6f, 2.6f), is_menu ? SHAPE_MENU : SHAPE_BACK,
               is_pressed ? COLOUR_GROUND : COLOUR_WHITE);
    view_button(view, key, id, is_menu ? ACTION_SETUP : ACTION_BACK, 0);
    return 12;
}

/* ---- Who */

static void header_nobody(struct view *view, float x)
{
    struct rect plate = RECT(x, 1.2f, 24, 7.6f);
    view_plate(view, plate, COLOUR_AMBER, COLOUR_NONE, 0);
    view->ground = COLOUR_AMBER;
    view_shape(view, RECT(x + 1.2f, 2.3f, 5.4f, 5.4f), SHAPE_NOBODY, COLOUR_BLACK);
    view_line(view, RECT(x + 7.8f, 1.5f, 15.8f, 4.2f), view_text(view, "screen.nobody"),
              &(struct line){TYPE_M, TYPE_S, true, ALIGN_LEFT, COLOUR_BLACK});
    view_line(view, RECT(x + 7.8f, 5.6f, 15.8f, 2.8f), view_text(view, "screen.nobody_line"),
              &(struct line){TYPE_XS, TYPE_XS, false, ALIGN_LEFT, COLOUR_BLACK});
    view->ground = COLOUR_HEADER;
}

static void header_seconds(struct view *view, float x)
{
    const struct flow *flow = view->flow;
    int                seconds = flow_seconds_left(flow, view->look->now_ms);
    char               text[WORDS_MAX];
    if (seconds < 0 || seconds >= NEVER_S || flow->screen == SCREEN_SAVED) return;
    float       bar = view->layout.w < 100 ? 7 : 9;
    float       part = (float)seconds * 1000 / (float)flow->sign_out_ms;
    enum colour colour = seconds <= 5 ? COLOUR_AMBER : COLOUR_WHITE;
    view_box(view, RECT(x, 7.2f, bar, 0.9f), COLOUR_INK2);
    view_box(view, RECT(x, 7.2f, bar * (part > 1 ? 1 : part), 0.9f), colour);
    if (seconds < LONG_S)
        words_id_int(view, "screen.seconds", seconds, text);
    else
        words_id_int(view, "screen.minutes", seconds / 60, text);
    view_line(view, RECT(x + bar + 1, 6.2f, 7, 2.8f), text,
              &(struct line){TYPE_XS, TYPE_XS, false, ALIGN_LEFT, colour});
}

/* Where a long name is best cut in two: behind its last blank but one that leaves room, else in its middle. */
static size_t name_half(const char *name)
{
    size_t len = strlen(name), best = 0;
    for (size_t i = 1; i < len; i++)
        if (name[i] == ' ' && (best == 0 || i * 2 <= len + 2)) best = i;
    return best > 0 ? best : utf8_fit(name, len, (len + 2) / 2 + 1);
}

/* In one line where it stays large; else in two. */
static void header_name(struct view *view, struct rect rect, const char *name, enum colour colour)
{
    struct line line = {TYPE_L, TYPE_M, true, ALIGN_LEFT, colour};
    if (view_width(view, name, TYPE_M, true) <= rect.w) {
        view_line(view, rect, name, &line);
        return;
    }
    char   first[NAME_MAX];
    size_t half = name_half(name);
    snprintf(first, sizeof first, "%.*s", (int)half, name);
    line.type = TYPE_S;
    line.least = TYPE_XS;
    rect.y += (rect.h - 6.2f) / 2;
    rect.h = 3.1f;
    view_line(view, rect, first, &line);
    rect.y += 3.1f;
    view_line(view, rect, name[half] == ' ' ? name + half + 1 : name + half, &line);
}

static void header_one(struct view *view, float x, float end, const struct found_worker *worker)
{
    widget_sign(view, x, 0.7f, 8.6f, worker);
    bool        counts = flow_seconds_left(view->flow, view->look->now_ms) >= 0 && view->flow->screen != SCREEN_SAVED;
    struct rect name = RECT(x + 10, counts ? 0.6f : 2.4f, end - x - 11, 5.6f);
    bool        is_odd = !worker->is_known || worker->is_revoked;
    header_name(view, name, words_worker(view, worker), is_odd ? COLOUR_AMBER : COLOUR_WHITE);
    header_seconds(view, x + 10);
}

/* Two to four people side by side, five to eight in two rows with the first character of the name. */
static void header_crew(struct view *view, float x, float end, const struct found_worker *crew, int count)
{
    bool  is_two = count > 4;
    float cell = (end - x - 0.4f) / (float)(is_two ? 4 : count);
    if (cell > (is_two ? 7.5f : 9)) cell = is_two ? 7.5f : 9;
    float size = is_two ? 4.4f : cell < 7 ? 5.4f : 6.4f;
    for (int i = 0; i < count; i++) {
        int   row = is_two ? i / 4 : 0;
        float left = x + (float)(i - 4 * row) * cell, top = is_two ? 0.3f + (float)row * 4.7f : 0.4f;
        widget_sign(view, left + (is_two ? 0 : (cell - size) / 2), top, size, &crew[i]);
        const char *name = words_worker(view, &crew[i]);
        char        first[8] = "", word[NAME_MAX];
        size_t      len = utf8_fit(name, strlen(name), utf8_len(name, strlen(name)));
        memcpy(first, name, len < sizeof first - 1 ? len : 0);
        snprintf(word, sizeof word, "%s", name);
        if (view_width(view, word, TYPE_XS, true) > cell - 0.2f) word[strcspn(word, " ")] = '\0';
        struct rect place = is_two ? RECT(left + size, top + 1, cell - size, 2.6f) : RECT(left, 7, cell - 0.2f, 2.6f);
        view_line(view, place, is_two ? first : word,
                  &(struct line){TYPE_XS, TYPE_XS, true, is_two ? ALIGN_LEFT : ALIGN_CENTRE, COLOUR_WHITE});
    }
}

/* Whoever opened setup: he carries no entry. */
static void header_boss(struct view *view, float x, float end)
{
    const struct found_worker *boss = &view->flow->setup.boss;
    widget_sign(view, x, 0.7f, 8.6f, boss);
    const char *name = words_worker(view, boss);
    struct rect room = RECT(x + 10, 0.9f, end - x - 11, 5.4f);
    if (view_width(view, name, TYPE_S_LEAST, true) > room.w) { /* a long one takes both lines */
        view_wrap(view, RECT(room.x, room.y, room.w, 7.6f), name,
                  &(struct line){TYPE_S, TYPE_XS, true, ALIGN_LEFT, COLOUR_WHITE});
        return;
    }
    view_line(view, room, name, &(struct line){TYPE_L, TYPE_S_LEAST, true, ALIGN_LEFT, COLOUR_WHITE});
    view_line(view, RECT(x + 10, 6.1f, end - x - 11, 2.9f), view_text(view, "setup.boss"),
              &(struct line){TYPE_XS, TYPE_XS, false, ALIGN_LEFT, COLOUR_HEADER_NOTE});
}

static void header_who(struct view *view, float x, float end)
{
    const struct flow *flow = view->flow;
    if (flow->screen == SCREEN_SETUP && flow->setup.has_boss) {
        header_boss(view, x, end);
        return;
    }
    bool                       is_last = flow->screen == SCREEN_SAVED && flow->crew_count == 0;
    const struct found_worker *crew = is_last ? flow->last_crew : flow->crew;
    int                        count = is_last ? flow->last_crew_count : flow->crew_count;
    if (count == 0)
        header_nobody(view, x);
    else if (count == 1)
        header_one(view, x, end, &crew[0]);
    else
        header_crew(view, x, end, crew, count);
}

/* ---- Where, and how things are */

struct state_line {
    enum shape  icon;
    const char *word;
    char        rest[WORDS_MAX];
    enum colour plate; /* COLOUR_NONE: all is well */
};

static void state_add(struct view *view, float x, float y, float end, const struct state_line *line)
{
    bool        is_bad = line->plate != COLOUR_NONE;
    enum colour ink = is_bad ? COLOUR_BLACK : COLOUR_WHITE, was = view->ground;
    float       bold = view_width(view, line->word, TYPE_XS, true), room = end - x - 3.5f;
    char        rest[WORDS_MAX];
    snprintf(rest, sizeof rest, "%s", line->rest);
    if (view_width(view, rest, TYPE_XS, false) > room - bold - 0.4f)
        rest[strcspn(rest, " ")] = '\0'; /* the number stays */
    if (is_bad) {
        float width = 3.8f + bold + 0.6f + view_width(view, rest, TYPE_XS, false) + 0.9f;
        view_plate(view, RECT(x - 0.9f, y - 0.6f, (width < end - x ? width : end - x) + 0.9f, 4), line->plate,
                   COLOUR_NONE, 0);
        view->ground = line->plate;
    }
    view_shape(view, RECT(x, y, 2.8f, 2.8f), line->icon, ink);
    view_line(view, RECT(x + 3.4f, y, bold + 0.1f, 2.8f), line->word,
              &(struct line){TYPE_XS, TYPE_XS, true, ALIGN_LEFT, ink});
    view_line(view, RECT(x + 3.9f + bold, y, room - bold - 0.4f, 2.8f), rest,
              &(struct line){TYPE_XS, TYPE_XS, false, ALIGN_LEFT, ink});
    view->ground = was;
}

/* The calendar's day at the factory. */
static int32_t day_in(const struct found_state *state, int64_t wall_ms)
{
    return (int32_t)((wall_ms + state->offset_min * MINUTE_MS) / DAY_MS);
}

static void state_net(const struct view *view, struct state_line *line)
{
    const struct found_state *state = &view->flow->state;
    line->icon = state->is_online ? SHAPE_NET : SHAPE_NO_NET;
    line->word = view_text(view, state->is_online ? "screen.online" : "screen.offline");
    line->plate = state->is_online ? COLOUR_NONE : COLOUR_GREY;
    if (state->waiting == 0 && !state->is_online && view->layout.is_portrait) return;
    if (state->waiting == 0) {
        snprintf(line->rest, sizeof line->rest, "%s",
                 view_text(view, state->is_online ? "screen.all_sent" : "screen.none_waits"));
        return;
    }
    char since[WORDS_MAX];
    if (view->layout.is_portrait) {
        words_id_int(view, "screen.waiting_short", state->waiting, line->rest);
        return;
    }
    if (day_in(state, state->waiting_since) == day_in(state, state->wall_ms))
        words_time(state->waiting_since, state->offset_min, since);
    else
        words_date(view, day_in(state, state->waiting_since),
                   since); /* an hour of another day would look like today's */
    struct say say = say_text(say_int(SAY("screen.waiting"), state->waiting), since);
    text_say(view->lang, &say, line->rest, sizeof line->rest);
}

static void state_scanner(const struct view *view, struct state_line *line)
{
    const struct found_state *state = &view->flow->state;
    bool                      is_disk = state->is_disk_full || state->is_disk_low;
    line->icon = is_disk ? SHAPE_DISK : state->has_scanner ? SHAPE_SCANNER : SHAPE_NO_SCANNER;
    line->plate = is_disk || !state->has_scanner ? COLOUR_AMBER : COLOUR_NONE;
    line->word = view_text(view, is_disk ? "screen.disk" : "screen.scanner");
    if (is_disk && !state->is_disk_full && state->disk_days > 0) {
        words_id_int(view, "screen.disk_days", state->disk_days, line->rest);
        return;
    }
    const char *rest = state->is_disk_full  ? "screen.disk_full"
                       : state->is_disk_low ? "screen.disk_low"
                       : state->has_scanner ? "screen.scanner_ok"
                                            : "screen.scanner_none";
    snprintf(line->rest, sizeof line->rest, "%s", view_text(view, rest));
}

static void header_states(struct view *view, float x, float y, float step_x, float step_y, float end)
{
    struct state_line line = {0};
    state_net(view, &line);
    state_add(view, x, y, step_x > 0 ? x + step_x - 1.5f : end + 4.5f, &line); /* the clock is narrower than the date */
    state_scanner(view, &line);
    state_add(view, x + step_x, y + step_y, end, &line);
}

static void header_station(struct view *view, float x, float y, float width)
{
    const struct found_state *state = &view->flow->state;
    const char               *name = words_name(view, state->station_name);
    if (name[0] == '\0') name = state->station[0] != '\0' ? state->station : view_text(view, "screen.not_set_up");
    view_line(view, RECT(x, y, width, 4), name, &STATION);
}

static void header_time(struct view *view)
{
    const struct found_state *state = &view->flow->state;
    char                      text[WORDS_MAX], date[WORDS_MAX], shift[SAY_ID_MAX];
    float                     right = view->layout.w - MARGIN_U;
    words_time(state->wall_ms, state->offset_min, text);
    view_line(view, RECT(right - 12, 1.2f, 12, 4), text, &CLOCK);
    words_date(view, state->day, date);
    snprintf(shift, sizeof shift, "screen.shift_%s", state->shift);
    const char *word = state->shift[0] == '\0' ? "" : text_of(view->lang, shift);
    if (strcmp(word, shift) == 0) word = state->shift; /* a shift that the house named itself */
    if (state->is_doubtful) word = view_text(view, "screen.doubtful");
    snprintf(text, sizeof text, "%.100s %.40s", date, word);
    view_line(view, RECT(right - 14.5f, 5.9f, 14.5f, 2.9f), text, &DATE);
}

/* Kiosk and server work together in different versions; who passes by may tell somebody. */
static bool header_version(struct view *view, float x, float y, float width)
{
    int against = view->flow->state.against_server;
    if (against == 0) return false;
    view_line(view, RECT(x, y, width, 2.9f), view_text(view, against < 0 ? "screen.version_old" : "screen.version_new"),
              &VERSION);
    return true;
}

/* What this station does, of the sheet in hand where one is. */
static void header_work(struct view *view, float x, float y, float width)
{
    char text[WORDS_MAX];
    if (!view->flow->has_sheet || view->flow->op_count == 0 || flow_op(view->flow, 0) == NULL) {
        header_version(view, x, y, width);
        return;
    }
    words_ops(view, text);
    view_line(view, RECT(x, y, width, 2.9f), text, &WORK);
}

void header_add(struct view *view)
{
    float w = view->layout.w;
    view_on(view, COLOUR_HEADER, COLOUR_WHITE, COLOUR_HEADER_NOTE);
    view_box(view, RECT(0, 0, w, view->layout.head - view->layout.ribbon), COLOUR_HEADER);
    float x = header_key(view);
    header_time(view);
    if (view->layout.is_portrait) {
        header_who(view, x, w - 18);
        view_box(view, RECT(MARGIN_U, 10.5f, w - 2 * MARGIN_U, 0.1f), COLOUR_INK2);
        bool is_noted = header_version(view, MARGIN_U, 13.9f, 15.5f);
        header_station(view, MARGIN_U, is_noted ? 10.6f : 11.9f, 14.5f);
        header_states(view, 19, 12.5f, 21.5f, 0, w - 1);
        return;
    }
    float shift = view->flow->crew_count > 1 && w < 100 ? 1.2f : 0;
    header_who(view, x, w - 58.6f + shift);
    header_station(view, w - 58.6f + shift, 1.2f, 14.2f - shift);
    header_work(view, w - 58.6f + shift, 5.9f, 14.2f - shift);
    header_states(view, w - 43.4f, 1.6f, 0, 4.3f, w - 18);
}
