/* receipt.c - rows of the order register: server/books/receipt.h. */
#include "server/books/receipt.h"

#include <stdio.h>
#include <string.h>

#include "core/utf8.h"
#include "server/books/file.h"
#include "server/books/master.h"

enum { DAY_MIN = 1440, MINUTE_MS = 60000 };

/* clang-format off */
static const struct import_column COLUMNS[] = {
    {"who",           "来单人",   {CELL_TEXT, false, 0, 60}},
    {"received_day",  "收到日期", {CELL_DAY, false, 0, 0}},
    {"received_time", "收到时间", {CELL_TEXT, false, 0, 24}},
    {"source",        "来源",     {CELL_ID, true, 0, 0}},
    {"signed",        "签字人",   {CELL_TEXT, false, 0, 60}},
    {"note",          "说明",     {CELL_TEXT, false, 0, 390}},
    {.name = NULL},
};
/* clang-format on */
enum { WHO, DAY, TIME, SOURCE, SIGNED, NOTE, COLUMN_COUNT };

/* 9:05, 09:05, 0905, with full-width digits and colon: minutes after midnight; -1: none of these. */
static int minute_read(const char *text)
{
    int digits[4], n = 0, colon = -1;
    for (size_t left = strlen(text), step; left > 0; text += step, left -= step) {
        step = utf8_len(text, left);
        int digit = step == 0 ? -1 : utf8_digit(text, step);
        if (digit >= 0 && n < 4) {
            digits[n++] = digit;
        } else if (digit < 0 && colon < 0 &&
                   ((step == 1 && *text == ':') || (step == 3 && memcmp(text, "：", 3) == 0))) {
            colon = n;
        } else {
            return -1;
        }
    }
    if (n < 3 || (colon >= 0 && colon != n - 2)) return -1;
    int hour = n == 4 ? digits[0] * 10 + digits[1] : digits[0], minute = digits[n - 2] * 10 + digits[n - 1];
    return hour > 23 || minute > 59 ? -1 : hour * 60 + minute;
}

/* When it came: now where nothing is said, never later. */
static bool received_read(struct books *books, struct form *form, const struct cell *cells, int64_t *received_ms)
{
    const struct day_rule *rule = chains_rule(&books->chains, books->applied_to + 1);
    int64_t                now_min = books->record.now_ms / MINUTE_MS + rule->offset_min;
    int64_t                day = cells[DAY].is_set ? cells[DAY].number : now_min / DAY_MIN;
    int                    minute = cells[TIME].is_set ? minute_read(cells[TIME].text) : (int)(now_min % DAY_MIN);
    struct say             time = say_text(SAY("receipt.time"), cells[TIME].text), late = SAY("receipt.future");
    if (minute < 0) {
        form_bad(form, "", "received_time", &time);
        return false;
    }
    *received_ms = (day * DAY_MIN + minute - rule->offset_min) * MINUTE_MS;
    if (*received_ms <= books->record.now_ms) return true;
    form_bad(form, "", cells[DAY].is_set ? "received_day" : "received_time", &late);
    return false;
}

/* [R4] Each source has its writing: a file; the customer's signature; the salesperson's. */
static bool source_check(struct form *form, const struct cell *cells, const struct json *body)
{
    const char *source = cells[SOURCE].text;
    bool        is_file = strcmp(source, "file") == 0;
    struct say  kind = say_text(SAY("receipt.source"), source), file = SAY("receipt.file"),
               signature = SAY("receipt.signed");
    if (!is_file && strcmp(source, "walkin") != 0 && strcmp(source, "sales") != 0) {
        form_bad(form, "", "source", &kind);
        return false;
    }
    if (is_file && json_count(json_get(body, "files")) == 0) {
        form_bad(form, "", "files", &file);
        return false;
    }
    if (!is_file && !cells[SIGNED].is_set) {
        form_bad(form, "", "signed", &signature);
        return false;
    }
    return true;
}

static bool receipt_put(struct books *books, const struct receipt *receipt, int64_t base, struct err *err)
{
    enum record_did    did;
    const struct value values[] = {
        value_int(receipt->id),          value_int(receipt->customer),  value_text(receipt->who),
        value_int(receipt->received_ms), value_text(receipt->source),   value_text(receipt->signed_by),
        value_text(receipt->note),       value_text(receipt->taken_by), value_int(receipt->until_ms),
        value_or_null(receipt->order),
    };
    return record_put(&books->record, NOUN_RECEIPT, base, values, &did, err);
}

static bool receipt_next(struct books *books, int64_t *id, struct err *err)
{
    return record_next(&books->record, SQL("SELECT id FROM receipt ORDER BY id DESC LIMIT 1"), id, err);
}

static void receipt_fill(struct receipt *receipt, const struct cell *cells, const char *user)
{
    utf8_copy(receipt->who, sizeof receipt->who, cells[WHO].text);
    snprintf(receipt->source, sizeof receipt->source, "%.15s", cells[SOURCE].text);
    utf8_copy(receipt->signed_by, sizeof receipt->signed_by, cells[SIGNED].text);
    utf8_copy(receipt->note, sizeof receipt->note, cells[NOTE].text);
    utf8_copy(receipt->taken_by, sizeof receipt->taken_by, user);
}

static bool until_find(struct books *books, struct receipt *receipt, struct err *err)
{
    const struct day_rule *rule = chains_rule(&books->chains, books->applied_to + 1);
    int64_t                cut, next;
    if (!setting_limit(books, LIMIT_PLACE_CUT_MIN, &cut, err) ||
        !setting_limit(books, LIMIT_PLACE_NEXT_MIN, &next, err))
        return false;
    receipt->until_ms = place_until_ms(receipt->received_ms, rule->offset_min, (int32_t)cut, (int32_t)next);
    return true;
}

bool receipt_take(struct books *books, struct form *form, const struct json *body, struct receipt *receipt,
                  struct err *err)
{
    struct cell cells[COLUMN_COUNT];
    struct receipt new = {.customer = json_int(json_get(body, "customer"), 0)};
    int        count, before = form->bad;
    struct say who = SAY("import.empty");
    if (!form_read(form, body, "", COLUMNS, cells)) return true;
    (void)source_check(form, cells, body);
    (void)received_read(books, form, cells, &new.received_ms);
    if (new.customer == 0 && !cells[WHO].is_set) form_bad(form, "", "who", &who);
    if (form->bad != before) return true;
    receipt_fill(&new, cells, books->record.user);
    if (!receipt_next(books, &new.id, err) || !until_find(books, &new, err) ||
        !receipt_put(books, &new, RECORD_NEW, err) ||
        !file_attach(books, json_get(body, "files"), new.id, 0, "source", &count, err))
        return false;
    new.version = 1;
    *receipt = new;
    return true;
}

bool receipt_list(struct books *books, const char *who, int64_t customer, int64_t received_ms, struct receipt *receipt,
                  struct err *err)
{
    struct receipt new = {.customer = customer, .received_ms = received_ms, .source = "file", .note = "import"};
    utf8_copy(new.who, sizeof new.who, who);
    utf8_copy(new.taken_by, sizeof new.taken_by, books->record.user);
    if (!receipt_next(books, &new.id, err) || !until_find(books, &new, err) ||
        !receipt_put(books, &new, RECORD_NEW, err))
        return false;
    new.version = 1;
    *receipt = new;
    return true;
}

bool receipt_read(struct books *books, int64_t id, struct receipt *receipt, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db,
                    SQL("SELECT customer, who, received_ms, source, signed, note, taken_by, until_ms, order_id,"
                        " version FROM receipt WHERE id = $1"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, id);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, say_int(SAY("receipt.absent"), id));
    *receipt = (struct receipt){.id = id,
                                .customer = db_int(stmt, 0),
                                .received_ms = db_int(stmt, 2),
                                .until_ms = db_int(stmt, 7),
                                .order = db_is_null(stmt, 8) ? 0 : db_int(stmt, 8),
                                .version = db_int(stmt, 9)};
    utf8_copy(receipt->who, sizeof receipt->who, db_text(stmt, 1));
    utf8_copy(receipt->source, sizeof receipt->source, db_text(stmt, 3));
    utf8_copy(receipt->signed_by, sizeof receipt->signed_by, db_text(stmt, 4));
    utf8_copy(receipt->note, sizeof receipt->note, db_text(stmt, 5));
    utf8_copy(receipt->taken_by, sizeof receipt->taken_by, db_text(stmt, 6));
    db_reset(stmt);
    return true;
}

bool receipt_place(struct books *books, struct receipt *receipt, int64_t order, int64_t customer, struct err *err)
{
    receipt->order = order;
    receipt->customer = customer;
    return receipt_put(books, receipt, receipt->version, err);
}
