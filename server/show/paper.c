/* paper.c - papers of the house as PDF: slips and the list that everybody signs, of a checked or closed period.
 *
 * They are made of the same lists that page, CSV and workbook show, which stand still, with the time of the closing: asked
 * for again, a closed period's paper has the same bytes (texts: office.adjust.*). One paper is made at a time: fonts are no small thing. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/json.h"
#include "labels/pdf.h"
#include "labels/slip.h"
#include "labels/symbol.h"
#include "server/ask/list.h"
#include "server/ask/role.h"
#include "server/books/proof.h"
#include "server/show/doors.h"

static atomic_flag is_printing = ATOMIC_FLAG_INIT;

bool printing_begin(struct visit *visit)
{
    if (!atomic_flag_test_and_set(&is_printing)) return true;
    visit_refuse(visit, 503, SAY("paper.busy"));
    return false;
}

void printing_end(void)
{
    atomic_flag_clear(&is_printing);
}

/* ---- A code that a page draws itself */

bool paper_qr(const char *digits, struct buf *out, struct err *err)
{
    struct symbol symbol;
    if (!symbol_make(SYMBOL_QR, digits, &symbol, err)) return false;
    buf_char(out, '[');
    for (int row = 0; row < symbol.rows; row++) {
        json_sep(out);
        buf_char(out, '"');
        for (int column = 0; column < symbol.columns; column++)
            buf_char(out, symbol_is_black(&symbol, row, column) ? '1' : '0');
        buf_char(out, '"');
    }
    buf_char(out, ']');
    return true;
}

/* Texts of rows, which live as long as the paper is put together. */
struct texts {
    size_t count, cap;
    char **all;
};

static const char *text_keep(struct texts *texts, const char *text)
{
    if (texts->count == texts->cap) {
        texts->cap = texts->cap == 0 ? 64 : texts->cap * 2;
        texts->all = reallocarray(texts->all, texts->cap, sizeof *texts->all);
        if (texts->all == NULL) abort();
    }
    texts->all[texts->count] = strdup(text);
    if (texts->all[texts->count] == NULL) abort();
    return texts->all[texts->count++];
}

static void texts_free(struct texts *texts)
{
    for (size_t i = 0; i < texts->count; i++) free(texts->all[i]);
    free(texts->all);
}

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
};

static size_t column_of(const struct list *list, const char *key)
{
    size_t i = 0;
    while (list->columns[i].key != NULL && strcmp(list->columns[i].key, key) != 0) i++;
    return i;
}

static struct list_cell cell_at(struct list_reading *reading, const char *key)
{
    struct list_cell cell;
    list_cell(reading, column_of(reading->list, key), &cell);
    return cell;
}

static int64_t number_at(struct list_reading *reading, const char *key)
{
    struct list_cell cell = cell_at(reading, key);
    return cell.kind == DB_INT ? cell.number : 0;
}

static const char *text_at(struct job *job, struct list_reading *reading, const char *key)
{
    struct list_cell cell = cell_at(reading, key);
    return cell.kind == DB_TEXT ? text_keep(&job->texts, cell.text) : "";
}

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
        day_write((int32_t)number_at(&reading, "to_day"), day);
        if (strcmp(day, job->to) != 0 || number_at(&reading, "state") == 0) continue;
        job->is_known = true;
        job->to_day = (int32_t)number_at(&reading, "to_day");
        job->closed_ms = number_at(&reading, "closed");
    }
    list_close(&reading);
    return is_good;
}

/* ---- The sign-off list */

static void paylist_row_read(struct job *job, struct list_reading *reading, struct paylist *list,
                             struct paylist_row *row)
{
    list->employer = text_at(job, reading, "employer");
    list->from_day = (int32_t)number_at(reading, "from_day");
    list->to_day = (int32_t)number_at(reading, "to_day");
    list->pay_day = (int32_t)number_at(reading, "pay_day");
    *row = (struct paylist_row){.worker = (int)number_at(reading, "worker"),
                                .name = text_at(job, reading, "name"),
                                .id_number = text_at(job, reading, "id_number"),
                                .phone = text_at(job, reading, "phone"),
                                .crew = text_at(job, reading, "crew"),
                                .days = number_at(reading, "days"),
                                .pieces = number_at(reading, "pieces"),
                                .held = number_at(reading, "held"),
                                .piece_fen = number_at(reading, "piece_fen"),
                                .time_fen = number_at(reading, "time_fen"),
                                .late_fen = number_at(reading, "late_fen"),
                                .bonus_fen = number_at(reading, "bonus_fen"),
                                .net_fen = number_at(reading, "net_fen")};
    row->taken_fen = -number_at(reading, "fine_fen") - number_at(reading, "loss_fen") -
                     number_at(reading, "advance_fen") + number_at(reading, "brought_fen") -
                     number_at(reading, "owed_fen");
}

static bool paylist_make(struct job *job, struct err *err)
{
    struct list_reading reading;
    struct paylist      list = {.employer = "", .is_draft = job->closed_ms == 0};
    struct paylist_row *rows = NULL;
    struct proof_head   head = {0};
    char                hash[HASH_TEXT];
    size_t              cap = 0;
    bool                row = true, is_good = list_start(job, "slips", NULL, &reading, err);
    while (is_good && row) {
        is_good = list_next(&reading, &row, err);
        if (!is_good || !row) break;
        if (list.count == cap) {
            cap = cap == 0 ? 64 : cap * 2;
            rows = reallocarray(rows, cap, sizeof *rows);
            if (rows == NULL) abort();
        }
        paylist_row_read(job, &reading, &list, &rows[list.count++]);
    }
    list_close(&reading);
    list.rows = rows;
    is_good = is_good && proof_head_of(job->db, job->to_day, &head, err);
    hash_write(&head.hash, hash);
    list.audit_row = head.row;
    list.audit_hash = hash;
    if (is_good) paylist_put(&job->paper, &list);
    free(rows);
    return is_good;
}

/* ---- Slips */

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
        bool        is_time = number_at(&reading, "is_time") != 0, is_late = number_at(&reading, "is_late") != 0;
        const char *what = is_late   ? paper_words(&job->paper, "labels.slip.late")
                           : is_time ? paper_words(&job->paper, "labels.slip.time")
                                     : text_at(job, &reading, "product");
        line_add(job, slip,
                 &(struct slip_line){what, text_at(job, &reading, "op_name"), number_at(&reading, "pieces"), is_time,
                                     number_at(&reading, "rate"), number_at(&reading, "fen")});
    }
    list_close(&reading);
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
        buf_fmt(&kind, "office.adjust.%s", text_at(job, &reading, "kind"));
        buf_clear(&why);
        buf_fmt(&why, "%s %s %s", text_at(job, &reading, "why"), text_at(job, &reading, "rule"),
                text_at(job, &reading, "approver"));
        const char *word = text_of(job->ask.lang, buf_text(&kind));
        line_add(job, slip,
                 &(struct slip_line){word, text_keep(&job->texts, buf_text(&why)), -1, false, -1,
                                     number_at(&reading, "fen")});
    }
    list_close(&reading);
    buf_free(&kind);
    buf_free(&why);
    return is_good;
}

static bool slip_make(struct job *job, struct list_reading *reading, struct err *err)
{
    char        worker[16];
    struct slip slip = {.employer = text_at(job, reading, "employer"),
                        .name = text_at(job, reading, "name"),
                        .crew = text_at(job, reading, "crew"),
                        .worker = (int)number_at(reading, "worker"),
                        .from_day = (int32_t)number_at(reading, "from_day"),
                        .to_day = (int32_t)number_at(reading, "to_day"),
                        .pay_day = (int32_t)number_at(reading, "pay_day"),
                        .days = number_at(reading, "days"),
                        .held = number_at(reading, "held"),
                        .net_fen = number_at(reading, "net_fen"),
                        .lines = job->lines,
                        .is_draft = job->closed_ms == 0};
    int64_t     debt = number_at(reading, "brought_fen") - number_at(reading, "owed_fen");
    snprintf(worker, sizeof worker, "%d", slip.worker);
    if (!sums_read(job, &slip, worker, err) || !items_read(job, &slip, worker, err)) return false;
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
        if (worker != 0 && number_at(&reading, "worker") != worker) continue;
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
    bool          is_good = period_read(job, err);
    if (is_good && !job->is_known) is_good = err_set(err, ERR_ABSENT, say_text(SAY("period.not_checked"), job->to));
    if (!is_good) return false;
    paper_begin(&job->paper, type, job->ask.lang);
    is_good = strcmp(kind, "slip") == 0 ? slips_make(job, worker, err) : paylist_make(job, err);
    if (is_good) is_good = paper_end(&job->paper, err) && press_open(&press, type, err);
    time_write(job->closed_ms, job->ask.rule.offset_min, made_at);
    if (is_good)
        is_good = pdf_write(press, &job->paper, paper_words(&job->paper, "labels.slip.title"),
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

void paper_get(struct visit *visit, struct db *books)
{
    struct err       err;
    struct ask_place place;
    struct buf       out = {0};
    const char      *to = http_query(visit->request, "to"), *who = http_query(visit->request, "worker");
    if ((strcmp(visit->rest, "slip") != 0 && strcmp(visit->rest, "paylist") != 0) || to == NULL) {
        visit_refuse(visit, to == NULL ? 400 : 404,
                     to == NULL ? say_text(SAY("list.needed"), "to") : SAY("api.absent"));
        return;
    }
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
    bool is_good = job_run(job, visit->rest, who == NULL ? 0 : strtoll(who, NULL, 10), &out, &err);
    texts_free(&job->texts);
    free(job);
    printing_end();
    if (is_good) {
        http_answer_header(visit->request, "Content-Disposition", "inline");
        visit_bytes(visit, "application/pdf", &out);
        return;
    }
    buf_free(&out);
    visit_fail(visit, &err);
}
