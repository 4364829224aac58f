/* db_migrate.c - brings a database to the program's schema: takes the embedded steps 1.sql .. n.sql and a writing
 * connection, gives a database at step n. Each step is whole or didn't happen; what it was is in user_version. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "core/db.h"

static bool version_of(struct db *db, int64_t *version, struct err *err)
{
    struct db_stmt *stmt;
    bool            row;
    if (!db_prepare(db, "PRAGMA user_version", &stmt, err) || !db_step(stmt, &row, err)) return false;
    assert(row);
    *version = db_int(stmt, 0);
    db_reset(stmt);
    return true;
}

/* Steps of the table; a name out of order is a mistake of the build. */
static int64_t steps_of(const struct embed *schema)
{
    int64_t steps = 0;
    for (; schema[steps].name != NULL; steps++) {
        char name[32];
        snprintf(name, sizeof name, "%d.sql", (int)steps + 1);
        assert(strcmp(schema[steps].name, name) == 0);
    }
    return steps;
}

static bool step_run(struct db *db, const struct embed *step, int64_t version, struct err *err)
{
    char mark[64];
    snprintf(mark, sizeof mark, "PRAGMA user_version = %d", (int)version);
    if (!db_begin(db, err)) return false;
    if (db_script(db, (const char *)step->bytes, err) && db_script(db, mark, err)) return db_commit(db, err);
    db_rollback(db);
    return false;
}

bool db_migrate(struct db *db, const struct embed *schema, struct err *err)
{
    int64_t version, steps = steps_of(schema);
    if (!version_of(db, &version, err)) return false;
    if (version > steps) return err_set(err, ERR_INPUT, say_int(say_int(SAY("db.newer"), version), steps));
    for (; version < steps; version++)
        if (!step_run(db, &schema[version], version + 1, err)) return false;
    return true;
}
