/* paper.c - papers of pay as PDF: slips and the list that everybody signs, of a checked or closed period.
 *
 * They are made of the same lists that page, CSV and workbook show, which stand still, with the time of the closing: asked
 * for again, a closed period's paper has the same bytes (texts: office.adjust.*). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "labels/pdf.h"
#include "labels/slip.h"
#include "server/ask/list.h"
#include "server/ask/role.h"
#include "server/books/proof.h"
#include "server/show/doors.h"
#include "server/show/printing.h"

/* ---- A list's rows */

struct job {
    struct db       *db;
    struct list_ask  ask; /* with the place and the language */
    const char      *to;
    struct texts     texts;
    struct paper     paper;
    int64_t          closed_ms; /* 0: checked only */
    bool             is_known;  /* there is such a period */
    int32_t          to_day;
    struct slip_line lines[400];
    struct slip_day  worked[400];
    char             hash[HASH_TEXT]; /* the audit chain's head as of the check or closing */
    int64_t          hash_row;
};

static bool list_start(struct job *job, const char *name, const char *worker, struct list_reading *reading,
                       struct err *err)
{
    struct list_ask ask = job->ask;
    ask.list = list_find(name);
    for (int i = 0; i < LIST_PARAMS_MAX && ask.list->params[i].name != NULL; i++) {
        if (strcmp(ask.list->params[i].name, "to") == 0 && strcmp(name, "periods") != 0) ask.values[i] = job->to;
        if (strcmp(ask.list->params[i].name, "worker") == 0) ask.values[i] = worker;
    }
    return list_open(job->db, &ask, INT64_MAX, reading, err);
}

/* Is the period checked, is it closed, and when? */
static bool period_read(struct job *job, struct err *err)
{
    struct list_reading reading;
    bool                row = true, is_good = list_start(job, "periods", NULL, &reading, err);
    while (is_good && row) {
        char day[DAY_TEXT];
        is_good = list_next(&reading, &row, err);
        if (!is_good || !row) break;
        day_write((int32_t)row_number(&reading, "to_day"), day);
        if (strcmp(day, job->to) != 0 || row_number(&reading, "state") == 0) continue;
        job->is_known = true;
        job->to_day = (int32_t)row_number(&reading, "to_day");
        job->closed_ms = row_number(&reading, "closed");
    }
    list_close(&reading);
    return is_good;
}

static bool head_read(struct job *job, struct err *err)
{
    struct proof_head head = {0};
    if (!proof_head_of(job->db, job->to_day, &head, err)) return false;
    hash_write(&head.hash, job->hash);
    job->hash_row = head.row;
    return true;
}

/* ---- The sign-off list */

static void paylist_row_read(struct job *job, struct list_reading *reading, struct paylist *list,
                             struct paylist_row *row)
{
    list->employer = row_text(reading, "employer", &job->texts);
    list->from_day = (int32_t)row_number(reading, "from_day");
    list->to_day = (int32_t)row_number(reading, "to_day");
    list->pay_day = (int32_t)row_number(reading, "pay_day");
    *row = (struct paylist_row){.worker = (int)row_number(reading, "worker"),
                                .name = row_text(reading, "name", &job->texts),
                                .id_number = row_text(reading, "id_number", &job->texts),
                                .phone = row_text(reading, "phone", &job->texts),
                                .crew = row_text(reading, "crew", &job->texts),
                                .days = row_number(reading, "days"),
                                .pieces = row_number(reading, "pieces"),
                                .held = row_number(reading, "held"),
                                .piece_fen = row_number(reading, "piece_fen"),
                                .time_fen = row_number(reading, "time_fen"),
                                .late_fen = row_number(reading, "late_fen"),
                                .bonus_fen = row_number(reading, "bonus_fen"),
                                .net_fen = row_number(reading, "net_fen")};
    row->taken_fen = -row_number(reading, "fine_fen") - row_number(reading, "loss_fen") -
                     row_number(reading, "advance_fen") + row_number(reading, "brought_fen") -
                     row_number(reading, "owed_fen");
}

static bool paylist_make(struct job *job, struct err *err)
{
    struct list_reading reading;
    struct paylist      list = {.employer = "", .is_draft = job->closed_ms == 0};
    struct paylist_row *rows = NULL;
    size_t              cap = 0;
    bool                row = true, is_good = list_start(job, "slips", NULL, &reading, err);
    while (is_good && row) {
        is_good = list_next(&reading, &row, err);
        if (!is_good || !row) break;
        rows = array_more(rows, list.count, &cap, sizeof *rows);
        paylist_row_read(job, &reading, &list, &rows[list.count++]);
    }
    list_close(&reading);
    list.rows = rows;
    list.audit_row = job->hash_row;
    list.audit_hash = job->hash;
    if (is_good) paylist_put(&job->paper, &list);
    free(rows);
    return is_good;
}

/* ---- Slips */

/* Work before day work before later pay, by product and operation, the dearest first. */
static int line_order(const void *one, const void *other)
{
    const struct slip_line *a = one, *b = other;
    int                     by = (a->is_time > b->is_time) - (a->is_time < b->is_time);
    if (by == 0) by = strcmp(a->what, b->what);
    if (by == 0) by = strcmp(a->detail, b->detail);
    return by != 0 ? by : (b->rate_cfen > a->rate_cfen) - (b->rate_cfen < a->rate_cfen);
}

enum { LINES_MOST = sizeof((struct job *)0)->lines / sizeof(struct slip_line) };

static void line_add(struct job *job, struct slip *slip, const struct slip_line *line)
{
    if (slip->count < LINES_MOST)
        job->lines[slip->count++] = *line;
    else
        paper_refuse(&job->paper, say_int(SAY("list.more"), LINES_MOST)); /* nothing is cut in silence */
}

static bool sums_read(struct job *job, struct slip *slip, const char *worker, struct err *err)
{
    struct list_reading reading;
    bool                row = true, is_good = list_start(job, "slip-sums", worker, &reading, err);
    while (is_good && row) {
        is_good = list_next(&reading, &row, err);
        if (!is_good || !row) break;
        bool        is_time = row_number(&reading, "is_time") != 0, is_late = row_number(&reading, "is_late") != 0;
        const char *what = is_late   ? paper_words(&job->paper, "labels.slip.late")
                           : is_time ? paper_words(&job->paper, "labels.slip.time")
                                     : row_text(&reading, "product", &job->texts);
        line_add(job, slip,
                 &(struct slip_line){what, row_text(&reading, "op_name", &job->texts), row_number(&reading, "pieces"),
                                     is_time, row_number(&reading, "rate"), row_number(&reading, "fen")});
    }
    list_close(&reading);
    if (slip->count > 1) qsort(job->lines, slip->count, sizeof *job->lines, line_order);
    return is_good;
}

static bool items_read(struct job *job, struct slip *slip, const char *worker, struct err *err)
{
    struct list_reading reading;
    struct buf          kind = {0}, why = {0};
    bool                row = true, is_good = list_start(job, "slip-items", worker, &reading, err);
    while (is_good && row) {
        is_good = list_next(&reading, &row, err);
        if (!is_good || !row) break;
        buf_clear(&kind);
        buf_fmt(&kind, "office.adjust.%s", row_text(&reading, "kind", &job->texts));
        buf_clear(&why);
        buf_fmt(&why, "%s %s %s", row_text(&reading, "why", &job->texts), row_text(&reading, "rule", &job->texts),
                row_text(&reading, "approver", &job->texts));
        const char *word = text_of(job->ask.lang, buf_text(&kind));
        line_add(job, slip,
                 &(struct slip_line){word, text_keep(&job->texts, buf_text(&why), why.len), -1, false, -1,
                                     row_number(&reading, "fen")});
    }
    list_close(&reading);
    buf_free(&kind);
    buf_free(&why);
    return is_good;
}

static bool days_read(struct job *job, struct slip *slip, const char *worker, struct err *err)
{
    struct list_reading reading;
    bool                row = true, is_good = list_start(job, "slip-days", worker, &reading, err);
    while (is_good && row) {
        is_good = list_next(&reading, &row, err);
        if (!is_good || !row) break;
        if (slip->worked_count == sizeof job->worked / sizeof *job->worked) {
            paper_refuse(&job->paper, say_int(SAY("list.more"), (int64_t)slip->worked_count));
            break;
        }
        job->worked[slip->worked_count++] = (struct slip_day){
            (int32_t)row_number(&reading, "day"), row_number(&reading, "pieces"), row_number(&reading, "fen")};
    }
    list_close(&reading);
    return is_good;
}

static bool slip_make(struct job *job, struct list_reading *reading, struct err *err)
{
    char        worker[16];
    struct slip slip = {.employer = row_text(reading, "employer", &job->texts),
                        .name = row_text(reading, "name", &job->texts),
                        .crew = row_text(reading, "crew", &job->texts),
                        .worker = (int)row_number(reading, "worker"),
                        .from_day = (int32_t)row_number(reading, "from_day"),
                        .to_day = (int32_t)row_number(reading, "to_day"),
                        .pay_day = (int32_t)row_number(reading, "pay_day"),
                        .days = row_number(reading, "days"),
                        .held = row_number(reading, "held"),
                        .net_fen = row_number(reading, "net_fen"),
                        .lines = job->lines,
                        .worked = job->worked,
                        .audit_row = job->hash_row,
                        .audit_hash = job->hash,
                        .is_draft = job->closed_ms == 0};
    int64_t     debt = row_number(reading, "brought_fen") - row_number(reading, "owed_fen");
    snprintf(worker, sizeof worker, "%d", slip.worker);
    if (!sums_read(job, &slip, worker, err) || !items_read(job, &slip, worker, err) ||
        !days_read(job, &slip, worker, err))
        return false;
    if (debt != 0)
        line_add(job, &slip,
                 &(struct slip_line){paper_words(&job->paper, "labels.slip.debt"), "", -1, false, -1, debt});
    slip_put(&job->paper, &slip);
    return true;
}

static bool slips_make(struct job *job, int64_t worker, struct err *err)
{
    struct list_reading reading;
    bool                row = true, is_good = list_start(job, "slips", NULL, &reading, err);
    int64_t             made = 0;
    while (is_good && row) {
        is_good = list_next(&reading, &row, err);
        if (!is_good || !row) break;
        if (worker != 0 && row_number(&reading, "worker") != worker) continue;
        is_good = slip_make(job, &reading, err);
        made++;
    }
    list_close(&reading);
    return is_good && (made > 0 || err_set(err, ERR_ABSENT, SAY("paper.nobody")));
}

/* ---- The door */

static bool pdf_make(struct job *job, const char *kind, int64_t worker, struct type *type, struct buf *out,
                     struct err *err)
{
    char          made_at[TIME_TEXT];
    struct press *press = NULL;
    bool          is_slip = strcmp(kind, "slip") == 0, is_good = period_read(job, err);
    if (is_good && !job->is_known) is_good = err_set(err, ERR_ABSENT, say_text(SAY("period.not_checked"), job->to));
    if (!is_good || !head_read(job, err)) return false;
    paper_begin(&job->paper, type, job->ask.lang);
    is_good = is_slip ? slips_make(job, worker, err) : paylist_make(job, err);
    if (is_good) is_good = paper_end(&job->paper, err) && press_open(&press, type, err);
    time_write(job->closed_ms, job->ask.rule.offset_min, made_at);
    if (is_good)
        is_good = pdf_write(press, &job->paper,
                            paper_words(&job->paper, is_slip ? "labels.slip.title" : "labels.paylist.title"),
                            job->closed_ms == 0 ? NULL : made_at, out, err);
    press_close(press);
    paper_free(&job->paper);
    return is_good;
}

static bool job_run(struct job *job, const char *kind, int64_t worker, struct buf *out, struct err *err)
{
    struct type *type = NULL;
    bool         is_good = type_open(&type, err) && db_begin(job->db, err);
    if (is_good) {
        is_good = pdf_make(job, kind, worker, type, out, err);
        db_rollback(job->db);
    }
    type_close(type);
    return is_good;
}

/* One worker's slip; 0: all of them. False: it is no number of one, it was refused, the visit is over. */
static bool worker_read(struct visit *visit, int64_t *worker)
{
    const char *who = http_query(visit->request, "worker");
    if (visit_number(who, 0, worker) && (who == NULL || *worker > 0)) return true;
    visit_refuse(visit, 400, say_text(say_text(SAY("list.param"), "worker"), who));
    return false;
}

void paper_get(struct visit *visit, struct db *books)
{
    struct err       err;
    struct ask_place place;
    struct buf       out = {0};
    int64_t          worker;
    const char      *to = http_query(visit->request, "to");
    if ((strcmp(visit->rest, "slip") != 0 && strcmp(visit->rest, "paylist") != 0) || to == NULL) {
        visit_refuse(visit, to == NULL ? 400 : 404,
                     to == NULL ? say_text(SAY("list.needed"), "to") : SAY("api.absent"));
        return;
    }
    if (!worker_read(visit, &worker)) return;
    if (!ask_place(books, visit->desk->now_ms(visit->desk->house), &place, &err)) {
        visit_fail(visit, &err);
        return;
    }
    if (!printing_begin(visit)) return;
    struct job *job = calloc(1, sizeof *job);
    if (job == NULL) abort(); /* as core/buf.h */
    job->db = books;
    job->to = to;
    job->ask = (struct list_ask){.lang = visit->lang, .rule = place.rule, .open = place.open};
    bool is_good = job_run(job, visit->rest, worker, &out, &err);
    texts_free(&job->texts);
    free(job);
    printing_end();
    printing_answer(visit, is_good, &out, &err);
}
