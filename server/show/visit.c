/* visit.c - who asks and how he is answered: server/show/visit.h. */
#include "server/show/visit.h"

#include <stdlib.h>
#include <string.h>

#include "core/json.h"
#include "core/utf8.h"
#include "server/ask/role.h"

/* ---- Who */

/* A session holds while its time does, and while its user may log in. */
bool visit_session(struct visit *visit, struct db *books, struct err *err)
{
    const char     *cookie = http_cookie(visit->request, "baogong");
    struct db_stmt *stmt;
    bool            row;
    if (cookie == NULL) return err_set(err, ERR_RIGHTS, SAY("login.needed"));
    visit->session = hash_of(cookie, strlen(cookie));
    if (!db_prepare(books, SQL("SELECT s.\"user\", s.csrf, u.\"full\", u.roles FROM session AS s JOIN \"user\" AS u ON u.name = s.\"user\""
                        " WHERE s.token = $1 AND s.until_ms > $2 AND u.is_off = 0"),
                               &stmt, err))
        return false;
    db_bind_blob(stmt, 1, visit->session.bytes, sizeof visit->session.bytes);
    db_bind_int(stmt, 2, visit->desk->now_ms(visit->desk->house));
    if (!db_step(stmt, &row, err)) return false;
    if (!row) return err_set(err, ERR_RIGHTS, SAY("login.needed"));
    utf8_copy(visit->user, sizeof visit->user, db_text(stmt, 0));
    utf8_copy(visit->csrf, sizeof visit->csrf, db_text(stmt, 1));
    utf8_copy(visit->full, sizeof visit->full, db_text(stmt, 2));
    visit->roles = roles_read(db_text(stmt, 3));
    db_reset(stmt);
    return true;
}

bool visit_number(const char *text, int64_t absent, int64_t *number)
{
    char     *end = NULL;
    long long read = text == NULL ? absent : strtoll(text, &end, 10);
    if (text != NULL && (end == text || *end != 0)) return false;
    *number = read;
    return true;
}

bool visit_body(struct visit *visit)
{
    struct err  err;
    size_t      len;
    const char *bytes = http_body(visit->request, &len);
    visit->body = json_read(bytes, len, &err);
    if (visit->body == NULL) {
        visit_refuse(visit, 400, err.say);
        return false;
    }
    if (json_kind_of(visit->body) != JSON_OBJECT) {
        visit_refuse(visit, 400, SAY("api.object"));
        return false;
    }
    return true;
}

/* ---- Answers */

void answer_headers(struct http_request *request)
{
    http_answer_header(request, "X-Content-Type-Options", "nosniff");
    http_answer_header(request, "Referrer-Policy", "no-referrer");
    http_answer_header(request, "Cross-Origin-Resource-Policy", "same-origin");
    http_answer_header(request, "X-Frame-Options", "DENY");
}

void say_answer(enum lang lang, const struct say *say, struct buf *out)
{
    buf_char(out, '{');
    text_say_json(lang, say, out);
    buf_char(out, '}');
}

static void answer_json(struct http_request *request, int status, struct buf *json)
{
    answer_headers(request);
    http_answer_header(request, "Cache-Control", "no-store");
    http_answer(request, status, "application/json", json);
}

void office_refuse(struct http_request *request, int status, struct say say)
{
    struct buf body = {0};
    say_answer(http_lang(request, LANG_ZH), &say, &body);
    answer_json(request, status, &body);
}

static void visit_end(struct visit *visit)
{
    json_free(visit->body);
    buf_free(&visit->made);
    buf_free(&visit->act.act.answer);
    free(visit);
}

void visit_json(struct visit *visit, int status, struct buf *json)
{
    answer_json(visit->request, status, json);
    visit_end(visit);
}

void visit_refuse(struct visit *visit, int status, struct say say)
{
    struct buf body = {0};
    say_answer(visit->lang, &say, &body);
    visit_json(visit, status, &body);
}

static int status_of(enum err_kind kind)
{
    switch (kind) {
    case ERR_INPUT: return 400;
    case ERR_ABSENT: return 404;
    case ERR_RIGHTS: return 403;
    case ERR_CONFLICT: return 409;
    case ERR_NONE:
    case ERR_BUSY:
    case ERR_IO:
    case ERR_FULL:
    case ERR_DAMAGED: break;
    }
    return 503;
}

void visit_fail(struct visit *visit, const struct err *err)
{
    visit_refuse(visit, status_of(err->kind), err->say);
}

/* ---- Acts */

bool visit_id_check(struct visit *visit, const char *id)
{
    size_t len = id == NULL ? 0 : strlen(id);
    size_t fit = len == 0 ? 0 : strspn(id, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-");
    if (len >= 8 && len < EVENT_ACT_MAX && fit == len) return true;
    visit_refuse(visit, 400, SAY("api.id"));
    return false;
}

void visit_id_make(char id[VISIT_TOKEN_MAX])
{
    uint8_t    bytes[16];
    struct buf out = {0};
    chain_random(bytes, sizeof bytes);
    buf_hex(&out, bytes, sizeof bytes);
    memcpy(id, out.bytes, out.len + 1);
    buf_free(&out);
}

static void act_done(struct desk_act *job)
{
    struct visit *visit = (struct visit *)(void *)((char *)job - offsetof(struct visit, act));
    void (*then)(struct visit *) = visit->then;
    then(visit);
}

void visit_act(struct visit *visit, const char *name, const char *id, const char *user, const struct buf *body,
               void (*then)(struct visit *visit))
{
    struct act *act = &visit->act.act;
    utf8_copy(act->id, sizeof act->id, id);
    utf8_copy(act->user, sizeof act->user, user);
    act->name = name;
    act->status = 0;
    act->sees = 0;
    buf_clear(&act->answer);
    if (body == NULL)
        act->body = http_body(visit->request, &act->len);
    else
        act->body = body->bytes, act->len = body->len;
    visit->then = then;
    visit->act.done = act_done;
    visit->desk->act(visit->desk->house, &visit->act);
}

/* The sentence of an object; false where it holds none. */
static bool say_of(const struct json *object, struct say *say)
{
    const struct json *kept = json_get(object, "say");
    struct buf         text = {0};
    if (kept == NULL) return false;
    json_write(kept, &text);
    bool is_say = say_read(buf_text(&text), text.len, say);
    buf_free(&text);
    return is_say;
}

/* Copies an answer; each "text" beside a "say" is worded anew, in the reader's language. Depth is bounded by json_read. */
static void reworded(const struct json *value, enum lang lang, struct buf *out)
{
    void              *iter = NULL;
    const char        *key;
    const struct json *part;
    struct say         say;
    struct buf         words = {0};
    if (json_kind_of(value) == JSON_LIST) {
        buf_char(out, '[');
        for (size_t i = 0; i < json_count(value); i++) {
            json_sep(out);
            reworded(json_at(value, i), lang, out);
        }
        buf_char(out, ']');
    } else if (json_kind_of(value) == JSON_OBJECT) {
        bool has_say = say_of(value, &say);
        if (has_say) text_say_buf(lang, &say, &words);
        buf_char(out, '{');
        while (json_next(value, &iter, &key, &part)) {
            json_key(out, key);
            if (has_say && strcmp(key, "text") == 0)
                json_str(out, buf_text(&words), words.len);
            else
                reworded(part, lang, out);
        }
        buf_char(out, '}');
    } else {
        json_write(value, out);
    }
    buf_free(&words);
}

void visit_act_answer(struct visit *visit)
{
    const struct act *act = &visit->act.act;
    struct err        err;
    struct buf        body = {0};
    struct json      *answer = json_read(buf_text(&act->answer), act->answer.len, &err);
    if (answer != NULL)
        reworded(answer, visit->lang, &body);
    else
        say_answer(visit->lang, &err.say, &body);
    json_free(answer);
    visit_json(visit, act->status, &body);
}

void visit_bytes(struct visit *visit, const char *type, struct buf *bytes)
{
    answer_headers(visit->request);
    http_answer_header(visit->request, "Cache-Control", "no-store");
    http_answer(visit->request, 200, type, bytes);
    visit_end(visit);
}

void visit_live(struct visit *visit)
{
    http_answer_live(visit->request);
    visit_end(visit);
}
