/* ship_gate.c - which delivery notes the money lets go: server/books/ship_gate.h. */
#include "server/books/ship_gate.h"

#include "server/books/load.h"
#include "server/books/money.h"
#include "server/books/note.h"

enum { NOTES_MOST = 99 };

static bool gate_read(struct books *books, int64_t order, const struct load *load, struct gate *gate, struct err *err)
{
    struct gate_money money;
    int64_t           fen = load_worth(load);
    bool              is_over = false;
    if (!money_of(books, order, &money, err)) return false;
    *gate = gate_dispatch(&money, fen);
    if (gate->is_open) return true;
    if (!money_override(books, order, fen, &is_over, err)) return false;
    if (is_over) *gate = (struct gate){.is_open = true};
    return true;
}

/* Notes of the order that stand: neither void nor ended. */
static bool standing_read(struct books *books, int64_t order, int64_t ids[NOTES_MOST], int *count, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db,
                    SQL("SELECT n.id FROM note AS n LEFT JOIN note_done AS d ON d.note = n.id"
                        " WHERE n.order_id = $1 AND n.void_feed = 0 AND d.note IS NULL ORDER BY n.id LIMIT $2"),
                        &stmt, err))
        return false;
    db_bind_int(stmt, 1, order);
    db_bind_int(stmt, 2, NOTES_MOST);
    for (*count = 0; *count < NOTES_MOST; ++*count) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        ids[*count] = db_int(stmt, 0);
    }
    db_reset(stmt);
    return true;
}

/* Of the order's standing notes with this one: may they all leave? */
bool ship_gate_of(struct books *books, const struct note *note, struct gate *gate, struct err *err)
{
    struct gate_money money;
    struct load       load;
    struct note       other = {.id = 0};
    int64_t           ids[NOTES_MOST], doors;
    int               count;
    if (!money_of(books, note->order, &money, err) || !load_read(books, note->order, money.goods_fen, &load, err) ||
        !standing_read(books, note->order, ids, &count, err))
        return false;
    for (int i = 0; i < count; i++) {
        if (!note_read(books, ids[i], &other, err)) return false;
        if (other.id != note->id && other.open_feed == 0) continue;
        if (!load_add(books, ids[i], 1, &load, &doors, err)) return false;
    }
    return gate_read(books, note->order, &load, gate, err);
}

/* One standing note: an open one that the gate no longer lets go is void; a shut one that it does is open. */
static bool note_follow(struct books *books, int64_t id, bool wants_open, struct load *load, struct err *err)
{
    struct note note = {.id = 0};
    struct gate gate;
    int64_t     doors;
    if (!note_read(books, id, &note, err)) return false;
    if ((note.open_feed != 0) != wants_open) return true;
    if (!load_add(books, id, 1, load, &doors, err)) return false;
    if (doors == 0) return true;
    if (!gate_read(books, note.order, load, &gate, err)) return false;
    if (gate.is_open == wants_open || (gate.is_open && note_open(books, &note, err))) return true;
    if (gate.is_open) return false;
    if (!load_add(books, id, -1, load, &doors, err)) return false;
    return !wants_open || note_void(books, &note, SAY("ship.void_money"), err);
}

bool ship_gate_moved(struct books *books, int64_t order, struct err *err)
{
    struct gate_money money;
    struct load       load;
    int64_t           ids[NOTES_MOST];
    int               count;
    if (!standing_read(books, order, ids, &count, err)) return false;
    if (count == 0) return true;
    if (!money_of(books, order, &money, err) || !load_read(books, order, money.goods_fen, &load, err)) return false;
    for (int i = 0; i < count; i++)
        if (!note_follow(books, ids[i], true, &load, err)) return false;
    for (int i = 0; i < count; i++)
        if (!note_follow(books, ids[i], false, &load, err)) return false;
    return true;
}

/* The next order after `order` that has a note which isn't void; 0 at the end. */
static bool next_standing(struct books *books, int64_t order, int64_t *next, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT order_id FROM note WHERE order_id > $1 AND void_feed = 0 ORDER BY order_id"
                        " LIMIT 1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, order);
    if (!db_step(stmt, &row, err)) return false;
    *next = row ? db_int(stmt, 0) : 0;
    if (row) db_reset(stmt);
    return true;
}

bool ship_gates_follow(struct books *books, struct err *err)
{
    struct record *record = &books->record;
    int64_t        order = 0;
    for (int i = 0; record->gate_count <= GATES_MOST && i < record->gate_count; i++)
        if (!ship_gate_moved(books, record->gates[i], err)) return false;
    while (record->gate_count > GATES_MOST) {
        if (!next_standing(books, order, &order, err)) return false;
        if (order == 0) break;
        if (!ship_gate_moved(books, order, err)) return false;
    }
    record->gate_count = 0;
    return true;
}
