/* twin.c - a line made from another: server/books/twin.h. */
#include "server/books/twin.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "core/utf8.h"
#include "server/books/copy.h"
#include "server/books/draft.h"
#include "server/books/quote.h"

/* ---------------------------------------------------------------------------------------------------- whose it is */

static bool of_read(struct books *books, int64_t line, int64_t *of_line, int64_t *start_op, bool *is_remake,
                    struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    *of_line = *start_op = 0;
    *is_remake = false;
    if (!db_prepare(books->db, SQL("SELECT of_line, start_op, 1 FROM remake WHERE line = $1"
                                   " UNION ALL SELECT of_line, 0, 0 FROM batch WHERE line = $1 LIMIT 1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    *of_line = db_int(stmt, 0);
    *start_op = db_int(stmt, 1);
    *is_remake = db_int(stmt, 2) != 0;
    db_reset(stmt);
    return true;
}

static bool doors_read(struct books *books, int64_t line, int64_t *doors, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT quantity FROM line WHERE line = $1"), &stmt, err)) return false;
    db_bind_int(stmt, 1, line);
    if (!db_step(stmt, &row, err)) return false;
    *doors = row ? db_int(stmt, 0) : 0;
    db_reset(stmt);
    return true;
}

bool twin_source(struct books *books, int64_t line, struct twin_source *source, struct err *err)
{
    enum { DEPTH_MOST = 8 }; /* a remake of a remake of a batch ... */
    struct twin_source found = {.line = line};
    int64_t            of_line, start_op;
    bool               is_remake;
    for (int i = 0; i < DEPTH_MOST; i++) {
        if (!of_read(books, found.line, &of_line, &start_op, &is_remake, err)) return false;
        if (of_line == 0) break;
        if (i == 0 && !doors_read(books, line, &found.quantity, err)) return false;
        if (i == 0 && is_remake) found.remake_of = of_line;
        if (i == 0) found.start_op = start_op;
        if (of_line == found.line) break; /* the first batch bears the ordered line's number */
        found.line = of_line;
    }
    *source = found;
    return true;
}

void twin_mark(int64_t of_line, char mark[TWIN_MARK])
{
    char text[SAY_TEXT_MAX], number[LINE_REF_TEXT];
    line_ref_short(line_ref_of_key(of_line), number);
    struct say say = say_text(SAY("remake.mark"), number);
    utf8_copy(mark, TWIN_MARK, text_say(LANG_ZH, &say, text, sizeof text));
}

bool twin_fields(const struct twin_source *source, struct buf *fields, struct err *err)
{
    static struct cell cells[SPEC_COUNT]; /* the writer's thread alone; large */
    char               mark[TWIN_MARK], remarks[CELL_TEXT_MAX + TWIN_MARK];
    if (source->quantity == 0) return true;
    if (!spec_read(buf_text(fields), cells, err)) return false;
    cells[SPEC_QUANTITY] = (struct cell){.is_set = true, .number = source->quantity};
    snprintf(cells[SPEC_QUANTITY].text, sizeof cells[SPEC_QUANTITY].text, "%lld", (long long)source->quantity);
    if (source->remake_of != 0) {
        struct cell *said = &cells[SPEC_REMARKS];
        twin_mark(source->remake_of, mark);
        snprintf(remarks, sizeof remarks, "%s%s%s", mark, said->text[0] != 0 ? " " : "", said->text);
        size_t len = strlen(remarks);
        if (strncmp(said->text, mark, strlen(mark)) != 0 && len <= (size_t)SPEC_COLUMNS[SPEC_REMARKS].want.most) {
            memcpy(said->text, remarks, len + 1);
            said->is_set = true;
        }
    }
    buf_clear(fields);
    spec_write(cells, fields);
    return true;
}

bool twin_quoted(struct books *books, int64_t line, int64_t *n, struct buf *fields, struct err *err)
{
    struct twin_source source;
    return twin_source(books, line, &source, err) &&
           quote_confirmed(books, line - line % 100, source.line, n, fields, err) && twin_fields(&source, fields, err);
}

/* ---------------------------------------------------------------------------------------------------- the line */

struct row {
    char    product[CELL_TEXT_MAX], family[CELL_TEXT_MAX], size[CELL_TEXT_MAX], colour[CELL_TEXT_MAX];
    char    opening[CELL_TEXT_MAX], remarks[2 * CELL_TEXT_MAX];
    int64_t rev, rush, special;
    int32_t due_day;
};

static bool row_read(struct books *books, int64_t line, struct row *row, struct err *err)
{
    struct db_stmt *stmt;
    bool            has;
    if (!db_prepare(books->db,
                    SQL("SELECT product, family, size, colour, opening, due_day, rush, special, remarks, rev FROM line"
                        " WHERE line = $1"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    if (!db_step(stmt, &has, err)) return false;
    if (!has) return err_set(err, ERR_ABSENT, SAY("register.absent"));
    utf8_copy(row->product, sizeof row->product, db_text(stmt, 0));
    utf8_copy(row->family, sizeof row->family, db_text(stmt, 1));
    utf8_copy(row->size, sizeof row->size, db_text(stmt, 2));
    utf8_copy(row->colour, sizeof row->colour, db_text(stmt, 3));
    utf8_copy(row->opening, sizeof row->opening, db_text(stmt, 4));
    row->due_day = (int32_t)db_int(stmt, 5);
    row->rush = db_int(stmt, 6);
    row->special = db_int(stmt, 7);
    utf8_copy(row->remarks, sizeof row->remarks, db_text(stmt, 8));
    row->rev = db_int(stmt, 9);
    db_reset(stmt);
    return true;
}

static bool row_put(struct books *books, const struct twin *twin, const struct row *row, struct err *err)
{
    enum record_did did;
    char            remarks[3 * CELL_TEXT_MAX];
    snprintf(remarks, sizeof remarks, "%s%s%s", twin->mark, twin->mark[0] != 0 && row->remarks[0] != 0 ? " " : "",
             row->remarks);
    const struct value values[] = {
        value_int(twin->line),
        value_int(twin->line - twin->line % 100),
        value_text(row->product),
        value_text(row->family),
        value_int(twin->quantity),
        value_text(row->size),
        value_text(row->colour),
        value_text(row->opening),
        value_int(row->due_day),
        value_int(twin->is_rush || row->rush != 0),
        value_int(row->special),
        value_text(remarks),
        value_int(1),
    };
    return record_put(&books->record, NOUN_LINE, RECORD_ANY, values, &did, err);
}

/* ---------------------------------------------------------------------------------------------------- its sheet */

static bool quantity_change(struct draft *draft, int64_t quantity, struct err *err)
{
    struct cell cells[SPEC_COUNT];
    if (!spec_read(buf_text(&draft->fields), cells, err)) return false;
    cells[SPEC_QUANTITY].number = quantity;
    snprintf(cells[SPEC_QUANTITY].text, sizeof cells[SPEC_QUANTITY].text, "%lld", (long long)quantity);
    buf_clear(&draft->fields);
    spec_write(cells, &draft->fields);
    return true;
}

/* What the other's sheet says of the door, for whoever looks at this one; imported lines have none. */
static bool draft_copy(struct books *books, const struct twin *twin, int64_t *rev, struct err *err)
{
    struct db_stmt *stmt;
    struct draft    draft = {.line = twin->line, .rev = 1};
    bool            has;
    *rev = 0;
    if (!db_prepare(books->db, SQL("SELECT rev, quote_n, maker, editor, fields, ops FROM draft WHERE line = $1"), &stmt,
                                   err))
        return false;
    db_bind_int(stmt, 1, twin->of_line);
    if (!db_step(stmt, &has, err)) return false;
    if (!has) return true;
    *rev = db_int(stmt, 0);
    draft.quote_n = db_int(stmt, 1);
    utf8_copy(draft.maker, sizeof draft.maker, db_text(stmt, 2));
    utf8_copy(draft.editor, sizeof draft.editor, db_text(stmt, 3));
    buf_str(&draft.fields, db_text(stmt, 4));
    draft_ops_write(twin->ops, twin->count, &draft.ops);
    draft.made_ms = draft.released_ms = books->record.now_ms;
    db_reset(stmt);
    bool is_done = quantity_change(&draft, twin->quantity, err) && draft_put(books, &draft, RECORD_ANY, err);
    draft_free(&draft);
    return is_done;
}

/* A signature as it was given. */
struct signature {
    char    kind[16], by[132], whom[132];
    int64_t at_ms;
    uint8_t hash[HASH_BYTES];
};
enum { SIGNATURES_MOST = 8 };

static bool signatures_read(struct books *books, int64_t line, int64_t rev, struct signature *signatures, int *count,
                            struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    size_t          len;
    *count = 0;
    if (!db_prepare(books->db, SQL("SELECT kind, signed_by, signed_for, signed_ms, hash FROM review WHERE line = $1"
                        " AND rev = $2 AND signed_by != '' AND hash IS NOT NULL ORDER BY kind LIMIT $3"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, rev);
    db_bind_int(stmt, 3, SIGNATURES_MOST);
    for (;; (*count)++) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        struct signature *one = &signatures[*count];
        utf8_copy(one->kind, sizeof one->kind, db_text(stmt, 0));
        utf8_copy(one->by, sizeof one->by, db_text(stmt, 1));
        utf8_copy(one->whom, sizeof one->whom, db_text(stmt, 2));
        one->at_ms = db_int(stmt, 3);
        const void *hash = db_blob(stmt, 4, &len);
        if (len == sizeof one->hash) memcpy(one->hash, hash, len);
    }
}

static bool signatures_copy(struct books *books, const struct twin *twin, int64_t rev, struct err *err)
{
    struct signature signatures[SIGNATURES_MOST];
    enum record_did  did;
    int              count;
    if (rev == 0) return true;
    if (!signatures_read(books, twin->of_line, rev, signatures, &count, err)) return false;
    for (int i = 0; i < count; i++) {
        const struct signature *one = &signatures[i];
        const struct value      values[] = {
            value_int(twin->line), value_int(1),          value_text(one->kind),
            value_text(""),        value_null(),          value_text(one->by),
            value_text(one->whom), value_int(one->at_ms), value_blob(one->hash, sizeof one->hash),
        };
        if (!record_put(&books->record, NOUN_REVIEW, RECORD_NEW, values, &did, err)) return false;
    }
    return true;
}

bool twin_issue(struct books *books, const struct twin *twin, struct err *err)
{
    struct row row = {.rev = 0};
    int64_t    rev;
    if (!row_read(books, twin->of_line, &row, err) || !row_put(books, twin, &row, err) ||
        !draft_copy(books, twin, &rev, err) || !signatures_copy(books, twin, rev, err))
        return false;
    struct buf fields = {0};
    if (!copy_said(books, twin->of_line, &fields, err)) return false;
    const struct sheet_issue sheet = {.fields = buf_text(&fields),
                                      .line = twin->line,
                                      .rev = 1,
                                      .quantity = twin->quantity,
                                      .family = row.family,
                                      .ops = twin->ops,
                                      .count = twin->count};
    bool                     is_done = sheet_issue(books, &sheet, err) && sheet_due(books, &sheet, row.due_day, err);
    buf_free(&fields);
    return is_done;
}

/* ---------------------------------------------------------------------------------------------------- operations */

bool twin_ops(struct books *books, int64_t line, int64_t start_op, struct sheet_op ops[SHEET_OPS_MOST], int *count,
              struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    *count = 0;
    if (!db_prepare(books->db,
                    SQL("SELECT s.op, s.per_door, s.code, s.part, s.rate_cfen, s.rework_rate_cfen FROM line AS l"
                        " JOIN sheet_op AS s ON s.line = l.line AND s.rev = l.rev WHERE l.line = $1 AND s.op >= $2"
                        " ORDER BY s.op LIMIT $3"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, line);
    db_bind_int(stmt, 2, start_op);
    db_bind_int(stmt, 3, SHEET_OPS_MOST);
    for (;; (*count)++) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        struct sheet_op *op = &ops[*count];
        *op = (struct sheet_op){
            .op = db_int(stmt, 0), .per_door = db_int(stmt, 1), .days = -1, .rate = {db_int(stmt, 4), db_int(stmt, 5)}
        };
        utf8_copy(op->code, sizeof op->code, db_text(stmt, 2));
        utf8_copy(op->part, sizeof op->part, db_text(stmt, 3));
    }
}

bool twin_plan_first(struct books *books, int64_t line, int32_t day, struct err *err)
{
    struct db_stmt *stmt;
    enum record_did did;
    bool            row;
    int64_t         sequence = 1;
    if (!db_prepare(books->db, SQL("SELECT sequence FROM plan WHERE day = $1 ORDER BY sequence LIMIT 1"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, day);
    if (!db_step(stmt, &row, err)) return false;
    if (row) {
        sequence = db_int(stmt, 0) - 1;
        db_reset(stmt);
    }
    const struct value values[] = {value_int(line), value_int(1), value_int(day), value_int(sequence)};
    return record_put(&books->record, NOUN_PLAN, RECORD_NEW, values, &did, err);
}
