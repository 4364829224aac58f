/* shop.c - rows of what the shop is made of: operations, stations, reasons, crews, routings: server/books/master.h and
 * shop.h. */
#include "server/books/shop.h"

#include <string.h>

#include "core/utf8.h"
#include "server/books/form.h"
#include "server/books/import.h"

/* ---------------------------------------------------------------------------------------------------- retiring */

/* Refused by the first that still needs it: `sql` finds one that does, by its name. */
static bool unused(struct books *books, const char *sql, const char *key, struct say why, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, sql, &stmt, err)) return false;
    db_bind_text(stmt, 1, key);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    err_set(err, ERR_CONFLICT, say_text(say_text(why, key), db_text(stmt, 0)));
    db_reset(stmt);
    return false;
}

static bool has_code(const char *codes, const char *code)
{
    for (size_t len; *codes != 0; codes += len + strspn(codes + len, " ")) {
        len = strcspn(codes, " ");
        if (len == strlen(code) && memcmp(codes, code, len) == 0) return true;
    }
    return false;
}

static bool operation_at_none(struct books *books, const char *code, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT id, ops FROM station WHERE is_off = 0 ORDER BY id"), &stmt, err))
        return false;
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) return true;
        if (!has_code(db_text(stmt, 1), code)) continue;
        err_set(err, ERR_CONFLICT, say_text(say_text(SAY("shop.at_station"), code), db_text(stmt, 0)));
        db_reset(stmt);
        return false;
    }
}

static bool operation_unused(struct books *books, const char *code, struct err *err)
{
    return unused(books, SQL("SELECT family FROM routing WHERE code = $1 AND is_off = 0 LIMIT 1"), code,
                             SAY("shop.in_routing"), err) &&
                  operation_at_none(books, code, err);
}

static bool station_unused(struct books *books, const char *id, struct err *err)
{
    enum { REVOKED = 2 }; /* enum kiosk_state of take/take.h */
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT number FROM kiosk WHERE station = $1 AND state != $2 LIMIT 1"), &stmt, err))
        return false;
    db_bind_text(stmt, 1, id);
    db_bind_int(stmt, 2, REVOKED);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    err_set(err, ERR_CONFLICT, say_int(say_text(SAY("shop.has_kiosk"), id), db_int(stmt, 0)));
    db_reset(stmt);
    return false;
}

static bool crew_unused(struct books *books, const char *id, struct err *err)
{
    return unused(books, SQL("SELECT name FROM worker WHERE crew = $1 AND left_day IS NULL LIMIT 1"), id,
                             SAY("shop.has_worker"), err);
}

/* *is_off: as it shall be, column: where the noun's row has it. *is_now: this retires it. */
static bool off_find(struct books *books, enum noun noun, const struct value *keys, int column, enum off off,
                     int64_t *is_off, bool *is_now, struct err *err)
{
    int64_t version, was;
    if (!record_look(&books->record, noun, keys, column, &version, &was, err)) return false;
    *is_off = off == OFF_KEEP ? was : off == OFF_YES;
    *is_now = *is_off != 0 && was == 0;
    return true;
}

/* ---------------------------------------------------------------------------------------------------- rows */

static bool part_is_known(const char *part)
{
    static const char *const PARTS[] = {"door", "leaf", "frame", "architrave"};
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++)
        if (strcmp(PARTS[i], part) == 0) return true;
    return false;
}

bool operation_put(struct books *books, const char *code, const char *zh, const char *en, const char *part,
                   enum off off, enum record_did *did, struct err *err)
{
    enum { OFF = 4 };
    struct value values[] = {value_text(code), value_text(zh), value_text(en), value_text(part), value_int(0)};
    bool         is_now;
    if (!part_is_known(part)) return err_set(err, ERR_INPUT, say_text(SAY("master.part"), part));
    if (!off_find(books, NOUN_OPERATION, values, OFF, off, &values[OFF].number, &is_now, err) ||
        (is_now && !operation_unused(books, code, err)))
        return false;
    return record_put(&books->record, NOUN_OPERATION, RECORD_ANY, values, did, err);
}

/* The first of the codes that is no operation: copied into unknown, "" where all are. */
static bool codes_check(struct books *books, const char *ops, char unknown[WORD_BYTES + 1], struct err *err)
{
    unknown[0] = 0;
    while (*ops != 0) {
        char   code[WORD_BYTES + 1] = "";
        size_t len = strcspn(ops, " ");
        bool   is = false;
        memcpy(code, ops, utf8_fit(ops, len, sizeof code - 1));
        if (len < sizeof code && !operation_is(books, code, &is, err)) return false;
        if (!is) {
            memcpy(unknown, code, sizeof code);
            return true;
        }
        ops += len + strspn(ops + len, " ");
    }
    return true;
}

static bool station_kind(struct books *books, const char *id, char kind[WORD_BYTES + 1], struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    memset(kind, 0, WORD_BYTES + 1);
    if (!db_prepare(books->db, SQL("SELECT kind FROM station WHERE id = $1"), &stmt, err)) return false;
    db_bind_text(stmt, 1, id);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    memcpy(kind, db_text(stmt, 0), strnlen(db_text(stmt, 0), WORD_BYTES));
    db_reset(stmt);
    return true;
}

bool station_put(struct books *books, const struct station *station, enum record_did *did, struct err *err)
{
    enum { OFF = 4 };
    char        was[WORD_BYTES + 1], unknown[WORD_BYTES + 1];
    const char *kind = station->kind, *ops = station->ops;
    bool        is_now;
    if (kind == NULL && !station_kind(books, station->id, was, err)) return false;
    if (kind == NULL) kind = was;
    if (kind[0] != 0 && strcmp(kind, "dock") != 0)
        return err_set(err, ERR_INPUT, say_text(SAY("master.station"), kind));
    if (ops[0] == 0 && kind[0] == 0) return err_set(err, ERR_INPUT, SAY("master.station_ops"));
    struct value values[] = {
        value_text(station->id), value_text(station->zh), value_text(station->en), value_text(ops), value_int(0),
        value_text(kind)};
    if (!codes_check(books, ops, unknown, err)) return false;
    if (unknown[0] != 0) return err_set(err, ERR_INPUT, say_text(SAY("master.operation"), unknown));
    if (!off_find(books, NOUN_STATION, values, OFF, station->off, &values[OFF].number, &is_now, err) ||
        (is_now && !station_unused(books, station->id, err)))
        return false;
    return record_put(&books->record, NOUN_STATION, RECORD_ANY, values, did, err);
}

bool reason_put(struct books *books, int64_t number, const char *zh, const char *en, enum off off, enum record_did *did,
                struct err *err)
{
    enum { OFF = 3 };
    struct value values[] = {value_int(number), value_text(zh), value_text(en), value_int(0)};
    bool         is_now;
    return off_find(books, NOUN_REASON, values, OFF, off, &values[OFF].number, &is_now, err) &&
           record_put(&books->record, NOUN_REASON, RECORD_ANY, values, did, err);
}

bool crew_put(struct books *books, const char *id, const char *name, enum off off, enum record_did *did,
              struct err *err)
{
    enum { OFF = 2 };
    struct value values[] = {value_text(id), value_text(name), value_int(0)};
    bool         is_now;
    if (!off_find(books, NOUN_CREW, values, OFF, off, &values[OFF].number, &is_now, err) ||
        (is_now && !crew_unused(books, id, err)))
        return false;
    return record_put(&books->record, NOUN_CREW, RECORD_ANY, values, did, err);
}

bool routing_put(struct books *books, const char *family, int64_t op, const char *code, int64_t per_door, enum off off,
                 enum record_did *did, struct err *err)
{
    enum { OFF = 4 };
    struct value values[] = {value_text(family), value_int(op), value_text(code), value_int(per_door), value_int(0)};
    bool         is, is_now;
    if (!operation_is(books, code, &is, err)) return false;
    if (!is) return err_set(err, ERR_INPUT, say_text(SAY("master.operation"), code));
    return off_find(books, NOUN_ROUTING, values, OFF, off, &values[OFF].number, &is_now, err) &&
           record_put(&books->record, NOUN_ROUTING, RECORD_ANY, values, did, err);
}

/* ---------------------------------------------------------------------------------------------------- forms */

/* What a form saves: a row of an import's kind. keys: how many of its columns name the row, in the order of the noun's.
 * clears: a column that says what it said before where a table leaves it empty, and that a form empties. called: what the form calls the first, where the import calls it id, which in a body is the act's. */
struct saving {
    const char *kind, *called, *clears;
    enum noun   noun;
    int         keys;
};

static void columns_copy(const struct saving *saving, const struct import_kind *kind, struct import_column *columns)
{
    int i = 0;
    for (; kind->columns[i].name != NULL; i++) columns[i] = kind->columns[i];
    columns[i].name = NULL;
    if (saving->called != NULL) columns[0].name = saving->called;
}

static bool save(struct books *books, struct act_call *call, struct saving saving, struct err *err)
{
    const struct import_kind *kind = import_kind_find(saving.kind);
    struct import_column      columns[IMPORT_COLUMNS_MAX + 1];
    struct cell               cells[IMPORT_COLUMNS_MAX];
    struct value              named[4];
    enum record_did           did;
    const char               *column = "";
    columns_copy(&saving, kind, columns);
    if (!form_take(call, columns, cells, err)) return false;
    for (int i = 0; saving.clears != NULL && columns[i].name != NULL; i++)
        if (strcmp(columns[i].name, saving.clears) == 0 && json_get(call->body, saving.clears) != NULL)
            cells[i].is_set = true;
    for (int i = 0; i < saving.keys; i++) {
        enum cell_kind is = kind->columns[i].want.kind;
        named[i] = is == CELL_INT || is == CELL_DAY ? value_int(cells[i].number) : value_text(cells[i].text);
    }
    if (!record_base(&books->record, saving.noun, body_base(call), named, err)) return false;
    if (kind->row(books, cells, &did, &column, err)) return true;
    return form_fault(call, strcmp(column, kind->columns[0].name) == 0 ? columns[0].name : column, err);
}

bool operation_save_act(struct books *books, struct act_call *call, struct err *err)
{
    return save(books, call, (struct saving){.kind = "operations", .noun = NOUN_OPERATION, .keys = 1}, err);
}

bool station_save_act(struct books *books, struct act_call *call, struct err *err)
{
    return save(
        books, call,
        (struct saving){.kind = "stations", .called = "station", .clears = "kind", .noun = NOUN_STATION, .keys = 1},
        err);
}

bool reason_save_act(struct books *books, struct act_call *call, struct err *err)
{
    return save(books, call, (struct saving){.kind = "reasons", .noun = NOUN_REASON, .keys = 1}, err);
}

bool crew_save_act(struct books *books, struct act_call *call, struct err *err)
{
    return save(books, call, (struct saving){.kind = "crews", .called = "crew", .noun = NOUN_CREW, .keys = 1}, err);
}

bool worker_save_act(struct books *books, struct act_call *call, struct err *err)
{
    return save(books, call, (struct saving){.kind = "workers", .noun = NOUN_WORKER, .keys = 1}, err);
}

bool routing_save_act(struct books *books, struct act_call *call, struct err *err)
{
    return save(books, call, (struct saving){.kind = "routings", .noun = NOUN_ROUTING, .keys = 2}, err);
}

bool rate_save_act(struct books *books, struct act_call *call, struct err *err)
{
    return save(books, call, (struct saving){.kind = "rates", .noun = NOUN_RATE, .keys = 3}, err);
}
