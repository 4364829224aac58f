/* cover.c - the cover of a volume of sheets: cover.h. */
#include "labels/cover.h"

#include <stdio.h>

#include "labels/words.h"

#define WIDE 210.0f
#define HIGH 297.0f
#define LEFT 30.0f
#define RIGHT 190.0f

/* 301-2 and its full number with the revision, large and small. */
static void number_put(struct paper *paper, float y, const char *id, const struct sheet_ref *ref)
{
    char order[WORDS_NUMBER], behind[WORDS_NUMBER], full[LINE_REF_TEXT], whole[LINE_REF_TEXT + 56], rev[48];
    words_line(ref->line, order, behind);
    line_ref_write(ref->line, full);
    words_fill(paper, say_int(SAY("labels.cover.rev"), ref->rev), rev, sizeof rev);
    snprintf(whole, sizeof whole, "%s  %s", full, rev);
    paper_text(paper, area_of(LEFT, y, 40, 10), &(struct style){.em = 6, .em_least = 4}, paper_words(paper, id));
    float x = LEFT + 42;
    x += paper_run(paper, x, y + 14, 18, true, INK_BLACK, order);
    paper_run(paper, x, y + 14, 12, true, INK_BLACK, behind);
    paper_text(paper, area_of(LEFT + 42, y + 18, RIGHT - LEFT - 42, 7), &(struct style){.em = 5, .em_least = 3}, whole);
    paper_line(paper, LEFT, y + 30, RIGHT - LEFT, 0, 0.3f);
}

void cover_put(struct paper *paper, const struct cover *cover)
{
    char       volume[48], count[64], from[WORDS_DAY], to[WORDS_DAY];
    struct buf period = {0};
    paper_page(paper, WIDE, HIGH);
    paper_rect(paper, area_of(LEFT - 10, 20, RIGHT - LEFT + 20, HIGH - 40), 0.8f);
    paper_text(paper, area_of(LEFT, 30, RIGHT - LEFT, 10), &(struct style){.em = 7, .em_least = 4, .side = SIDE_MIDDLE},
               cover->factory);
    paper_text(paper, area_of(LEFT, 46, RIGHT - LEFT, 18),
               &(struct style){.em = 15, .em_least = 8, .is_bold = true, .side = SIDE_MIDDLE},
               paper_words(paper, "labels.cover.title"));
    words_fill(paper, say_int(SAY("labels.cover.volume"), cover->volume), volume, sizeof volume);
    paper_text(paper, area_of(LEFT, 72, RIGHT - LEFT, 26),
               &(struct style){.em = 22, .em_least = 12, .is_bold = true, .side = SIDE_MIDDLE}, volume);
    paper_line(paper, LEFT, 112, RIGHT - LEFT, 0, 0.8f);
    number_put(paper, 122, "labels.cover.first", &cover->first);
    number_put(paper, 160, "labels.cover.last", &cover->last);
    words_day(paper, cover->from_day, false, from);
    words_day(paper, cover->to_day, false, to);
    buf_fmt(&period, "%s – %s", from, to);
    paper_text(paper, area_of(LEFT, 200, 40, 10), &(struct style){.em = 6, .em_least = 4},
               paper_words(paper, "labels.cover.period"));
    paper_text(paper, area_of(LEFT + 42, 198, RIGHT - LEFT - 42, 12),
               &(struct style){.em = 10, .em_least = 5, .is_bold = true}, buf_text(&period));
    words_fill(paper, say_int(SAY("labels.cover.sheets"), cover->sheets), count, sizeof count);
    paper_text(paper, area_of(LEFT + 42, 214, RIGHT - LEFT - 42, 8), &(struct style){.em = 6, .em_least = 4}, count);
    if (!cover->is_full)
        paper_text(paper, area_of(LEFT + 42, 224, RIGHT - LEFT - 42, 8), &(struct style){.em = 5, .em_least = 3},
                   paper_words(paper, "labels.cover.open"));
    buf_free(&period);
}
