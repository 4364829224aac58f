/* pin.c - a worker's PIN is set: badge + PIN become the pair of keys to which his pay is sealed (core/seal.h).
 *
 * In: {"worker","pin"} and, for who has several badges, "badge". Out: the act worker.pin with the public half and the
 * salt; the PIN itself is kept nowhere. The salt is made of the act's id, so the same act sent again is the same act. */
#include <string.h>

#include "core/json.h"
#include "core/seal.h"
#include "server/show/doors.h"
#include "server/show/routes.h"

/* The badge that goes with the PIN: the one that was named, else the only one he has. */
static bool badge_find(struct db *books, int64_t worker, int64_t named, int64_t *badge, struct err *err)
{
    struct db_stmt *stmt;
    int64_t         found = 0;
    int             count = 0;
    bool            row;
    if (!db_prepare(books, SQL("SELECT badge FROM badge WHERE worker = $1 AND revoked_feed IS NULL ORDER BY badge"),
                               &stmt, err))
        return false;
    db_bind_int(stmt, 1, worker);
    for (;;) {
        if (!db_step(stmt, &row, err)) return false;
        if (!row) break;
        int64_t one = db_int(stmt, 0);
        if (named != 0 && one != named) continue;
        found = one;
        count++;
    }
    if (count == 0) return err_set(err, ERR_ABSENT, say_int(SAY("pin.no_badge"), worker));
    if (count > 1) return err_set(err, ERR_INPUT, say_int(say_int(SAY("pin.badges"), worker), count));
    *badge = found;
    return true;
}

static void salt_make(const char *id, uint8_t salt[SEAL_SALT_BYTES])
{
    struct buf text = {0};
    buf_fmt(&text, "worker.pin\n%s", id);
    struct hash hash = hash_of(text.bytes, text.len);
    memcpy(salt, hash.bytes, SEAL_SALT_BYTES);
    buf_free(&text);
}

static void bytes_json(struct buf *out, const char *key, const uint8_t *bytes, size_t len)
{
    json_key(out, key);
    buf_char(out, '"');
    seal_base64(bytes, len, out);
    buf_char(out, '"');
}

/* The act's body. Slow: argon2id. */
static bool pin_body(int64_t worker, int64_t badge, const char *pin, const char *id, struct buf *out, struct err *err)
{
    uint8_t          salt[SEAL_SALT_BYTES];
    struct seal_pair pair;
    salt_make(id, salt);
    if (!seal_pair_of(badge, pin, salt, &pair, err)) return false;
    buf_char(out, '{');
    json_key(out, "worker");
    buf_int(out, worker);
    bytes_json(out, "salt", salt, sizeof salt);
    bytes_json(out, "open", pair.open, sizeof pair.open);
    buf_char(out, '}');
    explicit_bzero(&pair, sizeof pair);
    return true;
}

void pin_post(struct visit *visit, struct db *books)
{
    const char *id;
    struct err  err;
    int64_t     badge = 0;
    if (!visit_body(visit) || !act_id(visit, &id)) return;
    const char *pin = json_text(json_get(visit->body, "pin"), "");
    int64_t     worker = json_int(json_get(visit->body, "worker"), 0);
    int64_t     named = json_int(json_get(visit->body, "badge"), 0);
    bool        is_good = badge_find(books, worker, named, &badge, &err);
    if (is_good && !hashing_begin(visit)) return;
    if (is_good) {
        is_good = pin_body(worker, badge, pin, id, &visit->made, &err);
        hashing_end();
    }
    if (is_good)
        visit_act(visit, visit->route->act, id, visit->user, &visit->made, visit_act_answer);
    else
        visit_fail(visit, &err);
}
