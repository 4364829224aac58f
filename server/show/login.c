/* login.c - who somebody is: one-time links, passwords, sessions.
 *
 * No default password: the first start prints a one-time link, an administrator makes the next ones. Passwords are
 * argon2id, checked on an asker, one at a time; links and sessions are kept as hashes; a session's token lives in a
 * cookie that no script reads (HttpOnly, SameSite=Strict, Secure with TLS), its CSRF token in the page.
 *
 * Guessing is slowed by user and address together, and a little by address alone. Nobody is ever locked out by name: who
 * fails a thousand times from elsewhere doesn't keep the office from logging in. */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "core/json.h"
#include "core/seal.h"
#include "core/utf8.h"
#include "server/show/doors.h"
#include "server/show/routes.h"
#include "server/show/slow.h"

enum {
    PASSWORD_LEAST = 10, /* characters */
    PASSWORD_MOST = 128, /* bytes */
    SESSION_HOURS = 14,  /* a working day; who stays logs in the next morning */
    TOKEN_BYTES = 32,
    CSRF_BYTES = 24,
    LINK_LEAST = 32, /* characters of a one-time link's token */
    LINK_MOST = 64,
    LINK_DAYS = 8 /* it may live at most */
};

/* argon2id takes 64 MB and 0.1 s: one at a time, so that lists go on meanwhile. Whoever comes second is told to come
 * again at once, which the page does by itself. */
static atomic_flag is_hashing = ATOMIC_FLAG_INIT;

/* ---- Tokens */

static void token_make(char text[VISIT_TOKEN_MAX], size_t len)
{
    uint8_t    bytes[TOKEN_BYTES];
    struct buf out = {0};
    chain_random(bytes, len);
    seal_base64(bytes, len, &out);
    memcpy(text, buf_text(&out), out.len + 1);
    buf_free(&out);
}

static void pair_json(struct buf *out, const char *key, const char *text)
{
    json_key(out, key);
    json_cstr(out, text);
}

/* The program's own acts, which nobody may post. */
static void console_act(struct visit *visit, const char *name, void (*then)(struct visit *visit))
{
    char id[VISIT_TOKEN_MAX];
    visit_id_make(id);
    visit_act(visit, name, id, "console", &visit->made, then);
}

static void hash_pair(struct buf *out, const char *key, const char *token)
{
    char        text[HASH_TEXT];
    struct hash hash = hash_of(token, strlen(token));
    hash_write(&hash, text);
    pair_json(out, key, text);
}

static void cookie_set(struct visit *visit, const char *value, const char *age)
{
    struct buf out = {0};
    buf_fmt(&out, "baogong=%s; Path=/; HttpOnly; SameSite=Strict%s%s", value, age,
            http_is_tls(visit->request) ? "; Secure" : "");
    http_answer_header(visit->request, "Set-Cookie", buf_text(&out));
    buf_free(&out);
}

static void session_opened(struct visit *visit)
{
    if (visit->act.act.status == 200) cookie_set(visit, visit->cookie, "");
    visit_act_answer(visit);
}

/* For visit->user, who has proved who he is. The token goes to his browser alone. */
static void session_open(struct visit *visit)
{
    char csrf[VISIT_TOKEN_MAX];
    token_make(visit->cookie, TOKEN_BYTES);
    token_make(csrf, CSRF_BYTES);
    buf_clear(&visit->made);
    buf_char(&visit->made, '{');
    pair_json(&visit->made, "user", visit->user);
    hash_pair(&visit->made, "hash", visit->cookie);
    pair_json(&visit->made, "csrf", csrf);
    pair_json(&visit->made, "peer", http_peer(visit->request));
    json_key(&visit->made, "until_ms");
    buf_int(&visit->made, visit->desk->now_ms(visit->desk->house) + SESSION_HOURS * INT64_C(3600000));
    buf_char(&visit->made, '}');
    console_act(visit, "session.open", session_opened);
}

/* ---- Links */

/* Whom a link is for; false: refused, the visit is over. is_used NULL: only one that wasn't used yet. */
static bool link_user(struct visit *visit, struct db *books, const char *token, char user[VISIT_USER_MAX],
                      bool *is_used)
{
    struct hash     hash = hash_of(token, strlen(token));
    struct db_stmt *stmt;
    struct err      err;
    bool            row, used;
    if (!db_prepare(
            books,
            SQL("SELECT u.name, u.\"full\", l.used_ms FROM login_link AS l JOIN \"user\" AS u ON u.name = l.\"user\""
                        " WHERE l.token = $1 AND l.until_ms > $2 AND u.is_off = 0"),
                &stmt, &err))
        goto failed;
    db_bind_blob(stmt, 1, hash.bytes, sizeof hash.bytes);
    db_bind_int(stmt, 2, visit->desk->now_ms(visit->desk->house));
    if (!db_step(stmt, &row, &err)) goto failed;
    used = row && !db_is_null(stmt, 2);
    if (!row || (used && is_used == NULL)) {
        if (row) db_reset(stmt);
        visit_refuse(visit, 403, SAY("login.link"));
        return false;
    }
    if (is_used != NULL) *is_used = used;
    const char *name = db_text(stmt, 0), *full = db_text(stmt, 1);
    if (strlen(name) < VISIT_USER_MAX) memcpy(user, name, strlen(name) + 1);
    if (strlen(full) < sizeof visit->full) memcpy(visit->full, full, strlen(full) + 1);
    db_reset(stmt);
    return true;
failed:
    visit_fail(visit, &err);
    return false;
}

void login_link(struct visit *visit, struct db *books)
{
    char       user[VISIT_USER_MAX] = "";
    struct buf out = {0};
    if (!visit_body(visit)) return;
    if (!link_user(visit, books, json_text(json_get(visit->body, "token"), ""), user, NULL)) return;
    buf_char(&out, '{');
    pair_json(&out, "user", user);
    pair_json(&out, "full", visit->full);
    json_key(&out, "least");
    buf_int(&out, PASSWORD_LEAST);
    buf_char(&out, '}');
    visit_json(visit, 200, &out);
}

/* ---- Passwords */

static size_t text_characters(const char *text)
{
    size_t n = 0, left = strlen(text);
    while (left > 0) {
        size_t step = utf8_len(text, left);
        if (step == 0) step = 1;
        text += step;
        left -= step;
        n++;
    }
    return n;
}

static bool password_check(const char *password, const char *user, struct err *err)
{
    bool is_one = true;
    for (const char *at = password; *at != 0; at++) is_one = is_one && *at == password[0];
    if (text_characters(password) < PASSWORD_LEAST)
        return err_set(err, ERR_INPUT, say_int(SAY("login.short"), PASSWORD_LEAST));
    if (strlen(password) > PASSWORD_MOST) return err_set(err, ERR_INPUT, say_int(SAY("login.long"), PASSWORD_MOST));
    if (is_one || strcmp(password, user) == 0 || strncmp(password, "1234567890", 10) == 0)
        return err_set(err, ERR_INPUT, SAY("login.easy"));
    return true;
}

static void again_refuse(struct visit *visit)
{
    http_answer_header(visit->request, "Retry-After", "1");
    visit_refuse(visit, 429, SAY("login.busy"));
}

/* False: somebody else's is being hashed, the visit is over. */
bool hashing_begin(struct visit *visit)
{
    if (!atomic_flag_test_and_set(&is_hashing)) return true;
    again_refuse(visit);
    return false;
}

void hashing_end(void)
{
    atomic_flag_clear(&is_hashing);
}

static void password_set(struct visit *visit)
{
    switch (visit->act.act.status) {
    case 200: session_open(visit); break;
    case 403: again_refuse(visit); break; /* the same request was faster: the next look tells it from another's */
    default: visit_act_answer(visit);
    }
}

static bool prove(struct visit *visit, struct db *books, const char *user, const char *password, struct say wrong);

/* The same request once more, because its answer was lost: the link is used up, and the password that it set opens a
 * session as it would by name. Any other one meets a used link. */
static void password_again(struct visit *visit, struct db *books, const char *user, const char *password)
{
    if (!prove(visit, books, user, password, SAY("login.link"))) return;
    memcpy(visit->user, user, strlen(user) + 1);
    session_open(visit);
}

void login_password(struct visit *visit, struct db *books)
{
    char       user[VISIT_USER_MAX] = "", kept[SEAL_PASSWORD_MAX];
    struct err err;
    bool       is_used = false;
    if (!visit_body(visit)) return;
    const char *token = json_text(json_get(visit->body, "token"), "");
    const char *password = json_text(json_get(visit->body, "password"), "");
    if (!link_user(visit, books, token, user, &is_used)) return;
    if (is_used) {
        password_again(visit, books, user, password);
        return;
    }
    if (!password_check(password, user, &err)) {
        visit_fail(visit, &err);
        return;
    }
    if (!hashing_begin(visit)) return;
    bool is_kept = seal_password(password, kept, &err);
    hashing_end();
    if (!is_kept) {
        visit_fail(visit, &err);
        return;
    }
    memcpy(visit->user, user, sizeof user);
    buf_char(&visit->made, '{');
    hash_pair(&visit->made, "link", token);
    pair_json(&visit->made, "password", kept);
    buf_char(&visit->made, '}');
    console_act(visit, "user.password", password_set);
}

/* What a password of nobody is checked against, so that the answer takes as long as for somebody. */
static const char NOBODY[] = "$argon2id$v=19$m=65536,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
                             "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/* The kept password of a user who may log in; NOBODY's otherwise. */
static bool kept_find(struct db *books, const char *user, char kept[SEAL_PASSWORD_MAX], bool *is_there, struct err *err)
{
    struct db_stmt *stmt;
    if (!db_prepare(books, SQL("SELECT password FROM \"user\" WHERE name = $1 AND is_off = 0 AND password IS NOT NULL"),
                               &stmt, err))
        return false;
    db_bind_text(stmt, 1, user);
    if (!db_step(stmt, is_there, err)) return false;
    const char *found = *is_there ? db_text(stmt, 0) : NOBODY;
    *is_there = *is_there && strlen(found) < SEAL_PASSWORD_MAX;
    memcpy(kept, *is_there ? found : NOBODY, strlen(*is_there ? found : NOBODY) + 1);
    db_reset(stmt);
    return true;
}

static void slow_refuse(struct visit *visit, int64_t wait_ms)
{
    struct buf seconds = {0};
    buf_int(&seconds, (wait_ms + 999) / 1000);
    http_answer_header(visit->request, "Retry-After", buf_text(&seconds));
    buf_free(&seconds);
    visit_refuse(visit, 429, say_int(SAY("login.slow"), (wait_ms + 999) / 1000));
}

static bool prove(struct visit *visit, struct db *books, const char *user, const char *password, struct say wrong)
{
    char        kept[SEAL_PASSWORD_MAX];
    struct err  err;
    bool        is_there;
    const char *peer = http_peer(visit->request);
    int64_t     now_ms = visit->desk->now_ms(visit->desk->house), wait_ms = slow_wait_ms(user, peer, now_ms);
    if (wait_ms > 0) {
        slow_refuse(visit, wait_ms);
        return false;
    }
    if (!kept_find(books, user, kept, &is_there, &err)) {
        visit_fail(visit, &err);
        return false;
    }
    if (!hashing_begin(visit)) return false;
    bool is_right = strlen(password) <= PASSWORD_MOST && seal_password_fits(kept, password);
    hashing_end();
    slow_tell(user, peer, is_right && is_there, now_ms);
    if (is_right && is_there && strlen(user) < sizeof visit->user) return true;
    visit_refuse(visit, 403, wrong);
    return false;
}

bool login_prove(struct visit *visit, struct db *books, const char *user, const char *password)
{
    return prove(visit, books, user, password, SAY("login.wrong"));
}

void login_post(struct visit *visit, struct db *books)
{
    if (!visit_body(visit)) return;
    const char *user = json_text(json_get(visit->body, "name"), "");
    if (!login_prove(visit, books, user, json_text(json_get(visit->body, "password"), ""))) return;
    memcpy(visit->user, user, strlen(user) + 1);
    session_open(visit);
}

static void session_closed(struct visit *visit)
{
    if (visit->act.act.status == 200) cookie_set(visit, "", "; Max-Age=0");
    visit_act_answer(visit);
}

void login_close(struct visit *visit, struct db *books)
{
    char key[HASH_TEXT];
    (void)books;
    hash_write(&visit->session, key);
    buf_char(&visit->made, '{');
    pair_json(&visit->made, "hash", key);
    buf_char(&visit->made, '}');
    console_act(visit, "session.close", session_closed);
}

/* ---- An administrator's one-time link for somebody */

/* Token and time are the caller's, so that the same act sent again is the same act. */
void link_post(struct visit *visit, struct db *books)
{
    const char *id;
    (void)books;
    if (!visit_body(visit) || !act_id(visit, &id)) return;
    const char *token = json_text(json_get(visit->body, "token"), "");
    int64_t     until_ms = json_int(json_get(visit->body, "until_ms"), 0);
    int64_t     now_ms = visit->desk->now_ms(visit->desk->house);
    size_t      fit = strspn(token, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_");
    if (fit < LINK_LEAST || fit > LINK_MOST || token[fit] != 0 || until_ms < now_ms ||
        until_ms > now_ms + LINK_DAYS * INT64_C(86400000)) {
        visit_refuse(visit, 400, say_int(SAY("login.token"), LINK_DAYS));
        return;
    }
    buf_char(&visit->made, '{');
    pair_json(&visit->made, "user", json_text(json_get(visit->body, "user"), ""));
    hash_pair(&visit->made, "hash", token);
    json_key(&visit->made, "until_ms");
    buf_int(&visit->made, until_ms);
    buf_char(&visit->made, '}');
    visit_act(visit, visit->route->act, id, visit->user, &visit->made, visit_act_answer);
}
