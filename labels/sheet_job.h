/* sheet_job.h - what the files of the production sheet share: its measures, and one sheet being put. Inside labels/ only
 * sheet*.c includes this. */
#ifndef LABELS_SHEET_JOB_H
#define LABELS_SHEET_JOB_H

#include "labels/sheet.h"

enum { COLUMNS = 11, MORE_MAX = 64 };

/* What stands where, in millimetres; areas from the paper's corner. */
struct measures {
    float       width, height, fold_x, hole_x, hole_y[2], left, right;
    struct area strip, full, marks, code, digits, revision, copy, facts, special, door, signs, qr, bar;
    float       number_y, number_wide, number_wide_alone; /* baseline; beside marks, and without */
    float       number_em[4][2];                          /* order and line, from large to small */
    float strip_em, small_em, full_em, digits_em, revision_em, fact_em, fact_name_em, label_em, value_em, special_em;
    float remark_em, remark_y, remark_high;
    float fact_wide[4];
    float field_y, field_high, field_right, field_label[LANG_COUNT];
    float module, qr_module;
    float op_y, op_head, op_high, op_dense;
    int   op_count, op_count_dense; /* rows of either height */
    float op_em, op_small_em, rate_em, tick;
    float columns[LANG_COUNT][COLUMNS];
    float sign_em, bar_em, foot_em;
};

/* A text that found no room on page 1. */
struct more {
    const char *name; /* id of its field */
    const char *text;
};

/* One sheet, as far as it is put. */
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

static inline bool is_empty(const char *text)
{
    return text == NULL || text[0] == '\0';
}

static inline const char *text_or(const char *text, const char *otherwise)
{
    return is_empty(text) ? otherwise : text;
}

/* A text into its area. What finds no room gets "see page 2" behind its start and stands there in full under name, an id. */
void sheet_text(struct job *job, struct area area, const struct style *style, const char *name, const char *text);

/* A text for page 2, under the words of name; more than MORE_MAX of them are refused. */
void sheet_more(struct job *job, const char *name, const char *text);

/* That start alone. */
void sheet_start(struct job *job, struct area area, const struct style *style, const char *text);

/* A field's own name, small at the top of its cell. */
void sheet_label(struct job *job, struct area cell, const char *words);

/* sheet_head.c: from the strip to part, quantity and due day. */
void sheet_strip(struct job *job);
void sheet_number(struct job *job);
void sheet_full(struct job *job);
void sheet_code(struct job *job);
void sheet_cross(struct job *job, struct area area);
void sheet_revision(struct job *job);
void sheet_facts(struct job *job);

/* sheet_body.c: the order line's fields; operations; signatures and foot. */
void sheet_fields(struct job *job);
void sheet_special(struct job *job);
void sheet_remarks(struct job *job);
void sheet_ops(struct job *job, int from, int count, float y, float high);
void sheet_signs(struct job *job);
void sheet_foot(struct job *job);
void sheet_binding(struct job *job);

#endif
