/* sheet_head.c - the head of the production sheet: number, code, revision and copy, part, quantity, due day. */
#include <stdio.h>

#include "labels/sheet_job.h"
#include "labels/words.h"

void sheet_strip(struct job *job)
{
    const struct sheet    *sheet = job->sheet;
    const struct measures *m = job->m;
    struct buf             left = {0}, right = {0};
    char                   page[48];
    buf_fmt(&left, "%s  %s", text_or(sheet->factory, ""), paper_words(job->paper, "labels.sheet.title"));
    words_fill(job->paper, say_int(say_int(SAY("labels.page"), job->page), job->pages), page, sizeof page);
    const char *parts[] = {sheet->volume, sheet->maker, sheet->printed, page};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (is_empty(parts[i])) continue;
        if (right.len > 0) buf_str(&right, "   ");
        if (i == 1) buf_fmt(&right, "%s ", paper_words(job->paper, "labels.sheet.maker"));
        buf_str(&right, parts[i]);
    }
    float wide = paper_width(job->paper, m->small_em, false, buf_text(&right));
    float most = m->strip.w * 0.62f;
    if (wide > most) wide = most;
    struct area at = m->strip;
    if (!job->is_dry)
        paper_text(job->paper, area_of(at.x + at.w - wide - 0.1f, at.y, wide + 0.1f, at.h),
                   &(struct style){.em = m->small_em, .em_least = m->small_em * 0.5f, .side = SIDE_RIGHT},
                   buf_text(&right));
    at.w -= wide + 4;
    struct style style = {.em = m->strip_em, .em_least = m->strip_em * 0.55f, .is_bold = true};
    if (!job->is_dry) paper_text(job->paper, at, &style, buf_text(&left));
    buf_free(&left);
    buf_free(&right);
}

void sheet_number(struct job *job)
{
    const struct measures *m = job->m;
    char                   order[WORDS_NUMBER], behind[WORDS_NUMBER];
    float                  most = job->sheet->marks == 0 ? m->number_wide_alone : m->number_wide;
    words_line(job->sheet->ref.line, order, behind);
    float large = 0, small = 0;
    for (size_t i = 0; i < sizeof m->number_em / sizeof m->number_em[0]; i++) {
        large = m->number_em[i][0];
        small = m->number_em[i][1];
        if (paper_width(job->paper, large, true, order) + paper_width(job->paper, small, true, behind) <= most) break;
    }
    float wide = paper_width(job->paper, large, true, order) + paper_width(job->paper, small, true, behind);
    if (wide > most) {
        large *= most / wide;
        small *= most / wide;
    }
    /* A digit's side bearing would set the number in from the edge that all else keeps. */
    float x = m->left - large * 0.03f;
    x += paper_run(job->paper, x, m->number_y, large, true, INK_BLACK, order);
    paper_run(job->paper, x, m->number_y, small, true, INK_BLACK, behind);
}

void sheet_full(struct job *job)
{
    const struct measures *m = job->m;
    char                   number[LINE_REF_TEXT];
    line_ref_write(job->sheet->ref.line, number);
    float       wide = paper_width(job->paper, m->full_em, true, number);
    struct area at = m->full;
    if (job->sheet->marks == 0) at.w = m->code.x - at.x - 2;
    if (!job->is_dry) paper_text(job->paper, at, &(struct style){.em = m->full_em, .is_bold = true}, number);
    at.x += wide + m->full_em * 0.8f;
    at.w -= wide + m->full_em * 0.8f;
    sheet_text(job, at, &(struct style){.em = m->full_em * 0.84f, .em_least = m->full_em * 0.56f, .lines = 2},
               "labels.sheet.customer", job->sheet->customer);
}

/* Two thick strokes through a code of the archive, so that no scanner takes it [R26]. */
void sheet_cross(struct job *job, struct area area)
{
    paper_line(job->paper, area.x, area.y, area.w, area.h, 1.2f);
    paper_line(job->paper, area.x, area.y + area.h, area.w, -area.h, 1.2f);
}

void sheet_code(struct job *job)
{
    const struct measures *m = job->m;
    char                   groups[WORDS_DIGITS];
    words_digits(job->digits, groups);
    paper_symbol(job->paper, m->code, SYMBOL_CODE128, m->module, job->digits);
    paper_text(job->paper, m->digits, &(struct style){.em = m->digits_em, .is_bold = true, .side = SIDE_MIDDLE},
               groups);
    if (!job->sheet->is_archive) return;
    struct area word = area_inset(m->code, m->code.w * 0.3f, m->code.h * 0.22f);
    sheet_cross(job, m->code);
    paper_fill(job->paper, word, INK_WHITE);
    paper_rect(job->paper, word, 0.7f);
    paper_text(job->paper, word,
               &(struct style){.em = word.h * 0.75f, .em_least = 2, .is_bold = true, .side = SIDE_MIDDLE},
               paper_words(job->paper, "labels.sheet.archive"));
}

void sheet_revision(struct job *job)
{
    const struct measures *m = job->m;
    const struct sheet    *sheet = job->sheet;
    char                   number[16], words[64];
    struct style           style = {.em = m->revision_em, .is_bold = true};
    float                  top = m->label_em + 0.4f;
    paper_rect(job->paper, area_of(m->revision.x, m->revision.y, m->revision.w + m->copy.w, m->revision.h), 0.23f);
    paper_line(job->paper, m->copy.x, m->copy.y, 0, m->copy.h, 0.23f);
    sheet_label(job, m->revision, paper_words(job->paper, "labels.sheet.revision"));
    snprintf(number, sizeof number, "%d", sheet->ref.rev);
    paper_text(job->paper,
               area_of(m->revision.x + 1.2f, m->revision.y + top, m->revision.w - 1.6f, m->revision.h - top), &style,
               number);
    words_fill(job->paper,
               sheet->copies > 0 ? say_int(SAY("labels.sheet.copy_of"), sheet->copies) : SAY("labels.sheet.copy"),
               words, sizeof words);
    sheet_label(job, m->copy, words);
    snprintf(number, sizeof number, "%03d", sheet->ref.copy);
    float at = m->copy.x + 1.2f, wide = paper_width(job->paper, m->revision_em, true, number);
    paper_text(job->paper, area_of(at, m->copy.y + top, wide + 0.1f, m->copy.h - top), &style, number);
    if (sheet->replaces <= 0) return;
    char older[16];
    snprintf(older, sizeof older, "%03d", sheet->replaces);
    words_fill(job->paper, say_text(SAY("labels.sheet.replaces"), older), words, sizeof words);
    paper_text(job->paper, area_of(at + wide + 1, m->copy.y + top, m->copy.w - wide - 3, m->copy.h - top),
               &(struct style){.em = m->value_em, .em_least = 2, .is_bold = true, .lines = 2}, words);
}

/* Part, quantity, due, delivery: what a welder needs without glasses. */
void sheet_facts(struct job *job)
{
    const struct measures   *m = job->m;
    const struct sheet      *sheet = job->sheet;
    static const char *const NAMES[4] = {"labels.sheet.part", "labels.sheet.quantity", "labels.sheet.due",
                                         "labels.sheet.delivery"};
    char                     quantity[64], due[WORDS_DAY];
    struct area              cell = m->facts;
    snprintf(quantity, sizeof quantity, "%lld %s", (long long)sheet->quantity, text_or(sheet->unit, ""));
    words_day(job->paper, sheet->due, true, due);
    const char *texts[4] = {sheet->part, quantity, due, sheet->delivery};
    if (!job->is_dry) paper_rect(job->paper, m->facts, 0.5f);
    for (int i = 0; i < 4; i++) {
        cell.x += i > 0 ? cell.w : 0;
        cell.w = m->fact_wide[i];
        float        em = i == 3 ? m->fact_em * 0.63f : m->fact_em, top = m->label_em + 1;
        struct style style = {.em = em, .em_least = em * 0.38f, .is_bold = true, .lines = 2};
        if (!job->is_dry && i > 0) paper_line(job->paper, cell.x, cell.y, 0, cell.h, 0.5f);
        if (!job->is_dry) sheet_label(job, cell, paper_words(job->paper, NAMES[i]));
        sheet_text(job, area_of(cell.x + 1.6f, cell.y + top, cell.w - 2.4f, cell.h - top - 0.2f), &style, NAMES[i],
                   texts[i]);
    }
}
