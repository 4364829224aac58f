/* aside.c - events that ended the program twice: server/books/aside.h. Takes their numbers, gives tables aside and again. */
#include "server/books/aside.h"

#include "server/books/act.h"

bool aside_add(struct db *db, int64_t number, int64_t now_ms, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("INSERT INTO aside (number, at_ms, times, lifted) VALUES ($1, $2, 1, 0)"
                            " ON CONFLICT (number) DO UPDATE SET at_ms = excluded.at_ms, times = aside.times + 1"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, number);
    db_bind_int(stmt, 2, now_ms);
    return db_run(stmt, err);
}

bool aside_any(struct db *db, bool *any, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("SELECT number FROM aside LIMIT 1"), &stmt, err)) return false;
    if (!db_step(stmt, any, err)) return false;
    db_reset(stmt);
    return true;
}

bool aside_is(struct db *db, int64_t number, bool *is, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("SELECT at_ms FROM aside WHERE number = $1 AND lifted < times"), &stmt, err)) return false;
    db_bind_int(stmt, 1, number);
    if (!db_step(stmt, is, err)) return false;
    db_reset(stmt);
    return true;
}

bool aside_wanted(struct db *db, bool *is, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("SELECT a.number FROM aside AS a JOIN again AS g ON g.number = a.number"
                            " WHERE g.times = a.times AND a.lifted < a.times LIMIT 1"),
                            &stmt, err))
        return false;
    if (!db_step(stmt, is, err)) return false;
    db_reset(stmt);
    return true;
}

bool aside_lift(struct db *db, struct err *err)
{
    struct db_stmt *stmt;
    return db_prepare(db, SQL("UPDATE aside SET lifted = times WHERE number IN (SELECT g.number FROM again AS g"
                              " WHERE g.times = aside.times)"),
                              &stmt, err) &&
                      db_run(stmt, err);
}

/* ---- The office's word */

/* How often it was set aside; refused where it isn't, as it is booked or was never. */
static bool times_read(struct books *books, const struct hash *name, int64_t *number, int64_t *times, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(books->db, SQL("SELECT a.number, a.times FROM fact AS f JOIN aside AS a ON a.number = f.number"
                                   " WHERE f.name = $1 AND a.lifted < a.times"),
                                   &stmt, err))
        return false;
    db_bind_blob(stmt, 1, name->bytes, sizeof name->bytes);
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_ABSENT, SAY("aside.none"));
    *number = db_int(stmt, 0);
    *times = db_int(stmt, 1);
    db_reset(stmt);
    return true;
}

bool aside_again_act(struct books *books, struct act_call *call, struct err *err)
{
    struct hash     name;
    enum record_did did;
    int64_t         number = 0, times = 0, version, said;
    if (!body_hash(call, "event", &name, err) || !times_read(books, &name, &number, &times, err)) return false;
    const struct value values[] = {value_int(number), value_int(times), value_text(books->record.user),
                                   value_int(books->record.now_ms)};
    if (!record_look(&books->record, NOUN_AGAIN, values, 1, &version, &said, err)) return false;
    if (version != RECORD_NEW && said == times) return err_set(err, ERR_CONFLICT, SAY("aside.again"));
    return record_put(&books->record, NOUN_AGAIN, version, values, &did, err);
}
