/* print.c - sheets and the covers of their volumes as PDF [R26] [R27].
 *
 * A copy is rendered once, when it is printed: the working paper, and the same with crossed codes for the archive. Both are
 * stored under their hash before the act that names them, so a reprint of the archive is those bytes. The working paper can
 * be fetched again for some minutes, for a printer that was jammed; afterwards a replacement with a number of its own is
 * due, since nobody could tell two equal papers apart. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/code.h"
#include "core/locale.h"
#include "labels/cover.h"
#include "labels/pdf.h"
#include "labels/read.h"
#include "server/ask/list.h"
#include "server/ask/print.h"
#include "server/show/doors.h"
#include "server/show/printing.h"
#include "server/show/routes.h"

enum { AGAIN_MS = 10 * 60 * 1000, VOLUME_SHEETS = 100 };

/* ---- Rendering */

/* The items of a file of sheets, one after the other. */
static bool sheets_put(struct paper *paper, struct file *file, enum sheet_size asked, struct err *err)
{
    struct sheet   *sheet = malloc(sizeof *sheet);
    struct mistakes mistakes = {.lang = paper->lang};
    bool            is_good = true;
    if (sheet == NULL) abort(); /* as core/buf.h */
    for (size_t i = 0; i < file_count(file) && is_good; i++) {
        enum sheet_size size = asked;
        is_good = file_sheet(file, i, sheet, &mistakes) ||
                  err_set(err, ERR_INPUT, say_text(SAY("print.mistake"), buf_text(&mistakes.lines)));
        if (is_good) sheet_put(paper, sheet, &size);
    }
    buf_free(&mistakes.lines);
    free(sheet);
    return is_good;
}

static bool paper_write(struct paper *paper, struct type *type, const char *title, int64_t made_ms, int32_t offset_min,
                        struct buf *out, struct err *err)
{
    char          made_at[TIME_TEXT];
    struct press *press = NULL;
    time_write(made_ms, offset_min, made_at);
    bool is_good =
        paper_end(paper, err) && press_open(&press, type, err) && pdf_write(press, paper, title, made_at, out, err);
    press_close(press);
    return is_good;
}

struct asked {
    struct print_want want;
    enum sheet_size   size;
};

/* json: the file; the sheets it holds stand in paper's texts no longer than it is open. */
static bool sheets_render(const struct asked *asked, struct type *type, const struct buf *json, struct buf *out,
                          struct err *err)
{
    struct file  file = {.whole = NULL};
    struct paper paper;
    bool         is_good = file_open(&file, FILE_SHEETS, false, json->bytes, json->len, err);
    if (!is_good) return false;
    paper_begin(&paper, type, asked->want.lang);
    is_good = sheets_put(&paper, &file, asked->size, err) &&
              paper_write(&paper, type, paper_words(&paper, "labels.sheet.title"), asked->want.now_ms,
                          asked->want.offset_min, out, err);
    paper_free(&paper);
    file_close(&file);
    return is_good;
}

/* ---- Printing */

struct made {
    struct print_made what;
    struct buf        work, archive;
};

static bool both_render(struct db *books, const struct asked *asked, struct made *made, struct err *err)
{
    struct type *type = NULL;
    struct buf   json = {0};
    bool         is_good = db_begin(books, err);
    if (!is_good) return false;
    is_good = print_read(books, &asked->want, &made->what, err);
    db_rollback(books);
    is_good = is_good && type_open(&type, err);
    for (int is_archive = 0; is_archive <= 1 && is_good; is_archive++) {
        buf_clear(&json);
        buf_fmt(&json, "{\"archive\":\"%s\",\"sheets\":[", is_archive ? "yes" : "no");
        buf_add(&json, made->what.sheets.bytes, made->what.sheets.len);
        buf_str(&json, "]}");
        is_good = sheets_render(asked, type, &json, is_archive ? &made->archive : &made->work, err);
    }
    buf_free(&json);
    type_close(type);
    return is_good;
}

static bool made_keep(struct visit *visit, const struct asked *asked, const struct made *made, struct err *err)
{
    char        line[LINE_REF_TEXT], work[HASH_TEXT], archive[HASH_TEXT];
    struct hash hash = hash_of(made->work.bytes, made->work.len),
                other = hash_of(made->archive.bytes, made->archive.len);
    hash_write(&hash, work);
    hash_write(&other, archive);
    line_ref_write(line_ref_of_key(asked->want.line), line);
    if (!upload_store(visit->desk->data, work, made->work.bytes, made->work.len, err) ||
        !upload_store(visit->desk->data, archive, made->archive.bytes, made->archive.len, err))
        return false;
    buf_clear(&visit->made);
    buf_fmt(&visit->made, "{\"line\":\"%s\",\"rev\":%lld,\"papers\":[", line, (long long)made->what.rev);
    for (int i = 0; i < made->what.count; i++)
        buf_fmt(&visit->made, "%s[%lld,\"%s\",%zu,\"%s\",%zu]", i > 0 ? "," : "", (long long)made->what.copies[i], work,
                made->work.len, archive, made->archive.len);
    buf_str(&visit->made, "]}");
    return true;
}

static bool asked_read(struct visit *visit, struct db *books, struct asked *asked, struct err *err)
{
    struct line_ref  ref;
    struct ask_place place;
    const char      *line = json_text(json_get(visit->body, "line"), ""),
               *size = json_text(json_get(visit->body, "size"), "a4");
    if (!line_ref_read(line, &ref) || ref.line == 0) return err_set(err, ERR_INPUT, say_text(SAY("stop.what"), line));
    if (strcmp(size, "a4") != 0 && strcmp(size, "a5") != 0)
        return err_set(err, ERR_INPUT, say_text(SAY("print.size"), size));
    int64_t now_ms = visit->desk->now_ms(visit->desk->house);
    if (!ask_place(books, now_ms, &place, err)) return false;
    *asked = (struct asked){
        .want = {.line = line_ref_key(ref),
                 .copy = json_int(json_get(visit->body, "copy"), 0),
                 .now_ms = now_ms,
                 .offset_min = place.rule.offset_min,
                 .lang = lang_of(json_text(json_get(visit->body, "lang"), NULL), LANG_ZH)},
        .size = strcmp(size, "a5") == 0 ? SHEET_A5 : SHEET_A4
    };
    return true;
}

void print_post(struct visit *visit, struct db *books)
{
    struct err   err;
    struct asked asked = {.size = SHEET_A4};
    struct made  made = {.work = {0}};
    const char  *id;
    if (!visit_body(visit) || !act_id(visit, &id)) return;
    if (!printing_begin(visit)) return;
    bool is_good = asked_read(visit, books, &asked, &err) && both_render(books, &asked, &made, &err) &&
                   made_keep(visit, &asked, &made, &err);
    printing_end();
    buf_free(&made.what.sheets);
    buf_free(&made.work);
    buf_free(&made.archive);
    if (is_good)
        visit_act(visit, visit->route->act, id, visit->user, &visit->made, visit_act_answer);
    else
        visit_fail(visit, &err);
}

/* ---- Kept */

/* A number of a path or query; 0: there is none; -1, which is nobody's: it is none. */
static int64_t number_of(const char *text)
{
    int64_t number;
    return visit_number(text, 0, &number) ? number : -1;
}

static int64_t query_int(const struct visit *visit, const char *name)
{
    return number_of(http_query(visit->request, name));
}

void print_get(struct visit *visit, struct db *books)
{
    struct err        err;
    struct line_ref   ref;
    struct print_kept kept;
    struct buf        out = {0};
    bool              is_archive = query_int(visit, "archive") > 0;
    if (!line_ref_read(visit->rest, &ref)) {
        visit_refuse(visit, 400, say_text(SAY("stop.what"), visit->rest));
        return;
    }
    bool is_good = print_kept(books, line_ref_key(ref), query_int(visit, "rev"), query_int(visit, "copy"), is_archive,
                              &kept, &err);
    if (is_good && !is_archive && visit->desk->now_ms(visit->desk->house) - kept.at_ms > AGAIN_MS)
        is_good = err_set(&err, ERR_CONFLICT, SAY("print.again"));
    is_good = is_good && upload_load(visit->desk->data, kept.hash, kept.bytes, &out, &err);
    printing_answer(visit, is_good, &out, &err);
}

/* ---- Covers */

static bool cover_make(struct db *books, int64_t number, const struct ask_place *place, enum lang lang, struct buf *out,
                       struct err *err)
{
    struct type        *type = NULL;
    struct paper        paper;
    struct print_volume volume;
    if (!print_volume(books, number, &volume, err) || !type_open(&type, err)) return false;
    const struct cover cover = {
        .factory = volume.factory,
        .volume = (int)volume.number,
        .sheets = (int)volume.sheets,
        .first = {.line = line_ref_of_key(volume.first_line), .rev = (int)volume.first_rev},
        .last = {.line = line_ref_of_key(volume.last_line),  .rev = (int)volume.last_rev },
        .from_day = day_of(&place->rule, volume.first_ms, NULL),
        .to_day = day_of(&place->rule, volume.last_ms, NULL),
        .is_full = volume.sheets == VOLUME_SHEETS
    };
    paper_begin(&paper, type, lang);
    cover_put(&paper, &cover);
    bool is_good = paper_write(&paper, type, paper_words(&paper, "labels.cover.title"), volume.last_ms,
                               place->rule.offset_min, out, err);
    paper_free(&paper);
    type_close(type);
    return is_good;
}

void cover_get(struct visit *visit, struct db *books)
{
    struct err       err;
    struct ask_place place;
    struct buf       out = {0};
    int64_t          number = number_of(visit->rest);
    if (number < 1 || number > INT32_MAX) {
        visit_refuse(visit, 400, say_int(SAY("print.no_volume"), number));
        return;
    }
    if (!printing_begin(visit)) return;
    bool is_good = ask_place(books, visit->desk->now_ms(visit->desk->house), &place, &err) &&
                   cover_make(books, number, &place, visit->lang, &out, &err);
    printing_end();
    printing_answer(visit, is_good, &out, &err);
}
