/* token.c - the code with which a kiosk enrols: the books' one-time token, together with where this server is and the hash
 * of its CA, as the digits of a QR (core/code.h). */
#include <arpa/inet.h>
#include <string.h>

#include "core/code.h"
#include "core/json.h"
#include "server/show/doors.h"
#include "server/show/routes.h"

/* What a scanner reads off the page; without it the digits are typed. */
static void qr_add(const char *digits, struct buf *answer)
{
    struct buf qr = {0};
    struct err err;
    if (qr_write(digits, &qr, &err)) {
        json_key(answer, "qr");
        buf_add(answer, qr.bytes, qr.len);
    }
    buf_free(&qr);
}

/* Adds "code" and "qr" to the books' answer where kiosks can reach this server by address and over TLS; they enrol no other way. */
static void token_made(struct visit *visit)
{
    struct act        *act = &visit->act.act;
    const struct desk *desk = visit->desk;
    struct code        code = {.kind = CODE_ENROL};
    char               digits[CODE_TEXT_MAX];
    struct err         err;
    struct json       *answer = json_read(buf_text(&act->answer), act->answer.len, &err);
    const char        *token = json_text(json_get(answer, "token"), "");
    bool has_place = desk->ca != NULL && desk->host != NULL && inet_pton(AF_INET, desk->host, code.enrol.ip) == 1;
    if (act->status == 200 && has_place && strlen(token) < sizeof code.enrol.token) {
        code.enrol.port = desk->port;
        memcpy(code.enrol.ca_sha256, desk->ca->ca_sha256, sizeof code.enrol.ca_sha256);
        memcpy(code.enrol.token, token, strlen(token) + 1);
        code_write(&code, digits);
        act->answer.len--; /* its closing bracket */
        json_key(&act->answer, "code");
        json_cstr(&act->answer, digits);
        qr_add(digits, &act->answer);
        buf_char(&act->answer, '}');
    }
    json_free(answer);
    visit_act_answer(visit);
}

void token_post(struct visit *visit, struct db *books)
{
    const char *id;
    (void)books;
    if (visit_body(visit) && act_id(visit, &id)) visit_act(visit, visit->route->act, id, visit->user, NULL, token_made);
}
