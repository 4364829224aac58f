/* sheet.c - the production sheet: sheet.h. Measures stand in two tables, A4 and A5; what is drawn is the same. */
#include "labels/sheet.h"

#include <stdio.h>
#include <string.h>

#include "core/money.h"
#include "labels/words.h"

enum { COLUMNS = 11, MORE_MAX = 64, ROWS_OF_FIELDS = SHEET_FIELDS / 2, SIGN_CELLS = 5 };

/* What stands where, in millimetres; areas from the paper's corner. */
struct measures {
    float       width, height, fold_x, hole_x, hole_y[2], left, right;
    struct area strip, full, marks, code, digits, revision, copy, facts, special, door, signs, qr, bar;
    float       number_y, number_wide, number_wide_alone; /* baseline; beside marks, and without */
    float       number_em[4][2];                          /* order and line, from large to small */
    float strip_em, small_em, full_em, digits_em, revision_em, fact_em, fact_name_em, label_em, value_em, special_em;
    float remark_em, remark_y, remark_high;
    float fact_wide[4];
    float field_y, field_high, field_right, field_label;
    float module, qr_module;
    float op_y, op_head, op_high, op_dense;
    int   op_count, op_count_dense; /* rows of either height */
    float op_em, op_small_em, rate_em, tick;
    float columns[LANG_COUNT][COLUMNS];
    float sign_em, bar_em, foot_em;
};

/* clang-format off */
static const struct measures SIZES[2] = {
    [SHEET_A4] = {
        .width = 210, .height = 297, .fold_x = 12, .hole_x = 6, .hole_y = {108.5f, 188.5f}, .left = 16, .right = 202,
        .strip = {16, 6.2f, 186, 5}, .full = {16, 43.6f, 82, 6.4f}, .marks = {100, 13.6f, 39.2f, 36.8f},
        .code = {140.4f, 13.4f, 61.6f, 18.6f}, .digits = {140.4f, 32.4f, 61.6f, 4.6f},
        .revision = {145, 38.4f, 18, 12.2f}, .copy = {163, 38.4f, 39, 12.2f}, .facts = {16, 53, 186, 15.6f},
        .special = {16, 129.2f, 119, 17.2f}, .door = {137, 70.4f, 65, 87.2f}, .signs = {16, 250.2f, 186, 13.6f},
        .qr = {14.2f, 265, 25.6f, 25.6f}, .bar = {41, 266.8f, 161, 10},
        .number_y = 40.8f, .number_wide = 83, .number_wide_alone = 122,
        .number_em = {{37, 19}, {33, 17}, {27, 14}, {24, 12}},
        .strip_em = 4.4f, .small_em = 2.9f, .full_em = 5, .digits_em = 3.9f, .revision_em = 9, .fact_em = 9.6f,
        .fact_name_em = 2.9f, .label_em = 2.9f, .value_em = 3.7f, .special_em = 5,
        .remark_em = 3.6f, .remark_y = 147.6f, .remark_high = 10,
        .fact_wide = {46, 36, 59, 45}, .field_y = 70.4f, .field_high = 6.35f, .field_right = 135, .field_label = 15,
        .module = 0.40f, .qr_module = 0.88f,
        .op_y = 159.2f, .op_head = 5.6f, .op_high = 6.85f, .op_dense = 5.6f, .op_count = 12, .op_count_dense = 15,
        .op_em = 4.9f, .op_small_em = 3.8f, .rate_em = 4.4f, .tick = 4.8f,
        .columns = {{7, 20, 13.5f, 13.5f, 18.8f, 16, 36.4f, 16, 14, 19, 11.8f},
                    {8, 27, 16, 11, 17, 14, 33, 15, 13, 20, 12}},
        .sign_em = 4.4f, .bar_em = 6.6f, .foot_em = 3.4f,
    },
    [SHEET_A5] = {
        .width = 148, .height = 210, .fold_x = 9.6f, .hole_x = 4.8f, .hole_y = {65, 145}, .left = 12, .right = 142,
        .strip = {12, 4.2f, 130, 4}, .full = {12, 31.4f, 76, 5}, .marks = {61.5f, 9, 27.5f, 22},
        .code = {89.7f, 8.6f, 52.3f, 14.6f}, .digits = {89.7f, 23.3f, 52.3f, 3.8f},
        .revision = {94.4f, 27.6f, 14, 9}, .copy = {108.4f, 27.6f, 33.6f, 9}, .facts = {12, 38.6f, 130, 11.6f},
        .special = {12, 100.9f, 84.6f, 6.6f}, .door = {98.4f, 51.8f, 43.6f, 60.2f}, .signs = {12, 182.9f, 130, 9.4f},
        .qr = {11, 192.7f, 14.6f, 14.6f}, .bar = {26.6f, 193.5f, 115.4f, 5.8f},
        .number_y = 28.6f, .number_wide = 49, .number_wide_alone = 76,
        .number_em = {{27, 14}, {24, 12}, {20, 10}, {17, 9}},
        .strip_em = 3.4f, .small_em = 2.4f, .full_em = 3.9f, .digits_em = 3.1f, .revision_em = 6.2f, .fact_em = 6.6f,
        .fact_name_em = 2.4f, .label_em = 2.4f, .value_em = 3.1f, .special_em = 4,
        .remark_em = 2.6f, .remark_y = 107.8f, .remark_high = 5.2f,
        .fact_wide = {32, 26, 42, 30}, .field_y = 51.8f, .field_high = 5.35f, .field_right = 96.6f, .field_label = 11.5f,
        .module = 0.33f, .qr_module = 0.50f,
        .op_y = 113, .op_head = 4.6f, .op_high = 5.85f, .op_dense = 5, .op_count = 11, .op_count_dense = 13,
        .op_em = 3.9f, .op_small_em = 3.1f, .rate_em = 3.6f, .tick = 3.9f,
        .columns = {{6, 15, 10, 9, 14, 12, 26, 10.5f, 9.5f, 10.5f, 7.5f},
                    {6.5f, 20, 11.5f, 8.5f, 13, 11.5f, 22.5f, 10, 8.5f, 10.5f, 7.5f}},
        .sign_em = 3.6f, .bar_em = 4.8f, .foot_em = 2.5f,
    },
};

static const char *const FIELDS[SHEET_FIELDS] = {
    [SHEET_PRODUCT] = "labels.field.product",           [SHEET_BRAND] = "labels.field.brand",
    [SHEET_MATERIAL] = "labels.field.material",         [SHEET_STYLE] = "labels.field.style",
    [SHEET_WALL_OPENING] = "labels.field.wall_opening", [SHEET_WALL] = "labels.field.wall",
    [SHEET_LEAF] = "labels.field.leaf",                 [SHEET_COLOUR] = "labels.field.colour",
    [SHEET_OPENING] = "labels.field.opening",           [SHEET_LOCK] = "labels.field.lock",
    [SHEET_CLOSER] = "labels.field.closer",             [SHEET_HARDWARE] = "labels.field.hardware",
    [SHEET_DECOR] = "labels.field.decor",               [SHEET_FRAME] = "labels.field.frame",
    [SHEET_ARCHITRAVE] = "labels.field.architrave",     [SHEET_PROCESS] = "labels.field.process",
    [SHEET_PICTURE] = "labels.field.picture",           [SHEET_TECHNICAL] = "labels.field.technical",
};
/* clang-format on */

/* A text that found no room on page 1. */
struct more {
    const char *name; /* id of its field */
    const char *text;
};

struct job {
    struct paper          *paper;
    const struct sheet    *sheet;
    const struct measures *m;
    char                   digits[CODE_TEXT_MAX];
    int                    page, pages; /* from 1 */
    bool                   is_dry;      /* looks only what finds no room */
    int                    more_count;
    struct more            more[MORE_MAX];
};

static const char *text_or(const char *text, const char *otherwise)
{
    return text == NULL || text[0] == '\0' ? otherwise : text;
}

static bool is_empty(const char *text)
{
    return text == NULL || text[0] == '\0';
}

void sheet_digits(const struct sheet *sheet, char text[CODE_TEXT_MAX])
{
    code_write_sheet(sheet->ref, text);
}

/* ---- Texts that may find no room */

/* Its longest start that has room before the words "see page 2". */
static void text_start(struct job *job, struct area area, const struct style *style, const char *text)
{
    struct buf  start = {0};
    const char *mark = paper_words(job->paper, "labels.sheet.see_next");
    size_t      len = paper_fits(job->paper, area, style, text);
    for (;;) {
        buf_clear(&start);
        buf_add(&start, text, len);
        buf_str(&start, mark);
        if (len == 0 || paper_fits(job->paper, area, style, buf_text(&start)) == start.len) break;
        do len--;
        while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80);
    }
    paper_text(job->paper, area, style, buf_text(&start));
    buf_free(&start);
}

static void put(struct job *job, struct area area, const struct style *style, const char *name, const char *text)
{
    if (is_empty(text)) return;
    if (paper_fits(job->paper, area, style, text) == strlen(text)) {
        if (!job->is_dry) paper_text(job->paper, area, style, text);
        return;
    }
    if (job->more_count < MORE_MAX) job->more[job->more_count++] = (struct more){name, text};
    if (!job->is_dry) text_start(job, area, style, text);
}

/* ---- Head */

static void strip_put(struct job *job)
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

static void number_put(struct job *job)
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

static void full_put(struct job *job)
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
    put(job, at, &(struct style){.em = m->full_em * 0.84f, .em_least = m->full_em * 0.56f, .lines = 2},
        "labels.sheet.customer", job->sheet->customer);
}

/* Two thick strokes through a code of the archive, so that no scanner takes it [R26]. */
static void cross_put(struct job *job, struct area area)
{
    paper_line(job->paper, area.x, area.y, area.w, area.h, 1.2f);
    paper_line(job->paper, area.x, area.y + area.h, area.w, -area.h, 1.2f);
}

static void code_put(struct job *job)
{
    const struct measures *m = job->m;
    char                   groups[WORDS_DIGITS];
    words_digits(job->digits, groups);
    paper_symbol(job->paper, m->code, SYMBOL_CODE128, m->module, job->digits);
    paper_text(job->paper, m->digits, &(struct style){.em = m->digits_em, .is_bold = true, .side = SIDE_MIDDLE},
               groups);
    if (!job->sheet->is_archive) return;
    struct area word = area_inset(m->code, m->code.w * 0.3f, m->code.h * 0.22f);
    cross_put(job, m->code);
    paper_fill(job->paper, word, INK_WHITE);
    paper_rect(job->paper, word, 0.7f);
    paper_text(job->paper, word,
               &(struct style){.em = word.h * 0.75f, .em_least = 2, .is_bold = true, .side = SIDE_MIDDLE},
               paper_words(job->paper, "labels.sheet.archive"));
}

static void cell_label(struct job *job, struct area cell, const char *words)
{
    paper_text(job->paper, area_of(cell.x + 1.2f, cell.y + 0.8f, cell.w - 2, job->m->label_em),
               &(struct style){.em = job->m->label_em, .em_least = job->m->label_em * 0.6f}, words);
}

static void revision_put(struct job *job)
{
    const struct measures *m = job->m;
    const struct sheet    *sheet = job->sheet;
    char                   number[16], words[64];
    struct style           style = {.em = m->revision_em, .is_bold = true};
    float                  top = m->label_em + 0.4f;
    paper_rect(job->paper, area_of(m->revision.x, m->revision.y, m->revision.w + m->copy.w, m->revision.h), 0.23f);
    paper_line(job->paper, m->copy.x, m->copy.y, 0, m->copy.h, 0.23f);
    cell_label(job, m->revision, paper_words(job->paper, "labels.sheet.revision"));
    snprintf(number, sizeof number, "%d", sheet->ref.rev);
    paper_text(job->paper,
               area_of(m->revision.x + 1.2f, m->revision.y + top, m->revision.w - 1.6f, m->revision.h - top), &style,
               number);
    words_fill(job->paper,
               sheet->copies > 0 ? say_int(SAY("labels.sheet.copy_of"), sheet->copies) : SAY("labels.sheet.copy"),
               words, sizeof words);
    cell_label(job, m->copy, words);
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
static void facts_put(struct job *job)
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
        if (!job->is_dry) cell_label(job, cell, paper_words(job->paper, NAMES[i]));
        put(job, area_of(cell.x + 1.6f, cell.y + top, cell.w - 2.4f, cell.h - top - 0.2f), &style, NAMES[i], texts[i]);
    }
}

/* ---- The order line */

/* "▲ changed" white on black at the right of a changed value; the first says it in words. Returns its width. */
static float changed_put(struct job *job, struct area cell, bool is_first)
{
    const char *words = is_first ? paper_words(job->paper, "labels.sheet.changed") : "▲";
    float       em = job->m->label_em, wide = paper_width(job->paper, em, true, words) + 1.2f;
    struct area tag = {cell.x + cell.w - wide - 0.8f, cell.y + (cell.h - em - 0.8f) / 2, wide, em + 0.8f};
    if (job->is_dry) return wide + 1.4f;
    paper_fill(job->paper, tag, INK_BLACK);
    paper_text(job->paper, tag, &(struct style){.em = em, .is_bold = true, .side = SIDE_MIDDLE, .ink = INK_WHITE},
               words);
    return wide + 1.4f;
}

static void field_put(struct job *job, struct area cell, int field)
{
    const struct measures *m = job->m;
    bool                   is_changed = (job->sheet->changed >> field & 1) != 0;
    bool                   is_first = (job->sheet->changed & ((1u << field) - 1)) == 0;
    if (!job->is_dry)
        paper_text(job->paper, area_of(cell.x + 1.2f, cell.y, m->field_label - 1.4f, cell.h),
                   &(struct style){.em = m->label_em, .em_least = m->label_em * 0.62f, .lines = 2},
                   paper_words(job->paper, FIELDS[field]));
    if (is_changed) cell.w -= changed_put(job, cell, is_first);
    struct style style = {.em = m->value_em, .em_least = m->value_em * 0.68f, .is_bold = true, .lines = 2};
    put(job, area_of(cell.x + m->field_label, cell.y + 0.2f, cell.w - m->field_label - 0.8f, cell.h - 0.4f), &style,
        FIELDS[field], text_or(job->sheet->fields[field], "—"));
}

static void fields_put(struct job *job)
{
    const struct measures *m = job->m;
    float wide = m->field_right - m->left, half = wide / 2, high = m->field_high * (float)ROWS_OF_FIELDS;
    if (!job->is_dry) {
        paper_rect(job->paper, area_of(m->left, m->field_y, wide, high), 0.5f);
        paper_line(job->paper, m->left + half, m->field_y, 0, high, 0.23f);
        for (int row = 1; row < ROWS_OF_FIELDS; row++)
            paper_line(job->paper, m->left, m->field_y + m->field_high * (float)row, wide, 0, 0.23f);
    }
    for (int field = 0; field < SHEET_FIELDS; field++) {
        int row = field / 2;
        field_put(job,
                  area_of(m->left + (field % 2 == 0 ? 0 : half), m->field_y + m->field_high * (float)row, half,
                          m->field_high),
                  field);
    }
}

static void special_put(struct job *job)
{
    const struct measures *m = job->m;
    bool                   is_low = m->special.h < 10; /* its name stands before it, not above */
    struct area            in = area_inset(m->special, 1.6f, 0.8f);
    const char            *name = paper_words(job->paper, "labels.sheet.special");
    struct style           small = {.em = m->label_em};
    if (!job->is_dry) paper_rect(job->paper, m->special, 0.7f);
    float wide = paper_width(job->paper, small.em, false, name) + 1.6f;
    if (!job->is_dry) paper_text(job->paper, area_of(in.x, in.y, wide, is_low ? in.h : small.em), &small, name);
    if (is_low) {
        in.x += wide;
        in.w -= wide;
    } else {
        in.y += small.em + 0.3f;
        in.h -= small.em + 0.3f;
    }
    struct style style = {
        .em = m->special_em, .em_least = m->special_em * 0.75f, .is_bold = true, .lines = is_low ? 1 : 3};
    put(job, in, &style, "labels.sheet.special", text_or(job->sheet->special, paper_words(job->paper, "labels.none")));
}

/* Remarks; then what this revision changed, and what stays good of the older one's work. */
static void remarks_put(struct job *job)
{
    const struct measures *m = job->m;
    const struct sheet    *sheet = job->sheet;
    struct buf             change = {0};
    float                  label = m->field_label, half = m->remark_high / 2;
    char                   words[32];
    struct area            at = {m->left + label, m->remark_y, m->field_right - m->left - label, half};
    if (!is_empty(sheet->change) || !is_empty(sheet->stays_good)) {
        words_fill(job->paper, say_int(SAY("labels.sheet.change"), sheet->ref.rev), words, sizeof words);
        buf_fmt(&change, "▲ %s%s%s%s", words, text_or(sheet->change, ""),
                is_empty(sheet->change) || is_empty(sheet->stays_good) ? "" : "；", text_or(sheet->stays_good, ""));
    }
    bool is_two = !is_empty(sheet->remarks) && change.len > 0;
    if (!is_two) at.h = m->remark_high;
    struct style style = {.em = m->remark_em, .em_least = m->remark_em * 0.8f, .lines = is_two ? 1 : 2};
    if (!is_empty(sheet->remarks)) {
        if (!job->is_dry)
            paper_text(job->paper, area_of(m->left + 1.2f, at.y, label - 1.4f, half),
                       &(struct style){.em = m->label_em, .em_least = m->label_em * 0.7f},
                       paper_words(job->paper, "labels.sheet.remarks"));
        put(job, at, &style, "labels.sheet.remarks", sheet->remarks);
        at.y += half;
    }
    style.is_bold = true;
    /* The text is put together here, so what finds no room is told apart on page 2 by its parts. */
    if (change.len > 0 && paper_fits(job->paper, at, &style, buf_text(&change)) == change.len) {
        if (!job->is_dry) paper_text(job->paper, at, &style, buf_text(&change));
    } else if (change.len > 0) {
        if (!job->is_dry) text_start(job, at, &style, buf_text(&change));
        const char *parts[2] = {sheet->change, sheet->stays_good};
        for (int i = 0; i < 2; i++)
            if (!is_empty(parts[i]) && job->more_count < MORE_MAX)
                job->more[job->more_count++] =
                    (struct more){i == 0 ? "labels.sheet.changes" : "labels.sheet.stays_good", parts[i]};
    }
    buf_free(&change);
}

/* ---- Operations */

static void tick_put(struct job *job, float x, float y, float wide, float high)
{
    float tick = job->m->tick < high - 0.9f ? job->m->tick : high - 0.9f;
    paper_rect(job->paper, area_of(x + (wide - tick) / 2, y + (high - tick) / 2, tick, tick), 0.4f);
}

static void rate_words(const struct job *job, int64_t rate_cfen, char text[MONEY_TEXT])
{
    if (rate_cfen >= 0)
        money_write_rate(rate_cfen, text);
    else
        snprintf(text, MONEY_TEXT, "%s",
                 rate_cfen == SHEET_RATE_DAYWORK ? paper_words(job->paper, "labels.sheet.daywork") : "—");
}

static void op_put(struct job *job, const struct sheet_op *op, float y, float high)
{
    const struct measures *m = job->m;
    const float           *wide = m->columns[job->paper->lang];
    char                   number[16], quantity[24], rate[MONEY_TEXT], due[WORDS_DAY];
    float                  x = m->left, dense = high < m->op_high ? 0.88f : 1;
    snprintf(number, sizeof number, "%d", op->number);
    snprintf(quantity, sizeof quantity, "%lld", (long long)op->quantity);
    rate_words(job, op->rate_cfen, rate);
    words_day(job->paper, op->due, false, due);
    const struct {
        const char *text, *name;
        float       em;
        bool        is_bold;
        enum side   side;
    } cells[COLUMNS] = {
        {number,      "labels.op.number",    m->op_small_em * 0.92f, false, SIDE_MIDDLE},
        {op->name,    "labels.op.operation", m->op_em,               true,  SIDE_LEFT  },
        {op->part,    "labels.op.part",      m->op_small_em,         false, SIDE_MIDDLE},
        {quantity,    "labels.op.quantity",  m->op_small_em,         true,  SIDE_MIDDLE},
        {rate,        "labels.op.rate",      m->rate_em,             true,  SIDE_RIGHT },
        {due,         "labels.op.due",       m->op_small_em,         false, SIDE_MIDDLE},
        {op->carried, "labels.op.carried",   m->label_em,            true,  SIDE_LEFT  },
    };
    for (int i = 0; i < COLUMNS; i++) {
        if (i > 0) x += wide[i - 1];
        struct style style = {
            .em = cells[i].em * dense, .is_bold = cells[i].is_bold, .side = cells[i].side, .lines = 2};
        style.em_least = style.em * 0.55f;
        if (i == COLUMNS - 1 && !job->is_dry) tick_put(job, x, y, wide[i], high);
        put(job, area_of(x + 0.8f, y + 0.1f, wide[i] - 1.6f, high - 0.2f), &style, cells[i].name, cells[i].text);
    }
}

static void ops_head(struct job *job, float y)
{
    static const char *const NAMES[COLUMNS] = {"labels.op.number",   "labels.op.operation", "labels.op.part",
                                               "labels.op.quantity", "labels.op.rate",      "labels.op.due",
                                               "labels.op.who",      "labels.op.good",      "labels.op.bad",
                                               "labels.op.date",     "labels.op.tick"};
    const struct measures   *m = job->m;
    float                    x = m->left;
    struct style style = {.em = m->label_em, .em_least = m->label_em * 0.62f, .side = SIDE_MIDDLE, .lines = 2};
    for (int i = 0; i < COLUMNS; i++) {
        paper_text(job->paper, area_of(x + 0.4f, y, m->columns[job->paper->lang][i] - 0.8f, m->op_head), &style,
                   paper_words(job->paper, NAMES[i]));
        x += m->columns[job->paper->lang][i];
    }
}

static void ops_put(struct job *job, int from, int count, float y, float high)
{
    const struct measures *m = job->m;
    float                  wide = m->right - m->left, all = m->op_head + high * (float)count, x = m->left;
    if (!job->is_dry) {
        ops_head(job, y);
        for (int i = 0; i + 1 < COLUMNS; i++) {
            x += m->columns[job->paper->lang][i];
            paper_line(job->paper, x, y, 0, all, i == 6 || i == 7 ? 0.4f : 0.23f);
        }
        for (int i = 0; i < count; i++)
            paper_line(job->paper, m->left, y + m->op_head + high * (float)i, wide, 0, i == 0 ? 0.4f : 0.23f);
        paper_rect(job->paper, area_of(m->left, y, wide, all), 0.5f);
    }
    for (int i = 0; i < count; i++) op_put(job, &job->sheet->ops[from + i], y + m->op_head + high * (float)i, high);
}

/* ---- Foot */

static void sign_put(struct job *job, struct area cell, const struct sheet_sign *sign)
{
    const struct measures *m = job->m;
    float                  small = m->label_em * 0.93f, line = (cell.h - small - 1) / 2;
    struct style           name = {.em = m->sign_em, .em_least = m->sign_em * 0.6f, .is_bold = true};
    struct area            at = {cell.x + 1.2f, cell.y + small + 0.7f, cell.w - 2, line + 0.6f};
    if (!job->is_dry) cell_label(job, cell, text_or(sign->office, ""));
    put(job, at, &name, "labels.sheet.signed", sign->name);
    at.y += at.h - 0.2f;
    at.h = line - 0.3f;
    put(job, at, &(struct style){.em = small, .em_least = small * 0.7f}, "labels.sheet.signed", sign->when);
}

/* The last cell is for the day when a newer revision calls this one back [R3]. */
static void collect_put(struct job *job, struct area cell)
{
    const struct measures *m = job->m;
    float                  line = (cell.h - m->label_em - 1.2f) / 2;
    struct style           style = {.em = m->label_em, .em_least = m->label_em * 0.7f};
    cell_label(job, cell, paper_words(job->paper, "labels.sheet.collected"));
    paper_text(job->paper, area_of(cell.x + 1.2f, cell.y + m->label_em + 1, cell.w - 2, line), &style,
               paper_words(job->paper, "labels.sheet.collected_by"));
    paper_text(job->paper, area_of(cell.x + 1.2f, cell.y + m->label_em + 1 + line, cell.w - 2, line), &style,
               paper_words(job->paper, "labels.sheet.collected_on"));
}

static void signs_put(struct job *job)
{
    const struct measures *m = job->m;
    int                    count = job->sheet->sign_count < SIGN_CELLS ? SIGN_CELLS : job->sheet->sign_count;
    struct area            cell = m->signs;
    cell.w /= (float)(count + 1);
    if (!job->is_dry) paper_rect(job->paper, m->signs, 0.5f);
    for (int i = 0; i <= count; i++) {
        if (i > 0) cell.x += cell.w;
        if (i > 0 && !job->is_dry) paper_line(job->paper, cell.x, cell.y, 0, cell.h, 0.23f);
        if (i < job->sheet->sign_count) sign_put(job, cell, &job->sheet->signs[i]);
    }
    if (!job->is_dry) collect_put(job, cell);
}

static void foot_put(struct job *job)
{
    const struct measures *m = job->m;
    struct buf             last = {0};
    struct style           style = {.em = m->foot_em, .em_least = m->foot_em * 0.6f};
    struct area            at = {m->bar.x, m->bar.y + m->bar.h + m->foot_em * 0.25f, m->bar.w, m->foot_em * 1.24f};
    paper_symbol(job->paper, m->qr, SYMBOL_QR, m->qr_module, job->digits);
    if (job->sheet->is_archive) cross_put(job, m->qr);
    paper_fill(job->paper, m->bar, INK_BLACK);
    paper_text(
        job->paper, m->bar,
        &(struct style){
            .em = m->bar_em, .em_least = m->bar_em * 0.5f, .is_bold = true, .side = SIDE_MIDDLE, .ink = INK_WHITE},
        paper_words(job->paper, "labels.sheet.void"));
    paper_text(job->paper, at, &style, paper_words(job->paper, "labels.sheet.machines_dead"));
    at.y += at.h + 0.2f;
    buf_str(&last, paper_words(job->paper, "labels.sheet.red_screen"));
    if (!is_empty(job->sheet->content))
        buf_fmt(&last, "  %s %s", paper_words(job->paper, "labels.sheet.content"), job->sheet->content);
    paper_text(job->paper, at, &style, buf_text(&last));
    buf_free(&last);
}

/* Holes and a line to fold along: 100 sheets make a volume [R27]. */
static void binding_put(struct job *job)
{
    const struct measures   *m = job->m;
    static const char *const WORDS[3] = {"labels.sheet.bind1", "labels.sheet.bind2", "labels.sheet.bind3"};
    char                     words[96];
    paper_dashed(job->paper, m->fold_x, 10, 0, m->height - 20, 0.25f, 1.8f);
    for (int i = 0; i < 2; i++) {
        snprintf(words, sizeof words, "o %.2f %.2f 2.75 w0.25", (double)m->hole_x, (double)m->hole_y[i]);
        paper_drawing(job->paper, 0, 0, 1, INK_BLACK, words);
    }
    for (int i = 0; i < 3; i++) {
        const char *word = paper_words(job->paper, WORDS[i]);
        float       em = m->label_em, y = m->height * (0.2f + 0.3f * (float)i);
        if (strcmp(word, "-") == 0) continue;
        paper_fill(job->paper, area_of(m->fold_x - em * 0.6f, y - em * 0.7f, em * 1.2f, em * 1.4f), INK_WHITE);
        paper_text(job->paper, area_of(m->fold_x - em * 0.6f, y - em * 0.5f, em * 1.2f, em),
                   &(struct style){.em = em, .side = SIDE_MIDDLE}, word);
    }
}

/* ---- Pages */

static void first_page_put(struct job *job, int op_count)
{
    const struct measures *m = job->m;
    const struct sheet    *sheet = job->sheet;
    bool                   is_dense = op_count > m->op_count;
    if (!job->is_dry) {
        paper_page(job->paper, m->width, m->height);
        binding_put(job);
        number_put(job);
        marks_put(job->paper, m->marks, sheet->marks);
        code_put(job);
        revision_put(job);
        door_put(job->paper, m->door, &sheet->door, sheet->picture, sheet->picture_size);
        foot_put(job);
    }
    strip_put(job);
    full_put(job);
    facts_put(job);
    fields_put(job);
    special_put(job);
    remarks_put(job);
    ops_put(job, 0, op_count, m->op_y, is_dense ? m->op_dense : m->op_high);
    signs_put(job);
}

/* The head of further pages: enough to know whose page it is, and the code once more. Returns where it ends. */
static float next_head(struct job *job)
{
    const struct measures *m = job->m;
    char                   order[WORDS_NUMBER], behind[WORDS_NUMBER], words[96];
    float                  scale = m->strip_em / 4.4f, x = m->left, baseline = 30 * scale;
    paper_page(job->paper, m->width, m->height);
    binding_put(job);
    strip_put(job);
    words_line(job->sheet->ref.line, order, behind);
    x += paper_run(job->paper, x, baseline, 22 * scale, true, INK_BLACK, order);
    paper_run(job->paper, x, baseline, 12 * scale, true, INK_BLACK, behind);
    code_put(job);
    words_fill(job->paper, say_int(say_int(SAY("labels.sheet.rev_copy"), job->sheet->ref.rev), job->sheet->ref.copy),
               words, sizeof words);
    paper_text(job->paper, area_of(m->left, baseline + 2 * scale, m->code.x - m->left - 2, 6 * scale),
               &(struct style){.em = 4.4f * scale, .is_bold = true}, words);
    paper_line(job->paper, m->left, m->digits.y + m->digits.h + 3, m->right - m->left, 0, 0.7f);
    return m->digits.y + m->digits.h + 6;
}

/* A text in full, over as many pages as it takes. */
static float more_put(struct job *job, const struct more *more, float y)
{
    const struct measures *m = job->m;
    struct style           name = {.em = m->value_em, .is_bold = true}, style = {.em = m->value_em, .lines = 60};
    const char            *text = more->text;
    float                  end = m->height - 12;
    style.em_least = style.em;
    if (y + m->value_em * 3 > end) {
        job->page++;
        y = next_head(job);
    }
    paper_text(job->paper, area_of(m->left, y, m->right - m->left, m->value_em * 1.2f), &name,
               paper_words(job->paper, more->name));
    y += m->value_em * 1.6f;
    while (*text != '\0') {
        struct area at = {m->left + 4, y, m->right - m->left - 4, end - y};
        size_t      len = paper_fits(job->paper, at, &style, text);
        struct buf  piece = {0};
        buf_add(&piece, text, len);
        style.level = LEVEL_TOP;
        y = paper_text(job->paper, at, &style, buf_text(&piece)) + m->value_em;
        buf_free(&piece);
        text += len;
        if (*text == '\0' || len == 0 || job->paper->is_refused) break;
        job->page++;
        y = next_head(job);
    }
    return y;
}

static void next_pages_put(struct job *job, int op_from)
{
    const struct measures *m = job->m;
    float                  y = 0;
    if (op_from >= job->sheet->op_count && job->more_count == 0) return;
    job->page++;
    y = next_head(job);
    while (op_from < job->sheet->op_count) {
        int room = (int)((m->height - 14 - y - m->op_head) / m->op_high), left = job->sheet->op_count - op_from;
        int count = left < room ? left : room;
        ops_put(job, op_from, count, y, m->op_high);
        y += m->op_head + m->op_high * (float)count + 5;
        op_from += count;
        if (op_from >= job->sheet->op_count) break;
        job->page++;
        y = next_head(job);
    }
    for (int i = 0; i < job->more_count; i++) y = more_put(job, &job->more[i], y);
}

static void pages_put(struct job *job)
{
    int count = job->sheet->op_count, most = job->m->op_count_dense, on_first = count < most ? count : most;
    job->page = 1;
    job->more_count = 0;
    first_page_put(job, on_first);
    if (!job->is_dry) next_pages_put(job, on_first);
}

/* Would a page of this size hold all of it? */
static bool has_room(struct job *job)
{
    job->is_dry = true;
    job->pages = 1;
    pages_put(job);
    job->is_dry = false;
    return job->more_count == 0 && job->sheet->op_count <= job->m->op_count_dense;
}

void sheet_put(struct paper *paper, const struct sheet *sheet, enum sheet_size *size)
{
    struct job   job = {.paper = paper, .sheet = sheet, .m = &SIZES[*size]};
    struct paper trial;
    sheet_digits(sheet, job.digits);
    if (*size == SHEET_A5 && !has_room(&job)) {
        *size = SHEET_A4;
        job.m = &SIZES[SHEET_A4];
    }
    job.pages = 1;
    if (has_room(&job)) {
        pages_put(&job);
        return;
    }
    /* How many pages there are is known when they are put, and each page says it: once to count, once to print. */
    paper_begin(&trial, paper->type, paper->lang);
    job.paper = &trial;
    pages_put(&job);
    job.pages = (int)trial.page_count;
    paper_free(&trial);
    job.paper = paper;
    pages_put(&job);
}
