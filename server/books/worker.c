/* worker.c - workers, their badges, and the keys to which their pay is sealed: server/books/worker.h. */
#include "server/books/worker.h"

#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/seal.h"
#include "core/utf8.h"
#include "server/books/bind.h"
#include "server/books/master.h"

#define BADGE_MOST INT64_C(999999999999999)

/* A worker's row as the books have it: the texts belong to the struct. */
struct kept {
    bool    is_there;
    char    name[NAME_BYTES + 4], crew[WORD_BYTES + 1], role[16], lang[4];
    int64_t sign, colour;
    bool    has_left, has_key;
    int64_t left_day;
    uint8_t salt[SEAL_SALT_BYTES], open[SEAL_KEY_BYTES];
};

static void blob_keep(struct db_stmt *stmt, int column, void *to, size_t size)
{
    size_t      len;
    const void *bytes = db_blob(stmt, column, &len);
    if (len == size) memcpy(to, bytes, len);
}

static bool kept_read(struct books *books, int32_t number, struct kept *kept, struct err *err)
{
    struct db_stmt *stmt;
    *kept = (struct kept){0};
    if (!db_prepare(books->db, SQL("SELECT name, sign, colour, crew, role, lang, left_day, salt, open_key FROM worker"
                        " WHERE number = $1"),
                                   &stmt, err))
        return false;
    db_bind_int(stmt, 1, number);
    if (!db_step(stmt, &kept->is_there, err)) return false;
    if (!kept->is_there) return true;
    utf8_copy(kept->name, sizeof kept->name, db_text(stmt, 0));
    kept->sign = db_int(stmt, 1);
    kept->colour = db_int(stmt, 2);
    utf8_copy(kept->crew, sizeof kept->crew, db_text(stmt, 3));
    utf8_copy(kept->role, sizeof kept->role, db_text(stmt, 4));
    utf8_copy(kept->lang, sizeof kept->lang, db_text(stmt, 5));
    kept->has_left = !db_is_null(stmt, 6);
    if (kept->has_left) kept->left_day = db_int(stmt, 6);
    kept->has_key = !db_is_null(stmt, 7) && !db_is_null(stmt, 8);
    if (kept->has_key) {
        blob_keep(stmt, 7, kept->salt, sizeof kept->salt);
        blob_keep(stmt, 8, kept->open, sizeof kept->open);
    }
    db_reset(stmt);
    return true;
}

static bool kept_write(struct books *books, int32_t number, const struct kept *kept, int64_t base, enum record_did *did,
                       struct err *err)
{
    const struct value values[] = {
        value_int(number),
        value_text(kept->name),
        value_int(kept->sign),
        value_int(kept->colour),
        value_text(kept->crew),
        value_text(kept->role),
        value_text(kept->lang),
        kept->has_left ? value_int(kept->left_day) : value_null(),
        kept->has_key ? value_blob(kept->salt, sizeof kept->salt) : value_null(),
        kept->has_key ? value_blob(kept->open, sizeof kept->open) : value_null(),
    };
    if (!record_put(&books->record, NOUN_WORKER, base, values, did, err)) return false;
    if (*did != RECORD_SAME) people_forget(&books->people);
    return true;
}

bool worker_put(struct books *books, const struct worker *worker, enum record_did *did, struct err *err)
{
    struct kept kept;
    bool        is = true;
    if (worker->crew[0] != 0 && !crew_is(books, worker->crew, &is, err)) return false;
    if (!is) return err_set(err, ERR_INPUT, say_text(SAY("master.crew"), worker->crew));
    if (!kept_read(books, worker->number, &kept, err)) return false;
    bool is_new = !kept.is_there;
    utf8_copy(kept.name, sizeof kept.name, worker->name);
    utf8_copy(kept.crew, sizeof kept.crew, worker->crew);
    utf8_copy(kept.role, sizeof kept.role, worker->role);
    utf8_copy(kept.lang, sizeof kept.lang, worker->lang);
    kept.sign = worker->sign;
    kept.colour = worker->colour;
    if (!kept_write(books, worker->number, &kept, RECORD_ANY, did, err)) return false;
    return !is_new || books_renew_worker(books, 0, INT32_MIN, err); /* crews may have named him before */
}

/* ---------------------------------------------------------------------------------------------------- badges */

struct badge_kept {
    bool    is_there;
    int64_t worker;
    bool    is_revoked;
};

static bool badge_read(struct books *books, int64_t badge, struct badge_kept *kept, struct err *err)
{
    struct db_stmt *stmt;
    *kept = (struct badge_kept){0};
    if (!db_prepare(books->db, SQL("SELECT worker, revoked_feed FROM badge WHERE badge = $1"), &stmt, err))
        return false;
    db_bind_int(stmt, 1, badge);
    if (!db_step(stmt, &kept->is_there, err)) return false;
    if (kept->is_there) {
        kept->worker = db_int(stmt, 0);
        kept->is_revoked = !db_is_null(stmt, 1);
    }
    db_reset(stmt);
    return true;
}

bool badge_put(struct books *books, int64_t badge, int32_t worker, enum record_did *did, struct err *err)
{
    const struct value values[] = {value_int(badge), value_int(worker), value_null()};
    struct badge_kept  kept;
    struct kept        owner;
    char               text[24];
    snprintf(text, sizeof text, "%015lld", (long long)badge);
    if (!kept_read(books, worker, &owner, err) || !badge_read(books, badge, &kept, err)) return false;
    if (!owner.is_there) return err_set(err, ERR_INPUT, say_int(SAY("worker.unknown"), worker));
    if (kept.is_there && kept.is_revoked) return err_set(err, ERR_CONFLICT, say_text(SAY("badge.revoked"), text));
    if (kept.is_there && kept.worker != worker)
        return err_set(err, ERR_CONFLICT, say_int(say_text(SAY("badge.taken"), text), kept.worker));
    bool    is_spare;
    int32_t day;
    char    day_text[DAY_TEXT];
    if (!bind_of_another(books, badge, worker, &is_spare, &day, err)) return false;
    day_write(day, day_text);
    if (is_spare) return err_set(err, ERR_CONFLICT, say_text(say_text(SAY("badge.spare"), text), day_text));
    if (!record_put(&books->record, NOUN_BADGE, RECORD_ANY, values, did, err)) return false;
    if (*did == RECORD_SAME) return true;
    people_forget(&books->people);
    return books_renew_badge(books, badge, err);
}

bool badge_add_act(struct books *books, struct act_call *call, struct err *err)
{
    enum record_did did;
    int64_t         badge, worker;
    return body_int(call, "badge", 1, BADGE_MOST, &badge, err) &&
           body_int(call, "worker", 1, INT32_MAX, &worker, err) && badge_put(books, badge, (int32_t)worker, &did, err);
}

/* Nothing that was reported before is touched: no kiosk can have seen the number that is given here. */
bool badge_revoke_act(struct books *books, struct act_call *call, struct err *err)
{
    struct badge_kept kept;
    enum record_did   did;
    int64_t           badge;
    if (!body_int(call, "badge", 1, BADGE_MOST, &badge, err) || !badge_read(books, badge, &kept, err)) return false;
    if (!kept.is_there) return err_set(err, ERR_ABSENT, SAY("badge.unknown"));
    if (kept.is_revoked) return true;
    const struct value values[] = {value_int(badge), value_int(kept.worker), value_int(books->record.feed + 1)};
    if (!record_put(&books->record, NOUN_BADGE, RECORD_ANY, values, &did, err)) return false;
    people_forget(&books->people);
    return true;
}

/* ---------------------------------------------------------------------------------------------------- pin, leaving */

static bool body_bytes(const struct act_call *call, const char *field, void *bytes, size_t size, struct err *err)
{
    const char *text;
    struct buf  read = {0};
    if (!body_text(call, field, false, 2 * size, &text, err)) return false;
    bool is_good = seal_unbase64(text, strlen(text), &read) && read.len == size;
    if (is_good) memcpy(bytes, read.bytes, size);
    buf_free(&read);
    return is_good || err_set(err, ERR_INPUT, say_text(SAY("act.bytes"), field));
}

static bool body_worker(struct books *books, const struct act_call *call, int64_t *number, struct kept *kept,
                        struct err *err)
{
    if (!body_int(call, "worker", 1, INT32_MAX, number, err) || !kept_read(books, (int32_t)*number, kept, err))
        return false;
    return kept->is_there || err_set(err, ERR_ABSENT, say_int(SAY("worker.unknown"), *number));
}

bool worker_pin_act(struct books *books, struct act_call *call, struct err *err)
{
    struct kept     kept;
    enum record_did did;
    int64_t         number;
    if (!body_worker(books, call, &number, &kept, err) || !body_bytes(call, "salt", kept.salt, sizeof kept.salt, err) ||
        !body_bytes(call, "open", kept.open, sizeof kept.open, err))
        return false;
    if (!seal_fits(kept.open)) return err_set(err, ERR_INPUT, say_text(SAY("act.bytes"), "open"));
    kept.has_key = true;
    if (!kept_write(books, (int32_t)number, &kept, body_base(call), &did, err)) return false;
    return telling_worker(&books->telling, books->db, (int32_t)number, books_today(books) - TOLD_DAYS, err);
}

bool worker_left_act(struct books *books, struct act_call *call, struct err *err)
{
    struct kept     kept;
    enum record_did did;
    int64_t         number;
    const char     *text;
    int32_t         day = INT32_MAX;
    if (!body_worker(books, call, &number, &kept, err) || !body_text(call, "day", true, DAY_TEXT - 1, &text, err))
        return false;
    if (text[0] != 0 && !day_read(text, &day)) return err_set(err, ERR_INPUT, say_text(SAY("import.day"), text));
    int32_t was = kept.has_left ? (int32_t)kept.left_day : INT32_MAX;
    kept.has_left = text[0] != 0;
    kept.left_day = day;
    if (!kept_write(books, (int32_t)number, &kept, body_base(call), &did, err)) return false;
    return books_renew_worker(books, (int32_t)number, was < day ? was : day, err);
}
