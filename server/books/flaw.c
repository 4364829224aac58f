/* flaw.c - bad pieces as reports count them: server/books/flaw.h. */
#include "server/books/flaw.h"

static bool rows_drop(struct db *db, const struct flaw_fact *fact, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("DELETE FROM flaw WHERE day = $1 AND number = $2"), &stmt, err)) return false;
    db_bind_int(stmt, 1, fact->day);
    db_bind_int(stmt, 2, fact->number);
    return db_run(stmt, err);
}

struct flaw_row {
    int     place;
    int32_t reason, fault; /* fault: number on the sheet, or FLAW_* */
    int64_t pieces;
    bool    is_open;
};

static bool row_add(struct db *db, const struct flaw_fact *fact, const struct flaw_row *row, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("INSERT INTO flaw (day, number, place, line, rev, code, reason, fault, pieces, is_open)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, fact->day);
    db_bind_int(stmt, 2, fact->number);
    db_bind_int(stmt, 3, row->place);
    db_bind_int(stmt, 4, fact->line);
    db_bind_int(stmt, 5, fact->event->sheet.rev);
    db_bind_text(stmt, 6, fact->code);
    db_bind_int(stmt, 7, row->reason);
    db_bind_int(stmt, 8, row->fault);
    db_bind_int(stmt, 9, row->pieces);
    db_bind_int(stmt, 10, row->is_open);
    return db_run(stmt, err);
}

/* Whose fault a row of a report proposes, or of a decision says. */
static int32_t fault_of(const struct event_bad *bad, bool is_decided)
{
    if (bad->op == EVENT_FAULT_MATERIAL || (bad->op == 0 && is_decided)) return FLAW_NOBODY;
    return bad->op == 0 ? FLAW_UNSAID : bad->op;
}

bool flaw_write(struct db *db, const struct flaw_fact *fact, bool had, const struct verdict *verdict, struct err *err)
{
    const struct event *words = fact->decision != NULL ? fact->decision : fact->event;
    int64_t             left = verdict->bad, decided = verdict->bad - verdict->bad_undecided;
    struct flaw_row     row = {0};
    if (had && !rows_drop(db, fact, err)) return false;
    for (int i = 0; i < words->bad_count && left > 0; i++) {
        row.reason = words->bad[i].reason;
        row.fault = fault_of(&words->bad[i], fact->decision != NULL);
        row.pieces = words->bad[i].count < left ? words->bad[i].count : left;
        row.is_open = fact->decision == NULL;
        left -= row.pieces;
        decided -= row.pieces;
        if (row.pieces > 0 && !row_add(db, fact, &row, err)) return false;
        row.place++;
    }
    row = (struct flaw_row){row.place, 0, FLAW_UNSAID, left, decided <= 0};
    return left == 0 || row_add(db, fact, &row, err);
}
