/* knob.c - what people set at this kiosk itself: kiosk/keep/knob.h. Takes and gives rows of the table knob. */
#include "kiosk/keep/knob.h"

#include "kiosk/keep/row.h"

bool knobs_read(struct db *db, struct found_knobs *knobs, struct err *err)
{
    struct db_stmt    *stmt;
    struct found_knobs read = {0};
    bool               row;
    if (!db_prepare(db, SQL("SELECT name, value FROM knob WHERE worker = 0 ORDER BY name"), &stmt, err)) return false;
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        if (read.count == FOUND_KNOBS_MAX) continue; /* of a newer program: this one knows fewer */
        struct found_knob *knob = &read.rows[read.count++];
        row_text(stmt, 0, knob->name, sizeof knob->name);
        knob->value = db_int(stmt, 1);
    }
    *knobs = read;
    return true;
}

bool knob_keep(struct db *db, const struct found_knob *knob, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("INSERT INTO knob (worker, name, value) VALUES ($1, $2, $3)"
                        " ON CONFLICT (worker, name) DO UPDATE SET value = excluded.value"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, knob->worker);
    db_bind_text(stmt, 2, knob->name);
    db_bind_int(stmt, 3, knob->value);
    return db_run(stmt, err);
}

bool knob_read(struct db *db, int32_t worker, const char *name, int64_t *value, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, SQL("SELECT value FROM knob WHERE worker = $1 AND name = $2"), &stmt, err)) return false;
    db_bind_int(stmt, 1, worker);
    db_bind_text(stmt, 2, name);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return true;
    *value = db_int(stmt, 0);
    db_reset(stmt);
    return true;
}
