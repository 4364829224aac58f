/* asked.c - the order desk asks: which order, who wants to know what, and four keys, one touch of which is the answer. */
#include <stdio.h>

#include "kiosk/screen/view.h"

struct answer_key {
    enum asked_answer answer;
    enum shape        shape;
    const char       *label;
};
static const struct answer_key KEYS[] = {
    {ANSWER_WORKING,  SHAPE_TOOL,     "screen.asked_working" },
    {ANSWER_TODAY,    SHAPE_CALENDAR, "screen.asked_today"   },
    {ANSWER_MATERIAL, SHAPE_PENDING,  "screen.asked_material"},
    {ANSWER_ABSENT,   SHAPE_CLOSE,    "screen.asked_absent"  },
};
enum { KEY_COUNT = sizeof KEYS / sizeof *KEYS };

/* Who asks, since when, what; then how many more wait. */
static void asked_words(struct view *view, struct rect rect)
{
    const struct found_asked    *asks = &view->flow->asks;
    const struct found_question *question = &asks->rows[0];
    char                         when[FLOW_WHEN_MAX], text[WORDS_MAX + REMARKS_MAX], by[WORDS_MAX];
    flow_when(view->flow, question->at_ms, when);
    struct say say = say_text(say_text(SAY("screen.asked_by"), question->who), when);
    text_say(view->lang, &say, by, sizeof by);
    snprintf(text, sizeof text, "%s%s", by,
             question->text[0] != '\0' ? question->text : view_text(view, "screen.asked_where"));
    float more = asks->all > 1 ? 3.4f : 0;
    view_wrap(view, RECT(rect.x, rect.y, rect.w, rect.h - more), text,
              &(struct line){TYPE_M, TYPE_S_LEAST, true, ALIGN_LEFT, view->ink});
    if (more == 0) return;
    say = say_int(SAY("screen.asked_more"), asks->all - 1);
    view_line(view, RECT(rect.x, rect.y + rect.h - 3, rect.w, 3), text_say(view->lang, &say, by, sizeof by),
              &(struct line){TYPE_S, TYPE_XS, false, ALIGN_LEFT, view->note});
}

/* Where the screen is narrow the number has the line for itself. */
static void asked_head(struct view *view, struct rect rect)
{
    const struct found_question *question = &view->flow->asks.rows[0];
    char                         order[LINE_REF_TEXT];
    float                        x = rect.x + rect.h + 2;
    line_ref_short(question->line, order);
    widget_mark(view, rect.x, rect.y, rect.h, SHAPE_MARK_QUESTION);
    float number = widget_number(view, RECT(x, rect.y, rect.w - rect.h - 2, rect.h), order, "", TYPE_X2, ALIGN_LEFT);
    float left = x + number + 2, room = rect.x + rect.w - left;
    if (room < 20) return;
    view_wrap(view, RECT(left, rect.y, room, rect.h), question->product,
              &(struct line){TYPE_M, TYPE_S_LEAST, false, ALIGN_LEFT, view->note});
}

void screen_asked(struct view *view)
{
    const struct layout *layout = &view->layout;
    float                top = layout->head + 0.8f, w = layout->w - 2 * MARGIN_U;
    int                  across = layout->columns / 2;
    if (view->flow->asks.count == 0) return; /* answered elsewhere just now */
    asked_head(view, RECT(MARGIN_U, top, w, 9));
    for (int i = 0; i < KEY_COUNT; i++) {
        char        id[BUTTON_ID_MAX];
        struct rect place = layout->is_portrait ? layout_cell(layout, 0, layout->columns, i - 1, 1)
                                                : layout_cell(layout, i % 2 * across, across, 1 + i / 2, 1);
        KEY_ID(id, "answer", KEYS[i].answer);
        widget_wide(view, place,
                    &(struct key_words){id, ACTION_ANSWER, KEYS[i].answer, KEY_PLAIN, KEYS[i].shape,
                                        view_text(view, KEYS[i].label), NULL, 0});
    }
    struct rect first = layout_cell(layout, 0, 1, layout->is_portrait ? -1 : 1, 1);
    asked_words(view, RECT(MARGIN_U, top + 9.4f, w, first.y - top - 9.4f - 0.4f));
}
