/* sheet.c - the production sheet: sheet.h. Measures stand in two tables, A4 and A5; what is drawn is the same, and stands
 * in sheet_head.c and sheet_body.c; here is what becomes of it on one page or more. */
#include "labels/sheet.h"

#include <stdio.h>
#include <string.h>

#include "labels/fit.h"
#include "labels/sheet_job.h"
#include "labels/words.h"

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
        .fact_wide = {46, 36, 59, 45}, .field_y = 70.4f, .field_high = 6.35f, .field_right = 135, .field_label = {15, 18},
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
        .fact_wide = {32, 26, 42, 30}, .field_y = 51.8f, .field_high = 5.35f, .field_right = 96.6f, .field_label = {12, 14.4f},
        .module = 0.33f, .qr_module = 0.50f,
        .op_y = 113, .op_head = 4.6f, .op_high = 5.85f, .op_dense = 5, .op_count = 11, .op_count_dense = 13,
        .op_em = 3.9f, .op_small_em = 3.1f, .rate_em = 3.6f, .tick = 3.9f,
        .columns = {{6, 15, 10, 9, 14, 12, 26, 10.5f, 9.5f, 10.5f, 7.5f},
                    {6.5f, 20, 11.5f, 8.5f, 13, 11.5f, 22.5f, 10, 8.5f, 10.5f, 7.5f}},
        .sign_em = 3.4f, .bar_em = 4.8f, .foot_em = 2.5f,
    },
};
/* clang-format on */

/* The digits of its two codes. */
static void sheet_digits(const struct sheet *sheet, char text[CODE_TEXT_MAX])
{
    code_write_sheet(sheet->ref, text);
}

/* ---- Texts that may find no room */

/* Its longest start that has room before the words "see page 2". */
void sheet_start(struct job *job, struct area area, const struct style *style, const char *text)
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

void sheet_more(struct job *job, const char *name, const char *text)
{
    if (job->more_count < MORE_MAX)
        job->more[job->more_count++] = (struct more){name, text};
    else if (!job->is_dry)
        paper_refuse(job->paper, say_text(SAY("labels.too_long"), text));
}

void sheet_text(struct job *job, struct area area, const struct style *style, const char *name, const char *text)
{
    if (is_empty(text)) return;
    if (paper_fits(job->paper, area, style, text) == strlen(text)) {
        if (!job->is_dry) paper_text(job->paper, area, style, text);
        return;
    }
    sheet_more(job, name, text);
    if (!job->is_dry) sheet_start(job, area, style, text);
}

void sheet_label(struct job *job, struct area cell, const char *words)
{
    paper_text(job->paper, area_of(cell.x + 1.2f, cell.y + 0.8f, cell.w - 2, job->m->label_em),
               &(struct style){.em = job->m->label_em, .em_least = job->m->label_em * 0.6f}, words);
}

/* ---- Pages */

static void first_page_put(struct job *job, int op_count)
{
    const struct measures *m = job->m;
    const struct sheet    *sheet = job->sheet;
    bool                   is_dense = op_count > m->op_count;
    if (!job->is_dry) {
        paper_page(job->paper, m->width, m->height);
        sheet_binding(job);
        sheet_number(job);
        marks_put(job->paper, m->marks, sheet->marks);
        sheet_code(job);
        sheet_revision(job);
        door_put(job->paper, m->door, &sheet->door, sheet->picture, sheet->picture_size);
        sheet_foot(job);
    }
    sheet_strip(job);
    sheet_full(job);
    sheet_facts(job);
    sheet_fields(job);
    sheet_special(job);
    sheet_remarks(job);
    /* Few operations leave more room to write in. */
    float high = m->op_high * (float)m->op_count / (float)(op_count > 0 ? op_count : 1), most = m->op_high * 1.3f;
    sheet_ops(job, 0, op_count, m->op_y, is_dense ? m->op_dense : high > most ? most : high);
    sheet_signs(job);
}

/* The head of further pages: enough to know whose page it is, and the code once more. Returns where it ends. */
static float next_head(struct job *job)
{
    const struct measures *m = job->m;
    char                   order[WORDS_NUMBER], behind[WORDS_NUMBER], words[96], copy[16];
    float                  scale = m->strip_em / 4.4f, x = m->left, baseline = 30 * scale;
    paper_page(job->paper, m->width, m->height);
    sheet_binding(job);
    sheet_strip(job);
    words_line(job->sheet->ref.line, order, behind);
    x += paper_run(job->paper, x, baseline, 22 * scale, true, INK_BLACK, order);
    paper_run(job->paper, x, baseline, 12 * scale, true, INK_BLACK, behind);
    sheet_code(job);
    snprintf(copy, sizeof copy, "%03d", job->sheet->ref.copy);
    words_fill(job->paper, say_text(say_int(SAY("labels.sheet.rev_copy"), job->sheet->ref.rev), copy), words,
               sizeof words);
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
        sheet_ops(job, op_from, count, y, m->op_high);
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

/* How far a paper is put, to go back to. */
struct state {
    size_t count, page_count, text_len;
    bool   is_refused;
};

static struct state state_of(const struct paper *paper)
{
    return (struct state){paper->count, paper->page_count, paper->texts.len, paper->is_refused};
}

static void state_restore(struct paper *paper, const struct state *state)
{
    paper->count = state->count;
    paper->page_count = state->page_count;
    paper->texts.len = state->text_len;
    paper->is_refused = state->is_refused;
}

void sheet_put(struct paper *paper, const struct sheet *sheet, enum sheet_size *size)
{
    struct job   job = {.paper = paper, .sheet = sheet, .m = &SIZES[*size], .pages = 1};
    struct state before = state_of(paper);
    sheet_digits(sheet, job.digits);
    if (*size == SHEET_A5 && !has_room(&job)) {
        *size = SHEET_A4;
        job.m = &SIZES[SHEET_A4];
    }
    pages_put(&job);
    if (paper->page_count == before.page_count + 1) return;
    /* Each page says how many there are, which is known only now. */
    job.pages = (int)(paper->page_count - before.page_count);
    state_restore(paper, &before);
    pages_put(&job);
}
