/* listed.c - rows of an order list: server/books/listed.h. */
#include "server/books/listed.h"

#include <string.h>

#include "core/utf8.h"
#include "server/books/customer.h"
#include "server/books/head.h"
#include "server/books/line_form.h"
#include "server/books/master.h"
#include "server/books/remake.h"

enum {
    LISTED_ORDER,
    LISTED_LINE,
    LISTED_CUSTOMER,
    LISTED_PHONE,
    LISTED_RECEIVED,
    LISTED_SALESPERSON,
    LISTED_DESK,
    LISTED_PROJECT,
    LISTED_RUSH,
    LISTED_RUSH_OWNER,
    LISTED_RUSH_REASON,
    LISTED_HEAD /* columns before those of the line */
};

/* clang-format off */
const struct import_column LISTED_COLUMNS[] = {
    {"order",       "订单号",     {CELL_ORDER, true, 0, 0}},
    {"line",        "行号",       {CELL_INT, true, 1, LINE_OF_REMAKES - 1}},
    {"customer",    "客户",       {CELL_TEXT, true, 0, 60}},
    {"phone",       "电话",       {CELL_PHONE, false, 0, 0}},
    {"received",    "接单日期",   {CELL_DAY, false, 0, 0}},
    {"salesperson", "业务员",     {CELL_TEXT, false, 0, 60}},
    {"desk",        "跟单",       {CELL_TEXT, false, 0, 60}},
    {"project",     "工程",       {CELL_BOOL, false, 0, 0}},
    {"rush",        "加急",       {CELL_BOOL, false, 0, 0}},
    {"rush_owner",  "加急负责人", {CELL_TEXT, false, 0, 60}},
    {"rush_reason", "加急原因",   {CELL_TEXT, false, 0, 120}},
    SPEC_ROWS,
    AMOUNT_ROWS,
    {.name = NULL},
};
/* clang-format on */

/* People write 门洞 and 门扇, or the shop's own words [R21]. */
static bool measured_read(struct books *books, struct cell *cell, struct err *err)
{
    static const struct {
        const char *setting, *usual, *is;
    } WORDS[] = {
        {"opening_word", "门洞", "opening"},
        {"leaf_word",    "门扇", "leaf"   },
    };
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        char word[NAME_BYTES + 1];
        if (!setting_text(books, WORDS[i].setting, WORDS[i].usual, word, err)) return false;
        if (strcmp(cell->text, word) != 0 && strcmp(cell->text, WORDS[i].usual) != 0 &&
            strcmp(cell->text, WORDS[i].is) != 0)
            continue;
        utf8_copy(cell->text, sizeof cell->text, WORDS[i].is);
        return true;
    }
    return err_set(err, ERR_INPUT, SAY("register.measured"));
}

/* Where a line of the list stands already: its newest signed revision, its delivery day. */
struct listed {
    bool    has_order, has_head, has_line;
    int64_t rev, due_day;
    char    customer[CELL_TEXT_MAX];
};

static bool listed_read(struct books *books, int64_t order, int64_t line, struct listed *listed, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    *listed = (struct listed){.rev = 0};
    if (!db_prepare(books->db,
                    SQL("SELECT o.customer, h.order_id, l.rev, l.due_day FROM orders AS o"
                        " LEFT JOIN head AS h ON h.order_id = o.id LEFT JOIN line AS l ON l.line = $2 WHERE o.id = $1"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, order);
    db_bind_int(stmt, 2, line);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    listed->has_order = true;
    utf8_copy(listed->customer, sizeof listed->customer, db_text(stmt, 0));
    listed->has_head = !db_is_null(stmt, 1);
    listed->has_line = !db_is_null(stmt, 2);
    listed->rev = listed->has_line ? db_int(stmt, 2) : 0;
    listed->due_day = listed->has_line ? db_int(stmt, 3) : 0;
    db_reset(stmt);
    return true;
}

/* The row in hand, and the order that it begins; too large for a stack: the writer's thread alone uses it. */
static struct {
    struct cell      head[HEAD_COUNT];
    struct line_form line;
} listing;

/* The head of a new order, from the row that comes first. */
static bool listed_head(struct books *books, const struct cell *cells, const char **column, struct err *err)
{
    bool has;
    memset(listing.head, 0, sizeof listing.head);
    listing.head[HEAD_SALESPERSON] = cells[LISTED_SALESPERSON];
    listing.head[HEAD_DESK] = cells[LISTED_DESK];
    listing.head[HEAD_PROJECT] = cells[LISTED_PROJECT];
    listing.head[HEAD_RUSH] = cells[LISTED_RUSH];
    listing.head[HEAD_RUSH_OWNER] = cells[LISTED_RUSH_OWNER];
    listing.head[HEAD_RUSH_REASON] = cells[LISTED_RUSH_REASON];
    *column = "customer";
    if (!customer_named(books, cells[LISTED_CUSTOMER].text, cells[LISTED_PHONE].text,
                        &listing.head[HEAD_CUSTOMER].number, err))
        return false;
    *column = "desk";
    if (!act_user_has(books, listing.head[HEAD_DESK].text, "desk", &has, err)) return false;
    if (listing.head[HEAD_DESK].is_set && !has)
        return err_set(err, ERR_INPUT, say_text(SAY("register.desk"), listing.head[HEAD_DESK].text));
    if (listing.head[HEAD_RUSH].number == 0) return true;
    *column = "rush_owner";
    if (!listing.head[HEAD_RUSH_OWNER].is_set) return err_set(err, ERR_INPUT, SAY("register.rush_owner"));
    *column = "rush_reason";
    if (!listing.head[HEAD_RUSH_REASON].is_set) return err_set(err, ERR_INPUT, SAY("register.rush_reason"));
    *column = "rush";
    return head_rush_room(books, 0, err);
}

static bool listed_place(struct books *books, int64_t order, const struct cell *cells, struct err *err)
{
    const struct day_rule *rule = chains_rule(&books->chains, books->applied_to + 1);
    const struct cell     *day = &cells[LISTED_RECEIVED];
    int64_t                received_ms =
        day->is_set ? day->number * INT64_C(86400000) - rule->offset_min * INT64_C(60000) : books->record.now_ms;
    struct receipt receipt = {0};
    return receipt_list(books, cells[LISTED_CUSTOMER].text, listing.head[HEAD_CUSTOMER].number, received_ms, &receipt,
                        err) &&
           head_place(books, order, listing.head, &receipt, err);
}

static bool listed_spec(struct books *books, const struct cell *cells, const struct listed *listed, bool is_rush,
                        struct line_form *line, const char **column, struct err *err)
{
    bool has;
    memcpy(line->spec, cells + LISTED_HEAD, sizeof line->spec);
    memcpy(line->amount, cells + LISTED_HEAD + SPEC_COUNT, sizeof line->amount);
    *column = "measured";
    if (!measured_read(books, &line->spec[SPEC_MEASURED], err)) return false;
    *column = "extra_why";
    if (line->amount[AMOUNT_EXTRA].number != 0 && !line->amount[AMOUNT_WHY].is_set)
        return err_set(err, ERR_INPUT, SAY("register.extra"));
    *column = "due";
    if (!line->spec[SPEC_DUE].is_set && listed->has_line) /* the day that it got when the list came first */
        line->spec[SPEC_DUE] = (struct cell){.is_set = true, .number = listed->due_day};
    if (!line_form_due(books, line->spec, is_rush, &has, err)) return false;
    return has || err_set(err, ERR_INPUT, SAY("register.due"));
}

bool listed_row(struct books *books, const struct cell *cells, enum record_did *did, const char **column,
                struct err *err)
{
    struct line_form *form = &listing.line;
    struct listed     listed = {.rev = 0};
    int64_t           order = cells[LISTED_ORDER].number, line = order + cells[LISTED_LINE].number;
    bool              is_rush = cells[LISTED_RUSH].number != 0, is_same = false;
    if (!listed_read(books, order, line, &listed, err)) return false;
    *column = "order";
    if (listed.has_order && !listed.has_head) return err_set(err, ERR_CONFLICT, SAY("register.absent"));
    *column = "customer";
    if (listed.has_order && strcmp(listed.customer, cells[LISTED_CUSTOMER].text) != 0)
        return err_set(err, ERR_INPUT, say_text(SAY("order.customer"), listed.customer));
    if (listed.has_order && !head_is_rush(books, order, &is_rush, err)) return false;
    if (!listed.has_order && !listed_head(books, cells, column, err)) return false;
    if (!listed_spec(books, cells, &listed, is_rush, form, column, err) ||
        !line_form_is_same(books, line, form, &is_same, err))
        return false;
    *did = is_same ? RECORD_SAME : listed.has_line ? RECORD_CHANGED : RECORD_MADE;
    if (is_same) return true;
    *column = "line";
    if (listed.rev > 0) return err_set(err, ERR_CONFLICT, SAY("register.released"));
    return (listed.has_order || listed_place(books, order, cells, err)) &&
           line_form_put(books, line, 0, RECORD_ANY, is_rush, form, err);
}
