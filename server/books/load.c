/* load.c - what doors are worth that left or shall leave: server/books/load.h. */
#include "server/books/load.h"

#include "server/books/remake.h"
#include "server/judge/gate.h"

static int64_t line_worth(const struct load_line *line, int64_t doors)
{
    if (line->quantity <= 0) return 0;
    return gate_worth_fen(line->amount_fen, doors < line->quantity ? doors : line->quantity, line->quantity);
}

int64_t load_worth(const struct load *load)
{
    int64_t fen = 0;
    for (int i = 0; i < load->count; i++)
        fen += line_worth(&load->lines[i], load->lines[i].loaded + load->lines[i].more) -
               line_worth(&load->lines[i], load->lines[i].loaded);
    return fen;
}

/* Where a line has no price of its own, its doors have their part of what the order is worth. */
static void amounts_share(struct load *load, int64_t goods_fen)
{
    int64_t doors = 0;
    bool    is_priced = true;
    for (int i = 0; i < load->count; i++) {
        bool is_remake = load->lines[i].line % 100 >= LINE_OF_REMAKES; /* it costs the customer nothing */
        is_priced = is_priced && (is_remake || load->lines[i].amount_fen > 0);
        doors += is_remake ? 0 : load->lines[i].quantity;
    }
    if (is_priced || doors == 0) return;
    for (int i = 0; i < load->count; i++)
        load->lines[i].amount_fen = load->lines[i].line % 100 >= LINE_OF_REMAKES
                                        ? 0
                                        : gate_worth_fen(goods_fen, load->lines[i].quantity, doors);
}

bool load_read(struct books *books, int64_t order, int64_t goods_fen, struct load *load, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    load->count = 0;
    if (!db_prepare(books->db,
                    SQL("SELECT l.line, l.quantity, COALESCE(s.amount_fen, 0),"
                        " CAST(COALESCE((SELECT SUM(d.doors) FROM loaded AS d WHERE d.line = l.line), 0) AS BIGINT)"
                        " FROM line AS l LEFT JOIN spec AS s ON s.line = l.line WHERE l.order_id = $1 ORDER BY l.line"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, order);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        struct load_line *line = &load->lines[load->count];
        if (load->count == LOAD_LINES_MOST) continue; /* numbers of two digits: there are no more */
        load->count++;
        *line = (struct load_line){db_int(stmt, 0), db_int(stmt, 1), db_int(stmt, 2), db_int(stmt, 3), 0};
    }
    amounts_share(load, goods_fen);
    return true;
}

bool load_shipped_fen(struct books *books, int64_t order, int64_t goods_fen, int64_t *fen, struct err *err)
{
    struct load load;
    if (!load_read(books, order, goods_fen, &load, err)) return false;
    *fen = 0;
    for (int i = 0; i < load.count; i++) *fen += line_worth(&load.lines[i], load.lines[i].loaded);
    return true;
}

bool load_add(struct books *books, int64_t note, int sign, struct load *load, int64_t *doors, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    *doors = 0;
    if (!db_prepare(books->db, SQL("SELECT n.line, n.doors - CAST(COALESCE((SELECT SUM(d.doors) FROM loaded AS d"
                        " WHERE d.note = n.note AND d.line = n.line), 0) AS BIGINT) FROM note_line AS n"
                        " WHERE n.note = $1 ORDER BY n.line"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, note);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        int64_t rest = db_int(stmt, 1) > 0 ? db_int(stmt, 1) : 0;
        *doors += rest;
        for (int i = 0; i < load->count; i++)
            if (load->lines[i].line == db_int(stmt, 0)) load->lines[i].more += sign * rest;
    }
}
