/* follow.c - what the follow-up clerk does about an order's day: server/books/follow.h. */
#include "server/books/follow.h"

#include <string.h>

#include "server/books/form.h"
#include "server/books/master.h"
#include "server/books/order.h"

/* Of which kind each field is. */
static const struct import_column SEEN[] = {{.name = NULL}};
static const struct import_column DAY[] = {
    {"day", "新交期", {CELL_DAY, true, 0, 0}},
    {"told", "谁告知客户", {CELL_TEXT, true, 0, 60}},
    {.name = NULL},
};
static const struct import_column CAUSE[] = {
    {"responsible", "责任人", {CELL_TEXT, true, 0, 60}},
    {"cause", "原因", {CELL_TEXT, true, 0, 240}},
    {.name = NULL},
};

static const struct {
    const char                 *kind;
    const struct import_column *columns;
} KINDS[] = {
    {"seen",  SEEN },
    {"day",   DAY  },
    {"cause", CAUSE},
};

bool follow_act(struct books *books, struct act_call *call, struct err *err)
{
    struct cell                 cells[2] = {{.is_set = false}, {.is_set = false}};
    struct line_ref             ref;
    enum record_did             did;
    const char                 *kind;
    const struct import_column *columns = NULL;
    int64_t                     id = 0;
    if (!body_ref(call, "order", false, &ref, err) || !body_text(call, "kind", false, 15, &kind, err)) return false;
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (strcmp(KINDS[i].kind, kind) == 0) columns = KINDS[i].columns;
    if (columns == NULL) return err_set(err, ERR_INPUT, say_text(SAY("follow.kind"), kind));
    if (!form_take(call, columns, cells, err) || !order_must(books, line_ref_key(ref), 0, err) ||
        !record_next(&books->record, SQL("SELECT id FROM follow ORDER BY id DESC LIMIT 1"), &id, err))
        return false;
    bool is_day = columns == DAY, is_cause = columns == CAUSE;
    if (is_day && cells[0].number < books_today(books)) {
        err_set(err, ERR_INPUT, SAY("register.past"));
        return form_fault(call, "day", err);
    }
    const struct value values[] = {
        value_int(id),
        value_int(line_ref_key(ref)),
        value_text(kind),
        is_day ? value_int(cells[0].number) : value_null(),
        value_text(is_day ? cells[1].text : ""),
        value_text(is_cause ? cells[0].text : ""),
        value_text(is_cause ? cells[1].text : ""),
        value_text(books->record.user),
        value_int(books->record.now_ms),
    };
    return record_put(&books->record, NOUN_FOLLOW, RECORD_NEW, values, &did, err);
}
