/* setup_facts.c - the pages of setup that tell how the kiosk is: station, what waits, diagnosis. */
#include <stdio.h>

#include "kiosk/screen/view.h"

#define MEGABYTE (INT64_C(1) << 20)
#define GIGABYTE (INT64_C(1) << 30)
#define MINUTE_MS INT64_C(60000)
#define DAY_MS (24 * (60 * MINUTE_MS))

enum { YEAR_DAYS = 365 };

#define LABEL_U 13.2f

static const struct line LABEL = {TYPE_XS, TYPE_XS, false, ALIGN_LEFT, COLOUR_INK2};

/* ---- Rows of facts */

float setup_facts(struct view *view, struct rect rect, const struct fact *facts, int count, float label_u)
{
    float y = rect.y, step = 3.75f;
    for (int i = 0; i < count; i++) {
        struct rect value = RECT(rect.x + label_u, y, rect.w - label_u, step);
        view_line(view, RECT(rect.x, y, label_u - 0.8f, step), view_text(view, facts[i].label), &LABEL);
        if (facts[i].is_bad) {
            float width = view_width(view, facts[i].text, TYPE_S_LEAST, true);
            view_plate(view, RECT(value.x - 0.6f, y + 0.25f, (width < value.w ? width : value.w) + 1.4f, step - 0.5f),
                       COLOUR_AMBER, COLOUR_NONE, 0);
        }
        enum colour was = view->ground;
        if (facts[i].is_bad) view->ground = COLOUR_AMBER;
        view_line(view, value, facts[i].text,
                  &(struct line){TYPE_S_LEAST, TYPE_XS, true, ALIGN_LEFT, facts[i].is_bad ? COLOUR_BLACK : view->ink});
        view->ground = was;
        y += step;
    }
    return y;
}

static struct fact *fact_add(struct fact *facts, int *count, const char *label)
{
    struct fact *fact = &facts[(*count)++];
    *fact = (struct fact){.label = label};
    return fact;
}

static void fact_text(struct fact *fact, const char *text)
{
    snprintf(fact->text, sizeof fact->text, "%s", text);
}

/* An hour of today, a day and an hour of others. */
static void words_when(const struct view *view, int64_t wall_ms, char out[WORDS_MAX])
{
    const struct found_state *state = &view->flow->state;
    char                      time[WORDS_MAX], date[WORDS_MAX];
    int64_t                   offset_ms = state->offset_min * MINUTE_MS;
    int32_t                   day = (int32_t)((wall_ms + offset_ms) / DAY_MS);
    words_time(wall_ms, state->offset_min, time);
    words_date(view, day, date);
    if (day == (int32_t)((state->wall_ms + offset_ms) / DAY_MS))
        snprintf(out, WORDS_MAX, "%s", time);
    else
        snprintf(out, WORDS_MAX, "%.100s %.40s", date, time);
}

static void words_say(const struct view *view, struct say say, char out[WORDS_MAX])
{
    view_say(view, &say, out, WORDS_MAX);
}

static void fact_net(const struct view *view, struct fact *fact)
{
    const struct found_state *state = &view->flow->state;
    fact->is_bad = !state->is_online;
    fact_text(fact, view_text(view, state->station[0] == '\0' ? "screen.not_set_up"
                                    : !state->is_online       ? "setup.net_offline"
                                    : state->is_current       ? "setup.net_current"
                                                              : "setup.net_learning"));
}

static void fact_waiting(const struct view *view, struct fact *fact)
{
    const struct found_state *state = &view->flow->state;
    char                      since[WORDS_MAX];
    if (state->waiting == 0) {
        fact_text(fact, view_text(view, "screen.all_sent"));
        return;
    }
    words_when(view, state->waiting_since, since);
    words_say(view, say_text(say_int(SAY("screen.waiting"), state->waiting), since), fact->text);
}

static void fact_heard(const struct view *view, struct fact *fact)
{
    int64_t heard_ms = view->flow->diagnosis.heard_ms;
    if (heard_ms < 0)
        fact_text(fact, view_text(view, "setup.never"));
    else
        words_when(view, heard_ms, fact->text);
}

static void fact_server(const struct view *view, struct fact *fact)
{
    const struct found_diagnosis *diagnosis = &view->flow->diagnosis;
    if (diagnosis->server[0] == '\0')
        fact_text(fact, view_text(view, "screen.not_set_up"));
    else
        snprintf(fact->text, sizeof fact->text, "%s%s", diagnosis->server, diagnosis->is_tls ? " TLS" : "");
}

/* 812 MB, 23 GB: nobody reckons with more figures. */
static void words_bytes(int64_t bytes, char out[WORDS_MAX])
{
    if (bytes >= 10 * GIGABYTE)
        snprintf(out, WORDS_MAX, "%lld GB", (long long)(bytes / GIGABYTE));
    else
        snprintf(out, WORDS_MAX, "%lld MB", (long long)(bytes / MEGABYTE));
}

static void fact_disk(const struct view *view, struct fact *fact, bool with_days)
{
    const struct found_diagnosis *diagnosis = &view->flow->diagnosis;
    char                          room[WORDS_MAX];
    fact->is_bad = view->flow->state.is_disk_low || view->flow->state.is_disk_full;
    if (diagnosis->free_bytes < 0) {
        fact_text(fact, view_text(view, "setup.unknown"));
        return;
    }
    words_bytes(diagnosis->free_bytes, room);
    struct say say = say_text(SAY("setup.disk_free"), room);
    if (with_days && diagnosis->days_left > YEAR_DAYS)
        say = say_text(SAY("setup.disk_year"), room);
    else if (with_days && diagnosis->days_left >= 0)
        say = say_int(say_text(SAY("setup.disk_days"), room), diagnosis->days_left);
    words_say(view, say, fact->text);
}

static void fact_clock(const struct view *view, struct fact *fact)
{
    int64_t offset_s = view->flow->diagnosis.offset_ms / 1000;
    char    time[WORDS_MAX];
    fact->is_bad = view->flow->state.is_doubtful;
    words_when(view, view->flow->state.wall_ms, time);
    if (view->flow->state.is_doubtful)
        words_id(view, "setup.clock_unsure", time, fact->text);
    else
        words_say(view, say_int(say_text(SAY("setup.clock_offset"), time), offset_s), fact->text);
}

static void fact_hearing(const struct view *view, struct fact *fact)
{
    static const char *const WORDS[] = {"setup.hearing_untried", "setup.hearing_good", "setup.hearing_none"};
    enum hearing             hearing = view->flow->diagnosis.hearing;
    fact->is_bad = hearing == HEARING_NONE;
    fact_text(fact, view_text(view, WORDS[hearing]));
}

/* With what is to be done where kiosk and server are of different versions. */
static void fact_version(const struct view *view, struct fact *fact)
{
    int         against = view->flow->state.against_server;
    const char *version = view->flow->diagnosis.version;
    fact->is_bad = against != 0;
    if (against == 0)
        fact_text(fact, version);
    else
        snprintf(fact->text, sizeof fact->text, "%.40s · %s", version,
                 view_text(view, against < 0 ? "screen.version_old" : "screen.version_new"));
}

static void fact_kiosk(const struct view *view, struct fact *fact)
{
    snprintf(fact->text, sizeof fact->text, "%016llx", (unsigned long long)view->flow->diagnosis.kiosk);
}

static void fact_station(const struct view *view, struct fact *fact)
{
    const struct found_state *state = &view->flow->state;
    const char               *name = words_name(view, state->station_name);
    if (state->station[0] == '\0')
        fact_text(fact, view_text(view, "screen.not_set_up"));
    else
        snprintf(fact->text, sizeof fact->text, "%s · %s", name[0] != '\0' ? name : state->station, state->station);
    fact->is_bad = state->station[0] == '\0';
}

/* Below the menu's pane: what a supervisor looks at first. */
void setup_notes(struct view *view, struct rect rect)
{
    static struct fact facts[4];
    int                count = 0;
    fact_version(view, fact_add(facts, &count, "setup.version"));
    fact_heard(view, fact_add(facts, &count, "setup.heard"));
    words_id_int(view, "setup.count", view->flow->state.waiting, fact_add(facts, &count, "setup.waiting")->text);
    fact_disk(view, fact_add(facts, &count, "setup.disk"), false);
    for (int i = 0; i < count; i++) {
        float       y = rect.y + (float)i * 3.2f, label = 9.6f;
        struct line line = {TYPE_XS, TYPE_XS, true, ALIGN_LEFT, view->ink};
        view_line(view, RECT(rect.x, y, label, 3.2f), view_text(view, facts[i].label), &LABEL);
        view_line(view, RECT(rect.x + label + 0.6f, y, rect.w - label - 0.6f, 3.2f), facts[i].text, &line);
    }
}

/* ---- Diagnosis */

static void diagnosis_log(struct view *view, struct rect rect)
{
    const struct found_diagnosis *diagnosis = &view->flow->diagnosis;
    float                         y = rect.y + 3.6f;
    view_line(view, RECT(rect.x, rect.y, rect.w, 3.2f), view_text(view, "setup.log"), &LABEL);
    if (diagnosis->log_count == 0)
        view_line(view, RECT(rect.x, y, rect.w, 3.4f), view_text(view, "setup.log_none"),
                  &(struct line){TYPE_S_LEAST, TYPE_XS, false, ALIGN_LEFT, view->ink});
    for (int i = 0; i < diagnosis->log_count; i++) { /* as many as fit whole */
        static const struct line LINE = {TYPE_XS, TYPE_XS, false, ALIGN_LEFT, COLOUR_INK};
        char                     when[WORDS_MAX], text[ITEM_TEXT_MAX];
        words_when(view, diagnosis->log[i].wall_ms + diagnosis->offset_ms, when);
        snprintf(text, sizeof text, "%.24s %s", when, diagnosis->log[i].text);
        struct rect room = RECT(rect.x, y, rect.w, rect.y + rect.h - y);
        if (!view_fits(view, room, text, &LINE)) break;
        y += view_wrap(view, room, text, &LINE) + 0.5f;
    }
}

void page_diagnosis(struct view *view)
{
    static struct fact facts[12];
    int                count = 0;
    fact_version(view, fact_add(facts, &count, "setup.version"));
    fact_kiosk(view, fact_add(facts, &count, "setup.kiosk"));
    fact_server(view, fact_add(facts, &count, "setup.server"));
    fact_net(view, fact_add(facts, &count, "setup.net"));
    fact_heard(view, fact_add(facts, &count, "setup.heard"));
    fact_waiting(view, fact_add(facts, &count, "setup.waiting"));
    fact_disk(view, fact_add(facts, &count, "setup.disk"), true);
    words_bytes(view->flow->diagnosis.database_bytes, fact_add(facts, &count, "setup.database")->text);
    fact_clock(view, fact_add(facts, &count, "setup.clock"));
    struct fact *scanner = fact_add(facts, &count, "screen.scanner");
    scanner->is_bad = !view->flow->state.has_scanner;
    const struct found_scanners *scanners = &view->flow->scanners;
    bool                         is_named = !scanner->is_bad && scanners->count > 0 && scanners->rows[0].is_working;
    fact_text(scanner, is_named ? scanners->rows[0].name
                                : view_text(view, scanner->is_bad ? "screen.scanner_none" : "screen.scanner_ok"));
    fact_hearing(view, fact_add(facts, &count, "setup.loudspeaker"));
    const struct layout *layout = &view->layout;
    struct rect          left = RECT(MARGIN_U, layout->head + 2, layout_w(layout, 3) + 3, 44);
    struct rect          right = RECT(layout_x(layout, 3) + 4.5f, left.y, layout_w(layout, 3) - 4.5f, 46);
    if (layout->is_portrait) {
        left = RECT(MARGIN_U, layout->head + 3, layout_w(layout, 4), 44);
        right = RECT(MARGIN_U, left.y + 45, left.w, layout->h - left.y - 48);
    }
    setup_facts(view, left, facts, count, LABEL_U);
    diagnosis_log(view, right);
}

/* ---- What waits to be sent */

static void waiting_row(struct view *view, struct rect rect, const struct found_waiting *waiting)
{
    char order[LINE_REF_TEXT] = "", when[WORDS_MAX], number[WORDS_MAX], text[WORDS_MAX];
    snprintf(number, sizeof number, "%lld", (long long)waiting->seq);
    words_when(view, waiting->wall_ms, when);
    if (waiting->sheet.line.serial != 0) words_order(&waiting->sheet, order);
    char id[SAY_ID_MAX];
    snprintf(id, sizeof id, "office.kind.%s", event_kind_word(waiting->kind));
    snprintf(text, sizeof text, "%s", view_text(view, id));
    float x = rect.x, end = rect.x + rect.w;
    view_line(view, RECT(x, rect.y, 7, rect.h), number,
              &(struct line){TYPE_S_LEAST, TYPE_XS, false, ALIGN_LEFT, view->note});
    view_line(view, RECT(x + 7.6f, rect.y, 12, rect.h), order,
              &(struct line){TYPE_S, TYPE_XS, true, ALIGN_LEFT, view->ink});
    view_line(view, RECT(x + 19.8f, rect.y, 11.2f, rect.h), text,
              &(struct line){TYPE_S_LEAST, TYPE_XS, false, ALIGN_LEFT, view->ink});
    if (waiting->count > 0) words_pieces(view, waiting->count, number);
    if (waiting->count > 0)
        view_line(view, RECT(x + 31, rect.y, 8.6f, rect.h), number,
                  &(struct line){TYPE_S_LEAST, TYPE_XS, true, ALIGN_RIGHT, view->ink});
    view_line(view, RECT(x + 40, rect.y, end - x - 40, rect.h), when,
              &(struct line){TYPE_S_LEAST, TYPE_XS, false, ALIGN_RIGHT, view->note});
}

void page_queue(struct view *view)
{
    const struct found_diagnosis *diagnosis = &view->flow->diagnosis;
    const struct found_state     *state = &view->flow->state;
    char                          title[WORDS_MAX], text[ITEM_TEXT_MAX];
    struct rect                   rows = setup_right(view);
    words_id_int(view, "setup.queue", state->waiting, title);
    setup_title(view, title);
    snprintf(text, sizeof text, "%s", view_text(view, state->is_online ? "setup.queue_online" : "setup.queue_offline"));
    setup_pane(view, state->is_online ? SHAPE_NET : SHAPE_NO_NET,
               view_text(view, state->is_online ? "screen.online" : "screen.offline"), text, !state->is_online);
    if (diagnosis->waiting_count == 0)
        view_line(view, RECT(rows.x, rows.y, rows.w, 4.6f), view_text(view, "setup.queue_none"),
                  &(struct line){TYPE_S, TYPE_S_LEAST, false, ALIGN_LEFT, view->ink});
    struct rect key = layout_cell(&view->layout, view->layout.is_portrait ? 0 : 2, 4, 2, 1);
    if (state->waiting > 0)
        widget_wide(view, key,
                    &(struct key_words){"carry", ACTION_CARRY, 0, KEY_PLAIN, SHAPE_DISK, view_text(view, "setup.carry"),
                                        NULL, 0});
    if (!say_is_empty(&view->flow->say)) view_say(view, &view->flow->say, text, sizeof text);
    if (!say_is_empty(&view->flow->say))
        view_wrap(view, RECT(rows.x, key.y - 7.4f, rows.w, 6.81f), text,
                  &(struct line){TYPE_S, TYPE_S_LEAST, true, ALIGN_LEFT, view->ink});
    int room = (int)((key.y - rows.y - (say_is_empty(&view->flow->say) ? 1 : 8)) / 4.6f);
    for (int i = 0; i < diagnosis->waiting_count && i < room; i++) {
        struct rect row = RECT(rows.x, rows.y + (float)i * 4.6f, rows.w, 4.6f);
        if (i > 0) view_box(view, RECT(row.x, row.y, row.w, 0.12f), COLOUR_LINE);
        waiting_row(view, row, &diagnosis->waiting[i]);
    }
}

/* ---- Station */

void page_station(struct view *view)
{
    static struct fact facts[5];
    int                count = 0;
    char               say[ITEM_TEXT_MAX];
    bool               is_new = view->flow->state.station[0] == '\0';
    struct rect        rect = setup_right(view);
    setup_title(view, view_text(view, "setup.station"));
    setup_pane(view, SHAPE_STATION, view_text(view, is_new ? "screen.not_set_up" : "setup.enrolled"),
               view_text(view, is_new ? "screen.set_up_how" : "setup.enrol_again"), is_new);
    fact_station(view, fact_add(facts, &count, "setup.place"));
    if (!is_new) {
        fact_server(view, fact_add(facts, &count, "setup.server"));
        fact_kiosk(view, fact_add(facts, &count, "setup.kiosk"));
        fact_net(view, fact_add(facts, &count, "setup.net"));
        fact_heard(view, fact_add(facts, &count, "setup.heard"));
    }
    float y = setup_facts(view, rect, facts, count, LABEL_U);
    if (say_is_empty(&view->flow->say)) return;
    view_say(view, &view->flow->say, say, sizeof say);
    view_wrap(view, RECT(rect.x, y + 2, rect.w, 12), say,
              &(struct line){TYPE_M, TYPE_S_LEAST, true, ALIGN_LEFT, view->ink});
}
