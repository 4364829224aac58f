/* goods.c - papers that go with goods as PDF: pick-up order, delivery note, shipping list [R36].
 *
 * They say what the note said when this copy of it was made, under its code, and bear that moment: printed again, a copy has
 * the same bytes. After a change the note is printed anew with the next copy's number. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/code.h"
#include "labels/goods.h"
#include "labels/pdf.h"
#include "server/ask/list.h"
#include "server/show/doors.h"
#include "server/show/printing.h"

enum { LINES_MOST = 99, NOTE_DIGITS = 10, NOTE_SERIALS = 100000 };

static const struct {
    const char     *name;
    enum goods_kind kind;
} KINDS[] = {
    {"pickup",   GOODS_PICKUP  },
    {"delivery", GOODS_DELIVERY},
    {"list",     GOODS_LIST    },
};

struct job {
    struct list_ask   ask;
    struct goods      goods;
    struct goods_line lines[LINES_MOST];
    struct texts      texts;
    int64_t           made_ms;
    bool              is_open, is_void, is_there;
};

static bool head_read(struct job *job, struct db *db, const char *id, struct err *err)
{
    struct list_reading reading;
    struct goods       *goods = &job->goods;
    job->ask.list = list_find("note-paper");
    job->ask.values[0] = id;
    bool is_good = list_open(db, &job->ask, 1, &reading, err) && list_next(&reading, &job->is_there, err);
    if (is_good && job->is_there) {
        goods->number = row_text(&reading, "note", &job->texts);
        goods->code.copy = (int)row_number(&reading, "copy");
        goods->order = line_ref_of_key(row_number(&reading, "order"));
        goods->customer = row_text(&reading, "customer", &job->texts);
        goods->phone = row_text(&reading, "phone", &job->texts);
        goods->address = row_text(&reading, "address", &job->texts);
        goods->by = row_text(&reading, "made_by", &job->texts);
        goods->remarks = row_text(&reading, "remarks", &job->texts);
        goods->carrier = row_text(&reading, "carrier", &job->texts);
        goods->waybill = row_text(&reading, "waybill", &job->texts);
        goods->driver = row_text(&reading, "driver", &job->texts);
        goods->driver_phone = row_text(&reading, "driver_phone", &job->texts);
        goods->plate = row_text(&reading, "plate", &job->texts);
        goods->sizes = row_text(&reading, "sizes", &job->texts);
        goods->unloading = row_text(&reading, "unloading", &job->texts);
        goods->packages = row_number(&reading, "packages");
        goods->volume_l = row_number(&reading, "volume");
        job->made_ms = row_number(&reading, "made");
        job->is_open = row_number(&reading, "open") != 0;
        job->is_void = row_number(&reading, "ended") != 0;
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
            .ref = line_ref_of_key(row_number(&reading, "line")),
            .rev = (int)row_number(&reading, "rev"),
            .product = row_text(&reading, "product", &job->texts),
            .size = row_text(&reading, "size", &job->texts),
            .colour = row_text(&reading, "paint", &job->texts),
            .opening = row_text(&reading, "opening", &job->texts),
            .doors = row_number(&reading, "doors"),
            .pieces = row_text(&reading, "pieces", &job->texts),
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
    char          made[TIME_TEXT];
    struct buf    text = {0};
    time_write(job->made_ms, job->ask.rule.offset_min, made);
    buf_fmt(&text, "%.10s %.5s  %s", made, made + 11, job->goods.by);
    job->goods.made = buf_text(&text);
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
    buf_free(&text);
    return is_good;
}

/* Its head and its lines, of one moment. */
static bool note_read(struct job *job, struct db *db, const char *id, struct err *err)
{
    if (!db_begin(db, err)) return false;
    bool is_good = head_read(job, db, id, err) && (!job->is_there || lines_read(job, db, id, err));
    db_rollback(db);
    return is_good;
}

static bool job_run(struct job *job, struct db *db, const char *note, struct buf *out, struct err *err)
{
    char    id[24];
    int64_t key;
    if (!note_ref_read(note, &key)) return err_set(err, ERR_ABSENT, say_text(SAY("ship.absent"), note));
    job->goods.code.yymm = (int)(key / NOTE_SERIALS);
    job->goods.code.serial = (int)(key % NOTE_SERIALS);
    snprintf(id, sizeof id, "%" PRId64, key);
    if (!note_read(job, db, id, err)) return false;
    if (!job->is_there) return err_set(err, ERR_ABSENT, say_text(SAY("ship.absent"), note));
    if (job->is_void) return err_set(err, ERR_CONFLICT, say_text(SAY("ship.is_void"), note));
    if (!job->is_open && job->goods.kind != GOODS_PICKUP)
        return err_set(err, ERR_CONFLICT, say_text(SAY("ship.is_shut"), note));
    return paper_make(job, out, err);
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
    texts_free(&job->texts);
    free(job);
    printing_end();
    printing_answer(visit, is_good, &out, &err);
}
