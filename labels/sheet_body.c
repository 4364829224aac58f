/* sheet_body.c - below the head of the production sheet: fields, operations, signatures, foot. */
#include <stdio.h>
#include <string.h>

#include "core/money.h"
#include "labels/sheet_job.h"
#include "labels/words.h"

/* Nothing that is to be read is smaller. */
#define LEAST_EM 1.8f

enum { ROWS_OF_FIELDS = SHEET_FIELDS / 2, SIGN_CELLS = 5 };

/* clang-format off */
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
        paper_text(job->paper, area_of(cell.x + 1.2f, cell.y, m->field_label[job->paper->lang] - 2, cell.h),
                   &(struct style){.em = m->label_em, .em_least = m->label_em * 0.5f},
                   paper_words(job->paper, FIELDS[field]));
    if (is_changed) cell.w -= changed_put(job, cell, is_first);
    struct style style = {.em = m->value_em, .em_least = m->value_em * 0.68f, .is_bold = true, .lines = 2};
    sheet_text(job,
               area_of(cell.x + m->field_label[job->paper->lang], cell.y + 0.2f,
                       cell.w - m->field_label[job->paper->lang] - 0.8f, cell.h - 0.4f),
               &style, FIELDS[field], text_or(job->sheet->fields[field], "—"));
}

void sheet_fields(struct job *job)
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

void sheet_special(struct job *job)
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
    sheet_text(job, in, &style, "labels.sheet.special",
               text_or(job->sheet->special, paper_words(job->paper, "labels.none")));
}

/* Remarks; then what this revision changed, and what stays good of the older one's work. */
void sheet_remarks(struct job *job)
{
    const struct measures *m = job->m;
    const struct sheet    *sheet = job->sheet;
    struct buf             change = {0};
    float                  label = m->field_label[job->paper->lang], half = m->remark_high / 2;
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
            paper_text(job->paper, area_of(m->left + 1.2f, at.y, label - 1.4f, at.h),
                       &(struct style){.em = m->label_em, .em_least = m->label_em * 0.7f},
                       paper_words(job->paper, "labels.sheet.remarks"));
        sheet_text(job, at, &style, "labels.sheet.remarks", sheet->remarks);
        at.y += half;
    }
    style.is_bold = true;
    /* The text is put together here, so what finds no room is told apart on page 2 by its parts. */
    if (change.len > 0 && paper_fits(job->paper, at, &style, buf_text(&change)) == change.len) {
        if (!job->is_dry) paper_text(job->paper, at, &style, buf_text(&change));
    } else if (change.len > 0) {
        if (!job->is_dry) sheet_start(job, at, &style, buf_text(&change));
        const char *parts[2] = {sheet->change, sheet->stays_good};
        for (int i = 0; i < 2; i++)
            if (!is_empty(parts[i]))
                sheet_more(job, i == 0 ? "labels.sheet.changes" : "labels.sheet.stays_good", parts[i]);
    }
    buf_free(&change);
}

/* ---- Operations */

static void tick_put(struct job *job, float x, float y, float wide, float high)
{
    float tick = job->m->tick < high - 1.4f ? job->m->tick : high - 1.4f;
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
        style.em_least = style.em * 0.55f > LEAST_EM ? style.em * 0.55f : LEAST_EM;
        if (i == COLUMNS - 1 && !job->is_dry) tick_put(job, x, y, wide[i], high);
        sheet_text(job, area_of(x + 0.8f, y + 0.1f, wide[i] - (style.side == SIDE_RIGHT ? 2.4f : 1.6f), high - 0.2f),
                   &style, cells[i].name, cells[i].text);
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

void sheet_ops(struct job *job, int from, int count, float y, float high)
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
    float                  label = m->label_em, small = label * 0.93f, high = m->sign_em * 1.06f;
    struct style           name = {.em = m->sign_em, .em_least = m->sign_em * 0.6f, .is_bold = true};
    struct area            at = {cell.x + 1.2f, cell.y + label + 0.6f, cell.w - 2, high};
    if (!job->is_dry)
        paper_text(job->paper, area_of(at.x, cell.y + 0.5f, at.w, label),
                   &(struct style){.em = label, .em_least = label * 0.6f}, text_or(sign->office, ""));
    sheet_text(job, at, &name, "labels.sheet.signed", sign->name);
    at.y += high + 0.1f;
    at.h = cell.y + cell.h - at.y - 0.3f;
    sheet_text(job, at, &(struct style){.em = small, .em_least = small * 0.7f}, "labels.sheet.signed", sign->when);
}

/* The last cell is for the day when a newer revision calls this one back [R3]. */
static void collect_put(struct job *job, struct area cell)
{
    const struct measures *m = job->m;
    float                  line = (cell.h - m->label_em - 1.2f) / 2;
    struct style           style = {.em = m->label_em, .em_least = m->label_em * 0.7f};
    sheet_label(job, cell, paper_words(job->paper, "labels.sheet.collected"));
    paper_text(job->paper, area_of(cell.x + 1.2f, cell.y + m->label_em + 1, cell.w - 2, line), &style,
               paper_words(job->paper, "labels.sheet.collected_by"));
    paper_text(job->paper, area_of(cell.x + 1.2f, cell.y + m->label_em + 1 + line, cell.w - 2, line), &style,
               paper_words(job->paper, "labels.sheet.collected_on"));
}

void sheet_signs(struct job *job)
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

void sheet_foot(struct job *job)
{
    const struct measures *m = job->m;
    struct buf             last = {0};
    struct style           style = {.em = m->foot_em, .em_least = m->foot_em * 0.6f};
    struct area            at = {m->bar.x, m->bar.y + m->bar.h + m->foot_em * 0.25f, m->bar.w, m->foot_em * 1.24f};
    paper_symbol(job->paper, m->qr, SYMBOL_QR, m->qr_module, job->digits);
    if (job->sheet->is_archive) sheet_cross(job, m->qr);
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
void sheet_binding(struct job *job)
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
