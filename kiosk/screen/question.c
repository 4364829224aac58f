/* question.c - two answers of equal weight: none is suggested. */
#include <stdio.h>

#include "kiosk/screen/view.h"

struct answer {
    const char *id;
    enum action action;
    enum shape  icon;
    const char *label, *line;
};

static void question_answers(struct view *view, const struct answer answers[2])
{
    const struct layout *layout = &view->layout;
    for (int i = 0; i < 2; i++) {
        struct rect rect = layout_cell(layout, i * layout->columns / 2, layout->columns / 2, 1, 2);
        if (layout->is_portrait) rect = layout_cell(layout, 0, 4, 2 * i - 1, 2);
        widget_wide(view, rect,
                    &(struct key_words){answers[i].id, answers[i].action, 0, KEY_PLAIN, answers[i].icon,
                                        view_text(view, answers[i].label), view_text(view, answers[i].line), 0});
    }
}

static void question_head(struct view *view, const char *title, const char *fact, const char *question)
{
    const struct layout *layout = &view->layout;
    float                mark = layout->is_portrait ? 12 : 17, x = MARGIN_U + mark + 3.4f, y = layout->head + 2.4f;
    float                w = layout->w - x - MARGIN_U;
    widget_mark(view, MARGIN_U, y, mark, SHAPE_MARK_QUESTION);
    if (layout->is_portrait) {
        view_wrap(view, RECT(x, y, w, 13), title, &(struct line){TYPE_L, TYPE_S, true, ALIGN_LEFT, view->ink});
        x = MARGIN_U;
        w = layout->w - 2 * MARGIN_U;
        y += 5.4f;
    } else {
        view_line(view, RECT(x, y - 0.4f, w, 7.4f), title,
                  &(struct line){TYPE_XL, TYPE_M, true, ALIGN_LEFT, view->ink});
    }
    view_line(view, RECT(x, y + 7.6f, w, 4.6f), fact,
              &(struct line){TYPE_M, TYPE_S_LEAST, false, ALIGN_LEFT, view->ink});
    view_line(view, RECT(x, y + 12.6f, w, 4.6f), question,
              &(struct line){TYPE_M, TYPE_S_LEAST, true, ALIGN_LEFT, view->ink});
}

static void question_again(struct view *view)
{
    static const struct answer ANSWERS[2] = {
        {"yes", ACTION_YES, SHAPE_AGAIN, "screen.again_yes", "screen.again_yes_line"},
        {"no",  ACTION_NO,  SHAPE_CLOSE, "screen.again_no",  "screen.again_no_line" },
    };
    const struct flow *flow = view->flow;
    char               title[WORDS_MAX], fact[ITEM_TEXT_MAX], order[LINE_REF_TEXT], pieces[WORDS_MAX], ops[WORDS_MAX];
    int64_t            ago_ms = flow->sheet.again.ago_ms, count = flow->sheet.again.count;
    if (!flow->sheet.again.is_set && flow->last_count > 0) {
        ago_ms = flow->now_ms - flow->last_ms;
        count = flow->lasts[flow->last_count - 1].event.count;
    }
    words_id_int(view, "screen.again_title", ago_ms / 1000, title);
    words_order(&flow->sheet.ref, order);
    words_ops(view, ops);
    words_pieces(view, count, pieces);
    snprintf(fact, sizeof fact, "%s %.100s · %.60s", order, ops, pieces);
    question_head(view, title, fact, view_text(view, "screen.again_question"));
    question_answers(view, ANSWERS);
}

static void question_join(struct view *view)
{
    static const struct answer ANSWERS[2] = {
        {"join",   ACTION_JOIN,   SHAPE_PEOPLE, "screen.join",   "screen.join_line"  },
        {"change", ACTION_CHANGE, SHAPE_AGAIN,  "screen.change", "screen.change_line"},
    };
    char title[WORDS_MAX], names[WORDS_MAX], fact[WORDS_MAX];
    words_id(view, "screen.join_title", words_worker(view, &view->flow->second), title);
    words_crew(view, view->flow->crew, view->flow->crew_count, names);
    words_id(view, "screen.join_fact", names, fact);
    question_head(view, title, fact, view_text(view, "screen.join_question"));
    question_answers(view, ANSWERS);
}

static void question_replaced(struct view *view)
{
    static const struct answer ANSWERS[2] = {
        {"yes", ACTION_YES, SHAPE_CHECK, "screen.replaced_yes", "screen.replaced_yes_line"},
        {"no",  ACTION_NO,  SHAPE_AGAIN, "screen.replaced_no",  "screen.replaced_no_line" },
    };
    const struct found_sheet *sheet = &view->flow->sheet;
    char                      title[WORDS_MAX], fact[WORDS_MAX], order[LINE_REF_TEXT];
    struct say                say = say_int(say_int(SAY("screen.replaced_title"), sheet->ref.copy), sheet->replaced_by);
    words_order(&sheet->ref, order);
    view_say(view, &say, title, sizeof title);
    words_id(view, "screen.replaced_fact", order, fact);
    question_head(view, title, fact, view_text(view, "screen.replaced_question"));
    question_answers(view, ANSWERS);
}

void screen_question(struct view *view)
{
    if (view->flow->question == QUESTION_REPLACED) {
        question_replaced(view);
        return;
    }
    if (view->flow->question == QUESTION_JOIN)
        question_join(view);
    else
        question_again(view);
}
