/* goods.c - papers that go with goods as PDF: pick-up order, delivery note, shipping list [R36].
 *
 * They say what the note said when this copy of it was made, under its code, and bear that moment: printed again, a copy has
 * the same bytes. After a change the note is printed anew with the next copy's number. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "labels/goods.h"
#include "labels/pdf.h"
#include "server/ask/list.h"
#include "server/show/doors.h"

enum { LINES_MOST = 99, NOTE_DIGITS = 10 };

static const struct {
    const char     *name;
    enum goods_kind kind;
} KINDS[] = {
    {"pickup",   GOODS_PICKUP  },
    {"delivery", GOODS_DELIVERY},
    {"list",     GOODS_LIST    },
};

/* Texts that live as long as the paper is put together. */
struct job {
    struct list_ask   ask;
    struct goods      goods;
    struct goods_line lines[LINES_MOST];
    size_t            count;
    char             *texts[LINES_MOST * 5 + 24];
    int64_t           made_ms;
    bool              is_open, is_void, is_there;
};

static struct list_cell cell_at(struct list_reading *reading, const char *key)
{
    struct list_cell cell;
    size_t           i = 0;
    while (strcmp(reading->list->columns[i].key, key) != 0) i++;
    list_cell(reading, i, &cell);
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
    if (cell.kind != DB_TEXT || job->count == sizeof job->texts / sizeof *job->texts) return "";
    char *copy = strndup(cell.text, cell.len);
    if (copy == NULL) abort();
    job->texts[job->count++] = copy;
    return copy;
}

static bool head_read(struct job *job, struct db *db, const char *id, struct err *err)
{
    struct list_reading reading;
    struct goods       *goods = &job->goods;
    job->ask.list = list_find("note-paper");
    job->ask.values[0] = id;
    bool is_good = list_open(db, &job->ask, 1, &reading, err) && list_next(&reading, &job->is_there, err);
    if (is_good && job->is_there) {
        goods->number = text_at(job, &reading, "note");
        goods->code.copy = (int)number_at(&reading, "copy");
        goods->order = line_ref_of_key(number_at(&reading, "order"));
        goods->customer = text_at(job, &reading, "customer");
        goods->phone = text_at(job, &reading, "phone");
        goods->address = text_at(job, &reading, "address");
        goods->by = text_at(job, &reading, "made_by");
        goods->remarks = text_at(job, &reading, "remarks");
        goods->carrier = text_at(job, &reading, "carrier");
        goods->waybill = text_at(job, &reading, "waybill");
        goods->driver = text_at(job, &reading, "driver");
        goods->driver_phone = text_at(job, &reading, "driver_phone");
        goods->plate = text_at(job, &reading, "plate");
        goods->sizes = text_at(job, &reading, "sizes");
        goods->unloading = text_at(job, &reading, "unloading");
        goods->packages = number_at(&reading, "packages");
        goods->volume_l = number_at(&reading, "volume");
        job->made_ms = number_at(&reading, "made");
        job->is_open = number_at(&reading, "open") != 0;
        job->is_void = number_at(&reading, "ended") != 0;
    }
    list_close(&reading);
    return is_good;
}

static bool lines_read(struct job *job, struct db *db, const char *id, struct err *err)
{
    struct list_reading reading;
    bool                row = true;
    job->ask.list = list_find("note-lines");
    job->ask.values[0] = job->ask.values[1] = id;
    bool is_good = list_open(db, &job->ask, LINES_MOST, &reading, err);
    while (is_good && row && job->goods.count < LINES_MOST) {
        is_good = list_next(&reading, &row, err);
        if (!is_good || !row) break;
        job->lines[job->goods.count++] = (struct goods_line){
            .ref = line_ref_of_key(number_at(&reading, "line")),
            .rev = (int)number_at(&reading, "rev"),
            .product = text_at(job, &reading, "product"),
            .size = text_at(job, &reading, "size"),
            .colour = text_at(job, &reading, "paint"),
            .opening = text_at(job, &reading, "opening"),
            .doors = number_at(&reading, "doors"),
            .pieces = text_at(job, &reading, "pieces"),
        };
    }
    list_close(&reading);
    job->goods.lines = job->lines;
    return is_good;
}

static bool paper_make(struct job *job, struct buf *out, struct err *err)
{
    struct type  *type = NULL;
    struct press *press = NULL;
    struct paper  paper = {0};
    char          made[TIME_TEXT], text[160];
    time_write(job->made_ms, job->ask.rule.offset_min, made);
    snprintf(text, sizeof text, "%.10s %.5s  %.100s", made, made + 11, job->goods.by);
    job->goods.made = text;
    bool is_good = type_open(&type, err);
    if (is_good) {
        paper_begin(&paper, type, job->ask.lang);
        goods_put(&paper, &job->goods);
        is_good = paper_end(&paper, err) && press_open(&press, type, err) &&
                  pdf_write(press, &paper, job->goods.number, made, out, err);
        press_close(press);
        paper_free(&paper);
    }
    type_close(type);
    return is_good;
}

static bool job_run(struct job *job, struct db *db, const char *note, struct buf *out, struct err *err)
{
    char id[24];
    job->goods.code.yymm = (int)strtol(note, NULL, 10);
    job->goods.code.serial = (int)strtol(note + 5, NULL, 10);
    snprintf(id, sizeof id, "%d", job->goods.code.yymm * 100000 + job->goods.code.serial);
    if (!head_read(job, db, id, err)) return false;
    if (!job->is_there) return err_set(err, ERR_ABSENT, say_text(SAY("ship.absent"), note));
    if (job->is_void) return err_set(err, ERR_CONFLICT, say_text(SAY("ship.is_void"), note));
    if (!job->is_open && job->goods.kind != GOODS_PICKUP)
        return err_set(err, ERR_CONFLICT, say_text(SAY("ship.is_shut"), note));
    return lines_read(job, db, id, err) && paper_make(job, out, err);
}

static bool kind_find(const char *name, enum goods_kind *kind)
{
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        if (strcmp(KINDS[i].name, name) != 0) continue;
        *kind = KINDS[i].kind;
        return true;
    }
    return false;
}

void goods_get(struct visit *visit, struct db *books)
{
    struct err       err;
    struct ask_place place;
    struct buf       out = {0};
    enum goods_kind  kind;
    const char      *note = http_query(visit->request, "note");
    if (note == NULL || strlen(note) != NOTE_DIGITS || note[4] != '-') {
        visit_refuse(visit, 400, say_text(SAY("list.needed"), "note"));
        return;
    }
    if (!kind_find(visit->rest, &kind)) {
        visit_refuse(visit, 404, SAY("api.absent"));
        return;
    }
    if (!ask_place(books, visit->desk->now_ms(visit->desk->house), &place, &err)) {
        visit_fail(visit, &err);
        return;
    }
    if (!printing_begin(visit)) return;
    struct job *job = calloc(1, sizeof *job);
    if (job == NULL) abort(); /* as core/buf.h */
    job->ask = (struct list_ask){.lang = visit->lang, .rule = place.rule, .open = place.open};
    job->goods.kind = kind;
    job->goods.factory = place.factory;
    bool is_good = job_run(job, books, note, &out, &err);
    for (size_t i = 0; i < job->count; i++) free(job->texts[i]);
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
