/* proof.c - do the sums of every pay period agree, as a command: lines, slips, adjustments, and what is due now. By
 * totals, in milliseconds; that the dues themselves are right is `rebuild --compare`. Reads only, also while a server
 * runs. */
#include <string.h>

#include "core/buf.h"
#include "core/clock.h"
#include "core/db.h"
#include "server/books/proof.h"
#include "server/care/care.h"
#include "server/care/paths.h"

struct run {
    const struct care *care;
    int64_t            periods, bad;
    struct buf         json; /* of the periods: printed once all could be read */
};

static void proof_print(struct run *run, const struct proof *proof, const struct proof_head *head, int64_t state)
{
    const struct care *care = run->care;
    char               day[DAY_TEXT];
    char               hash[HASH_TEXT];
    struct buf         sums = {0};
    day_write(proof->to_day, day);
    hash_write(&head->hash, hash);
    if (care->is_json) {
        proof_write(proof, &sums);
        buf_fmt(&run->json, "%s{\"to\":\"%s\",\"closed\":%s,\"audit_row\":%lld,\"audit_hash\":\"%s\",%s",
                run->periods == 0 ? "" : ",", day, state == 2 ? "true" : "false", (long long)head->row, hash,
                buf_text(&sums) + 1);
    } else {
        fprintf(care->out,
                "%s lines %lld sum_fen %lld slips_fen %lld paid %lld due %lld late %lld audit %lld %s result %s\n", day,
                (long long)proof->lines, (long long)proof->lines_fen, (long long)proof->slips_fen,
                (long long)proof->net_fen, (long long)proof->due_fen, (long long)proof->late_fen, (long long)head->row,
                hash, proof_holds(proof) ? "equal" : "other");
    }
    buf_free(&sums);
}

/* Days of checked and closed periods; `only` 0: all. */
static bool next_period(struct db *db, int64_t after, bool *has, int32_t *to_day, int64_t *state, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(db, SQL("SELECT to_day, state FROM period WHERE state > 0 AND to_day > $1 ORDER BY to_day LIMIT 1"),
                            &stmt, err))
        return false;
    db_bind_int(stmt, 1, after);
    if (!db_step(stmt, has, err)) return false;
    if (*has) {
        *to_day = (int32_t)db_int(stmt, 0);
        *state = db_int(stmt, 1);
        db_reset(stmt);
    }
    return true;
}

static bool all_prove(struct run *run, struct db *db, int32_t only, struct err *err)
{
    struct proof      proof;
    struct proof_head head;
    int32_t           to_day = 0;
    int64_t           state = 0;
    bool              has = true;
    for (int64_t after = only == 0 ? INT32_MIN : (int64_t)only - 1;; after = to_day) {
        if (!next_period(db, after, &has, &to_day, &state, err)) return false;
        if (!has || (only != 0 && to_day != only)) return true;
        if (!proof_of(db, to_day, &proof, err) || !proof_head_of(db, to_day, &head, err)) return false;
        proof_print(run, &proof, &head, state);
        run->periods++;
        if (!proof_holds(&proof)) run->bad++;
    }
}

/* Whether they agree is said of all that was asked for, or not at all. */
static void result_print(const struct run *run)
{
    const char *result = run->bad == 0 ? "equal" : "other";
    if (run->care->is_json)
        fprintf(run->care->out, "{\"periods\":[%s],\"result\":\"%s\"}\n", buf_text(&run->json), result);
    else
        fprintf(run->care->out, "periods %lld\nresult %s\n", (long long)run->periods, result);
}

bool care_proof(const struct care *care, const char *period, struct err *err)
{
    struct run run = {.care = care};
    struct db *db = NULL;
    char       path[PATH_ROOM];
    int32_t    only = 0;
    if (period != NULL && !day_read(period, &only)) return err_set(err, ERR_INPUT, say_text(SAY("import.day"), period));
    if (!path_join(path, care->data, BOOKS_FILE, err) || !db_open(path, DB_READ, care->vfs, &db, err)) return false;
    bool is_done = db_begin(db, err);
    if (is_done) {
        is_done = all_prove(&run, db, only, err);
        db_rollback(db);
    }
    if (is_done && only != 0 && run.periods == 0)
        is_done = err_set(err, ERR_ABSENT, say_text(SAY("period.not_checked"), period));
    if (is_done) result_print(&run);
    buf_free(&run.json);
    db_close(db);
    return is_done && (run.bad == 0 || err_set(err, ERR_DAMAGED, say_int(SAY("care.proof"), run.bad)));
}
