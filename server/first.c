/* first.c - the first login of a new server: first.h. */
#include "server/first.h"

#include <stdio.h>
#include <string.h>

#include "core/json.h"
#include "core/seal.h"

enum { TOKEN_BYTES = 32 };
#define LINK_MS (INT64_C(7) * 24 * 3600 * 1000)

void link_token_make(const char *user, int64_t now_ms, char token[LINK_TOKEN_ROOM], struct buf *body)
{
    uint8_t    bytes[TOKEN_BYTES];
    struct buf text = {0};
    chain_random(bytes, sizeof bytes);
    seal_base64(bytes, sizeof bytes, &text);
    snprintf(token, LINK_TOKEN_ROOM, "%s", buf_text(&text));
    struct hash hash = hash_of(text.bytes, text.len);
    buf_str(body, "{\"user\":");
    json_cstr(body, user);
    buf_str(body, ",\"hash\":\"");
    buf_hex(body, hash.bytes, sizeof hash.bytes);
    buf_str(body, "\",\"until_ms\":");
    buf_int(body, now_ms + LINK_MS);
    buf_char(body, '}');
    buf_free(&text);
}

static bool password_is_set(struct store *store, bool *is_set, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(store->books, SQL("SELECT name FROM \"user\" WHERE password IS NOT NULL LIMIT 1"), &stmt, err))
        return false;
    if (!db_step(stmt, is_set, err)) return false;
    db_reset(stmt);
    return true;
}

/* An act of the program itself; its refusal is ours to explain. */
static bool act_do(struct store *store, const char *id, const char *name, const char *body, int64_t now_ms,
                   struct err *err)
{
    struct act act = {.name = name, .body = body, .len = strlen(body)};
    snprintf(act.id, sizeof act.id, "%s", id);
    snprintf(act.user, sizeof act.user, "console");
    store_act(store, &act, now_ms);
    bool is_done = act.status == 200 || err_set(err, ERR_IO, say_text(SAY("first.act"), buf_text(&act.answer)));
    buf_free(&act.answer);
    return is_done;
}

bool first_link(struct store *store, int64_t now_ms, char token[LINK_TOKEN_ROOM], struct err *err)
{
    struct buf body = {0};
    bool       is_set;
    token[0] = 0;
    if (!password_is_set(store, &is_set, err)) return false;
    if (is_set) return true;
    char made[LINK_TOKEN_ROOM], id[LINK_TOKEN_ROOM];
    link_token_make("admin", now_ms, made, &body);
    struct hash hash = hash_of(made, strlen(made));
    snprintf(id, sizeof id, "link-%02x%02x%02x%02x%02x%02x%02x%02x", hash.bytes[0], hash.bytes[1], hash.bytes[2],
             hash.bytes[3], hash.bytes[4], hash.bytes[5], hash.bytes[6], hash.bytes[7]);
    bool is_done = act_do(store, "first-admin", "user.add",
                          "{\"name\":\"admin\",\"full\":\"Administrator\",\"roles\":\"administrator\"}", now_ms, err) &&
                   act_do(store, id, "user.link", buf_text(&body), now_ms, err);
    buf_free(&body);
    if (is_done) snprintf(token, LINK_TOKEN_ROOM, "%s", made);
    return is_done;
}
