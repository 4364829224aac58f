/* batch.c - a large line goes to the floor in batches: server/books/batch.h. */
#include "server/books/batch.h"

#include <string.h>

#include "server/books/form.h"
#include "server/books/release.h"
#include "server/books/twin.h"

enum { PARTS_MOST = 40, LINE_MOST = 99, REMAKES_ROOM = 20 /* numbers at the end that remakes count down through */ };

struct parts {
    int     count;
    int64_t doors[PARTS_MOST];
    int64_t lines[PARTS_MOST];
};

static bool parts_read(const struct act_call *call, struct parts *parts, struct err *err)
{
    const struct json *list = json_get(call->body, "parts");
    size_t             count = json_count(list);
    if (count < 2 || count > PARTS_MOST) return err_set(err, ERR_INPUT, say_int(SAY("batch.parts"), PARTS_MOST));
    parts->count = (int)count;
    for (size_t i = 0; i < count; i++) {
        parts->doors[i] = json_int(json_at(list, i), 0);
        if (parts->doors[i] < 1 || parts->doors[i] > INT32_MAX) return err_set(err, ERR_INPUT, SAY("batch.empty"));
    }
    return true;
}

static bool parts_check(const struct parts *parts, int64_t quantity, struct err *err)
{
    int64_t sum = 0;
    for (int i = 0; i < parts->count; i++) sum += parts->doors[i];
    return sum == quantity || err_set(err, ERR_INPUT, say_int(say_int(SAY("batch.sum"), sum), quantity));
}

/* The next free numbers behind the order's lines; those at the end are the remakes'. */
static bool numbers_find(struct books *books, int64_t line, struct parts *parts, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    int64_t         order = line - line % 100, next = line;
    if (!db_prepare(books->db, SQL("SELECT line FROM line WHERE line BETWEEN $1 AND $2 ORDER BY line DESC LIMIT 1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, order);
    db_bind_int(stmt, 2, order + LINE_MOST - REMAKES_ROOM);
    if (!db_step(stmt, &row, err)) return false;
    if (row) {
        next = db_int(stmt, 0);
        db_reset(stmt);
    }
    parts->lines[0] = line;
    for (int i = 1; i < parts->count; i++) parts->lines[i] = next + i;
    return next + parts->count - 1 <= order + LINE_MOST - REMAKES_ROOM ||
           err_set(err, ERR_CONFLICT, say_int(SAY("batch.numbers"), LINE_MOST - REMAKES_ROOM));
}

static bool batch_put(struct books *books, const struct parts *parts, int i, struct err *err)
{
    enum record_did    did;
    const struct value values[] = {
        value_int(parts->lines[i]), value_int(parts->lines[0]),      value_int(i + 1),
        value_int(parts->count),    value_int(books->record.now_ms), value_text(books->record.user),
    };
    return record_put(&books->record, NOUN_BATCH, RECORD_NEW, values, &did, err);
}

/* The others, once the first is released: its row and sheet say what they are made of. */
static bool batches_issue(struct books *books, const struct parts *parts, const struct draft *draft,
                          struct planned *planned, struct err *err)
{
    struct sheet_op ops[SHEET_OPS_MOST];
    int             count;
    if (!draft_ops_read(draft, ops, &count, err) || !batch_put(books, parts, 0, err)) return false;
    for (int i = 1; i < parts->count; i++) {
        const struct twin twin = {.line = parts->lines[i],
                                  .of_line = parts->lines[0],
                                  .quantity = parts->doors[i],
                                  .mark = "",
                                  .ops = ops,
                                  .count = count};
        struct planned    own = {
               .line = parts->lines[i], .rev = 1, .day = planned->day, .sequence = planned->sequence + i};
        if (!twin_issue(books, &twin, err) || !release_plan(books, &own, RECORD_NEW, err) ||
            !batch_put(books, parts, i, err))
            return false;
    }
    return true;
}

static void answer_write(const struct parts *parts, struct buf *out)
{
    char number[LINE_REF_TEXT];
    buf_str(out, "{\"lines\":[");
    for (int i = 0; i < parts->count; i++) {
        line_ref_write(line_ref_of_key(parts->lines[i]), number);
        buf_fmt(out, "%s\"%s\"", i == 0 ? "" : ",", number);
    }
    buf_str(out, "]}");
}

/* Signed is the whole; each batch is the same door. What the quote says stays as it is, and its money. */
bool batch_split_act(struct books *books, struct act_call *call, struct err *err)
{
    struct parts   parts = {0};
    struct draft   draft = {0};
    struct planned planned = {0};
    struct cell    cells[SPEC_COUNT];
    bool           is_done = parts_read(call, &parts, err) && release_body(books, call, &planned, err) &&
                   draft_open(books, planned.line, &draft, err);
    planned.rev = draft.rev;
    if (is_done && draft.rev > 1) is_done = err_set(err, ERR_CONFLICT, SAY("batch.late"));
    is_done = is_done && spec_read(buf_text(&draft.fields), cells, err) &&
              parts_check(&parts, cells[SPEC_QUANTITY].number, err) && numbers_find(books, planned.line, &parts, err) &&
              release_check(books, &draft, err) && release_issue(books, &draft, parts.doors[0], err) &&
              release_plan(books, &planned, RECORD_NEW, err) && release_end(books, &draft, err) &&
              batches_issue(books, &parts, &draft, &planned, err);
    if (is_done) answer_write(&parts, &call->answer);
    draft_free(&draft);
    return is_done;
}
