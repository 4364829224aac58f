/* line_form.c - an order's line as the register has it: server/books/line_form.h. */
#include "server/books/line_form.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/utf8.h"
#include "server/books/find.h"
#include "server/books/foreign.h"
#include "server/books/head.h"
#include "server/books/lead.h"
#include "server/books/master.h"
#include "server/books/question.h"

/* ---------------------------------------------------------------------------------------------------- its form */

bool line_form_due(struct books *books, struct cell *spec, bool is_rush, bool *has, struct err *err)
{
    int32_t due_day = 0;
    *has = true;
    if (spec[SPEC_DUE].is_set) return true;
    if (!lead_due(books, spec[SPEC_FAMILY].text, is_rush, books_today(books), has, &due_day, err)) return false;
    if (*has) spec[SPEC_DUE] = (struct cell){.is_set = true, .number = due_day};
    return true;
}

bool line_form_read(struct books *books, struct form *form, const struct json *body, const char *at, bool is_rush,
                    struct line_form *line, struct err *err)
{
    struct say measured = SAY("register.measured"), past = SAY("register.past"), why = SAY("register.extra"),
               none = SAY("register.due");
    bool has, is_good = form_read(form, body, at, SPEC_COLUMNS, line->spec);
    is_good = form_read(form, body, at, AMOUNT_COLUMNS, line->amount) && is_good;
    if (!is_good) return true;
    const char *of = line->spec[SPEC_MEASURED].text;
    if (strcmp(of, "opening") != 0 && strcmp(of, "leaf") != 0) form_bad(form, at, "measured", &measured);
    if (line->spec[SPEC_DUE].is_set && line->spec[SPEC_DUE].number < books_today(books))
        form_bad(form, at, "due", &past);
    if (line->amount[AMOUNT_EXTRA].number != 0 && !line->amount[AMOUNT_WHY].is_set)
        form_bad(form, at, "extra_why", &why);
    if (!line_form_due(books, line->spec, is_rush, &has, err)) return false;
    if (!has) form_bad(form, at, "due", &none);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- its rows */

/* As sheet and kiosk show it [R21]: 门洞 960×2050 墙厚180. */
static bool size_write(struct books *books, const struct cell *spec, char size[CELL_TEXT_MAX], struct err *err)
{
    bool is_opening = strcmp(spec[SPEC_MEASURED].text, "opening") == 0;
    if (spec[SPEC_WIDTH].number == 0 && spec[SPEC_HEIGHT].number == 0) { /* of an import that says it otherwise */
        utf8_copy(size, CELL_TEXT_MAX, spec[SPEC_TECHNICAL].text);
        return true;
    }
    char word[NAME_BYTES + 1];
    if (!setting_text(books, is_opening ? "opening_word" : "leaf_word", is_opening ? "门洞" : "门扇", word, err))
        return false;
    int len = snprintf(size, CELL_TEXT_MAX, "%s %" PRId64 "×%" PRId64, word, spec[SPEC_WIDTH].number,
                       spec[SPEC_HEIGHT].number);
    if (spec[SPEC_WALL].number > 0)
        snprintf(size + len, (size_t)(CELL_TEXT_MAX - len), " 墙厚%" PRId64, spec[SPEC_WALL].number);
    return true;
}

enum { SPEC_VALUES = 6 };

/* A row of spec: fields holds the texts that the values point to. */
static void spec_values(int64_t line, const struct line_form *form, struct buf *fields,
                        struct value values[SPEC_VALUES])
{
    int64_t price = form->amount[AMOUNT_PRICE].number, extra = form->amount[AMOUNT_EXTRA].number;
    spec_write(form->spec, fields);
    values[0] = value_int(line);
    values[1] = value_text(buf_text(fields));
    values[2] = value_int(price);
    values[3] = value_int(extra);
    values[4] = value_text(form->amount[AMOUNT_WHY].text);
    values[5] = value_int(form->spec[SPEC_QUANTITY].number * price + extra);
}

static bool spec_put(struct books *books, int64_t line, int64_t base, const struct line_form *form, struct err *err)
{
    enum record_did did;
    struct buf      fields = {0};
    struct value    values[SPEC_VALUES];
    spec_values(line, form, &fields, values);
    bool is_done = record_put(&books->record, NOUN_SPEC, base, values, &did, err);
    buf_free(&fields);
    return is_done;
}

bool line_form_is_same(struct books *books, int64_t line, const struct line_form *form, bool *is_same, struct err *err)
{
    struct buf   fields = {0};
    struct value values[SPEC_VALUES];
    spec_values(line, form, &fields, values);
    bool is_done = record_is_same(&books->record, NOUN_SPEC, values, is_same, err);
    buf_free(&fields);
    return is_done;
}

bool line_form_price(struct books *books, int64_t line, int64_t quantity, int64_t price_fen, enum record_did *did,
                     struct err *err)
{
    const struct value values[] = {value_int(line), value_text(""), value_int(price_fen),
                                   value_int(0),    value_text(""), value_int(quantity * price_fen)};
    return record_put(&books->record, NOUN_SPEC, RECORD_ANY, values, did, err);
}

/* [R14] A remake is always in a hurry. */
static bool remake_is_rush(struct books *books, int64_t line, bool *is_rush, struct err *err)
{
    struct db_stmt *stmt;
    bool            is;
    if (*is_rush) return true;
    if (!db_prepare(books->db, SQL("SELECT line FROM remake WHERE line = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, line);
    if (!db_step(stmt, &is, err)) return false;
    db_reset(stmt);
    *is_rush = is;
    return true;
}

bool line_form_row(struct books *books, int64_t line, const struct cell *spec, int64_t rev, struct err *err)
{
    enum record_did did;
    char            size[CELL_TEXT_MAX];
    bool            is_rush;
    int64_t         order = line - line % 100;
    if (!head_is_rush(books, order, &is_rush, err) || !remake_is_rush(books, line, &is_rush, err) ||
        !size_write(books, spec, size, err) || !find_learn(books, FIND_PRODUCT, spec[SPEC_PRODUCT].text, 0, err))
        return false;
    const struct value values[] = {
        value_int(line),
        value_int(order),
        value_text(spec[SPEC_PRODUCT].text),
        value_text(spec[SPEC_FAMILY].text),
        value_int(spec[SPEC_QUANTITY].number),
        value_text(size),
        value_text(spec[SPEC_COLOUR].text),
        value_text(spec[SPEC_OPENING].text),
        value_int(spec[SPEC_DUE].number),
        value_int(is_rush),
        value_int(spec[SPEC_SPECIAL].number),
        value_text(spec[SPEC_REMARKS].text),
        value_int(rev),
    };
    return record_put(&books->record, NOUN_LINE, RECORD_ANY, values, &did, err);
}

bool line_form_rush(struct books *books, int64_t order, bool is_rush, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    int64_t         line = order;
    for (;;) {
        if (!db_prepare(
                books->db,
                SQL("SELECT line, order_id, product, family, quantity, size, colour, opening, due_day,"
                            " special, remarks, rev FROM line WHERE order_id = $1 AND line > $2 AND rush != $3"
                            " AND NOT EXISTS (SELECT 1 FROM remake AS m WHERE m.line = line.line) ORDER BY line LIMIT 1"),
                    &stmt, err))
            return false;
        db_bind_int(stmt, 1, order);
        db_bind_int(stmt, 2, line);
        db_bind_int(stmt, 3, is_rush);
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        line = db_int(stmt, 0);
        const struct value values[] = {
            value_int(line),
            value_int(db_int(stmt, 1)),
            value_text(db_text(stmt, 2)),
            value_text(db_text(stmt, 3)),
            value_int(db_int(stmt, 4)),
            value_text(db_text(stmt, 5)),
            value_text(db_text(stmt, 6)),
            value_text(db_text(stmt, 7)),
            value_int(db_int(stmt, 8)),
            value_int(is_rush),
            value_int(db_int(stmt, 9)),
            value_text(db_text(stmt, 10)),
            value_int(db_int(stmt, 11)),
        };
        enum record_did did;
        bool            is_done = record_put(&books->record, NOUN_LINE, RECORD_ANY, values, &did, err);
        db_reset(stmt);
        if (!is_done) return false;
    }
}

/* ---------------------------------------------------------------------------------------------------- what it asks */

/* [R22] A day before the lead time allows it is the follow-up clerk's to accept. */
static bool date_ask(struct books *books, int64_t order, int64_t line, const struct line_form *form, bool is_rush,
                     struct err *err)
{
    int32_t due_day = (int32_t)form->spec[SPEC_DUE].number;
    int64_t days = 0, least = 0;
    char    text[CELL_TEXT_MAX] = "", due[DAY_TEXT];
    if (!lead_room(books, form->spec[SPEC_FAMILY].text, is_rush, due_day, &days, &least, err)) return false;
    day_write(due_day, due);
    if (days < least) snprintf(text, sizeof text, "%s：%" PRId64 " < %" PRId64 " 天", due, days, least);
    return question_want(books, order, line, "date", text, err);
}

static bool line_ask(struct books *books, int64_t order, int64_t line, const struct line_form *form, bool is_rush,
                     struct err *err)
{
    struct buf foreign = {0};
    bool       is_done = foreign_find(books, form->spec, &foreign, err) &&
                   question_want(books, order, line, "foreign", buf_text(&foreign), err) &&
                   question_want(books, order, line, "special",
                                 form->spec[SPEC_SPECIAL].number != 0 ? form->spec[SPEC_PRODUCT].text : "", err) &&
                   date_ask(books, order, line, form, is_rush, err);
    buf_free(&foreign);
    return is_done;
}

bool line_form_put(struct books *books, int64_t line, int64_t rev, int64_t base, bool is_rush,
                   const struct line_form *form, struct err *err)
{
    return (rev > 0 || line_form_row(books, line, form->spec, 0, err)) && spec_put(books, line, base, form, err) &&
           line_ask(books, line - line % 100, line, form, is_rush, err);
}
