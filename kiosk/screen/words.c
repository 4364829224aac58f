/* words.c - numbers, days and names as people read them: view.h.
 *
 * (texts: screen.month_*, screen.shift_*) */
#include <stdio.h>

#include "core/money.h"
#include "kiosk/screen/view.h"

#define HOUR_MS INT64_C(3600000)

void words_order(const struct sheet_ref *sheet, char out[LINE_REF_TEXT])
{
    line_ref_short(sheet->line, out);
}

void words_id(const struct view *view, const char *id, const char *text, char out[WORDS_MAX])
{
    struct say say = say_text(say_make(id), text);
    text_say(view->lang, &say, out, WORDS_MAX);
}

void words_id_int(const struct view *view, const char *id, int64_t number, char out[WORDS_MAX])
{
    struct say say = say_int(say_make(id), number);
    text_say(view->lang, &say, out, WORDS_MAX);
}

/* By the name that the office gave it; a place that it doesn't know, by its number. */
void words_place(const struct view *view, int64_t place, char out[WORDS_MAX])
{
    const struct flow_dock *dock = &view->flow->dock;
    if (dock->place.place != place || dock->place_name[0] == '\0') {
        words_id_int(view, "screen.place", place, out);
        return;
    }
    struct say say = say_text(SAY("screen.place"), dock->place_name);
    text_say(view->lang, &say, out, WORDS_MAX);
}

void words_unit(const struct view *view, int64_t count, char out[WORDS_MAX])
{
    words_id_int(view, "screen.unit", count, out);
}

void words_pieces(const struct view *view, int64_t count, char out[WORDS_MAX])
{
    words_id_int(view, "screen.pieces", count, out);
}

void words_date(const struct view *view, int32_t day, char out[WORDS_MAX])
{
    char text[DAY_TEXT], id[SAY_ID_MAX];
    day_write(day, text); /* 2026-03-17 */
    int month = (text[5] - '0') * 10 + text[6] - '0';
    snprintf(id, sizeof id, "screen.month_%d", month);
    struct say say =
        say_int(say_text(SAY("screen.date"), text_of(view->lang, id)), (text[8] - '0') * 10 + text[9] - '0');
    text_say(view->lang, &say, out, WORDS_MAX);
}

bool is_late(const struct view *view, int32_t due_day)
{
    return due_day != 0 && view->flow->state.day > due_day;
}

void words_due(const struct view *view, int32_t due_day, char out[WORDS_MAX])
{
    int32_t left = due_day - view->flow->state.day;
    out[0] = '\0';
    if (due_day == 0) return;
    if (left == 0)
        snprintf(out, WORDS_MAX, "%s", view_text(view, "screen.due_today"));
    else if (left > 0)
        words_id_int(view, "screen.due_left", left, out);
    else
        words_id_int(view, "screen.due_late", -left, out);
}

bool words_known(const struct view *view, const struct found_age *age, char out[WORDS_MAX])
{
    enum { FRESH_MIN = 10, HOUR_MIN = 60, DAY_HOURS = 24, SOME_HOURS = 2, SOME_DAYS_HOURS = 48 };
    int64_t minutes = age->age_ms / 60000, hours = minutes / HOUR_MIN;
    out[0] = '\0';
    if (age->age_ms < 0)
        snprintf(out, WORDS_MAX, "%s", view_text(view, "screen.known_never"));
    else if (minutes < FRESH_MIN)
        return false;
    else if (hours < SOME_HOURS)
        words_id_int(view, "screen.known_min", minutes, out);
    else if (hours < SOME_DAYS_HOURS)
        words_id_int(view, "screen.known_hours", hours, out);
    else
        words_id_int(view, "screen.known_days", hours / DAY_HOURS, out);
    return true;
}

void words_age(const struct view *view, int64_t heard_ms, char out[WORDS_MAX])
{
    const struct found_state *state = &view->flow->state;
    char                      when[FLOW_WHEN_MAX];
    int64_t                   age_ms = state->wall_ms - heard_ms;
    if (heard_ms < 0) {
        snprintf(out, WORDS_MAX, "%s", view_text(view, "screen.age_never"));
        return;
    }
    if (age_ms < 0) age_ms = 0;
    flow_when(view->flow, heard_ms, when);
    struct say say = SAY("screen.age_now");
    if (age_ms >= 24 * HOUR_MS)
        say = say_int(SAY("screen.age_days"), age_ms / (24 * HOUR_MS));
    else if (age_ms >= HOUR_MS)
        say = say_int(SAY("screen.age_hours"), age_ms / HOUR_MS);
    else if (!state->is_online)
        say = SAY("screen.age_offline");
    say = say_text(say, when);
    text_say(view->lang, &say, out, WORDS_MAX);
}

void words_time(int64_t wall_ms, int32_t offset_min, char out[WORDS_MAX])
{
    char text[TIME_TEXT];
    time_write(wall_ms, offset_min, text); /* 2026-11-24T08:10:05+08:00 */
    snprintf(out, WORDS_MAX, "%.5s", text + 11);
}

void words_fen(const struct view *view, int64_t fen, char out[WORDS_MAX])
{
    struct say say = say_fen(SAY("screen.yuan"), fen);
    text_say(view->lang, &say, out, WORDS_MAX);
}

const char *words_name(const struct view *view, const char (*name)[NAME_MAX])
{
    const char *own = name[view->lang == LANG_EN ? 1 : 0];
    return own[0] != '\0' ? own : name[view->lang == LANG_EN ? 0 : 1];
}

const char *words_op(const struct view *view, const struct found_op *op)
{
    if (op == NULL) return view_text(view, "screen.op_unknown");
    const char *name = words_name(view, op->name);
    return name[0] != '\0' ? name : op->code;
}

const struct found_op *sheet_op(const struct found_sheet *sheet, int32_t number)
{
    for (int i = 0; i < sheet->op_count; i++)
        if (sheet->ops[i].number == number) return &sheet->ops[i];
    return NULL;
}

void words_ops(const struct view *view, char out[WORDS_MAX])
{
    const struct flow *flow = view->flow;
    size_t             len = 0;
    out[0] = '\0';
    for (int i = 0; i < flow->op_count && len < WORDS_MAX; i++)
        len +=
            (size_t)snprintf(out + len, WORDS_MAX - len, "%s%s", i > 0 ? " + " : "", words_op(view, flow_op(flow, i)));
}

const char *words_worker(const struct view *view, const struct found_worker *worker)
{
    if (worker->name[0] != '\0') return worker->name;
    return view_text(view, worker->is_spare ? "screen.people_new" : "screen.badge_unknown");
}

void words_crew(const struct view *view, const struct found_worker *crew, int count, char out[WORDS_MAX])
{
    size_t len = 0;
    out[0] = '\0';
    if (count > 2) {
        words_id_int(view, "screen.people", count, out);
        return;
    }
    for (int i = 0; i < count && len < WORDS_MAX; i++)
        len += (size_t)snprintf(out + len, WORDS_MAX - len, "%s%s", i > 0 ? view_text(view, "screen.and") : "",
                                words_worker(view, &crew[i]));
}

void words_reason(const struct view *view, int32_t number, char out[WORDS_MAX])
{
    const struct found_idle *idle = &view->flow->idle;
    for (int i = 0; i < idle->reason_count; i++) {
        if (idle->reasons[i].number != number) continue;
        snprintf(out, WORDS_MAX, "%s", words_name(view, idle->reasons[i].name));
        return;
    }
    words_id_int(view, "screen.reason_number", number, out);
}
