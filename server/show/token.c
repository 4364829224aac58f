/* token.c - the code with which a kiosk enrols: the books' one-time token, together with where this server is and the hash
 * of its CA, as the digits of a QR (core/code.h). */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "core/code.h"
#include "core/json.h"
#include "server/show/doors.h"
#include "server/show/routes.h"

enum { PORT_USUAL = 443 };

/* "192.168.8.5:8443" as the browser wrote it: where this page was reached, a kiosk of the same net reaches it too. */
static bool host_read(const char *host, struct code_enrol *enrol)
{
    char   address[INET_ADDRSTRLEN], *end = NULL;
    size_t len = host == NULL ? 0 : strcspn(host, ":");
    if (len == 0 || len >= sizeof address) return false;
    memcpy(address, host, len);
    address[len] = 0;
    if (inet_pton(AF_INET, address, enrol->ip) != 1) return false;
    long port = host[len] == ':' ? strtol(host + len + 1, &end, 10) : PORT_USUAL;
    if ((end != NULL && *end != 0) || port < 1 || port > UINT16_MAX) return false;
    enrol->port = (uint16_t)port;
    return true;
}

/* Adds "code" to the books' answer where the page was opened by address and over TLS; a kiosk enrols no other way. */
static void token_made(struct visit *visit)
{
    struct act      *act = &visit->act.act;
    const struct ca *ca = visit->desk->ca;
    struct code      code = {.kind = CODE_ENROL};
    char             digits[CODE_TEXT_MAX];
    struct err       err;
    struct json     *answer = json_read(buf_text(&act->answer), act->answer.len, &err);
    const char      *token = json_text(json_get(answer, "token"), "");
    const char      *host = http_header(visit->request, "Host");
    bool             is_ours = act->status == 200 && ca != NULL && http_is_tls(visit->request);
    if (is_ours && strlen(token) < sizeof code.enrol.token && host_read(host, &code.enrol)) {
        memcpy(code.enrol.ca_sha256, ca->ca_sha256, sizeof code.enrol.ca_sha256);
        memcpy(code.enrol.token, token, strlen(token) + 1);
        code_write(&code, digits);
        act->answer.len--; /* its closing bracket */
        json_key(&act->answer, "code");
        json_cstr(&act->answer, digits);
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
